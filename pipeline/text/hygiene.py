"""Text without what a reader cannot see: controls, bidirectional overrides, zero-width junk, loose whitespace."""

import re
import unicodedata
from functools import lru_cache

# Format characters that carry meaning in their own scripts: joiners. Everything else of category Cf goes.
_JOINERS = "\u200c\u200d"
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufeff\ufe0f\u2640\u2642\U0001f300-\U0001faff]"
)
_SUSPECT = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U0001bca0-\U0001bcaf\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff]"
)
# What is not printable and yet no junk.
_SPACES = "\n\u00a0\u2003\u2009\u3000"
_LINE_BREAKS = "\u0085\u000b\u000c\u2028\u2029"
_SPACE = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """NFC text with `\\n` line ends, tabs as spaces and nothing invisible in it; lines and spaces stay as they are."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    for mark in _LINE_BREAKS:
        text = text.replace(mark, "\n")
    text = unicodedata.normalize("NFC", text)
    # Whole pages come here: most have nothing suspect, which this tells in a tenth of the time.
    seen = text
    for space in _SPACES:
        seen = seen.replace(space, "")
    if seen.isprintable() or not _SUSPECT.search(text):
        return text
    return unicodedata.normalize("NFC", _SUSPECT.sub(_allowed, text))


@lru_cache(maxsize=4096)
def clean_line(text: str) -> str:
    """`clean_text` on one line: every run of whitespace, line ends included, is one space; none at the ends."""
    return _SPACE.sub(" ", clean_text(text)).strip()


def _allowed(match: re.Match[str]) -> str:
    character = match[0]
    if character in _JOINERS:
        # Junk everywhere but behind a letter that can join.
        before = match.string[match.start() - 1] if match.start() else ""
        return character if _JOINING.match(before) else ""
    # The other format characters of the range carry nothing; spaces (Zs) and Arabic number signs do.
    drawn = unicodedata.category(character)[0] != "C" or "\u0600" <= character <= "\u0605"
    return character if drawn else ""
