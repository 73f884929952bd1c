from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dictionaries import Dictionary
from pipeline.translation.lexicon import Lexicon
from tests.dictionaries.books import book


def lexicon(folder: Path, language: str, more: str = "") -> Lexicon:
    return Lexicon(lambda code: book(folder, language, more) if code == language else None)


def test_rare_words_and_names_are_told(tmp_path: Path) -> None:
    found = lexicon(tmp_path, "de").offers("Die Polizei in Sevilla spricht von einem Streik.", "de")
    assert found == (("Sevilla", "Seville"), ("Streik", "strike"))


def test_common_words_are_not(tmp_path: Path) -> None:
    assert lexicon(tmp_path, "de").offers("Das Land und die Polizei laufen.", "de") == ()


def test_words_of_many_meanings_are_not(tmp_path: Path) -> None:
    many = "Bank\t30\tn:bench|bank|shoal\n"
    assert lexicon(tmp_path, "de", many).offers("Die Bank steht leer.", "de") == ()


def test_no_given_name_is_told_as_a_word(tmp_path: Path) -> None:
    assert lexicon(tmp_path, "cs").offers("Premiér Fiala přijal demisi.", "cs") == (("demisi", "resignation"),)
    assert lexicon(tmp_path, "de").offers("Der Kanzler Helmut Kohl schweigt.", "de") == ()


def test_expressions_come_before_their_words(tmp_path: Path) -> None:
    found = lexicon(tmp_path, "fr").offers("La police a voulu faire échouer un attentat.", "fr")
    assert ("faire échouer", "thwart") in found
    assert "échouer" not in dict(found)


@pytest.mark.parametrize("language", ["zh", "ko"])
def test_where_words_did_harm_only_names_are_told(language: str, tmp_path: Path) -> None:
    sentences = {"zh": "南海的海槽有大学。", "ko": "청송군에서 파업이 발생했다."}
    told = {"zh": {"南海": "South China Sea"}, "ko": {"청송군": "Cheongsong County"}}
    assert dict(lexicon(tmp_path, language).offers(sentences[language], language)) == told[language]


def test_what_is_told_anyway_is_not_told_twice(tmp_path: Path) -> None:
    assert lexicon(tmp_path, "de").offers("Der Streik in Sevilla", "de", ["Streik in Sevilla"]) == ()


def test_definitions_are_no_translation(tmp_path: Path) -> None:
    long = "Umlage\t30\tn:a charge that is levied on all members\n"
    assert lexicon(tmp_path, "de", long).offers("Die Umlage steigt.", "de") == ()


def test_the_rarest_are_told_where_there_are_many(tmp_path: Path) -> None:
    words = [f"Wort{letter * 3}" for letter in "abcdefgh"]
    lines = "".join(f"{word}\t{30 + number}\tn:gloss{number}\n" for number, word in enumerate(words))
    found = lexicon(tmp_path, "de", lines).offers(" ".join(words), "de")
    assert [source for source, _ in found] == words[:6]


def test_without_a_dictionary_nothing_is_told_and_nothing_known() -> None:
    nothing = Lexicon()
    assert nothing.offers("Wort", "de") == ()
    assert nothing.entries("Wort", "de") is None


def test_a_dictionary_is_opened_once_and_a_sentence_read_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def open_dictionary(language: str) -> Dictionary | None:
        asked.append(language)
        return book(tmp_path, "de") if language == "de" else None

    found = Lexicon(open_dictionary)
    first = found.entries("Der Streik", "de")
    assert found.entries("Der Streik", "de") is first
    assert found.entries("x", "ko") is found.entries("y", "ko") is None
    assert asked == ["de", "ko"]


@given(st.text(max_size=200))
def test_whatever_the_sentence_offers_are_of_it(text: str) -> None:
    for source, english in _GERMAN.offers(text, "de"):
        assert source in text
        assert english


@pytest.fixture(scope="module", autouse=True)
def _german(tmp_path_factory: pytest.TempPathFactory) -> None:
    opened = book(tmp_path_factory.mktemp("de"), "de")
    global _GERMAN
    _GERMAN = Lexicon(lambda language: opened)


_GERMAN = Lexicon()
