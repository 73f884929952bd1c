"""The main job for real: the built-in models from the package index, the five seeds, one digest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, Run, to_toml
from pipeline.run import job
from pipeline.run.installed import Models
from pipeline.run.plan import STAGES
from pipeline.text.checks.numbers import check_numbers
from pipeline.text.judged import Judged
from tests.fakes import NoProgress
from tests.installed import model_folder

ROOT = Path(__file__).parents[2]
# What one process of a run may take; the conversion of the model, once, is a process of its own.
_MOST_BYTES = 6e9


@pytest.fixture(scope="module")
def config(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Config:
    names = [
        *("worldbrief-qwen2.5-1.5b", "all-minilm-l6-v2", "en_core_web_sm"),
        *("cc-cedict", "use-multilingual-v3", "multilingual-e5-small"),
    ]
    folders = [model_folder(pytestconfig, name) for name in names]
    folder = tmp_path_factory.mktemp("job")
    return Config(run=Run(out=str(folder / "out"), cache=str(folder / "cache"), models=str(folders[0].parent)))


@pytest.fixture(scope="module")
def peak_bytes(config: Config) -> int:
    """Runs the main job in a process of its own, whose memory no other test has a part in; gives its peak."""
    file = Path(config.run.out).with_name("worldbrief.toml")
    file.write_text(to_toml(config), encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(ROOT / "seeds"), "-c", str(file), "--issue", "2026-11-23"]
    with file.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    # Popen has not waited itself, and would warn of a process that is still running.
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, file.with_suffix(".log").read_text(encoding="utf-8")
    return usage.ru_maxrss * 1024


@pytest.fixture(scope="module")
def results(config: Config, peak_bytes: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The articles and the items of the digest."""
    out = Path(config.run.out)
    articles = [json.loads(line) for line in (out / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    sections = json.loads((out / "issue.json").read_text(encoding="utf-8"))["sections"]
    return articles, [item for section in sections for item in section["items"]]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_five_articles_become_five_items(
    results: tuple[list[dict[str, Any]], list[dict[str, Any]]], peak_bytes: int
) -> None:
    articles, items = results
    assert [article["language"]["code"] for article in articles] == ["vi", "zh-Hans", "zh-Hant", "zh-Hant", "ko"]
    assert len(items) == 5
    told = [item for item in items if item["told"]]
    # The others are listed: nothing of them is sure enough to print.
    assert len(told) >= 3
    for item in items:
        assert item["headline"]
        assert item["sources"] or not item["told"]
        assert len(item["summary"].split()) <= 75
    for article in articles:
        assert len(article["translation"]["paragraphs"]) == len(article["paragraphs"])
        assert all(article["translation"]["paragraphs"])
    assert {article["status"] for article in articles} <= {"done", "draft"}
    # Korean is hard for it: what is wrong must not pass in silence.
    assert articles[-1]["translation"]["warnings"]
    assert peak_bytes < _MOST_BYTES


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_invented_number_and_no_unknown_person(
    results: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    articles, items = results
    by_id = {article["id"]: article for article in articles}
    for item in items:
        article = by_id[item["id"]]
        source, code = "\n".join((article["title"], *article["paragraphs"])), article["language"]["code"]
        said = " ".join((item["headline"], item["summary"], item["one_line"]))
        doubts = check_numbers(Judged(source, code, said, article["published"]))
        assert [doubt for doubt in doubts if doubt.kind == "number-invented"] == []
    # Names the model gets wrong when it is left to itself: these came out as Tsai, Zuo and Park.
    whole = {article["language"]["code"]: " ".join(article["translation"]["paragraphs"]) for article in articles}
    assert "Lee Jae-myung" in whole["ko"]
    assert any("Cho Jung-tai" in " ".join(article["translation"]["paragraphs"]) for article in articles)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_same_again_comes_from_the_cache(
    config: Config, results: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> None:
    out = Path(config.run.out)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.name != "report.json"}
    task = job.Job(config=config, issue="2026-11-23", started="later", paths=(str(ROOT / "seeds"),))
    report = job.run(task, Models(config, None), NoProgress()).report
    assert {stage.stage: (stage.cached, stage.computed) for stage in report.stages} == dict.fromkeys(STAGES, (5, 0))
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != "report.json"} == before
