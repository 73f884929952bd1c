"""How often sources that are well raise an alarm, and how soon those that break do.

    python -m tests.benchmarks.watched [--half seen|unseen|both] [--sources N] [--days N] [--draw N]

Sources are simulated: how much they publish, on which weekdays, in bursts or evenly, with holidays and long pauses, in
one language or several, with refusals, short texts, columns of the same name and wrong dates now and then; read every
day, on workdays only, or every three hours, with days on which nobody ran anything. Each is of a kind; half of the
kinds, chosen at random once, was looked at while the limits in `pipeline.watch` were set, and the other half only when
they stood; another draw has other sources of the same kinds. Nothing here is fitted to real sources: the ranges are
wide on purpose.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from statistics import median
from typing import Any

from pipeline.watch.alarms import alarms
from pipeline.watch.day import Day

START = date(2026, 1, 5)
_KEEP = 90
WEEKS = {
    "daily": (1, 1, 1, 1, 1, 1, 1),
    "less at weekends": (1, 1, 1, 1, 1, 0.5, 0.3),
    "not on Sundays": (1, 1, 1, 1, 1, 1, 0),
    "workdays": (1, 1, 1, 1, 1, 0, 0),
    "weekly": (0, 0, 0, 1, 0, 0, 0),
    "twice a week": (0, 1, 0, 0, 1, 0, 0),
}
RATES = {"few": (0.3, 2), "some": (2, 12), "many": (12, 60), "wire": (60, 250)}
LOOKS = ("daily", "workdays", "often")
KINDS = [
    kind
    for kind in product(WEEKS, RATES, LOOKS)
    if not (kind[1] in ("many", "wire") and kind[0] in ("weekly", "twice a week"))
]


@dataclass(frozen=True)
class Source:
    """What a source is like."""

    kind: tuple[str, str, str]
    rate: float
    burst: float
    """Shape of the gamma distribution by which a day's rate varies; small is bursty."""
    rest: float
    """What of the rate is left on a holiday."""
    foreign: float
    refused: float
    length: float
    spread: float
    column: float
    undated: float
    odd_days: float
    """Share of days on which one thing is odd of most articles."""
    night: bool
    """Publishes by day only."""


@dataclass(frozen=True)
class Fault:
    """What breaks. Each function changes a day, given its generator."""

    name: str
    change: Callable[[Day, random.Random], Day]


def kinds(half: str) -> list[tuple[str, str, str]]:
    mixed = random.Random("watched").sample(KINDS, len(KINDS))
    middle = len(mixed) // 2
    return {"seen": mixed[:middle], "unseen": mixed[middle:], "both": mixed}[half]


def source(kind: tuple[str, str, str], rng: random.Random) -> Source:
    low, high = RATES[kind[1]]
    return Source(
        kind=kind,
        rate=math.exp(rng.uniform(math.log(low), math.log(high))),
        burst=rng.choice((1.0, 2.0, 5.0, 20.0)),
        rest=rng.choice((0.0, 0.0, 0.3, 0.7)) if kind[1] != "wire" else rng.choice((0.3, 0.7)),
        foreign=rng.choice((0.0, 0.0, 0.02, 0.08)),
        refused=rng.choice((0.0, 0.02, 0.1, 0.2)),
        length=rng.uniform(6.0, 8.7),
        spread=rng.uniform(0.3, 1.0),
        column=rng.choice((0.0, 0.0, 0.1, 0.25)),
        undated=rng.choice((0.0, 0.0, 0.05, 1.0)),
        odd_days=rng.choice((0.0, 0.01, 0.03)),
        night=rng.random() < 0.5,
    )


def holidays(days: int, rng: random.Random) -> set[int]:
    """Single days, two or three in a row, and once in half a year a week."""
    free: set[int] = set()
    for start in range(0, days, 182):
        for length in (1, 1, 1, 1, 2, 3, rng.choice((4, 5, 7))):
            first = start + rng.randrange(182)
            free |= set(range(first, first + length))
    return free


def looked(kind: str, days: int, rng: random.Random) -> list[int]:
    every = [day for day in range(days) if kind != "workdays" or (START + timedelta(day)).weekday() < 5]
    off = {day for first in range(days) if rng.random() < 0.01 for day in range(first, first + rng.randint(1, 4))}
    return [day for day in every if day not in off]


def poisson(mean: float, rng: random.Random) -> int:
    if mean > 50:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product_, number = math.exp(-mean), rng.random(), 0
    while product_ > limit:
        product_ *= rng.random()
        number += 1
    return number


