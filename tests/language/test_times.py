"""Months and days of the week as a language's file holds them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipeline.language.facts import facts, known
from pipeline.language.times import Months, Weekdays

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
