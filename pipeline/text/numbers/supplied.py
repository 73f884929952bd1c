"""Every value that a source sentence gives its translation leave to state, beyond the numbers it writes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.numbers.digits import Quantity, universal_times
from pipeline.text.numbers.english import roman, spelled
from pipeline.text.numbers.read import numbers_in
from pipeline.text.numbers.spelled import spelled_values

_ROMAN = re.compile(r"(?<![^\W\d_])([IVX]{1,6})(?:e|er|ème)?(?![^\W\d_])")
_FRACTION = re.compile("分之|分の")
_SLASHED = re.compile(r"(?<!\d)([1-9])/([2-9])(?!\d)")
_HAN = "〇一二三四五六七八九"
_HAN_VALUES = {c: i for i, c in enumerate(_HAN)} | {"兩": 2, "两": 2} | {str(i): i for i in range(10)}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_DISCOUNT = re.compile(rf"([1-9{_HAN[1:]}])([1-9{_HAN[1:]}])?折")
_PER_MILLE = re.compile("千分之|千分の|‰")
_PLAN = re.compile("十([一二三四五])五")
_AND_A_HALF = re.compile(rf"(\d{{1,4}}|[{_HAN[1:]}兩两十])(?:[個个]|[^\W\d_]{{1,3}})?半")
_RANGE = re.compile(rf"([{_HAN[1:]}兩两])([{_HAN[1:]}])(?=[年月天日個个人名次十百千万萬亿億歲岁])")
_VAGUE = re.compile(
    "(?<![十百千万萬亿億])(?:([十百千万萬亿億]{1,3}+)[多餘余來来幾几数數]|(?<=[破逾近超過过達达約约上])([百千万萬亿億]{1,3}+))"
)
_MONEY_PARTS = re.compile(r"(\d{1,6})[块塊元](\d)(?![\d.])")
_SHORT_NAME = re.compile(r"[A-Za-z][A-Za-z.-]{0,9}\d[\w-]{0,15}")


def supplied(source: str, folded: str, quantities: Iterable[Quantity], language: str) -> set[Decimal]:
    """Values of the `quantities` of `source` in every reading, and those it states in words, fractions or names.

    `folded` is `source` folded and without links.
    """
    code = base(language)
    values: set[Decimal] = set()
    for quantity in quantities:
        values |= quantity.readings
        if quantity.kind == "identifier":
            values.update(Decimal(run) for run in re.findall(r"\d{1,20}", quantity.text))
    for match in _SHORT_NAME.finditer(folded):
        values.update(Decimal(run) for run in re.findall(r"\d{1,20}", match[0]))
    values |= universal_times(folded)
    for match in _ROMAN.finditer(source):
        values.add(Decimal(roman(match[1])))
    if code != "en":
        values |= spelled(folded)
    if facts(language).numerals.han:
        values |= _east_asian(folded, language)
    else:
        values |= spelled_values(folded, language)
        if any(
            part in folded for part in facts(language).numerals.century_in
        ):  # nittonhundratalet and 1800-tallet are the twentieth and 19th century
            values |= {value + 1 for value in values if 9 < value < 21}
            values |= {value / 100 + 1 for value in values if value % 100 == 0 and value < 2100}
        values |= {Decimal(above) / Decimal(below) for above, below in _SLASHED.findall(folded)}
    lowered = folded.lower()
    values.update(value for word, value in _implied(language) if word in lowered)
    return values


@cache
def _implied(language: str) -> tuple[tuple[str, Decimal], ...]:
    listed = facts(language).numerals.implied
    return tuple((word, Decimal(value)) for value, words in listed.items() for word in words)


def _east_asian(folded: str, language: str) -> set[Decimal]:
    values: set[Decimal] = set()
    for match in _FRACTION.finditer(folded):  # 三分之二 and 3分の2 put the denominator first
        below = numbers_in(folded[max(0, match.start() - 6) : match.start()], language)
        above = numbers_in(folded[match.end() : match.end() + 8], language)
        if below and above and below[-1].value:
            values.add(above[0].value / below[-1].value)
            if _PER_MILLE.search(folded):
                values.add(above[0].value / 10)
    for match in _DISCOUNT.finditer(folded):  # 八折 is 20 % off
        paid = Decimal(_HAN_VALUES[match[1]] * 10 + (_HAN_VALUES[match[2]] if match[2] else 0))
        values |= {paid, 100 - paid}
    for match in _PLAN.finditer(folded):  # 十四五, the fourteenth five-year plan
        values |= {Decimal(10 + _HAN_VALUES[match[1]]), Decimal(5)}
    for match in _AND_A_HALF.finditer(folded):
        whole = Decimal(match[1]) if match[1].isdigit() else Decimal(_HAN_VALUES.get(match[1], 10))
        values |= {whole + Decimal("0.5"), Decimal(30)}
    if "半" in folded:
        values |= {Decimal("0.5"), Decimal(30)}
    for match in _RANGE.finditer(folded):  # 三五年, three to five years
        values |= {Decimal(_HAN_VALUES[match[1]]), Decimal(_HAN_VALUES[match[2]])}
    for match in _VAGUE.finditer(folded):  # 十幾萬, 逾億: more than a hundred thousand, than a hundred million
        factor = 1
        for character in match[1] or match[2]:
            factor = min(factor * _SCALES[character], 10**18)
        rest = folded[match.end() : match.end() + 1]
        values |= {Decimal(factor), Decimal(factor * _SCALES.get(rest, 1))}
    for match in _MONEY_PARTS.finditer(folded):  # 6块5
        values.add(Decimal(f"{match[1]}.{match[2]}"))
    return values
