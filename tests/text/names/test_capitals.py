"""Words of an English sentence that must be names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.names.capitals import capitals, is_name, names_in
from pipeline.text.names.ordinary import WORD, is_common, is_in_dictionary, is_ordinary, without_genitive


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Yesterday Guterres met Kallas's deputy in Monrovia.", ["Guterres", "Kallas's", "Monrovia"]),
        ("Auxiliary engines were unattended; Avalanches of photons followed, we'll see.", []),
        ("Provenzano's men didn't wait. Couldn't they? Moose did.", ["Provenzano's"]),
        ("The Senate and the Democratic Party met on Monday in Germany.", []),
        ("NASA and the FBI's director agreed.", []),
        ("Guterres Meets Kallas In Monrovia", []),  # a headline
        ("He said: “Peskov is away.” Lavrov was there. Moreover, Gore was.", ["Gore", "Peskov", "Lavrov"]),
        ("See https://Example.org/Guterres for more of this.", []),
    ],
)
def test_names_in(english: str, expected: list[str]) -> None:
    assert names_in(english) == expected


@pytest.mark.parametrize("word", ["residents", "Magistrates", "London", "Norwegian", "Monday", "Brexit", "Cathedral"])
def test_words_that_languages_translate(word: str) -> None:
    assert is_ordinary(word)
    assert not is_name(word)


@pytest.mark.parametrize("word", ["Christopher", "Guterres", "Garcia", "Martin", "Marshall", "Kavanaugh"])
def test_words_that_they_keep(word: str) -> None:
    assert not is_ordinary(word)
    assert is_name(word)


def test_a_dictionary_knows_more_words_than_newspapers_write() -> None:
    assert is_in_dictionary("Indomitable")
    assert not is_common("Indomitable")
    assert is_in_dictionary("Organisers")
    assert not any(map(is_in_dictionary, ["Provenzano", "Costello", "Guterres", "Thomas"]))


def test_a_city_is_no_common_word() -> None:
    assert is_common("stadium")
    assert not is_common("London")


@given(st.text(max_size=200))
def test_every_word_found_stands_in_the_text(text: str) -> None:
    assert all(word in text for word in capitals(text))
    assert set(names_in(text)) <= set(WORD.findall(text))
    assert text.startswith(without_genitive(text))
