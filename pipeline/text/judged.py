"""What a check is given: one sentence, its English, and all that is known of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from pipeline.text.names.term_index import Term


@dataclass(frozen=True, slots=True)
class Named:
    """Names in an English text, by what they most likely are."""

    persons: Sequence[str] = ()
    places: Sequence[str] = ()
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of an English text, as an identifier of lid.176's codes tells it."""

    text: str
    """What it was told from: the English without its names."""
    code: str
    probability: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One translated sentence as the checks see it.

    What is not known is left at its default: a check that needs it then says nothing.
    """

    source: str
    """As published, not normalised."""
    language: str
    """BCP 47 code of the source; checks that do not know the language say nothing."""
    english: str
    published: str | None = None
    """ISO 8601 date of the article, which 今(4)日 and a bare 11日 refer to."""
    _: KW_ONLY
    is_title: bool = False
    is_finished: bool = True
    """The model came to an end by itself."""
    context: str = ""
    """Source text around the sentence, such as the headline and the two sentences before: what is named there may
    stand in the English for "the two sides"."""
    persons: Sequence[str] = ()
    """Persons of the whole article as the source writes them: the Mỹ in Vương Mỹ Hoa is no America."""
    terms: Sequence[Term] = ()
    """Words of the sentence whose English is known."""
    names: Named = Named()
    """Names in the English."""
    spoken: Spoken | None = None
    """Language of the English."""

    @property
    def term_sources(self) -> list[str]:
        """The terms as the source writes them."""
        return [term.source for term in self.terms]

    @property
    def term_english(self) -> list[str]:
        """The terms as the English should have them."""
        return [term.english for term in self.terms]
