"""Numbers and names marked on both sides."""

from __future__ import annotations

import pytest

from pipeline.review import marks
from tests.growth import TIMES, assert_in_proportion


@pytest.mark.parametrize("again", ["1.11", "1 May ", "12, "])
def test_the_time_grows_as_the_text_does(again: str) -> None:
    nobody = marks.Names((), ())
    small, large = again * 1000, again * 1000 * TIMES
    assert_in_proportion(lambda text: marks.english(text, nobody), small, large)
    assert_in_proportion(lambda text: marks.original(text, "de", nobody), small, large)
