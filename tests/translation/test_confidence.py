import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.confidence import confidence

SOURCE = "Die Bürgermeisterin kündigte am Dienstag an, dass die neue Bücherei im Frühjahr am alten Bahnhof öffnet."
ENGLISH = "The mayor announced on Tuesday that the new library will open at the old railway station in spring."


def test_a_usual_sentence_keeps_its_score() -> None:
    assert confidence(-0.3, SOURCE, "de", ENGLISH) == pytest.approx(-0.3, abs=0.25)


def test_the_same_score_says_less_of_a_short_sentence() -> None:
    assert confidence(-0.3, "Der Rat hat gestern dem Plan zugestimmt.", "de", "The council agreed to the plan.") < (
        confidence(-0.3, SOURCE, "de", ENGLISH) - 0.1
    )


def test_what_is_missing_counts() -> None:
    assert confidence(-0.3, SOURCE, "de", ENGLISH[:55]) < confidence(-0.3, SOURCE, "de", ENGLISH) - 0.1


def test_what_is_more_does_not() -> None:
    longer = f"{ENGLISH[:-1]}, where the trains of the northern line used to stop for many years."
    assert confidence(-0.3, SOURCE, "de", longer) == confidence(-0.3, SOURCE, "de", ENGLISH)


@given(st.floats(-20, 0), st.text(), st.text(), st.sampled_from(["de", "zh-Hans", "und"]))
def test_stays_near_the_score(score: float, source: str, english: str, language: str) -> None:
    assert abs(confidence(score, source, language, english) - score) < 0.6
