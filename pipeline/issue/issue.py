"""The issue: one frozen object from which every format of the digest is rendered.

Nothing here or in the renderers reads the clock: the same articles and settings give the same issue, byte for byte in
every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from pipeline.article import Article
from pipeline.errors import ConfigError
from pipeline.issue.decisions import Decisions
from pipeline.issue.identity import check_issue_id, date_in
from pipeline.issue.item import Item, item_of
from pipeline.issue.label import label_of, label_of_issue
from pipeline.issue.plain import address, line
from pipeline.issue.sections import NOT_TOLD, Section, by_time, sections_of
from pipeline.overlay.overlay import IssueEdits

if TYPE_CHECKING:
    from pipeline.config import IssueSection

__all__ = ["NOT_TOLD", "Counts", "Issue", "Section", "build"]


_NO_EDITS = IssueEdits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the articles offered.

    `articles == items + dropped + dropped_by_editor + without_english + left_out`, and `items == told + listed`.
    """

    articles: int
    items: int
    told: int
    listed: int
    """Not told, because the translation is not good enough: headline and link of the original."""
    dropped: int
    """Left out for the same reason, as `issue.drafts = "drop"` says."""
    dropped_by_editor: int
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
    label: str
    """What is said of who made it and who checked it, as `issue.label` has it; "" where a machine did nothing."""
    thin: bool
    """It tells fewer articles than `issue.thin_below`."""
    silent: tuple[str, ...]
    """Outlets that are usually in an issue and have nothing new in this one, where they are to be named."""
    alarms: tuple[str, ...]
    """Sources that are probably broken, each with why, where they are to be named."""
    note: str
    """By the editor, for the top of the issue; "" for none."""

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
        told = [item for item in self.told if item.is_machine_translated]
        return tuple(sorted({model for item in told for model in (item.model, *item.other_models) if model}))

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
    edits: IssueEdits = _NO_EDITS,
    unfit: Callable[[str], None] = lambda said: None,
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
        edits: what an editor decided about this issue.
        unfit: told each of these decisions that has no effect, and why, in one line; the others hold.

    Raises:
        ConfigError: before the first article is read: `issue_id` is no usable name. After the last: neither the name
            nor any article has a date.
    """
    check_issue_id(issue_id)
    offered = without_english = dropped = dropped_by_editor = 0
    decisions = Decisions(edits, unfit)

    def order(item: Item) -> tuple[tuple[int, int], bool, float, str]:
        """Those that the editor put first, then those that are told, then by time."""
        return (decisions.place_of(item.id), not item.told, *by_time(item))

    newest: dict[str, Item] = {}
    for article in articles:
        offered += 1
        english, edit = article.english, decisions.of(article)
        if edit.drop:
            dropped_by_editor += 1
            continue
        if english is None:
            without_english += 1
            decisions.has_no_english(article)
            continue
        item = item_of(article, english, tell_drafts=settings.drafts == "tell", better=better, edit=edit)
        if not item.told and settings.drafts == "drop":
            dropped += 1
            continue
        if item.id not in newest or by_time(item) < by_time(newest[item.id]):
            newest[item.id] = item
        if len(newest) >= 2 * settings.max_items:
            newest = {kept.id: kept for kept in sorted(newest.values(), key=order)[: settings.max_items]}
    items = [
        replace(item, label=label_of(item, settings))
        for item in sorted(newest.values(), key=order)[: settings.max_items]
    ]
    decisions.hold(items)
    if not items:
        return None
    return Issue(
        id=issue_id,
        title=line(settings.title, 120) or "World Brief",
        date=_issue_date(issue_id, items),
        sections=sections_of(items, decisions),
        counts=Counts(
            articles=offered,
            items=len(items),
            told=sum(item.told for item in items),
            listed=sum(not item.told for item in items),
            dropped=dropped,
            dropped_by_editor=dropped_by_editor,
            without_english=without_english,
            left_out=offered - without_english - dropped - dropped_by_editor - len(items),
        ),
        base_url=address(settings.base_url).rstrip("/"),
        label=label_of_issue(items, settings),
        thin=sum(item.told for item in items) < settings.thin_below,
        silent=(),
        alarms=(),
        note=line(edits.note, 2000),
    )


def quiet(issue_id: str, settings: IssueSection) -> Issue:
    """An issue that says that nothing new came.

    Raises:
        ConfigError: the name of the issue is no usable one, or does not begin with its date.
    """
    return Issue(
        id=check_issue_id(issue_id),
        title=line(settings.title, 120) or "World Brief",
        date=_issue_date(issue_id, []),
        sections=(),
        counts=Counts(
            articles=0, items=0, told=0, listed=0, dropped=0, dropped_by_editor=0, without_english=0, left_out=0
        ),
        base_url=address(settings.base_url).rstrip("/"),
        label="",
        thin=False,
        silent=(),
        alarms=(),
        note="",
    )


def _issue_date(issue_id: str, items: list[Item]) -> str:
    if named := date_in(issue_id):
        return named
    if items and (newest := min(items, key=by_time).published):
        return newest[:10]
    raise ConfigError(f"issue name {issue_id!r}: no article has a date, so begin the name with one, as 2026-11-23")
