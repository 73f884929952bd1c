"""Names that an article itself gives in Latin letters, such as 范明正（Pham Minh Chinh）.

The text in brackets is the author's own romanisation: it holds for the whole article, also where the name stands
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.text.countries import is_country
from pipeline.text.doubts import Doubt
from pipeline.text.sounds import is_judged, is_named, words_of

_HAN_OR_KANA = r"\u3040-\u30ff\u3400-\u9fff々·・"
_HANGUL = r"\uac00-\ud7a3"
_LATIN = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9.,'’&\- ]{2,80}"
_PATTERN = re.compile(
    rf"([{_HAN_OR_KANA}]{{2,}}|[{_HANGUL}]{{2,}}(?: [{_HANGUL}]+)?|[」』”》\"])\s?[（(]({_LATIN})[)）]"
)
_QUOTED = re.compile(r"[「『“《\"]([^「『“《」』”》\"]{2,40})[」』”》\"]$")
# Offices and forms of address: a name begins after them.
_TITLES = re.compile(
    "总统|總統|主席|总理|總理|首相|部长|部長|大臣|外长|外長|防长|防長|国务卿|國務卿|次卿|助卿|卿|大使|代表|议员|議員"
    "|市长|市長|州长|州長|县长|縣長|院长|院長|书记|書記|书记长|發言人|发言人|教授|博士|记者|記者|执行长|執行長|总裁|總裁"
    "|董事长|董事長|会长|會長|主任|司令|将军|將軍|先生|女士|总干事|秘书长|秘書長|國王|国王|王储|王儲|教宗"
)
# Beyond this the run before the bracket is a phrase, not a name.
_LONGEST_NAME = 12


def bound_names(texts: Sequence[str], language: str) -> tuple[tuple[str, str], ...]:
    """(name in the source, Latin form) pairs that the texts of one article give, in order of appearance.

    A name in quotation marks is taken whole. Any other is the longest run of characters before the bracket that
    stands elsewhere in the article too, or what follows an office such as 總理; where neither tells the beginning,
    nothing is bound. Only for scripts without Latin letters; other languages give ().
    """
    if not language.startswith(("zh", "ja", "ko", "yue")):
        return ()
    whole = "\n".join(texts)
    found: dict[str, str] = {}
    for match in _PATTERN.finditer(whole):
        latin = match[2].strip(" .,")
        quoted = _QUOTED.search(whole[: match.end(1)])
        name = quoted[1] if quoted else _name_before(match[1], whole)
        if name and not re.fullmatch(r"[A-Z0-9]{1,3}", latin):
            found.setdefault(name, latin)
    return tuple(found.items())


def _name_before(run: str, whole: str) -> str | None:
    run = run[-_LONGEST_NAME:]
    after_title = _TITLES.split(run)[-1]
    if after_title != run:
        return after_title if len(after_title) >= 2 else None
    counts = {length: whole.count(run[-length:]) for length in range(2, len(run) + 1)}
    repeated = [length for length, count in counts.items() if count >= 2]
    if not repeated:
        return None
    # The name is as long as a run can be without becoming rarer than its shorter ending.
    longest = max(length for length in repeated if counts[length] == counts[min(repeated)])
    return run[-longest:]


def check_names(
    persons: Iterable[str], source: str, language: str, terms: Iterable[tuple[str, str]] = ()
) -> list[Doubt]:
    """Doubts about persons named in an English sentence for whom its source has nothing that sounds like them.

    A person is accepted where a term of the sentence gives the name, whole or by its last word. For languages that
    `sounds.is_judged` does not know nothing is doubted.
    """
    if not is_judged(language):
        return []
    given = {word for _, english in terms for word in words_of(english)}
    doubts: list[Doubt] = []
    for person in dict.fromkeys(persons):
        # The recogniser takes many an abbreviation for a person.
        if re.search(r"\b[A-Z]{2,}\b", person) and person.split()[-1].isupper():
            continue
        words = words_of(person)
        if (words and words[-1] in given) or any(
            is_named(person, text, language) for text in _readings(source, language)
        ):
            continue
        doubts.append(Doubt("name-invented", f"nothing in the source sounds like “{person}”"))
    return doubts


# Regions of the world and the like, which languages name by meaning, not by sound.
_BY_MEANING = re.compile(
    r"\b(?:north|south|east|west|middle|central|asia|pacific|africa|europe|america|atlantic|ocean|sea|gulf|river|lake"
    r"|mount|mountain|islands?|strait|peninsula|city|county|district|province|state|region|world|earth|airport|bay|road"
    r"|caribbean|balkan|baltic|arctic|antarctic|mediterranean|scandinavia|sahara|himalaya|alps|levant|maghreb"
    r"|street|square|bridge|port|park|hall|house|dam|river|valley|bank|strip|capital|union|kingdom|republic)s?\b",
    re.IGNORECASE,
)


def check_places(
    places: Iterable[str], source: str, language: str, context: str, terms: Iterable[tuple[str, str]] = ()
) -> list[Doubt]:
    """Doubts about places named in an English sentence for which neither source nor context has the sound or a term.

    Countries have a check of their own, and names of regions are translated by meaning: neither is judged.
    """
    if not is_judged(language):
        return []
    given = " ".join(english for _, english in terms).casefold()
    doubts: list[Doubt] = []
    for place in dict.fromkeys(places):
        name = place.removeprefix("the ").removeprefix("The ")
        if not name[:1].isupper() or name.isupper() or is_country(name) or _BY_MEANING.search(name):
            continue
        if name.casefold() in given or any(is_named(name, text, language) for text in _readings(source, language)):
            continue
        if name in context or any(native in context for native in _native_names(name, language)):
            continue
        doubts.append(Doubt("place-unverified", f"nothing in the source sounds like “{place}”"))
    return doubts


@cache
def _native_names(place: str, language: str) -> tuple[str, ...]:
    """What a country or territory is called in a language, from the Unicode CLDR; () for any other place."""
    from babel import Locale, UnknownLocaleError

    codes = [code for code, name in Locale("en").territories.items() if name.replace("St. ", "Saint ") == place]
    try:
        territories = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple(territories[code] for code in codes if code in territories)


# Surnames that South Korea reads without the initial that their romanisation keeps: 이 is Lee, 임 Lim, 유 Ryu, 노 Roh.
_KOREAN_INITIALS = str.maketrans({"이": "리", "임": "림", "유": "류", "노": "로", "여": "려", "양": "량"})


def _readings(source: str, language: str) -> Iterator[str]:
    yield source
    if language == "ko":
        yield source.translate(_KOREAN_INITIALS)
