"""The Universal Sentence Encoder: the network, tiny, against its formula word by word; the real one where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.backends.universal import PIECES, WEIGHTS, UniversalEncoder
from pipeline.errors import BackendError
from tests.backends.conftest import BAD
from tests.backends.vector_models import BLOCKS, WIDTH, write_universal
from tests.installed import model_folder

TEXTS = ("학교", "정부는 새로운 계획을 발표했다.", "The central bank kept its interest rate.", "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_universal(tmp_path_factory.mktemp("universal"))


@pytest.fixture(scope="module")
def encoder(folder: Path) -> UniversalEncoder:
    return UniversalEncoder(folder, "use@1")


def plainly(path: Path, ids: list[int]) -> Any:
    """One sentence as the paper has it, a word at a time."""
    found = np.load(path / WEIGHTS)

    def even(row: Any, gain: Any, bias: Any) -> Any:
        return (row - row.mean()) / np.sqrt(row.var() + 1e-12) * gain + bias

    def layer(rows: list[Any], width: int, name: str) -> list[Any]:
        left = {2: 0, 3: 1, 5: 2}[width]
        none = np.zeros_like(rows[0])
        made = []
        for place, row in enumerate(rows):
            seen = [rows[at] if 0 <= at < len(rows) else none for at in range(place - left, place - left + width)]
            made.append(
                row + np.maximum(np.concatenate(seen) @ found[f"w{name}_{width}"] + found[f"b{name}_{width}"], 0)
            )
        return made

    words = [
        found[f"q{piece % BLOCKS + 1}"][piece // BLOCKS] * found["scale"][piece % BLOCKS] + found["lo"][piece % BLOCKS]
        for piece in ids
    ]
    parts = [words]
    for width in (2, 3, 5):
        rows = [word @ found[f"proj{width}"] + found[f"proj_b{width}"] for word in words]
        rows = [even(row, found[f"ln_g{width}"], found[f"ln_b{width}"]) for row in rows]
        parts.append(layer(layer(rows, width, "1"), width, "2"))
    states = [even(np.concatenate(row), found["ln_g"], found["ln_b"]) for row in zip(*parts, strict=True)]
    pooled = sum(state @ found["cnn_W"] + found["cnn_b"] for state in states) / np.sqrt(len(ids))
    first = np.maximum(pooled @ found["d0"], 0)
    second = np.maximum(first @ found["d1"] + pooled @ found["p1"], 0)
    last = np.tanh(np.maximum(second @ found["d2"], 0) @ found["d3"] + second @ found["p3"])
    return last / np.linalg.norm(last)


def test_each_sentence_is_read_by_itself(folder: Path, encoder: UniversalEncoder) -> None:
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / PIECES))
    wanted = [plainly(folder, pieces.encode(text, add_bos=True, add_eos=True)) for text in TEXTS]
    assert np.allclose(encoder.embed(TEXTS), wanted, atol=1e-5)


def test_what_no_one_wrote(encoder: UniversalEncoder) -> None:
    vectors = encoder.embed([*BAD, "", "ꦲꦏ꧀ꦱꦫ"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.embed([]).shape == (0, WIDTH)


def test_a_long_text_is_cut(encoder: UniversalEncoder) -> None:
    text = "학교 " * 3_000
    assert np.array_equal(encoder.embed([text]), encoder.embed([text + "정부는"]))


@pytest.mark.parametrize("name", [PIECES, WEIGHTS])
def test_a_folder_that_is_not_whole(folder: Path, tmp_path: Path, name: str) -> None:
    for part in (PIECES, WEIGHTS):
        (tmp_path / part).write_bytes((folder / part).read_bytes())
    (tmp_path / name).write_bytes((folder / name).read_bytes()[:2000])
    with pytest.raises(BackendError, match=r"cannot be loaded: .*worldbrief models get use"):
        UniversalEncoder(tmp_path, "use@1")
    (tmp_path / name).unlink()
    with pytest.raises(BackendError, match="no model in"):
        UniversalEncoder(tmp_path, "use@1")


@pytest.mark.slow
def test_the_real_model_knows_a_translation_from_another(pytestconfig: pytest.Config) -> None:
    encoder = UniversalEncoder(model_folder(pytestconfig, "use-multilingual-v3"), "use@1")
    sources = encoder.embed(["警察は火曜日に二人を逮捕した。", "Die Schule bleibt wegen des Regens geschlossen."])
    english = encoder.embed(["Police arrested two people on Tuesday.", "The school stays closed because of the rain."])
    cosines = sources @ english.T
    assert cosines.shape == (2, 2)
    assert min(cosines[0, 0], cosines[1, 1]) > 0.6
    assert max(cosines[0, 1], cosines[1, 0]) < 0.3
