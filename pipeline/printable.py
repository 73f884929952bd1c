"""Text of others where a program reads it first: a terminal, a reader of lines, an editor."""

from __future__ import annotations

import re

# Control characters but for tab and line feed: a terminal acts on them, those of C1 too, and some end a line for who
# reads line by line. Line and paragraph separator do, too. Bidirectional embeddings, overrides and isolates turn what
# stands around them; tags are not seen at all. Lone surrogates and non-characters are no text.
_ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def escaped(text: str) -> str:
    r"""The text with each character that acts on its reader as `\u001b`, which is what JSON calls it.

    Within the strings of a JSON text it means the same as before.
    """
    return _ACTIVE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
