"""From where to where the article stands in a text dump.

The heaviest run of neighbouring prose is its core. Runs nearby that say the same names belong to it, ends of the core
that say none of them do not: between the two lie boxes, pitches, comments and other articles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.dump_headline import HEAD, may_head, signs
from pipeline.extraction.dump_lines import Line
from pipeline.extraction.dump_topics import said, says, share, topics
from pipeline.extraction.furniture import byline, ends_article, rights_holder
from pipeline.text.prose import ends_sentence, weight

# Lines without prose between two paragraphs of one article: sub-headlines, a short list, an answer "Yes".
_GAP = 6
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MENU = 4
# Said so often, a line is of the page's frame.
OFTEN = 3
# Prose below a byline weighs more than a list of teasers.
_SIGNED = 1.5
_FOREIGN = 0.2
# The word is the same in most languages; an article about them has no rival on its page.
_COOKIE = re.compile(r"cookie|クッキー|쿠키", re.IGNORECASE)
_MINOR = 0.25
# So many paragraphs, each alone below a heading of its own, are a list of teasers.
_SERIES = 5
_TEASERS = 2
_TEASED = 0.4
# Lines of a box inside an article, at most.
_NEAR = 30
# Another text: of its weight less says one of the names, where of the article's more does.
_STRANGE, _OWN = 0.15, 0.5
_LEAD = 3
_SAME, _NAMES = 0.3, 2
_PARAGRAPH, _LONG = 90.0, 240.0
# What ends so belongs to what follows.
LEADS_ON = (":", "：")
# Lines at the ends of the page that name its outlet.
_TOP, _BOTTOM = 4, 12


@dataclass(frozen=True, slots=True)
class Extent:
    """first, last: index of the first and the last line. head: of the paragraph below the head, in which a byline or a
    date may stand under the lead. left_out: lines between them that are not the article's."""

    first: int
    head: int
    last: int
    left_out: frozenset[int] = frozenset()


def extent(lines: Sequence[Line]) -> Extent | None:
    """Where the article stands; None where there is no prose."""
    page = _Page(lines)
    runs = list(page.runs())
    if not runs:
        return None
    core = max(runs, key=lambda run: run.worth)
    first, last = page.trimmed(core.first, core.last)
    first, last = page.own(first, last)
    end = page.without_teasers(first, last)
    head, left_out = first, set[int]()
    known = page.topics(first, end)
    for run in reversed([run for run in runs if run.last < first]):
        if page.leads(run, first, known):
            left_out.update(page.box(run.first, run.last, first, last, known))
            first = run.first
    for run in runs if end == last else ():
        if run.first > last and page.goes_on_in(run, last, known):
            left_out.update(page.box(first, last, run.first, run.last, known))
            last = end = run.last
    return Extent(first, head, page.closing(end), frozenset(left_out))


@dataclass(frozen=True, slots=True)
class _Run:
    first: int
    last: int
    worth: float


