"""How alike a name in Latin letters and a stretch of text in any script sound.

Both are brought to Latin letters (AnyAscii) and folded to classes of sounds that romanisations confuse: Wade-Giles
and Pinyin, McCune and Revised Romanisation, the habits of newspapers. The result is good for "could this name stand
for something in this sentence?", not for spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that romanisations use for one sound, in the order of replacement.
_CLASSES = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"ph", "f"),
        (r"tch|zh|ch|sh|ts|tz|x|q|j|z|s", "s"),
        (r"c(?=[eiy])", "s"),
        (r"[ckg]", "k"),
        (r"[bpfv]", "p"),
        (r"[dt]", "t"),
        (r"[rl]", "l"),
        (r"ng", "n"),
        (r"(?<=[aeiouyn])h|h(?=[^aeiouyw]|$)", ""),
        (r"[iye]", "i"),
        (r"[ouw]", "o"),
    )
)
_LONGEST_WINDOW = 14


def plain(text: str) -> str:
    """Lower case without accents and with plain quotation marks, to find names however they are spelt."""
    if text.isascii():
        return text.lower()
    stripped = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return stripped.replace("’", "'").replace("ı", "i").replace("đ", "d").replace("Đ", "D").replace("ł", "l").casefold()


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The sound classes of a text, as lower-case letters; "" where nothing in it can be read aloud."""
    from anyascii import anyascii

    letters = re.sub(r"[^a-z]", "", anyascii(text).lower())
    for pattern, letter in _CLASSES:
        letters = pattern.sub(letter, letters)
    return re.sub(r"(.)\1+", r"\1", letters)


def likeness(name: str, text: str) -> float:
    """How well some stretch of `text` sounds like `name`: 0 not at all, 1 the same.

    Stretches begin and end at characters of `text`, at most 14 of them.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    folded = fold(name)
    if not folded:
        return 0.0
    windows: set[str] = set()
    for start in range(len(text)):
        if text[start].isspace():
            continue
        for end in range(start + 1, min(len(text), start + _LONGEST_WINDOW) + 1):
            window = fold(text[start:end])
            if len(window) > 1.5 * len(folded) + 1:
                break
            if len(window) >= 0.6 * len(folded):
                windows.add(window)
    best = process.extractOne(folded, windows, scorer=Indel.normalized_similarity)
    return float(best[1]) if best else 0.0


@lru_cache(maxsize=65_536)
def plain_letters(text: str) -> str:
    """Lower case without accents, in the text's own script; the two signs of Hindi for a nasal are one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).replace("\u0901", "\u0902")
    return _NOT_ASCII.sub(_without_marks, decomposed)


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def _without_marks(run: re.Match[str]) -> str:
    return "".join(character for character in run[0] if not unicodedata.combining(character))
