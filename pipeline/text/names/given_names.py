"""Persons told by their given name, in languages that write names with capitals, and whether the English has them.

A name keeps its letters, or its sound from Cyrillic, so a person of whom no word is like any in the English is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import dropwhile, groupby

from pipeline.language.codes import script
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.latin import Words
from pipeline.text.names.ordinary import bare, word_list
from pipeline.text.names.romanise import fold
from pipeline.text.names.sounds import is_like, words_of

_WORD = r"[^\W\d_][\w'’-]*"
# Words with nothing but a blank between them.
_CHAIN = re.compile(f"{_WORD}(?: {_WORD})*")
# Spelt alike or sounding alike to this share of the letters.
_LIKE = 0.55
_SHORTEST = 3  # letters


def check_given_names(judged: Judged) -> list[Doubt]:
    """A doubt "name-lost" for each person of the source of whom the English has no word.

    In human translations (FLORES-200 dev, NTREX-128 1 to 1000, sixteen languages) that holds for 14 of 3,112, nine of
    them a film that is called JE in English. Empty for languages in other scripts than Latin and Cyrillic.
    Terms of the sentence are left to `check_terms`.
    """
    source, language, english = judged.source, judged.language, judged.english
    persons = [*dict.fromkeys(_persons(source, language))]
    if not persons:
        return []
    known = " ".join(judged.term_sources)
    is_there = _spelt(english) if script(language) == "Latn" else _heard(english)
    return [
        Doubt("name-lost", f"nothing in the English is like “{person}”")
        for person in persons
        if not (any(word in known for word in person.split()) or is_there(person))
    ]


def _persons(source: str, language: str) -> Iterator[str]:
    """Each run of words with a capital that begins with a given name."""
    is_known = {"Latn": _is_given, "Cyrl": _sounds_given}.get(script(language))
    if is_known is None:
        return
    are_words = facts(language).names.accented_are_words
    for chain in _CHAIN.findall(source):
        for is_name, words in groupby(chain.split(" "), _is_written_like_a_name):
            if not is_name:
                continue
            # Đảng, which is also the name of a person, is the Party.
            person = [*dropwhile(lambda word: not (is_known(word) and (word.isascii() or not are_words)), words)]
            if len(person) > 1:
                yield " ".join(person)


def _is_written_like_a_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and len(word) >= _SHORTEST


def _spelt(english: str) -> Callable[[str], bool]:
    words = Words(english)
    return lambda person: any(words.like(word, _LIKE) for word in person.split())


def _heard(english: str) -> Callable[[str], bool]:
    words = words_of(english)
    return lambda person: any(is_like(word, person) for word in words if len(word) > _SHORTEST)


@cache
def _names() -> frozenset[str]:
    return word_list("given_names.txt")


@cache
def _sounds() -> frozenset[str]:
    return frozenset(map(fold, _names()))


def _is_given(word: str) -> bool:
    return bare(word) in _names()


def _sounds_given(word: str) -> bool:
    return len(word) > _SHORTEST and fold(word) in _sounds()
