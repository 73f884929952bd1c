import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.scripts import LANGUAGES, chinese_script, counts, dominant, other_than_latin


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Zürich und Đà Nẵng", "Latn"),
        ("Привет, мир", "Cyrl"),
        ("Καλημέρα ελληνικά ἄνθρωπος", "Grek"),
        ("שלום", "Hebr"),
        ("مرحبا", "Arab"),
        ("สวัสดี", "Thai"),
        ("გამარჯობა", "Geor"),
        ("中美关系", "Hani"),
        ("米軍、北朝鮮へ", "Kana"),
        ("東京都知事選、小池百合子氏が三選を果たす", "Kana"),
        ("일본", "Hang"),
        ("大韓民國 大統領 尹錫悅은", "Hang"),
        ("人民大会堂举行中外记者见面会总书记讲话の店", "Hani"),
        ("한국 Samsung 전자", "Hang"),
        ("2024-05-03 … 12%", "Zyyy"),
        ("", "Zyyy"),
    ],
)
def test_dominant(text: str, script: str) -> None:
    assert dominant(text) == script


@pytest.mark.parametrize(
    ("text", "hint", "script"),
    [
        ("国务院总理说这个问题", "Hant", "Hans"),
        ("國務院總理說這個問題", "Hans", "Hant"),
        ("行政院長卓榮泰表示,台灣", "Hans", "Hant"),
        ("佢哋喺香港嘅學校讀書", "Hans", "Hant"),
        ("后台云里", "Hant", "Hant"),
        ("后台云里", "Hans", "Hans"),
        ("人口", "Zyyy", "Hans"),
        ("", "Hant", "Hant"),
    ],
)
def test_chinese_script(text: str, hint: str, script: str) -> None:
    assert chinese_script(text, hint) == script


@given(st.text())
def test_any_text_has_a_script(text: str) -> None:
    assert (dominant(text) == "Zyyy") == (not counts(text))
    assert chinese_script(text) in ("Hans", "Hant")


def test_the_likeliest_language_of_a_script_comes_first() -> None:
    assert {script: languages[0] for script, languages in LANGUAGES.items() if len(languages) > 1} == {
        "Arab": "ar", "Beng": "bn", "Deva": "hi", "Ethi": "am", "Geor": "ka", "Hani": "zh", "Hebr": "he", "Mymr": "my",
        "Tibt": "bo",
    }  # fmt: skip
    assert LANGUAGES["Kana"] == ("ja",)
    assert not {"Latn", "Cyrl", "Hans", "Hant", "Jpan"} & set(LANGUAGES)


@pytest.mark.parametrize("letter", ["ж", "ω", "Հ", "བ", "አ", "ა", "한", "漢", "か", "ก", "ع"])
def test_letters_of_other_scripts_than_latin(letter: str) -> None:
    assert re.fullmatch(f"[{other_than_latin()}]", letter)


@pytest.mark.parametrize("character", ["a", "é", "ạ", "Ｚ", "ﬁ", "1", "—", "，"])
def test_latin_letters_and_marks_are_of_no_other_script(character: str) -> None:
    assert not re.fullmatch(f"[{other_than_latin()}]", character)
