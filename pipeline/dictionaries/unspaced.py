"""Look-up in Chinese, Thai and other scripts without spaces: the likeliest way to cut the text into entries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.dictionaries.book import Book
from pipeline.dictionaries.found import Found
from pipeline.dictionaries.normal import plain

_LONGEST = 16
_RUN = re.compile(
    "[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u0f00-\u0fff\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)
# Cost of a letter that no entry explains, and of an entry that is in no list of frequencies (a word in ten million):
# what is rare and long is then taken before two frequent halves.
_UNKNOWN, _UNLISTED, _PERFECT = 7.0, 7.0, 9.0


class Unspaced:
    """Finds the entries of one language in its sentences."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._longest: dict[str, int] = {}
        for key in book.tables.entries:
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def __call__(self, sentence: str) -> Iterator[Found]:
        for run in _RUN.finditer(sentence):
            yield from self._in(sentence, run.start(), run.end())

    def _in(self, sentence: str, first: int, last: int) -> Iterator[Found]:
        cuts = self.cut(sentence[first:last])
        for start, end, key in cuts:
            found = self._book.found(sentence, first + start, first + end, (key,), is_guess=len(key) == 1)
            if found:
                yield found

    def cut(self, text: str) -> list[tuple[int, int, str]]:
        """The entries that text is cut into by the cheapest way, with their spans; letters of no entry are left out."""
        entries = self._book.tables.entries
        size = len(text)
        cost = [0.0] + [float("inf")] * size
        came: list[tuple[int, str]] = [(0, "")] * (size + 1)
        for start in range(size):
            here = cost[start]
            if here + _UNKNOWN < cost[start + 1]:
                cost[start + 1], came[start + 1] = here + _UNKNOWN, (start, "")
            if unicodedata.category(text[start]) in ("Mn", "Mc"):
                continue
            for end in range(start + 1, min(size, start + min(_LONGEST, self._longest.get(text[start], 0) + 2)) + 1):
                if end < size and unicodedata.category(text[end]) in ("Mn", "Mc"):
                    continue
                key = plain(text[start:end])
                if key in entries:
                    total = here + self._cost(key)
                    if total <= cost[end]:
                        cost[end], came[end] = total, (start, key)
        found: list[tuple[int, int, str]] = []
        place = size
        while place:
            start, key = came[place]
            if key:
                found.append((start, place, key))
            place = start
        return found[::-1]

    def _cost(self, key: str) -> float:
        number = self._book.tables.entries[key].partition("\t")[0]
        zipf = int(number) / 10 if number.isdecimal() else 0.0
        return _PERFECT - zipf if zipf else _UNLISTED
