"""Sentences of an article with everything that translating and judging them takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.backends import Segment
from pipeline.fingerprint import fingerprint
from pipeline.text.mixed import sentence_language
from pipeline.text.names.terms import Term, sentence_terms
from pipeline.text.names.titles import with_titles
from pipeline.text.normalise import normalise_sentence
from pipeline.text.protect import protected
from pipeline.text.sentences import split_with_separators
from pipeline.translation.apart import apart
from pipeline.translation.lexicon import Lexicon

TITLE = -1
"""The paragraph number of the headline."""
# So much of the first paragraph counts as context of every sentence, in characters.
_LEAD = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One sentence on its way through the models and the gate."""

    paragraph: int
    source: str
    """As published."""
    separator: str
    """White space that follows it in its paragraph."""
    segment: Segment
    """As the models read it."""
    terms: tuple[Term, ...]
    """Those of the article that stand in this sentence."""
    persons: tuple[str, ...]
    """Persons of the whole article, as the source writes them."""
    published: str | None
    context: str
    """What "the two sides" and the like in it may stand for: the headline, the lead, the two sentences before it."""
    key: str
    """The same for sentences that a model must answer in the same way."""
    is_apart: bool = False
    """It is a whole paragraph that is no prose and stays as published."""

    @property
    def language(self) -> str:
        return self.segment.source_language

    @property
    def is_english(self) -> bool:
        """It needs no translation."""
        return self.language == "en"

    @property
    def is_asked(self) -> bool:
        """It goes to a model."""
        return not self.is_english and not self.is_apart

    @property
    def is_title(self) -> bool:
        return self.paragraph == TITLE


def units(
    title: str,
    paragraphs: Sequence[str],
    language: str,
    published: str | None,
    terms: Sequence[Term],
    others: Collection[str] = (),
    lexicon: Lexicon | None = None,
    authors: Collection[str] | None = (),
) -> Iterator[Unit]:
    """The sentences of one article in order, the headline first; blank paragraphs have none.

    A paragraph that is no prose is one unit, whole, and no context of any other.

    Args:
        published: ISO 8601 date, for dates such as 今(4)日.
        terms: words of the article whose English is known.
        others: languages besides `language` that can be translated, for sentences that are in one of them.
        lexicon: dictionaries from which the models are told rare words and names.
        authors: names of the writers: a line that holds nothing else is no prose; None: every line is.
    """
    alone = frozenset[int]() if authors is None else apart(paragraphs, authors)
    pieces = [(TITLE, title, "")] if title else []
    for number, paragraph in enumerate(paragraphs):
        parts = [(paragraph, "")] if number in alone else split_with_separators(paragraph, language)
        pieces += [(number, *part) for part in parts]
    prose = (paragraph for number, paragraph in enumerate(paragraphs) if number not in alone and paragraph.strip())
    lead = next(prose, "")[:_LEAD]
    persons = tuple(term.source for term in terms if term.kind == "person")
    before: list[str] = []
    for number, source, separator in pieces:
        if not source.strip():
            # Nothing to translate, and a model asked to would invent.
            continue
        if number in alone:
            yield _unit_apart(number, source, language, published)
            continue
        here = sentence_terms(terms, source)
        tongue = sentence_language(source, language)
        if tongue not in (language, "en", *others):
            tongue = language
        terms_told = (
            *with_titles([term for term in here if term.hint], source, tongue),
            *((span, span) for span in protected(source)),
        )
        segment = Segment(
            text=normalise_sentence(source, tongue, published),
            source_language=tongue,
            terms=terms_told,
            glosses=lexicon.offers(source, tongue, [form for form, _ in terms_told]) if lexicon else (),
            is_title=number == TITLE,
        )
        yield Unit(
            paragraph=number,
            source=source,
            separator=separator,
            segment=segment,
            terms=here,
            persons=persons,
            published=published,
            context="\n".join((title, lead, *before[-2:])),
            key=fingerprint(segment),
        )
        before.append(source)


def _unit_apart(paragraph: int, source: str, language: str, published: str | None) -> Unit:
    segment = Segment(text=source, source_language=language)
    return Unit(
        paragraph=paragraph,
        source=source,
        separator="",
        segment=segment,
        terms=(),
        persons=(),
        published=published,
        context="",
        key=fingerprint(segment),
        is_apart=True,
    )
