"""Extract: the article in a document's bytes.

The readers (and the libraries they need) are loaded when the first document is processed, not before: a run that
finds everything in the cache never pays for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from pipeline.article import Article, Content, MediaType, Metadata
from pipeline.errors import ArticleError, Refused
from pipeline.stages import ALONE, Desk

if TYPE_CHECKING:
    from pipeline.config import Extract as ExtractConfig
    from pipeline.extraction.parts import Parts


# Every sentence is judged by itself. Those of an article have more characters on average than so many: an article of a
# hundred thousand marks takes as long as a hundred articles.
_SHORTEST = 20
_STOPS = re.compile(r"[.!?。！？।॥۔]\s*")
# The others tell which article it is and when to look, and nothing of them is read.
_READ = tuple(field.name for field in fields(Metadata) if field.name not in ("guid", "updated"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractInput:
    sha256: str
    media_type: MediaType
    metadata: Metadata
    data: bytes = field(repr=False)
    """Not in the cache key: `sha256` stands for it."""


class Extract:
    """The stage; see `pipeline.stages.Stage`."""

    name = "extract"
    version = 5
    output = Content

    def __init__(self, config: ExtractConfig) -> None:
        self._config = config

    @property
    def settings(self) -> dict[str, object]:
        return self._config.output_settings()

    @property
    def limits(self) -> dict[str, object]:
        """Implements `Limited`."""
        return {"max_seconds": self._config.max_seconds}

    def read(self, article: Article) -> ExtractInput:
        document = article.document
        return ExtractInput(
            sha256=document.sha256, media_type=document.media_type, metadata=document.metadata, data=document.data
        )

    def key(self, value: ExtractInput) -> object:
        said = {name: getattr(value.metadata, name) for name in _READ}
        return {"sha256": value.sha256, "media_type": value.media_type, "metadata": said}

    def process(self, batch: Sequence[ExtractInput], desk: Desk = ALONE) -> Sequence[Content | ArticleError]:
        """One article for each input. Errors stand in place: `empty`, `binary`, `undecodable`, `no-article` and
        `too-long` are refusals; `front-matter`, `json` and `too-large` are faults of the file; `unreadable` and
        `too-slow` of a parser."""
        return [self._one(value) for value in batch]

    def write(self, article: Article, output: Content) -> Article:
        # The bytes are not needed any more, and a window of articles would hold them to its end.
        return replace(article, document=replace(article.document, data=b""), content=output)

    def _one(self, value: ExtractInput) -> Content | ArticleError:
        from pipeline.extraction.budget import budget
        from pipeline.extraction.read import read

        try:
            with budget(self._config.max_seconds):
                parts = read(value.data, value.media_type, value.metadata)
            return self._checked(parts)
        except ArticleError as error:
            return error
        except MemoryError:  # the machine's, or too many things at once
            raise
        except Exception as error:
            # Parsers fail on hostile pages in ways they do not declare; one page must not end the run.
            return ArticleError(
                "unreadable",
                f"the document could not be read ({type(error).__name__}: {error}); save it as plain text or remove it",
            )

    def _checked(self, parts: Parts) -> Content:
        from pipeline.text.prose import weight

        characters = sum(map(weight, parts.paragraphs))
        if characters < self._config.min_characters:
            raise Refused(
                "no-article",
                f"no article text was found ({characters:.0f} characters, at least {self._config.min_characters} are "
                "asked for); check the page or lower extract.min_characters",
            )
        length = sum(map(len, parts.paragraphs))
        if length > self._config.max_characters:
            raise Refused(
                "too-long",
                f"the text has {length} characters, more than extract.max_characters = {self._config.max_characters}",
            )
        pieces = sum(1 + len(_STOPS.findall(text)) for text in parts.paragraphs)
        if pieces > self._config.max_characters / _SHORTEST:
            raise Refused(
                "too-long",
                f"the text has {pieces} paragraphs and stops, more than an article of extract.max_characters ="
                f" {self._config.max_characters} has",
            )
        return Content(
            title=parts.title or "",
            kicker=parts.kicker,
            paragraphs=parts.paragraphs,
            url=parts.url,
            published=parts.published,
            authors=parts.authors,
            publisher=parts.publisher,
            language_hint=parts.language,
            confidence=parts.confidence,
            warnings=parts.warnings,
        )
