"""Forty papers in sixteen languages and scripts, from a real server: what a reader finds in each feed is found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, Fetch, IssueSection, Run, Translate
from pipeline.run import job
from pipeline.run.installed import Models
from tests.fakes import NoProgress
from tests.feeds.press import first, second
from tests.feeds.press.pages import Item, Paper
from tests.fetch.web import Web, serving

PAPERS = [*first.papers(), *second.papers()]
FEW = {
    "haiwan", "zarechny", "mina", "koh", "faro", "handeul-json", "camliova-json", "nadrzecze-relative",
    "nadrzecze-sitemap", "weser-entities", "vallee-buttons", "kolpos-undeclared",
}  # fmt: skip
"""Of every script and most formats: all of them take some seconds."""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serving() as server:
        for paper in PAPERS:
            server.answers.update(paper.answers(server.url))
        yield server


def found(web: Web, folder: Path, papers: Sequence[Paper], until: str | None) -> dict[str, dict[str, Any]]:
    """The records of a run over papers, by address."""
    outlines = "".join(f"<outline text='{one.outlet.name}' xmlUrl='{web.url}/{one.name}/feed'/>" for one in papers)
    (folder / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    config = Config(
        translate=Translate(model="fake"),
        issue=IssueSection(drafts="tell", max_items=1000),
        fetch=Fetch(allow=(web.host,), host_pause=0, per_host=16, max_age_days=36500),
        run=Run(out=str(folder / "out"), cache=str(folder / "cache"), models=str(folder / "models")),
    )
    task = job.Job(config=config, issue="2026-11-23", started="now", paths=(str(folder / "feeds.opml"),), until=until)
    result = job.run(task, Models(config, None), NoProgress())
    assert result.report.failures == []
    records = [json.loads(line) for line in (folder / "out" / "articles.jsonl").read_text().splitlines()]
    by_address = {record["url"].removeprefix(web.url): record for record in records}
    assert len(by_address) == len(records) == sum(len(one.items) for one in papers)
    return by_address


def test_there_are_forty_in_sixteen_languages_and_scripts() -> None:
    assert len(PAPERS) == len({paper.name for paper in PAPERS}) == 40
    assert len({paper.outlet.language for paper in PAPERS}) == 16


def test_few_of_many_kinds(web: Web, tmp_path: Path) -> None:
    papers = [paper for paper in PAPERS if paper.name in FEW]
    assert len(papers) == len(FEW)
    compare(papers, found(web, tmp_path, papers, "detect"))


@pytest.mark.slow
def test_all_through_the_whole_pipeline(web: Web, tmp_path: Path) -> None:
    compare(PAPERS, found(web, tmp_path, PAPERS, None))


def compare(papers: Sequence[Paper], records: dict[str, dict[str, Any]]) -> None:
    for paper in papers:
        for item in paper.items:
            record = records[f"/{paper.name}/{item.path}"]
            assert record["title"] == item.title, paper.name
            assert tuple(record["paragraphs"]) == item.text, paper.name
            assert _at(record["published"], item) == _at(item.published, item), paper.name
            assert record["language"]["code"].startswith(paper.outlet.language.partition("-")[0]), paper.name
            assert record["publisher"] == paper.outlet.name, paper.name
            assert tuple(record["authors"]) == item.authors or not item.authors, paper.name


def _at(said: str | None, item: Item) -> object:
    """The instant, or the day where the feed tells no more."""
    if said is None or item.published is None:
        return said
    return datetime.fromisoformat(said) if len(item.published) > len("2026-11-23") else said[:10]
