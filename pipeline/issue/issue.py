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
from pipeline.issue.identity import check_issue_id, date_in, issue_key
from pipeline.issue.item import Item, item_of
from pipeline.issue.label import label_of, label_of_issue
from pipeline.issue.plain import address, line
from pipeline.issue.sections import NOT_TOLD, Section, by_time, sections_of
from pipeline.overlay.overlay import IssueEdits

if TYPE_CHECKING:
    from pipeline.config import IssueSection

__all__ = ["NOT_TOLD", "Builder", "Counts", "Issue", "Section", "build"]


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
    digest: str = ""
    """Which of several digests of one desk it is of; "" where there is only one."""

    @property
    def key(self) -> str:
        """What tells it from the issues of other digests."""
        return issue_key(self.digest, self.id)

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


class Builder:
    """Chooses and orders the articles of an issue as they come.

    They are added one at a time, and at most twice `max_items` are held. An article without English text is counted
    and left out; of two copies with one id the newer is kept. One that is only listed takes no place from one that is
    told.

    Args:
        issue_id: name of the issue, by custom its date; a date at its start is the date of the issue, otherwise the
            newest article's date is.
        better: language code -> name of a model that could be got and is known to be better than the one a run takes
            now; "" for none.
        edits: what an editor decided about this issue.
        unfit: told each of these decisions that has no effect, and why, in one line; the others hold.
        digest: which of several it is of.

    Raises:
        ConfigError: `issue_id` is no usable name.
    """

    def __init__(
        self,
        *,
        issue_id: str,
        settings: IssueSection,
        better: Callable[[str], str] = lambda language: "",
        edits: IssueEdits = _NO_EDITS,
        unfit: Callable[[str], None] = lambda said: None,
        digest: str = "",
    ) -> None:
        self._id = check_issue_id(issue_id)
        self._settings = settings
        self._better = better
        self._note = edits.note
        self._decisions = Decisions(edits, unfit)
        self._digest = digest
        self._offered = self._without_english = self._dropped = self._dropped_by_editor = 0
        self._newest: dict[str, Item] = {}

    def add(self, article: Article) -> None:
        """Offer an article that is through all stages."""
        settings = self._settings
        self._offered += 1
        english, edit = article.english, self._decisions.of(article)
        if edit.drop:
            self._dropped_by_editor += 1
            return
        if english is None:
            self._without_english += 1
            self._decisions.has_no_english(article)
            return
        item = item_of(article, english, tell_drafts=settings.drafts == "tell", better=self._better, edit=edit)
        if not item.told and settings.drafts == "drop":
            self._dropped += 1
            return
        newest = self._newest
        if item.id not in newest or by_time(item) < by_time(newest[item.id]):
            newest[item.id] = item
        if len(newest) >= 2 * settings.max_items:
            self._newest = {kept.id: kept for kept in self._first(newest.values())}

    def issue(self) -> Issue | None:
        """The issue; None where no article is to be told or listed: there is no empty issue.

        Raises:
            ConfigError: neither the name nor any article has a date.
        """
        settings = self._settings
        items = [replace(item, label=label_of(item, settings)) for item in self._first(self._newest.values())]
        self._decisions.hold(items)
        if not items:
            return None
        return Issue(
            id=self._id,
            title=line(settings.title, 120) or "World Brief",
            date=_issue_date(self._id, items),
            sections=sections_of(items, self._decisions),
            counts=Counts(
                articles=self._offered,
                items=len(items),
                told=sum(item.told for item in items),
                listed=sum(not item.told for item in items),
                dropped=self._dropped,
                dropped_by_editor=self._dropped_by_editor,
                without_english=self._without_english,
                left_out=self._offered - self._without_english - self._dropped - self._dropped_by_editor - len(items),
            ),
            base_url=address(settings.base_url).rstrip("/"),
            label=label_of_issue(items, settings),
            thin=sum(item.told for item in items) < settings.thin_below,
            silent=(),
            alarms=(),
            note=line(self._note, 2000),
            digest=self._digest,
        )

    def _first(self, items: Iterable[Item]) -> list[Item]:
        """As many as an issue has room for."""
        return sorted(items, key=self._order)[: self._settings.max_items]

    def _order(self, item: Item) -> tuple[tuple[int, int], bool, float, str]:
        """Those that the editor put first, then those that are told, then by time."""
        return (self._decisions.place_of(item.id), not item.told, *by_time(item))


def build(
    articles: Iterable[Article],
    *,
    issue_id: str,
    settings: IssueSection,
    better: Callable[[str], str] = lambda language: "",
    edits: IssueEdits = _NO_EDITS,
    unfit: Callable[[str], None] = lambda said: None,
) -> Issue | None:
    """The issue of articles that are all at hand, as `Builder` makes it.

    Raises:
        ConfigError: before the first article is read: `issue_id` is no usable name. After the last: neither the name
            nor any article has a date.
    """
    builder = Builder(issue_id=issue_id, settings=settings, better=better, edits=edits, unfit=unfit)
    for article in articles:
        builder.add(article)
    return builder.issue()


def quiet(issue_id: str, settings: IssueSection, digest: str = "") -> Issue:
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
        digest=digest,
    )


def _issue_date(issue_id: str, items: list[Item]) -> str:
    if named := date_in(issue_id):
        return named
    if items and (newest := min(items, key=by_time).published):
        return newest[:10]
    raise ConfigError(f"issue name {issue_id!r}: no article has a date, so begin the name with one, as 2026-11-23")
