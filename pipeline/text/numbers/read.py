"""Reading every number that a text states, whatever its language.

The forms of each family of languages live in `cjk`, `korean`, `spaced` and `english`;
what applies across them (ranges, clock times, two-digit years, names with digits) is added here.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.language.calendars import BUDDHIST, SOLAR_HIJRI
from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.numbers import cjk, english, korean, spaced
from pipeline.text.numbers.digits import SIDES, Quantity, read_digits, ready

_MONEY_CODE = "USD?|NTD?|HKD?|EUR|GBP|RMB|CNY|JPY|KRW|VND|THB|INR|IDR|Rp|RM|Rs|CHF|AUD|CAD|SGD|PHP|[KTU]?[Ss]hs?"
IDENTIFIER = re.compile(
    rf"(?<![A-Za-z0-9$])(?!(?:{_MONEY_CODE}|No|Art)[. ]?\d)"
    r"[A-Za-z][A-Za-z.]{0,15}(?:[-‐‑–]?\d[A-Za-z0-9]{0,15}){1,4}"
)
_HOUR_AFTER = r"h\b|h\d\d|:\d\d"
# 9.30 a.m., 9.30'.
_HALF_OR_MINUTES = re.compile(r"\s?(?:'|[ap]\.m)")
_DOTTED_TIME = re.compile(r"[012]?\d\.[0-5]\d")


@lru_cache(SIDES)
def numbers_in(text: str, language: str) -> tuple[Quantity, ...]:
    """Every number that `text` states, in order; `language` is a BCP 47 code.

    Never raises. Numbers in URLs and e-mail addresses are left out; letters-and-digits names (MH370, F-16) come as
    kind "identifier" with their digits. A vague number (數萬, hàng triệu, "tens of thousands") is not a number.
    """
    folded = ready(text)
    names = offsets(IDENTIFIER, folded)
    code = base(language)
    if code == "en":
        found = english.stated(folded)
    elif facts(language).numerals.han:
        found = [item.quantity for item in cjk.find(folded, language)]
        found += [quantity for quantity in english.stated(folded) if quantity.scaled and quantity.style == "digits"]
    else:
        found = [_extend(item.quantity, folded, code) for item in spaced.find(folded, language)]
        if code == "ko":
            found += korean.find(folded)
    if code != "en":
        found = spread_ranges(found, folded, language)
    found = [_named(quantity, names) for quantity in found]
    return tuple(sorted(found, key=lambda quantity: (quantity.start, quantity.end)))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a figure of one language and changes how it may be read; None where nothing is known to."""

    hour_before: re.Pattern[str] | None
    hour_after: re.Pattern[str]
    decade_after: re.Pattern[str] | None
    century_after: re.Pattern[str] | None
    range_gap: re.Pattern[str]


@cache
def _beside(language: str) -> _Beside:
    halves, numerals = facts(language).day_halves, facts(language).numerals

    def compiled(form: str, words: tuple[str, ...]) -> re.Pattern[str] | None:
        return re.compile(form.format("|".join(words)), re.IGNORECASE) if words else None

    return _Beside(
        compiled(r"(?:{})\s?$", halves.hour_before),
        re.compile(rf"\s?(?:{'|'.join((_HOUR_AFTER, *halves.hour_after))})"),
        compiled(r"\s?(?:{})", numerals.decade_after),
        compiled(r"-?\s?(?:{})", numerals.century_after),
        re.compile(rf"\s?(?:{'|'.join(('[-–—~]', *map(re.escape, numerals.range_words)))})\s?", re.IGNORECASE),
    )


def offsets(pattern: re.Pattern[str], text: str) -> frozenset[int]:
    """Every offset of `text` inside a match of `pattern`."""
    return frozenset(i for match in pattern.finditer(text) for i in range(*match.span()))


def _named(quantity: Quantity, names: frozenset[int]) -> Quantity:
    return replace(quantity, kind="identifier") if quantity.start in names else quantity


