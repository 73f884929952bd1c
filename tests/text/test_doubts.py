from typing import get_args

from pipeline.text.doubts import SOFT, UNUSABLE, DoubtKind


def test_kinds_are_of_one_sort() -> None:
    assert not UNUSABLE & SOFT
    assert set(get_args(DoubtKind)) > UNUSABLE | SOFT
