"""Likeness of sounds across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.names.romanise import fold, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lee Jae-myung", "리재명"), ("Cho Jung-tai", "卓榮泰"), ("Tran Chinh Ky", "Trần Chính Kỳ"), ("Biden", "拜登")],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.73


def test_the_name_may_stand_anywhere() -> None:
    assert likeness("Cho Jung-tai", "行政院長卓榮泰今日接見") >= 0.73
    assert likeness("Kim Jong-il", "행정원장 卓榮泰") < 0.73


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_survived(name: str, text: str) -> None:
    assert 0 <= likeness(name, text) <= 1
    assert fold(name) == "" or fold(name).isascii()
