"""Holding the months and days of an English sentence against those of its source."""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.calendars import MONTHS, SHORT_MONTHS
from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.dates import months
from pipeline.text.dates.rewrite import anchor, normalise_dates
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import fold

_EN_MONTHS = "|".join(MONTHS)
# "May" and "March" are words too: a month only beside a day or year, or after a word of time.
_EN_DATE = re.compile(
    rf"\b(?P<m1>{_EN_MONTHS}|(?:{SHORT_MONTHS})(?=\.?\s\d))\b\.?(?:\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:%,]\d"
    rf"|\s?(?:million|billion|percent)))?"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{_EN_MONTHS}|{SHORT_MONTHS})\b"
)
_TIME_WORD = re.compile(
    r"(?:\b(?:in|since|until|till|by|last|this|next|early|late|mid|of|from|to|through|and|between|before|after"
    r"|during)|mid-|-)\s?$",
    re.IGNORECASE,
)
_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"正": 1}
_PAIRED = re.compile(r"(?<![\d./-])(?:(\d{4})[./-]\s?)?(\d{1,2})[./-]\s?(\d{1,2})(?:[./-]\s?(\d{4}))?(?![\d/])")
_DAY_AFTER = re.compile(r"[\w.]{0,6}\s(\d{1,2})(?![\d:.,]|\s?(?:%|\d))")


