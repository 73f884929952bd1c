"""The sample issue in every format, byte for byte. `pytest --update-golden` writes the files anew: read the diff."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.article import Article
from pipeline.config import IssueSection
from pipeline.issue.channels import channels_of
from pipeline.issue.issue import Issue
from pipeline.issue.render import FORMATS
from tests.issue.samples import SAMPLE, render
from tests.issue.test_issue import issue_of

TO_THE_DESK = channels_of(IssueSection(email_to="desk@example.org"))
GOLDEN = Path(__file__).parents[1] / "golden" / "issue"


def sample_issue(*articles: Article) -> Issue:
    return issue_of(
        *articles,
        better={"ko": "firefox-ko-en"},
        base_url="https://brief.example.org/latest/",
    )


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "parquet"])
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / FORMATS[name][0]
    rendered = render(sample_issue(*SAMPLE), name, TO_THE_DESK)
    if request.config.getoption("--update-golden"):
        path.write_bytes(rendered)
    assert rendered == path.read_bytes()


def test_golden_table(request: pytest.FixtureRequest) -> None:
    """The bytes name the version of pyarrow, so what is read from them is compared."""
    path = GOLDEN / "digest.parquet.json"
    table = pq.read_table(io.BytesIO(render(sample_issue(*SAMPLE), "parquet")))
    data = {"schema": table.schema.to_string().split("\n"), "rows": table.to_pylist()}
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(FORMATS))
def test_order_of_arrival_does_not_matter(name: str) -> None:
    assert render(sample_issue(*reversed(SAMPLE)), name) == render(sample_issue(*SAMPLE), name)
