"""Folders of results as a run leaves them, from articles that the stages could have made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.article import Article
from pipeline.issue import render
from pipeline.issue.record import record
from pipeline.review.results import Results, read
from tests.issue.samples import CHANNELS
from tests.issue.test_issue import issue_of


def folder_of(folder: Path, *articles: Article, **settings: Any) -> Path:
    """The folder with issue.json, the digest and articles.jsonl of one issue, 2026-11-23."""
    render.write(issue_of(*articles, **settings), folder, CHANNELS)
    lines = (json.dumps(record(one, one.source), ensure_ascii=False) + "\n" for one in articles)
    (folder / "articles.jsonl").write_bytes("".join(lines).encode("utf-8", "surrogatepass"))
    return folder


def results_of(folder: Path, *articles: Article, **settings: Any) -> Results:
    """The same, read."""
    return read(folder_of(folder, *articles, **settings), folder / "overlay.toml")
