"""Tokens that a translation into a language of Latin letters may not have: those of other scripts.

A model cannot then leave a word as it is in the source. Letters alone count: punctuation, digits, symbols and Latin
with any accent stay.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.language import codes

# Greek and Cyrillic, Hebrew and Arabic, the scripts of South and South-East Asia, Georgian, Khmer, kana, Han, Hangul.
_FOREIGN: Final = re.compile(
    r"[\u0370-\u052f\u0590-\u06ff\u0900-\u0eff\u1000-\u10ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
# A vocabulary with single bytes could spell them out. These begin, in UTF-8, nothing else: U+0380 to U+0FFF but for the
# stretches that share a byte with something else, and U+4000 to U+DFFF.
_FOREIGN_BYTES: Final = frozenset(
    f"<0x{byte:02X}>" for byte in (*range(0xCE, 0xD5), *range(0xD6, 0xDC), 0xE0, *range(0xE4, 0xEE))
)


def is_foreign(text: str) -> bool:
    """Whether a token, spelled out, has a letter of another script than Latin."""
    return _FOREIGN.search(text) is not None or text in _FOREIGN_BYTES


def writes_latin(language: str) -> bool:
    """Whether a language is written in Latin letters, so that foreign tokens can be suppressed."""
    return codes.script(language) == "Latn"
