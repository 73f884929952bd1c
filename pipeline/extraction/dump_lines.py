"""The lines of a text dump, each judged alone: prose, a list's item, or about the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extraction.credits import is_credit, is_credited
from pipeline.extraction.dates import date_line
from pipeline.extraction.furniture import is_caption, is_furniture, is_of_outlet
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import is_prose, weight

_BULLET = re.compile(r"^(?:[•‣◦●○■□▪·*+➤►▶»>]|[-–—](?=\s))\s*")
# What html-to-text tools put before an item of a list inside a list; a word in some languages, thus never alone.
_INNER_BULLET = re.compile(r"^o\s+(?=[^\Wa-z]|\*)")
_NUMBER = re.compile(r"^(\d{1,2})\.\s+(?=\S)")
_RULE = re.compile(r"^[\W_]+$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
_CUT = re.compile(r"(?:\.\.\.|…)$")
_LONGEST_CAPTION = 250.0
# A headline of another article that is cut off is no longer.
_LONGEST_CUT = 160.0


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    bullet: bool
    prose: bool
    noise: bool
    """A caption, date, byline, rights or sharing line."""


def lines_of(text: str) -> list[Line]:
    """The lines of a dump that have words, without bullets."""
    raw = [line for each in text.split("\n") if (line := clean_line(each)) and not _RULE.match(line)]
    inner = sum(_INNER_BULLET.match(line) is not None for line in raw) > 2
    lines = []
    for line in raw:
        bare = _BULLET.sub("", line)
        if inner:
            bare = _BULLET.sub("", _INNER_BULLET.sub("", bare))
        noise, prose = _kind(bare)
        lines.append(Line(bare or line, bare != line, prose, noise))
    return _without_cut(_with_credits(_numbered(lines)))


@lru_cache(maxsize=4_096)
def _kind(line: str) -> tuple[bool, bool]:
    """Whether it is about the page, and whether it is prose; asked twice of each line of a dump."""
    noise = (
        is_caption(line)
        or is_credit(line)
        or (weight(line) <= _LONGEST_CAPTION and is_credited(line))
        or is_furniture(line)
        or _ADDRESS.match(line) is not None
        or date_line(line) is not None
    )
    prose = not noise and is_prose(line)
    noise = noise or (prose and is_of_outlet(line))
    return noise, prose and not noise


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """Items of a list with numbers are items; a line that begins with a date or "1. FC" is none."""
    numbers = [int(match[1]) if (match := _NUMBER.match(line.text)) else None for line in lines]
    found = list(lines)
    for index, number in enumerate(numbers):
        around = [other for other in (*numbers[max(0, index - 4) : index], *numbers[index + 1 : index + 5]) if other]
        if number is not None and not lines[index].prose and {number - 1, number + 1} & set(around):
            found[index] = replace(lines[index], text=_NUMBER.sub("", lines[index].text), bullet=True)
    return found


def _with_credits(lines: list[Line]) -> list[Line]:
    """What stands right above the credit of a picture, unfinished as a sentence, is its caption."""
    found = list(lines)
    for index in range(1, len(lines)):
        above = lines[index - 1]
        if is_credit(lines[index].text) and not above.prose and not above.bullet and weight(above.text) > 25:
            found[index - 1] = replace(above, noise=True)
    return found


def _without_cut(lines: list[Line]) -> list[Line]:
    """Several headlines in a row that are cut off are no prose, though they end with dots."""
    cut = [_CUT.search(line.text) is not None and weight(line.text) <= _LONGEST_CUT for line in lines]
    return [
        replace(line, prose=False) if here and (before or after) else line
        for line, before, here, after in zip(lines, [False, *cut], cut, [*cut[1:], False], strict=False)
    ]
