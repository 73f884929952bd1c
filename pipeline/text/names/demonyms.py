"""Whether an English sentence names a place, be it by what its people and things are called: Norway, Norwegian."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.facts import facts
from pipeline.text.names.countries import country_patterns, names_country
from pipeline.text.names.romanise import plain

_ENDINGS = "(?:n|an|ian|ean|ese|i|ic|ish|er|ine|ite|nese)?s?"


@lru_cache(maxsize=4096)
def _pattern(place: str) -> re.Pattern[str]:
    name = plain(place).removeprefix("the ")
    last = name.split()[-1]
    stem = re.sub("(?:ium|ia|a|e|o|y|s)$", "", last) if len(last) > 4 else last
    known = [name, name.removesuffix(last) + f"(?:{re.escape(last)}|{re.escape(stem)}){_ENDINGS}"]
    known += facts("en").countries.people.get(name, ())
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)")


def names_place(place: str, english: str) -> bool:
    """Whether `english` names the place, its people or what is theirs."""
    return names_country(place, english) or _pattern(place).search(plain(english)) is not None


def times_named(place: str, english: str) -> int:
    """How often `english` names the place, its people or what is theirs."""
    known = country_patterns(place)
    return sum(len(pattern.findall(english)) for pattern in known) or len(_pattern(place).findall(plain(english)))