def published(about: Source, day: int, free: set[int], rng: random.Random) -> int:
    week = WEEKS[about.kind[0]][(START + timedelta(day)).weekday()]
    scale = 7 / max(1, sum(1 for part in WEEKS[about.kind[0]] if part)) if about.kind[1] == "few" else 1.0
    rest = about.rest if day in free else 1.0
    return poisson(about.rate * scale * week * rest * rng.gammavariate(about.burst, 1 / about.burst), rng)


def made(about: Source, day: int, number: int, rng: random.Random) -> Day:
    """A day of a source that is well."""
    odd = rng.choice(("foreign", "refused", "short", "column", "dates", "")) if rng.random() < about.odd_days else ""

    def share(usual: float, name: str) -> int:
        chance = 0.8 if odd == name else usual
        return sum(rng.random() < chance for _ in range(number))

    refused = share(about.refused, "refused")
    number -= refused
    foreign, column, undated = share(about.foreign, "foreign"), share(about.column, "column"), share(about.undated, "")
    stale = share(0.01, "dates")
    today = rng.gauss(0, 0.15) - (1.2 if odd == "short" else 0)
    times = sorted(_hour(about, rng) for _ in range(number))
    midnight = datetime.combine(START + timedelta(day), datetime.min.time(), UTC)
    return Day(
        day=(START + timedelta(day)).isoformat(),
        items=number,
        fresh=number,
        told=number // 3,
        refused=refused,
        languages={code: n for code, n in (("ja", number - foreign), ("en", foreign)) if n},
        length=sum(rng.gauss(about.length + today, about.spread) for _ in range(number)),
        undated=undated,
        stale=stale,
        leads={"column": column // 2, **({f"l{day}": 1} if number else {})},
        headlines={"column": column, **({f"h{day}": 1} if number else {})},
        texts={f"t{day}": 1} if number else {},
        earliest=(midnight + timedelta(hours=times[0])).isoformat() if times else "",
        newest=(midnight + timedelta(hours=times[-1])).isoformat() if times else "",
        pause=max((later - sooner for sooner, later in pairwise(times)), default=0.0),
    )


def _hour(about: Source, rng: random.Random) -> float:
    return rng.uniform(5, 22) if about.night else rng.uniform(0, 24)


def _wall(day: Day, rng: random.Random) -> Day:
    """Every page is the same consent page, in English."""
    return replace(
        day,
        languages={"en": day.items} if day.items else {},
        length=day.items * 6.5,
        leads={"wall": day.items},
        texts={"wall": day.items},
    )


def _of_all(name: str, part: float) -> Callable[[Day, random.Random], Day]:
    def change(day: Day, rng: random.Random) -> Day:
        hits = sum(rng.random() < part for _ in range(day.items))
        if name == "languages":
            return replace(day, languages={c: n for c, n in (("ja", day.items - hits), ("und", hits)) if n})
        if name == "refused":
            return replace(day, refused=day.refused + hits, items=day.items - hits, fresh=day.items - hits)
        if name in ("leads", "headlines"):
            same: dict[str, Any] = {name: {"same": hits}}
            return replace(day, **same)
        number: dict[str, Any] = {name: hits}
        return replace(day, **number)

    return change


def _shorter(day: Day, rng: random.Random) -> Day:
    return replace(day, length=day.length + day.items * math.log(0.15))


FAULTS = [
    Fault("dead", lambda day, rng: Day(day=day.day)),
    Fault("language, all", _of_all("languages", 1.0)),
    Fault("language, 85 %", _of_all("languages", 0.85)),
    Fault("refused, all", _of_all("refused", 1.0)),
    Fault("refused, 80 %", _of_all("refused", 0.8)),
    Fault("stumps", _shorter),
    Fault("consent wall", _wall),
    Fault("same first paragraph", _of_all("leads", 0.9)),
    Fault("same headline", _of_all("headlines", 1.0)),
    Fault("dates ahead", _of_all("ahead", 0.9)),
    Fault("dates years ago", _of_all("stale", 0.9)),
]


def history(about: Source, days: int, rng: random.Random, fault: Fault | None = None, at: int = 0) -> Iterator[
    tuple[int, list[Day], list[int], datetime]
]:  # fmt: skip
    """Each look: its day, what is known then, the days looked at so far, and the time."""
    free = holidays(days, rng)
    rows: list[Day] = []
    looks: list[int] = []
    waiting = 0
    at_look = set(looked(about.kind[2], days, rng))
    for day in range(days):
        waiting += published(about, day, free, rng)
        if day not in at_look:
            continue
        row = made(about, day, waiting, rng)
        waiting = 0
        if fault and day >= at:
            row = fault.change(row, rng)
        if row.heard:
            rows.append(row)
        looks.append((START + timedelta(day)).toordinal())
        midnight = datetime.combine(START + timedelta(day + 1), datetime.min.time(), UTC)
        oldest = (START + timedelta(day - _KEEP)).isoformat()
        rows = [row for row in rows if row.day >= oldest]
        yield day, rows, looks[-_KEEP:], midnight
        if about.kind[2] == "often":
            # Hours into the next day: nothing came yet, as the night is quiet or the source is dead.
            is_dead = fault is not None and fault.name == "dead" and day + 1 >= at
            for hours in range(3, 24, 3):
                if is_dead or (about.night and hours < 5):
                    yield day + 1, rows, looks[-_KEEP:], midnight + timedelta(hours=hours)


def false_alarms(
    chosen: list[tuple[str, str, str]], number: int, days: int, draw: int = 0
) -> tuple[Counter[str], float, list[str]]:
    """Alarms of sources that are well, by kind; an alarm that goes on is one. The months that they were watched."""
    found: Counter[str] = Counter()
    said: list[str] = []
    for place in range(number):
        rng = random.Random(f"well {draw} {place}")
        about = source(chosen[place % len(chosen)], rng)
        before: set[str] = set()
        for _, rows, looks, now in history(about, days, rng):
            today = {alarm.kind: alarm for alarm in alarms(rows, looks, now)}
            for kind in today.keys() - before:
                found[kind] += 1
                said.append(f"{about.kind} {about.rate:.1f} rest {about.rest} {now:%Y-%m-%d %H}: {today[kind].message}")
            before = set(today)
    return found, number * days / 30.44, said


def detection(
    chosen: list[tuple[str, str, str]], number: int, days: int, draw: int = 0
) -> dict[tuple[str, str], list[float]]:
    """By fault and rate: days until the first alarm, infinite where there was none within 45 days."""
    found: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for fault in FAULTS:
        for place in range(number):
            rng = random.Random(f"{fault.name} {draw} {place}")
            about = source(chosen[place % len(chosen)], rng)
            at = days - 45
            took = math.inf
            for day, rows, looks, now in history(about, days, rng, fault, at):
                if day >= at and alarms(rows, looks, now):
                    took = (now - datetime.combine(START + timedelta(at), datetime.min.time(), UTC)) / timedelta(1)
                    break
            found[fault.name, column(about)].append(took)
    return found


def _days(number: float) -> str:
    return "never" if math.isinf(number) else f"{number:.1f}" if number < 1 else f"{number:.0f}"


def column(about: Source) -> str:
    if about.kind[1:] == ("wire", "often") and about.kind[0] in ("daily", "less at weekends"):
        return "wire, read often"
    return "weekly" if about.kind[0] in ("weekly", "twice a week") else about.kind[1]


def main(half: str, number: int, days: int, draw: int, show: bool) -> None:
    chosen = kinds(half)
    found, months, said = false_alarms(chosen, number, days, draw)
    out = sys.stdout.write
    if show:
        out("\n".join(said) + "\n")
    out(f"{half}: {len(chosen)} kinds of source, {number} sources, {months:.0f} source-months\n")
    for kind, count in found.most_common():
        out(f"  {kind}: {count} false alarms, {count / months:.4f} a source-month\n")
    out(f"  all: {found.total()} false alarms, {found.total() / months:.4f} a source-month\n")
    took = detection(chosen, max(number // 10, 2 * len(chosen)), 150, draw)
    columns = (*RATES, "wire, read often", "weekly")
    out("| fault | " + " | ".join(columns) + " |\n")
    for fault in FAULTS:
        cells = []
        for rate in columns:
            times = sorted(took.get((fault.name, rate), []))
            within = sum(time <= 45 for time in times)
            most = times[math.ceil(0.9 * len(times)) - 1] if times else math.nan
            cells.append(f"{_days(median(times))} / {_days(most)} ({within}/{len(times)})" if times else "")
        out(f"| {fault.name} | " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="alarms of simulated sources")
    parser.add_argument("--half", choices=("seen", "unseen", "both"), default="seen")
    parser.add_argument("--sources", type=int, default=400)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--draw", type=int, default=0, help="other sources of the same kinds")
    parser.add_argument("--show", action="store_true", help="print each false alarm")
    arguments = parser.parse_args()
    main(arguments.half, arguments.sources, arguments.days, arguments.draw, arguments.show)
