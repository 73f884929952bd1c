"""Bytes to text: what the bytes prove first, what the page claims next, what the text looks like last."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import Refused
from pipeline.extraction.charsets import guess_legacy, guess_utf16, python_codec
from pipeline.text.hygiene import clean_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF", b"\x1f\x8b", b"BZh",
    b"7z\xbc\xaf", b"\xfd7zXZ", b"\x7fELF", b"MZ\x90", b"Rar!", b"OggS", b"ID3", b"\x00\x00\x01\x00",
    b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"II*\x00", b"MM\x00*", b"PAR1", b"wOFF", b"wOF2",
)  # fmt: skip
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x0b"))
# A claim stands near the top of a page: browsers look at the first 1024 bytes, real pages need a few more.
_CLAIM_WINDOW = 4096
_META = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:.-]+)""", re.IGNORECASE)
_ISO_2022_JP = re.compile(rb"\x1b\$[@B].+?\x1b\([BJ]", re.DOTALL)
# Share of characters that may be broken in a text we still read.
_TOLERATED = 0.01


def decode(data: bytes, *, html: bool = False, charset: str | None = None) -> str:
    """The text of `data`: NFC, `\\n` line ends, no control characters.

    Args:
        html: look for the page's own charset claim.
        charset: a claim from outside (a mail header); a claim is a hint, bytes that are valid UTF-8 are UTF-8.

    Raises:
        Refused: `empty`, `binary` or `undecodable`.
    """
    if not data.strip(b"\x00 \t\r\n\f"):
        raise Refused("empty", "the file is empty; leave it out or fetch it again")
    text = clean_text(_decode(data, (charset, _claim(data) if html else None)))
    if not text.strip():
        raise Refused("empty", "the file holds no visible text; leave it out or fetch it again")
    return text


def _decode(data: bytes, claims: tuple[str | None, ...]) -> str:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace").replace("\ufffd", "")
    if data.startswith(_MAGIC):
        raise _binary()
    if b"\x00" in data:
        text = guess_utf16(data)
        if text is not None:
            return text
        # A stray NUL in a text is dirt; many are a binary file.
        if data.count(b"\x00") > max(1, len(data) // 1000):
            raise _binary()
        data = data.replace(b"\x00", b"")
    if sum(data.count(byte) for byte in _CONTROL) > max(2, len(data) // 50):
        raise _binary()
    if _ISO_2022_JP.search(data):
        text = _tolerant(data, "iso2022_jp_2")
        if text is not None:
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = _mostly_utf8(data)
    if text is not None:
        return text
    for claim in claims:
        known = python_codec(claim) if claim else None
        text = _tolerant(data, known) if known else None
        if text is not None:
            return text
    text = guess_legacy(data)
    if text is None:
        raise Refused("undecodable", "the text is in no encoding that could be recognised; save it as UTF-8")
    return text


def _claim(data: bytes) -> str | None:
    head = data[:_CLAIM_WINDOW]
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii", "ignore") if found else None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes (a cut page, a pasted quote), told from a legacy text by its intact sequences."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    intact = sum(character > "\x7f" for character in text) - broken
    return text.replace("\ufffd", "") if intact >= 5 * broken else None


def _tolerant(data: bytes, codec: str) -> str | None:
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if broken > max(2, _TOLERATED * len(text)):
        return None
    return text.replace("\ufffd", "")


def _binary() -> Refused:
    return Refused("binary", "the file is not text; give worldbrief text, HTML, Markdown, JSON or mail")
