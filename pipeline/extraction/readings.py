"""Two readings of a page held against each other: what one lost, what it runs together, how far they agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from pipeline.extraction.furniture import ends_article, is_of_outlet
from pipeline.extraction.widgets import leaves, spaced_text
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import ends_sentence, is_prose, weight

_NO_LETTER = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
# A paragraph with more of its text in links leads elsewhere.
_LINKED = 0.5


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The letters and digits of a text, by which readings are compared."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


def prose(texts: Sequence[str]) -> float:
    """Weight of what reads as sentences."""
    return sum(weight(text) for text in texts if is_prose(text) or ends_sentence(text))


def news(texts: Sequence[str]) -> float:
    """Weight of what reads as news; by it readings are compared."""
    return sum(weight(text) for text in texts if (is_prose(text) or ends_sentence(text)) and not is_of_outlet(text))


def agreement(one: Sequence[str], two: Sequence[str]) -> float:
    """Share of their prose that two readings have in common, 0..1."""
    left, right = {key(text): weight(text) for text in one}, {key(text): weight(text) for text in two}
    common = sum(size for name, size in left.items() if name in right)
    return 2 * common / (sum(left.values()) + sum(right.values())) if left and right else 0.0


def ordered(found: Sequence[str], order: Sequence[str]) -> list[str]:
    """A reading in the order of the page, where all of it is there."""
    places: dict[str, int] = {}
    for index, text in enumerate(order):
        places.setdefault(text, index)
    return sorted(found, key=places.__getitem__) if set(found) <= places.keys() else list(found)


def parted(found: Sequence[str], order: Sequence[str]) -> list[str]:
    """A reading with the paragraphs that it runs together parted as the page has them.

    Args:
        order: the blocks of the page.
    """
    if set(found) <= set(order):
        return list(found)
    keys = [key(text) for text in order]
    known = set(keys)
    result: list[str] = []
    for text in found:
        name = key(text)
        run = None if name in known else _run(name, keys)
        result += order[run[0] : run[1]] if run else [text]
    return result


def _run(name: str, keys: Sequence[str]) -> tuple[int, int] | None:
    """Blocks that make up a text, first and behind the last; None where none do."""
    for start, first in enumerate(keys):
        if not first or not name.startswith(first):
            continue
        rest, end = name, start
        while rest and end < len(keys) and keys[end] and rest.startswith(keys[end]):
            rest = rest[len(keys[end]) :]
            end += 1
        if not rest:
            return start, end
    return None


@dataclass(frozen=True, slots=True)
class _Leaf:
    text: str
    key: str
    where: tuple[str, ...]
    """Tag and class of the element and of what holds it: parts of one text are built alike."""


def completed(tree: HtmlElement, found: Sequence[str]) -> list[str]:
    """A reading with the prose that it lost: between its paragraphs, and in containers built like theirs.

    A body that is cut into pieces, for advertisements between them, has several such containers.
    """
    page = [_leaf(node, text) for node, text in leaves(tree) if _belongs(node, text)]
    places: dict[str, int] = {}
    for index, leaf in enumerate(page):
        places.setdefault(leaf.key, index)
    held = [places[name] for name in map(key, found) if name in places]
    if len(held) < 2:
        return list(found)
    built = {page[index].where for index in held}
    have = set(map(key, found))
    whole = "".join(map(key, found))
    lost = [
        index
        for index, leaf in enumerate(page)
        if leaf.key not in have
        and leaf.where in built
        and (min(held) < index < max(held) or (leaf.where[-1] and index > min(held)))
        and leaf.key not in whole
    ]
    result: list[str] = []
    for text in found:
        place = places.get(key(text))
        while lost and place is not None and lost[0] < place:
            result.append(page[lost.pop(0)].text)
        result.append(text)
    return [*result, *(page[index].text for index in lost)]


def _belongs(node: HtmlElement, text: str) -> bool:
    if weight(text) < 25 or not (is_prose(text) or ends_sentence(text)) or ends_article(text.split(":")[0]):
        return False
    return sum(len(spaced_text(link)) for link in node.iter("a")) <= _LINKED * len(text)


def _leaf(node: HtmlElement, text: str) -> _Leaf:
    parent = node.getparent()
    names = (
        node.tag,
        node.get("class") or "",
        *((parent.tag, parent.get("class") or "") if parent is not None else ()),
    )
    return _Leaf(clean_line(text), key(text), tuple(_DIGITS.sub("", str(name)) for name in names))
