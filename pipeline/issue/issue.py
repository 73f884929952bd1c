"""The issue: one frozen object from which every format of the digest is rendered.

Nothing here or in the renderers reads the clock: the same articles and settings give the same issue, byte for byte in
every format.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from pipeline.article import Article
from pipeline.errors import ConfigError
from pipeline.issue.identity import check_issue_id, date_in
from pipeline.issue.item import Item, item_of
from pipeline.issue.plain import address, line

if TYPE_CHECKING:
    from pipeline.config import IssueSection

# Fewer items than this are read at a glance: no section headings.
_MIN_ITEMS_FOR_SECTIONS = 4
_MORE = "More news"
NOT_TOLD = "Not translated well enough to tell"
# The 17 roots of IPTC Media Topics: 01000000 to 17000000.
_TOP_LEVEL = re.compile(r"(0[1-9]|1[0-7])000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items under one heading, newest first; `title` is "" in an issue too small for headings.

    The items that are only listed have a section of their own, the last.
    """

    title: str
    items: tuple[Item, ...]

    @property
    def told(self) -> bool:
        """Whether its items are told; all of them are, or none."""
        return self.items[0].told


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the articles offered.

    `articles == items + dropped + without_english + left_out`, and `items == told + listed`.
    """

    articles: int
    items: int
    told: int
    listed: int
    """Not told, because the translation is not good enough: headline and link of the original."""
    dropped: int
    """Left out for the same reason, as `issue.drafts = "drop"` says."""
    without_english: int
    left_out: int
    """More than `max_items`, those that are told and the newest first; or a second copy of an article."""


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

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in reading order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def told(self) -> tuple[Item, ...]:
        """The items that are told, in reading order."""
        return tuple(item for item in self.items if item.told)

    @property
    def listed(self) -> tuple[Item, ...]:
        """The items that are only listed; they come last."""
        return tuple(item for item in self.items if not item.told)

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
        """The models that translated what is told, in alphabetical order."""
        return tuple(sorted({model for item in self.told for model in (item.model, *item.other_models) if model}))

    @property
    def instant(self) -> datetime:
        """Midnight UTC of the issue's date."""
        return datetime.combine(date.fromisoformat(self.date), time(tzinfo=UTC))


def build(
    articles: Iterable[Article],
    *,
    issue_id: str,
    settings: IssueSection,
    better: Callable[[str], str] = lambda language: "",
) -> Issue | None:
    """Choose and order the articles of an issue; None where none is to be told or listed: there is no empty issue.

    Articles are read one at a time and at most twice `max_items` are held. An article without English text is counted
    and left out; of two copies with one id the newer is kept. One that is only listed takes no place from one that is
    told.

    Args:
        issue_id: name of the issue, by custom its date; a date at its start is the date of the issue, otherwise the
            newest article's date is.
        better: language code -> name of a model that could be got and is known to be better than the one a run takes
            now; "" for none.

    Raises:
        ConfigError: before the first article is read: `issue_id` is no usable name. After the last: neither the name
            nor any article has a date.
    """
    check_issue_id(issue_id)
    offered = without_english = dropped = 0
    newest: dict[str, Item] = {}
    for article in articles:
        offered += 1
        english = article.english
        if english is None:
            without_english += 1
            continue
        item = item_of(article, english, tell_drafts=settings.drafts == "tell", better=better)
        if not item.told and settings.drafts == "drop":
            dropped += 1
            continue
        if item.id not in newest or _by_time(item) < _by_time(newest[item.id]):
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
            told=sum(item.told for item in items),
            listed=sum(not item.told for item in items),
            dropped=dropped,
            without_english=without_english,
            left_out=offered - without_english - dropped - len(items),
        ),
        base_url=address(settings.base_url).rstrip("/"),
    )


def _order(item: Item) -> tuple[bool, float, str]:
    """Those that are told first, then by time."""
    return (not item.told, *_by_time(item))


def _by_time(item: Item) -> tuple[float, str]:
    """Newest first, those without a date last, then by id."""
    moment = item.instant
    return (-moment.timestamp() if moment else float("inf"), item.id)


def _issue_date(issue_id: str, items: list[Item]) -> str:
    if named := date_in(issue_id):
        return named
    if newest := min(items, key=_by_time).published:
        return newest[:10]
    raise ConfigError(f"issue name {issue_id!r}: no article has a date, so begin the name with one, as 2026-11-23")


def _sections(items: list[Item]) -> tuple[Section, ...]:
    """Those of the items that are told, and one for those that are only listed."""
    told, listed = [item for item in items if item.told], [item for item in items if not item.told]
    last = (Section(title=NOT_TOLD, items=tuple(listed)),) if listed else ()
    return (*(_by_topic(told) if told else ()), *last)


def _by_topic(items: list[Item]) -> tuple[Section, ...]:
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
        sections.append(Section(title=_MORE, items=tuple(sorted(rest, key=_by_time))))
    return tuple(sections)
