"""The translator without a model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends import Decoding, Segment
from pipeline.backends.fake import FakeTranslator


def translate(text: str, **more: object) -> str:
    segment = Segment(text, "ko", **more)  # type: ignore[arg-type]
    (hypothesis,) = FakeTranslator().translate([segment], Decoding())
    assert hypothesis.finished
    return hypothesis.text


def test_it_keeps_what_survives_a_translation() -> None:
    english = translate("북한 미사일 25발, 12.5%, 2026-02-04: Reuters와 IAEA 보도")
    for kept in ("25", "12.5%", "2026-02-04", "Reuters", "IAEA"):
        assert kept in english


def test_it_uses_the_names_it_is_given() -> None:
    assert "Cho Jung-tai" in translate("卓榮泰表示歡迎。", terms=(("卓榮泰", "Cho Jung-tai"),))


def test_it_looks_like_a_sentence_or_a_headline() -> None:
    sentence = translate("정부는 계획을 발표했다.")
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert translate("정부는 계획을 발표했다.", is_title=True) == sentence.removesuffix(".")


@pytest.mark.parametrize("text", ["하나.", "O plano é bom.", "e.g. U.S. x"])
def test_a_sentence_ends_once(text: str) -> None:
    assert not translate(text).endswith("..")


@given(st.lists(st.text(), max_size=5))
def test_the_same_input_always_gives_the_same_output_in_order(texts: list[str]) -> None:
    segments = [Segment(text.encode("utf-8", "replace").decode(), "ko") for text in texts]
    together = FakeTranslator().translate(segments, Decoding())
    apart = [FakeTranslator().translate([segment], Decoding(attempt=1))[0] for segment in segments]
    assert together == apart
    assert all(hypothesis.text.strip(" .") and hypothesis.text.isprintable() for hypothesis in together)
    counts = FakeTranslator().count_tokens([Segment(text, "ko") for text in texts], 0)
    assert len(counts) == len(texts)
    assert all(count > 0 for count in counts)