def _extend(quantity: Quantity, folded: str, code: str) -> Quantity:
    """Other readings of a plain number: clock times, two-digit years, decades, the Buddhist era, 할."""
    value, readings = quantity.value, set(quantity.alternatives)
    after = folded[quantity.end : quantity.end + 12]
    before = folded[max(0, quantity.start - 6) : quantity.start]
    beside = _beside(code)
    is_figure = quantity.style == "digits" and not quantity.scaled
    if is_figure and _DOTTED_TIME.fullmatch(quantity.text):
        earlier = folded[max(0, quantity.start - 14) : quantity.start]
        is_hour = beside.hour_after.match(folded, quantity.end) or _HALF_OR_MINUTES.match(folded, quantity.end)
        if is_hour or (beside.hour_before and beside.hour_before.search(earlier)):
            hour = value // 1
            readings |= {hour, value % 1 * 100, hour + 12 if hour <= 12 else hour - 12}  # 09.30 is half past nine
    elif is_figure and value == value.to_integral_value():
        if value <= 24 and (beside.hour_after.match(after) or re.search(r"\d[h:.]$", before)):
            readings |= {value + 12, value - 12} if value <= 12 else {value - 12}
        if value < 100 and (
            (beside.decade_after and beside.decade_after.match(after)) or re.search(r"['’]$|\d{4}[/–-]$", before)
        ):
            readings |= {1900 + value, 2000 + value}
        if value % 100 == 0 and beside.century_after and beside.century_after.match(after):
            readings.add(value / 100 + 1)  # 1800-talet is the 19th century
        calendar = facts(code).dates.calendar
        if calendar == "buddhist" and 2400 <= value <= 2600:
            readings.add(value - BUDDHIST)
        if calendar == "solar hijri" and 1300 <= value <= 1420:
            readings |= {value + SOLAR_HIJRI, value + SOLAR_HIJRI + 1}  # the year begins in March
        if code == "ko" and re.match(r"할(?!\s?(?:인|수|당|것))", after) and value <= 10:
            return replace(quantity, value=value * 10, kind="percent", end=quantity.end + 1)
    if facts(code).day_halves.from_six and not quantity.scaled and 1 <= value < 13 and beside.hour_before:
        hour = value // 1 + 6
        if beside.hour_before.search(folded[max(0, quantity.start - 14) : quantity.start]):
            readings |= {hour, hour - 12, (hour + 12) % 24}
    alternatives = frozenset(reading for reading in readings if reading >= 0)
    return quantity if alternatives == quantity.alternatives else replace(quantity, alternatives=alternatives)


def spread_ranges(found: list[Quantity], folded: str, language: str) -> list[Quantity]:
    """3~5萬 and 3,5-4 triệu: the scale and the percent sign of the upper end are also the lower end's."""
    out = sorted(found, key=lambda quantity: (quantity.start, quantity.end))
    if facts(language).scales.before_number:
        return _spread_from_the_left(out, folded, language)
    for i, (left, right) in enumerate(itertools.pairwise(out)):
        if not _is_range(folded[left.end : right.start], language):
            continue
        if right.scaled and not left.scaled and right.value:
            digits = re.match(r"\d+(?:[.,]\d+)*", right.text)
            read = (
                read_digits(digits[0], language) if digits else (right.value / english.largest_scale(right.value), None)
            )
            if read and read[0]:
                left = replace(left, alternatives=left.alternatives | {left.value * (right.value / read[0])})
        if right.kind == "percent" and left.kind == "number":
            left = replace(left, kind="percent")
        out[i] = left
    return out


def _is_range(gap: str, language: str) -> bool:
    return len(gap) <= 9 and bool(_beside(language).range_gap.fullmatch(gap) or gap in ("、", ",", ", "))


def _spread_from_the_left(found: list[Quantity], folded: str, language: str) -> list[Quantity]:
    """milioni 3 hadi 5, asilimia 3-5: what stands before the lower end is also the upper end's."""
    out = found[:1]
    for right in found[1:]:
        left = out[-1]
        if _is_range(folded[left.end : right.start], language):
            if left.scaled and not right.scaled:
                scale = english.largest_scale(left.value)
                right = replace(right, alternatives=right.alternatives | {right.value * scale})
            if left.kind == "percent" and right.kind == "number":
                right = replace(right, kind="percent")
        out.append(right)
    return out
