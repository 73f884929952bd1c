"""Days that are known in both calendars: new years, and what each country published for the day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from pipeline.language.other_calendars import CALENDARS, Calendar, months_in, to_common


@pytest.mark.parametrize(
    ("calendar", "day", "common"),
    [
        # Enkutatash: 12 September in the year before a common leap year.
        ("ethiopian", (2000, 1, 1), date(2007, 9, 12)),
        ("ethiopian", (2016, 1, 1), date(2023, 9, 12)),
        ("ethiopian", (2017, 1, 1), date(2024, 9, 11)),
        # Christmas, Epiphany.
        ("ethiopian", (2017, 4, 29), date(2025, 1, 7)),
        ("ethiopian", (2017, 5, 11), date(2025, 1, 19)),
        ("ethiopian", (2015, 13, 6), date(2023, 9, 11)),
        # Pohela Boishakh, the day of the language martyrs, independence, victory.
        ("bengali", (1432, 1, 1), date(2025, 4, 14)),
        ("bengali", (1431, 11, 8), date(2025, 2, 21)),
        ("bengali", (1430, 11, 8), date(2024, 2, 21)),
        ("bengali", (1430, 12, 12), date(2024, 3, 26)),
        ("bengali", (1431, 9, 1), date(2024, 12, 16)),
        ("bengali", (1425, 6, 30), date(2018, 10, 15)),
        # Nepali new years, and the day of the constitution: 3 Asoj 2072.
        ("bikram_sambat", (2080, 1, 1), date(2023, 4, 14)),
        ("bikram_sambat", (2081, 1, 1), date(2024, 4, 13)),
        ("bikram_sambat", (2072, 6, 3), date(2015, 9, 20)),
        # First of Muharram, the feasts of 1445, by Umm al-Qura.
        ("lunar_hijri", (1446, 1, 1), date(2024, 7, 7)),
        ("lunar_hijri", (1445, 10, 1), date(2024, 4, 10)),
        ("lunar_hijri", (1445, 12, 10), date(2024, 6, 16)),
    ],
)
def test_days_known_in_both(calendar: Calendar, day: tuple[int, int, int], common: date) -> None:
    assert to_common(calendar, *day) == common


@pytest.mark.parametrize(("calendar", "first", "last"), [
    ("ethiopian", 1990, 2030), ("bengali", 1400, 1445), ("bikram_sambat", 2050, 2090), ("lunar_hijri", 1410, 1460),
])  # fmt: skip
def test_days_follow_each_other(calendar: Calendar, first: int, last: int) -> None:
    days = []
    for year in range(first, last):
        for month in range(1, months_in(calendar) + 1):
            for day in range(1, 33):
                try:
                    days.append(to_common(calendar, year, month, day))
                except ValueError:
                    break
    assert len(days) > 10_000
    assert all(two - one == timedelta(days=1) for one, two in pairwise(days))


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("day", [(2017, 0, 1), (2017, 14, 1), (2017, 1, 0), (2017, 1, 33), (0, 1, 1)])
def test_no_such_day(calendar: Calendar, day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"."):
        to_common(calendar, *day)
