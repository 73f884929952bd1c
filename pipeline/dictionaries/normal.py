"""Words as dictionaries spell them: no vowel marks, no stress, one spelling of what is written in two ways."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

from pipeline.language.facts import facts

# Arabic vowel marks and the stroke that stretches a word; Hebrew points, but not its punctuation; joiners.
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u200b-\u200f\u00ad]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff\u200b-\u200f\u00ad]")
# Alef with and without its sign; yeh and kaf as Arabic and as Persian keyboards write them.
_ONE_SPELLING = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "’": "'", "ʼ": "'", "ʹ": "'"}
)
# All that is changed below.
_ANY = re.compile("[\u0300\u0301\u0590-\u06ff\u200b-\u200f\u00ad’ʼʹ]")
_STRESS = re.compile("(?<=[\u0400-\u04ff])[\u0300\u0301]")


def plain(text: str) -> str:
    """A word or text as it is looked up; case stays, the length may not."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if not _ANY.search(text):
        return text
    if _RIGHT_TO_LEFT.search(text):
        text = _MARKS.sub("", text)
    if "\u0300" in text or "\u0301" in text:
        text = unicodedata.normalize("NFC", _STRESS.sub("", text))
    return text.translate(_ONE_SPELLING)


def lower(text: str, language: str) -> str:
    """In small letters, as the language has them: some know an i without its dot."""
    if facts(language).words.dotless_i:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower().replace("i̇", "i")


def upper_first(text: str, language: str) -> str:
    """With a capital, as the language has it."""
    first = text[:1]
    return ("İ" if first == "i" and facts(language).words.dotless_i else first.upper()) + text[1:]


@cache
def word_pattern() -> re.Pattern[str]:
    """A run of letters with the marks that belong to them, joined by hyphens; numbers are no words."""
    marks = "".join(
        re.escape(chr(code)) for code in range(0x300, min(sys.maxunicode, 0x1E000))
        if unicodedata.category(chr(code)) in ("Mn", "Mc")
    )  # fmt: skip
    letter = rf"(?:[^\W\d_]|[{marks}\u200c\u200d])"
    return re.compile(rf"{letter}+(?:[-\u2010\u2011]{letter}+)*")
