"""Whether "at least 15" has become "less than 15": limits that stand beside a number, in the source and the English.

Only the sense counts, not the shade: more than, at least and over are one, less than, at most and up to the other. "As
many as" is neither: one newspaper's "as many as 300" is another's "over 300". Of 884 numbers with a limit on both sides
in human translations (FLORES-200 dev and NTREX-128 1 to 1000, eighteen languages) 3 have the other sense; of 126 that
were turned round on purpose 106 are found.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import SIDES, Quantity, plain, ready
from pipeline.text.numbers.read import numbers_in

_Sense = Literal["least", "most"]

# By language what stands before a number and after it (and what is counted), for "at least" and for "at most".
_LIMITS: dict[str, tuple[str, str, str, str]] = {
    "en": (
        r"at least|(?<!no )(?<!not )(?:more|greater|higher|longer|later|older|larger) than|over|above"
        r"|exceed(?:s|ed|ing)?|(?:no|not) (?:less|fewer) than|in excess of|upwards of|a minimum of",
        r"(?:or|and) (?:more|above|over|older|higher|up)|plus\b|\+",
        r"(?<!no )(?<!not )(?:less|fewer|lower|smaller|younger|shorter) than|under|below|at (?:the )?most|up to"
        r"|(?:no|not) more than|a maximum of",
        r"or (?:less|fewer|below|under|younger)",
    ),
    "zh": (
        r"至少|起[码碼]|(?<![不未])(?<!不[会會能得可])超[过過]了?|逾|(?<!不)多[于於]|(?<!不)高[于於]|不[少低][于於]|不下",
        r"[多余餘](?![于於达達元])|.{0,3}?以上",
        r"至多|最多|不到|不足|未[满滿]|(?<!不)少[于於]|(?<!不)低[于於]|(?:不|未|不[会會能得可])超[过過]|[多高][达達]",
        r".{0,3}?(?:以下|以[内內])",
    ),
    "ja": (
        r"少なくとも|最低(?:でも)?",
        r".{0,5}?(?:以上|を(?:上回|超|越)|超(?:の|え|、|。))",
        r"最大|最高|多くとも|せいぜい",
        r".{0,5}?(?:以下|未満|以内|足らず|に満たない|を下回)",
    ),
    "ko": (
        r"최소|적어도",
        r".{0,5}?(?:이상|초과|넘[는은게어었으긴]|넘$|[을를] ?상회)",
        r"최대|많아야",
        r".{0,5}?(?:미만|이하|이내|못 ?미치|안 ?되는|도 안 ?[되돼된])",
    ),
    "vi": (
        r"ít nhất|(?<!ít )(?<!không )hơn|(?<!không )vượt(?: quá)?|tối thiểu|không (?:dưới|ít hơn)|trên",
        r"trở lên",
        r"(?<!không )dưới|(?<!không )ít hơn|chưa (?:đến|tới|đầy)|tối đa|nhiều nhất|không (?:quá|hơn|vượt quá)",
        r"trở xuống",
    ),
    "de": (
        r"mindestens|(?<!nicht )mehr als|über|wenigstens|nicht weniger als|zumindest",
        r"(?:oder|und) mehr",
        r"(?<!nicht )weniger als|unter|höchstens|bis zu|maximal|nicht mehr als",
        r"oder weniger",
    ),
    "fr": (
        r"au moins|(?<!pas )plus de|au minimum|pas moins de",
        r"(?:ou|et) plus|au moins",
        r"(?<!pas )moins de|au plus|jusqu['’]à|au maximum|pas plus de",
        r"ou moins|au (?:plus|maximum)",
    ),
    "es": (
        r"al menos|(?<!no )más de|por lo menos|como mínimo|no menos de",
        r"o más|como mínimo",
        r"(?<!no )menos de|como máximo|no más de|a lo sumo",
        r"o menos|como máximo",
    ),
    "pt": (
        r"pelo menos|ao menos|(?<!não )mais (?:de|do que)|no mínimo|não menos de",
        r"ou mais|no mínimo",
        r"(?<!não )menos (?:de|do que)|no máximo|não mais de",
        r"ou menos|no máximo",
    ),
    "it": (
        r"almeno|(?<!non )più di|oltre|non meno di|come minimo",
        r"o più",
        r"(?<!non )meno di|al massimo|fino a|non più di",
        r"o meno|al massimo",
    ),
    "nl": (
        r"minstens|ten minste|(?<!niet )meer dan|minimaal|boven de",
        r"of meer",
        r"(?<!niet )minder dan|hoogstens|maximaal|niet meer dan|onder de",
        r"of minder",
    ),
    "ru": (
        r"не (?:менее|меньше)(?: чем)?|(?<!не )(?:более|больше)(?: чем)?|свыше|минимум|по (?:меньшей|крайней) мере"
        r"|(?<!не )превы(?:шает|шают|сил[аои]?)",
        r"и более|или более",
        r"(?<!не )(?:менее|меньше)(?: чем)?|не (?:более|больше)(?: чем)?|максимум",
        r"или менее",
    ),
    "uk": (
        r"щонайменше|понад|(?<!не )(?:більше|більш)(?: ніж| як)?|не (?:менше|менш)(?: ніж)?|принаймні",
        r"(?:і|та|або) більше",
        r"(?<!не )(?:менше|менш)(?: ніж| як)?|щонайбільше|не більше(?: ніж)?|максимум",
        r"або менше",
    ),
    "pl": (
        r"co najmniej|(?<!nie )więcej niż|ponad|przynajmniej|powyżej|nie mniej niż",
        r"lub więcej",
        r"(?<!nie )mniej niż|poniżej|co najwyżej|najwyżej|nie więcej niż",
        r"lub mniej",
    ),
    "tr": (
        r"en az(?:ından)?",
        r"(?:['’]?\w+ ){1,2}(?:fazla|aşkın|üzerinde)",
        r"en (?:fazla|çok)",
        r"(?:['’]?\w+ ){1,2}(?:az|altında)",
    ),
    "ar": (
        r"على الأقل|(?<!لا )[لبو]?أكثر من|[لبو]?ما لا يقل عن|لا يقل عن",
        r"(?:\S+ )?على الأقل|فأكثر",
        r"(?<!لا )[لبو]?أقل من|لا يزيد عن|لا يتجاوز|لا أكثر من",
        r"(?:\S+ )?على الأكثر|فأقل",
    ),
    "hi": (
        r"कम से कम|न्यूनतम",
        r"(?:\S+ )?से (?:अधिक|ज़्यादा|ज्यादा|ज़्यादा|ऊपर)",
        r"(?:अधिक|ज़्यादा|ज्यादा|ज़्यादा) से (?:अधिक|ज़्यादा|ज्यादा|ज़्यादा)|अधिकतम",
        r"(?:\S+ )?से कम(?! से कम)",
    ),
    "id": (
        r"setidaknya|sedikitnya|(?<!tidak )lebih dari|minimal|di atas|tidak kurang dari|paling sedikit",
        r"(?:atau|dan) lebih|lebih",
        r"(?<!tidak )kurang dari|maksimal|di bawah|tidak lebih dari|paling banyak",
        r"atau kurang",
    ),
    "th": (
        r"อย่างน้อย|(?<!ไม่)มากกว่า|(?<!น้อย)(?<!ต่ำ)(?<!มาก)กว่า|(?<!ไม่)เกิน(?:กว่า)?|ไม่(?:ต่ำ|น้อย)กว่า",
        r".{0,6}?ขึ้นไป",
        r"(?<!ไม่)น้อยกว่า|(?<!ไม่)ต่ำกว่า|ไม่เกิน|ไม่ถึง|ไม่มากกว่า",
        r"",
    ),
}  # fmt: skip
# What may stand between: a currency, an article, "for".
_SMALL = "a|an|the|about|de|of|los|las|les|dos|das|os|as|US|NT|HK|A|[为為有是达達]到?|в течение|на|لمدة"
_BETWEEN = rf"(?:\s?(?:{_SMALL}))?[\s$€£¥₹₩]*"
_REACH = 40


@cache
def _patterns(code: str) -> tuple[tuple[_Sense, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    before_least, after_least, before_most, after_most = _LIMITS[code]
    word = r"(?<!\w)" if code not in ("zh", "ja", "ko", "th") else ""

    def before(words: str) -> re.Pattern[str] | None:
        return re.compile(rf"{word}(?:{words}){_BETWEEN}\Z", re.I) if words else None

    def after(words: str) -> re.Pattern[str] | None:
        return re.compile(rf"\s?(?:{words})", re.I) if words else None

    return ("least", before(before_least), after(after_least)), ("most", before(before_most), after(after_most))


@lru_cache(SIDES)
def _limits_in(text: str, language: str) -> tuple[tuple[Quantity, frozenset[_Sense]], ...]:
    """The numbers that a limit stands beside, with its sense."""
    folded = ready(text)
    found = []
    for quantity in numbers_in(text, language):
        left = folded[max(0, quantity.start - _REACH) : quantity.start]
        right = folded[quantity.end : quantity.end + _REACH]
        senses = frozenset(
            sense
            for sense, before, after in _patterns(base(language))
            if (before and before.search(left)) or (after and after.match(right))
        )
        if senses:
            found.append((quantity, senses))
    return tuple(found)


def check_limits(judged: Judged) -> list[Doubt]:
    """A doubt "limit-changed" for each number that is the least in the source and the most in English, or vice versa.

    Empty for languages without a table. Never raises.
    """
    source, language, english = judged.source, judged.language, judged.english
    after = _limits_in(english, "en") if base(language) in _LIMITS else ()
    before = _limits_in(source, language) if after else ()
    doubts: dict[str, Doubt] = {}
    for quantity, senses in after:
        meant = {sense for other, found in before if other.readings & quantity.readings for sense in found}
        if len(meant) == 1 and not senses & meant:
            (sense,) = meant
            detail = f"at {sense} {plain(quantity.value)} is “at {min(senses)}” in the English"
            doubts.setdefault(detail, Doubt("limit-changed", detail))
    return [*doubts.values()]
