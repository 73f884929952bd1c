"""What a run knows of names besides the shipped lexicon: the user's glossaries and what earlier issues taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.text.names.glossaries import Glossaries, Line
from pipeline.text.names.kinds import kind_of
from pipeline.text.names.lexicon import entries
from pipeline.text.names.romanise import likeness
from pipeline.text.names.term_index import Entry, Term, TermIndex
from pipeline.text.names.terms import article_terms

Votes = Mapping[str, Mapping[str, int]]
"""Source form -> English -> articles that gave it."""
Remembered = Callable[[str], Votes]
"""Language code -> what the articles of earlier issues gave."""

# A name from a single article is believed where it sounds like its source, as 柯拉克 does like Keith Krach.
_LIKE_ENOUGH = 0.6


class KnownNames:
    """The terms of articles, with all sources of them in their order of trust.

    Args:
        glossaries: files of the user's own terms; where two know a word, the later file decides.
        remembered: asked once a language; None where there is no memory.
        given: names that an editor gave, which go before all others.

    Raises:
        ConfigError: a glossary is missing or broken.
    """

    def __init__(
        self, glossaries: Sequence[Path] = (), remembered: Remembered | None = None, given: Sequence[Line] = ()
    ) -> None:
        self._glossaries = Glossaries(glossaries, given)
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
                names = sure(self._remembered(language), shipped)
            learnt = (Entry(source, english, kind_of(english), True) for source, english in names.items())
            self._memories[language] = TermIndex(learnt, "memory")
        return self._memories[language]


def sure(votes: Votes, contested: Mapping[str, str]) -> dict[str, str]:
    """Source form -> English of the names that articles gave, as far as they are sure.

    An article can be wrong or malicious. A name needs two articles that agree, or one where it is a full name that
    sounds like its source; where articles differ, one form needs more of them than all others together. Against
    `contested`, what the lexicon says, it always needs two.
    """
    found: dict[str, str] = {}
    for source, forms in votes.items():
        ((english, articles),) = Counter(forms).most_common(1)
        alone = articles == 1 and (
            contested.get(source, english) != english or " " not in english or likeness(english, source) < _LIKE_ENOUGH
        )
        if not alone and 2 * articles > sum(forms.values()):
            found[source] = english
    return found
