"""E5: the network, tiny, against transformers' BERT with the same weights; the real one where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.backends.e5 import E5, FILE
from pipeline.backends.e5_file import read
from pipeline.errors import BackendError
from tests.backends import vector_models
from tests.backends.conftest import BAD
from tests.backends.vector_models import HEADS, INNER, LAYERS, PIECES, POSITIONS, STATES
from tests.installed import model_folder

TEXTS = ("new plan", "学校.", "new new new plan new", "")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    return vector_models.write_e5(tmp_path_factory.mktemp("e5"))


@pytest.fixture(scope="module")
def model(written: tuple[Path, dict[str, Any]]) -> E5:
    return E5(written[0], "e5@1", threads=1)


def test_the_file_gives_what_was_put_in(written: tuple[Path, dict[str, Any]]) -> None:
    folder, weights = written
    file = read(folder / FILE)
    assert [piece for piece, _ in file.pieces] == list(PIECES)
    assert file.normalisation == {ord("ｎ"): "n", 0xAD: ""}
    assert np.array_equal(file.weights("l1.fo.w", INNER), weights["l1.fo.w"])
    some = np.array([7, 0, 7])
    assert np.array_equal(file.weights("emb.word", STATES, some), weights["emb.word"][some])
    assert np.array_equal(file.plain("l0.q.b"), weights["l0.q.b"])


def test_the_pieces_of_a_text(model: E5) -> None:
    def pieces(text: str) -> list[str]:
        return [PIECES[number] for number in model._numbers(text)]

    assert pieces("new plan") == ["<s>", "▁query", ":", "▁new", "▁plan", "</s>"]
    assert pieces("ｎew\u00ad   plan") == pieces("new plan")
    assert pieces("new\udc00") == ["<s>", "▁query", ":", "▁new", "<unk>", "</s>"]
    assert len(pieces("plan " * 100)) == POSITIONS


def test_it_is_a_bert(written: tuple[Path, dict[str, Any]], model: E5) -> None:
    found = model.embed(TEXTS)
    wanted = _bert(written[1], [model._numbers(text) for text in TEXTS])
    # Weights of eight bits, and activations.
    assert ((found * wanted).sum(axis=1) > 0.999).all()


def test_the_company_of_a_text_does_not_change_it(model: E5) -> None:
    assert np.allclose(model.embed([TEXTS[0]])[0], model.embed([*TEXTS[1:], *TEXTS])[3], atol=1e-3)


def test_what_no_one_wrote(model: E5) -> None:
    assert np.allclose(np.linalg.norm(model.embed([*BAD, ""]), axis=1), 1, atol=1e-5)
    assert model.embed([]).shape == (0, STATES)


@pytest.mark.parametrize("kept", [0, 3, 40, 200, 500, -5])
def test_a_file_that_is_not_whole(written: tuple[Path, dict[str, Any]], tmp_path: Path, kept: int) -> None:
    with pytest.raises(BackendError, match="no model in"):
        E5(tmp_path, "e5@1")
    (tmp_path / FILE).write_bytes((written[0] / FILE).read_bytes()[:kept])
    with pytest.raises(BackendError, match=r"cannot be loaded: .*worldbrief models get e5"):
        E5(tmp_path, "e5@1")


def test_another_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"GGUF" + bytes(2000))
    with pytest.raises(BackendError, match="not a file of E5"):
        E5(tmp_path, "e5@1")


def _bert(weights: dict[str, Any], texts: list[list[int]]) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(PIECES), hidden_size=STATES, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
        intermediate_size=INNER, max_position_embeddings=POSITIONS, type_vocab_size=1, layer_norm_eps=1e-12,
    )  # fmt: skip
    bert = BertModel(config, add_pooling_layer=False).eval()
    names = {
        "emb.word": "embeddings.word_embeddings", "emb.pos": "embeddings.position_embeddings",
        "emb.type": "embeddings.token_type_embeddings", "emb.ln": "embeddings.LayerNorm",
    }  # fmt: skip
    parts = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
        "ao": "attention.output.dense", "aln": "attention.output.LayerNorm", "fi": "intermediate.dense",
        "fo": "output.dense", "oln": "output.LayerNorm",
    }  # fmt: skip
    names |= {f"l{layer}.{ours}": f"encoder.layer.{layer}.{theirs}"
              for layer in range(LAYERS) for ours, theirs in parts.items()}  # fmt: skip
    state = bert.state_dict()
    for name, values in weights.items():
        stem, _, kind = name.rpartition(".")
        theirs = f"{names[stem]}.{'weight' if kind == 'w' else 'bias'}" if stem in names else f"{names[name]}.weight"
        state[theirs].copy_(torch.from_numpy(values).reshape(state[theirs].shape))
    with torch.inference_mode():
        means = [bert(input_ids=torch.tensor([ids])).last_hidden_state.mean(dim=1)[0].numpy() for ids in texts]
    return np.stack([mean / np.linalg.norm(mean) for mean in means])


@pytest.mark.slow
def test_the_real_model_knows_a_translation_from_another(pytestconfig: pytest.Config) -> None:
    model = E5(model_folder(pytestconfig, "multilingual-e5-small"), "e5@1", threads=1)
    sources = model.embed(["Cảnh sát bắt giữ hai người hôm thứ Ba.", "Skolan hålls stängd på grund av regnet."])
    english = model.embed(["Police arrested two people on Tuesday.", "The school stays closed because of the rain."])
    cosines = sources @ english.T
    assert min(cosines[0, 0], cosines[1, 1]) > max(cosines[0, 1], cosines[1, 0]) + 0.05
