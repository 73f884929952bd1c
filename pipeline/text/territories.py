"""Countries and territories that a translation names, against what the Unicode CLDR calls them in the source language.

For the languages that `countries` has no table for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.languages import normalise
from pipeline.text.doubts import Doubt
from pipeline.text.romanise import fold, plain_letters

_LETTERS = re.compile(r"[^\W\d_]+")
# Endings change and adjectives are derived: this share of a name has to stand in the source, so many letters at least.
_STEM = 0.6
_SHORTEST_STEM = 3
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

    try:
        names = Locale.parse(normalise(language).replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return ""
    words = _LETTERS.findall(plain_letters(names.get(code, "")))
    longest = max(words, key=len, default="")
    if len(longest) < _SHORTEST_STEM:
        return ""
    return longest[: max(_SHORTEST_STEM, round(len(longest) * _STEM))]


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
        name = re.sub(r"^[Tt]he |['’]s$", "", place)
        code = _codes().get(name.casefold())
        stem = _stem(code, language) if code else ""
        if not stem or stem in text or fold(name)[: max(3, round(len(fold(name)) * _STEM))] in sounds:
            continue
        doubts.append(Doubt("country-invented", f"“{place}” is not in the source"))
    return doubts
