"""What a run knows of names besides the shipped lexicon: the user's glossaries and what earlier issues taught."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.text.names.glossaries import Glossaries
from pipeline.text.names.kinds import kind_of
from pipeline.text.names.lexicon import entries
from pipeline.text.names.term_index import Entry, Term, TermIndex
from pipeline.text.names.terms import article_terms

Remembered = Callable[[str, Mapping[str, str]], Mapping[str, str]]
"""(language, what the lexicon says) -> the names that earlier issues taught; see `State.names`."""


class KnownNames:
    """The terms of articles, with all sources of them in their order of trust.

    Args:
        glossaries: files of the user's own terms; where two know a word, the later file decides.
        remembered: asked once a language; None where there is no memory.

    Raises:
        ConfigError: a glossary is missing or broken.
    """

    def __init__(self, glossaries: Sequence[Path] = (), remembered: Remembered | None = None) -> None:
        self._glossaries = Glossaries(glossaries)
        self._remembered = remembered
        self._memories: dict[str, TermIndex] = {}

    def terms(self, texts: Sequence[str], language: str) -> tuple[Term, ...]:
        """The terms that occur in the texts of one article."""
        return article_terms(texts, language, self._glossaries.index(language), self._memory(language))

    def _memory(self, language: str) -> TermIndex:
        if language not in self._memories:
            names = {}
            if self._remembered is not None:
                shipped = {entry.source: entry.english for entry in entries(language)}
                names = dict(self._remembered(language, shipped))
            learnt = (Entry(source, english, kind_of(english), True) for source, english in names.items())
            self._memories[language] = TermIndex(learnt, "memory")
        return self._memories[language]
