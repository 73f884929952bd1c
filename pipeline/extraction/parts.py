"""What the readers of single formats hand to the extract stage."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.article import ExtractionWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The pieces of an article as one reader found them; None or () where it found nothing.

    `published` is ISO 8601 already. `title` and `paragraphs` are plain text.
    """

    title: str | None = None
    kicker: str | None = None
    paragraphs: tuple[str, ...] = ()
    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    confidence: float | None = None
    """How far two independent readings of the page agree on the text, 0..1."""
    warnings: tuple[ExtractionWarning, ...] = ()

    def over(self, other: Parts) -> Parts:
        """These pieces, with the gaps filled from `other`; the warnings of both."""
        return Parts(
            title=self.title or other.title,
            # Of the headline that it stands over.
            kicker=self.kicker if self.title else other.kicker,
            paragraphs=self.paragraphs or other.paragraphs,
            url=self.url or other.url,
            published=self.published or other.published,
            authors=self.authors or other.authors,
            publisher=self.publisher or other.publisher,
            language=self.language or other.language,
            confidence=other.confidence if self.confidence is None else self.confidence,
            warnings=tuple(dict.fromkeys((*self.warnings, *other.warnings))),
        )
