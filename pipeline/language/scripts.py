"""Scripts: what a text is written in, and what that says of its language."""

from __future__ import annotations

import importlib.resources
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache
from typing import Any, Final, Literal

from pipeline.language.codes import CODES, base
from pipeline.language.codes import script as script_of

# First code point of each run of blocks, and the ISO 15924 script of its letters; "" where letters are shared or rare.
_BLOCKS = (
    (0x0041, "Latn"), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"), (0x0600, "Arab"),
    (0x0700, ""), (0x0750, "Arab"), (0x0780, "Thaa"), (0x07C0, "Nkoo"), (0x0800, ""), (0x0860, "Arab"),
    (0x0900, "Deva"), (0x0980, "Beng"), (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, "Orya"), (0x0B80, "Taml"),
    (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"), (0x0E00, "Thai"), (0x0E80, "Laoo"),
    (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"), (0x1200, "Ethi"), (0x13A0, ""),
    (0x1780, "Khmr"), (0x1800, "Mong"), (0x18B0, ""), (0x1C50, "Olck"), (0x1C80, "Cyrl"), (0x1C90, "Geor"),
    (0x1CC0, ""), (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""), (0x2C60, "Latn"), (0x2C80, ""), (0x2D00, "Geor"),
    (0x2D30, "Tfng"), (0x2D80, "Ethi"), (0x2DE0, "Cyrl"), (0x2E00, ""), (0x2E80, "Hani"), (0x3000, ""),
    (0x3005, "Hani"), (0x3008, ""), (0x3041, "Kana"), (0x30FB, ""), (0x30FD, "Kana"), (0x3100, ""), (0x3130, "Hang"),
    (0x3190, ""), (0x31F0, "Kana"), (0x3200, ""), (0x3400, "Hani"), (0xA000, ""), (0xA640, "Cyrl"), (0xA6A0, ""),
    (0xA720, "Latn"), (0xA800, ""), (0xA960, "Hang"), (0xA980, ""), (0xAB00, "Ethi"), (0xAB30, ""), (0xAC00, "Hang"),
    (0xD7FC, ""), (0xF900, "Hani"), (0xFB00, "Latn"), (0xFB13, "Armn"), (0xFB1D, "Hebr"), (0xFB50, "Arab"),
    (0xFE00, ""), (0xFE70, "Arab"), (0xFF00, ""), (0xFF66, "Kana"), (0xFFA0, "Hang"), (0xFFDD, ""),
    (0x20000, "Hani"), (0x323B0, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]

# A letter of Chinese, Japanese kanji and Korean says about as much as three of an alphabet.
_WEIGHTS = {"Hani": 3, "Hang": 3, "Kana": 3}

# Han stands for more than what Chinese is written in, and Japanese is told by its kana; Kurdish has two scripts.
_WRITTEN_IN = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Kana")}
_ALSO = {"ku": "Arab"}
# Of the scripts in which the language that comes first in the alphabet is not the likeliest.
_LIKELIEST = ("zh", "bn", "hi")


def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in (*_LIKELIEST, *sorted({base(code) for code in CODES} - {"yue"}), *_ALSO):
        own = script_of(code)
        for script in _WRITTEN_IN.get(own, (own,)) if code not in _ALSO else (_ALSO[code],):
            if code not in found.setdefault(script, []):
                found[script].append(code)
    return {script: tuple(codes) for script, codes in found.items() if script not in ("Latn", "Cyrl")}


LANGUAGES: Final = _languages()
"""Languages that a script can be, the likeliest first; Latin and Cyrillic are too many to say."""


def other_than_latin() -> str:
    """The letters of all scripts but Latin, with the marks among them, as a regular expression's class holds them."""
    ends = (*_STARTS[1:], _BLOCKS[-1][0])
    runs = [(start, end) for (start, script), end in zip(_BLOCKS, ends, strict=True) if script not in ("", "Latn")]
    return "".join(rf"\U{start:08x}-\U{end - 1:08x}" for start, end in runs)


def counts(text: str) -> Counter[str]:
    """Letters of each script, by weight. Digits, signs and marks belong to none."""
    found: Counter[str] = Counter()
    for character, number in Counter(text).items():
        if script := _script(character):
            found[script] += number * _WEIGHTS.get(script, 1)
    return found


@cache
def _script(character: str) -> str:
    """Of a letter; empty for what is none."""
    at = bisect_right(_STARTS, ord(character)) - 1
    return _BLOCKS[at][1] if at >= 0 and unicodedata.category(character)[0] == "L" else ""


def dominant(text: str) -> str:
    """ISO 15924 code of the script that carries the text, `Zyyy` without letters.

    Han beside kana is Japanese (`Kana`) and beside Hangul Korean (`Hang`), even where most letters are Han; a kana or
    two in a Chinese text (の in a shop's name) are not enough.
    """
    found = counts(text)
    if not found:
        return "Zyyy"
    han = found["Hani"]
    for script in ("Kana", "Hang"):
        # Japanese news has seldom less than a third of kana, headlines a tenth.
        if han and found[script] * 12 >= han:
            found[script] += found.pop("Hani", 0)
            break
    return max(sorted(found), key=lambda script: found[script])


def chinese_script(text: str, hint: str = "Hans") -> Literal["Hans", "Hant"]:
    """Simplified or traditional, by the characters that only one of them has; `hint` where there are none or as many.

    Characters of both (后, 台, 里, 云) do not count, though a conversion would change some of them.
    """
    simplified, traditional = _telling()
    balance = sum((character in traditional) - (character in simplified) for character in text)
    if balance == 0:
        return "Hant" if hint == "Hant" else "Hans"
    return "Hant" if balance > 0 else "Hans"


_HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def _to_simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=1024)
def simplified(text: str) -> str:
    """A text with its Chinese characters in their simplified form."""
    return str(_to_simplified().convert(text)) if _HAN.search(text) else text


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of simplified and of traditional Chinese alone, after OpenCC's tables."""
    to_traditional, to_simplified = _table("STCharacters.txt"), _table("TSCharacters.txt")
    # 台 may stay as it is in traditional text (台 臺 檯 颱), so it tells nothing.
    simplified = {character for character, others in to_traditional.items() if character not in others}
    traditional = {character for character, others in to_simplified.items() if character not in others}
    return frozenset(simplified - to_simplified.keys()), frozenset(traditional - to_traditional.keys())


def _table(name: str) -> dict[str, list[str]]:
    text = importlib.resources.files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8")
    return {key: others.split() for key, _, others in (line.partition("\t") for line in text.splitlines())}
