"""One article as the digest shows it.

All text has passed `pipeline.issue.plain`: one line each, no control characters, bounded length. The renderers rely on
that and escape only what their own format would interpret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit

from pipeline.article import (
    Article,
    Content,
    Entity,
    ExtractionWarning,
    Tag,
    Translation,
    TranslationWarning,
)
from pipeline.issue.plain import address, line
from pipeline.issue.words import Edited, Source, words_of
from pipeline.language import codes
from pipeline.overlay.overlay import Edit
from pipeline.text.doubts import OF_MODEL, DoubtKind
from pipeline.text.updates import is_new

# Newspapers began in 1605; a year outside is a slip of the source.
_FIRST_YEAR, _LAST_YEAR = 1600, 3000
# A topic that comes of a text not to be relied on is shown where the tagger is this sure; its own threshold is 0.6.
_SURE = 0.8
_NO_EDIT = Edit()
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """An IPTC Media Topic: eight-digit code and English label with a capital."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """One thing held against the reading of the page or of its English; `pipeline.issue.wording` says it plainly."""

    kind: str
    detail: str
    """"" for a doubt about a sentence: it would quote English that is withheld."""


Reason = DoubtKind | Literal["", "nothing-sure"]
"""Why an item is not told: a doubt about the model, or no line of the translation may be printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article of the issue. A text the article does not have is "".

    An item is told, or only listed: then its headline is that of the original, and nothing of the translation is in it
    but what the checks found.
    """

    id: str
    """16 hex digits, the same for every revision of the article."""
    revision: str
    told: bool
    reason: Reason
    """"" where it is told."""
    better_model: str
    """Name of a model that could be got and is known to be better than the one that translated; "" where it is told."""
    headline: str
    """In English where the item is told: a translated headline, or a sentence that stands in for it. Else as the outlet
    printed it."""
    original_headline: str
    """The headline as the outlet printed it; "" for an article in English."""
    language: str
    language_name: str
    direction: Literal["ltr", "rtl"]
    outlet: str
    published: str
    """ISO 8601: a date, or a date and time with offset."""
    url: str
    """An http(s) address."""
    summary: str
    """What is quoted of the article, without a sentence that is the headline already."""
    sources: tuple[Source, ...]
    """Where the quoted sentences come from, in the order of the article; () for an article in English."""
    summary_method: str
    one_line: str
    topics: tuple[Topic, ...]
    warnings: tuple[Caveat, ...]
    model: str
    """Identity of the model that translated, name@revision; "" for an article in English."""
    other_models: tuple[str, ...]
    """Models that translated single sentences in its place."""
    is_update: bool
    """An earlier issue carried another revision."""
    sentences: int
    """Sentences of the translation, the headline among them; 0 for an article in English."""
    doubtful: int
    """Those of them that the checks hold something against. None of them is printed."""
    draft: bool
    """So much of the translation is in doubt that an editor should see it first."""
    entities: tuple[Entity, ...]
    edited: tuple[Edited, ...]
    """What is printed in an editor's words."""
    printed: int
    """Sentences of the translation in what is printed."""
    corrected: int
    """Those of them whose English an editor corrected or confirmed, in this article or where they stood before."""
    saved: bool
    """It would not be told, had an editor not decided so."""
    quoted: int
    """Sentences of the article that the summary quotes; 0 for a summary by an editor."""
    lead: int
    """Sentences at its beginning that the summary could quote from; 0 where that was the whole article."""
    length: int
    """Sentences of the article, its headline aside; 0 where none is quoted."""
    label: str
    """What is said of who made it and who checked it, as `issue.label` has it; "" where a machine did nothing."""
    note: str
    """By the editor, printed with the item; "" for none."""
    news: str = ""
    """Of an update, what is new in it, as far as it may be printed; it comes before the summary."""
    new_sentences: int = 0
    """Sentences of an update that no earlier issue had, its headline aside; 0 also where that is not known."""
    new_headline: bool = False
    """The headline of an update is new, and says what the earlier ones did not."""

    @property
    def is_machine_translated(self) -> bool:
        """Whether headline or summary, as printed, are a machine's English."""
        by_editor = "headline" in self.edited and ("summary" in self.edited or not self.summary)
        return self.told and bool(self.model) and not by_editor

    @property
    def instant(self) -> datetime | None:
        """Time of publication in UTC; a date alone is its midnight, None where the article has no date."""
        return _instant(self.published) if self.published else None


def _reason(article: Article, english: Translation, *, tell_drafts: bool) -> Reason:
    """What keeps an article from being told; "" where nothing does."""
    if not english.model:
        return ""
    has_line = article.summary is not None and bool(article.summary.headline or article.summary.quotes)
    if not english.is_draft:
        return "" if has_line else "nothing-sure"
    if tell_drafts and has_line:
        return ""
    kinds = {warning.kind for warning in english.warnings}
    return next((kind for kind in OF_MODEL if kind in kinds), "weak-model")


def is_told(article: Article, *, tell_drafts: bool = False) -> bool:
    """Whether an article is good enough to be told in English, whatever an editor says."""
    english = article.english
    return english is not None and not _reason(article, english, tell_drafts=tell_drafts)


