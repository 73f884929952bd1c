"""Which legacy encoding a text without a usable claim is in, by the characters that its languages use most."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise

# WHATWG labels whose meaning differs from Python's codec of the same name: browsers read the superset.
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "chinese": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "korean": "cp949", "windows-949": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932", "x-euc-jp": "euc_jp",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "l1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "unicode": "utf-16-le", "utf-16": "utf-16-le",
    "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman", "koi8-u": "koi8_u", "koi8-r": "koi8_u",
}  # fmt: skip

# Text codecs of Python that no page is written in; some take quadratic time.
_NO_CHARSETS = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"))

_KANA = "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))))
_CJK_PUNCTUATION = "，。、：；？！「」『』（）《》“”‘’—…·・"

_VIETNAMESE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_BETWEEN_LATIN = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")


@cache
def _profiles() -> tuple[tuple[str, str, float, int], ...]:
    """Of each legacy encoding: codec, frequent characters, their share, and the least number of different ones.

    The share is that of the text's characters beyond ASCII in real prose: a text in another encoding, read with this
    codec, stays far below half of it. A run of one repeated byte proves nothing.
    """
    text = files("pipeline.extraction").joinpath("frequent_characters.tsv").read_text(encoding="utf-8")
    frequent = dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return (
        ("gb18030", frequent["Hans"] + _CJK_PUNCTUATION, 0.5, 12),
        ("big5hkscs", frequent["Hant"] + _CJK_PUNCTUATION, 0.5, 12),
        ("cp949", frequent["Hang"] + _CJK_PUNCTUATION, 0.6, 12),
        ("cp932", _KANA + _CJK_PUNCTUATION, 0.5, 12),
        ("euc_jp", _KANA + _CJK_PUNCTUATION, 0.5, 12),
        ("cp1251", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэіїєґўђјљњћџ«»—–№", 0.85, 8),
        ("koi8_u", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэіїєґ", 0.85, 8),
        ("cp866", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэ", 0.85, 8),
        ("cp1256", "اليمونرتبةعدسفهكقحجشطصخضذئءثىغظأإآؤًٌٍَُِّْپچژگکی،؛؟", 0.85, 10),
        ("cp1253", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ«»’", 0.85, 10),
        ("cp1255", "אבגדהוזחטיךכלםמןנסעףפץצקרשת־׳״’“”–", 0.85, 10),
        ("cp874", "".join(map(chr, (*range(0xE01, 0xE3B), *range(0xE40, 0xE4F)))), 0.85, 12),
    )


def python_codec(label: str) -> str | None:
    """Python's codec for a WHATWG label as browsers read it; None for an unknown one."""
    name = label.strip().lower()
    try:
        name = codecs.lookup(_SUPERSETS.get(name, name)).name
        b"aa".decode(name, "replace")  # refuses codecs that make no text, such as hex
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else name


def guess_utf16(data: bytes) -> str | None:
    """`data` as UTF-16 without a byte-order mark, or None where neither byte order gives text."""
    if len(data) % 2:
        data = data[:-1]
    best: tuple[float, str] = (0.0, "")
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # Read in the wrong order, spaces and line ends become rare ideographs and controls.
        ordinary = sum(text.count(character) for character in " \n。，、的는다")
        odd = sum(unicodedata.category(character)[0] == "C" and character not in "\r\n\t" for character in text)
        if not odd and ordinary > best[0]:
            best = (ordinary, text)
    return best[1] if best[0] >= max(1, len(best[1]) // 100) else None


def guess_legacy(data: bytes) -> str | None:
    """`data` in the legacy encoding whose languages it looks like, or None.

    Certain beyond a few hundred bytes of running text. Bytes of several encodings mixed give None.
    """
    best: tuple[float, str] = (0.0, "")
    for codec, frequent, typical, different in _profiles():
        text = _read(data, codec)
        if text is None:
            continue
        foreign = [character for character in text if character > "\x7f" and not character.isspace()]
        hits = [character for character in foreign if character in frequent]
        share = len(hits) / len(foreign) / typical if foreign else 0.0
        various = len(set(hits)) >= min(different, max(2, len(foreign) // 3))
        # Accents stand between Latin letters, letters of another script do not.
        accents = len(_BETWEEN_LATIN.findall(text)) > 0.3 * len(foreign)
        if share > best[0] and share >= 0.5 and various and not accents:
            best = (share, text)
    vietnamese = _vietnamese(data)
    if vietnamese is not None:
        return vietnamese
    if best[0]:
        return best[1]
    utf16 = guess_utf16(data)
    return utf16 if utf16 is not None else _guess_latin(data)


def _read(data: bytes, codec: str) -> str | None:
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    return text.replace("\ufffd", "") if broken <= max(1, len(text) // 200) else None


def _vietnamese(data: bytes) -> str | None:
    """Windows-1258 writes tones as combining marks after a vowel: no other text has several of them, so placed."""
    text = _read(data, "cp1258")
    if text is None:
        return None
    placed = [mark for vowel, mark in pairwise(text) if mark in _VIETNAMESE_MARKS and vowel in _VOWELS]
    loose = sum(text.count(mark) for mark in _VIETNAMESE_MARKS) - len(placed)
    letters = sum(character.isalpha() for character in text)
    enough = len(placed) >= 0.03 * letters and len(set(placed)) >= 3 and loose <= len(placed) // 10
    return unicodedata.normalize("NFC", text) if enough else None


_VOWELS = frozenset("aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ")


def _latin_like(data: bytes) -> bool:
    """Mostly ASCII letters with single high bytes between them."""
    high = sum(byte > 0x7F for byte in data)
    letters = sum(chr(byte).isalpha() for byte in data if byte < 0x80)
    return high < 0.3 * (letters + high)


def _guess_latin(data: bytes) -> str | None:
    if not _latin_like(data):
        return None
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_isolation=list(_LATIN)).best()
    codec = match.encoding if match is not None else "cp1252"
    return _read(data, codec) or _read(data, "cp1252")
