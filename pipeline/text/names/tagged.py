"""What a recogniser finds in an English sentence, put right by what is known of names.

A small model calls many a city and many a foreigner an organisation, and these are what a translation makes up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.text.names.capitals import is_name
from pipeline.text.names.kinds import kind_of
from pipeline.text.names.lexicon import is_place
from pipeline.text.names.ordinary import WORD, is_in_dictionary

_LONGEST_PERSON = 4


@dataclass(frozen=True, slots=True)
class Tagged:
    persons: tuple[str, ...]
    places: tuple[str, ...]
    others: tuple[str, ...]


def put_right(
    names: Sequence[tuple[str, Literal["person", "organisation", "place"]]], *, is_title: bool = False
) -> Tagged:
    """Names by what they most likely are: a city by the lexicon is a place, a few words that are no words a person.

    Args:
        names: each with what the recogniser calls it.
        is_title: in a headline every word has a capital; a single one is seldom a person there.
    """
    persons: list[str] = []
    places: list[str] = []
    others: list[str] = []
    for name, kind in names:
        if kind == "place" or is_place(name):
            places.append(name)
        elif kind == "person" and (" " in name or not is_title):
            persons.append(name)
        elif kind == "organisation":
            (persons if _is_like_a_person(name) else others).append(name)
    return Tagged(tuple(persons), tuple(places), tuple(others))


def _is_like_a_person(name: str) -> bool:
    words = WORD.findall(name)
    return (
        2 <= len(words) <= _LONGEST_PERSON
        and kind_of(name) == "person"
        and all(is_name(word) and not is_in_dictionary(word) for word in words)
    )
