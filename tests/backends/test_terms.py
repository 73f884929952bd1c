"""Terms written into a text, and placeholders for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends import Decoding, Segment
from pipeline.backends.terms import apply_terms, put_placeholders, restore, write_in

LETTERS = st.text("aäбж中說가 -.", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("范明正說", {"范明正": "Pham Minh Chinh"}, "Pham Minh Chinh說"),
        ("范明正（Pham Minh Chinh）說", {"范明正": "Pham Minh Chinh"}, "Pham Minh Chinh說"),
        ("총리 이재명은", {"이재명": "Lee Jae-myung", "총리": "Prime Minister"}, "Prime Minister Lee Jae-myung은"),
        ("총리이재명은", {"이재명": "Lee Jae-myung", "총리": "Prime Minister"}, "Prime Minister Lee Jae-myung은"),
        # The longest wins, and no target is read as a source.
        ("卓榮泰與卓院長", {"卓榮泰": "Cho 卓院長", "卓院長": "Cho"}, "Cho 卓院長與Cho"),
        ("Die EU und Europa, EU-weit", {"EU": "European Union"}, "Die European Union und Europa, European Union-weit"),
        ("在EU的会议，EU는", {"EU": "European Union"}, "在European Union的会议，European Union는"),
        ("пётр@а.рф Пётр", {"Пётр": "Пётр"}, "пётр@а.рф Пётр"),
        ("Romantik in Rom", {"Rom": "Rome"}, "Romantik in Rome"),
        ("встреча с Путиным и Путиной", {"Путин": "Putin"}, "встреча с Putin и Putin"),
        ("Путинская политика", {"Путин": "Putin"}, "Путинская политика"),
        ("COVID-19 und 190", {"19": "nineteen"}, "COVID-nineteen und 190"),
        (r"a\1b", {"a": r"\g<0>"}, r"\g<0>\1b"),
        ("nichts", {"": "something"}, "nichts"),
    ],
)
def test_targets_take_the_place_of_sources(text: str, terms: dict[str, str], expected: str) -> None:
    assert write_in(text, tuple(terms.items())) == expected


def test_placeholders_and_back() -> None:
    terms = (("范明正", "Pham Minh Chinh"), ("范總理", "Pham Minh Chinh"), ("https://a.b/c", "https://a.b/c"))
    text, held = put_placeholders("范明正和范總理 https://a.b/c", terms)
    assert text == "ZQA和ZQA ZQB"
    assert restore("Zqb: zqa's wife, ZQA and ZQAB", held) == (
        "https://a.b/c: Pham Minh Chinh's wife, Pham Minh Chinh and ZQAB"
    )
    # One that the model lost leaves the text as it is.
    assert restore("the Prime Minister", held) == "the Prime Minister"


def test_a_placeholder_is_not_a_word_of_the_text() -> None:
    text, held = put_placeholders("zqa 說 甲", (("甲", "First"),))
    assert text == "zqa 說 ZQB"
    assert restore("zqa says ZQB", held) == "zqa says First"


@given(st.lists(st.tuples(LETTERS, LETTERS), max_size=30), st.lists(LETTERS, max_size=8))
def test_what_comes_back_untouched_is_as_if_written_in(terms: list[tuple[str, str]], words: list[str]) -> None:
    text = " ".join(words)
    marked, held = put_placeholders(text, tuple(terms))
    restored = restore(marked, held)
    # But for the space that parts two pieces of Latin letters.
    assert restored.replace(" ", "") == write_in(text, tuple(terms)).replace(" ", "")


@given(st.lists(LETTERS, min_size=1, max_size=8))
def test_what_must_not_be_translated_comes_through(words: list[str]) -> None:
    text = " ".join(words)
    same = tuple((word, word) for word in words)
    assert write_in(text, same).replace(" ", "") == text.replace(" ", "")


def test_attempts_differ_where_there_are_terms() -> None:
    segment = Segment("范明正說", "zh-Hant", (("范明正", "Pham Minh Chinh"),))
    first, second = apply_terms(segment, 0), apply_terms(segment, 1)
    assert first.segment.text == "Pham Minh Chinh說"
    assert second.segment.text == "ZQA說"
    assert second.restore("ZQA said") == "Pham Minh Chinh said"
    plain = Segment("范明正說", "zh-Hant")
    assert apply_terms(plain, 1).segment is plain


def test_the_portuguese_model_copies_placeholders(portuguese: Path) -> None:
    from pipeline.backends.firefox import FirefoxTranslator

    pairs = {
        "O ministro {} visitou Lisboa na terça-feira.": ("Fulano de Tal", "Cho Jung-tai"),
        "Segundo {}, a inflação vai descer este ano.": ("Beltrano Sicrano", "Lee Jae-myung"),
        "O relatório está em {} desde ontem.": ("https://exemplo.pt/a?b=1", "https://exemplo.pt/a?b=1"),
        "A empresa {} anunciou lucros de 3,5 milhões.": ("Águas & Cia", "Waters Ltd"),
        "Escreva para {} até sexta-feira.": ("ana@exemplo.pt", "ana@exemplo.pt"),
        "A reunião com {} foi adiada.": ("@governo_pt", "@governo_pt"),
    }
    translator = FirefoxTranslator(portuguese, "pt@1", threads=1)
    told = [Segment(text.format(source), "pt", ((source, target),)) for text, (source, target) in pairs.items()]
    answers = translator.translate(told, Decoding(attempt=1))
    translator.close()
    for (_, target), answer in zip(pairs.values(), answers, strict=True):
        assert answer.text.count(target) == 1, answer.text
        assert "ZQ" not in answer.text
