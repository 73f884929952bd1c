"""Entries of several words, found by their first two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pipeline.dictionaries.normal import lower
from pipeline.dictionaries.tokens import Token


class Expressions:
    """Those of one dictionary."""

    def __init__(self, keys: Iterable[str], language: str) -> None:
        self._by_first: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        for key in keys:
            if " " in key or "'" in key[1:-1]:
                words = tuple(lower(key, language).replace("'", " ").split())
                if len(words) > 1:
                    self._by_first.setdefault(words[0], {}).setdefault(words[1], []).append((words[2:], key))
        for seconds in self._by_first.values():
            for listed in seconds.values():
                listed.sort(key=lambda found: (-len(found[0]), any(letter.isupper() for letter in found[1])))

    def at(self, place: int, tokens: Sequence[Token], forms: Callable[[str], Iterable[str]]) -> tuple[str, int] | None:
        """The longest expression that begins at a token: its key and the number of its tokens.

        Args:
            forms: a word in small letters, and those that it can be a form of, in small letters, too.
        """
        if place + 1 >= len(tokens) or not tokens[place + 1].follows:
            return None
        best: tuple[str, int] | None = None
        for first in forms(tokens[place].small):
            seconds = self._by_first.get(first)
            if not seconds:
                continue
            for second in forms(tokens[place + 1].small):
                for rest, key in seconds.get(second, ()):
                    if best and len(rest) + 2 <= best[1]:
                        break
                    if not _has_its_capitals(key, tokens[place : place + len(rest) + 2]):
                        continue
                    if self._goes_on(rest, place + 2, tokens, forms):
                        best = (key, len(rest) + 2)
                        break
        return best

    @staticmethod
    def _goes_on(
        rest: Sequence[str], place: int, tokens: Sequence[Token], forms: Callable[[str], Iterable[str]]
    ) -> bool:
        if place + len(rest) > len(tokens):
            return False
        return all(
            token.follows and word in forms(token.small)
            for word, token in zip(rest, tokens[place : place + len(rest)], strict=True)
        )


def _has_its_capitals(key: str, tokens: Sequence[Token]) -> bool:
    """Whether what the entry writes with a capital has one in the text."""
    words = key.replace("'", " ").split()
    return all(token.is_capital or not word[0].isupper() for word, token in zip(words, tokens, strict=False))
