"""Dates in other calendars than the common one: Ethiopia's, Bangladesh's, Nepal's, the lunar one of Islam."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extraction.months import other_months
from pipeline.language.codes import base, normalise
from pipeline.language.other_calendars import Calendar, to_common

# Vowel signs are no letters to `re`.
_MARKS = r"\u0300-\u036f\u064b-\u065f\u0900-\u0dff\u135d-\u135f"
_NAME = rf"[^\W\d_][\w.'’{_MARKS}]*"
_WORD = rf"(?P<word>{_NAME}(?:[ ]{_NAME})??)"
_LONGEST = 500
_DAY, _YEAR = r"(?P<d>\d{1,2})", r"(?P<y>\d{4})"
_PATTERNS = (
    re.compile(
        rf"(?<!\d){_DAY}(?:ই|লা|রা|ঠা|শে)?[\s-]+(?:من\s+|شهر\s+)*{_WORD}[\s,،-]*(?:سنة\s+|عام\s+|لعام\s+)?{_YEAR}(?!\d)"
    ),
    re.compile(rf"(?<!\w){_WORD}[\s.]+{_DAY}(?:\s?(?:ቀን|गते))?[\s,፣،/]+{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}(?:\s+साल)?[\s,]+{_WORD}\s+{_DAY}(?!\d)"),
)
# The sign of the era behind the figures tells which calendar it is.
_HIJRI = (
    re.compile(rf"(?<!\d){_YEAR}\s?[/-]\s?(?P<m>\d{{1,2}})\s?[/-]\s?{_DAY}\s?(?:هـ|ھ|ه(?!\w)|هجري)"),
    re.compile(rf"(?<!\d){_DAY}\s?[/-]\s?(?P<m>\d{{1,2}})\s?[/-]\s?{_YEAR}\s?(?:هـ|ھ|ه(?!\w)|هجري)"),
)
# In Nepali a year that is still to come is one of Nepal's.
_NEPALI = re.compile(rf"(?<!\d)(?P<y>20[5-9]\d)[./-](?P<m>\d{{1,2}})[./-]{_DAY}(?!\d)")


def other_days(text: str, language: str | None) -> Iterator[tuple[date, int, int]]:
    """Every date in `text` that is in another calendar, and where it stands.

    Args:
        text: with digits as 0-9.
        language: BCP 47 code.
    """
    # A line with a date is short; a longer text would be searched for very long.
    if len(text) > _LONGEST or not re.search(r"(?<!\d)\d{4}(?!\d)", text):
        return
    for pattern in _HIJRI:
        for match in pattern.finditer(text):
            yield from _day("lunar_hijri", match, match["m"])
    if language and base(normalise(language)) == "ne":
        for match in _NEPALI.finditer(text):
            yield from _day("bikram_sambat", match, match["m"])
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            for calendar, number in other_months(match["word"], language):
                yield from _day(calendar, match, number)


def _day(calendar: Calendar, match: re.Match[str], month: str | int) -> Iterator[tuple[date, int, int]]:
    try:
        yield to_common(calendar, int(match["y"]), int(month), int(match["d"])), match.start(), match.end()
    except ValueError:
        return
