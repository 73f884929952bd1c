"""What one source gave to one issue, as numbers: no text of an article is kept here."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

# Of what the articles have in common, so many of the most frequent are kept.
_TOP = 3
# More different ones than this are not held: those that came once go first.
_MOST_HELD = 2000
# Clocks and time zones go wrong by less.
_AHEAD = timedelta(days=1)
_YEARS_AGO = timedelta(days=365)
# What was published earlier says nothing of the hours between two articles.
_RECENT = timedelta(hours=48)
_EXCERPT = 300
# The logarithm of more characters than any text has.
_LONGEST = 40
_SPACE = re.compile(r"\s+")


Count = Annotated[int, Field(ge=0, le=10**9)]
Measure = Annotated[float, Field(ge=0, le=10**12, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The articles of one source that were new in one issue."""

    day: str
    """ISO 8601 date of the issue."""
    items: Count = 0
    """Articles that were read, updates among them."""
    told: Count = 0
    listed: Count = 0
    refused: Count = 0
    """Documents that could not be read: refused, or failed, before there was a text. They are none of the items."""
    failed: Count = 0
    """Of the items those that were refused or failed later."""
    fresh: Count = 0
    """Of the items those that are no updates; `leads`, `headlines` and `texts` are of these."""
    languages: dict[str, Count] = field(default_factory=dict)
    """BCP 47 code to items."""
    length: Measure = 0.0
    """Sum of the natural logarithms of their lengths in characters."""
    undated: Count = 0
    ahead: Count = 0
    """Dated more than a day ahead."""
    stale: Count = 0
    """Dated more than a year ago."""
    leads: dict[str, Count] = field(default_factory=dict)
    """Digest of the first paragraph to items, the most frequent ones."""
    headlines: dict[str, Count] = field(default_factory=dict)
    texts: dict[str, Count] = field(default_factory=dict)
    earliest: str = ""
    """Time of publication of the first of those of the last two days that say one, ISO 8601 in UTC."""
    newest: str = ""
    pause: Measure = 0.0
    """The longest time between two of them, in hours."""
    trouble: str = ""
    """Why the feed could not be had at the last try."""

    @property
    def heard(self) -> int:
        """All that came of the source, readable or not."""
        return self.items + self.refused


_ADAPTER = TypeAdapter(Day)
_DEFAULTS = {part.name: part.default for part in fields(Day)}


def to_json(day: Day) -> str:
    """The record, without what is zero or empty."""
    said = {name: value for name in _DEFAULTS if (value := getattr(day, name)) not in (0, 0.0, "", {})}
    return json.dumps(said, separators=(",", ":"))


def from_json(text: str) -> Day | None:
    """The record; None where it is damaged."""
    try:
        day = _ADAPTER.validate_json(text.encode("utf-8", "replace"))
        date.fromisoformat(day.day)
        for moment in filter(None, (day.earliest, day.newest)):
            if datetime.fromisoformat(moment).tzinfo is None:
                return None
    except ValueError:
        return None
    return day if day.length <= _LONGEST * day.items else None


class Tally:
    """Counts the articles of one source as they come.

    Args:
        day: ISO 8601 date of the issue.
        now: when the issue is made; with a time zone.
        today: the time that nothing can have been published after; the later of `now` and the clock.
    """

    def __init__(self, day: str, now: datetime, today: datetime) -> None:
        self._day, self._now, self._today = day, now, today
        self._counts: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._shared: dict[str, Counter[str]] = {"leads": Counter(), "headlines": Counter(), "texts": Counter()}
        self._times: list[datetime] = []
        self._length = 0.0
        self.trouble = ""

    def count(self, what: str, number: int = 1) -> None:
        """So many more that were `told`, `listed`, `refused` or `failed`."""
        self._counts[what] += number

    def item(
        self, headline: str, paragraphs: Sequence[str], language: str, published: str | None, *, is_update: bool
    ) -> None:
        """An article that was read."""
        self._counts["items"] += 1
        self._languages[language] += 1
        self._length += math.log(1 + sum(map(len, paragraphs)))
        self._date(published)
        if is_update:
            return
        self._counts["fresh"] += 1
        shared = (
            ("headlines", _digest(_plain(headline))),
            ("leads", _digest(_plain(paragraphs[0][:_EXCERPT])) if paragraphs else ""),
            ("texts", _digest("\n".join(paragraphs))),
        )
        for name, digest in shared:
            counter = self._shared[name]
            counter[digest] += 1
            if len(counter) > _MOST_HELD:
                self._shared[name] = Counter({key: number for key, number in counter.items() if number > 1})

    def _date(self, published: str | None) -> None:
        moment = _moment(published)
        if moment is None:
            self._counts["undated"] += 1
        elif moment > self._today + _AHEAD:
            self._counts["ahead"] += 1
        elif moment < self._now - _YEARS_AGO:
            self._counts["stale"] += 1
        elif len(published or "") > len("2026-11-23") and self._now - _RECENT <= moment <= self._now:
            self._times.append(moment)

    def day(self) -> Day:
        """What was counted so far."""
        times = sorted(self._times)
        pauses = [(later - sooner).total_seconds() / 3600 for sooner, later in pairwise(times)]
        counted: dict[str, Any] = {name: _most_frequent(counter) for name, counter in self._shared.items()}
        counted.update(self._counts)
        return Day(
            day=self._day,
            languages=dict(sorted(self._languages.items())),
            length=round(self._length, 3),
            earliest=_iso(times[0]) if times else "",
            newest=_iso(times[-1]) if times else "",
            pause=round(max(pauses, default=0.0), 2),
            trouble=self.trouble,
            **counted,
        )


def _plain(text: str) -> str:
    """Without what may differ between two copies; too slow for whole texts."""
    return _SPACE.sub(" ", text).strip().casefold()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest() if text else ""


def _most_frequent(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:_TOP])


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
