"""Calendars: how far the years of eras are from the common ones, and the English names of months and days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS: Final = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
"""Abbreviations, without their point, as a regular expression."""
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

REPUBLIC_OF_CHINA: Final = 1911
"""The year before the first of the calendar that Taiwan uses."""
ERAS: Final = {
    "中華民國": REPUBLIC_OF_CHINA, "民國": REPUBLIC_OF_CHINA, "民国": REPUBLIC_OF_CHINA,
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867,
}  # fmt: skip
"""By the name that stands before the year, what is to be added to it."""
JAPANESE_ERAS: Final = tuple(name for name in ERAS if "民" not in name)
BUDDHIST: Final = 543
"""What a Thai year is ahead."""
SOLAR_HIJRI: Final = 621
"""What an Iranian year is behind until the new one begins in March."""


_SOLAR_LEAP: Final = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_SOLAR_START: Final = (1375, date(1996, 3, 20))
_SOLAR_MONTHS: Final = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30)


def from_solar_hijri(year: int, month: int, day: int) -> date:
    """The common date of one in the calendar of Iran and Afghanistan, whose year begins in March.

    Leap years by the cycle of 33 years, which is the official calendar from 1304 to 1472 (Heydari-Malayeri, "A concise
    review of the Iranian calendar", 2004).

    Raises:
        ValueError: no such day, or a year outside of those.
    """
    if not (1304 <= year <= 1472 and 1 <= month <= 12):
        raise ValueError(f"no month {year}-{month}")
    last = _SOLAR_MONTHS[month - 1] if month < 12 or year % 33 in _SOLAR_LEAP else 29
    if not 1 <= day <= last:
        raise ValueError(f"no day {year}-{month}-{day}")
    first, start = _SOLAR_START
    years = range(first, year) if year >= first else range(year, first)
    days = sum(366 if each % 33 in _SOLAR_LEAP else 365 for each in years)
    return start + timedelta(days=(days if year >= first else -days) + sum(_SOLAR_MONTHS[: month - 1]) + day - 1)
