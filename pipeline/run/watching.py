"""Sources watched: what each gives is counted as the articles go by, kept with the issue, and held against its past."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from pipeline.config import Config
from pipeline.executor.hosts import host_of
from pipeline.executor.runner import Outcome
from pipeline.issue.identity import date_in
from pipeline.issue.item import is_told, outlet_of
from pipeline.issue.plain import line
from pipeline.language.codes import UNKNOWN
from pipeline.report.report import SourceAlarm
from pipeline.run.sources import is_remote, visits
from pipeline.store.sources import Look, Sources, Watched
from pipeline.watch.alarm import Alarm
from pipeline.watch.alarms import alarms
from pipeline.watch.day import Day, Tally, from_json, to_json
from pipeline.watch.silence import Usual, rate_in_words, usual

FILES = "(files without an outlet)"
"""The source of documents that say neither an address nor an outlet."""
# Articles of one source that are counted as refused or failed: a table may have a million bad rows.
_MOST_LOST = 5000
# A feed that was not asked on so many of the last days of looking is not followed any more.
_LEFT = 7
# A look that is so much earlier in the day than is usual is none for its day.
_EARLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source, its past and what is wrong with it."""

    watched: Watched
    issues: tuple[tuple[str, Day], ...]
    """What came of it, by issue, in order of days."""
    alarms: tuple[Alarm, ...]
    muted: str
    """The day until which its alarms are not raised; "" where they are."""
    looks: tuple[int, ...]
    """Ordinals of the days on which somebody looked at any source."""

    @property
    def name(self) -> str:
        return self.watched.name or self.watched.source

    @property
    def days(self) -> tuple[Day, ...]:
        """What came of it, in order of days."""
        return tuple(day for _, day in self.issues)

    @property
    def habit(self) -> Usual | None:
        """What it did up to its last news; None where it never had any."""
        return usual(self.days, self.looks)

    @property
    def often(self) -> str:
        """The same as `usually`, as short as can be."""
        habit = self.habit
        if not habit or not habit.is_known:
            return ""
        return f"{habit.rate:.0f} a day" if habit.rate >= 1.5 else f"{max(1, round(sum(habit.rates)))} a week"

    @property
    def usually(self) -> str:
        """How much usually comes of it, in words; "" where there is nothing yet that could be called usual."""
        habit = self.habit
        return rate_in_words(habit).rstrip(",") if habit and habit.is_known else ""


