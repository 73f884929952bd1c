"""Header lines of a message.

`email.message` folds headers itself, but hostile text that it has to encode or fold can come back altered or even as
further headers; here every text that is not plain becomes encoded words, which are ASCII without line breaks.
"""

from __future__ import annotations

import re
from email.header import Header

from pipeline.issue.mailbox import Mailbox

_MAX_LINE = 76
_FOLD = "\r\n "
_ATOMS = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*")


def text_header(name: str, text: str) -> bytes:
    """A header of free text: one line, CRLF at the end, folded where it is long."""
    fits = len(name) + 2 + len(text) <= _MAX_LINE
    plain = fits and text.isascii() and text.isprintable() and "=?" not in text
    return f"{name}: {text if plain else _encoded(text, name)}\r\n".encode("ascii")


def address_header(name: str, boxes: tuple[Mailbox, ...]) -> bytes:
    """A header of mailboxes, one on each line."""
    return f"{name}: {f',{_FOLD}'.join(_mailbox(box) for box in boxes)}\r\n".encode("ascii")


def unsubscribe_headers(links: tuple[str, ...]) -> bytes:
    """List-Unsubscribe (RFC 2369) and, for https, that one click is enough (RFC 8058); nothing without links."""
    if not links:
        return b""
    lines = f"List-Unsubscribe: {f',{_FOLD}'.join(f'<{link}>' for link in links)}\r\n"
    if any(link.startswith("https:") for link in links):
        lines += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    return lines.encode("ascii")


def _mailbox(box: Mailbox) -> str:
    if not box.name:
        return box.address
    plain = len(box.name) < _MAX_LINE // 2 and _ATOMS.fullmatch(box.name)
    return f"{box.name} <{box.address}>" if plain else f"{_encoded(box.name, 'From')}{_FOLD}<{box.address}>"


def _encoded(text: str, name: str) -> str:
    return Header(text, "utf-8", maxlinelen=_MAX_LINE, header_name=name).encode(linesep="\r\n")
