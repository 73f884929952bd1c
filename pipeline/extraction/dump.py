"""The article in a plain-text dump of a page: menus, captions, headlines of others and footers around some prose.

No list of sites and hardly any words: prose is told from navigation by sentence ends and length, the article from
other prose by the weight of neighbouring prose, the headline by standing before it, alone, unfinished as a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.dates import date_line
from pipeline.extraction.furniture import byline, ends_article, is_caption, is_furniture, rights_holder
from pipeline.extraction.parts import Parts
from pipeline.extraction.relative import is_relative_date
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import ends_sentence, is_prose, weight

_BULLET = re.compile(r"^(?:[•‣◦●○■□▪·*+➤►▶»>]|[-–—](?=\s))\s*")
_RULE = re.compile(r"^[\W_]+$")
# Lines without prose between two paragraphs of one article: sub-headlines, a short list, an answer "Yes".
_GAP = 6
# Between the headline and the text: standfirst, caption, writers, date, sharing.
_HEAD = 22
_DATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d{2})|(?<!\d)\d{1,2}[:.]\d\d(?!\d)\s*(?:[ap]\.?m|uhr|h\b)?", re.IGNORECASE
)
_KICKER = 25
# The way from the front page to the article.
_TRAIL = re.compile(r"\s[»>›/|]\s.*\s[»>›/|]\s|^\w+\s[»>›]\s")
_MENU = 4
# Said so often, a line is of the page's frame.
_OFTEN = 3
# Prose below a byline weighs more than a list of teasers.
_SIGNED = 1.5
_FOREIGN = 0.2
# The word is the same in most languages; an article about them has no rival on its page.
_COOKIE = re.compile(r"cookie|クッキー|쿠키", re.IGNORECASE)
_MINOR = 0.25
_ECHO = 60


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bullet: bool
    prose: bool
    noise: bool
    """A caption, date, byline, rights or sharing line."""


def looks_like_dump(text: str, *, titled: bool = False) -> bool:
    """Whether there is a page around the article: a menu, repeated lines, rights or sharing lines.

    Args:
        titled: the source gives the title, so the text is likely a text alone: a list in it is no menu.
    """
    lines = _lines("\n".join(_unwrap(text)))
    run = longest = 0
    for line in lines:
        run = 0 if line.prose else run + 1
        longest = max(longest, run if line.bullet or weight(line.text) < 40 else 0)
    counts = Counter(line.text for line in lines if weight(line.text) > 8)
    signs = sum(line.noise for line in lines) + sum(count > 1 for count in counts.values())
    menu = max(longest - 2, _edge_run(lines), _edge_run(lines[::-1])) >= _MENU
    return signs >= 2 or (menu and signs > 0) or (not titled and (menu or signs > 0))


def read_plain(text: str, *, titled: bool = False) -> Parts:
    """Plain text as it is, a line a paragraph; lines cut at one width are joined.

    Args:
        titled: the title is known; else a first line that is no sentence is taken for it.
    """
    paragraphs = _unwrap(text)
    title = None
    if not titled and len(paragraphs) > 1 and weight(paragraphs[0]) <= 300 and not ends_sentence(paragraphs[0]):
        title, *paragraphs = paragraphs
    return Parts(title=title, paragraphs=tuple(paragraphs))


def read_dump(text: str, *, title: str | None = None, language: str | None = None) -> Parts:
    """Title, date, writers and paragraphs of the article in a dump; no paragraphs where there is no prose.

    Args:
        title: the headline, where the source gives it; else it is looked for.
        language: helps with dates such as 3/4/2023.
    """
    lines = _lines(text)
    counts = Counter(line.text for line in lines)
    first, last = _densest(lines)
    if last < 0:
        return Parts(title=title)
    headline = title
    if not _below_headline(lines, first) and _headed(lines, first, last):
        headline = title or lines[first].text
        first = next(index for index in range(first + 1, last + 1) if lines[index].prose)
    headline = headline or _heading(lines, first, counts) or _headline(lines, first, counts)
    repeated = {line.text for line in lines if counts[line.text] > 1 and not line.prose}
    writers = _writers(lines, first, last)
    widget = _widget(lines, first, last)
    article = dict.fromkeys(
        line.text
        for index, line in enumerate(lines[first : last + 1], first)
        if index not in widget
        and not line.noise
        and line.text != headline
        and line.text not in repeated
        and not _echo(lines, index)
    )
    published = next(
        (found for line in _dated(lines, headline, first, last) if (found := date_line(line, language=language))), None
    )
    holders = (rights_holder(line.text) for line in lines[last + 1 :])
    publisher = next((holder for holder in holders if holder), None)
    return Parts(title=headline, paragraphs=tuple(article), published=published, authors=writers, publisher=publisher)


def _dated(lines: list[_Line], headline: str | None, first: int, last: int) -> list[str]:
    """Where the date of the article may stand: below its headline, right above it, at its end.

    A date further up is that of the day the page was read.
    """
    texts = [line.text for line in lines]
    top = max((index for index in range(first) if texts[index] == headline), default=-1)
    # Below a standfirst, too.
    below = [line.text for line in lines[first + 1 : first + 7] if line.noise]
    return [*texts[top + 1 : first], *below, *texts[max(0, top - 1) : max(0, top)], *texts[last + 1 : last + 4]]


def _lines(text: str) -> list[_Line]:
    lines = []
    for raw in text.split("\n"):
        line = clean_line(raw)
        if not line or _RULE.match(line):
            continue
        bare = _BULLET.sub("", line)
        noise = is_caption(bare) or is_furniture(bare) or date_line(bare) is not None
        lines.append(_Line(bare or line, bare != line, is_prose(bare) and not noise, noise))
    return lines


def _edge_run(lines: list[_Line]) -> int:
    """Lines without prose at the start: a clean text has its title, perhaps a byline and a date there."""
    return next((index for index, line in enumerate(lines) if line.prose), 0)


def _densest(lines: list[_Line]) -> tuple[int, int]:
    """First and last line of the neighbouring prose that weighs most; (0, -1) where there is none."""
    best, best_weight = (0, -1), 0.0
    start, total, gap, factor = 0, 0.0, _GAP + 1, 1.0
    counts = Counter(line.text for line in lines)
    below_rights = False
    for index, line in enumerate(lines):
        below_rights = below_rights or (line.noise and rights_holder(line.text) is not None)
        if counts[line.text] >= _OFTEN:
            continue  # "Article continues below" stands between paragraphs and parts nothing
        if not line.prose:
            # An answer "No." is no navigation; a heading "Read more" is the end, unless the text goes on below it.
            if ends_article(line.text) and not _goes_on(lines, index):
                gap = _GAP + 1
            gap += not (line.noise or ends_sentence(line.text))
            continue
        if gap > _GAP:
            signed = any(byline(other.text) for other in lines[max(0, index - _HEAD // 2) : index])
            start, total, factor = index, 0.0, _SIGNED if signed else 1.0
        total, gap = total + _worth(line, below_rights=below_rights) * factor * weight(line.text), 0
        if total > best_weight:
            best, best_weight = (start, index), total
    first, last = _trimmed(lines, *best)
    # Short sentences that follow belong to it, a caption or a link between them or not.
    for index in range(last + 1, len(lines) if last >= 0 else 0):
        if _short_sentence(lines[index]):
            last = index
        elif not lines[index].noise or index - last > 1:
            break
    return first, last


def _worth(line: _Line, *, below_rights: bool) -> float:
    """How far prose counts as that of the article: consent dialogs and what stands below the footer are prose too."""
    return (_FOREIGN if _COOKIE.search(line.text) else 1.0) * (_FOREIGN if below_rights else 1.0)


def _trimmed(lines: list[_Line], first: int, last: int) -> tuple[int, int]:
    """Without a little prose at either end that several short lines part from the rest: pitches, notices."""
    prose = [index for index in range(first, last + 1) if lines[index].prose]
    whole = sum(weight(lines[index].text) for index in prose)
    for index, following in pairwise(prose):
        between = lines[index + 1 : following]
        if sum(not (line.noise or line.bullet or ends_sentence(line.text)) for line in between) < _MENU:
            continue
        before = sum(weight(lines[at].text) for at in prose if first <= at <= index)
        if before < _MINOR * whole:
            first = following
        elif whole - before < _MINOR * whole:
            return first, index
    return first, last


def _goes_on(lines: list[_Line], heading: int) -> bool:
    """Two paragraphs in a row close below a heading over other articles: it stands inside the text.

    A list of other articles with their teasers has a headline before each.
    """
    below = lines[heading + 1 : heading + 6]
    return any(one.prose and two.prose for one, two in pairwise(below))


def _widget(lines: list[_Line], first: int, last: int) -> set[int]:
    """Headlines of other articles inside the text: what follows such a heading up to the next paragraph."""
    inside: set[int] = set()
    open_ = False
    for index in range(first, last + 1):
        open_ = not lines[index].prose and (open_ or ends_article(lines[index].text))
        if open_:
            inside.add(index)
    return inside


def _short_sentence(line: _Line) -> bool:
    return not line.noise and not line.bullet and ends_sentence(line.text) and weight(line.text) >= 15


def _headed(lines: list[_Line], first: int, last: int) -> bool:
    """The first sentence is a headline, for the date or the writer stands below it."""
    below = lines[first + 1 : first + 3]
    dated = any(line.noise and (byline(line.text) or date_line(line.text)) for line in below)
    return dated and any(line.prose for line in lines[first + 1 : last + 1]) and weight(lines[first].text) <= 200


def _below_headline(lines: list[_Line], index: int) -> bool:
    """The line right above may be a headline; then the sentence below it, before the date, is a standfirst."""
    return index > 0 and _may_head(lines[index - 1])


def _may_head(line: _Line) -> bool:
    return (
        not (line.noise or line.bullet or line.prose)
        and 16 <= weight(line.text) <= 200
        and not line.text.endswith((".", "。", "।", ":", "："))
        and not _TRAIL.search(line.text)
    )


def _heading(lines: list[_Line], first: int, counts: Counter[str]) -> str | None:
    """The headline in the head of the article: the first long line above its byline or date, said elsewhere too.

    None where no byline or date stands between such a line and the text.
    """
    best, best_score = None, 0.0
    for index in range(max(0, first - _HEAD), first):
        line = lines[index]
        below = lines[index + 1 : min(first, index + 1 + _HEAD // 2)]
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


def _signs(text: str) -> bool:
    """A byline, or a short line with a date or a time in it, however it is put."""
    dated = weight(text) <= 90 and not ends_sentence(text) and _DATED.search(text) is not None
    return dated or byline(text) is not None or date_line(text) is not None or is_relative_date(text)


def _headline(lines: list[_Line], first: int, counts: Counter[str]) -> str | None:
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


def _echo(lines: list[_Line], index: int) -> bool:
    """Said again, whole, by one of the next lines: a picture's alternative text before its caption, a teaser."""
    text = lines[index].text
    following = [line.text for line in lines[index + 1 : index + 3] if weight(line.text) >= _ECHO]
    return weight(text) >= _ECHO and any(text in line or line in text for line in following)


def _writers(lines: list[_Line], first: int, last: int) -> tuple[str, ...]:
    around = [*lines[max(0, first - 8) : first], *lines[last + 1 : last + 6]]
    return tuple(dict.fromkeys(name for line in around if (name := byline(line.text))))


def _unwrap(text: str) -> list[str]:
    """Paragraphs of plain text. Lines cut at one width are joined; all other lines stand for themselves."""
    blocks = [[clean_line(line) for line in block.split("\n") if line.strip()] for block in re.split(r"\n\s*\n", text)]
    inner = [line for block in blocks for line in block[:-1]]
    open_ended = sum(not ends_sentence(line) for line in inner)
    wrapped = (
        len(inner) >= 3
        and all(len(line) <= 100 for line in inner)
        and sum(map(len, inner)) >= 45 * len(inner)
        and open_ended > 0.6 * len(inner)
    )
    if not wrapped:
        return [line for block in blocks for line in block if line]
    return [" ".join(block) for block in blocks if any(block)]
