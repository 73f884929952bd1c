"""Countries that an English sentence names, and whether its source names them too.

Small models fill a short phrase such as 양국 ("the two countries") with countries of their own. Judged in
languages whose file names countries: those and the blocs that their newspapers report on most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

_AFTER = r"(?:s\b|['’]s?|-[\w]+)?"


def _source_pattern(forms: Iterable[str], partners: str) -> str:
    # 中 and 日 are also "in" and "day", 미 and 일 parts of any word: they name a country only beside another one.
    joined = r"[·・、/\-–與与和及]?"

    def beside(match: re.Match[str]) -> str:
        letter = match[1]
        return f"(?:[{partners}]{joined}{letter}|{letter}{joined}[{partners}國国方共軍军])"

    return re.sub("@(.)", beside, "|".join(forms))


@cache
def _table(code: str) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    here = facts(code).countries
    return [
        (english, re.compile(_source_pattern(here.named[country], here.partners)))
        for country, english in _english_names().items()
        if country in here.named
    ]


# "Latin American", "US$" and the like name no country of the table.
_NOT_A_COUNTRY = re.compile(
    r"\b\w+\.? (?:dollars?|cents?|yuan|yen|won|dong|baht|rupees?|ro?ubles?)\b|\b(?:Latin|South|North|Central"
    r"|Native|African|Asian|Pan)[- ]Americans?\b|\bAmericas\b|\bUS\$|\bIndian Ocean\b|\bIndo-\w+"
    r"|\bNew Mexico\b|\bFrench (?:fries|kiss)\b|\bSouth China(?: Sea)?\b|\bChinese (?:New Year|characters?"
    r"|medicine|restaurants?|zodiac)\b"
    r"|\b[Oo]verseas Chinese\b"
    r"|\bEast China Sea\b|\bSea of Japan\b|\bKorean Peninsula\b|\bTurkey (?:meat|dinner)\b|\bNorth America\b"
    r"|\bAmerican football\b|(?<!People's )(?<!People’s )\bRepublic of China\b"
)


def has_countries(source_language: str) -> bool:
    """Whether the table has this language."""
    return bool(facts(source_language).countries.named)


def check_countries(judged: Judged) -> list[Doubt]:
    """A doubt "country-invented" for each country that the English names and neither source nor context does.

    A name in Latin letters in the source counts, one within the name of a person does not. Empty for languages outside
    the table.
    """
    code = base(judged.language)
    if not has_countries(judged.language):
        return []
    source, context = _without(judged.source, judged.persons), _without(judged.context, judged.persons)
    text = _NOT_A_COUNTRY.sub(" ", judged.english)
    seen = f"{source}\n{context}"
    for name, meant in facts(code).countries.means.items():
        seen = seen.replace(name, f" {meant} ")
    doubts: list[Doubt] = []
    for english, native in _table(code):
        match = english.search(text)
        if match and not native.search(seen) and not english.search(seen):
            doubts.append(Doubt("country-invented", f"“{match[0]}” is not in the source"))
    return doubts


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "\n")
    return text


@cache
def _english_names() -> dict[str, re.Pattern[str]]:
    named = facts("en").countries.named
    return {country: re.compile(rf"(?<![\w.])(?:{'|'.join(forms)}){_AFTER}(?!\w)") for country, forms in named.items()}


def is_country(name: str) -> bool:
    """Whether an English name is or contains that of a country or people of the table."""
    return any(pattern.search(name) for pattern in _english_names().values())


def country_patterns(country: str) -> list[re.Pattern[str]]:
    """How English names the country and its people; empty for one outside the table."""
    return [pattern for pattern in _english_names().values() if pattern.search(country)]


def names_country(country: str, english: str) -> bool:
    """Whether an English sentence names the country or its people, in any of the ways English has."""
    known = country_patterns(country)
    if known:
        return any(pattern.search(english) for pattern in known)
    return country.casefold() in english.casefold()
