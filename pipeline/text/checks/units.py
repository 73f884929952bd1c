"""Units of measure: 500 kilograms must not come out as 500 tonnes, nor 3 percentage points as 3 percent.

A unit is doubted only where the source writes the same number beside another unit that we know; nothing is converted
and what is not listed is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.language.quantities import Unit
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import Quantity, ready
from pipeline.text.numbers.read import numbers_in

_ENGLISH: dict[Unit, str] = {
    "second": r"seconds?\b", "minute": r"min(?:ute)?s?\b", "hour": r"(?:hours?|hrs?)\b", "day": r"days?\b",
    "week": r"weeks?\b", "month": r"months?\b", "year": r"years?\b",
    "millimetre": r"(?:millimet(?:re|er)s?|mm)\b", "centimetre": r"(?:centimet(?:re|er)s?|cm)\b",
    "metre": r"(?:met(?:re|er)s?|m)\b(?![²³2-9/]|illion)",
    "kilometre": r"(?:kilomet(?:re|er)s?|kms?)\b", "mile": r"(?:miles?|mi|mph)\b",
    "foot": r"(?:feet|foot|ft)\b", "hectare": r"(?:hectares?|ha)\b", "acre": r"acres?\b",
    "gram": r"(?:grams?|grammes?|g)\b", "kilogram": r"(?:kilogram(?:me)?s?|kilos?|kg)\b",
    "tonne": r"(?:metric )?(?:tonnes?|tons?|t)\b", "litre": r"(?:lit(?:re|er)s?|l)\b",
    "ping": r"(?:pings?|tsubo|pyeong)\b", "catty": r"(?:jin|catt(?:y|ies)|geun)\b", "mu": r"mu\b",
    "celsius": r"(?:degrees? Celsius|degrees? C\b|° ?C\b|℃)", "fahrenheit": r"(?:degrees? Fahrenheit|° ?F\b|℉)",
    "megawatt": r"(?:megawatts?|MW)\b", "gigawatt": r"(?:gigawatts?|GW)\b", "kilowatt": r"(?:kilowatts?|kW)\b",
}  # fmt: skip
_END = "(?![A-Za-zÀ-ɏ])"
_SYMBOLS: dict[Unit, str] = {
    "millimetre": f"mm{_END}|㎜", "centimetre": f"cm{_END}|㎝", "metre": "m(?![A-Za-zÀ-ɏ²³2-9/.])",
    "kilometre": f"km{_END}|㎞", "mile": f"mph{_END}", "foot": f"ft{_END}", "hectare": f"ha{_END}", "gram": f"g{_END}",
    "kilogram": f"kg{_END}|㎏", "tonne": f"t{_END}", "litre": "[lL](?![A-Za-zÀ-ɏ.])", "celsius": "° ?C|℃",
    "fahrenheit": "° ?F|℉", "megawatt": f"MW{_END}", "gigawatt": f"GW{_END}", "kilowatt": f"kW{_END}",
}  # fmt: skip
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0]$")
_COUNTED = re.compile(r"[- \u00a0]?(?:(?:long|full|whole|more|additional|consecutive|straight) )?")


@cache
def _source_units(language: str) -> tuple[tuple[Unit, re.Pattern[str]], ...]:
    """Every unit of a language with what it is written by, longer words first; empty where none are listed."""
    units, writing = facts(language).units, facts(language).writing
    if not units.words:
        return ()
    patterns = [(unit, re.compile(pattern)) for unit, pattern in (*units.patterns.items(), *_SYMBOLS.items())]
    forms = [(form, unit) for unit, listed in units.words.items() for form in listed]
    for form, unit in sorted(forms, key=lambda item: len(item[0]), reverse=True):
        edge = r"(?![^\W\d_])" if len(form) <= 2 and not writing.no_word_edge else ""
        patterns.append((unit, re.compile(re.escape(form) + edge, re.IGNORECASE)))
    return tuple(patterns)


@cache
def _english_percent() -> re.Pattern[str]:
    words = "|".join(facts("en").percent.words)
    return re.compile(rf"%|\b(?:{words}|percentage|pct|points?|(?:in|out of|of every) (?:\d+|ten|a hundred))\b")


@cache
def _points(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows a number of percentage points for certain, and what may only be points of another kind."""
    percent = facts(language).percent
    points, or_points = ("|".join(words) or "(?!)" for words in (percent.points, percent.or_points))
    return re.compile(rf"\s?(?:{points})", re.IGNORECASE), re.compile(rf"\s?(?:{or_points})")


