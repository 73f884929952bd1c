"""The issue: one frozen object from which every format of the digest is rendered.

Nothing here or in the renderers reads the clock: the same articles and settings give the same issue, byte for byte in
every format.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from pipeline.article import Article
from pipeline.errors import ConfigError
from pipeline.issue.identity import check_issue_id, date_in
from pipeline.issue.item import Item, item_of
from pipeline.issue.mailbox import Mailbox, mailboxes
from pipeline.issue.plain import address, line

if TYPE_CHECKING:
    from pipeline.config import IssueSection

# Fewer items than this are read at a glance: no section headings.
_MIN_ITEMS_FOR_SECTIONS = 4
_MORE = "More news"
# The 17 roots of IPTC Media Topics: 01000000 to 17000000.
_TOP_LEVEL = re.compile(r"(0[1-9]|1[0-7])000000")


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
        return tuple(sorted({model for item in self.items for model in (item.model, *item.other_models) if model}))

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
        item = item_of(article, english)
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
