"""An article that is a table or a list: results, a ranking, a programme."""

from __future__ import annotations

from collections.abc import Sequence

import lxml.html
from lxml.html import HtmlElement

from pipeline.extraction.furniture import is_notice
from pipeline.extraction.readings import key
from pipeline.extraction.widgets import spaced_text
from pipeline.text.prose import ends_sentence, is_prose, weight

_BETWEEN = " | "
# Fewer rows are a box beside the text.
_ROWS = 3
# Rows of which more is links are a menu.
_LINKED = 0.5
# With more sentences than this it is a text, and a table in it stands beside them: of measures, of cookies.
_TEXT = 1500.0


def spread(tree: HtmlElement) -> list[str]:
    """Make each row of the data tables a line, in place, its cells parted; the lines of tables and of lists."""
    lines: list[str] = []
    for table in list(tree.iter("table")):
        rows = [[spaced_text(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        texts = [_BETWEEN.join(filter(None, cells)) for cells in rows if any(cells)]
        if len(texts) < _ROWS or _is_menu(table):
            continue
        for child in list(table):
            table.remove(child)
        table.tag, table.text = "div", None
        for text in texts:
            line = lxml.html.Element("p")
            line.text = text
            table.append(line)
        lines += texts
    for one in tree.iter("ol", "ul"):
        items = [text for item in one if item.tag == "li" and (text := spaced_text(item))]
        if len(items) >= _ROWS and not _is_menu(one):
            lines += items
    return lines


def with_rows(found: Sequence[str], lines: Sequence[str], order: Sequence[str]) -> list[str]:
    """The text with the rows that it lost, each in its place, where they are more than all of its prose.

    Args:
        lines: the rows, as `spread` gives them.
        order: the blocks of the page.
    """
    read = sum(weight(text) for text in found if (is_prose(text) or ends_sentence(text)) and text not in lines)
    rows = set(map(key, lines))
    if read > _TEXT or sum(map(weight, lines)) <= read or any(map(is_notice, lines)):
        return list(found)
    have = set(map(key, found))
    result = [text for text in order if key(text) in have or key(text) in rows]
    return result if have <= set(map(key, result)) else [*found, *(text for text in order if key(text) in rows - have)]


def _is_menu(node: HtmlElement) -> bool:
    text = spaced_text(node)
    return sum(len(spaced_text(link)) for link in node.iter("a")) > _LINKED * len(text)
