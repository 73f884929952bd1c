"""Digit strings: folding the world's digits to ASCII, and reading separators as each language writes them.

Nothing here knows scale words; see `compose` for those.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.language.codes import UNKNOWN, base
from pipeline.language.facts import facts

Kind = Literal["number", "percent", "ordinal", "identifier"]
Style = Literal["digits", "numerals", "words"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as it stands in a text.

    `value` has its scale applied (116萬 is 1,160,000) and, for percentages, is the figure before the sign.
    `alternatives` are other readings a faithful translation may show (112年 is also 2023, 15時 also 3).
    A Quantity that is not `certain` may be rendered or dropped freely: idioms, "one", names of months.
    `start` and `end` index the text that was given.
    """

    value: Decimal
    start: int
    end: int
    text: str
    alternatives: frozenset[Decimal] = frozenset()
    kind: Kind = "number"
    style: Style = "digits"
    scaled: bool = False
    certain: bool = True

    @property
    def readings(self) -> frozenset[Decimal]:
        return self.alternatives | {self.value}


# A bare host name is one only with a well-known ending: "3.5" and "v.v" are not hosts.
_DOMAINS = ("com", "org", "net", "gov", "edu", "info", "tw", "cn", "jp", "kr", "vn", "de", "fr", "uk")
LINK = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"'「」『』（）《》、。，；]++"
    r"|(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
    rf"|(?<![\w.@-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}(?:{'|'.join(_DOMAINS)})(?![\w-])"
    r"(?:/[\w./?=&%#-]*)?"
)
_SIGNS_OF_LINKS = re.compile(rf"://|www\.|@|\.(?:{'|'.join(_DOMAINS)})")

_FOLDED = {"％": "%", "٪": "%", "﹪": "%", "：": ":", "～": "~", "〜": "~", "／": "/", "－": "-", "＄": "$", "．": "."}
_FOLD = str.maketrans({**_FOLDED, "٫": ".", "٬": ","})
_OTHER_DIGIT = re.compile(r"[^\W\D]", re.UNICODE)
_WIDE_COMMA = re.compile(r"(?<=\d)[，،](?=\d{3}(?!\d))")


SIDES = 2048
"""Texts whose reading is kept: many checks read the two sides of a sentence, and the model is asked in between."""


@lru_cache(SIDES)
def fold(text: str) -> str:
    """`text` with every decimal digit and digit punctuation as ASCII; same length, so offsets stay valid."""
    if text.isascii():
        return text
    text = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text.translate(_FOLD))
    return _WIDE_COMMA.sub(",", text)


def may_have_links(text: str) -> bool:
    """False where `LINK` finds nothing, which takes less time to see than to search."""
    return _SIGNS_OF_LINKS.search(text) is not None


def without_links(text: str) -> str:
    """`text` with nothing for URLs and e-mail addresses."""
    return LINK.sub("", text) if may_have_links(text) else text


@lru_cache(SIDES)
def blank_links(text: str) -> str:
    """`text` with URLs and e-mail addresses as blanks; same length."""
    if not may_have_links(text):
        return text
    return LINK.sub(lambda match: " " * len(match[0]), text)


@lru_cache(SIDES)
def ready(text: str) -> str:
    """`text` folded and without links, offsets unchanged."""
    return blank_links(fold(text))


# Spaces between groups are read only where all groups but the first have three digits.
_SPACE = r"[ \u00a0\u202f\u2009]"
PLAIN = r"(?<!\d)\d++(?:[.,]\d++)*+"
SPACED = (
    rf"(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d))++(?:[.,]\d++)?+"
    rf"|(?<!\d)\d{{1,3}}(?:['’]\d{{3}}(?!\d))++(?:\.\d++)?+|{PLAIN}"
)
"""Digits of languages that group by spaces or apostrophes; others use `PLAIN`."""


def decimal_comma(language: str) -> bool:
    return facts(language).writing.decimal_comma


def digit_pattern(language: str) -> str:
    return SPACED if facts(language).writing.groups_by_space else PLAIN


LONGEST = 24
"""Digits of the longest number that is read; beyond it stand codes, and Decimal would round."""
FIGURE = re.compile("[0-9]")
DIGIT_RUN = re.compile(rf"(?<!\d)\d{{1,{LONGEST}}}(?!\d)")
_GROUPING = re.compile(r"[ \u00a0\u202f\u2009'’]")
_INDIAN = re.compile(r"\d{1,2}(?:[.,]\d{2})*[.,]\d{3}")
_THREES = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def read_digits(literal: str, language: str) -> tuple[Decimal, frozenset[Decimal]] | None:
    """Value and other possible values of a digit string in ASCII digits with `.`, `,`, spaces or apostrophes.

    None for what is no single number (`20.2.2023`, `2,3,4`): its runs of digits are numbers of their own.
    """
    bare = _GROUPING.sub("", literal)
    if len(bare) > LONGEST:
        return None
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return Decimal(bare), frozenset()
    last = marks[-1]
    if len(set(marks)) == 2:
        whole, _, fraction = bare.rpartition(last)
        if marks.count(last) > 1 or not (_THREES.fullmatch(whole) or _INDIAN.fullmatch(whole)):
            return None
        return Decimal(re.sub("[.,]", "", whole) + "." + fraction), frozenset()
    grouped = Decimal(re.sub("[.,]", "", bare))
    if len(marks) > 1:
        return (grouped, frozenset()) if _THREES.fullmatch(bare) or _INDIAN.fullmatch(bare) else None
    whole, fraction = bare.split(last)
    pointed = Decimal(f"{whole}.{fraction}")
    if not _THREES.fullmatch(bare) or whole.startswith("0"):
        return None if len(whole) > 3 and len(fraction) > 3 else (pointed, frozenset())
    groups_by = "." if decimal_comma(language) else ","
    either = facts(language).writing.either_decimal or base(language) == UNKNOWN
    # nobody writes a decimal of three places that ends in nought
    if either and not fraction.endswith("0"):
        return (grouped, frozenset({pointed})) if last == groups_by else (pointed, frozenset({grouped}))
    return (grouped if last == groups_by else pointed), frozenset()


_UNIVERSAL_TIME = re.compile(r"(?<!\d)([01]\d|2[0-3])([:.]?)([0-5]\d)(?= ?(?:UTC|GMT|Z)\b)")


def universal_times(folded: str) -> set[Decimal]:
    """What 0230 UTC and 02:30 UTC may each be rendered by: 230, 2 and 30."""
    values: set[Decimal] = set()
    for match in _UNIVERSAL_TIME.finditer(folded):
        values |= {Decimal(match[1]), Decimal(match[3]), Decimal(match[1] + match[3])}
    return values


def plain(value: Decimal) -> str:
    """`value` as English digits with commas and no superfluous zeros: 1160000 -> `1,160,000`."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))


def english_scale(value: Decimal) -> str:
    """`value` in the form that small models copy right: `1.48 million`, `150 billion`, `20,000`.

    Four decimals at most beside a scale word (112兆5717億); a value that needs more is written in
    digits, never rounded.
    """
    for scale, word in _SCALES:
        if value >= scale:
            scaled = value / scale
            if scaled == round(scaled, 4) and scaled < 10**6:
                return f"{plain(scaled)} {word}"
            break
    return plain(value)
