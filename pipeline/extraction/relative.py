"""Dates that only a clock beside the page could tell: three hours ago, yesterday 18:20."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from pipeline.extraction.daytime import without_times
from pipeline.extraction.said import said
from pipeline.language.facts import known
from pipeline.text.prose import weight

_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_REST = 12.0
_LONGEST = 70.0
_WORDS = 25.0  # an hour ago, without a figure


@lru_cache(maxsize=4096)
def is_relative_date(line: str) -> bool:
    """The line says how long ago it was written, or at what time of today or yesterday, and little else."""
    # Most lines are neither that short nor have a figure: the search is for few.
    if weight(line) > _LONGEST or (weight(line) > _WORDS and not re.search(r"\d", line)):
        return False
    ago, day = _patterns()
    line = re.sub(r"\s+", " ", line.strip().casefold())
    rest = ago.sub(" ", line)
    if rest == line:
        rest = day.sub(" ", line)
        if rest == line or without_times(line) == line:
            return False
    rest = re.sub(rf"(?:{said(lambda pages: (*pages.updated, *pages.issued))})", " ", without_times(rest))
    return weight(re.sub(r"[\d\W_]+", " ", rest).strip()) <= _REST


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A span of time before now, and today or yesterday, in all languages: of the Unicode locale data."""
    spans: dict[str, None] = {}
    days: dict[str, None] = {}
    for fields in map(_fields, known()):
        for unit in _UNITS:
            for width in ("", "-short", "-narrow"):
                field = fields.get(unit + width) or {}
                for form in (field.get("past") or {}).values():
                    span = re.escape(" ".join(form.casefold().split()))
                    spans.setdefault(span.replace(r"\{0\}", r"\d+").replace(r"\ ", r"\s?"), None)
        days |= {form.casefold(): None for form in _days(fields)}
    return re.compile("|".join([said(lambda pages: pages.ago), *sorted(spans, key=len, reverse=True)])), re.compile(
        rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, sorted(days, key=len, reverse=True)))})(?![^\W\d_])"
    )


def _days(fields: Any) -> Iterator[str]:
    relative = (fields.get("day") or {}).get("relative") or {}
    return (relative[day] for day in (0, -1) if relative.get(day))


def _fields(code: str) -> Any:
    from babel import Locale
    from babel.localedata import exists

    # The library's own functions print a span only with a number of theirs.
    return Locale.parse(code)._data["date_fields"] if exists(code) else {}
