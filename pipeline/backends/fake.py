"""A translator without a model, for tests and for trying out a configuration in seconds.

It does not translate. It writes an English-looking sentence with as many words as the source is long, keeping what
has to survive a translation: numbers, words in Latin letters, and the given names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from pipeline.backends import Decoding, Hypothesis, Segment

_FILLER = (
    "the talks between officials about trade and new projects went on while people in towns along rivers asked for"
    " better schools safer roads cheaper power cleaner water and more work as leaders said plans would help growth"
)
_WORDS = _FILLER.split()
# Nouns: a sentence that ends with "and" would be doubted.
_LAST = ("talks", "officials", "trade", "projects", "people", "towns", "rivers", "schools", "roads", "power", "water")
# Whole words: in "Đối" there is no Latin "i" to keep.
_KEPT = re.compile(
    r"(?<![^\W\d_])[A-Za-z](?:[A-Za-z.'-]*[A-Za-z])?(?![a-z\u00c0-\u024f\u1e00-\u1eff])|\d+(?:[.,:/-]\d+)*%?"
)


class FakeTranslator:
    """Implements `Translator`; the same input always gives the same output."""

    identity = "fake@2"

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        return [1 + len(segment.text) // 2 for segment in segments]

    def attempts(self, segment: Segment) -> int:
        return 1

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        return [Hypothesis(_sentence(segment), score=-0.1) for segment in segments]


def _sentence(segment: Segment) -> str:
    text = segment.text
    names: list[str] = []
    for source, english in segment.terms:
        if source in text:
            text = text.replace(source, " ")
            names.append(english)
    words = list(dict.fromkeys([*names, *_KEPT.findall(text)]))
    seed = hashlib.sha256(segment.text.encode()).digest()
    filler = [_WORDS[byte % len(_WORDS)] for byte in seed[: max(3, min(24, len(text) // 4) - len(words))]]
    if len(words) < len(filler):
        filler[-1] = _LAST[seed[-1] % len(_LAST)]
    sentence = " ".join(
        word for pair in zip(filler, [*words, *[""] * len(filler)], strict=False) for word in pair if word
    )
    rest = " ".join(words[len(filler) :])
    sentence = f"{sentence} {rest}".strip()
    return sentence[:1].upper() + sentence[1:] + ("" if segment.is_title else ".")
