"""What speaks against the text that was read from a page: nothing is passed on silently that may not be the article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipeline.article import ExtractionWarning
from pipeline.extraction.furniture import is_for_members
from pipeline.extraction.readings import key, prose
from pipeline.extraction.widgets import leaves
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import weight

# Two readings that have less than this in common are readings of two texts.
_AGREEMENT = 0.4
# The page's data hold the article's text too: one that is longer by this has more of it.
_LONGER = 1.6
# An article that only members may read, and that is shorter than this, is its beginning.
_BEGINNING = 1500.0
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_WORD = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\\W_]+")
# Words of one stem have this many letters in common, in languages that inflect.
_STEM = 4
_LEAST = 3
_ABOUT = 2
_SENTENCE = re.compile("(?<=[.!?…])\\s+|(?<=[。！？])")
# Of a dump, or of what was found in it, less is little.
_SHARE = 0.1


def warnings(
    tree: HtmlElement, title: str | None, found: Sequence[str], claimed: Sequence[str], confidence: float | None
) -> tuple[ExtractionWarning, ...]:
    """Doubts about the text of a page; () where nothing speaks against it.

    Args:
        tree: the page as it was.
        claimed: the text that the page's data give as the article's.
        confidence: how far two readings of the page agree.
    """
    length = sum(map(weight, found))
    if not length:
        return ()
    doubts = []
    if confidence is not None and confidence < _AGREEMENT:
        doubts.append(
            ExtractionWarning(
                kind="text-uncertain", detail=f"two readings of the page have {confidence:.0%} of their text in common"
            )
        )
    elif title and not _speaks_of(title, found):
        doubts.append(ExtractionWarning(kind="text-uncertain", detail="no word of the headline is in the text"))
    if _said_once(claimed) > _LONGER * length:
        doubts.append(
            ExtractionWarning(kind="text-incomplete", detail="the data of the page hold a longer text of the article")
        )
    elif length < _BEGINNING and _is_for_members(tree):
        doubts.append(
            ExtractionWarning(kind="text-incomplete", detail="the page keeps the whole article for its subscribers")
        )
    return tuple(doubts)


def dump_warnings(text: str, title: str | None, found: Sequence[str]) -> tuple[ExtractionWarning, ...]:
    """Doubts about what was read out of the text dump of a page; () where nothing speaks against it.

    Args:
        text: the dump.
        title: the headline.
    """
    lines = [line for raw in text.split("\n") if (line := clean_line(raw))]
    if prose(found) < _SHARE * sum(map(weight, lines)):
        return (ExtractionWarning(kind="text-uncertain", detail="what was found is little prose of much text"),)
    if title and not _speaks_of(title, found):
        return (ExtractionWarning(kind="text-uncertain", detail="no word of the headline is in the text"),)
    have = "".join(map(key, found))
    left = [line for line in dict.fromkeys(lines) if key(line) not in have]
    if title and _prose_about(title, left) > max(_prose_about(title, found), _SHARE * prose(found)):
        return (
            ExtractionWarning(
                kind="text-uncertain", detail="more of the prose about what the headline says was left out than found"
            ),
        )
    return ()


def _prose_about(title: str, texts: Sequence[str]) -> float:
    """Weight of the prose with two words of the headline or more."""
    head = _stems(title)
    return prose([text for text in texts if len(head & _stems(text)) >= _ABOUT])


def _said_once(texts: Sequence[str]) -> float:
    """Weight of a text without the sentences that it says again: some data hold it with and without sub-headlines."""
    sentences = (sentence for text in texts for sentence in _SENTENCE.split(text))
    return sum(map(weight, {key(sentence): sentence for sentence in sentences}.values()))


def _speaks_of(title: str, found: Sequence[str]) -> bool:
    head, text = _stems(title), _stems(" ".join(found))
    return len(head) < _LEAST or bool(head & text)


def _stems(text: str) -> set[str]:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return {word[:_STEM] for word in words if len(word) >= _STEM or weight(word) > len(word)}


def _is_for_members(tree: HtmlElement) -> bool:
    closed = any(
        _NOT_FREE.search(str(script.text_content()))
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "")
    )
    return closed or any(is_for_members(text) for _, text in leaves(tree) if len(text) <= 300)
