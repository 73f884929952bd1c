"""Offices that stand after a name, and before it in English: 이재명 대통령 is President Lee Jae-myung.

Told the name and the office apart, a small model leaves them in the order of a Korean source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.text.names.term_index import Term, stands_alone

# An empty one: what it is called in English depends on the house or the country.
_CHINESE = {
    **dict.fromkeys(("總統", "总统"), "President"),
    **dict.fromkeys(("總理", "总理", "首相"), "Prime Minister"),
    **dict.fromkeys(("部長", "部长"), "Minister"),
    **dict.fromkeys(("市長", "市长"), "Mayor"),
    "揆": "Premier",
    "教授": "Professor",
    **dict.fromkeys(("院長", "院长", "主席", "縣長", "县长", "委員", "委员", "議員", "议员", "次卿"), ""),
    **dict.fromkeys(("董事長", "董事长", "會長", "会长", "總會長", "总会长", "秘書長", "秘书长"), ""),
}
_JAPANESE = {
    "大統領": "President", "首相": "Prime Minister", "教授": "Professor", "知事": "Governor", "市長": "Mayor",
    **dict.fromkeys(("氏", "さん", "被告", "容疑者", "前首相", "元首相", "総理", "主席"), ""),
    **dict.fromkeys(("総統", "総書記", "国家主席", "選手", "監督"), ""),
    **dict.fromkeys(("外相", "防衛相", "財務相", "官房長官", "幹事長", "代表", "議員", "総裁", "会長", "社長"), ""),
}  # fmt: skip
_KOREAN = {
    "대통령": "President", "총리": "Prime Minister", "교수": "Professor", "의원": "Rep.", "시장": "Mayor",
    "주석": "President", "지사": "Governor",
    **dict.fromkeys(("위원장", "장관", "차관", "대표", "회장", "총장", "전 대통령"), ""),
    **dict.fromkeys(("국가주석", "후보", "사장", "의장"), ""),
}  # fmt: skip
AFTER_NAME = {"zh": _CHINESE, "ja": _JAPANESE, "ko": _KOREAN}
"""Offices by language, with what English says before the surname; nothing where that depends on the country."""

# What follows makes the office another thing or another person's: the president's office, his wife, a candidate. No
# Chinese: models put its offices in their place by themselves, and told this way one had the wrong minister thanked.
_GOES_ON = {
    "ja": "[府邸室]|官邸|夫人|候補|補佐|秘書|特使|代行|選挙|選出|経験者",
    "ko": r"\s?(?:[실직제]|후보|당선|선거|부인|권한|특사|비서|보좌|부부|예비|내외)",
}

# Of the lexicon's phrases those that English puts before a name.
_TITLES = frozenset(
    (
        *("President", "State President", "Premier", "Prime Minister", "Deputy Prime Minister", "Minister"),
        *("Vice Minister", "Deputy Minister", "Secretary of State", "Under Secretary", "Assistant Secretary"),
        *("General Secretary", "Secretary-General", "Chief Cabinet Secretary"),
    )
)
_TITLE_WORDS = frozenset(
    word.lower()
    for titles in (_TITLES, *(offices.values() for offices in AFTER_NAME.values()))
    for title in titles
    for word in re.findall(r"\w+", title)
)


def without_title(words: Sequence[str]) -> list[str]:
    """The words (in lower case) that are the name itself."""
    return [word for word in words if word not in _TITLE_WORDS] or [*words]


def with_titles(terms: Sequence[Term], sentence: str, language: str) -> list[tuple[str, str]]:
    """What a model is told of a sentence's terms, source and English: a person and the office after the name as one.

    A name, or an office, that stands in the sentence by itself as well is told by itself, too.
    """
    code = language.split("-")[0]
    apart = [(term.source, term.english) for term in terms]
    if code not in _GOES_ON:
        return apart
    offices = {
        **{office: title for office, title in AFTER_NAME[code].items() if title},
        **{term.source: term.english for term in terms if term.kind == "term" and term.english in _TITLES},
    }
    listed = "|".join(map(re.escape, sorted(offices, key=len, reverse=True)))
    told: dict[str, str] = {}
    rest = sentence
    for term in terms:
        if term.kind != "person" or term.verbatim or term.origin == "glossary":
            continue
        for match in re.finditer(rf"{re.escape(term.source)}\s?({listed})(?!{_GOES_ON[code]})", sentence):
            if stands_alone(sentence, match.start(), match.end()):
                told[match[0]] = f"{offices[match[1]]} {term.english}"
                rest = rest.replace(match[0], "\n", 1)
    if not told:
        return apart
    for term in terms:
        if term.source in rest:
            told.setdefault(term.source, term.english)
    return sorted(told.items(), key=lambda pair: sentence.find(pair[0]))