@cache
def _not_a_unit(language: str) -> re.Pattern[str] | None:
    none_of = facts(language).units.none_of
    return re.compile("|".join(none_of)) if none_of else None


def _unit_beside(folded: str, quantity: Quantity, language: str) -> str:
    """The unit that the source writes right beside a number; "" where it writes none that we know."""
    if facts(language).units.before_number:
        before = _WORD_BEFORE.search(folded, max(0, quantity.start - 24), quantity.start)
        found = before and _unit_at(before[1], language)
        if found:
            return found
    rest = folded[quantity.end : quantity.end + 24].lstrip(" \u00a0\u202f-")
    if linker := facts(language).numerals.linker:
        rest = rest.removeprefix(f"{linker} ")
    not_unit = _not_a_unit(language)
    if not_unit and not_unit.match(rest):
        return ""
    return _unit_at(rest, language)


def _unit_at(text: str, language: str) -> str:
    return next((unit for unit, pattern in _source_units(language) if pattern.match(text)), "")


def _english_unit(folded: str, end: int) -> str | None:
    counted = _COUNTED.match(folded, end)
    start = counted.end() if counted else end
    return next((unit for unit, pattern in _EN_PATTERNS if pattern.match(folded, start)), None)


_EN_PATTERNS = tuple((unit, re.compile(pattern)) for unit, pattern in _ENGLISH.items())


def check_units(judged: Judged) -> list[Doubt]:
    """Doubts "unit-changed": a number of `english` with another unit than in the source, or without its percent sign.

    Never raises; languages whose units are not listed are judged by symbols and percentages only.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    if base(source_language) == "en":
        return []
    folded_source, folded = ready(source), ready(english)
    quantities, stated = numbers_in(source, source_language), numbers_in(english, "en")
    return [
        *_percentages(folded_source, quantities, folded, stated, source_language),
        *_measures(folded_source, quantities, folded, stated, source_language),
    ]


def _measures(
    folded_source: str, quantities: Iterable[Quantity], folded: str, stated: Iterable[Quantity], language: str
) -> list[Doubt]:
    if not _source_units(language):
        return []
    units: dict[Decimal, set[str]] = {}
    for quantity in quantities:
        written = _unit_beside(folded_source, quantity, language)
        for reading in quantity.readings:
            units.setdefault(reading, set()).add(written)
    doubts = []
    for quantity in stated:
        unit = _english_unit(folded, quantity.end)
        known = units.get(quantity.value)
        # an unknown unit beside the number, or a calendar year, is no ground for doubt
        if unit and known and "" not in known and unit not in known:
            said = folded[quantity.start : quantity.end + 12].strip()
            doubts.append(Doubt("unit-changed", f"“{said}”: the source has {' or '.join(sorted(known))}"))
    return doubts


def _percentages(
    folded_source: str, quantities: Iterable[Quantity], folded: str, stated: Sequence[Quantity], language: str
) -> list[Doubt]:
    points, or_points = _points(language)
    doubts = []
    for quantity in quantities:
        if quantity.kind != "percent" or not quantity.certain:
            continue
        same = [other for other in stated if quantity.value in other.readings]
        if not same:
            continue
        in_points = points.match(folded_source, quantity.end)
        if in_points and all(other.kind == "percent" and not _is_points(folded, other) for other in same):
            doubts.append(Doubt("unit-changed", f"“{same[0].text}” percent: the source has percentage points"))
        elif (
            not or_points.match(folded_source, quantity.end)
            and not any(
                other.kind == "percent" or _english_percent().search(folded, other.end, other.end + 40)
                for other in same
            )
            and not re.search(r"\b(?:per ?cent|half|third|quarter|fifth|tenth)", folded)
        ):
            doubts.append(Doubt("unit-changed", f"“{same[0].text}”: the source has {quantity.text} percent"))
    return doubts


def _is_points(folded: str, quantity: Quantity) -> bool:
    rest = folded[quantity.end : quantity.end + 40]
    return bool(re.search(r"\b(?:points?|pts?|pp)\b", rest))
