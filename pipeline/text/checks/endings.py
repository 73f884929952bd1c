"""Translations that stop before their source does: no full stop, a last word that ends no sentence, an open bracket."""

from __future__ import annotations

import re

from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import LINK, may_have_links

# What may stand after the mark that ends a sentence: quotation marks, brackets, notes such as [2].
_CLOSING = re.compile(r"(?:\[\d{1,3}\]|[\s\"'”’»›)\]}」』）】》〉*_])+$")
_ENDS_SOURCE = tuple(".!?…。！？｡।॥؟۔။។።")
_ENDS_ENGLISH = tuple(".!?…:;")
# Determiners, conjunctions and prepositions after which an English sentence goes on; not those that may end one ("where
# it came from.").
_GOES_ON = frozenset(
    (
        *("the", "a", "an", "of", "and", "or", "but", "because", "although", "whereas", "onto", "among", "during"),
        *("per", "your", "their", "whose", "every", "very"),
    )
)
_LAST_WORD = re.compile(r"(\w+)[.!?…:;,]*$")
_BRACKETS = (("(", ")"), ("[", "]"))
_SOURCE_BRACKETS = str.maketrans("（）［］", "()[]")
_FEWEST_WORDS = 3


def check_ending(judged: Judged) -> list[Doubt]:
    """A doubt "truncated" where the source ends like a sentence and the English breaks off.

    Silent for headlines and list items, whose source has no full stop either, and for languages that write none.
    """
    source, english = judged.source, judged.english
    body, before = _stripped(english), _stripped(source)
    words = body.split()
    if len(words) < _FEWEST_WORDS or (may_have_links(words[-1]) and LINK.fullmatch(words[-1].rstrip(".,;:"))):
        return []
    tail = body[-40:].strip()
    if before.endswith(_ENDS_SOURCE) and not body.endswith(_ENDS_ENGLISH):
        return [Doubt("truncated", f"it breaks off after “…{tail}”")]
    last = _LAST_WORD.search(body, max(0, len(body) - len(tail)))
    if last and last[1].lower() in _GOES_ON:
        return [Doubt("truncated", f"it ends with “…{tail}”")]
    for opening, closing in _BRACKETS:
        if english.count(opening) <= english.count(closing):
            continue
        folded = source.translate(_SOURCE_BRACKETS)
        if folded.count(opening) <= folded.count(closing):
            return [Doubt("truncated", f"a bracket “{opening}” is opened and not closed")]
    return []


def check_finished(judged: Judged) -> list[Doubt]:
    """A doubt "truncated" where the model was stopped by the length limit."""
    return [] if judged.is_finished else [Doubt("truncated", "the translation reached the length limit")]


def _stripped(text: str) -> str:
    return _CLOSING.sub("", text[-400:].rstrip())
