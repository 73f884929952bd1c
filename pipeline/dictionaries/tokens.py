"""The words of a sentence, with where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.dictionaries.normal import lower, plain, word_pattern
from pipeline.language.facts import facts

_APOSTROPHES: Final = "'’ʼ׳״\""
_JOINS: Final = frozenset((" ", "'", "’", "\u00a0"))
_OPENS: Final = re.compile(r"(?:^|[.!?:;…•–—|»«“”„\"(\[]\s*|\s-\s)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word."""

    start: int
    end: int
    text: str
    """As it is looked up: without vowel marks and stress."""
    small: str
    is_first: bool
    """A capital says nothing here: the sentence or a quotation begins, or every word has one."""
    follows: bool
    """Only a space or an apostrophe is between it and the word before."""

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def tokens(sentence: str, language: str) -> list[Token]:
    """The words of a sentence in a script with spaces, in order; numbers and what is joined to them are none."""
    spans = [match.span() for match in word_pattern().finditer(sentence)]
    if facts(language).words.apostrophe_is_letter:
        spans = _joined(spans, sentence)
    capitals = sum(sentence[start].isupper() for start, _ in spans)
    # A headline that writes every word with a capital.
    is_title = len(spans) > 3 and capitals > 0.7 * len(spans)
    found: list[Token] = []
    before = 0
    for start, end in spans:
        text = plain(sentence[start:end])
        between = sentence[before:start]
        number_beside = (start and sentence[start - 1].isdigit()) or sentence[end : end + 1].isdigit()
        if text and not number_beside:
            is_first = is_title or not found or (not between.isspace() and bool(_OPENS.search(sentence[:start][-3:])))
            found.append(Token(start, end, text, lower(text, language), is_first, bool(found) and between in _JOINS))
        before = end
    return found


def _joined(spans: list[tuple[int, int]], sentence: str) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start - made[-1][1] == 1 and sentence[made[-1][1]] in _APOSTROPHES:
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made
