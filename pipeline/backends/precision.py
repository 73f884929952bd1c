"""Which arithmetic a model runs in. It is part of a model's identity, so it is told without loading an engine."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import ConfigError

AUTO: Final = "auto"
TORCH_TYPES: Final = ("float32", "bfloat16", "float16")
# Instructions for bfloat16 products, as Linux lists them; without them bfloat16 is slower than float32.
_BFLOAT16: Final = frozenset({"avx512_bf16", "amx_bf16", "bf16"})


def resolve_compute_type(backend: str, compute_type: str, device: str) -> str:
    """The compute type that a backend will use, with `auto` decided for this machine.

    ctranslate2: int8 on a processor, int8_float16 on a GPU. openvino: int8. transformers: bfloat16 on a GPU that has it
    and on a processor that has it, float16 on another GPU, else float32. An engine is asked only on a machine with a
    GPU driver.

    Raises:
        ConfigError: the backend does not know the type or the device.
    """
    known = {"transformers": TORCH_TYPES, "openvino": ("int8",)}.get(backend)
    if known and compute_type not in (AUTO, *known):
        raise ConfigError(
            f"translate.compute_type: {compute_type!r} is not for the backend {backend}, "
            f"which knows auto, {', '.join(known)}"
        )
    if backend == "openvino":
        uses_cuda(backend, device)  # which refuses a GPU
        return "int8"
    if compute_type != AUTO:
        return compute_type
    if backend == "transformers":
        if uses_cuda(backend, device):
            import torch

            return "bfloat16" if torch.cuda.is_bf16_supported() else "float16"
        return "bfloat16" if _BFLOAT16 & _processor_features() else "float32"
    return "int8_float16" if uses_cuda(backend, device) else "int8"


def uses_cuda(backend: str, device: str) -> bool:
    """Whether a backend will run on a GPU for a `translate.device`.

    Raises:
        ConfigError: it runs on no GPU.
    """
    if backend == "openvino":
        if device == "cuda":
            raise ConfigError(
                "translate.device: the backend openvino runs on the processor; `worldbrief models get NAME --backend "
                "ctranslate2` prepares a model for the GPU"
            )
        return False
    if device != "auto":
        return device == "cuda"
    if not _has_driver():
        return False
    if backend == "transformers":
        import torch

        return torch.cuda.is_available()
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count()) > 0


@cache
def _has_driver() -> bool:
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


@cache
def _processor_features() -> frozenset[str]:
    """Instruction sets as Linux lists them; none elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return frozenset()
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip() in ("flags", "Features"):
            return frozenset(value.split())
    return frozenset()
