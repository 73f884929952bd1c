"""Which line of a text dump is the headline: what stands alone above the byline, the date and the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.extraction.dates import date_line
from pipeline.extraction.dump_lines import Line
from pipeline.extraction.dump_topics import common
from pipeline.extraction.furniture import byline
from pipeline.extraction.relative import is_relative_date
from pipeline.extraction.writers import is_name, led_names
from pipeline.text.prose import ends_sentence, weight

_KICKER = 25
# A line so short over one so long, which is no standfirst yet, is a kicker.
_BRIEF, _LONGER = 40, 130
_DATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d{2})|(?<!\d)\d{1,2}[:.]\d\d(?!\d)\s*(?:[ap]\.?m|uhr|h\b)?", re.IGNORECASE
)
_MOMENT = re.compile(r"(?<!\d)\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}(?!\d)|(?<!\d)\d{4}[-./年]\d{1,2}[-./月]\d{1,2}(?!\d)")
# The way from the front page to the article.
_TRAIL = re.compile(r"\s[»>›/|]\s.*\s[»>›/|]\s|^\w+\s[»>›]\s")
# A headline shares words with its text; others on the page share them by chance.
_SHARED, _MOST = 1.2, 0.5
# Lines of the text among which a headline may be that is a question; its length.
_ASKS, _QUESTION = 4, 150
_CALLS = ("?", "!", "？", "！", "؟")
_SHORT = 60
# Between the headline and the text: standfirst, caption, writers, date, sharing.
HEAD = 22


def headline(lines: Sequence[Line], first: int, counts: Counter[str], texts: Sequence[str]) -> str | None:
    """The headline of the text that begins at `first`: it says what the text says, and stands in its head.

    Args:
        counts: how often the dump has each line.
        texts: the paragraphs.
    """
    best, best_score = -1, 0.0
    for index in range(max(0, first - 3 * HEAD), min(len(lines), first + _ASKS)):
        line = lines[index]
        shared = common(line.text, texts)
        if not (may_head(line) if index < first else _in_text(lines, index, shared)) or _is_line_of(line.text):
            continue
        score = _score(lines, index, first, counts) + _SHARED * shared
        if score > best_score:
            best, best_score = index, score
    if best < 0:
        return _longest(lines, first, counts)
    title = lines[best].text
    # The way from the front page, or "share this story", ends with the headline, which is the next line then.
    below = (line.text for line in lines[best + 1 : max(first, best + 3)] if may_head(line))
    return next((text for text in below if title.endswith(f" {text}") and weight(text) > weight(title) / 2), title)


def below_headline(lines: Sequence[Line], index: int) -> bool:
    """The line right above may be a headline; then the sentence below it, before the date, is a standfirst."""
    above = next((line for line in reversed(lines[max(0, index - 3) : index]) if not line.noise), None)
    return above is not None and may_head(above)


def may_head(line: Line) -> bool:
    """The line may be a headline: neither short nor a sentence."""
    return (
        not (line.noise or line.bullet or line.prose)
        and 16 <= weight(line.text) <= 200
        and not line.text.endswith((".", "。", "।", ":", "："))
        and not _TRAIL.search(line.text)
    )


def _in_text(lines: Sequence[Line], index: int, shared: float) -> bool:
    """Among the first lines it stands above a byline or date, or asks its reader; a sub-headline does neither."""
    signed = any(other.noise and signs(other.text) for other in lines[index + 1 : index + 3])
    # Several names in a row are those of its writers.
    named = all(word[0].isupper() for word in lines[index].text.split())
    return (may_head(lines[index]) and not named and signed and shared >= _MOST) or _asks(lines, index)


def _asks(lines: Sequence[Line], index: int) -> bool:
    """A question or a call above the text is as long as a sentence, and is none of its paragraphs."""
    line, below = lines[index], lines[index + 1 : index + 4]
    return (
        line.prose
        and weight(line.text) <= _QUESTION
        and line.text.endswith(_CALLS)
        and any(other.prose for other in below)
    )


def _is_line_of(text: str) -> bool:
    """Who wrote it, or when: in few words."""
    return (
        byline(text) is not None
        or bool(led_names(text))
        or is_name(text)
        or _MOMENT.search(text) is not None
        or (weight(text) <= _SHORT and signs(text))
    )


def _score(lines: Sequence[Line], index: int, first: int, counts: Counter[str]) -> float:
    """How much stands for it: it is long, the first long line, near the text, above byline and date, said again."""
    line = lines[index]
    size = weight(line.text)
    below = lines[index + 1 : max(index + 2, min(first, index + 1 + HEAD // 2))]
    # A kicker is shorter than what it stands over.
    starts = size >= _KICKER and not (index and may_head(lines[index - 1]) and weight(lines[index - 1].text) >= _KICKER)
    over = size < _BRIEF and may_head(below[0]) and not _is_line_of(below[0].text) if below else False
    over = over and _BRIEF <= weight(below[0].text) <= _LONGER
    leads = not over and bool(below) and (below[0].prose or (may_head(below[0]) and weight(below[0].text) > size))
    again = size >= _KICKER and counts[line.text] > 1
    signed = any(signs(other.text) for other in below) and sum(other.prose for other in below) < 3
    # Between the date and the text stand captions.
    above = lines[max(0, index - 4) : index]
    dates = [at for at, other in enumerate(above) if signs(other.text)]
    under = not signed and bool(dates) and any(map(may_head, above[: dates[-1]]))
    between = sum(not other.bullet for other in lines[index + 1 : first])
    return (
        0.5 * min(size, 70) / 70
        + 0.3 * starts
        + 0.2 * leads
        + 0.3 * again
        + 0.3 * signed
        - 0.3 * (over + under)
        - 0.01 * between
    )


@lru_cache(maxsize=1_024)
def signs(text: str) -> bool:
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
