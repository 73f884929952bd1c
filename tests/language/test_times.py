"""Months and days of the week as a language's file holds them."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from pipeline.language.facts import facts, known
from pipeline.language.times import Dates, Months, Weekdays

YEAR = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december")  # fmt: skip


def test_months_come_in_their_order_whatever_that_of_the_file() -> None:
    named = Months.model_validate({"names": {month: (month[:3],) for month in reversed(YEAR)}})
    assert list(named.names) == list(YEAR)


def test_a_year_without_one_of_its_months_is_refused() -> None:
    with pytest.raises(ValidationError, match="no name for june"):
        Months.model_validate({"names": {month: (month,) for month in YEAR if month != "june"}})


def test_a_week_without_one_of_its_days_is_refused() -> None:
    with pytest.raises(ValidationError, match="no name for tuesday"):
        Weekdays.model_validate({"names": {"monday": ("maandag",)}})


def test_a_language_without_names_has_none() -> None:
    assert not facts("vi").months.names


@pytest.mark.parametrize("code", [code for code in known() if facts(code).dates.written])
def test_a_written_date_holds_day_month_and_year(code: str) -> None:
    written = facts(code).dates.written
    assert "{day}" in written
    assert "{year}" in written
    assert ("{month}" in written) == bool(facts(code).months.names)


@pytest.mark.parametrize("written", ["{day} {mont} {year}", "{day} {0} {year}", "{day} {month.name}", "{day"])
def test_a_written_date_that_cannot_be_filled_in_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="something else in braces"):
        Dates.model_validate({"written": written})


@pytest.mark.parametrize(
    "half",
    [
        {"month_sign": "月"},
        {"month_word": "tháng", "year_word": "năm"},
        {"month_word": "tháng", "day_words": ("ngày",)},
        {"calendar": "buddhist", "common_era": "ค.ศ.", "year_word": "ปี"},
    ],
)
def test_words_that_stand_beside_each_other_are_named_together(half: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=f"{next(iter(half))} needs the words beside it"):
        Dates.model_validate(half)


@pytest.mark.parametrize("code", known())
def test_patterns_have_the_groups_that_are_asked_for(code: str) -> None:
    dates, halves, pages = facts(code).dates, facts(code).day_halves, facts(code).pages
    asked = [
        (dates.full, {"year", "month", "day"}),
        (dates.day_alone, {"day"}),
        (dates.loose_day, {"day"}),
        (halves.hour, {"hour"}),
        *((line, {"name"}) for line in pages.bylines),
    ]
    assert [pattern for pattern, groups in asked if pattern and not groups <= {*re.compile(pattern).groupindex}] == []
    assert not dates.numbered_month or re.compile(dates.numbered_month).groups
