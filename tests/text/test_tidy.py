"""Spacing put right, words untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.tidy import tidy


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
