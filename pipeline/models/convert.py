"""Fetched files made ready for a backend, once, in a child process whose memory leaves with it.

The child: `python -m pipeline.models.convert BACKEND FAMILY FILES FOLDER [ADAPTER]`. Peak memory of a GGUF is about 1.5
times the weights in bfloat16, of a checkpoint about twice its own.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, cast

from pipeline.backends.codec import Codec
from pipeline.backends.families import Family, load_codec
from pipeline.backends.prompts import Prompter
from pipeline.errors import BackendError
from pipeline.models import openvino_graph
from pipeline.models.children import as_child, run_child
from pipeline.models.vocabulary import renumber, written_first

QUANTIZATION: Final = "int8"
MODEL_TYPES: Final[Mapping[Family, tuple[str, ...]]] = {
    "marian": ("marian",),
    "m2m100": ("m2m_100",),
    "nllb": ("m2m_100",),
    "t5": ("t5", "mt5", "umt5"),
    "instruct": (),
}
"""`model_type` of the checkpoints of a family; none: whatever the engine can load as a decoder."""
_CHAT_FILES: Final = ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja")
_STALL_SECONDS = 900.0  # reading the weights writes nothing for a minute, on a slow machine for several


def prepare(files: Path, folder: Path, *, backend: str, family: Family, adapter: Path | None = None) -> str:
    """Turn fetched files into what a backend loads.

    ctranslate2: the model in int8 (`model.bin`, `config.json`, its vocabulary) and the tokenizer files of the family.
    openvino: a chat model in int8 (`openvino_model.xml` and `.bin`) and its tokenizer files; it can write nothing
    but Latin letters.
    transformers: the checkpoint as it is, or unpacked where it is a GGUF.

    Args:
        files: one GGUF, or a checkpoint with `config.json`, weights and tokenizer files; stays as it is.
        folder: must exist and be empty, on the file system of `files`.
        adapter: folder of a LoRA adapter in PEFT's format, merged into the weights of a GGUF.

    Returns:
        What was made of it, the end of the model's identity: "/ctranslate2-int8", "/openvino-int8" or "/transformers".

    Raises:
        BackendError: it is no model of the family, or the conversion failed; the folder then holds nothing of use.
    """
    ended = run_child(
        [
            "-m",
            "pipeline.models.convert",
            backend,
            family,
            str(files),
            str(folder),
            *([str(adapter)] if adapter else []),
        ],
        # What is needed lies on disk; the libraries must not look for more.
        environment={"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TQDM_DISABLE": "1"},
        growing=folder,
        stall=_STALL_SECONDS,
    )
    if ended.problem:
        what = next((path.name for path in sorted(files.glob("*.gguf"))), "the checkpoint")
        raise BackendError(f"{what}: conversion failed: {ended.problem}")
    return f"/{backend}" if backend == "transformers" else f"/{backend}-{QUANTIZATION}"


def unpack(gguf: Path, checkpoint: Path, adapter: Path | None = None) -> None:
    """GGUF to a transformers checkpoint in bfloat16, tokenizer included, with an adapter merged. Loads transformers."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    tokenizer: Any = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    tokenizer.save_pretrained(checkpoint)
    model: Any = AutoModelForCausalLM.from_pretrained(
        gguf.parent,
        gguf_file=gguf.name,
        dtype=torch.bfloat16,
        quantization_config=GgufConfig(dequantize=True),
    )
    # Or saving would try to write the quantised form it was read from.
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    if adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    model.save_pretrained(checkpoint)


def quantise(checkpoint: Path, folder: Path, family: Family, quantization: str | None = QUANTIZATION) -> None:
    """A transformers checkpoint to a CTranslate2 model with its tokenizer, in a new folder. Loads both libraries."""
    from ctranslate2.converters import TransformersConverter

    codec = None if family == "instruct" else load_codec(family, checkpoint, checkpoint.name)

    class Converter(TransformersConverter):  # type: ignore[misc]  # published without types
        def load_model(self, model_class: Any, path: str, **settings: Any) -> Any:
            model = model_class.from_pretrained(path, local_files_only=True, **settings)
            # transformers keeps it among the settings of generation, the converter asks the model's.
            if codec is not None and getattr(model.config, "decoder_start_token_id", None) is None:
                model.config.decoder_start_token_id = model.generation_config.decoder_start_token_id
            # The converter scales T5's output where embeddings are tied; transformers 5 says so by another name.
            if hasattr(model.config, "scale_decoder_outputs"):
                model.config.tie_word_embeddings = model.config.scale_decoder_outputs
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **settings: Any) -> Any:
            if codec is None:
                return tokenizer_class.from_pretrained(path, local_files_only=True, **settings)
            size = int(json.loads((Path(path) / "config.json").read_bytes())["vocab_size"])
            return _Vocabulary(codec, size)

    converter: Any = Converter(str(checkpoint), low_cpu_mem_usage=True)
    converter.convert(str(folder), quantization=quantization)
    _copy(checkpoint, folder, _CHAT_FILES if codec is None else (*codec.files, "tokenizer_config.json"))


