from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.backends.pivot import PivotTranslator


@dataclass
class Leg:
    """Answers with its mark before the text, in which known names stand as they were asked for."""

    mark: str
    scores: Sequence[float | None] = ()
    finished: bool = True
    calls: list[list[Segment]] = field(default_factory=list)
    empty: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.identity = f"{self.mark}@1"

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        return [len(segment.text) for segment in segments]

    def attempts(self, segment: Segment) -> int:
        return 1

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        self.calls.append(list(segments))
        results = []
        for number, segment in enumerate(segments):
            text = segment.text
            for source, target in segment.terms:
                text = text.replace(source, target)
            score = self.scores[number] if self.scores else None
            results.append(
                Hypothesis("" if segment.text in self.empty else f"{self.mark}({text})", score, self.finished)
            )
        return results


def test_two_legs_make_one_translator() -> None:
    first, second = Leg("es"), Leg("en")
    translator = PivotTranslator(first, second, "es")
    assert translator.identity == "es@1+en@1"
    assert translator.count_tokens([Segment("abc", "gl")], 0) == [3]
    segments = [Segment("Bos días", "gl"), Segment("Título", "gl", is_title=True)]
    assert [found.text for found in translator.translate(segments, Decoding())] == [
        "en(es(Bos días))",
        "en(es(Título))",
    ]
    (asked,), (then,) = first.calls, second.calls  # one call a leg, however many sentences
    assert [(s.source_language, s.target_language) for s in asked] == [("gl", "es")] * 2
    assert [(s.source_language, s.target_language) for s in then] == [("es", "en")] * 2
    assert [s.is_title for s in then] == [False, True]


def test_a_name_goes_through_both_legs_in_its_final_form() -> None:
    first, second = Leg("es"), Leg("en")
    segment = Segment("Encontrouse con 范明正", "gl", terms=(("范明正", "Pham Minh Chinh"), ("卓", "Cho")))
    (found,) = PivotTranslator(first, second, "es").translate([segment], Decoding())
    assert found.text == "en(es(Encontrouse con Pham Minh Chinh))"
    assert first.calls[0][0].terms == segment.terms
    # Only what did arrive is asked to stay.
    assert second.calls[0][0].terms == (("Pham Minh Chinh", "Pham Minh Chinh"),)


def test_the_worse_leg_decides() -> None:
    first, second = Leg("es", scores=[-0.2, -0.9, None, None]), Leg("en", scores=[-0.5, -0.1, -0.3, None])
    found = PivotTranslator(first, second, "es").translate([Segment(str(n), "gl") for n in range(4)], Decoding())
    assert [hypothesis.score for hypothesis in found] == [-0.5, -0.9, -0.3, None]
    assert all(hypothesis.finished for hypothesis in found)
    for one, other in ((Leg("es", finished=False), Leg("en")), (Leg("es"), Leg("en", finished=False))):
        assert not PivotTranslator(one, other, "es").translate([Segment("x", "gl")], Decoding())[0].finished


def test_of_nothing_nothing_is_made() -> None:
    first, second = Leg("es", empty=("b",)), Leg("en")
    translator = PivotTranslator(first, second, "es")
    found = translator.translate([Segment(text, "gl") for text in "abc"], Decoding())
    assert [hypothesis.text for hypothesis in found] == ["en(es(a))", "", "en(es(c))"]
    assert len(second.calls[0]) == 2
    assert translator.translate([], Decoding()) == []


@given(st.lists(st.text(max_size=5), max_size=8))
def test_one_result_for_each_segment_in_order(texts: list[str]) -> None:
    found = PivotTranslator(Leg("es"), Leg("en"), "es").translate([Segment(text, "gl") for text in texts], Decoding())
    assert [hypothesis.text for hypothesis in found] == [f"en(es({text}))" for text in texts]
