"""One digest in the making: what is new of the articles goes into an issue, which is written with its page of review.

It is given the articles of the run one at a time, as every other digest of the run is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

from pipeline.article import Article
from pipeline.config import Digest
from pipeline.errors import ConfigError, Held
from pipeline.executor.identities import Seen
from pipeline.executor.runner import Outcome
from pipeline.fingerprint import fingerprint
from pipeline.issue import issue, render
from pipeline.issue.channels import channels_of
from pipeline.issue.identity import date_in, issue_key
from pipeline.issue.item import outlet_of
from pipeline.issue.plain import address, line
from pipeline.issue.silence import ISSUES, silent_outlets
from pipeline.issue.wanted import Reading, Wanted
from pipeline.overlay.overlay import Overlay
from pipeline.report.report import DigestReport, RunReport, SourceAlarm
from pipeline.review import page, results
from pipeline.run.articles import FILE, Lines
from pipeline.run.selection import Selection
from pipeline.run.topics import codes_of
from pipeline.store.state import Placement, State

Placed = Placement | Literal["older"]
"""older: published before what the issue takes in."""
# As long as is needed to tell the rules of a digest apart.
_MARK: Final = 16


@dataclass(slots=True)
class Written:
    """What there is of an issue; `files` is empty where there was nothing new."""

    digest: str
    report: RunReport
    """What the digest counted itself; of the only one, all that the run did."""
    files: list[Path] = field(default_factory=list)
    items: int = 0
    told: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    """Ids of the articles that are told and that are listed."""
    quiet: bool = False
    """There was nothing new, and what was written says so."""

    @property
    def is_issue(self) -> bool:
        """Something new was written."""
        return bool(self.files) and not self.quiet


class Making:
    """One digest of a run.

    Args:
        digest: with its settings and rules.
        issue_id: of the run.
        state: its memory.
        report: what it counts goes there: that of the run where it is the only one.
        overlay: what the editor decided.
        better: language code -> name of a better model that could be got.
        keep_known: articles of earlier issues are taken in.

    Raises:
        ConfigError: a setting of the channels, a template or a rule is wrong, or the folder cannot be written to.
    """

    def __init__(
        self,
        digest: Digest,
        *,
        issue_id: str,
        state: State,
        report: RunReport,
        overlay: Overlay,
        better: Callable[[str], str],
        keep_known: bool,
    ) -> None:
        self.name: Final = digest.name
        self.report: Final = report
        self._settings = digest.config.issue
        self._issue_id = issue_id
        self._state = state
        self._keep_known = keep_known
        self.out: Final = Path(digest.config.run.out)
        self._overlay_path = Path(digest.config.run.overlay)
        self._channels = channels_of(digest.config.issue)
        render.check(self._channels)
        self._wanted = Wanted(digest, codes_of)
        self._rules = fingerprint(self._wanted.said)[:_MARK] if self._wanted.said else ""
        self._oldest = _oldest(issue_id, self._settings.max_age_days)
        key = issue_key(digest.name, issue_id)
        self._edits = overlay.of(key)
        report.decided = overlay.mark_of(key)
        self._lines = Lines(self.out / FILE)
        self._builder = issue.Builder(
            issue_id=issue_id,
            settings=self._settings,
            better=better,
            edits=self._edits,
            unfit=report.overlay.append,
            digest=digest.name,
        )
        self._heard: set[str] = set()
        self._in_english = 0
        self._admitted = 0
        self.taken = 0
        """Articles that are through all stages and in this digest's hands."""
        self.remembers = False
        """Whether it passed over something that the next issue need not look at again."""

    def kept_out(self, articles: Sequence[Seen]) -> list[bool]:
        """Which of them, known without their text, are sure not to be new to the digest."""
        if self._keep_known:
            return [False] * len(articles)
        known = self._state.known([(one.id, one.revision) for one in articles], digest=self.name, rules=self._rules)
        return [is_known or self._is_old(one) for is_known, one in zip(known, articles, strict=True)]

    def place(self, articles: Sequence[Article | Seen], says_nothing: Callable[[Article, str], bool]) -> list[Placed]:
        """What the articles of a window, whose text is known, are to the digest, in their order; all are counted.

        Args:
            says_nothing: whether the changed text of an article is known to say nothing new to the digest of a name: it
                is no update then.
        """
        young = [article for article in articles if not self._is_old(article)]
        # Of several digests one may have passed over what another has.
        known = {index for index, article in enumerate(young) if isinstance(article, Seen)} if not self.name else ()
        placed = iter(
            self._state.place(
                [(article.id, article.revision) for article in young],
                keep_known=self._keep_known,
                known=known,
                digest=self.name,
                rules=self._rules,
            )
        )
        placements = [self._first_look(article, placed, says_nothing) for article in articles]
        report, counts = self.report, Counter(placements)
        report.older += counts["older"]
        report.duplicates += counts["duplicate"]
        report.known += counts["known"]
        report.updates += counts["update"]
        report.passed += counts["passed"]
        return placements

    def _first_look(
        self, article: Article | Seen, placed: Iterator[Placement], says_nothing: Callable[[Article, str], bool]
    ) -> Placed:
        if self._is_old(article):
            return "older"
        placement = next(placed)
        if placement not in ("new", "update") or not isinstance(article, Article):
            return placement
        # What is asked for all the same is never old.
        if placement == "update" and not self._keep_known and says_nothing(article, self.name):
            self._state.withdraw(article.id, digest=self.name)
            return "known"
        return "passed" if self._is_left(article, Reading(article, finished=False)) else placement

    def still_wants(self, article: Article, reading: Reading) -> bool:
        """Whether an article that may have been placed may still be taken, now that more is known of it."""
        return self._placed(article) is not None and not self._passes_over(article, reading)

    def take(self, outcome: Outcome, reading: Reading) -> bool:
        """What became of a document; whether the digest takes an article of it."""
        article = outcome.article
        if article is None or article.content is None:
            # It may have been for any of them.
            if self._wanted.judge(reading) is not False:
                self._lines.write(outcome)
            return False
        placement = self._placed(article)
        if placement is None or self._passes_over(article, reading):
            return False
        content, article = article.content, _as_placed(article, placement)
        self._lines.write(replace(outcome, article=article))
        if isinstance(outcome.error, Held):  # nothing about it is new
            self._state.withdraw(article.id, digest=self.name)
            return False
        if outlet := outlet_of(content, address(article.url)):
            self._state.hear(outlet, digest=self.name)
            self._heard.add(outlet)
        if outcome.error is not None:
            # Of several digests nobody knows whose it would have been, so it makes no issue of any.
            self._admitted += not self.name
            self._state.withdraw(article.id, digest=self.name)
            return False
        self._admitted += 1
        self.taken += 1
        self.report.extracted(content)
        if article.translation is not None:
            self.report.translated(article.translation)
        edit = self._edits.article.get(article.id)
        if edit is not None and edit.drop:
            self.report.dropped_by_editor += 1
        else:
            self._in_english += article.english is not None
        self._builder.add(article)
        return True

    def write(self, *, articles: int, selection: Selection, alarms: Sequence[SourceAlarm]) -> Written:
        """Write articles.jsonl and the digest; nothing at all where there is nothing new.

        A file that fails every day is not news: it does not make an issue of its own where all else is known.

        Args:
            articles: found by the run.
            selection: the articles that the run was asked for.
            alarms: what is wrong with sources.

        Raises:
            WorldbriefError: a file cannot be written; the one of the run before is in its place.
        """
        report, settings, written = self.report, self._settings, Written(self.name, self.report)
        built = self._builder.issue()
        if articles and not selection:
            report.silent = silent_outlets(self._state.heard_before(ISSUES, digest=self.name), self._heard)
        named = tuple(report.silent) if settings.silent_sources else ()
        broken = tuple(line(f"{alarm.name}: {alarm.brief}", 200) for alarm in alarms) if settings.source_alarms else ()
        old = report.known or report.older or report.passed
        if self._lines.count == 0 or (
            (old or selection.left_out or report.quarantined or self.name) and not self._admitted
        ):
            if old and settings.quiet == "write":
                nothing = issue.quiet(self._issue_id, settings, self.name)
                written.files += render.write(replace(nothing, silent=named, alarms=broken), self.out, self._channels)
                written.quiet = True
            return written
        self._lines.commit()
        written.files.append(self.out / FILE)
        if built is None:
            # No item is left, so each was dropped.
            report.dropped = self._in_english
            if report.dropped_by_editor:
                report.overlay.append("no article is left: the digest of the run before was not replaced")
            return written
        report.told, report.listed, report.dropped = built.counts.told, built.counts.listed, built.counts.dropped
        written.items = built.count
        written.told = frozenset(item.id for item in built.items if item.told)
        written.listed = frozenset(item.id for item in built.items if not item.told)
        built = replace(built, silent=named, alarms=broken)
        written.files += render.write(built, self.out, self._channels)
        said = [alarm.line for alarm in alarms]
        shown = results.of(built, self.out, self._overlay_path, self._channels, report.overlay, said)
        written.files.append(page.write(shown))
        return written

    def summary(self, written: Written) -> DigestReport:
        """What it made of the run, for the report of the whole."""
        report = self.report
        return DigestReport(
            name=self.name,
            known=report.known,
            older=report.older,
            passed=report.passed,
            taken=self.taken,
            updates=report.updates,
            told=report.told,
            listed=report.listed,
            dropped=report.dropped,
            dropped_by_editor=report.dropped_by_editor,
            written=written.is_issue,
        )

    def close(self) -> None:
        """Throw away what was not committed."""
        self._lines.close()

    def _placed(self, article: Article) -> Placement | None:
        return self._state.placed(article.id, article.revision, digest=self.name)

    def _passes_over(self, article: Article, reading: Reading) -> bool:
        passes = self._is_left(article, reading)
        self.report.passed += passes
        return passes

    def _is_left(self, article: Article, reading: Reading) -> bool:
        """Whether the rules do not take an article that was placed, which is remembered."""
        if self._wanted.judge(reading) is not False:
            return False
        self._state.pass_over(article.id, digest=self.name)
        self.remembers = True
        return True

    def _is_old(self, article: Article | Seen) -> bool:
        return bool(article.published and article.published[:10] < self._oldest)


def _as_placed(article: Article, placement: Placement) -> Article:
    """The article as one digest has it: to another it may be an update that is new to this one."""
    if placement == "update":
        return article
    summary = replace(article.summary, news=()) if article.summary else None
    return replace(article, is_update=False, news=frozenset(), summary=summary)


def _oldest(issue_id: str, days: int) -> str:
    """The first day of publication that an issue takes in; "" where it takes in all.

    Raises:
        ConfigError: the issue has no date to count from.
    """
    if not days:
        return ""
    named = date_in(issue_id)
    if named is None:
        raise ConfigError(
            f"issue.max_age_days: counts from the date of the issue, and {issue_id!r} has none; begin it with one, as"
            " 2026-11-23"
        )
    try:
        return (date.fromisoformat(named) - timedelta(days)).isoformat()
    except OverflowError:
        return ""
