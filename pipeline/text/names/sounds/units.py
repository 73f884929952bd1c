"""A text as the units that `alignment` reads one after the other: letters, signs and syllables that have a sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.language.scripts import simplified

SEPARATOR = " "
_SEPARATES = re.compile(r"[\s·・･•=＝\-‐－.'’]")
# Written before the consonant that they are read after.
_THAI = re.compile(r"([เแโใไ])([ก-ฮ])")
_KANA_LENGTHENS = frozenset("ァィゥェォャュョヮー")
# Arabic vowel signs and the stroke that stretches a word, joiners of no width, the dot of borrowed letters in Hindi.
_SILENT = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u200b\u200c\u200d\u093c")


@lru_cache(maxsize=65_536)
def letters(name: str) -> str:
    """A name as the letters a to z."""
    from anyascii import anyascii

    return re.sub("[^a-z]", "", anyascii(name).lower())


@lru_cache(maxsize=4096)
def reading(character: str) -> str:
    """The Mandarin reading of a Chinese character, without its tone."""
    return letters(character)


def units(text: str) -> list[str]:
    """The units of a text in order: a Chinese character in its simplified form, a kana with the small one and the
    stroke after it, a jamo of a Korean syllable, a letter or a vowel sign elsewhere; Latin letters are a to z.

    What parts words is `SEPARATOR`. Never raises.
    """
    text = simplified(unicodedata.normalize("NFC", text))
    text = _THAI.sub(r"\2\1", text)
    found: list[str] = []
    for character in text.lower():
        if _SEPARATES.match(character):
            found.append(SEPARATOR)
        elif character in _SILENT:
            continue
        elif character.isascii():
            found.append(character)
        else:
            _add(found, character)
    return found


def _add(found: list[str], character: str) -> None:
    if "\u3041" <= character <= "\u3096":
        character = chr(ord(character) + 0x60)
    if character in _KANA_LENGTHENS and found and "\u30a1" <= found[-1][0] <= "\u30fa":
        found[-1] += character
    elif "\uac00" <= character <= "\ud7a3":
        found.extend(unicodedata.normalize("NFD", character))
    elif "\u00c0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff":
        found.extend(letters(character) or [character])
    else:
        found.append(character)
