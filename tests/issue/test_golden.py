"""The sample issue in every format, byte for byte. `pytest --update-golden` writes the files anew: read the diff."""

from __future__ import annotations

from pathlib import Path

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


@pytest.mark.parametrize("name", list(FORMATS))
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / FORMATS[name][0]
    rendered = render(sample_issue(*SAMPLE), name, TO_THE_DESK)
    if request.config.getoption("--update-golden"):
        path.write_bytes(rendered)
    assert rendered == path.read_bytes()


@pytest.mark.parametrize("name", list(FORMATS))
def test_order_of_arrival_does_not_matter(name: str) -> None:
    assert render(sample_issue(*reversed(SAMPLE)), name) == render(sample_issue(*SAMPLE), name)
