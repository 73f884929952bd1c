"""Which tokens English may not have."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.foreign import is_foreign, writes_latin


@pytest.mark.parametrize(
    "text",
    [
        "й",
        "λ",
        "ال",
        "ש",
        "हि",
        "ไทย",
        "ქ",
        "ខ្មែរ",
        "Ժ",
        "བོད",
        "ማ",
        "の",
        "ー",
        "漢",
        "한",
        "2025年",
        "<0xE6>",
        "<0xD0>",
    ],
)
def test_other_scripts_are_foreign(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "▁The", "é", "ß", "ệ", "ș", "ø", "12", "%", "€", "“", "”", "—", "…", "、", "。", "½", "²", "µ", "😀", "</s>",
        "<0xE2>", "<0xC3>", "<0x41>", "<0xE3>", "<0xF0>", "<0x80>",
    ],
)  # fmt: skip
def test_latin_digits_and_signs_are_not(text: str) -> None:
    assert not is_foreign(text)


@given(st.characters(max_codepoint=0xFFFF, exclude_categories=("Cs", "Cn", "Co")))
def test_no_letter_of_a_latin_alphabet_and_no_sign_outside_other_scripts(character: str) -> None:
    name = unicodedata.name(character, "")
    if name.startswith("LATIN ") or character.isascii() or unicodedata.category(character) in ("Sc", "Pd", "Pi", "Pf"):
        scripts = (
            "ARABIC",
            "THAI",
            "BENGALI",
            "TAMIL",
            "GUJARATI",
            "HEBREW",
            "AFGHANI",
            "KATAKANA",
            "RIAL",
            "KHMER",
            "ARMENIAN",
            "MONGOLIAN",
            "NKO",
        )
        assert not is_foreign(character) or name.startswith(scripts)


def test_languages_of_latin_letters() -> None:
    assert writes_latin("en")
    assert writes_latin("vi")
    assert not writes_latin("ja")
    assert not writes_latin("sr")
