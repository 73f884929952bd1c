"""The graph that OpenVINO runs, held against the model in transformers that it was written from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.models import openvino_graph
from tests.backends import checkpoints

TOKENS = np.random.default_rng(3).integers(0, 250, (2, 9))


def qwen(tmp_path: Path) -> Any:
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(checkpoints.write("instruct", tmp_path / "qwen")).eval()


def llama(tmp_path: Path) -> Any:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(5)
    config = LlamaConfig(
        vocab_size=260, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=1, head_dim=16, tie_word_embeddings=True, attention_bias=True,
    )  # fmt: skip
    return LlamaForCausalLM(config).eval()


def rounded(model: Any) -> Any:
    """The same model with the weights that the graph has, 8 bits and a scale for each row."""
    import torch

    with torch.no_grad():
        for weight in model.parameters():
            if weight.dim() == 2:
                scale = (weight.abs().amax(1, keepdim=True) / 127).half().float()
                weight.copy_((weight / scale).round().clamp(-127, 127) * scale)
    return model


def request(folder: Path) -> Any:
    from pipeline.backends.openvino_ import libraries

    _, openvino = libraries()
    exact = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0, "KV_CACHE_PRECISION": "f32"}
    return openvino.Core().compile_model(folder / openvino_graph.MODEL, "CPU", exact).create_infer_request()


def logits(found: Any, tokens: Any, mask: Any, start: int, beams: tuple[int, ...] = (0, 1)) -> Any:
    positions = np.maximum(np.cumsum(mask, 1) - 1, 0)[:, start:]
    values = {
        "input_ids": tokens, "attention_mask": mask, "position_ids": positions, "beam_idx": np.array(beams, np.int32),
    }  # fmt: skip
    return found.infer(values)["logits"].copy()


@pytest.mark.parametrize("make", [qwen, llama])
def test_it_says_what_the_model_says(tmp_path: Path, make: Any) -> None:
    import torch

    model = make(tmp_path)
    openvino_graph.write(model, tmp_path)
    mask = np.ones_like(TOKENS)
    mask[1, :3] = 0  # padding before a shorter text
    with torch.no_grad():
        expected = rounded(model)(
            input_ids=torch.tensor(TOKENS),
            attention_mask=torch.tensor(mask),
            position_ids=torch.tensor(np.maximum(np.cumsum(mask, 1) - 1, 0)),
        ).logits.numpy()
    whole = logits(request(tmp_path), TOKENS, mask, 0)
    spread = float(np.abs(expected).max())
    assert np.abs(whole[mask == 1] - expected[mask == 1]).max() < 1e-3 * spread
    # In two steps, the second one token, it is the same: what was read is kept.
    stepwise = request(tmp_path)
    first = logits(stepwise, TOKENS[:, :8], mask[:, :8], 0)
    last = logits(stepwise, TOKENS[:, 8:], mask, 8)
    assert np.abs(np.concatenate([first, last], 1)[mask == 1] - expected[mask == 1]).max() < 1e-3 * spread


def test_a_beam_goes_on_from_another(tmp_path: Path) -> None:
    openvino_graph.write(qwen(tmp_path), tmp_path)
    found, mask = request(tmp_path), np.ones_like(TOKENS)
    logits(found, TOKENS[:, :8], mask[:, :8], 0)
    # Both go on from the second.
    last = logits(found, TOKENS[[0, 0], 8:], mask, 8, beams=(1, 1))
    assert np.allclose(last[0], last[1], atol=1e-4)
    told = np.concatenate([TOKENS[1, :8], TOKENS[0, 8:]])[None]
    fresh = logits(request(tmp_path), told, mask[:1], 0, beams=(0,))
    assert np.abs(last[0, 0] - fresh[0, -1]).max() < 1e-3 * np.abs(fresh).max()


@pytest.mark.parametrize("make", [qwen, llama])
def test_the_vocabulary_may_be_numbered_anew_and_not_all_of_it_written(tmp_path: Path, make: Any) -> None:
    model, mask = make(tmp_path), np.ones_like(TOKENS)
    openvino_graph.write(model, tmp_path)
    whole = logits(request(tmp_path), TOKENS, mask, 0)
    order = np.random.default_rng(7).permutation(whole.shape[-1])
    openvino_graph.write(model, tmp_path, order.tolist(), written=100)
    part = logits(request(tmp_path), np.argsort(order)[TOKENS], mask, 0)
    assert part.shape[-1] == 100
    assert np.abs(part - whole[..., order[:100]]).max() < 1e-5 * np.abs(whole).max()


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"model_type": "gemma3_text"}, "architecture 'gemma3_text'"),
        ({"hidden_act": "gelu"}, "activation 'gelu'"),
        ({"rope_parameters": {"rope_type": "yarn", "rope_theta": 1e4}}, "rotary embedding 'yarn'"),
        ({"layer_types": ["full_attention", "sliding_attention"]}, "sliding window"),
    ],
)
def test_what_it_cannot_build_is_told(tmp_path: Path, changes: dict[str, Any], part: str) -> None:
    model = qwen(tmp_path)
    for name, value in changes.items():
        # The class of the settings does not let its type be changed.
        model.config.__dict__[name] = value
    with pytest.raises(ValueError, match=f"the backend openvino does not know the {part}"):
        openvino_graph.write(model, tmp_path / "none")
    assert not (tmp_path / "none").exists()
