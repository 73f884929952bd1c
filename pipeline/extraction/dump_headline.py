"""Which line of a text dump is the headline: what stands alone above the byline, the date and the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.dates import date_line
from pipeline.extraction.furniture import byline
from pipeline.extraction.relative import is_relative_date
from pipeline.text.prose import ends_sentence, weight

_KICKER = 25
_DATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d{2})|(?<!\d)\d{1,2}[:.]\d\d(?!\d)\s*(?:[ap]\.?m|uhr|h\b)?", re.IGNORECASE
)
# The way from the front page to the article.
_TRAIL = re.compile(r"\s[»>›/|]\s.*\s[»>›/|]\s|^\w+\s[»>›]\s")
# Between the headline and the text: standfirst, caption, writers, date, sharing.
HEAD = 22


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    bullet: bool
    prose: bool
    noise: bool
    """A caption, date, byline, rights or sharing line."""


def headline(lines: Sequence[Line], first: int, counts: Counter[str]) -> str | None:
    """The headline of the text that begins at `first`.

    Args:
        counts: how often the dump has each line.
    """
    return _signed(lines, first, counts) or _longest(lines, first, counts)


def below_headline(lines: Sequence[Line], index: int) -> bool:
    """The line right above may be a headline; then the sentence below it, before the date, is a standfirst."""
    return index > 0 and _may_head(lines[index - 1])


def _may_head(line: Line) -> bool:
    return (
        not (line.noise or line.bullet or line.prose)
        and 16 <= weight(line.text) <= 200
        and not line.text.endswith((".", "。", "।", ":", "："))
        and not _TRAIL.search(line.text)
    )


def _signed(lines: Sequence[Line], first: int, counts: Counter[str]) -> str | None:
    """The headline in the head of the article: the first long line above its byline or date, said elsewhere too.

    None where no byline or date stands between such a line and the text.
    """
    best, best_score = None, 0.0
    for index in range(max(0, first - HEAD), first):
        line = lines[index]
        below = lines[index + 1 : min(first, index + 1 + HEAD // 2)]
        signed = next((at for at, other in enumerate(below) if _signs(other.text)), None)
        if (
            not _may_head(line)
            or _signs(line.text)
            or signed is None
            or sum(other.prose for other in below[:signed]) > 1
        ):
            continue
        size = weight(line.text)
        # A kicker is shorter than what it stands over.
        starts = size >= _KICKER and not (
            index and _may_head(lines[index - 1]) and weight(lines[index - 1].text) >= _KICKER
        )
        leads = below[0].prose or (_may_head(below[0]) and weight(below[0].text) > size)
        again = size >= _KICKER and counts[line.text] > 1
        score = 0.6 * min(size, 80) / 80 + 0.3 * starts + 0.2 * leads + 0.4 * again
        score -= 0.03 * signed + 0.015 * (first - index)
        if score > best_score:
            best, best_score = line.text, score
    return best


@lru_cache(maxsize=1_024)
def _signs(text: str) -> bool:
    """A byline, or a short line with a date or a time in it, however it is put."""
    dated = weight(text) <= 90 and not ends_sentence(text) and _DATED.search(text) is not None
    return dated or byline(text) is not None or date_line(text) is not None or is_relative_date(text)


def _longest(lines: Sequence[Line], first: int, counts: Counter[str]) -> str | None:
    best, best_score = None, 0.0
    for index, line in enumerate(lines[:first]):
        size = weight(line.text)
        if line.noise or line.bullet or line.prose or not 16 <= size <= 320:
            continue
        score = min(size, 120) / 120 + 0.3 * (index + 1) / first
        if size >= 40 and counts[line.text] > 1:
            score += 0.4
        # A masthead; a sentence, which some outlets do head articles with.
        if (" | " in line.text and size < 60) or line.text.endswith((".", "。", "।")):
            score -= 0.3
        if score > best_score:
            best, best_score = line.text, score
    return best
