"""Silent for how long, against the source's own rate.

Two estimates of the probability that a source which is well pauses so long must both be below `LIMIT`. One is of days
on which the number of articles is negative binomial, with a mean for each weekday and a variance that is a multiple of
the mean (NB1 of Cameron and Trivedi, Regression Analysis of Count Data, 1998, 3.3), since news comes in bursts; the
multiple is Pearson's chi-square over the degrees of freedom (McCullagh and Nelder, Generalized Linear Models, 1989,
9.2). The other is of days with and without news as independent trials, which bursts do not touch. Days on which nobody
looked are no silence. A few days in each pause are given away, for holidays; and a pause must be longer than the source
has made.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from pipeline.watch.alarm import Alarm
from pipeline.watch.day import Day

WINDOW_DAYS = 84
"""What a source does is estimated from so many days before its last news."""
LIMIT = 1e-3
# With fewer days of news behind it, a source has no habits yet.
_FEWEST_NEWS = 4
_FEWEST_LOOKS = 10
# Days in a row of a pause that are given away: holidays. One that has so much on its weakest weekday has none.
_HOLIDAYS = 3
_RESTLESS = 40.0
_OVER_LONGEST = 1.25
# A weekday's rate is drawn to that of all days as by so many days.
_PRIOR = 2.0
# Less is not believed, however regular it was.
_LEAST_DISPERSION = 0.3
# Sources of this many articles even on a slow day are judged by the hour as well, at half of its rate.
_BY_HOUR = 24
_SLOW = 0.05
_QUIET = 0.5
_OVER_LONGEST_HOURS = 1.5
_SHORTEST_HOURS = timedelta(hours=3)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What a source does when it is well."""

    rate: float
    """Articles on a day on which somebody looked."""
    rates: tuple[float, ...]
    """The same by weekday, Monday first; 0 where nobody ever looked on it."""
    shares: tuple[float, ...]
    """Share of days with news, by weekday, likewise."""
    dispersion: float
    """Variance over mean of a day's articles: 1 of a Poisson process, more of bursts, less of a paper that comes out on
    its day."""
    slow: int
    """Articles on a slow day, of which there is one in twenty; 0 where on some weekday nobody ever looks."""
    longest: int
    """Days without news in a row, the longest such pause but one."""
    days: int
    """Days looked at that this is estimated from."""
    news: int
    """Those of them with news."""
    last: int
    """Ordinal of the last day with news."""

    @property
    def is_known(self) -> bool:
        """Whether there is enough behind it to be called a habit."""
        return self.days >= _FEWEST_LOOKS and self.news >= _FEWEST_NEWS


def usual(rows: Sequence[Day], looks: Sequence[int]) -> Usual | None:
    """What the source did up to its last news; None where it never had any.

    Args:
        rows: all that came of it.
        looks: ordinals of the days on which somebody looked, in order.
    """
    counts: Counter[int] = Counter()
    for row in rows:
        counts[date.fromisoformat(row.day).toordinal()] += row.heard
    heard = [day for day, number in counts.items() if number]
    if not heard:
        return None
    last, met = max(heard), min(heard)
    # The day on which it was met brought what had piled up before.
    looked = [day for day in looks if max(met, last - WINDOW_DAYS) < day <= last]
    total = sum(counts[day] for day in looked)
    news = sum(counts[day] > 0 for day in looked)
    rate = total / max(len(looked), 1)
    share = (news + 0.5) / (len(looked) + 1)
    by_weekday = [[counts[day] for day in looked if _weekday(day) == weekday] for weekday in range(7)]
    # Of a weekday on which nobody ever looked nothing is known.
    rates = tuple((sum(n) + _PRIOR * rate) / (len(n) + _PRIOR) if n else 0.0 for n in by_weekday)
    shares = tuple((sum(map(bool, n)) + _PRIOR * share) / (len(n) + _PRIOR) if n else 0.0 for n in by_weekday)
    squares = sum((counts[day] - rates[_weekday(day)]) ** 2 / rates[_weekday(day)] for day in looked) if rate else 0.0
    freedom = len(looked) - sum(map(bool, by_weekday))
    pauses = sorted(_pauses([counts[day] > 0 for day in looked]))
    return Usual(
        rate=rate,
        rates=rates,
        shares=shares,
        dispersion=max(_LEAST_DISPERSION, squares / freedom) if freedom > 0 else max(1.0, squares),
        slow=sorted(counts[day] for day in looked)[int(_SLOW * len(looked))] if all(by_weekday) else 0,
        longest=pauses[-2] if len(pauses) > 1 else pauses[-1] if pauses else 0,
        days=len(looked),
        news=news,
        last=last,
    )


