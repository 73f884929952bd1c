import math
from pathlib import Path

import numpy as np
import pytest

from pipeline.backends.embeddings import MiniLM, batches
from pipeline.errors import BackendError
from tests.installed import model_folder


def test_a_batch_is_bounded_by_its_padded_size() -> None:
    lengths = [3, 256, 5, 200, 4, 256] * 20
    found = list(batches(lengths))
    assert sorted(index for batch in found for index in batch) == list(range(len(lengths)))
    assert all(max(lengths[index] for index in batch) * len(batch) <= 4096 for batch in found)
    assert len(found) <= math.ceil(sum(lengths) / 4096) + 2
    assert list(batches([])) == []


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="no model in"):
        MiniLM(tmp_path, "minilm")


def test_a_broken_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert", "hidden_size": 4}')
    with pytest.raises(BackendError, match="cannot be loaded"):
        MiniLM(tmp_path, "minilm")


@pytest.fixture(scope="module")
def embedder(pytestconfig: pytest.Config) -> MiniLM:
    return MiniLM(model_folder(pytestconfig, "all-minilm-l6-v2"), "all-minilm-l6-v2")


@pytest.mark.slow
class TestRealModel:
    def test_meaning_not_words(self, embedder: MiniLM) -> None:
        vectors = embedder.embed(["The film won a prize.", "A movie received an award.", "The bank won a lawsuit."])
        assert vectors.shape == (3, 384)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]

    def test_the_company_of_a_text_does_not_change_it(self, embedder: MiniLM) -> None:
        text = "The film won a prize."
        alone = embedder.embed([text])[0]
        long = "Rain fell on the hills all day. " * 100
        assert np.allclose(embedder.embed([long, text, "x", long])[1], alone, atol=1e-5)

    def test_nothing_and_the_unreadable(self, embedder: MiniLM) -> None:
        assert embedder.embed([]).shape == (0, 384)
        assert np.isfinite(embedder.embed(["", "\ud800", "\x00", "🙂"])).all()
