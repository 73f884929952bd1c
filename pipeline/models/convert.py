"""A GGUF language model made ready for CTranslate2, once, in a child process whose memory leaves with it.

The child: `python -m pipeline.models.convert GGUF FOLDER`. Peak memory is about 1.5 times the weights in bfloat16.
"""

from __future__ import annotations

import gc
import shutil
import sys
from pathlib import Path
from typing import Any

from pipeline.backends.families import Family
from pipeline.errors import BackendError
from pipeline.models.children import end_with_parent, run_child

QUANTIZATION = "int8"
_TURN = "<|im_start|>"
_STALL_SECONDS = 900.0  # reading the GGUF writes nothing for a minute, on a slow machine for several


def prepare(files: Path, folder: Path, *, backend: str, family: Family) -> str:
    """Make of fetched files what a backend loads; gives what it is, for the end of the model's identity.

    Raises:
        BackendError: these files cannot be prepared for this backend.
    """
    found = sorted(files.glob("*.gguf"))
    if backend != "ctranslate2" or family != "instruct" or len(found) != 1:
        raise BackendError(f"{files}: no way to prepare these files ({family}) for {backend}")
    convert(found[0], folder)
    return f"/ctranslate2-{QUANTIZATION}"


def convert(gguf: Path, folder: Path) -> None:
    """Write the CTranslate2 model (`model.bin`, `config.json`, `vocabulary.json`) and its tokenizer into a folder.

    Args:
        folder: must exist; needs room for the weights in bfloat16 meanwhile.

    Raises:
        BackendError: the conversion failed; the folder then holds nothing of use.
    """
    ended = run_child(
        ["-m", "pipeline.models.convert", str(gguf), str(folder)],
        # What is needed lies on disk; the libraries must not look for more.
        environment={"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TQDM_DISABLE": "1"},
        growing=folder,
        stall=_STALL_SECONDS,
    )
    if ended.problem:
        raise BackendError(f"{gguf.name}: conversion failed: {ended.problem}")


def unpack(gguf: Path, checkpoint: Path) -> None:
    """GGUF to a transformers checkpoint in bfloat16, tokenizer included. Loads transformers.

    Raises:
        ValueError: the model does not speak ChatML, which is how the instruct backend asks.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    tokenizer: Any = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    if len(tokenizer(_TURN, add_special_tokens=False)["input_ids"]) != 1 or not tokenizer.chat_template:
        raise ValueError(f"the tokenizer has no token {_TURN} or no chat template")
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
    model.save_pretrained(checkpoint)


def quantise(checkpoint: Path, folder: Path) -> None:
    """A transformers checkpoint to a CTranslate2 model with its tokenizer, in a new folder. Loads both libraries."""
    from ctranslate2.converters import TransformersConverter

    converter: Any = TransformersConverter(str(checkpoint), low_cpu_mem_usage=True)
    converter.convert(str(folder), quantization=QUANTIZATION)
    for name in ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
        if (checkpoint / name).is_file():
            shutil.copyfile(checkpoint / name, folder / name)


def main(arguments: list[str]) -> int:
    end_with_parent()
    gguf, folder = map(Path, arguments)
    checkpoint, converted = folder / "checkpoint", folder / "converted"
    try:
        unpack(gguf, checkpoint)
        gc.collect()  # the weights are gone before they are read again
        quantise(checkpoint, converted)
        shutil.rmtree(checkpoint)
        for path in converted.iterdir():
            path.rename(folder / path.name)
        converted.rmdir()
    except Exception as error:  # whatever a library raises is the reason the parent reports
        sys.stderr.write(f"\n{type(error).__name__}: {' '.join(str(error).split())[:300]}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
