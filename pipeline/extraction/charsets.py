"""Which legacy encoding a text without a usable claim is in, by the characters that its languages use most."""

from __future__ import annotations

import codecs
import re
import unicodedata
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

_HANS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而"
    "方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好"
    "应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向"
    "道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题程展五果料象员位入常文总次品式活设及管特件长"
    "求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理府报"
    "台美总统示济经际合作记者"
)
_HANT = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而"
    "方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好"
    "應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向"
    "道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題程展五果料象員位入常文總次品式活設及管特件長"
    "求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處理府報"
    "臺台美示濟際記"
)
_HANGUL = (
    "이다는에의을가고하지로기은한을리사도를서으자대어정나일인아해시과라전보장스부수그들있제동게상원구주국여만"
    "면안조성공연비적신간했위회세치트무요경개유미거물민화내실중선관된방오생모우학금마행교업러계당발진소였월년"
    "양였며까"
)
_KANA = "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))))
_CJK_PUNCTUATION = "，。、：；？！「」『』（）《》“”‘’—…·・"

# Codec, its frequent characters, the share of the text's non-ASCII characters that they make up in real prose
# (a text in another encoding, read with this codec, stays far below half of it), and the least number of different
# ones: a run of one repeated byte proves nothing.
_PROFILES: tuple[tuple[str, str, float, int], ...] = (
    ("gb18030", _HANS + _CJK_PUNCTUATION, 0.5, 12),
    ("big5hkscs", _HANT + _CJK_PUNCTUATION, 0.5, 12),
    ("cp949", _HANGUL + _CJK_PUNCTUATION, 0.6, 12),
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
_VIETNAMESE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_BETWEEN_LATIN = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")


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
    for codec, frequent, typical, different in _PROFILES:
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
