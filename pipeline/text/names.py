"""Persons and places that an English sentence names, and whether its source names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.text.countries import is_country
from pipeline.text.doubts import Doubt
from pipeline.text.sounds import is_judged, is_named, words_of
from pipeline.text.territories import territory_names


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
    codes = [code for code, name in territory_names("en").items() if name.replace("St. ", "Saint ") == place]
    territories = territory_names(language)
    return tuple(territories[code] for code in codes if code in territories)


# Surnames that South Korea reads without the initial that their romanisation keeps: 이 is Lee, 임 Lim, 유 Ryu, 노 Roh.
_KOREAN_INITIALS = str.maketrans({"이": "리", "임": "림", "유": "류", "노": "로", "여": "려", "양": "량"})


def _readings(source: str, language: str) -> Iterator[str]:
    yield source
    if language == "ko":
        yield source.translate(_KOREAN_INITIALS)
