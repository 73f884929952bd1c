"""Taking out of a translated date what its source does not say: a model asked for 21日 makes it March 21st, and adds a
year to 11月20日."""

from __future__ import annotations

import re

from pipeline.language.calendars import MONTHS, SHORT_MONTHS
from pipeline.language.facts import facts
from pipeline.text.dates.english import ordinal
from pipeline.text.numbers.digits import fold

_MONTHS = f"{'|'.join(MONTHS)}|{SHORT_MONTHS}"
_DATE = re.compile(
    rf"\b(?P<month>{_MONTHS})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?P<year>,? (?:19|20)\d\d\b)?"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTHS})\b(?P<year2>,? (?:19|20)\d\d\b)?"
)


def repair_dates(english: str, source: str, language: str) -> str:
    """`english` without the years, and for a day alone without the months, that a Chinese, Japanese, Korean or
    Vietnamese source sentence leaves out.

    Only where the source cannot mean one: a sentence that says a year, or "last year", keeps what the model made of it.
    Never raises.
    """
    dates = facts(language).dates
    if not dates.loose_day:
        return english
    text = fold(source)
    # A form without a group for the month has its month always.
    days = [(match.groupdict().get("month", ""), int(match["day"])) for match in re.finditer(dates.loose_day, text)]
    if not days:
        return english
    may_have_year = re.search("|".join((*dates.year_words, r"(?<!\d)(?:19|20)\d\d(?!\d)")), text) is not None
    alone = {day for month, day in days if month is None} - {day for month, day in days if month}

    def mended(match: re.Match[str]) -> str:
        day = int(match["day"] or match["day2"])
        year = match["year"] or match["year2"]
        whole = match[0] if not year or may_have_year else match[0].removesuffix(year)
        return f"the {ordinal(day)}" if day in alone else whole

    return _DATE.sub(mended, english)
