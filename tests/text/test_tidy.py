"""Spacing put right, words untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.tidy import tidy, without_echo


@pytest.mark.parametrize(
    ("english", "source", "expected"),
    [
        ("attracted 1. 16 million visitors", "吸引1.16 million人次", "attracted 1.16 million visitors"),
        ("in part 1. 16 people came", "第1部分16人", "in part 1. 16 people came"),
        ("the U. S. Department", "", "the U.S. Department"),
        ('and " unmanned vehicles" too', "", 'and "unmanned vehicles" too'),
        ('He said "yes" and "no"', "", 'He said "yes" and "no"'),
        ("so , he said", "", "so, he said"),
        ("他说，yes。", "", "他说,yes."),
    ],
)
def test_slips(english: str, source: str, expected: str) -> None:
    assert tidy(english, source) == expected


@given(st.text(max_size=200), st.text(max_size=50))
def test_only_spacing_and_width_change(english: str, source: str) -> None:
    width = str.maketrans("，。！？：；（）％", ",.!?:;()%")
    assert "".join(tidy(english, source).split()) == "".join(english.translate(width).split())


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Pham Minh Chinh (Pham Minh Chinh) met Joe Biden (Joe Biden).", "Pham Minh Chinh met Joe Biden."),
        ('the "Prosperity Dialogue" (Prosperity Dialogue) ended', 'the "Prosperity Dialogue" ended'),
        ("the World Trade Organization (WTO)", "the World Trade Organization (WTO)"),
        ("Kim (kim) and Lee (Lee Jae-myung)", "Kim (kim) and Lee (Lee Jae-myung)"),
    ],
)
def test_a_name_is_not_said_twice(english: str, expected: str) -> None:
    assert without_echo(english) == expected


@given(st.text(max_size=200))
def test_an_echo_is_all_that_goes(english: str) -> None:
    if "(" not in english:
        assert without_echo(english) == english