class Watch:
    """Watches one issue being made.

    Args:
        started: when, ISO 8601; the clock where it is none.
        paths: what is read.
    """

    def __init__(self, config: Config, issue: str, started: str, paths: Sequence[str], sources: Sources) -> None:
        self._config = config
        self._issue = issue
        self._paths = paths
        self._sources = sources
        self._started = _time(started)
        self._day = date_in(issue) or self._started.date().isoformat()
        self._now = _now(self._day, self._started)
        self._tallies: dict[str, Tally] = {}
        self._names: dict[str, str] = {}
        self._feeds: dict[str, Watched] = {}
        self._lost: dict[str, set[str]] = {}

    def over(self, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        """The outcomes, each counted as it goes by."""
        for outcome in outcomes:
            self._count(outcome)
            yield outcome

    def _count(self, outcome: Outcome) -> None:
        article = outcome.article
        if article is None and outcome.feed == outcome.source:
            return  # the feed itself, which is no article
        source, name = source_of(outcome)
        if name:
            self._names[source] = name
        if outcome.error is not None and not self._is_first(source, article.id if article else outcome.source):
            return
        tally = self._tally(source)
        if article is None or article.content is None:
            tally.count("refused")
            return
        content = article.content
        code = article.language.code if article.language else UNKNOWN
        tally.item(content.title, content.paragraphs, code, content.published, is_update=article.is_update)
        if outcome.error is not None:
            tally.count("failed")
        elif is_told(article, tell_drafts=self._config.issue.drafts == "tell"):
            tally.count("told")
        else:
            tally.count("listed")

    def _is_first(self, source: str, key: str) -> bool:
        """Whether no other issue has counted what is refused or failed: a folder holds the same files every day."""
        lost = self._lost.setdefault(source, set())
        if key in lost or len(lost) >= _MOST_LOST:
            return False
        lost.add(key)
        return not self._sources.refused_before([key], self._issue)

    def _tally(self, source: str) -> Tally:
        if source not in self._tallies:
            self._tallies[source] = Tally(self._day, self._now, max(self._now, self._started))
        return self._tallies[source]

    def alarms(self) -> list[SourceAlarm]:
        """What is wrong with the sources of this run, those that are muted aside; asked when all articles have come."""
        for visit in visits(self._paths, Path(self._config.run.cache)):
            self._feeds[visit.url] = Watched(
                source=visit.url,
                is_feed=True,
                name=line(visit.title, 100),
                asked=self._day,
                answered="" if visit.failures else self._day,
                failing=self._failing(visit.url) if visit.failures else "",
            )
            if visit.failures:
                self._tally(visit.url).trouble = line(visit.trouble, 300)
        known = self._known()
        reads_files = any(not is_remote(path) for path in self._paths) or not self._paths
        found = judged(
            self._sources,
            self._day,
            self._now,
            {source: tally.day() for source, tally in self._tallies.items()},
            self._issue,
            known,
        )
        return [
            reported(source, alarm)
            for source in found
            if not source.muted
            and (source.watched.source in self._feeds or (reads_files and not source.watched.is_feed))
            for alarm in source.alarms
        ]

    def _failing(self, feed: str) -> str:
        before = self._sources.watched().get(feed) if feed not in self._feeds else self._feeds[feed]
        return (before.failing if before else "") or self._day

    def _known(self) -> dict[str, Watched]:
        outlets = {
            source: Watched(source=source, is_feed=False, name=self._names.get(source, ""), asked=self._day)
            for source, tally in self._tallies.items()
            if source not in self._feeds and tally.day().heard
        }
        return {**outlets, **self._feeds}

    def keep(self) -> None:
        """Remember what came, in place of what came when the issue was made before; after `alarms`."""
        rows = [(source, to_json(day)) for source, tally in self._tallies.items() if _says(day := tally.day())]
        oldest = date.fromisoformat(self._day) - timedelta(days=self._config.sources.keep_days)
        self._sources.keep(
            Look(issue=self._issue, day=self._day, at=self._started.isoformat(timespec="seconds")),
            rows,
            self._known().values(),
            sorted(set().union(*self._lost.values())),
            oldest.isoformat(),
        )


def source_of(outcome: Outcome) -> tuple[str, str]:
    """What an article counts for, and its name, "" for none: the feed, else the host, else the outlet."""
    article = outcome.article
    if article is None:
        return outcome.feed or FILES, ""
    document, content = article.document, article.content
    if document.feed and document.feed != document.source:
        return document.feed, ""
    name = outlet_of(content, "") or line(document.metadata.publisher or "", 100)
    return line(outcome.host or host_of(article), 100) or name or FILES, name


def judged(
    sources: Sources,
    day: str,
    now: datetime,
    today: Mapping[str, Day] | None = None,
    issue: str = "",
    known: Mapping[str, Watched] | None = None,
) -> list[Source]:
    """All sources, by feed or outlet, with what is wrong with them on a day.

    Args:
        day: ISO 8601 date; what came later does not count.
        now: the time of that day.
        today: what came of them for `issue`, which is being made and takes the place of what is kept of it.
        known: what is newly known of them.
    """
    looks = [look for look in sources.looks() if look.day <= day and look.issue != issue]
    if today is not None:
        looks.append(Look(issue=issue, day=day, at=now.isoformat()))
    days = _full_days(looks, day, now)
    watched = sources.watched()
    for source, news in (known or {}).items():
        old = watched.get(source, news)
        watched[source] = Watched(
            source=source, is_feed=news.is_feed, name=news.name or old.name, asked=max(old.asked, news.asked),
            answered=max(old.answered, news.answered), failing=news.failing,
        )  # fmt: skip
    history = sources.history()
    muted = sources.muted(day)
    left = date.fromordinal(days[-_LEFT]).isoformat() if len(days) >= _LEFT else ""
    found = []
    for source, about in watched.items():
        rows = [(name, row) for name, text in history.get(source, ()) if name != issue and (row := from_json(text))]
        rows = [(name, row) for name, row in rows if row.day <= day]
        if today and source in today:
            rows.append((issue, today[source]))
        only = [row for _, row in rows]
        is_followed = not about.is_feed or about.asked >= left
        wrong = alarms(only, days, now, about.failing) if is_followed else []
        if source == FILES:  # of many outlets, and so never silent for one reason
            wrong = [alarm for alarm in wrong if alarm.kind != "silent"]
        found.append(
            Source(
                watched=about,
                issues=tuple(rows),
                alarms=tuple(wrong),
                muted=muted.get(source, ""),
                looks=tuple(days),
            )
        )
    return found


def reported(source: Source, alarm: Alarm) -> SourceAlarm:
    """An alarm as the report has it."""
    return SourceAlarm(
        source=source.watched.source,
        name=source.name,
        kind=alarm.kind,
        since=alarm.since,
        brief=alarm.brief,
        message=alarm.message,
        advice=alarm.advice,
        numbers=dict(alarm.numbers),
    )


def _full_days(looks: Collection[Look], today: str, now: datetime) -> list[int]:
    """Ordinals of the days on which somebody looked; not today where it is earlier in the day than is usual."""
    days = sorted({look.day for look in looks})
    times = [_of_day(_time(look.at)) for look in looks if look.day != today][-14:]
    if days and days[-1] == today and times and _of_day(now) < median(times) - _EARLY.total_seconds():
        days.pop()
    return [date.fromisoformat(day).toordinal() for day in days]


def _of_day(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _says(day: Day) -> bool:
    return bool(day.heard or day.failed or day.trouble)


def _now(day: str, started: datetime) -> datetime:
    """The time of an issue: that of the run, or, of the issue of another day, the same time on that day."""
    if abs(date.fromisoformat(day) - started.date()) <= timedelta(days=1):
        return started
    return datetime.combine(date.fromisoformat(day), started.timetz())


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.now()
    return moment if moment.tzinfo else moment.astimezone()
