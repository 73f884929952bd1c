"""Countries and territories that a translation names, against what the Unicode CLDR calls them in the source language.

For the languages that `countries` has no table for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.languages import UNKNOWN, normalise
from pipeline.text.doubts import Doubt
from pipeline.text.romanise import fold, plain_letters

_BETWEEN = re.compile(r"[\s,()’'-]+")
# Endings change and adjectives are derived: this share of a name has to stand in the source, so many letters at least.
_STEM = 0.6
_SHORTEST_STEM = 3
_SOUNDS_ALIKE = 0.8
# Said of their people or of their language, or without the country's name: America, Britain, the Emirates.
_SKIPPED = frozenset({"US", "GB", "AE", "XK", "EU", "UN", "GE", "JO", "TD"})


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    names = {name.replace("St. ", "Saint ").casefold(): code for code, name in Locale("en").territories.items()}
    names |= {"turkey": "TR", "czech republic": "CZ", "ivory coast": "CI", "myanmar": "MM", "burma": "MM"}
    return {name: code for name, code in names.items() if len(code) == 2 and code not in _SKIPPED}


@cache
def _stem(code: str, language: str) -> str:
    from babel import Locale, UnknownLocaleError

    if normalise(language) == UNKNOWN:
        return ""
    try:
        names = Locale.parse(normalise(language).replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return ""
    words = _BETWEEN.split(plain_letters(names.get(code, "")))
    longest = max(words, key=len, default="")
    return _begins(longest, _STEM) if len(longest) >= _SHORTEST_STEM else ""


def _begins(word: str, share: float) -> str:
    return word[: max(_SHORTEST_STEM, round(len(word) * share))]


def _name(place: str) -> str:
    return re.sub(r"^[Tt]he |['’]s$", "", place)


def is_territory(place: str) -> bool:
    """Whether an English name is that of a country or territory."""
    return _name(place).casefold() in _codes()


def check_territories(places: Iterable[str], source: str, language: str, context: str = "") -> list[Doubt]:
    """A doubt "country-invented" for each country among `places` that neither source nor context names.

    Args:
        places: names of places in the English sentence.
        context: source text near the sentence.
    """
    doubts: list[Doubt] = []
    text = plain_letters(f"{source}\n{context}")
    sounds = fold(f"{source}\n{context}")
    for place in dict.fromkeys(places):
        name = _name(place)
        code = _codes().get(name.casefold())
        stem = _stem(code, language) if code else ""
        if not stem or stem in text or name.casefold() in text or _begins(fold(name), _SOUNDS_ALIKE) in sounds:
            continue
        doubts.append(Doubt("country-invented", f"“{place}” is not in the source"))
    return doubts
