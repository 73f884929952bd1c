"""What stands beside a figure changes how it may be read, in the language that says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.text.numbers import numbers_in


def readings(text: str, language: str) -> set[Decimal]:
    return {reading for quantity in numbers_in(text, language) for reading in quantity.readings}


@pytest.mark.parametrize(
    ("text", "language", "elsewhere"),
    [("alle 9.30", "it", "de"), ("kello 9.30", "fi", "it"), ("9.30 น.", "th", "fi"), ("9.30 Uhr", "de", "sv")],
)
def test_an_hour_with_a_point(text: str, language: str, elsewhere: str) -> None:
    assert readings(text, language) >= {Decimal(9), Decimal(30)}
    assert readings(text, elsewhere) == {Decimal("9.30")}


@pytest.mark.parametrize(
    ("text", "language", "elsewhere"),
    [("3 bis 5 Millionen", "de", "fr"), ("3 à 5 millions", "fr", "de"), ("3 до 5 млн", "ru", "tr")],
)
def test_the_scale_of_a_range(text: str, language: str, elsewhere: str) -> None:
    assert Decimal(3 * 10**6) in readings(text, language)
    assert Decimal(3 * 10**6) not in readings(text, elsewhere)


def test_a_scale_and_percent_before_a_range_are_those_of_both_ends() -> None:
    assert readings("milioni 3 hadi 5", "sw") == {Decimal(value) for value in (3 * 10**6, 5, 5 * 10**6)}
    assert [quantity.kind for quantity in numbers_in("asilimia 3 hadi 5", "sw")] == ["percent"] * 2


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("saa 3:30 asubuhi", {3, 15, 9, 21, 30}),
        ("saa saba mchana", {7, 1, 13}),
        ("saa 6 usiku", {6, 12, 0}),
        ("watu 3", {3}),
    ],
)
def test_hours_that_are_counted_from_six(text: str, hours: set[int]) -> None:
    assert readings(text, "sw") == hours


@pytest.mark.parametrize(("text", "language", "elsewhere"), [("die 80er", "de", "sv"), ("80-х", "ru", "de")])
def test_years_of_a_decade(text: str, language: str, elsewhere: str) -> None:
    assert Decimal(1980) in readings(text, language)
    assert Decimal(1980) not in readings(text, elsewhere)


def test_centuries() -> None:
    assert Decimal(19) in readings("1800-talet", "sv")
    assert Decimal(19) not in readings("1800-talet", "de")


def test_a_group_of_players_is_no_trillion() -> None:
    assert readings("2조 편성", "ko") == {Decimal(2)}
    assert readings("2조 원", "ko") == {Decimal(2 * 10**12)}
