"""Tiny random models, as GGUF and as checkpoints, converted for real: by a child the first, and one that is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from pipeline.backends import Decoding, Segment
from pipeline.backends.families import Family
from pipeline.backends.load import load_translator
from pipeline.config import Translate
from pipeline.errors import BackendError, ConfigError
from pipeline.models.convert import prepare
from tests.backends import checkpoints
from tests.models.inside import all_inside

ROOT = Path(__file__).parents[2]
WIDTH, LAYERS, HEADS, INNER = 64, 2, 4, 128


def byte_alphabet() -> list[str]:
    """The 256 letters that byte-level tokenizers write bytes with."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + place) for place, _ in enumerate(others)]


def write_gguf(path: Path, *, template: str = checkpoints.TEMPLATE) -> None:
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


def prepared(files: Path, folder: Path, backend: str, family: Family) -> str:
    folder.mkdir()
    return prepare(files, folder, backend=backend, family=family)


def gguf_in(folder: Path, **options: str) -> Path:
    folder.mkdir()
    write_gguf(folder / "tiny.gguf", **options)
    return folder


def test_a_gguf_becomes_a_model_the_engine_runs(tmp_path: Path) -> None:
    from pipeline.backends.ctranslate2_ import InstructTranslator

    folder = tmp_path / "out"
    assert prepared(gguf_in(tmp_path / "files"), folder, "ctranslate2", "instruct") == "/ctranslate2-int8"
    assert sorted(path.name for path in folder.iterdir()) == [
        "chat_template.jinja",
        "config.json",
        "model.bin",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocabulary.json",
    ]
    translator = InstructTranslator(folder, "tiny@1/int8", compute_type="int8", threads=1, cuda=False)
    segments = [Segment(text, "ko") for text in ("정부는 계획을 발표했다.", "학교", "the")]
    assert translator.count_tokens(segments, 0)[2] == 2
    answers = translator.translate(segments, Decoding())
    # A random model has no reason to stop.
    assert [answer.finished for answer in answers] == [False] * 3
    assert all(answer.text for answer in answers)


