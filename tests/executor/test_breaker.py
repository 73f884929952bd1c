"""A broken backend ends the run; articles that break a sound one do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.article import Document
from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.config import Config, Run
from pipeline.errors import BackendError
from pipeline.executor.breaker import AT_START, LATER, Breaker, spread
from pipeline.executor.context import Context
from pipeline.executor.runner import Runner
from pipeline.executor.steps import Step
from pipeline.executor.triage import QUARANTINE, Triage
from pipeline.report.report import RunReport
from pipeline.run import job
from pipeline.run.job import Job
from pipeline.stages import ALONE, Desk
from pipeline.store.quarantine import Quarantine
from tests.doubles import MemoryStore
from tests.executor.test_runner import First, Text
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

Fails = Callable[[str], bool]


class Shaky(First):
    """Raises for some texts, whatever else is in the batch."""

    def __init__(self, fails: Fails, error: type[Exception] = RuntimeError) -> None:
        super().__init__()
        self.fails = fails
        self.error = error
        self.tried: list[str] = []

    def process(self, batch: Sequence[Text], desk: Desk = ALONE) -> Sequence[object]:  # type: ignore[override]
        if len(batch) == 1:
            self.tried.append(batch[0].text)
        if bad := [value.text for value in batch if self.fails(value.text)]:
            raise self.error(f"out of order at {bad[0]}")
        return super().process(batch, desk)


def run(stage: First, texts: Sequence[str], folder: Path, batch_size: int = 8, window: int = 16) -> RunReport:
    report = RunReport(issue="x", started="")
    with Quarantine(folder / QUARANTINE) as quarantine:
        triage = Triage(quarantine, "2026-11-28T06:00:00+00:00")
        context = Context(STORES[folder], report, NoProgress(), triage=triage)
        runner = Runner([Step(stage.name, lambda: stage, batch_size)], context, window)
        list(runner.run(Document(source=f"{text}.txt", data=text.encode(), media_type="text/plain") for text in texts))
    return report


STORES: dict[Path, MemoryStore] = {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    STORES[tmp_path] = MemoryStore()
    return tmp_path


def held(folder: Path) -> list[str]:
    with Quarantine(folder / QUARANTINE) as quarantine:
        return sorted(entry.source for entry in quarantine.entries())


TEXTS = [f"article {number:03}" for number in range(100)]


@pytest.mark.parametrize("batch_size", [1, 2, 3, 8, 64])
def test_three_in_a_row_at_the_start_end_the_run(folder: Path, batch_size: int) -> None:
    stage = Shaky(lambda text: True)
    with pytest.raises(BackendError) as ended:
        run(stage, TEXTS, folder, batch_size)
    message = str(ended.value)
    assert message.startswith("the first stage failed for 3 articles in a row, the first that it was given, each time")
    assert "RuntimeError: out of order at article" in message
    assert "worldbrief models check" in message
    assert len(stage.tried) == AT_START
    assert all(f"{text}.txt" in message for text in stage.tried)
    assert held(folder) == []


@pytest.mark.parametrize("batch_size", [1, 8, 64])
def test_one_in_ten_does_not(folder: Path, batch_size: int) -> None:
    report = run(Shaky(lambda text: text.endswith("0")), TEXTS, folder, batch_size, window=64)
    assert (report.stage("first").computed, report.stage("first").failed) == (90, 10)
    assert len(held(folder)) == 10


def test_neighbours_that_break_a_stage_do_not(folder: Path) -> None:
    """The pages of one site lie together."""
    assert run(Shaky(lambda text: text < "article 006"), TEXTS, folder, 64, 64).stage("first").failed == 6


def test_a_backend_that_dies_later_ends_the_run_and_keeps_what_was_done(folder: Path) -> None:
    done: list[str] = []

    def fails(text: str) -> bool:
        done.append(text)
        return len(done) > 40

    stage = Shaky(fails)
    with pytest.raises(BackendError, match=rf"failed for {LATER} articles in a row, each time with RuntimeError"):
        run(stage, TEXTS, folder, 16, 64)
    assert held(folder) == []
    assert len(STORES[folder]._tables["results"]) == 32


def test_what_failed_one_by_one_before_the_end_was_done_is_kept(folder: Path) -> None:
    stage = Shaky(lambda text: len(stage.tried) not in range(1, 6))
    with pytest.raises(BackendError, match=f"for {LATER} articles in a row, each"):
        run(stage, TEXTS, folder, 60, 60)
    assert len(STORES[folder]._tables["results"]) == 5


def test_other_errors_between_them_begin_the_count_anew() -> None:
    breaker = Breaker()
    assert [breaker.failed("a", error) for error in (ValueError(), KeyError(), ValueError(), ValueError())] == [
        False, False, False, False,
    ]  # fmt: skip
    assert not breaker.failed("b", ValueError())
    assert breaker.failed("a", ValueError())


def test_refusals_do_not_count(folder: Path) -> None:
    report = run(First(), [f"refuse {number}" for number in range(10)], folder)
    assert report.stage("first").refused == 10


def test_what_failed_before_comes_last_and_does_not_count(folder: Path) -> None:
    """Three articles that break a stage each morning must not end each morning's run."""
    bad = TEXTS[:6]
    for text in bad:
        run(Shaky(lambda text: True), [text], folder)
    assert len(held(folder)) == 6
    stage = Shaky(lambda text: text in bad)
    report = run(stage, TEXTS[:12], folder, 4)
    assert (report.stage("first").computed, report.stage("first").failed) == (6, 6)
    assert stage.batches[:1] == [TEXTS[6:10]]
    # And a backend that is sound again gives their results.
    assert run(First(), TEXTS[:12], folder).stage("first").computed == 6
    assert held(folder) == []


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 17, 64])
def test_every_place_is_tried_once_and_the_first_are_far_apart(number: int) -> None:
    order = list(spread(number))
    assert sorted(order) == list(range(number))
    if number >= 9:
        assert min(abs(one - other) for one, other in pairwise(order[:3])) >= number // 4


class Dead(ScriptedTranslator):
    """An engine whose every answer is an exception, as one without memory has."""

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        raise RuntimeError("no memory for the engine")


def test_a_dead_translator_ends_a_real_run(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number in range(4):
        text = "정부는 새 다리를 열었다. 공사는 삼 년이 걸렸다. 시장은 주민들에게 감사했다. " * 3 + f"번호 {number}."
        (news / f"{number}.txt").write_text(f"다리 {number}\n\n{text}", encoding="utf-8")
    config = Config(run=Run(out=str(tmp_path / "out"), cache=str(tmp_path / "cache")))
    task = Job(config=config, issue="2026-11-28", started="2026-11-28T06:00:00+00:00", paths=(str(news),))
    with pytest.raises(BackendError, match=r"the translate stage failed for 3 articles .* RuntimeError: no memory"):
        job.run(task, ScriptedModels(config, {"ko": Dead()}), NoProgress())
    assert held(tmp_path / "cache") == []
    again = job.run(task, ScriptedModels(config, {"ko": ScriptedTranslator()}), NoProgress()).report
    assert (again.stage("extract").cached, again.stage("translate").computed) == (4, 4)
