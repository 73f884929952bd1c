"""Publication dates in the world's notations, as ISO 8601. A date that is not certain is None."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from pipeline.language.calendars import BUDDHIST, ERAS, REPUBLIC_OF_CHINA
from pipeline.language.codes import base, normalise
from pipeline.language.facts import known
from pipeline.language.scripts import LANGUAGES
from pipeline.text.prose import weight

_EARLIEST = date(1990, 1, 1)
_AHEAD = timedelta(days=2)
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
_VIETNAMESE = re.compile(r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s*(?:,|năm)?\s*(?P<y>\d{4})", re.IGNORECASE)
_WORD = r"(?P<word>[^\W\d_][\w.'’\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f]*)"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°|ος|-?го|\.|-án|-е)?[\s-]*(?:de\s+|of\s+|d['’]|del\s+)?{_WORD}[\s,.-]*"
    r"(?:de\s+|del\s+|ปี\s*|พ\.?ศ\.?\s*|năm\s+)?(?P<y>\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(rf"(?<![\w]){_WORD}[\s.]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)")
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(?P<y>\d{{4}})\.?[\s,-]+{_WORD}[\s.-]+(?P<d>\d{{1,2}})(?!\d)")

_TIME = re.compile(
    r"(?P<before>오전|오후|上午|下午|午前|午後|晚上|凌晨|\b[ap]\.?m\.?)?\s*(?<![\d:.])(?P<h>\d{1,2})"
    r"(?:[:時时시h点點]\s?|"
    r"(?<=\d)\.(?=\d\d(?!\d)(?!\.)))(?P<min>\d{2})?(?:[:分분]\s?(?P<sec>\d{2})(?:[.,]\d+)?)?(?:\s?[分秒초분])?"
    r"\s*(?P<after>[ap]\.?m\.?\b)?\s*(?P<zone>Z\b|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}(?!\d)|(?:UTC|GMT)[+-]\d{1,2}\b|UTC\b|GMT\b)?",
    re.IGNORECASE,
)
_AFTERNOON = {"오후", "下午", "午後", "晚上"}
_MONTH_FIRST = frozenset({"en-us", "fil", "en-ph"})
_MONTH_OR_DAY_FIRST = frozenset({"en", None})


def parse_date(text: str, *, language: str | None = None, now: datetime | None = None) -> str | None:
    """The first complete date in `text`: `2023-09-11`, or with its time, and the time's offset where one is given.

    Args:
        language: BCP 47 code; decides 3/4/2023 (day first but in `en-US`; None and plain `en` leave it undecided)
            and month names that mean different months in different languages.
        now: to refuse dates more than two days ahead; the clock by default.

    None for a date without its year, before 1990, in the future, impossible or relative ("today").
    """
    text = _digits(text)
    exact = _machine(text)
    if exact is not None:
        return _plausible(exact, now) and exact
    for day, _, end in _days(text, _lower(language)):
        if _plausible(day.isoformat(), now):
            return day.isoformat() + _time(text, end)
    return None


def date_line(text: str, *, language: str | None = None) -> str | None:
    """The date of a line that says little else, such as "Updated: 3 May 2025, 10:15 | Politics"; else None."""
    if weight(text) > 120 or not any(character.isdigit() for character in text):
        return None
    found = parse_date(text, language=language)
    if found is None:
        return None
    text = _digits(text)
    for _, start, end in sorted(_days(text, _lower(language)), key=lambda day: -day[1]):
        text = text[:start] + " " + text[end:]
    rest = re.sub(r"[\d\W_]+", " ", _TIME.sub(" ", text)).strip()
    return found if weight(rest) <= _LABEL else None


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
            return parsedate_to_datetime(text).isoformat()
        except ValueError:
            return None
    return None


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
    for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_MONTH_DAY):
        for match in pattern.finditer(text):
            month = _month(match["word"], language)
            if month is not None:
                yield from _day(match["y"], month, match["d"], match)


def _day(year: str | int, month: str | int, day: str | int, match: re.Match[str]) -> Iterator[tuple[date, int, int]]:
    number = int(year)
    # Thai Buddhist years; no press wrote dates of the year 2400 and more in another calendar.
    if 2500 <= number <= 2600:
        number -= BUDDHIST
    try:
        yield date(number, int(month), int(day)), match.start(), match.end()
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


def _time(text: str, end: int) -> str:
    """The time that follows the date within a few characters, as `T10:15:00+02:00`; "" where there is none."""
    window = text[end : end + 40]
    match = _TIME.search(window)
    if (
        match is None
        or len(re.sub(r"[\W_]", "", window[: match.start()])) > 12
        or not (match["min"] or match["before"])
    ):
        return ""
    hour, minute, second = int(match["h"]), int(match["min"] or 0), int(match["sec"] or 0)
    half = (match["before"] or match["after"] or "").lower().replace(".", "")
    if half in _AFTERNOON or half == "pm":
        hour += 12 if hour < 12 else 0
    elif half and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return ""
    return f"T{hour:02}:{minute:02}:{second:02}{_offset(match['zone'] or '')}"


def _offset(zone: str) -> str:
    zone = zone.upper().replace(" ", "")
    if not zone:
        return ""
    match = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if match is None:
        return "+00:00"
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}" if int(match[2]) <= 14 else ""


def _plausible(moment: str, now: datetime | None) -> str | None:
    today = (now or datetime.now(UTC)).date()
    day = date.fromisoformat(moment[:10])
    return moment if _EARLIEST <= day <= today + _AHEAD else None


def _month(word: str, language: str | None) -> int | None:
    """The month a word names in `language`, or else in all other languages that know it."""
    key = word.casefold().strip(".'’")
    own = _months_of(base(normalise(language))).get(key) if language else None
    if own is not None:
        return own
    meanings = _month_names().get(key, ())
    return meanings[0] if len(meanings) == 1 else None


@cache
def _month_names() -> dict[str, tuple[int, ...]]:
    """The months that a name or abbreviation means in languages that have a file or a script of their own.

    Of others the page has to say that it is in them: they would make many a short word a month.
    """
    names: dict[str, set[int]] = {}
    for code in {*known(), *(language for group in LANGUAGES.values() for language in group)}:
        for name, month in _months_of(code).items():
            names.setdefault(name, set()).add(month)
    return {name: tuple(sorted(months)) for name, months in names.items()}


@cache
def _months_of(code: str) -> dict[str, int]:
    """Names and abbreviations of months in a language, from the Unicode locale data, which has Tagalog as Filipino."""
    from babel import Locale
    from babel.localedata import exists

    locale = {"tl": "fil"}.get(code, code)
    if not exists(locale):
        return {}
    months = Locale.parse(locale).months
    widths = (months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated"))
    return {
        name.casefold().strip("."): number
        for names in widths
        for number, name in names.items()
        if not name[:1].isdigit()
    }