def _han(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text.startswith("十"):
        return 10 + _HAN.get(text[1:], 0)
    return _HAN.get(text, 0) if len(text) == 1 else 0


@cache
def _numbered(language: str) -> tuple[re.Pattern[str] | None, dict[str, int]]:
    """What writes a month by its number, and the months by the words for their numbers."""
    dates = facts(language).dates
    pattern = re.compile(dates.numbered_month, re.IGNORECASE) if dates.numbered_month else None
    return pattern, {word: month for month, words in dates.month_numbers.items() for word in words}


def _numbers(text: str, words: dict[str, int]) -> set[int]:
    """Of a match of `numbered_month`: figures are read one by one, words together."""
    figures = re.findall(r"\d+", text)
    return {int(figure) for figure in figures} if figures else {words.get(text.lower()) or _han(text)}


@cache
def _days_after(language: str) -> re.Pattern[str] | None:
    """A month by its number, and the days after it: 3月4日至6日."""
    dates = facts(language).dates
    if not dates.month_sign:
        return None
    day, joined = dates.day_sign, "|".join(("[-~–—・,、·]", *map(re.escape, facts(language).numerals.range_words)))
    return re.compile(
        rf"(?<!\d)(\d{{1,2}})\s?{dates.month_sign}\s?"
        rf"(\d{{1,2}}\s?{day}?(?:\s?(?:{joined})\s?\d{{1,2}}(?=\s?{day}){day}?)*)(?={day}|[(（]|(?<={day}))"
    )


@cache
def _days_before(language: str) -> re.Pattern[str]:
    """One to three days before the name of their month: "20.", "1er", "del 10 al 12 de", "с 10 по 15"."""
    dates = facts(language).dates
    ending = rf"(?:\.|º|°{''.join('|' + each for each in dates.day_endings)})?"
    joined = "|".join(("[-–—,]", *map(re.escape, facts(language).numerals.range_words)))
    before = "|".join(dates.before_month) or "(?!)"
    return re.compile(
        rf"(?<![\d:.,/])\d{{1,2}}{ending}(?:(?:\s?(?:{joined})\s?)\d{{1,2}}{ending}){{0,2}}\s?(?:(?:{before})\s?)?$",
        re.IGNORECASE,
    )


@cache
def _month_unsaid(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand for the month of publication, and for the one before or after it."""
    dates = facts(language).dates
    unsaid, beside = (r"\d[/.]\d", *dates.month_unsaid), dates.month_beside or ("(?!)",)
    return re.compile("|".join(unsaid)), re.compile("|".join(beside))


def months_in(text: str, language: str) -> set[int] | None:
    """The months (1 to 12) that a source sentence names in any form; None where its language cannot be read."""
    folded = fold(text)
    numbered, words = _numbered(language)
    named = months.pattern(language)
    if numbered is None and named is None:
        return None
    found: set[int] = set()
    for match in numbered.finditer(folded) if numbered else ():
        found |= _numbers(match[1], words)
    for pattern in (named, months.pattern("en")):
        for match in pattern.finditer(folded) if pattern else ():
            found.add(match.lastindex or 0)
    for match in _PAIRED.finditer(folded):
        first, second = int(match[2]), int(match[3])
        if match[1]:
            found.add(first)
        elif facts(language).dates.day_first:
            found.add(second)
        else:
            found |= {first, second}
    return {month for month in found if 1 <= month <= 12}


def _days_beside(text: str, language: str, month: int) -> set[int]:
    """Days that the source writes right beside this month, ends of ranges and lists included."""
    folded = fold(text)
    dates = facts(language).dates
    days: set[int] = set()
    after_month = _days_after(language)
    if after_month:
        for match in after_month.finditer(folded):
            if int(match[1]) == month:
                days.update(int(day) for day in re.findall(r"\d{1,2}", match[2]))
        return days
    if dates.day_first:
        for match in _PAIRED.finditer(folded):
            if not match[1] and int(match[3]) == month:
                days.add(int(match[2]))
    numbered, words = _numbered(language)
    named = months.pattern(language)
    found = [match for match in numbered.finditer(folded) if month in _numbers(match[1], words)] if numbered else []
    found += [match for match in named.finditer(folded) if match.lastindex == month] if named else []
    for match in found:
        before = _days_before(language).search(folded, max(0, match.start() - 24), match.start())
        if before:
            days.update(int(day) for day in re.findall(r"\d{1,2}", before[0]))
        elif not dates.no_day_after_month:
            after = _DAY_AFTER.match(folded, match.end())
            days.update({int(after[1])} if after else ())
    return {day for day in days if 1 <= day <= 31}


def check_dates(judged: Judged) -> list[Doubt]:
    """Doubts about the months and days of the English.

    A month is doubted when the source does not name it and it is not the month of the article (or the one before or
    after it) standing for a bare day such as 11日; a day when the source writes another one beside that month. Years
    and days that stand nowhere in the source are numbers and belong to `check_numbers`. Languages whose months we
    cannot read are not judged.
    """
    source, language, english, published = judged.source, judged.language, judged.english, judged.published
    if base(language) == "en":
        return []
    dates = [*_EN_DATE.finditer(english)]
    known = months_in(source, language) if dates else None
    if known is None:
        return []
    today = anchor(published)
    normalised = normalise_dates(source, language, published)
    allowed = known | (months_in(normalised, language) or set())
    unsaid, beside_it = _month_unsaid(language)
    if today is not None and unsaid.search(source):
        allowed.add(today.month)
        if beside_it.search(source) or today.day <= 2 or today.day >= 28:
            allowed |= {today.month % 12 + 1, (today.month - 2) % 12 + 1}
    doubts: list[Doubt] = []
    seen: set[str] = set()
    for match in dates:
        name, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        month = next(i + 1 for i, full in enumerate(MONTHS) if full.startswith(name[:3]))
        if day is None and name in ("May", "March", "August") and not _is_month(english, match):
            continue
        if match[0] in seen:
            continue
        seen.add(match[0])
        if month not in allowed:
            doubts.append(Doubt("date-changed", f"“{match[0].strip()}”: the source does not name {MONTHS[month - 1]}"))
        elif day is not None:
            beside = _days_beside(source, language, month) | _days_beside(normalised, language, month)
            if beside and int(day) not in beside:
                doubts.append(Doubt("date-changed", f"“{match[0].strip()}”: the source has day {min(beside)}"))
    return doubts


def _is_month(english: str, match: re.Match[str]) -> bool:
    before, after = english[max(0, match.start() - 12) : match.start()], english[match.end() : match.end() + 6]
    return bool(_TIME_WORD.search(before) or re.match(r",? \d{4}", after))
