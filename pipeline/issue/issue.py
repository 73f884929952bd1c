"""The issue: one frozen object from which every format of the digest is rendered.

All text in it has passed `pipeline.issue.plain`: one line each, no control characters, bounded length. The renderers
rely on that and escape only what their own format would interpret. Nothing here or in the renderers reads the clock:
the same articles and settings give the same issue, byte for byte in every format.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pipeline import languages
from pipeline.article import Article, Entity, Tag, Translation
from pipeline.errors import ConfigError
from pipeline.issue.identity import check_issue_id, date_in
from pipeline.issue.mailbox import Mailbox, mailboxes
from pipeline.issue.plain import address, line

if TYPE_CHECKING:
    from pipeline.config import IssueSection

# Fewer items than this are read at a glance: no section headings.
_MIN_ITEMS_FOR_SECTIONS = 4
_MORE = "More news"
# The 17 roots of IPTC Media Topics: 01000000 to 17000000.
_TOP_LEVEL = re.compile(r"(0[1-9]|1[0-7])000000")
# Newspapers began in 1605; a year outside is a slip of the source.
_FIRST_YEAR, _LAST_YEAR = 1600, 3000
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """An IPTC Media Topic: eight-digit code and English label with a capital."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """One thing the checks hold against the translation; `pipeline.issue.wording` says it in plain words."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article of the issue. A text the article does not have is ""."""

    id: str
    """16 hex digits, the same for every revision of the article."""
    revision: str
    headline: str
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
    summary_method: str
    one_line: str
    topics: tuple[Topic, ...]
    warnings: tuple[Caveat, ...]
    model: str
    """Identity of the model that translated, name@revision; "" for an article in English."""
    is_update: bool
    """An earlier issue carried another revision."""
    draft: bool
    """So much of the translation is in doubt that an editor should see it first."""
    entities: tuple[Entity, ...]

    @property
    def instant(self) -> datetime | None:
        """Time of publication in UTC; a date alone is its midnight, None where the article has no date."""
        return _instant(self.published) if self.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items under one heading, newest first; `title` is "" in an issue too small for headings."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the articles offered: `articles == items + without_english + left_out`."""

    articles: int
    items: int
    without_english: int
    left_out: int
    """Older than the newest `max_items`, or a second copy of an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The digest of one day (or week, or whatever the caller collects)."""

    id: str
    title: str
    date: str
    """ISO 8601 date of the issue."""
    sections: tuple[Section, ...]
    counts: Counts
    base_url: str
    """Address of the folder the issue is published under, without a slash at the end; "" when unknown."""
    email_from: Mailbox
    email_to: tuple[Mailbox, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in reading order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def count(self) -> int:
        """Number of items."""
        return sum(len(section.items) for section in self.sections)

    @property
    def languages(self) -> tuple[str, ...]:
        """English names of the items' languages, in alphabetical order."""
        return tuple(sorted({item.language_name for item in self.items if item.language_name}))

    @property
    def models(self) -> tuple[str, ...]:
        """The translation models used, in alphabetical order."""
        return tuple(sorted({item.model for item in self.items if item.model}))

    @property
    def instant(self) -> datetime:
        """Midnight UTC of the issue's date."""
        return datetime.combine(date.fromisoformat(self.date), time(tzinfo=UTC))


def build(articles: Iterable[Article], *, issue_id: str, settings: IssueSection) -> Issue | None:
    """Choose and order the articles of an issue; None where no article has English text, for there is no empty issue.

    Articles are read one at a time and at most twice `max_items` are held. An article without English text is counted
    and left out; of two copies with one id the newer is kept.

    Args:
        issue_id: name of the issue, by custom its date; a date at its start is the date of the issue, otherwise the
            newest article's date is.

    Raises:
        ConfigError: before the first article is read: `issue_id` is no usable name, or a mail address in `settings`
            is none. After the last: neither the name nor any article has a date.
    """
    check_issue_id(issue_id)
    sender, recipients = mailboxes(settings.email_from), mailboxes(settings.email_to)
    if len(sender) != 1:
        raise ConfigError(f"issue.email_from: {settings.email_from!r} is not one mail address")
    offered = without_english = 0
    newest: dict[str, Item] = {}
    for article in articles:
        offered += 1
        english = article.english
        if english is None:
            without_english += 1
            continue
        item = _item(article, english)
        if item.id not in newest or _order(item) < _order(newest[item.id]):
            newest[item.id] = item
        if len(newest) >= 2 * settings.max_items:
            newest = {kept.id: kept for kept in sorted(newest.values(), key=_order)[: settings.max_items]}
    items = sorted(newest.values(), key=_order)[: settings.max_items]
    if not items:
        return None
    return Issue(
        id=issue_id,
        title=line(settings.title, 120) or "World Brief",
        date=_issue_date(issue_id, items),
        sections=_sections(items),
        counts=Counts(
            articles=offered,
            items=len(items),
            without_english=without_english,
            left_out=offered - without_english - len(items),
        ),
        base_url=address(settings.base_url).rstrip("/"),
        email_from=sender[0],
        email_to=recipients,
    )


def _item(article: Article, english: Translation) -> Item:
    content, summary, tags = article.content, article.summary, article.tags
    code = article.language.code if article.language else languages.UNKNOWN
    code = code if _LANGUAGE_CODE.fullmatch(code) else languages.UNKNOWN
    foreign = bool(english.model)
    one_line = line(summary.one_line, 300) if summary else ""
    body = line(summary.text, 2000) if summary else ""
    lead = next((text for text in english.paragraphs if text.strip()), "")
    url = address(article.url)
    return Item(
        id=article.id,
        revision=article.revision,
        headline=line(english.title, 300) or one_line or line(lead, 120) or "Untitled",
        original_headline=line(content.title, 300) if content and foreign else "",
        language=code,
        language_name="" if code == languages.UNKNOWN else languages.english_name(code),
        direction="rtl" if languages.direction(code) == "rtl" else "ltr",
        outlet=_outlet(article, url),
        published=_published(content.published if content else None),
        url=url,
        summary=body,
        summary_method=line(summary.method, 80) if summary and body else "",
        one_line=one_line,
        topics=_topics(tags.tags if tags else ()),
        warnings=tuple(
            Caveat(kind=line(warning.kind, 40), detail=line(warning.detail, 120)) for warning in english.warnings[:50]
        ),
        model=line(english.model, 120),
        is_update=article.is_update,
        draft=english.is_draft,
        entities=tuple(
            Entity(text=line(entity.text, 120), type=entity.type, count=entity.count)
            for entity in (tags.entities if tags else ())
        ),
    )


def _topics(tags: Iterable[Tag]) -> tuple[Topic, ...]:
    """The IPTC topics in the tagger's order, their labels with a capital as headings need them."""
    labelled = ((line(tag.code, 20), line(tag.label, 80)) for tag in tags if tag.scheme == "medtop")
    return tuple(Topic(code=code, label=label[0].upper() + label[1:]) for code, label in labelled if label)


def _outlet(article: Article, url: str) -> str:
    """Who published it: the name the outlet gives itself, else its host, else the file the editor gave us."""
    name = line(article.content.publisher or "", 100) if article.content else ""
    if name:
        return name
    if url:
        return line((urlsplit(url).hostname or "").removeprefix("www."), 100)
    return "standard input" if article.source == "-" else line(PurePosixPath(article.source).name, 100)


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


def _order(item: Item) -> tuple[float, str]:
    """Newest first, those without a date last, then by id."""
    moment = item.instant
    return (-moment.timestamp() if moment else float("inf"), item.id)


def _issue_date(issue_id: str, newest_first: list[Item]) -> str:
    if named := date_in(issue_id):
        return named
    if newest_first[0].published:
        return newest_first[0].published[:10]
    raise ConfigError(f"issue name {issue_id!r}: no article has a date, so begin the name with one, as 2026-11-23")


def _sections(items: list[Item]) -> tuple[Section, ...]:
    """Items by their first top-level topic, the largest section first, then by name.

    A topic with a single item joins the items without a topic at the end: a heading for every article would help
    nobody. Where that leaves one section, or few items, there are no headings.
    """
    by_topic: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        label = next((topic.label for topic in item.topics if _TOP_LEVEL.fullmatch(topic.code)), "")
        by_topic[label].append(item)
    named = {title: group for title, group in by_topic.items() if title and len(group) > 1}
    rest = [item for title, group in by_topic.items() if title not in named for item in group]
    if len(items) < _MIN_ITEMS_FOR_SECTIONS or len(named) + bool(rest) < 2:
        return (Section(title="", items=tuple(items)),)
    sections = [
        Section(title=title, items=tuple(group))
        for title, group in sorted(named.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    ]
    if rest:
        sections.append(Section(title=_MORE, items=tuple(sorted(rest, key=_order))))
    return tuple(sections)
