"""Calendars: how far the years of eras are from the common ones, and the English names of months and days."""

from __future__ import annotations

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
