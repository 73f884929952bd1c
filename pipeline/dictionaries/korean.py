"""Look-up in Korean: words with their particles and endings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.dictionaries.book import Book
from pipeline.dictionaries.compact import CONTENT, NAMES
from pipeline.dictionaries.expressions import Expressions
from pipeline.dictionaries.found import Found
from pipeline.dictionaries.lemmas import Lemmatiser
from pipeline.dictionaries.tokens import Token, tokens
from pipeline.language.facts import facts

_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_SYLLABLES: Final = 2
"""Of a word that is taken out of a longer one: single syllables are in everything."""
_MOST: Final = 4


class Korean:
    """Finds entries in Korean sentences."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._entries = book.tables.entries
        self._lemmatise = Lemmatiser(book.tables, "ko")
        self._expressions = Expressions(book.tables.entries, "ko")
        words = facts("ko").words
        self._suffixes, self._verbs = frozenset(words.suffixes), words.verbs
        self._forms = lru_cache(maxsize=100_000)(self._all_forms)
        self._parts = lru_cache(maxsize=100_000)(self._cut)

    def __call__(self, sentence: str) -> Iterator[Found]:
        words = tokens(sentence, "ko")
        place = 0
        while place < len(words):
            expression = self._expressions.at(place, words, self._forms)
            if expression:
                key, count = expression
                found = self._book.found(sentence, words[place].start, self._end(words[place + count - 1], key), (key,))
                if found:
                    yield found
                    place += count
                    continue
            if _HANGUL.fullmatch(words[place].text):
                yield from self._word(sentence, words[place])
            place += 1

    def _end(self, token: Token, key: str) -> int:
        last = key.rpartition(" ")[2]
        return token.start + len(last) if token.text.startswith(last) else token.end

    def _all_forms(self, word: str) -> tuple[str, ...]:
        stem = next((word[:length] for length in range(len(word) - 1, 0, -1) if word[length:] in self._suffixes), "")
        return tuple(filter(None, dict.fromkeys((word, *self._lemmatise(word).keys, stem))))

    def _word(self, sentence: str, token: Token) -> Iterator[Found]:
        parts = self._parts(token.text)
        is_alone = len(parts) == 1
        for start, end, key, is_guess in parts:
            codes = CONTENT + NAMES
            found = self._book.found(
                sentence, token.start + start, token.start + end, (key,), codes, is_guess=is_guess and not is_alone
            )
            if found:
                yield found

    def _cut(self, word: str) -> tuple[tuple[int, int, str, bool], ...]:
        """Spans in a word, keys, and whether the cut is less than sure."""
        entries = self._entries
        if word in entries and len(word) >= _SYLLABLES:
            return ((0, len(word), word, False),)
        for length in range(len(word) - 1, _SYLLABLES - 1, -1):
            if word[:length] in entries and self._is_tail(word[length:]):
                return ((0, length, word[:length], False),)
        lemmas = self._lemmatise(word)
        if lemmas.keys and not lemmas.is_guess:
            return ((0, len(word), lemmas.keys[0], len(lemmas.keys) > 1),)
        if parts := self._compound(word, 0, _MOST):
            return parts
        if lemmas.keys and len(lemmas.keys[0]) > _SYLLABLES:
            return ((0, len(word), lemmas.keys[0], True),)
        if len(word) == 2 and word[1] in self._suffixes and word[0] in entries:
            return ((0, 1, word[0], True),)
        return ()

    def _is_tail(self, tail: str) -> bool:
        return tail in self._suffixes or tail.startswith(self._verbs)

    def _compound(self, word: str, start: int, most: int) -> tuple[tuple[int, int, str, bool], ...]:
        if not most:
            return ()
        for length in range(len(word) - start, _SYLLABLES - 1, -1):
            part = word[start : start + length]
            if part not in self._entries:
                continue
            here = (start, start + length, part, True)
            rest = word[start + length :]
            if not rest or self._is_tail(rest):
                return (here,)
            after = self._compound(word, start + length, most - 1)
            if after:
                return (here, *after)
        return ()
