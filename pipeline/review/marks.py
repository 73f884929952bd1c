"""Names and numbers of a sentence and of its English, marked so that the eye can go from one side to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.text.names.term_index import Entry, Term, TermIndex, stands_alone
from pipeline.text.names.terms import article_terms, sentence_terms
from pipeline.text.numbers import numbers_in

Part = str | tuple[str, str]
"""Text, or ("number" | "name", text)."""
_Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What is named in one article: its terms with their English, and the names that were found in its English."""

    terms: tuple[Term, ...]
    english: tuple[str, ...]

    @classmethod
    def of(
        cls, texts: Sequence[str], language: str, english: Iterable[str], given: Iterable[tuple[str, str]] = ()
    ) -> Names:
        """Names of an article.

        Args:
            texts: headline and paragraphs as published.
            language: BCP 47 code.
            english: names that the tagger found.
            given: (source, English) of the editor's names.
        """
        glossary = TermIndex((Entry(source, name) for source, name in given), "glossary")
        found = article_terms(texts, language, glossary)
        terms = tuple(term for term in found if term.kind != "term" or term.origin == "glossary")
        known = {name for name in (*english, *(term.english for term in terms)) if len(name) > 1}
        return cls(terms, tuple(sorted(known, key=lambda name: (-len(name), name))))


def original(text: str, language: str, names: Names) -> list[Part]:
    """The sentence in parts, its numbers and known names marked."""
    spans = [
        (place, place + len(term.source), "name")
        for term in sentence_terms(names.terms, text)
        for place in _places(term.source, text)
    ]
    return _parts(text, [*spans, *_numbers(text, language)])


def english(text: str, names: Names) -> list[Part]:
    """The English in parts, likewise."""
    spans = [(place, place + len(name), "name") for name in names.english for place in _places(name, text)]
    return _parts(text, [*spans, *_numbers(text, "en")])


def _numbers(text: str, language: str) -> list[_Span]:
    return [(found.start, found.end, "number") for found in numbers_in(text, language) if found.certain]


def _places(word: str, text: str) -> list[int]:
    starts = (match.start() for match in re.finditer(re.escape(word), text))
    return [start for start in starts if stands_alone(text, start, start + len(word))]


def _parts(text: str, spans: list[_Span]) -> list[Part]:
    """The text cut at the spans; of overlapping ones the first to be given is kept."""
    kept: list[_Span] = []
    taken = bytearray(len(text))
    for start, end, kind in spans:
        if 0 <= start < end <= len(text) and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, kind))
    parts: list[Part] = []
    at = 0
    for start, end, kind in sorted(kept):
        if at < start:
            parts.append(text[at:start])
        parts.append((kind, text[start:end]))
        at = end
    if at < len(text):
        parts.append(text[at:])
    return parts
