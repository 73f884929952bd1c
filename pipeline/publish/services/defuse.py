"""Text of articles made inert for services whose bodies are templates.

A service that fills templates reads `{{ .Subscriber.Email }}` in an article as an instruction. Escapes would not do:
whether a service resolves them before it looks for instructions, or an editor's program when the draft is opened, is
not documented. So the two characters that open an instruction are kept apart by one that is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_APART = "\u2060"  # WORD JOINER: no width, no line break
_ADDRESS = re.compile(r"https?://\S+")


def text(value: str, openers: Iterable[str]) -> str:
    """The text with none of the openers in it, each of two or more characters: a word joiner follows the first one."""
    return _found(tuple(openers)).sub(lambda match: match[0] + _APART, value)


def address(value: str, openers: Iterable[str]) -> str:
    """A web address likewise: the first character of an opener becomes its percent code, which says the same."""
    found = _found(tuple(openers))
    # A code may complete another opener: `{` before `%40`.
    while (done := found.sub(lambda match: f"%{ord(match[0]):02X}", value)) != value:
        value = done
    return value


def plain(value: str, openers: Iterable[str]) -> str:
    """Running text with web addresses in it, which still work, as plain text or Markdown."""
    openers = tuple(openers)
    done, parts = 0, []
    for found in _ADDRESS.finditer(value):
        parts += [value[done : found.start()], address(found[0], openers)]
        done = found.end()
    # An opener may begin in the text and end in the address.
    return text("".join((*parts, value[done:])), openers)


@cache
def _found(openers: tuple[str, ...]) -> re.Pattern[str]:
    """The first character of an opener, where the others follow; openers may overlap."""
    assert all(len(opener) > 1 and opener.isascii() for opener in openers)
    return re.compile("|".join(f"{re.escape(opener[0])}(?={re.escape(opener[1:])})" for opener in openers) or "(?!)")
