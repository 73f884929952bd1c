"""The article in a plain-text dump of a page: menus, captions, headlines of others and footers around some prose.

No list of sites and hardly any words: prose is told from navigation by sentence ends and length, the article from
other prose by the weight of neighbouring prose, the headline by standing before it, alone, unfinished as a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from pipeline.extraction.dates import date_line
from pipeline.extraction.dump_headline import HEAD, Line, below_headline
from pipeline.extraction.dump_headline import headline as find_headline
from pipeline.extraction.furniture import byline, ends_article, is_caption, is_furniture, is_of_outlet, rights_holder
from pipeline.extraction.parts import Parts
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import ends_sentence, is_prose, weight

_BULLET = re.compile(r"^(?:[•‣◦●○■□▪·*+➤►▶»>]|[-–—](?=\s))\s*")
_RULE = re.compile(r"^[\W_]+$")
# Lines without prose between two paragraphs of one article: sub-headlines, a short list, an answer "Yes".
_GAP = 6
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
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
    if not below_headline(lines, first) and _headed(lines, first, last):
        headline = title or lines[first].text
        first = next(index for index in range(first + 1, last + 1) if lines[index].prose)
    headline = headline or find_headline(lines, first, counts)
    repeated = {line.text for line in lines if counts[line.text] >= (_OFTEN if line.prose else 2)}
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


def _dated(lines: list[Line], headline: str | None, first: int, last: int) -> list[str]:
    """Where the date of the article may stand: below its headline, right above it, at its end.

    A date further up is that of the day the page was read.
    """
    texts = [line.text for line in lines]
    top = max((index for index in range(first) if texts[index] == headline), default=-1)
    # Below a standfirst, too.
    below = [line.text for line in lines[first + 1 : first + 7] if line.noise]
    return [*texts[top + 1 : first], *below, *texts[max(0, top - 1) : max(0, top)], *texts[last + 1 : last + 4]]


def _lines(text: str) -> list[Line]:
    lines = []
    for raw in text.split("\n"):
        line = clean_line(raw)
        if not line or _RULE.match(line):
            continue
        bare = _BULLET.sub("", line)
        noise, prose = _kind(bare)
        lines.append(Line(bare or line, bare != line, prose, noise))
    return lines


@lru_cache(maxsize=4_096)
def _kind(line: str) -> tuple[bool, bool]:
    """Whether it is about the page, and whether it is prose; asked twice of each line of a dump."""
    noise = is_caption(line) or is_furniture(line) or date_line(line) is not None
    prose = not noise and is_prose(line)
    noise = noise or (prose and is_of_outlet(line))
    return noise, prose and not noise


def _edge_run(lines: list[Line]) -> int:
    """Lines without prose at the start: a clean text has its title, perhaps a byline and a date there."""
    return next((index for index, line in enumerate(lines) if line.prose), 0)


def _densest(lines: list[Line]) -> tuple[int, int]:
    """First and last line of the neighbouring prose that weighs most; (0, -1) where there is none."""
    best, best_weight = (0, -1), 0.0
    start, total, gap, factor = 0, 0.0, _GAP + 1, 1.0
    counts = Counter(line.text for line in lines)
    footer = _footer(lines)
    for index, line in enumerate(lines):
        if counts[line.text] >= _OFTEN:
            continue  # "Article continues below" stands between paragraphs and parts nothing
        if not line.prose:
            # An answer "No." is no navigation; a heading "Read more" is the end, unless the text goes on below it.
            if ends_article(line.text) and not _goes_on(lines, index):
                gap = _GAP + 1
            gap += not (line.noise or ends_sentence(line.text))
            continue
        if index > footer:
            gap = gap if start > footer else _GAP + 1
        if gap > _GAP:
            signed = any(byline(other.text) for other in lines[max(0, index - HEAD // 2) : index])
            start, total, factor = index, 0.0, _SIGNED if signed else 1.0
        total, gap = total + _worth(line, below=index > footer) * factor * weight(line.text), 0
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


def _footer(lines: list[Line]) -> int:
    """The last line of the page that claims its rights with a year: below it there is no article, but dialogs."""
    claims = (
        index
        for index in range(len(lines) - 1, -1, -1)
        if lines[index].noise and _YEAR.search(lines[index].text) and rights_holder(lines[index].text)
    )
    return next(claims, len(lines))


def _worth(line: Line, *, below: bool) -> float:
    """How far prose counts as that of the article: consent dialogs and what stands below the footer are prose too."""
    return (_FOREIGN if _COOKIE.search(line.text) else 1.0) * (_FOREIGN if below else 1.0)


def _trimmed(lines: list[Line], first: int, last: int) -> tuple[int, int]:
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


def _goes_on(lines: list[Line], heading: int) -> bool:
    """Two paragraphs in a row close below a heading over other articles: it stands inside the text.

    A list of other articles with their teasers has a headline before each.
    """
    below = lines[heading + 1 : heading + 6]
    return any(one.prose and two.prose for one, two in pairwise(below))


def _widget(lines: list[Line], first: int, last: int) -> set[int]:
    """Headlines of other articles inside the text: what follows such a heading up to the next paragraph."""
    inside: set[int] = set()
    open_ = False
    for index in range(first, last + 1):
        open_ = not lines[index].prose and (open_ or ends_article(lines[index].text))
        if open_:
            inside.add(index)
    return inside


def _short_sentence(line: Line) -> bool:
    return not line.noise and not line.bullet and ends_sentence(line.text) and weight(line.text) >= 15


def _headed(lines: list[Line], first: int, last: int) -> bool:
    """The first sentence is a headline, for the date or the writer stands below it."""
    below = lines[first + 1 : first + 3]
    dated = any(line.noise and (byline(line.text) or date_line(line.text)) for line in below)
    return dated and any(line.prose for line in lines[first + 1 : last + 1]) and weight(lines[first].text) <= 200


def _echo(lines: list[Line], index: int) -> bool:
    """Said again, whole, by one of the next lines: a picture's alternative text before its caption, a teaser."""
    text = lines[index].text
    following = [line.text for line in lines[index + 1 : index + 3] if weight(line.text) >= _ECHO]
    return weight(text) >= _ECHO and any(text in line or line in text for line in following)


def _writers(lines: list[Line], first: int, last: int) -> tuple[str, ...]:
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
