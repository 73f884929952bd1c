from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import pytest

from pipeline.backends import Segment, Translator
from pipeline.backends.families import Family
from tests.backends import checkpoints

SEQ2SEQ: tuple[Family, ...] = ("marian", "m2m100", "nllb", "t5")
Engine = Literal["transformers", "ctranslate2"]
BAD = (
    "😀 " * 20, "학\u200b교\u2066 \u202e!", "half \ud83d a pair", "\x00", "a", "word " * 5000, "a" * 20_000,
    "가" * 20_000,
)  # fmt: skip


def segments(*texts: str, **fields: Any) -> list[Segment]:
    return [Segment(text, "ko", **fields) for text in texts]


class Tiny:
    """Tiny checkpoints, what they convert to without loss of precision, and both loaded; each made once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._loaded: dict[tuple[str, str], Translator] = {}

    def checkpoint(self, family: Family) -> Path:
        folder = self._root / family
        return folder if folder.is_dir() else checkpoints.write(family, folder)

    def converted(self, family: Family) -> Path:
        from pipeline.models.convert import quantise

        folder = self._root / f"{family}-converted"
        if not folder.is_dir():
            quantise(self.checkpoint(family), folder, family, None)
        return folder

    def folder(self, engine: Engine, family: Family) -> Path:
        return self.checkpoint(family) if engine == "transformers" else self.converted(family)

    def translator(self, engine: Engine, family: Family) -> Any:
        if (engine, family) not in self._loaded:
            self._loaded[engine, family] = load(engine, family, self.folder(engine, family))
        return self._loaded[engine, family]


def load(engine: Engine, family: Family, path: Path, identity: str = "tiny@1", compute_type: str = "float32") -> Any:
    from pipeline.backends import ctranslate2_, transformers_

    module: Any = transformers_ if engine == "transformers" else ctranslate2_
    how = {"compute_type": compute_type, "threads": 1, "cuda": False}
    if family == "instruct":
        return module.InstructTranslator(path, identity, **how)
    return module.Seq2SeqTranslator(family, path, identity, **how)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return Tiny(tmp_path_factory.mktemp("checkpoints"))


@pytest.fixture(params=get_args(Engine))
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found
