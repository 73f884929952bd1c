"""Silence against a source's own rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from pipeline.watch.alarm import Alarm
from pipeline.watch.day import Day
from pipeline.watch.silence import rate_in_words, silence, usual

START = date(2026, 1, 5)  # a Monday


def on(day: int) -> date:
    return START + timedelta(day)


def days(counts: Sequence[int]) -> list[Day]:
    return [Day(day=on(place).isoformat(), items=count) for place, count in enumerate(counts) if count]


def judged(counts: Sequence[int], looked: Callable[[int], bool] = lambda day: True) -> Alarm | None:
    """On the last day of `counts`."""
    looks = [on(day).toordinal() for day in range(len(counts)) if looked(day)]
    return silence(days(counts), looks, datetime.combine(on(len(counts) - 1), time(9), UTC))


def first_alarm(counts: Sequence[int], most: int = 60) -> int:
    """Days of silence after `counts` until there is an alarm."""
    return next(n for n in range(1, most) if judged([*counts, *[0] * n]))


DAILY = [12, 9, 11, 14, 10, 8, 9] * 8
WORKDAYS = [12, 9, 11, 14, 10, 0, 0] * 8
WEEKLY = [0, 0, 0, 1, 0, 0, 0] * 10
WIRE = [140, 155, 150, 160, 149, 120, 118] * 8


def test_a_source_is_silent_against_its_own_rate() -> None:
    assert first_alarm(WIRE) <= 2
    assert 4 <= first_alarm(DAILY) <= 6
    # The weekend that comes after eight weeks is none of the silence.
    assert 6 <= first_alarm(WORKDAYS[:-2]) <= 10
    assert 14 <= first_alarm(WEEKLY) <= 32


def test_a_source_that_is_read_on_workdays_only() -> None:
    counts = [150] * 60
    looks = [on(day).toordinal() for day in range(60) if day % 7 < 5]
    rows = [row for row in days(counts) if date.fromisoformat(row.day).toordinal() in looks]
    habit = usual(rows, looks)
    assert habit is not None
    assert (habit.rates[5], rate_in_words(habit)) == (0, "150 articles a day")


def test_what_an_alarm_says() -> None:
    found = judged([*DAILY, *[0] * 9])
    assert found is not None
    assert (found.kind, found.since) == ("silent", on(len(DAILY) - 1).isoformat())
    assert found.brief == "silent for 9 days"
    assert "its last news came on 2026-03-01; it usually has 10 articles a day" in found.message
    assert found.numbers["days"] == 9
    assert found.numbers["chance"] < 1e-3
    said = judged([*WORKDAYS, *[0] * 9])
    assert said is not None
    assert "hardly any on Saturday and Sunday" in said.message


def test_slow_days_and_bursts_are_told_apart() -> None:
    uneven = [150, 20, 300, 60, 240, 40, 90] * 8
    assert first_alarm(uneven) <= 3
    habit = usual(days(uneven), [on(day).toordinal() for day in range(len(uneven))])
    assert habit is not None
    assert habit.slow == 20


def test_days_on_which_nobody_looked_are_no_silence() -> None:
    away = [*DAILY, *[0] * 20]
    assert judged(away) is not None
    assert judged(away, lambda day: day < len(DAILY) or day == len(away) - 1) is None


def test_a_pause_that_it_has_made_before_is_no_alarm() -> None:
    pause = [0] * 8
    counts = [*DAILY[:20], *pause, *DAILY[:20], *pause, *DAILY[:14]]
    assert judged([*counts, *pause]) is None
    assert judged([*counts, *pause, *pause]) is not None


def test_a_source_without_habits_has_no_alarm() -> None:
    assert judged([10, *[0] * 40]) is None
    assert judged([10, 9, 8, 0, 0, 0, 0, 0, 0, 0]) is None
    assert judged([0] * 40) is None


def test_bursts_make_patient() -> None:
    bursts = [0, 0, 0, 60, 0, 0, 0, 0, 0, 0, 45, 0, 0, 0] * 4
    assert first_alarm(bursts) > 21


@pytest.mark.parametrize(("hour", "alarm"), [(2, False), (9, True)])
def test_a_wire_is_silent_after_hours(hour: int, alarm: bool) -> None:
    def row(day: int) -> Day:
        at = on(day).isoformat()
        return Day(day=at, items=150, pause=2.0, earliest=f"{at}T00:10:00+00:00", newest=f"{at}T23:50:00+00:00")

    rows = [row(day) for day in range(30)]
    looks = [on(day).toordinal() for day in range(30)]
    found = silence(rows, looks, datetime.combine(on(30), time(hour), UTC))
    assert (found is not None) == alarm
    if found:
        assert found.brief == "silent for 9 hours"


def test_the_rate_has_weekdays_and_leaves_the_first_day_out() -> None:
    counts = [500, *WORKDAYS[1:]]
    looks = [on(day).toordinal() for day in range(len(counts))]
    habit = usual(days(counts), looks)
    assert habit is not None
    assert habit.rate < 15
    assert habit.rates[5] < 2 < habit.rates[0]
    assert habit.longest == 2
    assert 0.3 <= habit.dispersion < 1