def item_of(
    article: Article,
    english: Translation,
    *,
    tell_drafts: bool = False,
    better: Callable[[str], str] = lambda language: "",
    edit: Edit = _NO_EDIT,
) -> Item:
    """The article as the digest shows it.

    Args:
        english: its translation, or its own text with model "".
        tell_drafts: whether drafts are told; one without a line that may be printed is not.
        better: language code -> name of a better model that could be got, "" for none.
        edit: what an editor decided about it. Headline or summary by the editor tell it, with nothing of a translation
            that was withheld; `tell` tells what of that is sure.
    """
    content, summary, tags = article.content, article.summary, article.tags
    withheld = _reason(article, english, tell_drafts=tell_drafts)
    # Why nothing of the translation is printed.
    reason = _reason(article, english, tell_drafts=tell_drafts or edit.tell)
    words = words_of(None if reason else summary, english, edit)
    told = not reason or bool(words.edited)
    code = article.language.code if article.language else codes.UNKNOWN
    code = code if _LANGUAGE_CODE.fullmatch(code) else codes.UNKNOWN
    foreign = bool(english.model)
    title = line(content.title, 300) if content else ""
    headline = words.headline or title or (_beginning(content) if content else "")
    url = address(article.url)
    return Item(
        id=article.id,
        revision=article.revision,
        told=told,
        reason="" if told else reason,
        better_model="" if told else line(better(code), 120),
        headline=headline or "Untitled",
        original_headline="" if not foreign else title if told else headline,
        language=code,
        language_name="" if code == codes.UNKNOWN else codes.english_name(code),
        direction="rtl" if codes.direction(code) == "rtl" else "ltr",
        outlet=outlet_of(content, url),
        published=_published(content.published if content else None),
        url=url,
        summary=words.summary,
        sources=words.sources,
        summary_method=words.method,
        one_line=words.one_line,
        topics=_topics(_relied_on(tags.tags, withheld=bool(reason))) if tags else (),
        warnings=(
            *_caveats(content.warnings[:10] if content else ()),
            *_caveats([_unquoted(warning) for warning in english.warnings[:50]]),
        ),
        model=line(english.model, 120),
        other_models=tuple(line(model, 120) for model in english.other_models),
        is_update=article.is_update,
        sentences=sum(not sentence.is_apart for sentence in english.sentences),
        doubtful=sum(bool(sentence.doubts) for sentence in english.sentences),
        draft=english.is_draft,
        entities=tuple(
            Entity(text=line(entity.text, 120), type=entity.type, count=entity.count)
            for entity in (tags.entities if tags and not reason else ())
        ),
        edited=words.edited,
        printed=words.printed,
        corrected=words.corrected,
        saved=told and bool(withheld),
        quoted=words.quoted,
        lead=words.lead,
        length=words.length,
        label="",
        note=line(edit.note, 2000),
        news=words.news,
        new_sentences=_new_sentences(article, english),
        new_headline=bool(article.news and content and is_new(content.title, article.news)),
    )


def _new_sentences(article: Article, english: Translation) -> int:
    if not article.news:
        return 0
    from pipeline.text.sentences import split_sentences

    texts = (
        [sentence.source for sentence in english.sentences if sentence.paragraph >= 0 and not sentence.is_apart]
        if english.model
        else [text for paragraph in english.paragraphs for text in split_sentences(paragraph, "en")]
    )
    return sum(is_new(text, article.news) for text in texts)


def _caveats(warnings: Sequence[ExtractionWarning] | Sequence[TranslationWarning]) -> tuple[Caveat, ...]:
    return tuple(Caveat(kind=line(warning.kind, 40), detail=line(warning.detail, 120)) for warning in warnings)


def _unquoted(warning: TranslationWarning) -> TranslationWarning:
    """Without its words, which quote English that is not printed, unless they are about the model."""
    return warning if warning.kind in OF_MODEL else replace(warning, detail="")


def _topics(tags: Iterable[Tag]) -> tuple[Topic, ...]:
    """The IPTC topics in the tagger's order, their labels with a capital as headings need them."""
    labelled = ((line(tag.code, 20), line(tag.label, 80)) for tag in tags if tag.scheme == "medtop")
    return tuple(Topic(code=code, label=label[0].upper() + label[1:]) for code, label in labelled if label)


def topics_of(article: Article, *, tell_drafts: bool = False) -> tuple[str, ...]:
    """The codes of the topics that are given of an article, before an editor decides: of one that is withheld, the one
    of which the tagger is sure.

    Args:
        tell_drafts: whether drafts are told.
    """
    english = article.english
    if article.tags is None or english is None:
        return ()
    withheld = bool(_reason(article, english, tell_drafts=tell_drafts))
    return tuple(tag.code for tag in _relied_on(article.tags.tags, withheld=withheld) if tag.scheme == "medtop")


def _relied_on(tags: tuple[Tag, ...], *, withheld: bool) -> tuple[Tag, ...]:
    return _sure(tags) if withheld else tags


def _sure(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The one topic of which the tagger is sure, if there is one."""
    return tuple(tag for tag in tags if tag.scheme == "medtop" and tag.score >= _SURE)[:1]


def _beginning(content: Content) -> str:
    """Of the article, in its own language: what stands in for a headline that it does not have."""
    return next((text for paragraph in content.paragraphs if (text := line(paragraph, 120))), "")


def outlet_of(content: Content | None, url: str) -> str:
    """Who published it: the name the outlet gives itself, else its host, else "": a file is no outlet."""
    name = line(content.publisher or "", 100) if content else ""
    return name or line((urlsplit(url).hostname or "").removeprefix("www."), 100)


def _published(text: str | None) -> str:
    """The time in one spelling, a time without offset as UTC; "" where it is no ISO 8601 time or no plausible year."""
    moment = _instant(text) if text else None
    if text is None or moment is None or not _FIRST_YEAR < moment.year < _LAST_YEAR:
        return ""
    if len(text) <= len("2026-11-23"):
        return moment.date().isoformat()
    local = datetime.fromisoformat(text)
    return (local if local.tzinfo else moment).isoformat(timespec="seconds")


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # OverflowError: an offset that leads out of the years 1 to 9999
        return None
