"""Writing out the dates of a source sentence that small models get wrong.

Taiwanese copy writes today as 今(4)日 and 2023 as 112年, Vietnamese 20/2, Thai 2568: a model that is not told what
these mean makes up a month or a year. The anchor for what a sentence leaves out is the article's publication date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

from pipeline.language.calendars import BUDDHIST, ERAS, JAPANESE_ERAS, REPUBLIC_OF_CHINA
from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.dates import months
from pipeline.text.numbers.digits import SIDES, fold

_PAREN = r"[(（]"
_CLOSE = r"[)）]"
_DAY = re.compile(
    rf"(?P<when>[今昨明前後后本]){_PAREN}(?P<day>\d{{1,2}})(?:日{_CLOSE}[日天]?|{_CLOSE}[日天])"
    rf"|(?P<long>[今昨明]天|[今昨明本]日){_PAREN}(?P<day2>\d{{1,2}})日?{_CLOSE}"
)
_MONTH_OF = re.compile(rf"(?:今年|本|上(?:個|个)?|下(?:個|个)?|今){_PAREN}(\d{{1,2}})(?:{_CLOSE}月|月{_CLOSE})")
_YEAR = re.compile(rf"[今去明前]{_PAREN}((?:19|20)\d\d){_CLOSE}年|[今去明前]年{_PAREN}((?:19|20)\d\d)年?{_CLOSE}")
_ROC = re.compile(r"(民國|民国)前?\s?(\d{1,3})\s?年|(?<![\d.,])(\d{3})\s?年(?=\s?\d{1,2}\s?月|度)")
_ERA = re.compile(rf"({'|'.join(JAPANESE_ERAS)})\s?(\d{{1,2}}|元)\s?年")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d|/|\.\d)")


_Edit = Callable[[re.Match[str], str], None]


def anchor(published: str | None) -> date | None:
    """The day of an ISO 8601 date or date and time; None where there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _month_of(day: int, today: date) -> int | None:
    """The month that 今(4)日 or 昨(31)日 falls in: that of the day nearest the publication."""
    candidates = []
    for offset in (-1, 0, 1):
        year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
        if _valid(year, month + 1, day):
            candidates.append(date(year, month + 1, day))
    nearest = min(candidates, key=lambda each: abs((each - today).days), default=None)
    # An article is published within days of what it calls today; farther off the anchor is not to be trusted.
    return nearest.month if nearest and abs((nearest - today).days) <= 5 else None


@lru_cache(SIDES)
def normalise_dates(text: str, language: str, published: str | None) -> str:
    """`text` with the dates that small models get wrong written out in its own language.

    今(4)日 becomes 2月4日 (month from `published`, an ISO 8601 date; left alone without it), 去(2025)年 2025年,
    112年9月11日 (zh-Hant) and 令和5年 2023年, พ.ศ. 2568 ค.ศ. 2025, `ngày 20/2` "ngày 20 tháng 2", `tháng 9/2022`
    "tháng 9 năm 2022", and 20/2/2023 or 20.2.2023 a date in words where the language writes the day first.
    A bare 11日 stays. Never raises.
    """
    if base(language) == "en":
        return text
    folded = fold(text)
    edits: list[tuple[int, int, str]] = []

    def edit(match: re.Match[str], new: str) -> None:
        edits.append((match.start(), match.end(), new))

    dates = facts(language).dates
    if facts(language).numerals.han:
        _east_asian(folded, language, anchor(published), edit)
    elif dates.calendar == "buddhist":
        for match in _buddhist_year(language).finditer(folded):
            year = int(match[1] or match[3]) - BUDDHIST
            edit(match, f"{dates.year_word} {year}" if match[2] else f"{dates.common_era} {year}")
    if dates.day_first:
        for match in _NUMERIC.finditer(folded):
            day, month, year = int(match[1]), int(match[3]), int(match[4])
            words = months.written(language, year, month, day) if _valid(year, month, day) else None
            if words:
                edit(match, words)
    if dates.month_word:
        with_year, with_day = _after_words(language)
        for match in with_year.finditer(folded):
            if 1 <= int(match[2]) <= 12:
                edit(match, f"{match[1]}{int(match[2])} {dates.year_word} {match[3]}")
        for match in with_day.finditer(folded):
            if _valid(2024, int(match[4]), int(match[3])):
                edit(match, f"{match[1]}{match[2]}{int(match[3])} {dates.month_word} {int(match[4])}")
    return apply(text, edits)


@cache
def _buddhist_year(language: str) -> re.Pattern[str]:
    dates = facts(language).dates
    return re.compile(rf"(?:{'|'.join(dates.era_words)})\s?(2[45]\d\d)|({dates.year_word})\s?(2[45]\d\d)(?!\d)")


@cache
def _after_words(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Month and year in figures after the word for month; day and month after a word for day."""
    dates = facts(language).dates
    return (
        re.compile(rf"\b({dates.month_word}\s)(\d{{1,2}})[/-](\d{{4}})(?!\d)", re.IGNORECASE),
        re.compile(rf"\b({'|'.join(dates.day_words)})(\s\(?)(\d{{1,2}})[/-](\d{{1,2}})(?![\d/-])", re.IGNORECASE),
    )


def apply(text: str, edits: list[tuple[int, int, str]]) -> str:
    """`text` with (start, end, new) put in; of two that overlap the one that begins first."""
    out: list[str] = []
    end = 0
    for start, stop, new in sorted(edits):
        if start >= end:
            out += [text[end:start], new]
            end = stop
    return "".join([*out, text[end:]])


def _east_asian(folded: str, language: str, today: date | None, edit: _Edit) -> None:
    for match in _YEAR.finditer(folded):
        edit(match, f"{match[1] or match[2]}年")
    for match in _ERA.finditer(folded):
        edit(match, f"{ERAS[match[1]] + (1 if match[2] == '元' else int(match[2]))}年")
    for match in _ROC.finditer(folded):
        year = int(match[2] or match[3])
        if "前" in match[0] or year == 0:
            continue
        if match[1] or (language.startswith("zh-Hant") and 80 <= year <= 150):
            edit(match, f"{year + REPUBLIC_OF_CHINA}年")
    for match in _MONTH_OF.finditer(folded):
        if 1 <= int(match[1]) <= 12:
            edit(match, f"{int(match[1])}月")
    if today is None:
        return
    for match in _DAY.finditer(folded):
        day = int(match["day"] or match["day2"])
        month = _month_of(day, today)
        if month:
            edit(match, f"{month}月{day}日")