class _Page:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.counts = Counter(line.text for line in lines)
        self.footer = self._footer()
        self.listed = self._listed()

    def runs(self) -> Iterator[_Run]:
        """Neighbouring prose, and what it is worth."""
        start, last, gap, factor = -1, -1, _GAP + 1, 1.0
        for index, line in enumerate(self.lines):
            if self.counts[line.text] >= OFTEN:
                continue  # "Article continues below" stands between paragraphs and parts nothing
            if not line.prose:
                # An answer "No." is no navigation; a heading "Read more" is the end, unless the text goes on below it.
                if ends_article(line.text) and not self._resumes(index):
                    gap = _GAP + 1
                gap += not (line.noise or ends_sentence(line.text))
                continue
            if index > self.footer:
                gap = gap if start > self.footer else _GAP + 1
            if gap > _GAP:
                if start >= 0:
                    yield _Run(start, last, factor * self._worth(start, last))
                above = self.lines[max(0, index - HEAD // 2) : index]
                start = index
                factor = _SIGNED if any(byline(other.text) for other in above) else 1.0
            gap, last = 0, index
        if start >= 0:
            yield _Run(start, last, factor * self._worth(start, last))

    def prose(self, first: int, last: int) -> list[int]:
        span = range(first, last + 1)
        return [index for index in span if self.lines[index].prose and self.counts[self.lines[index].text] < OFTEN]

    def texts(self, first: int, last: int) -> list[str]:
        return [self.lines[index].text for index in self.prose(first, last)]

    def topics(self, first: int, last: int) -> frozenset[str]:
        frame = (*self.lines[: min(_TOP, first)], *self.lines[max(last + 1, len(self.lines) - _BOTTOM) :])
        return topics(self.texts(first, last), [line.text for line in frame if not line.prose])

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Without a little prose at either end that several short lines part from the rest: pitches, notices."""
        prose = self.prose(first, last)
        whole = sum(weight(self.lines[index].text) for index in prose)
        for index, following in pairwise(prose):
            if self._unfinished(index, following, bullets=False) < _MENU:
                continue
            before = sum(weight(self.lines[at].text) for at in prose if first <= at <= index)
            if before < _MINOR * whole:
                first = following
            elif whole - before < _MINOR * whole:
                return first, index
        return first, last

    def own(self, first: int, last: int) -> tuple[int, int]:
        """Without what says none of the names that the rest says: at the top an offer, below it the next article."""
        breaks = [pair for pair in pairwise(self.prose(first, last)) if self._unfinished(*pair) > 1]
        for index, following in breaks:
            above, below = self.texts(first, index), self.texts(following, last)
            if sum(map(weight, above)) < _MINOR * sum(map(weight, below)) and _is_strange(above, below):
                first = following
        for index, following in reversed(breaks):
            if index >= first and _is_strange(self.texts(following, last), self.texts(first, index)):
                return first, index
        return first, last

    def without_teasers(self, first: int, last: int) -> int:
        """The end of the article: below it, each under a heading of its own, stand teasers of others."""
        prose = self.prose(first, last)
        alone = [self._unfinished(before, index) > 0 for before, index in pairwise(prose)]
        at = len(prose) - 1
        while at > 0 and alone[at - 1]:
            at -= 1
        # A list of teasers has a heading over it, or a box before it.
        starts = [
            place for place in range(max(1, at), len(prose)) if self._unfinished(prose[place - 1], prose[place]) > 1
        ]
        for place in starts:
            tail, body = prose[place:], prose[:place]
            weights = [sum(weight(self.lines[index].text) for index in part) for part in (tail, body)]
            is_habit = len(body) > 1 and sum(alone[: place - 1]) > 0.6 * (len(body) - 1)
            if len(tail) >= _TEASERS and weights[0] < _TEASED * weights[1] and not is_habit:
                return body[-1]
        return last

    def leads(self, run: _Run, first: int, known: frozenset[str]) -> bool:
        """The run belongs to the article that begins below it: its lead, or its first part above a box."""
        texts = self.texts(run.first, run.last)
        if self._distance(run.last, first) > _NEAR:
            return False
        if self._is_large(texts, known):
            return True
        head = run.first > 0 and may_head(self.lines[run.first - 1])
        return head and len(texts) <= _LEAD and first - run.last <= HEAD and share(texts, known) >= _OWN

    def goes_on_in(self, run: _Run, last: int, known: frozenset[str]) -> bool:
        """The article goes on in the run below a box."""
        if run.first > self.footer or self._distance(last, run.first) > _NEAR:
            return False
        between = self.lines[last + 1 : run.first]
        texts, prose = self.texts(run.first, run.last), self.prose(run.first, run.last)
        in_a_row = len(prose) > 1 and not self._unfinished(prose[0], prose[1])
        # Teasers of other articles, too, say the names, in a sentence each.
        teased = any(ends_article(line.text) for line in between) and not in_a_row
        if (teased and sum(map(weight, texts)) < _LONG * len(texts)) or any(signs(line.text) for line in between[-2:]):
            return False
        # Comments have a name and a date each.
        dates = sum(signs(line.text) for line in self.lines[run.first : run.last + 1])
        return 4 * dates <= len(texts) and self._is_large(texts, known)

    def box(self, first: int, last: int, start: int, end: int, known: frozenset[str]) -> range:
        """The lines between two runs of one article, and paragraphs at the edge of either that a heading parts from it
        and that say none of the names."""
        above, below = self.prose(first, last), self.prose(start, end)
        while len(above) > 1 and self._unfinished(*above[-2:]) and not says(self.lines[above[-1]].text, known):
            above.pop()
        while len(below) > 1 and self._unfinished(*below[:2]) and not says(self.lines[below[0]].text, known):
            below.pop(0)
        return range(above[-1] + 1, below[0])

    def closing(self, last: int) -> int:
        """Short sentences that follow belong to it, a caption or a link between them or not."""
        for index in range(last + 1, len(self.lines)):
            if _short_sentence(self.lines[index]):
                last = index
            elif not self.lines[index].noise or index - last > 1:
                break
        return last

    def _is_large(self, texts: Sequence[str], known: frozenset[str]) -> bool:
        size = sum(map(weight, texts))
        return (
            size >= 2 * _PARAGRAPH
            and size >= _PARAGRAPH * len(texts)
            and share(texts, known) >= _SAME
            and said(texts, known) >= _NAMES
        )

    def _distance(self, one: int, other: int) -> int:
        return sum(self.counts[line.text] < OFTEN for line in self.lines[one + 1 : other])

    def _unfinished(self, index: int, following: int, *, bullets: bool = True) -> int:
        """Lines between two others that are no sentences, not about the page, and do not lead on to a list."""
        return sum(
            not (line.noise or ends_sentence(line.text) or self.counts[line.text] >= OFTEN)
            and (bullets or not line.bullet)
            and not (line.text.endswith(LEADS_ON) and self.lines[at + 1].bullet)
            for at, line in enumerate(self.lines[index + 1 : following], index + 1)
        )

    def _worth(self, first: int, last: int) -> float:
        """The weight of a run of prose. Consent dialogs, what stands below the footer and lists are prose too."""
        prose = self.prose(first, last)
        is_list = sum(index in self.listed for index in prose) > len(prose) / 2
        return sum(
            weight(self.lines[index].text)
            * _FOREIGN ** (is_list + (index > self.footer) + (_COOKIE.search(self.lines[index].text) is not None))
            for index in prose
        )

    def _listed(self) -> frozenset[int]:
        """Prose in a series of which each is alone below a heading."""
        prose = self.prose(0, len(self.lines) - 1)
        found: set[int] = set()
        series = prose[:1]
        for index, following in pairwise([*prose, len(self.lines)]):
            between = self.lines[index + 1 : following]
            headings = sum(not line.noise and self.counts[line.text] < OFTEN for line in between)
            if following < len(self.lines) and 0 < headings <= 2:
                series.append(following)
                continue
            if len(series) >= _SERIES:
                found.update(series)
            series = [following]
        return frozenset(found)

    def _footer(self) -> int:
        """The last line of the page that claims its rights with a year: below it there is no article, but dialogs."""
        claims = (
            index
            for index in range(len(self.lines) - 1, -1, -1)
            if self.lines[index].noise
            and _YEAR.search(self.lines[index].text)
            and rights_holder(self.lines[index].text)
        )
        return next(claims, len(self.lines))

    def _resumes(self, heading: int) -> bool:
        """Two paragraphs in a row close below a heading over other articles: it stands inside the text.

        A list of other articles with their teasers has a headline before each.
        """
        below = self.lines[heading + 1 : heading + 6]
        return any(one.prose and two.prose for one, two in pairwise(below))


def _is_strange(texts: Sequence[str], article: Sequence[str]) -> bool:
    """They say hardly a name of an article that says its own again and again."""
    return share(article, topics(article)) >= _OWN and share(texts, topics(article)) <= _STRANGE


def _short_sentence(line: Line) -> bool:
    return not line.noise and not line.bullet and ends_sentence(line.text) and weight(line.text) >= 15
