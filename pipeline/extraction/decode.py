"""Bytes to text: what the bytes prove first, what the page claims next, what the text looks like last."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.article import ExtractionWarning
from pipeline.errors import Refused
from pipeline.text.charsets import guess_legacy, guess_utf16, is_damaged_utf8, mending_codec, visible
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
# Of a page in pieces, each is in one encoding: a teaser pasted in, a template around the text.
_PIECES = re.compile(rb"(<[^<>]*>|\n)")
_STRAY = re.compile("[\udc80-\udcff]+")
# Behind such a byte UTF-8 goes on: alone it is the rest of a letter that was cut.
_LEADS = re.compile(rb"[\xc2-\xf4][\x80-\xbf]|[\xc2\xc3]$")
_GONE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of some bytes: NFC, `\\n` line ends, no control characters."""

    text: str
    lost: int = 0
    """Characters outside mark-up that cannot be read and are left out, or came as U+FFFD already."""

    @property
    def warnings(self) -> tuple[ExtractionWarning, ...]:
        if not self.lost:
            return ()
        said = "1 character" if self.lost == 1 else f"{self.lost} characters"
        return (ExtractionWarning(kind="letters-lost", detail=f"{said} could not be read: left out"),)


def decode(data: bytes, *, html: bool = False, charset: str | None = None) -> Decoded:
    """
    Args:
        html: look for the page's own charset claim.
        charset: a claim from outside (a mail header). A claim is a hint: bytes that are valid UTF-8 are UTF-8, and
            bytes that make no language in the claimed encoding are not in it.

    Raises:
        Refused: `empty`, `binary` or `undecodable`.
    """
    if not data.strip(b"\x00 \t\r\n\f"):
        raise Refused("empty", "the file is empty; leave it out or fetch it again")
    text = _decode(data, [claim for claim in (charset, _claim(data) if html else None) if claim])
    lost = 0
    if _GONE in text:
        lost = visible(text.encode("utf-8", "replace")).decode("utf-8", "ignore").count(_GONE)
    text = clean_text(text.replace(_GONE, ""))
    if not text.strip():
        raise Refused("empty", "the file holds no visible text; leave it out or fetch it again")
    return Decoded(text, lost)


def _decode(data: bytes, claims: list[str]) -> str:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
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
    if len(data) - len(data.translate(None, _CONTROL)) > max(2, len(data) // 50):
        raise _binary()
    if _ISO_2022_JP.search(data):
        text = data.decode("iso2022_jp_2", "replace")
        if text.count(_GONE) <= max(2, len(text) // 100):
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    read = _mixed(data, claims) or (None if is_damaged_utf8(data) else _legacy(data, claims) or guess_utf16(data))
    if read is None:
        raise Refused("undecodable", "the text is in no encoding that could be recognised; save it as UTF-8")
    return read


def _legacy(data: bytes, claims: list[str]) -> str | None:
    codec = guess_legacy(data, claims)
    return data.decode(codec, "replace") if codec else None


def _claim(data: bytes) -> str | None:
    head = data[:_CLAIM_WINDOW]
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii", "ignore") if found else None


def _mixed(data: bytes, claims: list[str]) -> str | None:
    """UTF-8 with broken bytes (a cut page, a pasted quote) or whole passages in another encoding.

    None where nothing shows that any of it is UTF-8: a legacy text has pairs of bytes that happen to be valid.
    """
    pieces = _PIECES.split(data)
    read = [piece.decode("utf-8", "surrogateescape") for piece in pieces]
    sound = [not _STRAY.search(text) for text in read]
    whole = "".join(text for text, good in zip(read, sound, strict=True) if good)
    mostly = [good or _is_utf8(text) for text, good in zip(read, sound, strict=True)]
    if not any(_proves_utf8(text) if good else kept for text, good, kept in zip(read, sound, mostly, strict=True)):
        return None
    other = [piece for piece, kept in zip(pieces, mostly, strict=True) if not kept]
    foreign = guess_legacy(b"\n".join(other), claims) if other else None
    own = mending_codec(whole + "".join(text for text, kept in zip(read, mostly, strict=True) if kept))
    return "".join(
        text if good else piece.decode(foreign, "replace") if foreign and not kept else _mended(text, own)
        for piece, text, good, kept in zip(pieces, read, sound, mostly, strict=True)
    )


def _is_utf8(text: str) -> bool:
    """Its intact sequences outnumber the stray bytes by far."""
    stray = sum(map(len, _STRAY.findall(text)))
    return sum(character > "\x7f" for character in text) - stray >= 5 * stray


def _proves_utf8(text: str) -> bool:
    """Several letters in a row of a script, or an accent among Latin letters: no chance makes them of other bytes."""
    beyond = sum(character > "\x7f" for character in text)
    return beyond >= 4 or 0 < 3 * beyond <= sum(character.isalpha() for character in text)


def _mended(text: str, codec: str | None) -> str:
    """Stray bytes read in the encoding of the text's language, where that makes a word; else U+FFFD."""

    def read(match: re.Match[str]) -> str:
        stray = match[0].encode("utf-8", "surrogateescape")
        if codec is None or len(stray) > 2 or _LEADS.match(stray):
            return _GONE
        letters = stray.decode(codec, "replace")
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        inside = before.islower() and after.islower()
        return letters if letters.isprintable() and not (inside and not letters.islower()) else _GONE

    return _STRAY.sub(read, text)


def _binary() -> Refused:
    return Refused("binary", "the file is not text; give worldbrief text, HTML, Markdown, JSON or mail")
