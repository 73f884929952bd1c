"""Numbers, units and limits as a language's file holds them."""

from __future__ import annotations

import pytest

from pipeline.language.facts import facts, known
from pipeline.language.quantities import Numerals, Scales


def test_words_by_their_value() -> None:
    assert Numerals.model_validate({"words": {2: ("two", "pair"), 3: ("three",)}}).value_of == {
        "two": 2, "pair": 2, "three": 3,
    }  # fmt: skip
    assert Scales.model_validate({"words": {1000: ("k",)}}).factor_of == {"k": 1000}


@pytest.mark.parametrize("code", known())
def test_no_word_has_two_values(code: str) -> None:
    numerals, scales = facts(code).numerals, facts(code).scales
    for words in (numerals.words, numerals.stems, numerals.halves, scales.words):
        listed = [word for forms in words.values() for word in forms]
        assert len(listed) == len(set(listed))


@pytest.mark.parametrize("code", known())
def test_what_is_said_of_scales_is_said_of_some_that_there_are(code: str) -> None:
    scales = facts(code).scales
    assert {*scales.alone, *scales.not_before, *scales.not_after} <= {*scales.factor_of}
    written = {word.lower() for word in scales.factor_of}
    assert {word.lower() for word in scales.rewritten} <= written


@pytest.mark.parametrize("section", ["limits", "coming", "units", "currencies", "numerals", "dates", "day_halves"])
def test_cantonese_is_read_as_chinese(section: str) -> None:
    assert getattr(facts("yue"), section) == getattr(facts("zh"), section)
