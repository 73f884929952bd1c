import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.checks.residue import check_language, check_residue, without_names
from pipeline.text.judged import Judged, Spoken


def spoken(language: str, text: str, code: str, probability: float, *, is_title: bool) -> Judged:
    return Judged("", language, text, is_title=is_title, spoken=Spoken(text, code, probability))


@pytest.mark.parametrize(
    ("source", "english", "word"),
    [
        ("双方讨论了合作。", "The two sides discussed 合作 yesterday.", "合作"),
        ("Կողմերը քննարկեցին համագործակցությունը։", "The two sides discussed համագործակցությունը.", "համագործ"),
        ("Les évents du réservoir fuyaient.", "The évents of the tank were leaking.", "évents"),
        ("O tifón desprázase cara á illa.", "The tifón moves towards the island.", "tifón"),
        (
            "Al momento dei fatti i punteggi registrati erano molto bassi",
            "Al momento dei fatti the punteggi registrati were molto low",
            "momento",
        ),
    ],
)
def test_words_left_as_they_are(source: str, english: str, word: str) -> None:
    (doubt,) = check_residue(Judged(source, "und", english))
    assert doubt.kind == "untranslated"
    assert word in doubt.detail


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Le café était très naïf.", "The café was very naive."),
        ("El hospital central es popular y moderno.", "The central hospital is popular and modern."),
        ("Müller wohnt in Köln.", "Müller lives in Köln."),
        ("Ver https://example.org/página-nueva", "See https://example.org/página-nueva"),
        (
            "Animal Liberation et la Royal Society for the Prevention of Cruelty to Animals demandent des caméras.",
            "Animal Liberation and the Royal Society for the Prevention of Cruelty to Animals call for cameras.",
        ),
        ("", ""),
    ],
)
def test_words_that_english_has_too(source: str, english: str) -> None:
    assert check_residue(Judged(source, "und", english)) == []


def test_language_of_the_output() -> None:
    text = "le ministre a annoncé une nouvelle loi sur le logement"
    assert check_language(spoken("fr", text, "fr", 0.99, is_title=False))[0].kind == "untranslated"
    assert check_language(spoken("fr", "the minister has announced a new law", "en", 0.98, is_title=False)) == []
    assert check_language(spoken("fr", "the ministre has annonced a loi nouvelle", "en", 0.4, is_title=False)) != []
    # Too short to tell.
    assert check_language(spoken("fr", "oui", "fr", 0.9, is_title=False)) == []


def test_a_headline_is_doubted_only_in_the_language_of_its_source() -> None:
    text = "Minister Unveils Budget Plans"
    assert check_language(spoken("fr", text, "da", 0.6, is_title=True)) == []
    assert check_language(spoken("zh-Hant", text, "zh", 0.6, is_title=True)) != []


def test_names_say_nothing_of_the_language() -> None:
    text = "He met Nguyễn Xuân Phúc in Hà Nội, see www.example.vn"
    assert without_names(text, ["Nguyễn Xuân Phúc", "Hà Nội"]) == "He met in , see"


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_never_raises(source: str, english: str, names: list[str]) -> None:
    check_residue(Judged(source, "und", english))
    without_names(english, names)
