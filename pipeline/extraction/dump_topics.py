"""What a text is about: the names that it says again and again. What shares none of them is another text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.text.prose import weight

_TOKEN = re.compile("[\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}|[^\\W_]+")
_IDEOGRAPHS = ("\u30a0", "\u9fff")
_STARTS = (".", "!", "?", "…", ":", "。")
_OPENING = " \"'“”„‚‘’«»‹›(–—-["
# Letters by which two forms of a name are told to be one, in languages that change its end.
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


@lru_cache(maxsize=2_048)
def _names(text: str) -> frozenset[str]:
    """Words with a capital inside a sentence; of scripts without capitals pairs of ideographs and longer words."""
    found: set[str] = set()
    for match in _TOKEN.finditer(text):
        word = match[0]
        if _IDEOGRAPHS[0] <= word[0] <= _IDEOGRAPHS[1]:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif word[0].isupper():
            before = text[: match.start()].rstrip(_OPENING)
            if len(word) >= _SHORTEST and before and not before.endswith(_STARTS):
                found.add(word.casefold()[:_STEM])
        elif not word[0].islower() and not word[0].isdigit() and len(word) >= _SHORTEST_CASELESS:
            found.add(word[:_STEM])
    return frozenset(found)


@lru_cache(maxsize=2_048)
def _words(text: str) -> frozenset[str]:
    """All words that may be one of the names."""
    found: set[str] = set()
    for word in _TOKEN.findall(text):
        if _IDEOGRAPHS[0] <= word[0] <= _IDEOGRAPHS[1]:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _SHORTEST and not word[0].islower():
            found.add(word.casefold()[:_STEM])
    return frozenset(found)


@lru_cache(maxsize=2_048)
def _longer(text: str) -> frozenset[str]:
    found = set(_words(text))
    found.update(word.casefold()[:_STEM] for word in _TOKEN.findall(text) if len(word) > _SHORTEST_CASELESS)
    return frozenset(found)
