import re
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.backends.hashing import HashingEmbedder
from pipeline.topics import Calibration, Topic, load_calibration, load_topics
from pipeline.topics.match import TopicMatcher, document_vector, is_calibrated_for

SPORT = Topic(code="15000000", label="sport", parent="15000000", about=("team match",))
TENNIS = Topic(code="20001085", label="tennis", parent="15000000", about=("tennis racket",))
WEATHER = Topic(code="17000000", label="weather", parent="17000000", about=("rain wind", "snow"))
CERTAIN = Calibration(slope=10, bias=-2.5, threshold=0.6, probe="probe", vector=(0.0,))


def match(text: str, limit: int = 5) -> list[tuple[str, float]]:
    embedder = HashingEmbedder()
    matcher = TopicMatcher(embedder, (SPORT, TENNIS, WEATHER), CERTAIN)
    return [(topic.label, score) for topic, score in matcher.match(embedder.embed([text])[0], limit)]


def test_a_topic_below_brings_the_one_above() -> None:
    found = match("tennis racket")
    assert [label for label, _ in found] == ["sport", "tennis"]
    assert found[0][1] == found[1][1]


def test_a_topic_that_is_far_behind_the_best_is_not_given() -> None:
    matcher = TopicMatcher(HashingEmbedder(), (SPORT, WEATHER), CERTAIN)
    vectors = HashingEmbedder().embed(["snow", "team match", "snow", "snow team"])
    vectors[2] = vectors[0] + 0.8 * vectors[1]
    evidence = matcher.evidence(vectors)
    assert evidence[0, 1] == pytest.approx(1)
    # As similar as 0.8, and yet hardly a topic beside one at 1.
    assert evidence[2, 0] == pytest.approx(0.6)
    assert [topic.label for topic, _ in matcher.match(vectors[3], 5)] == ["weather", "sport"]


def test_a_text_on_nothing_known_gets_no_topic() -> None:
    assert match("unrelated words entirely") == []


def test_no_more_than_the_limit() -> None:
    assert len(match("tennis racket", 1)) == 1


def test_title_lead_and_text_count_alike() -> None:
    embedder = HashingEmbedder()
    title = embedder.embed(["title"])[0]
    sentences = embedder.embed(["lead"] * 3 + ["body"] * 30)
    vector = document_vector(title, sentences)
    assert np.isclose(np.linalg.norm(vector), 1)
    assert vector @ title > 0.5
    assert np.allclose(document_vector(title, sentences[:0]), title)
    assert np.isfinite(document_vector(np.zeros(256, np.float32), sentences[:0])).all()


class TestData:
    def test_codes_are_unique_and_parents_exist(self) -> None:
        topics = load_topics()
        codes = [topic.code for topic in topics]
        assert len(codes) == len(set(codes))
        assert all(re.fullmatch(r"(?:0[1-9]|1[0-7])0{6}|2000\d{4}", code) for code in codes)
        tops = {topic.code for topic in topics if topic.parent == topic.code}
        assert tops == {f"{number:02}000000" for number in range(1, 18)}
        assert {topic.parent for topic in topics} == tops
        assert all(topic.about and topic.label == topic.label.strip() for topic in topics)

    def test_the_figures_are_for_one_model(self) -> None:
        calibration = load_calibration()
        assert 0 < calibration.threshold < 1

        class Same:
            identity = "same"

            def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
                return np.array([[*calibration.vector, 0.5]] * len(texts), dtype=np.float32)

        assert is_calibrated_for(calibration, Same())
        assert not is_calibrated_for(calibration, HashingEmbedder())


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_limits(limit: int) -> None:
    assert len(match("tennis racket", limit)) <= limit