@pytest.mark.usefixtures("children_inside")
def test_a_gguf_becomes_a_model_for_openvino(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert prepared(gguf_in(tmp_path / "files"), folder, "openvino", "instruct") == "/openvino-int8"
    assert sorted(path.name for path in folder.iterdir()) == [
        "chat_template.jinja",
        "openvino_model.bin",
        "openvino_model.xml",
        "tokenizer.json",
        "tokenizer_config.json",
    ]
    translator = load_translator("openvino", "instruct", folder, "tiny@1/int8", Translate(threads=1))
    answers = translator.translate(
        [Segment(text, "ko") for text in ("정부는 계획을 발표했다.", "학교", "the")], Decoding()
    )
    assert all(answer.text for answer in answers)
    with pytest.raises(ConfigError, match=r"translate\.device: the backend openvino runs on the processor"):
        load_translator("openvino", "instruct", folder, "tiny@1/int8", Translate(device="cuda"))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked") / "out"
    files = gguf_in(tmp_path_factory.mktemp("gguf") / "files")
    with all_inside():
        assert prepared(files, folder, "transformers", "instruct") == "/transformers"
    return folder


def test_a_gguf_is_unpacked_for_transformers(unpacked: Path) -> None:
    from pipeline.backends.transformers_ import InstructTranslator

    assert {"config.json", "model.safetensors", "tokenizer.json"} <= {path.name for path in unpacked.iterdir()}
    assert not (unpacked / "checkpoint").exists()
    translator = InstructTranslator(unpacked, "tiny@1", compute_type="float32", threads=1, cuda=False)
    assert translator.translate([Segment("학교", "ko")], Decoding())[0].text


def write_adapter(folder: Path, base: Path) -> None:
    """A LoRA adapter that changes the answers of the tiny model."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    torch.manual_seed(3)
    settings = LoraConfig(r=4, lora_alpha=800, target_modules=["q_proj", "down_proj"], init_lora_weights=False)
    get_peft_model(AutoModelForCausalLM.from_pretrained(base), settings).save_pretrained(folder)


# peft asks transformers for something by its old name.
@pytest.mark.usefixtures("children_inside")
@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")
def test_an_adapter_is_merged_into_the_weights(unpacked: Path, tmp_path: Path) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    files, adapter, out = gguf_in(tmp_path / "files"), tmp_path / "adapter", tmp_path / "out"
    write_adapter(adapter, unpacked)
    out.mkdir()
    assert prepare(files, out, backend="transformers", family="instruct", adapter=adapter) == "/transformers"
    assert not [path for path in out.iterdir() if "adapter" in path.name]
    ids = torch.tensor([[5, 6, 7, 8]])
    with torch.no_grad():
        before, after = (AutoModelForCausalLM.from_pretrained(folder)(ids).logits.float() for folder in (unpacked, out))
        wanted = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(unpacked), adapter)(ids).logits.float()
    # The merged weights are rounded to bfloat16.
    assert (after - wanted).abs().max() < 0.1 * (before - wanted).abs().max()


@pytest.mark.usefixtures("children_inside")
def test_a_broken_adapter_is_told(tmp_path: Path) -> None:
    (tmp_path / "adapter").mkdir()
    (tmp_path / "out").mkdir()
    files = gguf_in(tmp_path / "files")
    with pytest.raises(BackendError, match=r"tiny\.gguf: conversion failed: .*adapter"):
        prepare(files, tmp_path / "out", backend="ctranslate2", family="instruct", adapter=tmp_path / "adapter")
    assert not (tmp_path / "out" / "model.bin").exists()


@pytest.mark.usefixtures("children_inside")
def test_a_checkpoint_becomes_a_model_with_its_tokenizer(tmp_path: Path) -> None:
    from pipeline.backends.ctranslate2_ import Seq2SeqTranslator

    files = checkpoints.write("marian", tmp_path / "files")
    before = {path.name: path.read_bytes() for path in files.iterdir()}
    folder = tmp_path / "out"
    assert prepared(files, folder, "ctranslate2", "marian") == "/ctranslate2-int8"
    assert sorted(path.name for path in folder.iterdir()) == [
        "config.json",
        "model.bin",
        "shared_vocabulary.json",
        "source.spm",
        "target.spm",
        "tokenizer_config.json",
        "vocab.json",
    ]
    assert {path.name: path.read_bytes() for path in files.iterdir()} == before
    translator = Seq2SeqTranslator("marian", folder, "tiny@1", compute_type="int8", threads=1, cuda=False)
    (answer,) = translator.translate([Segment("학교", "ko")], Decoding())
    assert answer.score is not None


@pytest.mark.usefixtures("children_inside")
def test_a_checkpoint_for_transformers_is_taken_as_it_is(tmp_path: Path) -> None:
    files = checkpoints.write("t5", tmp_path / "files")
    assert prepared(files, tmp_path / "out", "transformers", "t5") == "/transformers"
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {
        path.name: path.read_bytes() for path in files.iterdir()
    }


def test_a_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "bad.gguf").write_bytes(b"not a model")
    with pytest.raises(BackendError, match=r"bad\.gguf: conversion failed: "):
        prepared(tmp_path / "bad", tmp_path / "out", "ctranslate2", "instruct")
    assert not (tmp_path / "out" / "model.bin").exists()


@pytest.mark.usefixtures("children_inside")
def test_what_is_no_model_of_the_family_is_told(tmp_path: Path) -> None:
    files = checkpoints.write("marian", tmp_path / "files")
    plain = gguf_in(tmp_path / "plain", template="")
    (tmp_path / "empty").mkdir()
    for folder, family, reason in (
        (plain, "instruct", r"tiny\.gguf: conversion failed: .*no chat template"),
        (files, "nllb", "the checkpoint: conversion failed: config.json says 'marian', .* not of the family nllb"),
        (tmp_path / "empty", "marian", "the checkpoint: conversion failed: config.json is missing"),
    ):
        out = tmp_path / f"out-{folder.name}-{family}"
        with pytest.raises(BackendError, match=reason):
            prepared(folder, out, "ctranslate2", cast(Family, family))
        assert not (out / "model.bin").exists()


def test_a_conversion_killed_half_way_leaves_nothing_of_use(tmp_path: Path) -> None:
    files = checkpoints.write("marian", tmp_path / "files")
    out = tmp_path / "out"
    out.mkdir()
    # Stopped where the weights are read and the model is about to be written.
    code = """
import sys, time
from ctranslate2.converters import TransformersConverter
from pipeline.models import convert
def stop(*_, **__):
    print("blocked", flush=True)
    time.sleep(60)
TransformersConverter.convert = stop
convert.main("ctranslate2", "marian", *sys.argv[1:])
"""
    command = [sys.executable, "-c", code, str(files), str(out)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "blocked\n"
        child.kill()
    assert not (out / "model.bin").exists()
    with pytest.raises(BackendError, match="is missing"):
        load_translator("ctranslate2", "marian", out, "tiny@1", Translate())
