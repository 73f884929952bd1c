"""Dates of calendars that the press of some countries writes beside the common one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, Literal, get_args

Calendar = Literal["ethiopian", "bengali", "bikram_sambat", "lunar_hijri"]
CALENDARS: Final[tuple[Calendar, ...]] = get_args(Calendar)

_ETHIOPIAN_EPOCH: Final = 2796
_BENGALI_MONTHS: Final = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 29, 30)
_BENGALI_BEFORE: Final = (31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30, 30)
_BENGALI_REFORM: Final = 1426


def to_common(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The common date of one in another calendar.

    Raises:
        ValueError: no such day, or a year for which nothing is known.
    """
    return _TO_COMMON[calendar](year, month, day)


def months_in(calendar: Calendar) -> int:
    """Months of a year."""
    return 13 if calendar == "ethiopian" else 12


def _from_ethiopian(year: int, month: int, day: int) -> date:
    """Twelve months of 30 days and one of five or six; the era begins on day 2796 of the common one (Reingold and
    Dershowitz, "Calendrical Calculations", 2018, ch. 4)."""
    last = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if not (1 <= month <= 13 and 1 <= day <= last and year > 0):
        raise ValueError(f"no day {year}-{month}-{day}")
    return date.fromordinal(_ETHIOPIAN_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def _from_bengali(year: int, month: int, day: int) -> date:
    """The civil calendar of Bangladesh, whose year begins on 14 April; since the year 1426 its first six months have 31
    days (Bangla Academy, in force since 16 October 2019). That of West Bengal may be a day off."""
    if not (1 <= month <= 12 and year > 0):
        raise ValueError(f"no month {year}-{month}")
    first = date(year + 593, 4, 14)
    lengths = list(_BENGALI_MONTHS if year >= _BENGALI_REFORM else _BENGALI_BEFORE)
    # The eleventh month has the leap day: that of the common year in which it falls.
    lengths[10] += (date(first.year + 1, 3, 1) - date(first.year + 1, 2, 1)).days - 28
    if not 1 <= day <= lengths[month - 1]:
        raise ValueError(f"no day {year}-{month}-{day}")
    return first + timedelta(days=sum(lengths[: month - 1]) + day - 1)


def _from_bikram_sambat(year: int, month: int, day: int) -> date:
    """The civil calendar of Nepal, whose months are as long as each year's almanac says."""
    import nepali_datetime

    return date.fromisoformat(nepali_datetime.date(year, month, day).to_datetime_date().isoformat())


def _from_lunar_hijri(year: int, month: int, day: int) -> date:
    """By the civil calendar of Saudi Arabia, Umm al-Qura; where the new moon is watched for, it may be a day off."""
    from hijridate import Hijri

    try:
        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    except OverflowError as error:
        raise ValueError(str(error)) from None


_TO_COMMON: Final[Mapping[Calendar, Callable[[int, int, int], date]]] = {
    "ethiopian": _from_ethiopian,
    "bengali": _from_bengali,
    "bikram_sambat": _from_bikram_sambat,
    "lunar_hijri": _from_lunar_hijri,
}
