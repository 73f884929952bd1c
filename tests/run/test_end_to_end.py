"""The five seeds through the whole pipeline, with the fake translator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pipeline.config import Config, IssueSection, Run, Translate
from pipeline.run import job
from pipeline.run.installed import Models
from pipeline.run.plan import STAGES
from pipeline.text.checks.numbers import check_numbers
from pipeline.text.judged import Judged
from tests.fakes import NoProgress

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "golden" / "seeds"
LANGUAGES = ["vi", "zh-Hans", "zh-Hant", "zh-Hant", "ko"]


def run(folder: Path) -> tuple[job.Result, dict[str, bytes]]:
    config = Config(
        translate=Translate(model="fake"),
        issue=IssueSection(drafts="tell"),
        run=Run(out=str(folder / "out"), cache=str(folder / "cache"), models=str(folder / "models")),
    )
    task = job.Job(config=config, issue="2026-02-04", started="now", paths=(str(ROOT / "seeds"),))
    result = job.run(task, Models(config, None), NoProgress())
    return result, {path.name: path.read_bytes() for path in (folder / "out").glob("[!.]*")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seeds")


@pytest.fixture(scope="module")
def first(folder: Path) -> tuple[job.Result, dict[str, bytes]]:
    return run(folder)


@pytest.fixture(scope="module")
def records(first: tuple[job.Result, dict[str, bytes]]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in first[1]["articles.jsonl"].splitlines()]


def test_every_format_is_there(first: tuple[job.Result, dict[str, bytes]]) -> None:
    result, files = first
    assert result.items == 5
    assert result.report.failures == []
    assert sorted(files) == sorted(path.name for path in result.files) == [
        "articles.jsonl", "digest.csv", "digest.eml", "digest.html", "digest.md", "digest.txt", "feed.json", "feed.xml",
        "issue.json", "report.json", "review.html", "rss.xml",
    ]  # fmt: skip
    assert all(files.values())
    assert len(files["digest.eml"]) < 102_000


def test_five_of_five(records: list[dict[str, Any]]) -> None:
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    assert len(gold) == len(records) == 5
    for record, expected, language in zip(records, gold, LANGUAGES, strict=True):
        assert record["title"] == expected["title"]
        assert record["published"] == expected["published"]
        assert record["language"]["code"] == language
        assert len(record["translation"]["paragraphs"]) == len(record["paragraphs"])
        # What the fake writes may be doubted from the first sentence to the last.
        assert bool(record["summary"]["text"]) == (record["summary"]["method"] != "none")
        assert len(record["summary"]["text"].split()) <= 75
        assert record["error"] is None
    assert sum(bool(record["summary"]["text"]) for record in records) >= 4


def test_the_titles_stand_in_every_digest_in_their_own_script(
    first: tuple[job.Result, dict[str, bytes]], records: list[dict[str, Any]]
) -> None:
    _, files = first
    page = files["digest.html"].decode()
    shown = 0
    for record in records:
        assert record["title"] in page
        assert f'lang="{record["language"]["code"]}"' in page
        # A headline that the checks found wrong is not shown.
        if all(warning["paragraph"] >= 0 for warning in record["translation"]["warnings"]):
            assert record["translation"]["title"] in files["digest.txt"].decode().replace("\n", " ")
            shown += 1
    assert shown
    assert len(json.loads(files["feed.json"])["items"]) == 5
    atom = ElementTree.fromstring(files["feed.xml"])
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 5


def test_the_second_run_is_all_cached_and_the_same(folder: Path, first: tuple[job.Result, dict[str, bytes]]) -> None:
    again, files = run(folder)
    assert {stage.stage: (stage.cached, stage.computed) for stage in again.report.stages} == dict.fromkeys(
        STAGES, (5, 0)
    )
    del files["report.json"]
    assert files == {name: data for name, data in first[1].items() if name != "report.json"}


def test_another_folder_gives_the_same_bytes(tmp_path: Path, first: tuple[job.Result, dict[str, bytes]]) -> None:
    _, files = run(tmp_path)
    del files["report.json"]
    assert files == {name: data for name, data in first[1].items() if name != "report.json"}


def test_no_number_in_an_item_that_its_article_does_not_have(
    first: tuple[job.Result, dict[str, bytes]], records: list[dict[str, Any]]
) -> None:
    articles = {record["id"]: record for record in records}
    items = [item for section in json.loads(first[1]["issue.json"])["sections"] for item in section["items"]]
    assert len(items) == 5
    for item in items:
        article = articles[item["id"]]
        source = "\n".join((article["title"], *article["paragraphs"]))
        code = article["language"]["code"]
        said = " ".join((item["headline"], item["summary"], item["one_line"]))
        doubts = check_numbers(Judged(source, code, said, article["published"]))
        assert not [doubt for doubt in doubts if doubt.kind == "number-invented"]
