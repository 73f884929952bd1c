"""What a source gives is not what it used to give."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.watch.alarm import Alarm
from pipeline.watch.alarms import alarms
from pipeline.watch.day import Day, Tally, from_json, to_json

START = date(2026, 1, 5)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def well(place: int, items: int = 5) -> Day:
    return Day(
        day=(START + timedelta(place)).isoformat(),
        items=items,
        fresh=items,
        languages={"ja": items},
        length=items * math.log(1800),
        leads={f"lead{place}": 1},
        headlines={f"head{place}": 1},
        texts={f"text{place}": 1},
    )


def found(rows: Sequence[Day]) -> list[Alarm]:
    looks = [(START + timedelta(place)).toordinal() for place in range(len(rows))]
    return alarms(rows, looks, NOW)


def after(**change: object) -> list[Day]:
    """Thirty days that are well, then three that are not."""
    return [*map(well, range(30)), *(replace(well(place), **change) for place in range(30, 33))]  # type: ignore[arg-type]


def test_a_source_that_is_well() -> None:
    assert found([*map(well, range(33))]) == []


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        ({"languages": {"en": 5}}, "language", "15 of 15 articles in 3 issues in en, where it used to be ja"),
        ({"languages": {"und": 4, "ja": 1}}, "language", "12 of 15 articles in 3 issues in no language that could"),
        ({"refused": 5, "items": 0, "fresh": 0, "languages": {}}, "refused", "15 of 15 articles in 3 issues could not"),
        ({"length": 5 * math.log(300)}, "short", "about 300 characters, where they had about 1800"),
        ({"leads": {"wall": 5}}, "same-start", "15 of 15 articles in 3 issues begin with the same paragraph"),
        ({"headlines": {"Subscribe": 4}}, "same-headline", "12 of 15 articles in 3 issues have the same headline"),
        ({"headlines": {"": 5}}, "same-headline", "have no headline"),
        ({"texts": {"x": 5}, "leads": {"x": 5}}, "same-text", "have the same text"),
        ({"ahead": 5}, "dates", "are dated in the future"),
        ({"stale": 4}, "dates", "are dated more than a year ago"),
        ({"undated": 5}, "dates", "have no date; before it was 0 %"),
    ],
)
def test_a_source_that_has_changed(change: dict[str, object], kind: str, said: str) -> None:
    (alarm,) = found(after(**change))
    assert (alarm.kind, alarm.since) == (kind, (START + timedelta(30)).isoformat())
    assert said in alarm.message
    assert alarm.advice
    assert alarm.numbers["issues"] == 3


def test_one_bad_day_is_no_alarm() -> None:
    assert found([*after(languages={"en": 5})[:31], *(well(place) for place in range(31, 34))]) == []
    assert found(after(languages={"en": 5})[:31]) == []


def test_what_was_always_so_is_no_alarm() -> None:
    bilingual = [replace(well(place), languages={"ja": 3, "en": 2}) for place in range(30)]
    assert found([*bilingual, *(replace(well(place), languages={"en": 5}) for place in range(30, 33))]) == []
    columns = [replace(well(place), headlines={"weather": 2}) for place in range(33)]
    assert found(columns) == []
    undated = [replace(well(place), undated=5) for place in range(33)]
    assert found(undated) == []


def test_an_alarm_goes_on_and_ends_with_its_cause() -> None:
    rows = after(languages={"en": 5})
    long = [*rows, *(replace(well(place), languages={"en": 5}) for place in range(33, 50))]
    (alarm,) = found(long)
    assert alarm.since == (START + timedelta(30)).isoformat()
    assert found([*rows, well(33)]) == []


def test_bad_days_now_and_then_make_patient() -> None:
    rows = [replace(well(place), languages={"en": 5}) if place % 10 == 9 else well(place) for place in range(40)]
    changed = [replace(well(place), languages={"en": 5}) for place in range(40, 50)]
    assert found([*rows, *changed[:2]]) == []
    assert found([*rows, *changed]) != []


def test_a_feed_that_cannot_be_had() -> None:
    rows = [*map(well, range(30)), Day(day="2026-02-05", trouble="HTTP 410")]
    looks = [(START + timedelta(place)).toordinal() for place in range(33)]
    assert alarms(rows, looks, NOW, failing="2026-02-06") == []
    (alarm,) = alarms(rows, looks, NOW, failing="2026-02-04")
    assert alarm.kind == "unreachable"
    assert alarm.message == "could not be had for 3 days, since 2026-02-04: HTTP 410"


def tally() -> Tally:
    return Tally("2026-03-10", NOW, NOW)


def test_articles_are_counted_without_their_words() -> None:
    count = tally()
    for hour in (1, 2, 8):
        count.item("Title", ["We value your privacy.", f"{hour}"], "ja", f"2026-03-10T0{hour}:00:00Z", is_update=False)
    count.item("Title", ["Other"], "en", "2026-03-20", is_update=True)
    count.item("Title", ["Old"], "en", "2019-03-20T10:00:00+09:00", is_update=False)
    count.item("  TITLE ", [], "en", "yesterday", is_update=False)
    count.count("refused", 2)
    day = count.day()
    assert (day.items, day.fresh, day.refused, day.heard) == (6, 5, 2, 8)
    assert day.languages == {"en": 3, "ja": 3}
    assert (day.ahead, day.stale, day.undated) == (1, 1, 1)
    assert (day.earliest, day.newest, day.pause) == ("2026-03-10T01:00:00+00:00", "2026-03-10T08:00:00+00:00", 6.0)
    assert list(day.headlines.values()) == [5]
    assert sorted(day.leads.values()) == [1, 1, 3]
    assert "privacy" not in to_json(day)
    assert from_json(to_json(day)) == day


def test_counters_are_bounded() -> None:
    count = tally()
    for number in range(5000):
        count.item("Same" if number % 2 else f"{number}", [f"{number}"], "ja", None, is_update=False)
    day = count.day()
    assert (day.items, max(day.headlines.values()), len(day.leads)) == (5000, 2500, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", '{"day": 3}', '{"day": "2026-13-01"}', "\udcff"),
        '{"day": "2026-01-01", "items": "many"}',
        '{"day": "2026-01-01", "items": -3}',
        '{"day": "2026-01-01", "items": 1, "length": 24e636}',
        '{"day": "2026-01-01", "items": 1, "length": 900}',
        '{"day": "2026-01-01", "newest": "2026-01-01T00:00:00"}',
        '{"day": "2026-01-01", "newest": "yesterday"}',
    ],
)
def test_a_damaged_record_is_none(text: str) -> None:
    assert from_json(text) is None
