"""One line of articles.jsonl: all that is known of an article, for other programs and for the page of review."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import asdict

from pipeline.article import Article, Sentence, Summary, Translation, TranslationWarning
from pipeline.errors import ArticleError
from pipeline.text.doubts import OF_MODEL
from pipeline.urls import web_url

_QUOTED = re.compile("“([^”]+?)…?”")


def record(
    article: Article | None, source: str, stage: str | None = None, error: ArticleError | None = None
) -> dict[str, object]:
    """What became of one document: the contract with other programs, documented in pipeline/issue/README.md.

    `status` is "done", "draft" (too many doubtful sentences), "refused" or "failed"; `error` says why for the last two.

    Args:
        article: as far as it came; None where the document could not be read.
        source: where it came from.
        stage: where `error` arose.
    """
    content = article.content if article else None
    translation = article.translation if article else None
    summary = article.summary if article else None
    tags = article.tags if article else None
    status = error.status if error else "draft" if translation and translation.is_draft else "done"
    return {
        "id": article.id if article else None,
        "revision": article.revision if article and content else None,
        "source": source,
        "url": web_url(article.url) if article else None,
        "language": asdict(article.language) if article and article.language else None,
        "title": content.title if content else None,
        "kicker": content.kicker if content else None,
        "published": content.published if content else None,
        "authors": list(content.authors) if content else [],
        "publisher": content.publisher if content else None,
        "paragraphs": list(content.paragraphs) if content else None,
        "extraction": {
            "confidence": content.confidence,
            "warnings": [asdict(warning) for warning in content.warnings],
        }
        if content
        else None,
        "translation": {
            "title": translation.title,
            "paragraphs": list(translation.paragraphs),
            "model": translation.model,
            "other_models": list(translation.other_models),
            "sentences": [
                {
                    "paragraph": sentence.paragraph,
                    "source": sentence.source,
                    "text": sentence.text,
                    "apart": sentence.is_apart,
                    "corrected": sentence.corrected,
                    "doubts": [{"kind": doubt.kind, "detail": doubt.detail} for doubt in doubts],
                }
                for sentence, doubts in zip(translation.sentences, doubts_of(translation), strict=True)
            ],
            "confidence": [sentence.confidence for sentence in translation.sentences],
            "warnings": [asdict(warning) for warning in translation.warnings],
        }
        if translation
        else None,
        "summary": _summary(summary) if summary else None,
        "tags": [asdict(tag) for tag in tags.tags] if tags else None,
        "entities": [asdict(entity) for entity in tags.entities] if tags else None,
        "status": status,
        "update": bool(article and article.is_update),
        "error": {"stage": stage, "kind": error.kind, "message": error.message} if error else None,
    }


def _summary(summary: Summary) -> dict[str, object]:
    found: dict[str, object] = {**asdict(summary), "quotes": [asdict(quote) for quote in summary.quotes]}
    # Only an update has it.
    if not summary.news:
        del found["news"]
    else:
        found["news"] = [asdict(quote) for quote in summary.news]
    return found


def doubts_of(translation: Translation) -> tuple[tuple[TranslationWarning, ...], ...]:
    """The warnings of a translation by its sentences; those of the model, which stand for the whole, are in none.

    A translation keeps warnings in the order of its sentences, and with each sentence the kinds of its own. Where a
    kind ends one sentence and begins the next of the paragraph, the text that the warning quotes decides.
    """
    waiting = deque(warning for warning in translation.warnings if warning.kind not in OF_MODEL)
    found: list[tuple[TranslationWarning, ...]] = []
    doubted = deque(sentence for sentence in translation.sentences if sentence.doubts)
    for sentence in translation.sentences:
        mine: list[TranslationWarning] = []
        if sentence.doubts:
            doubted.popleft()
        missing = set(sentence.doubts)
        while waiting and waiting[0].paragraph == sentence.paragraph and waiting[0].kind in sentence.doubts:
            if not missing and doubted and _is_of(waiting[0], doubted[0], sentence):
                break
            missing.discard(waiting[0].kind)
            mine.append(waiting.popleft())
        found.append(tuple(mine))
    return tuple(found)


def _is_of(warning: TranslationWarning, after: Sentence, before: Sentence) -> bool:
    """Whether a warning that may be of either of two sentences is of the later one."""
    if after.paragraph != warning.paragraph or after.doubts[0] != warning.kind:
        return False
    quoted = _QUOTED.findall(warning.detail)
    return _has(after, quoted) or not _has(before, quoted)


def _has(sentence: Sentence, quoted: list[str]) -> bool:
    return any(part in sentence.source or part in sentence.text for part in quoted)
