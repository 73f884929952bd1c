"""A tiny random Qwen2 model, written as GGUF and converted for real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.errors import BackendError
from pipeline.models.convert import convert

TEMPLATE = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
WIDTH, LAYERS, HEADS, INNER = 64, 2, 4, 128


def byte_alphabet() -> list[str]:
    """The 256 letters that byte-level tokenizers write bytes with."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + place) for place, _ in enumerate(others)]


def write_gguf(path: Path, *, template: str = TEMPLATE) -> None:
    import gguf

    tokens = [*byte_alphabet(), "th", "<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    special = gguf.TokenType.CONTROL
    kinds = [gguf.TokenType.NORMAL] * 257 + [special] * 3
    writer: Any = gguf.GGUFWriter(path, "qwen2")
    writer.add_name("tiny")
    writer.add_context_length(128)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10000.0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(["t h"])
    writer.add_bos_token_id(257)
    writer.add_eos_token_id(259)
    writer.add_pad_token_id(257)
    if template:
        writer.add_chat_template(template)
    rng = np.random.default_rng(7)

    def add(name: str, *shape: int) -> None:
        writer.add_tensor(name, rng.standard_normal(shape).astype(np.float32) * 0.05)

    add("token_embd.weight", len(tokens), WIDTH)
    add("output_norm.weight", WIDTH)
    add("output.weight", len(tokens), WIDTH)
    for layer in range(LAYERS):
        add(f"blk.{layer}.attn_norm.weight", WIDTH)
        add(f"blk.{layer}.ffn_norm.weight", WIDTH)
        for name, rows in (("q", WIDTH), ("k", WIDTH // 2), ("v", WIDTH // 2)):
            add(f"blk.{layer}.attn_{name}.weight", rows, WIDTH)
            add(f"blk.{layer}.attn_{name}.bias", rows)
        add(f"blk.{layer}.attn_output.weight", WIDTH, WIDTH)
        add(f"blk.{layer}.ffn_gate.weight", INNER, WIDTH)
        add(f"blk.{layer}.ffn_up.weight", INNER, WIDTH)
        add(f"blk.{layer}.ffn_down.weight", WIDTH, INNER)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def test_a_gguf_becomes_a_model_the_engine_runs(tmp_path: Path) -> None:
    import ctranslate2
    from tokenizers import Tokenizer

    write_gguf(tmp_path / "tiny.gguf")
    folder = tmp_path / "out"
    folder.mkdir()
    convert(tmp_path / "tiny.gguf", folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "chat_template.jinja",
        "config.json",
        "model.bin",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocabulary.json",
    ]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    prompt = tokenizer.encode("<|im_start|>the", add_special_tokens=False).tokens
    assert prompt == ["<|im_start|>", "th", "e"]
    generator = ctranslate2.Generator(str(folder), compute_type="int8")
    result = generator.generate_batch([prompt], max_length=4, sampling_topk=1)
    assert len(result[0].sequences_ids[0]) > 0


def test_a_model_that_does_not_speak_chatml_is_refused(tmp_path: Path) -> None:
    write_gguf(tmp_path / "tiny.gguf", template="")
    (tmp_path / "out").mkdir()
    with pytest.raises(BackendError, match=r"tiny\.gguf: conversion failed: .*no chat template"):
        convert(tmp_path / "tiny.gguf", tmp_path / "out")


def test_a_file_that_is_no_gguf_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"not a model")
    (tmp_path / "out").mkdir()
    with pytest.raises(BackendError, match=r"bad\.gguf: conversion failed: "):
        convert(tmp_path / "bad.gguf", tmp_path / "out")
