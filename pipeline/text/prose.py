"""Measures of a line that hold in any script: how much it says, and whether it is a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
# Thai, Lao, Khmer and Burmese prose has spaces between phrases and no mark at the end of a sentence.
_UNPUNCTUATED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_CLOSING = "\"“'”’»›」』）)]】〉》*"
_LINE = 1000  # characters
_TERMINATOR = re.compile("[.!?…。！？｡؟۔।॥።፧։၊။។…‼⁇⁈⁉]$")
# Full stops that close no sentence: "1.", "A.", "v.v..." does.
_NUMBERED = re.compile(r"^\W*(?:\w{1,2}|[ivxIVX]+)\.$")
_INNER = re.compile("[,;:،؛，、；：.。।!?！？]")


def weight(text: str) -> float:
    """Length in characters of an alphabet: an ideograph or kana says as much as 2.5 of them, a Hangul syllable as 2."""
    if text.isascii():
        return len(text)
    return _weight(text) if len(text) <= _LINE else _reckoned(text)


def _reckoned(text: str) -> float:
    if not _WIDE.search(text):
        return len(text)
    return len(text) + 1.5 * len(_IDEOGRAPH.findall(text)) + len(_HANGUL.findall(text))


# The lines of a page are weighed again and again.
_weight = lru_cache(maxsize=4096)(_reckoned)


def unpunctuated(text: str) -> bool:
    """Mostly in a script that does not mark the end of a sentence."""
    return not text.isascii() and len(_UNPUNCTUATED.findall(text)) > 0.5 * len(text.replace(" ", ""))


def ends_sentence(text: str) -> bool:
    """The text ends with a full stop, question or exclamation mark of any script, closing quotes aside."""
    bare = text.rstrip().rstrip(_CLOSING)
    return bool(_TERMINATOR.search(bare[-2:])) and not _NUMBERED.match(bare)


def is_prose(text: str) -> bool:
    """A whole sentence or more, of the length that articles are made of."""
    size = weight(text)
    if unpunctuated(text):
        return size >= 90
    if size >= 45 and ends_sentence(text):
        return True
    # A paragraph that breaks off, ends with a colon or with a closing credit.
    return size >= 160 and len(_INNER.findall(text)) >= 2
