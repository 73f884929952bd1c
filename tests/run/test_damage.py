"""Runs over a cache that a disk has damaged: the same digest, and a line about it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from pipeline.config import Config, Run
from pipeline.run import job
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ko", "vi", "zh-Hans", "zh-Hant")


def run(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of the digest, and what the report says of the cache."""
    config = Config(run=Run(out=str(folder / "out"), cache=str(folder / "cache")))
    models = ScriptedModels(config, dict.fromkeys(LANGUAGES, ScriptedTranslator(identity="scripted@1")))
    task = job.Job(config=config, issue="2026-02-04", started="now", paths=(str(ROOT / "seeds"),))
    result = job.run(task, models, NoProgress())
    files = {path.name: path.read_bytes() for path in (folder / "out").iterdir() if path.name != "report.json"}
    return files, result.report.repairs


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("whole")
    files, repairs = run(folder)
    assert repairs == []
    return folder, files


@pytest.mark.parametrize("seed", range(10))
def test_a_flipped_byte(whole: tuple[Path, dict[str, bytes]], tmp_path: Path, seed: int) -> None:
    folder, files = whole
    shutil.copytree(folder / "cache", tmp_path / "cache")
    path = tmp_path / "cache" / "cache.db"
    data = bytearray(path.read_bytes())
    rng = random.Random(seed)
    place = rng.randrange(100, len(data))
    data[place] ^= rng.randrange(1, 256)
    path.write_bytes(data)
    assert run(tmp_path)[0] == files, place


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cache.db", "state.db"])
def test_a_hundred_flipped_bytes(whole: tuple[Path, dict[str, bytes]], tmp_path: Path, name: str) -> None:
    folder, files = whole
    sound = (folder / "cache" / name).read_bytes()
    rng = random.Random(name)
    version = range(60, 64)  # a version that could be a later one's is refused, not mended
    for place in (place for place in rng.sample(range(len(sound)), 100) if place not in version):
        shutil.copytree(folder / "cache", tmp_path / str(place) / "cache")
        data = bytearray(sound)
        data[place] ^= rng.randrange(1, 256)
        (tmp_path / str(place) / "cache" / name).write_bytes(data)
        again, repairs = run(tmp_path / str(place))
        assert again == files or (name == "state.db" and repairs), place


@pytest.mark.parametrize("name", ["cache.db", "state.db"])
def test_a_schema_that_is_no_text(whole: tuple[Path, dict[str, bytes]], tmp_path: Path, name: str) -> None:
    """SQLite quotes it in what it says, which is then no text either."""
    folder, files = whole
    shutil.copytree(folder / "cache", tmp_path / "cache")
    path = tmp_path / "cache" / name
    data = path.read_bytes()
    place = data.index(b"CREATE TABLE") - 3
    path.write_bytes(data[:place] + b"\xa9" + data[place + 1 :].replace(b"CREATE TABLE", b"CREATE TAB\xcfE", 1))
    again, [repair] = run(tmp_path)
    assert again == files
    assert f"{name}: was damaged" in repair


def test_a_page_that_is_gone(whole: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, files = whole
    shutil.copytree(folder / "cache", tmp_path / "cache")
    path = tmp_path / "cache" / "cache.db"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * 4096 + data[8192:])
    again, [repair] = run(tmp_path)
    assert again == files
    assert "cache.db: was damaged" in repair
