"""Dates written in English into a sentence of another language, for a model that left them out or took them for others.

"Vào thứ Tư" comes out as Thursday from small models, 11月21日 not at all; "Vào Wednesday" and "November 21" they copy.
"""

from __future__ import annotations

import re

from pipeline.language.codes import base
from pipeline.text.dates import months
from pipeline.text.dates.rewrite import apply
from pipeline.text.dates.weekdays import ENGLISH_DAYS, day_of
from pipeline.text.numbers.digits import fold

ENGLISH_MONTHS = months.MONTHS["en"]

# Year (optional), month, day; then a day alone. 3日間 and 3일간 are three days long, 14日本人 no day at all; thứ 3 is
# Tuesday.
_DATES: dict[str, re.Pattern[str]] = {
    "zh": re.compile(r"(?:(?<!\d)(\d{4})\s?年\s?)?(?<!\d)(1[0-2]|0?[1-9])\s?月\s?(?:(\d{1,2})\s?[日號号])?"),
    "ko": re.compile(r"(?:(?<!\d)(\d{4})\s?년\s?)?(?<!\d)(1[0-2]|0?[1-9])\s?월(?:\s?(\d{1,2})\s?일(?!간))?"),
    "vi": re.compile(
        r"(?:\bngày\s)?(?:(?<![\d/])(?<!thứ\s)(?P<day>\d{1,2})\s)?\btháng\s(?P<month>1[0-2]|0?[1-9])(?!\d)"
        r"(?:\s(?:năm\s)?(?P<year>\d{4})(?!\d))?",
        re.IGNORECASE,
    ),
}
_DAYS = {
    "zh": re.compile(r"(?<![\d月年.,到至-])(\d{1,2})[日號号](?![本間间元圆圓月至到、-])"),
    "ko": re.compile(r"(?<![\d월.,~-])(?<!월 )(\d{1,2})일(?!간|본|~|-)"),
}
_DATES["ja"] = _DATES["yue"] = _DATES["zh"]
_DAYS["ja"] = _DAYS["yue"] = _DAYS["zh"]
_JOINED = frozenset({"zh", "ja", "yue", "ko", "th", "ar"})
"""Where a word may be written onto the one before it."""


def in_english(text: str, language: str) -> str:
    """`text` with its months, days of months (Chinese, Japanese, Korean, Vietnamese) and weekdays in English words.

    What cannot be read for certain, such as a list of days, stays. The same text where there is nothing. Never raises.
    """
    code = base(language)
    if code == "en":
        return text
    folded = fold(text)
    edits: list[tuple[int, int, str]] = []

    def add(start: int, end: int, new: str | None) -> None:
        if new and not any(start < stop and first < end for first, stop, _ in edits):
            edits.append((start, end, f" {new} " if code in _JOINED else new))

    if code in _DATES:
        words = _vietnamese if code == "vi" else _east_asian
        for match in _DATES[code].finditer(folded):
            add(*match.span(), words(match))
        for match in _DAYS[code].finditer(folded) if code in _DAYS else ():
            add(*match.span(), f"on the {ordinal(int(match[1]))}" if 1 <= int(match[1]) <= 31 else None)
    elif pattern := months.pattern(language):
        # Inflected: the name goes on to the end of the word.
        rest = "" if code in _JOINED else r"[^\W\d_]*"
        for match in re.finditer(f"(?:{pattern.pattern}){rest}", folded, re.IGNORECASE):
            add(*match.span(), ENGLISH_MONTHS[(match.lastindex or 1) - 1])
    for start, end, day in day_of(folded, language):
        add(start, end, ENGLISH_DAYS[day])
    if not edits:
        return text
    written = apply(text, edits)
    return re.sub(" {2,}", " ", written).strip(" ") if code in _JOINED else written


# Before these a day is no adverb: from May 3 to 5, the meeting of May 3.
_NOT_WHEN = re.compile(r"\s?(?:至|到|~|～|—|–|-|、|から|まで|부터|까지|の|的|의|付)")


def _east_asian(match: re.Match[str]) -> str | None:
    words = _date(match[1], int(match[2]), match[3])
    # Without the little word the model takes "November 21" for a part of the name before it, or leaves it out.
    is_when = words and match[3] and not _NOT_WHEN.match(match.string, match.end())
    return f"on {words}" if is_when else words


def _vietnamese(match: re.Match[str]) -> str | None:
    return _date(match["year"], int(match["month"]), match["day"])


def _date(year: str | None, month: int, day: str | None) -> str | None:
    if day is not None and not 1 <= int(day) <= 31:
        return None
    name = ENGLISH_MONTHS[month - 1]
    words = f"{name} {int(day)}" if day else name
    return f"{words}, {year}" if year and day else f"{words} {year}" if year else words


def ordinal(day: int) -> str:
    """21 is 21st."""
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
