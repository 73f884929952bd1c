"""Points that end no sentence: those of ordinals, of short forms and inside compounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.language.facts import facts
from pipeline.language.wording import either

# What a sentence has, and a number or a line of dots has not.
LETTER = re.compile(r"[^\W\d_]")
# Whoever looks at what stands before a point need look no further back, in characters.
BEFORE = 32

# A number ("34.", "XIX."), a short form ("ds.", "tzw.", "pod.", "hr.") as the last word; a longer one ends a sentence
# even where a careless writer goes on with a small letter.
_SHORT = re.compile(r"(?:^|[\s(\[\"“„«'’/–-])(?:\d{1,4}|(?:[^\W\d_]{1,2}\.)*[^\W\d_]{1,4}|[IVXLC]{1,7})\.$")
_HYPHENATED = re.compile(r"-[^\W_]")
# Scripts whose prose ends no sentence with a point: in them it is that of a short form or of a figure.
_NO_POINTS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\\.$")
# Scripts with a full stop of their own, where a short word with a point is a short form.
_OWN_STOP = re.compile("[।॥۔።։]")
_SHORT_WITHOUT_CASE = re.compile('(?:^|[\\s("“‘])[\u0530-\u058f\u0600-\u06ff\u0900-\u0dff\u1200-\u137f]{1,4}\\.$')


@dataclass(frozen=True, slots=True)
class _Ordinals:
    before: re.Pattern[str]
    openers: re.Pattern[str]


@cache
def _ordinals(code: str) -> _Ordinals | None:
    """Of a language that writes ordinals with a point and its nouns with a capital.

    "Es geschah in der 34. Die Fans tobten" is rarer than "in der 2. Liga", but where the next word opens sentences the
    point ends one.
    """
    told = facts(code).sentences
    if not told.before_ordinal:
        return None
    return _Ordinals(
        re.compile(rf"(?:^|[\s(\[\"“„«–/])(?:{'|'.join(told.before_ordinal)})\s{{1,3}}\d{{1,3}}\.$", re.IGNORECASE),
        re.compile(either((), told.openers)),
    )


@lru_cache(maxsize=1)
def _has_own_stop(line: str) -> bool:
    # Asked at each point of a line, which may have a hundred thousand.
    return _OWN_STOP.search(line) is not None


def runs_on(line: str, last: int, end: int, code: str) -> bool:
    """Whether the point before `last` ends no sentence, the text going on at `end`.

    A point does not end one before a hyphen ("K.-o.-Spiel"), before a small letter if a number or a short form has it
    ("34. hafta", "ds. misji"), before a noun with a capital if it makes an ordinal ("in der 2. Liga"), and in Thai,
    Lao, Khmer and Burmese. `code` is the base language. Never raises.
    """
    left = line[max(0, last - BEFORE) : last]
    if not left.endswith("."):
        return False
    if last == end and _HYPHENATED.match(line, end):
        return True
    if _NO_POINTS.search(left):
        return True
    if _SHORT_WITHOUT_CASE.search(left) and _has_own_stop(line):
        return True
    before = left[-2:-1]
    # Korean and others know no small letters, so one of another script after them says nothing.
    if line[end : end + 1].islower():
        return (before.isdigit() or before.lower() != before.upper()) and _SHORT.search(left) is not None
    ordinals = _ordinals(code)
    return (
        ordinals is not None
        and line[end : end + 1].isupper()
        and ordinals.before.search(left) is not None
        and ordinals.openers.match(line, end) is None
    )
