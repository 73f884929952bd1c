"""What a text is about: the names that it says again and again. What shares none of them is another text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.text.prose import weight

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
# Vowel signs and points belong to the word.
_TOKEN = re.compile(
    f"[\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{{2,}}|[{_UNSPACED}]+|(?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff])+"
)
_IDEOGRAPHS, _PAIR = re.compile("[\u30a0-\u9fff]"), 2
# Thai, Lao, Khmer and Burmese have no spaces between words: so many letters in a row are hardly ever shared by chance.
_LETTERS, _RUN = re.compile(f"[{_UNSPACED}]"), 6
_STARTS = (".", "!", "?", "…", ":", "。")
_OPENING = " \"'“”„‚‘’«»‹›(–—-["
# Letters by which two forms of a name are told to be one, in languages that change its end; of short names all but one.
_STEM = 6
_SHORTEST = 3
_SHORTEST_CASELESS = 4


def topics(paragraphs: Sequence[str], frame: Iterable[str] = ()) -> frozenset[str]:
    """Names in at least two of the paragraphs.

    Args:
        frame: lines of the page around the text; names in them are the outlet's.
    """
    counts = Counter(name for text in paragraphs for name in _names(text))
    of_frame = {word for line in frame for word in _words(line)}
    return frozenset(name for name, count in counts.items() if count > 1 and name not in of_frame)


def names(paragraphs: Sequence[str]) -> frozenset[str]:
    """Names in any of the paragraphs."""
    return frozenset().union(*map(_names, paragraphs))


def share(paragraphs: Sequence[str], known: frozenset[str]) -> float:
    """How much of the paragraphs says one of the names, by weight, 0 to 1."""
    whole = sum(map(weight, paragraphs))
    return sum(weight(text) for text in paragraphs if says(text, known)) / whole if whole else 0.0


def says(text: str, known: frozenset[str]) -> bool:
    return not known.isdisjoint(_words(text))


def said(paragraphs: Sequence[str], known: frozenset[str]) -> int:
    """How many of the names the paragraphs say."""
    return len(known.intersection(*[set().union(*map(_words, paragraphs))])) if paragraphs else 0


def common(line: str, paragraphs: Sequence[str]) -> float:
    """How many of the longer words of a line stand in the paragraphs too, 0 to 1."""
    words = _longer(line)
    inside = frozenset().union(*map(_longer, paragraphs)) if paragraphs else frozenset()
    return len(words & inside) / len(words) if words else 0.0


def _stem(word: str) -> str:
    return word.casefold()[: min(_STEM, max(_SHORTEST, len(word) - 1))]


def _piece(word: str) -> int:
    """How many letters a name has at least, in scripts without spaces; 0 in the others."""
    return _PAIR if _IDEOGRAPHS.match(word) else _RUN if _LETTERS.match(word) else 0


@lru_cache(maxsize=2_048)
def _names(text: str) -> frozenset[str]:
    """Words with a capital inside a sentence; of scripts without capitals longer words, without spaces pieces."""
    found: set[str] = set()
    for match in _TOKEN.finditer(text):
        word = match[0]
        if size := _piece(word):
            found.update(word[at : at + size] for at in range(len(word) - size + 1))
        elif word[0].isupper():
            before = text[: match.start()].rstrip(_OPENING)
            if len(word) >= _SHORTEST and before and not before.endswith(_STARTS):
                found.add(_stem(word))
        elif not word[0].islower() and not word[0].isdigit() and len(word) >= _SHORTEST_CASELESS:
            found.add(_stem(word))
    return frozenset(found)


@lru_cache(maxsize=2_048)
def _words(text: str) -> frozenset[str]:
    """All words that may be one of the names."""
    found: set[str] = set()
    for word in _TOKEN.findall(text):
        if size := _piece(word):
            found.update(word[at : at + size] for at in range(len(word) - size + 1))
        elif len(word) >= _SHORTEST and not word[0].islower():
            found.add(_stem(word))
    return frozenset(found)


@lru_cache(maxsize=2_048)
def _longer(text: str) -> frozenset[str]:
    """Words that are no particles, whatever their case."""
    found: set[str] = set()
    for word in _TOKEN.findall(text):
        if size := _piece(word):
            found.update(word[at : at + size] for at in range(len(word) - size + 1))
        elif len(word) > _SHORTEST_CASELESS or (len(word) >= _SHORTEST and not word[0].islower()):
            found.add(word.casefold()[:_STEM])
    return frozenset(found)
