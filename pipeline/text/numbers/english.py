"""Numbers that an English sentence states, and those it merely implies ("August", "a decade", "twice")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.language.calendars import DAYS, MONTHS, SHORT_MONTHS
from pipeline.language.facts import facts
from pipeline.text.numbers import spaced
from pipeline.text.numbers.digits import FIGURE, SIDES, Quantity

# Words that carry a number of the source without stating one; a source may show any of the values.
_IMPLIED_BY_VALUE = {
    "0": "zero no none undecided midnight",
    "0.25": "quarter quarters quarterly",
    "0.5": "half halved halves",
    "1": "once first firstly one a an another the single sole yearly annual each every per whole week year month"
    " day century",
    "2": "two second secondly twice both double doubled doubles doubling twofold pair couple twin dual duo bilateral"
    " semi half halved halves fortnight weekend",
    "3": "triple tripled threefold trilateral tripartite tri trio trilogy triangle triad thrice thirdly",
    "4": "quadruple quadrupled quadrilateral fourfold quarter quarters quarterly quartet quartile",
    "5": "fivefold quintet",
    "7": "week weeks",
    "8": "octagon",
    "10": "decade decades tenfold teens",
    "12": "dozen noon midnight year",
    "14": "fortnight",
    "24": "midnight day",
    "25": "quarter",
    "30": "half month",
    "50": "half halved",
    "100": "century centuries centenary centennial hundreds per fully all whole unanimous completely",
    "200": "bicentennial",
    "1000": "thousands",
    "1000000": "millions",
    "1000000000": "billions",
}
_IMPLIED: dict[str, set[Decimal]] = {}
for _value, _line in _IMPLIED_BY_VALUE.items():
    for _name in _line.lower().split():
        _IMPLIED.setdefault(_name, set()).add(Decimal(_value))
_CALENDAR = re.compile(rf"\b(?:{'|'.join((*MONTHS, SHORT_MONTHS, *DAYS))})\b")
_ROMAN = re.compile(r"\b(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"(?::\d\d)?(?:\s|-)?(?:a\.?m|p\.?m|o'clock)\b|:\d\d\b|\s?h\b|h\d\d\b", re.IGNORECASE)
_MILITARY_AFTER = re.compile(r"\s(?:hours|hrs)\b")
_SQUARED = re.compile(r"\b(?:[kcm]?m|mi|ft|CO|H)(?:<su[pb]>)?$")
_DOTTED_TIME = re.compile(r"[01]?\d\.[0-5]\d")
_DECADE_AFTER = re.compile(r"['’]?s\b")
_SPAN_AFTER = re.compile(r"[ -](decade|dozen|centur)")
_SHORT_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-–/]$")
_HALF_BEFORE = re.compile(r"\bhalf an? $")
_MORE_AFTER = re.compile(r" and a half| and three[- ]quarters?| and a quarter")
_SCALE_AFTER = re.compile(r" (hundred|thousand|million|billion|trillion)")
_MONEY_BEFORE = re.compile(r"[$€£¥₩]\s?$")
_LETTER_SCALE = re.compile(r"([kmbt])(?![^\W_])", re.IGNORECASE)
_LETTER_FACTORS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_RANGE_GAP = re.compile(r"\s?(?:-|–|—|~|to|and|or)\s?[$€£¥₩]?", re.IGNORECASE)
_RUN = re.compile(r"(?<![\d,])\d{1,24}(?!,?\d)")
_ORDINAL_VALUES = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
_ORDINAL_WORDS = frozenset([*_ORDINAL_VALUES, *(f"{ordinal}s" for ordinal in _ORDINAL_VALUES)])
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_WORD = re.compile("[a-z\u00df-\u024f]+")
_FRACTION_BEFORE = re.compile(r"(?:\b(an?|one|two|three|four|five|six|seven|eight|nine)[- ])$", re.IGNORECASE)
_IDIOMS = re.compile(
    r"\b(?:24/7|9/11|4[x×]4|thousand words"
    r"|COVID-?19|one another|one of|no one|at one|two-way|third[- ]part\w*|zero-sum|50/50|point one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    values: dict[str, int]
    plural_tens: dict[str, int]
    every: frozenset[str]
    ordinal: re.Pattern[str]
    tens: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    known = facts("en")
    values = known.numerals.value_of
    plural_tens = {word[:-1] + "ies": value for word, value in values.items() if word.endswith("ty")}
    tens = "|".join(word for word, value in values.items() if value >= 20)
    return _Lexicon(
        values,
        plural_tens,
        frozenset([*values, *known.scales.factor_of, *plural_tens, *_ORDINAL_WORDS]),
        re.compile(rf"(?<![^\W\d_])(?:({tens})[- ])?({'|'.join(_ORDINAL_VALUES)})(s?)(?![^\W\d_])", re.IGNORECASE),
        re.compile(rf"(?<![^\W\d_])(?:{'|'.join(plural_tens)})(?![^\W\d_])", re.IGNORECASE),
    )


@lru_cache(SIDES)
def _words(folded: str) -> frozenset[str]:
    """In lower case, as the patterns for words in a set of them find them: looking those up takes less time."""
    return frozenset(_WORD.findall(folded.lower()))


def _has_number_word(folded: str) -> bool:
    # Chinese and Korean leave no space before it.
    return not _lexicon().every.isdisjoint(_LATIN_WORD.findall(folded.lower()))


def roman(text: str) -> int:
    """Value of a Roman numeral up to 89."""
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def stated(folded: str) -> list[Quantity]:
    """Numbers in figures or words with their scale; idioms and "one", "two", "second" are not `certain`."""
    if not FIGURE.search(folded) and not _has_number_word(folded):
        return []
    words = _words(folded)
    found = [_dress(item.quantity, folded) for item in spaced.find(folded, "en")]
    if not words.isdisjoint(_ORDINAL_WORDS):
        found.extend(_ordinals(folded))
    lexicon = _lexicon()
    if not words.isdisjoint(lexicon.plural_tens):
        for match in lexicon.tens.finditer(folded):
            found.append(_word(match, Decimal(lexicon.plural_tens[match[0].lower()]), certain=False))
    if not found:
        return []
    found.sort(key=lambda quantity: (quantity.start, quantity.end))
    found = _spread_ranges(found, folded)
    idioms = {i for match in _IDIOMS.finditer(folded) for i in range(*match.span())}
    if idioms:
        found = [replace(quantity, certain=quantity.certain and quantity.start not in idioms) for quantity in found]
    return found


def spelled(folded: str) -> set[Decimal]:
    """Values of English number words; in a source they stand in English names ("Six Days in Fallujah")."""
    if not _has_number_word(folded):
        return set()
    return {quantity.value for quantity in stated(folded) if quantity.style == "words"}


def implied(folded: str) -> set[Decimal]:
    """Values that a source number may be rendered by without a number: months, weekdays, "decade", Roman numerals."""
    values: set[Decimal] = set()
    for word in _words(folded) & _IMPLIED.keys():
        values |= _IMPLIED[word]
    for match in _CALENDAR.finditer(folded):
        name = match[0]
        if name in DAYS:
            day = (DAYS.index(name) + 1) % 7
            values.update(map(Decimal, (day, day + 1)))  # Vietnamese and Portuguese count Monday as the second day
        values.update(Decimal(i + 1) for i, month in enumerate(MONTHS) if month.startswith(name[:3]))
    for match in _ROMAN.finditer(folded):
        if match[0]:
            values.add(Decimal(roman(match[0])))
    # 02 and 30 of 02:30, but no 300 of 1,300
    values.update(Decimal(run) for run in _RUN.findall(folded))
    return values


def _word(match: re.Match[str], value: Decimal, *, certain: bool) -> Quantity:
    return Quantity(value, match.start(), match.end(), match[0], style="words", certain=certain)


def _ordinals(folded: str) -> Iterator[Quantity]:
    lexicon = _lexicon()
    for match in lexicon.ordinal.finditer(folded):
        tens, word, plural = match[1], match[2].lower(), match[3]
        small = _ORDINAL_VALUES[word]
        value = Decimal(small + (lexicon.values[tens.lower()] if tens and small < 10 else 0))
        fraction = _FRACTION_BEFORE.search(folded, max(0, match.start() - 8), match.start())
        certain = value > 2 and not (plural and word in ("first", "second"))
        quantity = replace(_word(match, value, certain=certain), kind="ordinal")
        if fraction:
            top = fraction[1].lower()
            over = Decimal(1 if top in ("a", "an") else lexicon.values[top])
            quantity = replace(quantity, alternatives=frozenset({over / value}))
        yield quantity


def _dress(quantity: Quantity, folded: str) -> Quantity:
    """Adds what stands around a figure: ordinal endings, clock times, decades, `$5m`, "half a million"."""
    readings = set(quantity.alternatives)
    value, kind, certain = quantity.value, quantity.kind, quantity.certain
    after = folded[quantity.end : quantity.end + 16]
    before = folded[max(0, quantity.start - 12) : quantity.start]
    if quantity.style == "words":
        certain = value > 2
    elif value == 0 or _SQUARED.search(before):
        certain = False  # the minutes of 11:00; km2 and CO2
    elif _ORDINAL_AFTER.match(after):
        kind, certain = "ordinal", value > 1
    elif _CLOCK_AFTER.match(after) and _DOTTED_TIME.fullmatch(quantity.text):
        hour = value // 1  # 7.55am
        readings |= {hour, hour + 12, hour - 12, value % 1 * 100}
    elif value <= 24 and _CLOCK_AFTER.match(after):
        readings |= {value + 12, value - 12}
    elif re.fullmatch(r"[012]\d[0-5]0", quantity.text) and _MILITARY_AFTER.match(after):
        readings |= {value // 100, value // 100 - 12, value % 100}  # 1930 hours
    elif _DECADE_AFTER.match(after) and value % 10 == 0 and 1900 <= value < 2100:
        readings.add(value % 100)  # 1990s is 90年代
    span = _SPAN_AFTER.match(after)
    if span:
        readings.add(value * {"decade": 10, "dozen": 12, "centur": 100}[span[1]])
        certain = certain and span[1] == "decade"
    short_year = _SHORT_YEAR_BEFORE.search(before)
    if short_year and value < 100 and value % 1 == 0:
        readings.add(int(short_year[1][:2]) * 100 + value)  # 1995-96
    if not quantity.scaled and quantity.style == "digits":
        letter = _LETTER_SCALE.match(after)
        if letter and (letter[1] != "t" or _MONEY_BEFORE.search(before)):
            readings.add(value * _LETTER_FACTORS[letter[1].lower()])
    if quantity.scaled and _HALF_BEFORE.search(before):
        readings.add(value / 2)
    more = _MORE_AFTER.match(folded, quantity.end)
    if more:
        share = {" and a half": "0.5", " and a quarter": "0.25"}.get(more[0], "0.75")
        factor = _SCALE_AFTER.match(folded, more.end())
        readings.add((value + Decimal(share)) * (spaced.scale_of(factor[1], "en") if factor else 1))
        readings.add(value + Decimal(share) * largest_scale(value))
    return replace(quantity, alternatives=frozenset(readings), kind=kind, certain=certain)


def largest_scale(value: Decimal) -> Decimal:
    """The greatest of thousand, million, billion and trillion that `value` reaches, else 1."""
    return next((Decimal(scale) for scale in (10**12, 10**9, 10**6, 10**3) if value >= scale), Decimal(1))


def _spread_ranges(found: list[Quantity], folded: str) -> list[Quantity]:
    """The scale and the percent sign of "10 to 20 million" and "5-7%" count for both ends; "3 million 450 thousand" is
    also one number."""
    out = list(found)
    for i in range(len(out) - 1):
        left, right = out[i], out[i + 1]
        gap = folded[left.end : right.start]
        if len(gap) > 8:
            continue
        if _RANGE_GAP.fullmatch(gap):
            if right.scaled and not left.scaled:
                scale = largest_scale(right.value)
                out[i] = replace(left, alternatives=left.alternatives | {left.value * scale})
            if right.kind == "percent" and left.kind == "number":
                out[i] = replace(out[i], kind="percent")
        elif (
            left.scaled
            and (right.scaled or right.style == "words")
            and right.value < left.value
            and not gap.strip(" and")
        ):
            both = left.value + right.value
            out[i] = replace(out[i], alternatives=out[i].alternatives | {both})
            out[i + 1] = replace(right, alternatives=right.alternatives | {both})
    return out
