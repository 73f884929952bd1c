"""Words found where they stand as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.names.term_index import Entry, TermIndex, first_place, lowered


def found(text: str, *entries: Entry) -> list[tuple[str, str]]:
    return [(term.source, term.english) for term in TermIndex(entries, "glossary").find(text)]


@pytest.mark.parametrize(
    ("source", "text", "forms"),
    [
        ("Rom", "Roman in Rom.", ["Rom"]),
        ("Rom", "Romane", []),
        ("Rom", "(rom) ROM", ["rom", "ROM"]),
        ("タイ", "タイトルはタイの", ["タイ"]),
        ("タイ", "タイトル", []),
        ("インド", "インドネシア", []),
        ("イラン", "ナイラン", []),
        ("대만", "대만은 그대만", ["대만"]),
        ("대만", "그대만", []),
        ("정상회담", "한미정상회담에서", ["정상회담"]),
        ("台積電", "據台積電表示", ["台積電"]),
        ("AI", "生成AI技術", ["AI"]),
        ("AI", "MAIN", []),
        ("لبنان", "ولبنان وبلبنان", ["لبنان"]),
        ("القاهرة", "بالقاهرة", ["القاهرة"]),
        ("القاهرة", "للقاهرة", ["للقاهرة"]),
        ("مصر", "مصرف", []),
        ("दिल्ली", "नई दिल्ली में", ["दिल्ली"]),
        ("राम", "रामा", []),
        ("Россия", "в России и с Россией", ["России", "Россией"]),
        ("Россия", "россиянин Росса", []),
        ("Зеленский", "Зеленского", ["Зеленского"]),
        ("Александрия", "Александр", []),
        ("Дели", "Дело", []),
        ("США", "США", ["США"]),
        ("Всемирный банк", "у Всемирного банка", ["Всемирного банка"]),
        ("ไทย", "ประเทศไทย", ["ไทย"]),
        ("2026", "12026", []),
    ],
)
def test_words_are_found_where_they_stand_as_words(source: str, text: str, forms: list[str]) -> None:
    assert [form for form, _ in found(text, Entry(source, "X"))] == forms


def test_case_counts_where_it_must() -> None:
    assert found("US and us", Entry("US", "United States", case_sensitive=True)) == [("US", "United States")]


def test_what_is_not_translated_keeps_its_form() -> None:
    assert found("das iPhone", Entry("iPhone", "", verbatim=True)) == [("iPhone", "iPhone")]


def test_the_earlier_of_two_entries_wins() -> None:
    assert found("Rom", Entry("Rom", "Rome"), Entry("Rom", "Roma")) == [("Rom", "Rome")]


@given(st.text(max_size=60))
def test_lower_case_keeps_every_character_in_its_place(text: str) -> None:
    assert len(lowered(text)) == len(text)


_WORDS = st.text(alphabet="abAB台タイ대만лоЙا рक्", min_size=1, max_size=4).filter(lambda word: word.strip() == word)


@given(st.lists(_WORDS, min_size=1, max_size=6, unique=True), st.text(alphabet="abAB台タイ대만лоЙا рक् .", max_size=30))
def test_the_automaton_finds_what_a_search_word_by_word_finds(words: list[str], text: str) -> None:
    sensitive = [
        Entry(word, "X", case_sensitive=True) for word in words if not any("\u0400" <= c <= "\u052f" for c in word)
    ]
    expected = {entry.source for entry in sensitive if first_place(entry.source, text) >= 0}
    assert {form for form, _ in found(text, *sensitive)} - {"لل"} == expected


@given(st.lists(st.text(min_size=1, max_size=6).filter(str.strip), max_size=5), st.text(max_size=60))
def test_any_words_and_text_are_survived(words: list[str], text: str) -> None:
    for form, _ in found(text, *(Entry(word, "X") for word in words)):
        assert form in text
