"""Dates written in English into a sentence of another language, for a model that left them out or took them for others.

"Vào thứ Tư" comes out as Thursday from small models, 11月21日 not at all; "Vào Wednesday" and "November 21" they copy.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.calendars import DAYS, MONTHS
from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.dates import months
from pipeline.text.dates.rewrite import apply
from pipeline.text.dates.weekdays import day_of
from pipeline.text.numbers.digits import fold


def in_english(text: str, language: str) -> str:
    """`text` with its months, days of months (Chinese, Japanese, Korean, Vietnamese) and weekdays in English words.

    What cannot be read for certain, such as a list of days, stays. The same text where there is nothing. Never raises.
    """
    if base(language) == "en":
        return text
    joined = _joined(language)
    folded = fold(text)
    edits: list[tuple[int, int, str]] = []

    def add(start: int, end: int, new: str | None) -> None:
        if new and not any(start < stop and first < end for first, stop, _ in edits):
            edits.append((start, end, f" {new} " if joined else new))

    full, day_alone, _ = _patterns(language)
    for match in full.finditer(folded) if full else ():
        add(*match.span(), _date_in_english(match, language))
    for match in day_alone.finditer(folded) if day_alone else ():
        add(*match.span(), f"on the {ordinal(int(match['day']))}" if 1 <= int(match["day"]) <= 31 else None)
    pattern = months.pattern(language)
    if pattern and not full:
        # Inflected: the name goes on to the end of the word.
        rest = "" if joined else r"[^\W\d_]*"
        for match in re.finditer(f"(?:{pattern.pattern}){rest}", folded, re.IGNORECASE):
            add(*match.span(), MONTHS[(match.lastindex or 1) - 1])
    for start, end, day in day_of(folded, language):
        add(start, end, DAYS[day])
    if not edits:
        return text
    written = apply(text, edits)
    return re.sub(" {2,}", " ", written).strip(" ") if joined else written


@cache
def _patterns(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
    """Of a month by its number with what stands beside it, of a day alone, and of what makes a date no adverb."""
    dates = facts(language).dates
    on_unless = rf"\s?(?:{'|'.join(dates.on_unless)})" if dates.on_unless else ""
    full, day_alone, no_adverb = (
        re.compile(pattern, re.IGNORECASE) if pattern else None for pattern in (dates.full, dates.day_alone, on_unless)
    )
    return full, day_alone, no_adverb


def _joined(language: str) -> bool:
    """Whether a word may be written onto the one before it."""
    return facts(language).writing.no_word_edge or facts(language).months.after_letters


def _date_in_english(match: re.Match[str], language: str) -> str | None:
    words = _date(match["year"], int(match["month"]), match["day"])
    no_adverb = _patterns(language)[2]
    # Without the little word the model takes "November 21" for a part of the name before it, or leaves it out.
    is_when = words and match["day"] and no_adverb and not no_adverb.match(match.string, match.end())
    return f"on {words}" if is_when else words


def _date(year: str | None, month: int, day: str | None) -> str | None:
    if day is not None and not 1 <= int(day) <= 31:
        return None
    name = MONTHS[month - 1]
    words = f"{name} {int(day)}" if day else name
    return f"{words}, {year}" if year and day else f"{words} {year}" if year else words


def ordinal(day: int) -> str:
    """21 is 21st."""
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
