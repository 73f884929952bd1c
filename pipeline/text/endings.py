"""Translations that stop before their source does: no full stop, a last word that ends no sentence, an open bracket."""

from __future__ import annotations

import re

from pipeline.text.doubts import Doubt
from pipeline.text.numbers.digits import LINK

# What may stand after the mark that ends a sentence: quotation marks, brackets, notes such as [2].
_CLOSING = re.compile(r"(?:\[\d{1,3}\]|[\s\"'”’»›)\]}」』）】》〉*_])+$")
_ENDS_SOURCE = tuple(".!?…。！？｡।॥؟۔။។።")
_ENDS_ENGLISH = tuple(".!?…:;")
# Determiners, conjunctions and the like, after which an English sentence goes on.
_GOES_ON = re.compile(
    r"\b(?:the|an?|of|and|or|but|if|because|although|whereas|while|unless|than|from|into|onto|between|among|during"
    r"|toward|towards|upon|via|per|my|your|their|its|our|which|whose|every|very|such as|as well as|due to|according to"
    r"|is|are|was|were|be|been|being|has|had|will|would|could|should|may|might|can|to|with|for|at|by|in|as)[.!?…:;,]*$",
    re.IGNORECASE,
)
# Of these, some do end sentences ("where it came from."): they count only where no full stop is.
_ENDS_AT_TIMES = re.compile(
    r"\b(?:from|into|than|between|upon|is|are|was|were|be|been|being|has|had|will|would|could|should|may|might|can|to"
    r"|with|for|at|by|in|as|such as|unless|while|via|my|which|toward|towards|if|its|our)[.!?…:;,]*$",
    re.IGNORECASE,
)
_BRACKETS = (("(", ")"), ("[", "]"))
_SOURCE_BRACKETS = str.maketrans("（）［］", "()[]")
_FEWEST_WORDS = 3


def check_ending(source: str, english: str) -> list[Doubt]:
    """A doubt "truncated" where the source ends like a sentence and the English breaks off.

    Silent for headlines and list items, whose source has no full stop either, and for languages that write none.
    """
    body, before = _stripped(english), _stripped(source)
    if len(body.split()) < _FEWEST_WORDS or LINK.fullmatch(body.split()[-1].rstrip(".,;:")):
        return []
    tail = body[-40:].strip()
    near_the_end = max(0, len(body) - 40)
    goes_on = _GOES_ON.search(body, near_the_end)
    if before.endswith(_ENDS_SOURCE) and not body.endswith(_ENDS_ENGLISH):
        return [Doubt("truncated", f"it breaks off after “…{tail}”")]
    if goes_on and not _ENDS_AT_TIMES.search(body, near_the_end):
        return [Doubt("truncated", f"it ends with “…{tail}”")]
    for opening, closing in _BRACKETS:
        if english.count(opening) <= english.count(closing):
            continue
        folded = source.translate(_SOURCE_BRACKETS)
        if folded.count(opening) <= folded.count(closing):
            return [Doubt("truncated", f"a bracket “{opening}” is opened and not closed")]
    return []


def _stripped(text: str) -> str:
    return _CLOSING.sub("", text[-400:].rstrip())
