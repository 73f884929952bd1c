"""Holding the numbers of an English sentence against those of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.text.doubts import Doubt
from pipeline.text.numbers.digits import Quantity, base, blank_links, fold, plain
from pipeline.text.numbers.english import implied, largest_scale, roman, stated
from pipeline.text.numbers.read import numbers_in
from pipeline.text.numbers.words import PERCENT, SCALES, SPELLED

_TIMES_LANGUAGES = frozenset({"zh", "ja", "yue"})
_PAIRS = re.compile("双|雙|両|两|兩|半|季|首|初|单|單|零")
_PAIR_VALUES = {"双": 2, "雙": 2, "両": 2, "两": 2, "兩": 2, "季": 4, "首": 1, "初": 1, "单": 1, "單": 1, "零": 0}
_PERCENT_SIGNS = re.compile("%|‰|百分|成|割|個百|分の")
_ROMAN = re.compile(r"(?<![^\W\d_])([IVX]{1,6})(?:e|er|ème)?(?![^\W\d_])")
_LONG_CODE = 7
_SQUARED = re.compile(r"(?:[kcm]?m|mi|ft|CO|H)(?:<su[pb]>)?$")


def _supplied(source: str, folded: str, quantities: Iterable[Quantity], language: str) -> set[Decimal]:
    """Every value that the source gives leave to state."""
    values: set[Decimal] = set()
    for quantity in quantities:
        values |= quantity.readings
        if quantity.kind == "identifier":
            values.update(Decimal(run) for run in re.findall(r"\d{1,20}", quantity.text))
    for match in re.finditer(r"[A-Za-z][A-Za-z.-]{0,9}\d[\w-]{0,15}", folded):
        values.update(Decimal(run) for run in re.findall(r"\d{1,20}", match[0]))
    for match in _ROMAN.finditer(source):
        values.add(Decimal(roman(match[1])))
    if base(language) != "en":
        # English names inside the source ("Six Days in Fallujah") are copied
        values.update(quantity.value for quantity in stated(folded) if quantity.style == "words")
    if base(language) in _TIMES_LANGUAGES:
        values.update(Decimal(_PAIR_VALUES[c]) for c in _PAIRS.findall(source) if c in _PAIR_VALUES)
        values |= _fractions(folded, language)
    else:
        values |= {Decimal(f) / Decimal(g) for f, g in re.findall(r"(?<!\d)([1-9])/([2-9])(?!\d)", folded)}
    return values


def _fractions(folded: str, language: str) -> set[Decimal]:
    """三分之二 and 3分の2 put the denominator first."""
    values: set[Decimal] = set()
    for match in re.finditer("分之|分の", folded):
        below = numbers_in(folded[max(0, match.start() - 6) : match.start()], language)
        above = numbers_in(folded[match.end() : match.end() + 8], language)
        if below and above and below[-1].value:
            values.add(above[0].value / below[-1].value)
    return values


def _stated_as(quantity: Quantity, supplied: set[Decimal]) -> bool:
    return not quantity.readings.isdisjoint(supplied) or any(
        abs(reading - value) < Decimal("1e-9")
        for reading in quantity.readings
        if reading < 1
        for value in supplied
        if value < 1
    )


def _unread_words(source: str, quantity: Quantity, language: str) -> bool:
    """Whether the source may spell this number in words that we cannot read: then nothing is held against it."""
    code = base(language)
    if code in SPELLED:
        return False
    if quantity.scaled:
        lowered, scale = source.lower(), largest_scale(quantity.value)
        scales = SCALES.get(code)
        return scales is None or any(factor == scale and word.lower() in lowered for word, factor in scales.items())
    decade = quantity.value % 10 == 0 and 1800 <= quantity.value <= 2020
    return quantity.style == "words" or decade or quantity.kind == "ordinal" or quantity.value <= 20


def check_numbers(source: str, source_language: str, english: str, *, also: Iterable[str] = ()) -> list[Doubt]:
    """Doubts about the numbers of `english`, a translation of one sentence `source`.

    "number-invented" for a number in the English that the source does not state, wrong scales included; "number-lost"
    for one of the source that the English does not show. `also` are rewritten forms of the source whose numbers count
    as stated too (dates with their year filled in). Order, repetition and spelling (`2nd`, "second", 第二) are free.
    A small number in words may be dropped, and "one", "two" and "second" added. Never raises.
    """
    quantities = numbers_in(source, source_language)
    folded_source, folded = blank_links(fold(source)), blank_links(fold(english))
    allowed = _supplied(source, folded_source, quantities, source_language)
    for text in also:
        allowed |= _supplied(text, blank_links(fold(text)), numbers_in(text, source_language), source_language)
    percent_word = PERCENT.get(base(source_language))
    has_percent = (
        bool(_PERCENT_SIGNS.search(folded_source))
        or any(quantity.kind == "percent" for quantity in quantities)
        or (percent_word is None and base(source_language) not in _TIMES_LANGUAGES)
        or bool(percent_word and re.search(percent_word, source, re.IGNORECASE))
    )
    doubts: list[Doubt] = []
    shown = implied(folded)
    seen: set[str] = set()
    numbers = numbers_in(english, "en")
    for quantity in numbers:
        shown |= quantity.readings
        if not quantity.certain or quantity.text in seen:
            continue
        seen.add(quantity.text)
        if not _stated_as(quantity, allowed):
            if quantity.kind == "identifier" and _identifier_in(quantity, folded_source, allowed):
                continue
            if not _unread_words(source, quantity, source_language):
                doubts.append(Doubt("number-invented", f"“{_quote(quantity)}” is not in the source"))
        elif quantity.kind == "percent" and not has_percent:
            doubts.append(Doubt("number-invented", f"“{_quote(quantity)}” is no percentage in the source"))
    lost: set[str] = set()
    for quantity in quantities:
        if (
            not quantity.certain
            or (quantity.value <= 1 and quantity.value % 1 == 0)
            or _SQUARED.search(folded_source[max(0, quantity.start - 8) : quantity.start])
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
    """A run of digits such as the 1120911 that closes an agency's copy; no reader misses it."""
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
