"""Tokens that a translation into a language of Latin letters may not have: those of other scripts.

A model cannot then leave a word as it is in the source. Letters alone count: punctuation, digits, symbols and Latin
with any accent stay.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.language import codes
from pipeline.language.scripts import other_than_latin

# With the point and the stroke of kana.
_FOREIGN: Final = re.compile(f"[{other_than_latin()}・ー]")
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
