"""What a source gives is not what it used to give: another language, refusals, stumps, the same again and again.

Each kind asks of every issue whether most of what came is odd. The issues at the end that are odd without exception are
held against all those before. Three things must come together: the odd ones are most; so many of them by chance, at the
share they had before, would be rarer than `ITEMS_LIMIT` (binomial); and so many odd issues in a row, at the rate at
which odd issues came before, rarer than `ISSUES_LIMIT`: what is odd comes in bursts, and a burst is one event.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.watch.alarm import Alarm, Kind
from pipeline.watch.day import Day

ITEMS_LIMIT = 1e-5
ISSUES_LIMIT = 5e-4
_FEWEST_ODD = 3
_FEWEST_BEFORE = 12
_FEWEST_ISSUES_BEFORE = 6
# What is so often odd has never been otherwise.
_MOST_BEFORE = 0.35
_MOST = 0.6
# A language that fewer of the articles have is none of the source's own.
_OWN_LANGUAGE = 0.1
# Texts that are, by their geometric mean, less than this part as long as before.
_STUMP = 0.4

_Count = Callable[[Day], tuple[int, int]]
"""Odd ones, and all that could be odd."""


@dataclass(frozen=True, slots=True)
class _Jump:
    """The issues at the end that are odd."""

    since: str
    odd: int
    all: int
    issues: int
    before: float
    """The share of odd ones before."""
    rows: Sequence[Day]
    earlier: Sequence[Day]

    def numbers(self, **more: float) -> dict[str, float]:
        said = {"odd": self.odd, "all": self.all, "issues": self.issues, "before": self.before, **more}
        return {name: float(f"{value:.3g}") for name, value in said.items()}


def drift(rows: Sequence[Day]) -> Iterator[Alarm]:
    """All that has changed of a source.

    Args:
        rows: all that came of it, in order of time.
    """
    yield from _languages(rows)
    yield from _refusals(rows)
    yield from _lengths(rows)
    yield from _sameness(rows)
    yield from _dates(rows)


def _jump(rows: Sequence[Day], count: _Count) -> _Jump | None:
    end = len(rows)
    odd = number = first = issues = 0
    # From the end: nearly always the last one is not odd, and that is all.
    while end:
        hits, out_of = count(rows[end - 1])
        if out_of and 2 * hits < out_of:
            break
        end -= 1
        if out_of:
            odd, number, first, issues = odd + hits, number + out_of, end, issues + 1
    if odd < _FEWEST_ODD or odd < _MOST * number:
        return None
    before = [found for found in map(count, rows[:end]) if found[1]]
    odd_before, number_before = sum(hits for hits, _ in before), sum(out_of for _, out_of in before)
    if number_before < _FEWEST_BEFORE or len(before) < _FEWEST_ISSUES_BEFORE:
        return None
    share = (odd_before + 0.5) / (number_before + 1)
    if share > _MOST_BEFORE or _at_least(odd, number, share) >= ITEMS_LIMIT:
        return None
    odd_issues = sum(2 * hits >= out_of for hits, out_of in before)
    if ((odd_issues + 1) / (len(before) + 2)) ** issues >= ISSUES_LIMIT:
        return None
    return _Jump(rows[first].day, odd, number, issues, odd_before / number_before, rows[first:], rows[:end])


def _languages(rows: Sequence[Day]) -> Iterator[Alarm]:
    read = [row for row in rows if row.items]
    # The earlier half tells what is its own, and the later may be what went wrong.
    spoken = _sum(row.languages for row in read[: (len(read) + 1) // 2])
    total = spoken.total()
    own = {code for code, number in spoken.items() if number >= _OWN_LANGUAGE * total}
    found = _jump(rows, lambda row: (sum(n for code, n in row.languages.items() if code not in own), row.items))
    if found and own:
        now = _sum(row.languages for row in found.rows).most_common(1)[0][0]
        was = ", ".join(sorted(own))
        yield Alarm(
            kind="language",
            since=found.since,
            message=f"{_of(found)} in {_language(now)}, where it used to be {was}",
            brief=f"{_language(now)} where it was {was}",
            advice="open one of its articles: a consent page, a paywall or another edition may stand in its place; if"
            " the feed has moved, give the new address",
            numbers=found.numbers(),
        )


def _refusals(rows: Sequence[Day]) -> Iterator[Alarm]:
    found = _jump(rows, lambda row: (row.refused, row.heard))
    if found:
        yield Alarm(
            kind="refused",
            since=found.since,
            message=f"{_of(found)} could not be read; before it was {_percent(found.before)}",
            brief=f"{_percent(found.odd / found.all)} could not be read",
            advice="see the reasons under failures in report.json: a consent page, a login or another template may"
            " stand where the articles were",
            numbers=found.numbers(),
        )


def _lengths(rows: Sequence[Day]) -> Iterator[Alarm]:
    read = [row for row in rows if row.items]
    earlier = read[: (len(read) + 1) // 2]
    number = sum(row.items for row in earlier)
    if not number:
        return
    usual = sum(row.length for row in earlier) / number
    stump = usual + math.log(_STUMP)
    found = _jump(rows, lambda row: (row.items if row.items and row.length / row.items < stump else 0, row.items))
    if found:
        now = math.exp(sum(row.length for row in found.rows) / found.all)
        was = math.exp(sum(row.length for row in found.earlier) / sum(row.items for row in found.earlier))
        yield Alarm(
            kind="short",
            since=found.since,
            message=f"its texts have about {_round(now)} characters, where they had about {_round(was)}"
            f" ({found.all} articles in {_issues(found)})",
            brief=f"texts of {_round(now)} characters, not {_round(was)}",
            advice="open one of its articles: a paywall, a consent page or another template may cut the text off",
            numbers=found.numbers(characters=now, characters_before=was),
        )


def _sameness(rows: Sequence[Day]) -> Iterator[Alarm]:
    """The same text, or else the same beginning, or else the same headline, whichever says most."""
    latest = [row for row in rows if row.fresh][-_FEWEST_ODD:]
    kinds: tuple[tuple[Kind, str, str, str], ...] = (
        ("same-text", "texts", "have the same text", "the same text again and again"),
        ("same-start", "leads", "begin with the same paragraph", "the same first paragraph again and again"),
        ("same-headline", "headlines", "have the same headline", "the same headline again and again"),
    )
    for kind, name, says, brief in kinds:
        common = _sum(getattr(row, name) for row in latest).most_common(1)
        if not common:
            continue

        def same(row: Day, name: str = name, digest: str = common[0][0]) -> tuple[int, int]:
            return getattr(row, name).get(digest, 0), row.fresh

        found = _jump(rows, same)
        if found:
            headline = kind == "same-headline" and not common[0][0]
            yield Alarm(
                kind=kind,
                since=found.since,
                message=f"{_of(found)} {'have no headline' if headline else says}; before it was"
                f" {_percent(found.before)}",
                brief="no headlines any more" if headline else brief,
                advice="open two of its articles: a consent page, a login or another template may stand where they"
                " were",
                numbers=found.numbers(),
            )
            return


def _dates(rows: Sequence[Day]) -> Iterator[Alarm]:
    kinds: tuple[tuple[str, str, _Count], ...] = (
        ("are dated in the future", "dated in the future", lambda row: (row.ahead, row.items)),
        ("are dated more than a year ago", "dated years ago", lambda row: (row.stale, row.items)),
        ("have no date", "no dates any more", lambda row: (row.undated, row.items)),
    )
    for says, brief, count in kinds:
        found = _jump(rows, count)
        if found:
            yield Alarm(
                kind="dates",
                since=found.since,
                message=f"{_of(found)} {says}; before it was {_percent(found.before)}",
                brief=brief,
                advice="compare the dates with those on its pages: its template, its clock or the order of day and"
                " month may have changed, or its archive is sent anew",
                numbers=found.numbers(),
            )
            return


def _at_least(hits: int, number: int, share: float) -> float:
    """Probability of so many hits or more among so many trials: the upper tail of the binomial distribution."""
    total = 0.0
    for k in range(hits, number + 1):
        log = math.lgamma(number + 1) - math.lgamma(k + 1) - math.lgamma(number - k + 1)
        total += math.exp(log + k * math.log(share) + (number - k) * math.log1p(-share))
    return total


def _sum(parts: Iterator[dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total


def _of(found: _Jump) -> str:
    return f"{found.odd} of {found.all} articles in {_issues(found)}"


def _issues(found: _Jump) -> str:
    return "1 issue" if found.issues == 1 else f"{found.issues} issues"


def _language(code: str) -> str:
    return "no language that could be told" if code == "und" else code


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _round(characters: float) -> int:
    step = 10 if characters < 1000 else 100
    return max(step, round(characters / step) * step)
