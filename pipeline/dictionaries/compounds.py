"""German, Scandinavian, Dutch, Finnish and Hungarian words put together of words that the dictionary has."""

from __future__ import annotations

from typing import Final

from pipeline.dictionaries.compact import Tables, parse
from pipeline.dictionaries.lemmas import Lemmatiser
from pipeline.dictionaries.normal import upper_first
from pipeline.language.facts import facts

_SHORTEST: Final = 7
_PART: Final = 3
_FREQUENT: Final = 25
"""Zipf's times ten, of each part: rarer ones are in a word by chance."""
_SHORT_FREQUENT: Final = 40
"""Of a part of three letters."""
_MOST: Final = 3


class Splitter:
    """Finds the parts of words of one language."""

    def __init__(self, tables: Tables, language: str, lemmatise: Lemmatiser) -> None:
        self._tables = tables
        self._language = language
        self._lemmatise = lemmatise
        words = facts(language).words
        self._links = None if words.links is None else ("", *words.links)
        self._stems = words.stems
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, word: str) -> tuple[str, ...]:
        """Keys of the parts of a word in small letters, in order; none where it has no such parts."""
        if self._links is None or len(word) < _SHORTEST:
            return ()
        if word not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[word] = self._split(word, _MOST)[1]
        return self._known[word]

    def _split(self, word: str, most: int) -> tuple[int, tuple[str, ...]]:
        """The split with the fewest parts whose rarest part is the most frequent, and how frequent that is."""
        best: tuple[int, tuple[str, ...]] = (0, ())
        for place in range(_PART, len(word) - _PART + 1):
            last = self._last(word[place:])
            if not last:
                continue
            worth = self._worth(last, len(word) - place)
            first = self._first(word[:place])
            if first:
                best = max(best, (min(worth, self._worth(first, place)), (first, last)), key=lambda found: found[0])
        if best[1] or most <= 2:
            return best
        for place in range(2 * _PART, len(word) - _PART + 1):
            last = self._last(word[place:])
            if not last:
                continue
            for link in self._links or ():
                head = word[:place].removesuffix(link) if link else word[:place]
                inner, parts = self._split(head, most - 1)
                worth = min(inner, self._worth(last, len(word) - place))
                if parts and worth > best[0]:
                    best = (worth, (*parts, last))
        return best

    def _worth(self, key: str, length: int) -> int:
        zipf = self._lemmatise.zipf(key) if self._tables.has_frequencies else _SHORT_FREQUENT
        # Of equals the one with the longer part.
        return zipf if zipf >= (_SHORT_FREQUENT if length <= _PART else _FREQUENT) else 0

    def _last(self, text: str) -> str:
        found = self._lemmatise(text)
        if found.is_guess:
            return ""
        return next((key for key in found.keys if self._is(key, "n") and self._worth(key, len(text))), "")

    def _first(self, text: str) -> str:
        candidates = [text[: len(text) - len(link)] for link in self._links or () if text.endswith(link)]
        verbs = [text + stem for stem in self._stems]
        for word, codes in [*((word, "na") for word in candidates), *((word, "v") for word in verbs)]:
            if len(word) < _PART:
                continue
            for key in (word, upper_first(word, self._language)):
                if key in self._tables.entries and self._is(key, codes) and self._worth(key, len(word)):
                    return key
        return ""

    def _is(self, key: str, codes: str) -> bool:
        return any(part.code in codes and part.senses for part in parse(self._tables.entries[key])[1])