def draw(checkpoint: Path, folder: Path) -> None:
    """A checkpoint of a chat model to an OpenVINO model with its tokenizer, in a new folder. Loads both libraries."""
    import torch
    from transformers import AutoModelForCausalLM

    model: Any = AutoModelForCausalLM.from_pretrained(str(checkpoint), local_files_only=True, dtype=torch.bfloat16)
    order, written = written_first(Prompter(checkpoint, checkpoint.name), len(model.get_input_embeddings().weight))
    folder.mkdir()
    _copy(checkpoint, folder, _CHAT_FILES)
    renumber(folder / "tokenizer.json", order)
    openvino_graph.write(model, folder, order, written)


def _copy(checkpoint: Path, folder: Path, names: Iterable[str]) -> None:
    """Those of the files that there are."""
    for name in names:
        if (checkpoint / name).is_file():
            shutil.copyfile(checkpoint / name, folder / name)


class _Vocabulary:
    """What the converter asks of a tokenizer, answered by the codec that will read and write the tokens.

    The tokenizer classes of transformers 5 forget the language tokens of M2M-100 and add sentinels to MADLAD-400.
    """

    eos_token, unk_token, bos_token = "</s>", "<unk>", "<s>"
    num_madeup_words = 0
    special_tokens_map: Final[Mapping[str, list[str]]] = {}

    def __init__(self, codec: Codec, size: int) -> None:
        # A vocabulary is often padded; the engine wants a name for every row.
        names = {number: f"<unused{number}>" for number in range(size)}
        names.update({number: token for token, number in codec.vocabulary.items() if number < size})
        self._names = names
        self.unk_token_id = codec.vocabulary[self.unk_token]
        self.pad_token = "<pad>" if "<pad>" in codec.vocabulary else self.bos_token

    def get_vocab(self) -> dict[str, int]:
        return {token: number for number, token in self._names.items()}

    def convert_ids_to_tokens(self, number: int) -> str:
        return self._names[number]


def _check(checkpoint: Path, family: Family) -> None:
    """Raises:
    ValueError: no checkpoint of the family.
    BackendError: its tokenizer files are missing or broken.
    """
    path = checkpoint / "config.json"
    if not path.is_file():
        raise ValueError("config.json is missing")
    kind = json.loads(path.read_bytes()).get("model_type")
    if MODEL_TYPES[family] and kind not in MODEL_TYPES[family]:
        raise ValueError(f"config.json says {kind!r}, which is not of the family {family}")
    if family == "instruct":
        Prompter(checkpoint, checkpoint.name)
    else:
        load_codec(family, checkpoint, checkpoint.name)


def _make(backend: str, family: Family, files: Path, folder: Path, adapter: Path | None) -> None:
    ggufs = sorted(files.glob("*.gguf"))
    checkpoint = folder / "checkpoint" if ggufs else files
    if ggufs:
        unpack(ggufs[0], checkpoint, adapter)
        gc.collect()  # the weights are gone before they are read again
    _check(checkpoint, family)
    if backend in ("ctranslate2", "openvino"):
        converted = folder / "converted"
        if backend == "openvino":
            draw(checkpoint, converted)
        else:
            quantise(checkpoint, converted, family)
        if ggufs:
            shutil.rmtree(checkpoint)
        _lift(converted, folder)
    elif ggufs:
        _lift(checkpoint, folder)
    else:
        _link(files, folder)


def _lift(inner: Path, folder: Path) -> None:
    for path in inner.iterdir():
        path.rename(folder / path.name)
    inner.rmdir()


def _link(files: Path, folder: Path) -> None:
    for path in files.rglob("*"):
        target = folder / path.relative_to(files)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            # Gigabytes of weights need not be there twice; what was fetched stays until the model is installed.
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)


def main(backend: str, family: str, files: str, folder: str, adapter: str | None = None) -> None:
    _make(backend, cast(Family, family), Path(files), Path(folder), Path(adapter) if adapter is not None else None)


if __name__ == "__main__":
    sys.exit(as_child(lambda: main(*sys.argv[1:])))
