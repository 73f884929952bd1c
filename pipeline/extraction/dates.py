"""Publication dates in the world's notations, as ISO 8601. A date that is not certain is None."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal

from pipeline.extraction.daytime import time_beside, without_times
from pipeline.extraction.months import month
from pipeline.extraction.other_dates import other_days
from pipeline.extraction.said import said
from pipeline.language.calendars import BUDDHIST, ERAS, REPUBLIC_OF_CHINA, from_solar_hijri
from pipeline.text.prose import weight

_EARLIEST = date(1990, 1, 1)
_AHEAD = timedelta(days=2)
# Years of the Iranian calendar since 1990; of the lunar one of the Arab world, these were before 1990.
_SOLAR_HIJRI = range(1368, 1410)
# Words beside a date: "First published", "Updated", a section, an agency; a headline with a date has more.
_LABEL = 30.0

_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<![\d.,])(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d.,])")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s?[./年년]\s?(?P<m>\d{1,2})\s?[./月월]\s?(?P<d>\d{1,2})(?!\d)\s?[日号號일.]?"
)
_ERA = re.compile(
    rf"(?P<era>{'|'.join(ERAS)})\s?(?P<y>\d{{1,3}}|"
    r"元)\s?[年./-]\s?(?P<m>\d{1,2})\s?[月./-]\s?(?P<d>\d{1,2})\s?日?"
)
# 112年9月11日 can only be the calendar of Taiwan; 12年9月11日 could be anything.
_ROC = re.compile(r"(?<!\d)(?P<y>1[0-3]\d)年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日")
_ROC_COMPACT = re.compile(r"(?<!\d)(?P<y>1[0-3]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_NUMBERS = re.compile(r"(?<![\d.,/-])(?P<a>\d{1,2})\s?(?P<s>[./-])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4})(?![\d])")
# A year of two figures only behind a day and a month: 24/04/03 may be read in three ways.
_SHORT_YEAR = re.compile(
    r"(?<![\d.,/:])(?<!\d-)(?P<a>\d{1,2})(?P<s>[./])(?P<b>\d{1,2})(?P=s)(?P<y>\d{2})(?![\d./:]|,\d)"
)
_VIETNAMESE = re.compile(r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s*(?:,|năm)?\s*(?P<y>\d{4})", re.IGNORECASE)
# Vowel signs are no letters to `re`.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u135d-\u135f\u1780-\u17d3"
_NAME = rf"[^\W\d_][\w.'’{_MARKS}]*"
_WORD = rf"(?P<word>{_NAME}(?:[ ]{_NAME})??)"
_BESIDE = rf"(?:\s?[/(]\s?(?P<other>{_NAME}(?:[ ]{_NAME})?)\)?)?"
"""The same month by its other name: أيار/مايو, Jänner (Januar)."""
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°|ος|-?го|\.|-án|-е)?[\s-]*(?:de\s+|of\s+|d['’]|del\s+|من\s+|ta['’]\s+)?{_WORD}"
    rf"{_BESIDE}[\s,.-]*(?:de\s+|del\s+|ปี\s*|พ\.?ศ\.?\s*|năm\s+|سنة\s+|عام\s+|سال\s+)?(?P<y>\d{{4}})(?!\d)"
)
# Thai papers write two figures of the Buddhist year: 3 เม.ย. 67.
_THAI = re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?(?P<word>[\u0e01-\u0e4e.]+)\s?(?P<y>\d{2})(?![\d:.])")
_MONTH_DAY = re.compile(rf"(?<![\w]){_WORD}[\s.]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)")
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)(?P<y>\d{{4}})\.?(?:\s?(?:m|ж|г)\.|\s?(?:оны|жылғы))?[\s,-]+{_WORD}[\s.-]+(?P<d>\d{{1,2}})(?!\d)"
)

Label = Literal["issued", "updated"]
_YEARS_FIRST = frozenset({"ko", "ja", "zh", "hu", "lt", "mn"})
_MONTH_FIRST = frozenset({"en-us", "fil", "en-ph"})
_MONTH_OR_DAY_FIRST = frozenset({"en", None})


# Of a text that is a date or has one; what is longer is an attack, or no place to look for one.
_LOOKED_AT = 2_000


def parse_date(text: str, *, language: str | None = None, now: datetime | None = None) -> str | None:
    """The first complete date in `text`: `2023-09-11`, or with its time, and the time's offset where one is given.

    Args:
        language: BCP 47 code; decides 3/4/2023 (day first but in `en-US`; None and plain `en` leave it undecided)
            and month names that mean different months in different languages.
        now: to refuse dates more than two days ahead; the clock by default.

    None for a date without its year, before 1990, in the future, impossible or relative ("today").
    """
    text = _digits(text[:_LOOKED_AT])
    exact = _machine(text)
    if exact is not None and _plausible(exact, now):
        return exact
    for day, start, end in _any_days(text, language):
        if _plausible(day.isoformat(), now):
            return day.isoformat() + time_beside(text, start, end, language)
    return None


def date_line(text: str, *, language: str | None = None) -> str | None:
    """The date of a line that says little else, such as "Updated: 3 May 2025, 10:15 | Politics"; else None."""
    if weight(text) > 120 or not any(character.isdigit() for character in text):
        return None
    found = parse_date(text, language=language)
    if found is None:
        return None
    text = _digits(text)
    for _, start, end in sorted(_any_days(text, language), key=lambda day: -day[1]):
        text = text[:start] + " " + text[end:]
    rest = re.sub(r"[\d\W_]+", " ", _labels().sub(" ", without_times(text))).strip()
    return found if weight(rest) <= _LABEL * (1.5 if date_label(text) else 1) else None


def labelled_dates(text: str, *, language: str | None = None) -> list[tuple[str, Label | None]]:
    """All dates of a line with their times, in its order, and what the words before or behind them say of each."""
    text = _digits(text[:_LOOKED_AT])
    days: list[tuple[date, int, int]] = []
    common = [each for each in _days(text, _lower(language)) if _plausible(each[0].isoformat(), None)]
    for day, start, end in sorted(common or other_days(text, language), key=lambda each: each[1]):
        if _plausible(day.isoformat(), None) and not (days and start < days[-1][2]):
            days.append((day, start, end))
    edges = [0, *(edge for _, start, end in days for edge in (start, end)), len(text)]
    labels = [date_label(text[edges[index] : edges[index + 1]]) for index in range(0, len(edges), 2)]
    # "2024.05.21 입력 | 2024.05.22 수정": the words stand behind their dates.
    shift = 1 if labels[0] is None and labels[-1] else 0
    return [
        (day.isoformat() + time_beside(text, start, end, language), labels[index + shift])
        for index, (day, start, end) in enumerate(days)
    ]


def date_label(text: str) -> Label | None:
    """Whether words say that a date is that of publication or of a later change; the last ones decide."""
    said_last = None
    for match in _labels().finditer(text):
        said_last = match.lastgroup
    return "issued" if said_last == "issued" else "updated" if said_last else None


def is_date_label(line: str) -> bool:
    """The line says of what a date is, and has none: "Updated: Published:"."""
    return len(line) <= 80 and date_label(line) is not None and not re.search(r"[^\W_]", _labels().sub("", line))


@cache
def _labels() -> re.Pattern[str]:
    updated, issued = said(lambda pages: pages.updated), said(lambda pages: pages.issued)
    return re.compile(rf"(?P<updated>{updated})|(?P<issued>{issued})", re.IGNORECASE)


def _lower(language: str | None) -> str | None:
    return language.lower() if language else None


def _digits(text: str) -> str:
    """Digits of every script as 0-9; full-width punctuation as ASCII."""
    text = unicodedata.normalize("NFKC", text.strip())
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def _machine(text: str) -> str | None:
    """ISO 8601, RFC 2822 and Unix time, when they are all there is."""
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text):
        try:
            moment = datetime.fromisoformat(
                re.sub(r"\s+(?=[+-]\d)", "", text.replace(" UTC", "+00:00").replace(" Z", "Z"))
            )
        except ValueError:
            return None
        return moment.replace(microsecond=0).isoformat()
    if re.match(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", text):
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        # Of the abbreviations of zones it knows the American ones.
        return moment.isoformat() if moment.tzinfo else None
    return None


def _any_days(text: str, language: str | None) -> Iterator[tuple[date, int, int]]:
    """In the common calendars, and then in others: where a line has its day in both, the common one is exact."""
    yield from _days(text, _lower(language))
    yield from other_days(text, language)


def _days(text: str, language: str | None) -> Iterator[tuple[date, int, int]]:
    """Every date that can be read out of `text`, most certain notation first, and where it stands."""
    for pattern in (_ISO, _YEAR_FIRST, _VIETNAMESE, _COMPACT):
        for match in pattern.finditer(text):
            yield from _day(match["y"], match["m"], match["d"], match)
    for match in _ERA.finditer(text):
        year = 1 if match["y"] == "元" else int(match["y"])
        yield from _day(year + ERAS[match["era"]], match["m"], match["d"], match)
    for match in _ROC.finditer(text):
        yield from _day(int(match["y"]) + REPUBLIC_OF_CHINA, match["m"], match["d"], match)
    if language in ("zh-hant", "zh-tw"):
        for match in _ROC_COMPACT.finditer(text):
            yield from _day(int(match["y"]) + REPUBLIC_OF_CHINA, match["m"], match["d"], match)
    for match in _NUMBERS.finditer(text):
        order = _order(int(match["a"]), int(match["b"]), match["s"], language)
        if order is not None:
            yield from _day(match["y"], order[0], order[1], match)
    for match in _THAI.finditer(text):
        if number := month(match["word"], "th"):
            yield from _day(2500 + int(match["y"]), number, match["d"], match)
    for match in _SHORT_YEAR.finditer(text):
        order = _order(int(match["a"]), int(match["b"]), match["s"], language)
        # 24.04.03 is a day of 2024 in Korea, and of 2003 elsewhere.
        if order is not None and (language or "").split("-")[0] not in _YEARS_FIRST:
            yield from _day(2000 + int(match["y"]), order[0], order[1], match)
    for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_MONTH_DAY):
        for match in pattern.finditer(text):
            solar = int(match["y"]) in _SOLAR_HIJRI
            names = (match["word"], *(filter(None, [match.groupdict().get("other")])))
            number = next(filter(None, (month(name, language, solar=solar) for name in names)), None)
            if number is not None:
                yield from _day(match["y"], number, match["d"], match)


def _day(year: str | int, month: str | int, day: str | int, match: re.Match[str]) -> Iterator[tuple[date, int, int]]:
    number = int(year)
    # Thai Buddhist years; no press wrote dates of the year 2400 and more in another calendar.
    if 2500 <= number <= 2600:
        number -= BUDDHIST
    try:
        found = (from_solar_hijri if number in _SOLAR_HIJRI else date)(number, int(month), int(day))
        yield found, match.start(), match.end()
    except ValueError:
        return


def _order(first: int, second: int, separator: str, language: str | None) -> tuple[int, int] | None:
    """Month and day of two numbers, or None where both orders are possible and nothing decides."""
    if first > 12:
        return second, first
    if second > 12:
        return first, second
    if first == second:
        return first, second
    if language in _MONTH_FIRST:
        return first, second
    # Nobody writes months first with full stops.
    if separator == "." or language not in _MONTH_OR_DAY_FIRST:
        return second, first
    return None


def _plausible(moment: str, now: datetime | None) -> str | None:
    today = (now or datetime.now(UTC)).date()
    day = date.fromisoformat(moment[:10])
    return moment if _EARLIEST <= day <= today + _AHEAD else None
