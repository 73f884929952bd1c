"""Holding the numbers of an English sentence against those of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.language.facts import facts
from pipeline.text.dates.rewrite import normalise_dates
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import Quantity, plain, ready, universal_times
from pipeline.text.numbers.english import implied, largest_scale
from pipeline.text.numbers.read import numbers_in
from pipeline.text.numbers.spelled import is_read
from pipeline.text.numbers.supplied import supplied

_PERCENT_SIGNS = re.compile("[%‰]")
_LONG_CODE = 7
_SQUARED = re.compile(r"(?:[kcm]?m|mi|ft|CO|H)(?:<su[pb]>)?$")
# The number of a disease: English may call it the coronavirus.
_DISEASE = re.compile(r"(?:covid|ковид|ковід|كوفيد|कोविड|โควิด|コロナ|코로나)[\s-]*\Z", re.IGNORECASE)
_HALF_DAYS = (12, 24)
_HOURS_AFTER = re.compile(r"(?: |-)hours?\b")


def _stated_as(quantity: Quantity, supplied: set[Decimal]) -> bool:
    return not quantity.readings.isdisjoint(supplied) or any(
        abs(reading - value) < Decimal("1e-9")
        for reading in quantity.readings
        if reading < 1
        for value in supplied
        if value < 1
    )


def _lasting(quantities: Iterable[Quantity], allowed: set[Decimal]) -> set[Decimal]:
    """What may stand before "hours": a time that passes, not the hour of the day that 24時 may be."""
    hours = {other for one in quantities for other in one.alternatives if abs(other - one.value) in _HALF_DAYS}
    return allowed - hours | {one.value for one in quantities}


def _unread_words(source: str, quantity: Quantity, language: str, allowed: set[Decimal]) -> bool:
    """Whether the source may spell this number in words that we cannot read: then nothing is held against it."""
    numerals, read = facts(language).numerals, is_read(language)
    if quantity.scaled:
        scale = largest_scale(quantity.value)
        if read and scale in allowed and quantity.value / scale in allowed:
            return True  # "two to three million", "50 and more million"
    if read and not numerals.read_well and quantity.value <= 2:
        return True  # a dual, a prefix, "both"
    if quantity.value % 10 == 0 and 1100 <= quantity.value <= 2020 and read:
        # the 1830s, where the source has "the thirties of the nineteenth century"; the 1800s
        return quantity.value % 100 in allowed and quantity.value // 100 + 1 in allowed
    if numerals.read_well or read:
        return False
    if quantity.scaled:
        lowered = source.lower()
        scales = facts(language).scales.factor_of
        return not scales or any(factor == scale and word.lower() in lowered for word, factor in scales.items())
    decade = quantity.value % 10 == 0 and 1800 <= quantity.value <= 2020
    return quantity.style == "words" or decade or quantity.kind == "ordinal" or quantity.value <= 20


def _in_name(english: str, quantity: Quantity) -> bool:
    """A number word with a capital inside a sentence belongs to a name: Six Flags, Third Class."""
    before = english[: quantity.start].rstrip(" ")
    return (
        quantity.style == "words"
        and english[quantity.start : quantity.start + 1].isupper()
        and bool(before)
        and (before[-1].isalnum() or before[-1] == ",")
    )


def check_numbers(judged: Judged) -> list[Doubt]:
    """Doubts about the numbers of the English.

    "number-invented" for a number in the English that the source does not state, wrong scales included; "number-lost"
    for one of the source that the English does not show. The numbers of dates with their year filled in count as
    stated too. Order, repetition and spelling (`2nd`, "second", 第二) are free.
    A small number in words may be dropped, and "one", "two" and "second" added. Never raises.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    quantities = numbers_in(source, source_language)
    folded_source, folded = ready(source), ready(english)
    allowed = supplied(source, folded_source, quantities, source_language)
    dated = normalise_dates(source, source_language, judged.published)
    if dated != source:
        allowed |= supplied(dated, ready(dated), numbers_in(dated, source_language), source_language)
    percent_words = facts(source_language).percent.words
    has_percent = (
        bool(_PERCENT_SIGNS.search(folded_source))
        or any(quantity.kind == "percent" for quantity in quantities)
        or not percent_words
        or bool(re.search("|".join(percent_words), source, re.IGNORECASE))
    )
    lasting = _lasting(quantities, allowed) if _HOURS_AFTER.search(folded) else allowed
    doubts: list[Doubt] = []
    shown = implied(folded) | universal_times(folded)
    seen: set[str] = set()
    numbers = numbers_in(english, "en")
    for quantity in numbers:
        shown |= quantity.readings
        if not quantity.certain or quantity.text in seen:
            continue
        seen.add(quantity.text)
        if not _stated_as(quantity, lasting if _HOURS_AFTER.match(folded, quantity.end) else allowed):
            if quantity.kind == "identifier" and _identifier_in(quantity, folded_source, allowed):
                continue
            if not _unread_words(source, quantity, source_language, allowed) and not _in_name(english, quantity):
                doubts.append(Doubt("number-invented", f"“{_quote(quantity)}” is not in the source"))
        elif quantity.kind == "percent" and not has_percent:
            doubts.append(Doubt("number-invented", f"“{_quote(quantity)}” is no percentage in the source"))
    lost: set[str] = set()
    for quantity in quantities:
        if (
            not quantity.certain
            or (quantity.value <= 1 and quantity.value % 1 == 0)
            or _SQUARED.search(folded_source[max(0, quantity.start - 8) : quantity.start])
            or _DISEASE.search(folded_source[max(0, quantity.start - 8) : quantity.start])
            or quantity.text in lost
            or _is_code(quantity)
        ):
            continue
        if not _stated_as(quantity, shown) and not _fraction_part(quantity, folded_source, shown):
            lost.add(quantity.text)
            value = "" if quantity.text == plain(quantity.value) else f" ({plain(quantity.value)})"
            doubts.append(Doubt("number-lost", f"“{quantity.text}”{value} is missing from the English"))
    return doubts


def _quote(quantity: Quantity) -> str:
    return quantity.text + ("%" if quantity.kind == "percent" else "")


def _is_code(quantity: Quantity) -> bool:
    """A long run of digits without marks: the number of an agency's copy, of a case, of a telephone, which no reader
    misses. Amounts of that size are grouped or have a scale."""
    return len(quantity.text) >= _LONG_CODE and quantity.text.isdigit() and not quantity.scaled


def _identifier_in(quantity: Quantity, folded_source: str, allowed: set[Decimal]) -> bool:
    runs = set(re.findall(r"\d+", folded_source))
    return quantity.text in runs or quantity.value in allowed


def _fraction_part(quantity: Quantity, folded_source: str, shown: set[Decimal]) -> bool:
    """Whether the number is half of a fraction that the English shows as a whole ("two-thirds", 67%, "half")."""
    after, before = (
        folded_source[quantity.end : quantity.end + 2],
        folded_source[max(0, quantity.start - 2) : quantity.start],
    )
    if (
        after in ("分之", "分の")
        or before in ("分之", "分の")
        or after[:1] == "/"
        or before[-1:] == "/"
        or "분의" in after
    ):
        return any(value < 1 for value in shown if value)
    return False
