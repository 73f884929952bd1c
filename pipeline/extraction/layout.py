"""A page's markup brought to what the eye parts: furigana, tables that only lay out, lines that `<br>` cuts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import lxml.etree
from lxml.html import HtmlElement

from pipeline.text.prose import ends_sentence, is_prose, weight

_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_CELLS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "center")
# Scripts without spaces between words.
_UNSPACED = re.compile("[\u2e80-\u312f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_INNER = re.compile("[,;،؛，、；：。।]")
# Of a text cut at one width the lines are no wider than this, and those in the middle of a sentence nearly as wide
# as the widest.
_WIDEST = 150.0
_NEARLY = 0.6
_NARROWEST = 20.0


# Putting lines together takes time with the square of their number, and no article has so many between two blocks.
_MOST_LINES = 2_000


def settle(tree: HtmlElement) -> None:
    """Change the tree in place: no readings above ideographs, layout tables as blocks, cut lines joined."""
    # What stands above an ideograph says how it is read; it is no part of the text.
    lxml.etree.strip_elements(tree, "rt", "rp", "rtc", with_tail=False)
    lxml.etree.strip_tags(tree, "ruby", "rb", "rbc")
    for table in list(tree.iter("table")):
        if is_layout(table):
            for node in list(table.iter(*_CELLS)):
                leaf = node.tag in ("td", "th") and all(child.tag in (*_INLINE, "br", "img") for child in node)
                node.tag = "p" if leaf else "div"
    for parent in dict.fromkeys(node.getparent() for node in tree.iter("br")):
        if parent is not None:
            _join_lines(parent)


def is_layout(table: HtmlElement) -> bool:
    """The table only places blocks on the page: one inside another, or whole paragraphs in its cells."""
    if (table.get("role") or "").lower() in ("presentation", "none") or table.find(".//table") is not None:
        return True
    if any(True for _ in table.iter("th", "caption")):
        return False
    cells = [" ".join(str(cell.text_content()).split()) for cell in table.iter("td")]
    filled = [text for text in cells if text]
    prose = sum(weight(text) for text in filled if is_prose(text))
    return len(filled) <= 1 or prose > 0.5 * sum(map(weight, filled))


@dataclass(slots=True)
class _Line:
    text: str
    end: HtmlElement | None
    """The `br` behind it; None at the end of the run."""


def _join_lines(parent: HtmlElement) -> None:
    for run in _runs(parent):
        if len(run) > _MOST_LINES:
            continue
        breaks = [(one, two) for one, two in pairwise(run) if one.text and two.text and one.end is not None]
        if not breaks:
            continue
        widest = max(weight(line.text) for line in run)
        wrapped = _is_wrapped(run, breaks, widest)
        for one, two in breaks:
            short = weight(one.text) < _NEARLY * widest
            lower = two.text[0].islower() and not ends_sentence(one.text)
            if (wrapped and not (short and ends_sentence(one.text))) or (lower and not one.text.endswith((":", ";"))):
                _join(one, two)


def _is_wrapped(run: list[_Line], breaks: list[tuple[_Line, _Line]], widest: float) -> bool:
    open_ended = [(one, two) for one, two in breaks if not ends_sentence(one.text)]
    if len(breaks) < 2 or len(open_ended) < 0.5 * len(breaks) or widest > _WIDEST:
        return False
    if any(weight(one.text) < max(_NARROWEST, _NEARLY * widest) for one, _ in open_ended):
        return False
    # A list has lines of one width too; the lines of a sentence go on in small letters, or with commas in between.
    cased = [
        two.text[0] for _, two in open_ended if two.text[0].isalpha() and two.text[0].lower() != two.text[0].upper()
    ]
    if cased:
        return sum(letter.islower() for letter in cased) >= 0.5 * len(cased)
    return ends_sentence(run[-1].text) and bool(_INNER.search("".join(line.text for line in run)))


def _runs(parent: HtmlElement) -> list[list[_Line]]:
    """The lines directly in an element, cut at its `br`; another block inside it begins a new run."""
    runs: list[list[_Line]] = [[]]
    text = parent.text or ""
    for child in parent:
        if child.tag == "br":
            runs[-1].append(_Line(" ".join(text.split()), child))
            text = child.tail or ""
        elif child.tag in _INLINE or not isinstance(child.tag, str):
            text += (str(child.text_content()) if isinstance(child.tag, str) else "") + (child.tail or "")
        else:
            runs[-1].append(_Line(" ".join(text.split()), None))
            runs.append([])
            text = child.tail or ""
    runs[-1].append(_Line(" ".join(text.split()), None))
    return runs


def _join(one: _Line, two: _Line) -> None:
    """Put the second line behind the first: with a space, unless the script has none."""
    node = one.end
    parent = node.getparent() if node is not None else None
    if node is None or parent is None:
        return
    space = "" if _UNSPACED.match(one.text[-1]) and _UNSPACED.match(two.text[0]) else " "
    tail = space + (node.tail or "").lstrip()
    previous = node.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "").rstrip() + tail
    else:
        parent.text = (parent.text or "").rstrip() + tail
    parent.remove(node)
