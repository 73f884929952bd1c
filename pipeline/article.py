"""The one record that travels through the pipeline, and the results that stages add to it.

A `Document` is what a source yields: bytes and what the source itself says of them. The extract stage turns it
into text; each later stage adds one field. Every class is frozen, so a stage returns a changed copy
(`dataclasses.replace`) and a result can be cached and compared as plain JSON.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from pipeline.urls import canonical_url

MediaType = Literal["text/plain", "text/html", "text/markdown", "application/json", "message/rfc822"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a source says about an article, before the text itself is read. None or () where it says nothing."""

    title: str | None = None
    url: str | None = None
    published: str | None = None
    """As written by the source; the extract stage parses it."""
    language: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    guid: str | None = None
    """What a feed calls its item: the same from day to day, where the item's place in the feed is not."""
    updated: str | None = None
    """When the source says that it changed last, as written there: nothing is read of it but that it is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Raw input of one article."""

    source: str
    """Where it came from, as shown to the user and stable between runs: `seeds/a.txt`, `table.jsonl#12`, `-`."""
    data: bytes = field(repr=False)
    media_type: MediaType
    metadata: Metadata = Metadata()
    feed: str = ""
    """Address of the feed that is followed and had it; "" for any other source."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionWarning:
    """One doubt about what was read; `detail` says it in words."""

    kind: Literal["text-uncertain", "text-incomplete", "letters-lost", "date-uncertain", "writers-uncertain"]
    """The text may be another part of the page than the article; or the page has more of the article than was found;
    or it has characters that no encoding explains; or what the page shows and what its data say are different dates or
    different persons, and nothing tells which is right."""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The article found in a document."""

    title: str
    paragraphs: tuple[str, ...]
    kicker: str | None = None
    """The words over the headline that name its subject or section, where the page sets them apart."""
    url: str | None = None
    published: str | None = None
    """ISO 8601: a date (`2023-09-11`) or a date and time with offset, as exact as the source is."""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language_hint: str | None = None
    """BCP 47 code that the page or its metadata claims; the detect stage decides."""
    confidence: float | None = None
    """How far two independent readings of a page agree on its text, 0..1; None where there was one only."""
    warnings: tuple[ExtractionWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Detected language: BCP 47 code (`zh-Hant`, `ko`, `und` when unsure) and confidence in 0..1."""

    code: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationWarning:
    """One doubt about the translation. `paragraph` is an index into the paragraphs, -1 for the title."""

    kind: str
    paragraph: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One translated sentence: the source, its English, where it stands, and what the checks hold against it.

    `model` is the one that translated it where that is not the article's.
    """

    paragraph: int
    source: str
    text: str
    doubts: tuple[str, ...] = ()
    model: str = ""
    score: float | None = None
    """Mean log-probability that the model gives its translation; None where the engine tells none."""
    weakest: float | None = None
    """Lowest mean log-probability of three tokens in a row, likewise."""
    attempts: int = 1
    """How often it was translated: one more for each retry; 0 where it is English, stays as published or is an
    editor's."""
    confidence: float | None = None
    """Probability, 0..1, that the English says what the source says; None where nobody judged it."""
    corrected: bool = False
    """The English is an editor's, who corrected or confirmed a machine's."""

    @property
    def is_apart(self) -> bool:
        """It is a byline, a credit or the like: no prose, and in `text` as published."""
        return self.attempts == 0 and self.confidence is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """English text of an article; `paragraphs` has exactly one entry for each paragraph of the source."""

    title: str
    paragraphs: tuple[str, ...]
    model: str
    sentences: tuple[Sentence, ...] = ()
    warnings: tuple[TranslationWarning, ...] = ()
    is_draft: bool = False
    """Not to be relied on: the model is weak in the language, or nobody has measured it there."""

    @property
    def other_models(self) -> tuple[str, ...]:
        """Identities of the models that translated single sentences in place of `model`."""
        return tuple(sorted({sentence.model for sentence in self.sentences} - {""}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of a summary as it is printed, which may be cut, and what it was translated from.

    `sentence` is an index into the sentences of the translation, -1 where the article is English.
    """

    text: str
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """`text` is the quotes in the order of the article; "" where no sentence can be trusted."""

    text: str
    one_line: str
    method: str
    headline: str = ""
    """What may be printed in English as the headline; "" where nothing may."""
    quotes: tuple[Quote, ...] = ()
    news: tuple[Quote, ...] = ()
    """Of an update, what is new and may be printed, in the order of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A label from a scheme: (`medtop`, `04000000`, ...) or (`keyphrase`, "", the phrase, ...)."""

    scheme: str
    code: str
    label: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    text: str
    type: Literal["person", "organisation", "place"]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    tags: tuple[Tag, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article on its way through the stages; a field is None until its stage has run or where it does not apply."""

    document: Document
    content: Content | None = None
    language: Language | None = None
    translation: Translation | None = None
    summary: Summary | None = None
    tags: Tags | None = None
    is_update: bool = False
    """An earlier issue had this article with another text."""
    news: frozenset[str] = frozenset()
    """Of an update, what is new in it, as `pipeline.text.updates` has it; empty where that is not known."""

    @property
    def source(self) -> str:
        return self.document.source

    @property
    def url(self) -> str | None:
        return (self.content.url if self.content else None) or self.document.metadata.url

    @property
    def id(self) -> str:
        """16 hex digits that stay the same while the article keeps its address: canonical URL, else the name that its
        feed gives it, else that of its source."""
        return id_of(self.document, self.content.url if self.content else None)

    @property
    def revision(self) -> str:
        """16 hex digits of title and text: another revision under the same id is an update."""
        if self.content is None:
            return self.document.sha256[:16]
        text = "\n".join((self.content.title, *self.content.paragraphs))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def published(self) -> str | None:
        return self.content.published if self.content else None

    @property
    def english(self) -> Translation | None:
        """The English text: the translation, or the article itself where it is English already."""
        if self.translation is not None:
            return self.translation
        if self.content is None or self.language is None or self.language.code != "en":
            return None
        return Translation(title=self.content.title, paragraphs=self.content.paragraphs, model="")


def id_of(document: Document, url: str | None) -> str:
    """`Article.id` of a document whose text gives this address."""
    said = document.metadata
    address = url or said.url
    name = canonical_url(address) if address else said.guid or document.source
    return hashlib.sha256(name.encode()).hexdigest()[:16]
