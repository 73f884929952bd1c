"""What a recogniser finds in an English sentence, put right by what is known of names.

A small model calls many a city and many a foreigner an organisation, and these are what a translation makes up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from pipeline.text.judged import Named
from pipeline.text.names.capitals import is_name
from pipeline.text.names.kinds import kind_of
from pipeline.text.names.lexicon import is_place
from pipeline.text.names.lexicon import places as places_by_name
from pipeline.text.names.ordinary import WORD, is_in_dictionary

Tagged = tuple[str, Literal["person", "organisation", "place"]]
"""A name and what the recogniser calls it."""

_LONGEST_PERSON = 4


def named(english: str, names: Sequence[Tagged], *, is_title: bool = False) -> Named:
    """The names of an English text: those a recogniser found in it, put right, and the places that it did not find."""
    found = put_right(names, is_title=is_title)
    return replace(found, places=(*found.places, *known_places(english, (name for name, _ in names))))


def put_right(names: Sequence[Tagged], *, is_title: bool = False) -> Named:
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
    return Named(tuple(persons), tuple(places), tuple(others))


def _is_like_a_person(name: str) -> bool:
    words = WORD.findall(name)
    return (
        2 <= len(words) <= _LONGEST_PERSON
        and kind_of(name) == "person"
        and all(is_name(word) and not is_in_dictionary(word) for word in words)
    )


_LONGEST_PLACE = 3


def known_places(english: str, names: Iterable[str]) -> list[str]:
    """Cities and other places of the lexicon and of GeoNames that an English text has, outside the `names` in it."""
    for name in names:
        english = english.replace(name, "\n")
    found: list[str] = []
    for run in _CAPITALISED.findall(english):
        words = run.split(" ")
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + _LONGEST_PLACE), start, -1)
            end = next((end for end in ends if _is_known(" ".join(words[start:end]))), None)
            if end:
                found.append(" ".join(words[start:end]))
            start = end or start + 1
    return found


# With what may be a part of the name.
_CAPITALISED = re.compile(r"[A-Z\u00c0-\u00de][\w-]*(?: [A-Z\u00c0-\u00de][\w-]*)*")


def _is_known(name: str) -> bool:
    return is_place(name) and (name in places_by_name() or not is_in_dictionary(name))
