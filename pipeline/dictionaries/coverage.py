"""How far a translation can be explained word by word, by what the dictionary says of its source.

A model that has to guess at a word writes a fluent other one: "hundar och drönare" became "dogs and ghosts". The
dictionary knows neither grammar nor sense, so a good translation, too, has words that it does not explain; the shares
here are evidence to be weighed, not errors. Compare the lexical features of quality estimation (Specia et al. 2013,
QuEst, https://aclanthology.org/P13-4014, and Ueffing and Ney 2007, https://aclanthology.org/J07-1003).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from pipeline.dictionaries.found import Found

# Zipf frequency above which a word is grammar or a light verb: translations write it in a hundred ways.
_COMMON: Final = 6.0
# For an entry whose language has no list.
_UNKNOWN: Final = 4.0
# The weight of a word falls with its frequency (three decades are one), and that of a verb, which English puts in more
# ways than a noun, is less.
_RAREST, _DECADES, _LEAST = 7.0, 3.0, 0.1
_VERB: Final = 0.7
_NAME: Final = 1.2
_FORMS: Final = 100_000
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that carry grammar, or that reporting adds and leaves out at will.
_WORDS: Final = """
    a about above after also an and any are as at be been before being but by can come could did do does down each
    for from get give go got had has have he her here hers him his how i in into is it its just made make may me might
    more most much must my new no nor not now of off on one only or other our out over own put said same say says
    shall she should so some such take tell than that the their them then there these they this those through to told
    too two under up us very was way we were what when where which who whom whose why will with would year you your
"""
_GRAMMAR: Final = frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares in 0..1, None where there is nothing to judge."""

    told: float | None
    """Of the words of the source that the dictionary knows, weighed by rarity: those with a gloss in the English."""
    unexplained: float | None
    """Of the content words of the English: those in no gloss and not in the source."""


def coverage(source: str, found: Sequence[Found], english: str) -> Coverage:
    """What of `found`, the entries for the sentence `source`, is in `english`, and what of `english` is in them."""
    words = content_words(english)
    stems = {stem(word) for word in words}
    glossed: set[str] = set()
    weight = told = 0.0
    for entry in found:
        parts = {stem(word) for gloss in entry.glosses for word in content_words(gloss)}
        glossed |= parts
        # What is put together from parts is too often wrong to be missed.
        frequency = _UNKNOWN if entry.frequency is None else entry.frequency
        if not parts or entry.is_compound or frequency > _COMMON:
            continue
        rarity = max(_LEAST, (_RAREST - frequency) / _DECADES)
        one = _NAME if entry.is_name else rarity * (_VERB if entry.pos == "verb" else 1.0)
        weight += one
        told += one if parts & stems else 0.0
    own, text = {stem(word) for word in content_words(source)}, source.casefold()
    open_ = [word for word in words if stem(word) not in glossed | own and word.casefold() not in text]
    return Coverage(
        told=told / weight if weight else None,
        unexplained=len(open_) / len(words) if words and found else None,
    )


def content_words(text: str) -> list[str]:
    """The words of a text in Latin letters without those that carry grammar; figures are none."""
    return [word for word in _WORD.findall(text) if word.casefold() not in _GRAMMAR]


@lru_cache(_FORMS)
def stem(word: str) -> str:
    """The stem of an English word (Porter 2), in small letters."""
    return str(_stemmer().stemWord(word.casefold().replace("’", "'")))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