def silence(rows: Sequence[Day], looks: Sequence[int], now: datetime) -> Alarm | None:
    """Whether a source has been silent for too long.

    Args:
        rows: all that came of it, in order of time.
        looks: ordinals of the days on which somebody looked as late as usual, in order.
    """
    # Nearly always there is something today, and no more to ask.
    newest = next((row for row in reversed(rows) if row.newest), None)
    is_here = any(row.heard and date.fromisoformat(row.day).toordinal() >= max(looks, default=0) for row in rows[-1:])
    if is_here and (newest is None or now - datetime.fromisoformat(newest.newest) < _SHORTEST_HOURS):
        return None
    habit = usual(rows, looks)
    if habit is None or not habit.is_known:
        return None
    after = [day for day in looks if habit.last < day]
    return (_by_day(habit, after) if after else None) or _by_hour(habit, rows, now)


def _by_day(habit: Usual, after: Sequence[int]) -> Alarm | None:
    if len(after) <= _OVER_LONGEST * habit.longest:
        return None
    holidays = 0 if min(habit.rates) >= _RESTLESS else _HOLIDAYS
    chance = max(_chance(habit, [day for day in after if not 0 <= day - first < holidays]) for first in after)
    if chance >= LIMIT:
        return None
    days = after[-1] - habit.last
    last = date.fromordinal(habit.last).isoformat()
    pause = "a day" if habit.longest <= 1 else f"{habit.longest} days"
    return _alarm(
        last, f"silent for {_number(days, 'day')}",
        f"silent for {_number(days, 'day')}: its last news came on {last}; it usually has {rate_in_words(habit)} and"
        f" has rarely paused for more than {pause}",
        days=days, looks=len(after), expected=sum(habit.rates[_weekday(day)] for day in after), chance=chance,
        rate=habit.rate, longest=habit.longest,
    )  # fmt: skip


def _chance(habit: Usual, days: Sequence[int]) -> float:
    """Probability that all these days pass without news."""
    expected = sum(habit.rates[_weekday(day)] for day in days)
    return max(_none_of(expected, habit.dispersion), math.prod(1 - habit.shares[_weekday(day)] for day in days))


def _none_of(expected: float, dispersion: float) -> float:
    """Probability of none at all: of a negative binomial distribution whose variance is `dispersion` times its mean."""
    # Towards 1 it is that of a Poisson distribution, below it a guess.
    few = 1 / dispersion if dispersion <= 1.001 else math.log(dispersion) / (dispersion - 1)
    return math.exp(-expected * few)


def _by_hour(habit: Usual, rows: Sequence[Day], now: datetime) -> Alarm | None:
    if habit.slow < _BY_HOUR:
        return None
    timed = [row for row in rows if row.newest][-WINDOW_DAYS:]
    newest = datetime.fromisoformat(timed[-1].newest) if timed else now
    hours = (now - newest).total_seconds() / 3600
    pauses = sorted([row.pause for row in timed] + [_between(a, b) for a, b in pairwise(timed)])
    if len(timed) < _FEWEST_LOOKS or hours <= _OVER_LONGEST_HOURS * pauses[-2]:
        return None
    expected = habit.slow * _QUIET * min(hours, 24.0) / 24
    chance = math.exp(-expected)
    if chance >= LIMIT:
        return None
    return _alarm(
        timed[-1].day, f"silent for {hours:.0f} hours",
        f"silent for {hours:.0f} hours: its last news is of {newest:%Y-%m-%d %H:%M} UTC; it usually has"
        f" {rate_in_words(habit)} and has rarely paused for more than {max(1, math.ceil(pauses[-2]))} hours",
        hours=hours, expected=expected, chance=chance, rate=habit.rate, longest=pauses[-2],
    )  # fmt: skip


def rate_in_words(habit: Usual) -> str:
    """As `12 articles a day`, `3 articles a week`; with the weekdays on which it rests."""
    per_week = sum(habit.rates)
    often = f"{habit.rate:.0f} articles a day" if habit.rate >= 1.5 else (
        f"{per_week:.0f} articles a week" if per_week >= 1.5 else "an article a week or less"
    )  # fmt: skip
    little = [habit.shares[day] > 0 and habit.rates[day] < 0.25 * habit.rate for day in range(7)]
    rests = [_DAYS[day] for day in range(7) if little[day] and habit.days >= 21]
    return often + (f", hardly any on {' and '.join(rests)}," if 0 < len(rests) <= 2 and habit.rate >= 1.5 else "")


def _alarm(since: str, brief: str, message: str, **numbers: float) -> Alarm:
    return Alarm(
        kind="silent",
        since=since,
        message=message,
        brief=brief,
        advice="see whether the outlet goes on publishing: its feed or folder may have moved; if it has ended, mute it",
        numbers={name: float(f"{value:.3g}") for name, value in numbers.items()},
    )


def _between(sooner: Day, later: Day) -> float:
    hours = datetime.fromisoformat(later.earliest) - datetime.fromisoformat(sooner.newest)
    # Days on which nobody looked are no pause.
    days = date.fromisoformat(later.day) - date.fromisoformat(sooner.day)
    return max(0.0, hours.total_seconds() / 3600) if days.days <= 1 else 0.0


def _pauses(news: Sequence[bool]) -> list[int]:
    return [len(list(days)) for is_news, days in groupby(news) if not is_news]


def _weekday(ordinal: int) -> int:
    return (ordinal + 6) % 7


def _number(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
