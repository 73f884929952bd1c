from typing import get_args

from pipeline.text.doubts import KINDS, OF_MODEL, SOFT, TOLD, UNUSABLE, DoubtKind


def test_every_kind_has_a_row() -> None:
    assert [*KINDS] == [*get_args(DoubtKind)]


def test_kinds_are_of_one_sort() -> None:
    assert not UNUSABLE & SOFT
    assert set(KINDS) > UNUSABLE | SOFT


def test_a_retry_is_told_of_facts() -> None:
    assert TOLD
    assert not TOLD & (UNUSABLE | SOFT)


def test_words_of_a_doubt_about_the_model_name_both() -> None:
    for kind, words in OF_MODEL.items():
        said = words.one.format(model="small@1", language="Hindi")
        assert "small@1" in said, kind
        assert "Hindi" in said, kind
        assert not said.endswith(".")
