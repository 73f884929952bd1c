"""Look-up in Japanese: the words that SudachiPy finds, and the longest entries that several of them make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pipeline.dictionaries.book import Book
from pipeline.dictionaries.compact import CONTENT, NAMES
from pipeline.dictionaries.found import Found

_MOST: Final = 7
"""Morphemes of one entry."""
# Particles, auxiliaries, signs, blanks, pronouns, and what is only said with others.
_FUNCTION: Final = frozenset(("助詞", "助動詞", "補助記号", "空白", "記号", "代名詞", "連体詞", "感動詞", "接続詞"))
_AFFIX: Final = frozenset(("接尾辞", "接頭辞"))
_KANA: Final = re.compile("[\u3040-\u309f]{1,2}|[\u30a0-\u30ff]")
_HIRAGANA: Final = re.compile("[\u3040-\u309f]+")
_LONGEST_READ: Final = 8_000
"""Bytes; Sudachi refuses more than 49,149 and slows down before."""


class Japanese:
    """Finds entries in Japanese sentences."""

    def __init__(self, book: Book) -> None:
        from sudachipy import Dictionary as Sudachi
        from sudachipy import SplitMode

        self._book = book
        self._tokenizer: Any = Sudachi(dict="small").tokenizer(mode=SplitMode.A)

    def __call__(self, sentence: str) -> Iterator[Found]:
        morphemes = [
            (found.begin(), found.end(), found.surface(), found.dictionary_form(), found.part_of_speech())
            for found in self._tokenizer.tokenize(sentence[: _LONGEST_READ // 3])
        ]
        entries = self._book.tables.entries
        place = 0
        while place < len(morphemes):
            start = morphemes[place][0]
            step = 1
            for count in range(min(_MOST, len(morphemes) - place), 0, -1):
                last = morphemes[place + count - 1]
                written = sentence[start : last[1]]
                base = sentence[start : last[0]] + last[3]
                key = next((text for text in (written, base) if text in entries), "")
                if not key or (count > 1 and last[4][0] in ("助詞", "補助記号") and written != key):
                    continue
                pos = morphemes[place][4]
                if count == 1 and (pos[0] in _FUNCTION or pos[0] in _AFFIX or _KANA.fullmatch(written)):
                    continue
                if count > 1 and pos[0] in ("助詞", "助動詞", "補助記号"):
                    continue
                # する and なる with what follows, and pronouns with a particle, are grammar.
                if _HIRAGANA.fullmatch(written) and (pos[1] == "非自立可能" or (count > 1 and last[4][0] == "助詞")):
                    continue
                is_name = count == 1 and pos[1] == "固有名詞"
                codes = NAMES if is_name and self._book.has((key,), NAMES) else CONTENT + NAMES
                found = self._book.found(sentence, start, last[1], (key,), codes)
                if found:
                    yield found
                    step = count
                    break
            place += step
