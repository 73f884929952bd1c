"""The article in a plain-text dump of a page: menus, captions, headlines of others and footers around some prose.

No list of sites and hardly any words: prose is told from navigation by sentence ends and length, the article from
other prose by the weight of neighbouring prose, the headline by standing before it, alone, unfinished as a sentence.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.extraction.dates import date_line
from pipeline.extraction.dump_extent import LEADS_ON, OFTEN, extent
from pipeline.extraction.dump_headline import HEAD, below_headline
from pipeline.extraction.dump_headline import headline as find_headline
from pipeline.extraction.dump_lines import Line, lines_of
from pipeline.extraction.furniture import byline, ends_article, rights_holder
from pipeline.extraction.parts import Parts
from pipeline.extraction.writers import led_names, writers
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import ends_sentence, weight

_MENU = 4
_ROW = re.compile(r"\d|[:：]")
_ECHO = 60


def looks_like_dump(text: str, *, titled: bool = False) -> bool:
    """Whether there is a page around the article: a menu, repeated lines, rights or sharing lines.

    Args:
        titled: the source gives the title, so the text is likely a text alone: a list in it is no menu.
    """
    lines = lines_of("\n".join(_unwrap(text)))
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
    lines = lines_of(text)
    counts = Counter(line.text for line in lines)
    found = extent(lines)
    if found is None:
        return Parts(title=title)
    first, last = found.first, found.last
    headline = title
    if not below_headline(lines, first) and _headed(lines, first, last):
        headline = title or lines[first].text
        first = next(index for index in range(first + 1, last + 1) if lines[index].prose)
    texts = [
        line.text for at, line in enumerate(lines[first : last + 1], first) if line.prose and at not in found.left_out
    ]
    headline = headline or find_headline(lines, first, counts, texts)
    repeated = {line.text for line in lines if counts[line.text] >= (OFTEN if line.prose else 2)}
    writers = _writers(lines, first, found.head, last)
    left_out = found.left_out | _widget(lines, first, last) | _boxes(lines, first, last)
    article = dict.fromkeys(
        line.text
        for index, line in enumerate(lines[first : last + 1], first)
        if index not in left_out
        and not line.noise
        and line.text != headline
        and line.text not in repeated
        and not _echo(lines, index)
    )
    published = next(
        (
            moment
            for line in _dated(lines, headline, first, found.head, last)
            if (moment := date_line(line, language=language))
        ),
        None,
    )
    holders = (rights_holder(line.text) for line in lines[last + 1 :])
    publisher = next((holder for holder in holders if holder), None)
    return Parts(title=headline, paragraphs=tuple(article), published=published, authors=writers, publisher=publisher)


def _dated(lines: list[Line], headline: str | None, first: int, head: int, last: int) -> list[str]:
    """Where the date of the article may stand: below its headline, right above it, at its end.

    A date further up is that of the day the page was read.
    """
    texts = [line.text for line in lines]
    tops = [index for index in range(max(0, first - 3 * HEAD), first) if texts[index] == headline]
    top = tops[-1] if tops else max(-1, first - HEAD)
    # Below a standfirst, too.
    prose = [index for index in range(first + 1, last + 1) if lines[index].prose]
    end = max(head + 7, prose[1] if len(prose) > 1 else 0)
    below = [line.text for line in lines[first + 1 : min(end, head + 2 * HEAD)] if line.noise]
    further = texts[tops[0] + 1 : first] if tops else texts[top + 1 : first][::-1]
    return [
        *(texts[top + 1 : first] if tops else ()),
        *below,
        *texts[max(0, top - 1) : max(0, top)],
        *further,
        *texts[last + 1 : last + 4],
    ]


def _edge_run(lines: list[Line]) -> int:
    """Lines without prose at the start: a clean text has its title, perhaps a byline and a date there."""
    return next((index for index, line in enumerate(lines) if line.prose), 0)


def _widget(lines: list[Line], first: int, last: int) -> set[int]:
    """Headlines of other articles inside the text: what follows such a heading up to the next paragraph."""
    inside: set[int] = set()
    open_ = False
    for index in range(first, last + 1):
        open_ = not lines[index].prose and (open_ or ends_article(lines[index].text))
        if open_:
            inside.add(index)
    return inside


def _boxes(lines: list[Line], first: int, last: int) -> set[int]:
    """Of several lines in a row that are no sentences the last is a sub-headline, the others are captions and links.

    Items of a list and rows of a table are the article's; a list with "share" in it is a menu.
    """
    inside: set[int] = set()
    run: list[int] = []
    for index in range(first, last + 1):
        line = lines[index]
        if not line.bullet and (line.prose or ends_sentence(line.text)):
            is_menu = sum(lines[at].bullet and lines[at].noise for at in run) > 1
            listed = [at for at in run if lines[at].bullet and not lines[at].prose]
            # What follows a colon is a list, with bullets or without.
            leads = next((at for at in run if lines[at].text.endswith(LEADS_ON)), last)
            others = [at for at in run if at < leads and not (lines[at].bullet or lines[at].noise)]
            inside.update(listed if is_menu else ())
            is_table = len(others) > 2 and all(_ROW.search(lines[at].text) for at in others)
            inside.update(() if is_table else others[:-1] if leads == last else others)
            run = []
        else:
            run.append(index)
    return inside


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


def _writers(lines: list[Line], first: int, head: int, last: int) -> tuple[str, ...]:
    """Those whom bylines name above the text, below its lead and at its end."""
    around = [*lines[max(0, first - 8) : max(first, head) + 7], *lines[last + 1 : last + 6]]
    found: list[str] = []
    for line in around:
        one, several = byline(line.text), led_names(line.text)
        if not line.prose and line.text not in several:
            found += several or ([one] if one else [])
    return writers(found)


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
