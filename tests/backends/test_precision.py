"""The compute type of a model, told without an engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.backends import precision
from pipeline.backends.precision import resolve_compute_type, uses_cuda
from pipeline.errors import ConfigError

ROOT = Path(__file__).parents[2]


def test_what_is_asked_for_is_used() -> None:
    assert resolve_compute_type("ctranslate2", "float32", "cuda") == "float32"
    assert resolve_compute_type("transformers", "bfloat16", "cpu") == "bfloat16"


def test_a_type_of_the_other_engine_is_a_mistake_in_the_configuration() -> None:
    with pytest.raises(ConfigError, match=r"translate\.compute_type: 'int8' is not for .* auto, float32, bfloat16"):
        resolve_compute_type("transformers", "int8", "cpu")


def test_openvino_is_for_the_processor_and_eight_bits() -> None:
    assert resolve_compute_type("openvino", "auto", "auto") == resolve_compute_type("openvino", "int8", "cpu") == "int8"
    with pytest.raises(ConfigError, match=r"translate\.compute_type: 'float32' is not for .* which knows auto, int8"):
        resolve_compute_type("openvino", "float32", "cpu")
    for compute_type in ("auto", "int8"):
        with pytest.raises(ConfigError, match=r"translate\.device: .* --backend ctranslate2"):
            resolve_compute_type("openvino", compute_type, "cuda")


@pytest.mark.parametrize(
    ("features", "expected"),
    [({"avx2", "fma"}, "float32"), ({"avx512f", "avx512_bf16"}, "bfloat16"), ({"amx_bf16"}, "bfloat16")],
)
def test_auto_on_a_processor(monkeypatch: pytest.MonkeyPatch, features: set[str], expected: str) -> None:
    monkeypatch.setattr(precision, "_processor_features", lambda: frozenset(features))
    assert resolve_compute_type("transformers", "auto", "cpu") == expected
    assert resolve_compute_type("ctranslate2", "auto", "cpu") == "int8"


def test_auto_on_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    assert resolve_compute_type("transformers", "auto", "cuda") == "float16"
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    assert resolve_compute_type("transformers", "auto", "cuda") == "bfloat16"
    assert resolve_compute_type("ctranslate2", "auto", "cuda") == "int8_float16"


def test_an_engine_without_cuda_stays_on_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctranslate2
    import torch

    monkeypatch.setattr(precision, "_has_driver", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    assert not uses_cuda("transformers", "auto")
    assert uses_cuda("ctranslate2", "auto")
    monkeypatch.setattr(precision, "_has_driver", lambda: False)
    assert not uses_cuda("ctranslate2", "auto")


def test_without_a_driver_no_engine_is_loaded() -> None:
    code = """
import sys
from pipeline.backends import precision
precision._has_driver = lambda: False
for backend in ("ctranslate2", "openvino", "transformers", "firefox"):
    precision.resolve_compute_type(backend, "auto", "auto")
print(*{"torch", "transformers", "ctranslate2", "openvino"} & set(sys.modules))
"""
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""
