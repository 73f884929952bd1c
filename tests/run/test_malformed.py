"""Two thousand inputs that nobody should send: no run breaks, none is held up, and all stand in the report."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from tests.grown import grown, mixed
from tests.malformed import Sample, mutated, sound
from tests.measured import worldbrief
from tests.tried import MEGABYTES, SECONDS, Ended, Tried, settings, through

# Some minutes, and more on a busy machine.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

BATCH = 50
SIZES = (500, 3_000, 10_000)


def inputs(seed: int, number: int) -> list[tuple[str, Sample]]:
    """What they are, and the inputs: three of five are mutations of sound ones."""
    made: list[tuple[str, Sample]] = []
    for at in range(number):
        rng = random.Random(f"{seed}/{at}")
        if at % 5 < 3:
            made.append((f"mutated {seed}/{at}", mutated(rng, sound())))
        else:
            what, make = grown(rng) if at % 5 == 3 else mixed(rng.getrandbits(32))
            made.append((what, make(rng.choice(SIZES))))
    return made


@cache
def models() -> Tried:
    return Tried(settings(Path("unused")))


def tried(samples: list[Sample]) -> Ended:
    return through(samples, models())


@pytest.fixture(scope="module")
def process() -> Iterator[ProcessPoolExecutor]:
    """Another process, whose memory is that of the runs alone."""
    # Dictionaries of all languages, which stay open, are 700 MB.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=6) as pool:
        yield pool


@pytest.mark.parametrize("seed", range(36))
def test_a_run_over_malformed_inputs(seed: int, process: ProcessPoolExecutor) -> None:
    batch = inputs(seed, BATCH)
    ended = process.submit(tried, [sample for _, sample in batch]).result()
    # A document that is stopped after its time is in the report, as it should be; none may take longer.
    wrong = [problem for problem in ended.problems if not problem.startswith("too slow")]
    assert not wrong, [what for what, _ in batch]
    if ended.seconds > SECONDS:
        alone = {what: process.submit(tried, [sample]).result().seconds for what, sample in batch}
        assert not {what: seconds for what, seconds in alone.items() if seconds > SECONDS}


@pytest.mark.parametrize("seed", range(100, 104))
def test_the_command_over_malformed_inputs(seed: int, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number, (_, sample) in enumerate(inputs(seed, BATCH)):
        (news / f"{number:03}{sample.suffix}").write_bytes(sample.data)
    (tmp_path / "c.toml").write_text('[translate]\nmodel = "fake"\n[run]\nmodels = "none"\n', encoding="utf-8")
    ended = worldbrief(["run", "news", "--config", "c.toml"], tmp_path)
    assert ended.status in (0, 1, 3), ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.seconds < BATCH * SECONDS
    assert ended.megabytes < MEGABYTES
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    told = {line["source"].partition("#")[0] for line in _lines(tmp_path / "out" / "articles.jsonl")}
    silent = {path.name for path in news.iterdir()} - {Path(source).name for source in told}
    # A table of no rows and a feed of no items hold no article, and a duplicate is one of another file.
    assert len(silent) <= report["duplicates"] + sum(_is_empty(news / name) for name in silent), silent
    assert not [failure for failure in report["failures"] if failure["kind"] == "internal"]


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _is_empty(path: Path) -> bool:
    from pipeline.config import Ingest
    from pipeline.ingest import read

    return not list(read([str(path)], Ingest(), None))


BAD = {"a.jsonl": ("{\n", 1_000_000), "a.csv": ("title,text\n" + "a,b,c,d\n" * 1000, 300)}


@pytest.mark.parametrize("name", BAD)
def test_very_many_bad_rows_take_little_memory(name: str, tmp_path: Path) -> None:
    unit, times = BAD[name]
    (tmp_path / name).write_text(unit * times, encoding="utf-8")
    (tmp_path / "c.toml").write_text('[translate]\nmodel = "fake"\n[run]\nmodels = "none"\n', encoding="utf-8")
    ended = worldbrief(["run", name, "--config", "c.toml"], tmp_path)
    assert ended.status == 1
    assert ended.seconds < 60
    assert ended.megabytes < 300
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["failure_counts"]["ingest/bad-row"] > 290_000
    assert (tmp_path / "out" / "report.json").stat().st_size < 3_000_000
