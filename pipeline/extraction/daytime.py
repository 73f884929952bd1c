"""Times of day beside a date: 14.30 Uhr, 下午3時, 10:30 م, 5 p.m. EDT."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pipeline.language.codes import base, normalise
from pipeline.language.facts import facts, known

_APART = r"(?<![^\W\d_])"
# Periods of the day of the Unicode locale data.
_PERIODS = {
    "am": "morning", "midnight": "morning", "morning": "morning", "pm": "afternoon", "noon": "afternoon",
    "afternoon": "afternoon", "evening": "afternoon", "night": "night",
}  # fmt: skip
# An hour with a sign, minutes and seconds; a full hour needs its half of the day.
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<h>\d{1,2})(?:\s?(?:[:時时시点點]|h(?![^\W\d_])|giờ)\s?|(?<=\d)\.(?=\d\d(?!\d)(?!\.)))(?P<min>\d{2})?"
    r"(?:[:分분]\s?(?P<sec>\d{2})(?:[.,]\d+)?)?(?:\s?[分秒초분])?",
    re.IGNORECASE,
)
_FULL_HOUR = re.compile(r"(?<![\d:.,])(?P<h>1?\d)(?P<min>)(?P<sec>)(?=\s?[ap]\.?\s?m\b)", re.IGNORECASE)
_ZONE = re.compile(
    r"[\s,(]*(?P<zone>Z\b|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}(?!\d)|(?:UTC|GMT)[+-]\d{1,2}\b|UTC\b|GMT\b|[A-Z]{3,4}\b|МСК)"
)
# Abbreviations that are one zone wherever they are written (IANA tz database): CST, IST, BST and PST are several.
_ZONES = {
    "UTC": 0, "GMT": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "МСК": 3,
    "EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "PDT": -7, "JST": 9, "KST": 9, "WIB": 7, "WITA": 8, "HKT": 8,
    "SGT": 8, "SAST": 2, "WAT": 1, "CAT": 2, "EAT": 3, "PKT": 5, "NZST": 12, "NZDT": 13, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_BEFORE, _AFTER = 40, 40
_BESIDE = 16  # letters that may part the time from its date


def time_beside(text: str, start: int, end: int, language: str | None) -> str:
    """The time next to the date at `start` to `end`, as `T10:15:00+02:00`; "" where there is none.

    Args:
        text: with digits as 0-9.
        language: BCP 47 code; its words for the halves of the day come before those of others.
    """
    window = text[end : end + _AFTER]
    behind = next(_clocks(window), None)
    if behind is not None and _letters(window[: behind.start()]) <= _BESIDE:
        return _read(window, behind, language)
    window = text[max(0, start - _BEFORE) : start]
    before = list(_clocks(window))
    if before and _letters(window[before[-1].end() :]) <= _BESIDE:
        return _read(window, before[-1], language)
    return ""


def without_times(text: str) -> str:
    """The text without its times of day."""
    return _FULL_HOUR.sub(" ", _CLOCK.sub(" ", text))


def _clocks(text: str) -> Iterator[re.Match[str]]:
    yield from sorted((*_CLOCK.finditer(text), *_FULL_HOUR.finditer(text)), key=lambda match: match.start())


def _letters(text: str) -> int:
    return len(re.sub(r"[\W_]", "", text))


def _read(text: str, clock: re.Match[str], language: str | None) -> str:
    hour, minute, second = int(clock["h"]), int(clock["min"] or 0), int(clock["sec"] or 0)
    behind = text[clock.end() :]
    half, after = _half(text[: clock.start()], behind, language)
    if not (clock["min"] or half):
        return ""
    if half == "afternoon" or (half == "night" and 6 <= hour < 12):
        hour += 12 if hour < 12 else 0
    elif half and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return ""
    return f"T{hour:02}:{minute:02}:{second:02}{_offset(behind[after:])}"


def _half(before: str, after: str, language: str | None) -> tuple[str | None, int]:
    """Which half of the day is said right before or behind the hour, and how long it is there: in the page's
    language, or else in any."""
    for code in (base(normalise(language)) if language else "", ""):
        ahead, behind = _halves(code)
        found = behind.match(after)
        if found:
            return found.lastgroup, found.end()
        found = ahead.search(before)
        if found:
            return found.lastgroup, 0
    return None, 0


@cache
def _halves(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of a language, or of all for "", before an hour and behind it; groups say which half of the day."""
    words: dict[str, dict[str, None]] = {"night": {}, "morning": {}, "afternoon": {}}
    for each in (code,) if code else known():
        for half, pattern in (*_ours(each), *_locale(each)):
            # A short word of one language is another word in the next.
            if code or not pattern.isascii():
                words[half].setdefault(pattern, None)
    words["morning"].setdefault(rf"{_APART}a\.?\s?m\b\.?", None)
    words["afternoon"].setdefault(rf"{_APART}p\.?\s?m\b\.?", None)
    said = "|".join(
        f"(?P<{half}>{'|'.join(sorted(found, key=len, reverse=True))})" for half, found in words.items() if found
    )
    return re.compile(rf"(?:{said})\s*$", re.IGNORECASE), re.compile(rf"[\s,]*(?:{said})", re.IGNORECASE)


def _ours(code: str) -> Iterator[tuple[str, str]]:
    section = facts(code).day_halves
    listed = (("night", section.night), ("morning", section.before_noon), ("afternoon", section.after_noon))
    return ((half, pattern) for half, patterns in listed for pattern in patterns)


def _locale(code: str) -> Iterator[tuple[str, str]]:
    """What the Unicode locale data have: a.m. and p.m. of all languages, mornings and evenings."""
    from babel import Locale
    from babel.localedata import exists

    if not exists(code):
        return
    periods = Locale.parse(code).day_periods.get("format", {})
    for width in ("wide", "abbreviated"):
        for period, name in periods.get(width, {}).items():
            yield _PERIODS[period.rstrip("12")], _word(name)


def _word(name: str) -> str:
    parts = [re.escape(part).replace(r"\.", r"\.?") for part in unicodedata.normalize("NFKC", name).split()]
    # Scripts without spaces write on.
    pattern = r"\s?".join(parts)
    return pattern if _runs_on(name) else rf"{_APART}{pattern}(?![^\W\d_])"


def _runs_on(name: str) -> bool:
    return unicodedata.name(name[0], "").startswith(
        ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
    )


def _offset(behind: str) -> str:
    match = _ZONE.match(behind)
    if match is None:
        return ""
    zone = match["zone"].upper().replace(" ", "")
    if zone in _ZONES:
        return f"{'-' if _ZONES[zone] < 0 else '+'}{abs(_ZONES[zone]):02}:00"
    if zone == "Z":
        return "+00:00"
    hours = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    return f"{hours[1]}{int(hours[2]):02}:{hours[3] or '00'}" if hours and int(hours[2]) <= 14 else ""
