"""Hostile articles: what stands in them is text at every service, never an instruction."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.issue.issue import Issue
from pipeline.issue.plain import line
from pipeline.issue.render.markdown import escape
from pipeline.publish import Edition
from pipeline.publish.journal import FILE, SqliteJournal
from pipeline.publish.services.buttondown import portable
from pipeline.publish.services.content import content
from pipeline.publish.services.slack_blocks import MAX_BLOCKS, MAX_BYTES, blocks, size
from tests.issue.samples import article, render
from tests.issue.test_hostile import issues
from tests.publish.desk import edition
from tests.publish.services.stubs import slack
from tests.publish.services.stubs.all import CASES, Case
from tests.publish.services.stubs.stub import problems

WORDS = (
    "{{ .Subscriber.Email }}", "{{{{ x }}}}", "{% if subscriber %}", "{# x #}", "*|FNAME|*", "*|MC:SUBJECT|*",
    "%%{uuid}%%", "<!--kg-card-end: html-->", "&lt;!--kg-card-end: html--&gt;", "&#123;&#123; x }}", "---",
    "<!channel>", "@here @channel", "<@U0123456789>", "<https://evil.example|bank>", "https://a.example@TrackLink",
    "</body></html>", "<style>body{display:none}</style>", "<!-- buttondown-editor-mode: fancy -->", "--- title: x ---",
)  # fmt: skip
ADDRESS = "https://example.org/*|FNAME|*/{{x}}/*%7CEMAIL%7C*?q=a@TrackLink"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    articles = [
        article(
            f"a-{place}",
            language="ko",
            title=f"제목 {word}",
            english=word,
            summary=f"{word} and {word}",
            url=f"{ADDRESS}{place}",
            published="2026-02-04",
            publisher=word,
        )
        for place, word in enumerate(WORDS)
    ]
    # The first words of the issue, so that the body of Markdown would begin with them.
    return edition(tmp_path_factory.mktemp("hostile"), *articles, title="--- {{ x }} *|X|*")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal(tmp_path / FILE) as made:
        yield made


def shown(text: str) -> str:
    """What a reader sees of HTML, Markdown or text."""
    return html.unescape(re.sub(r"<[^>]*>", "", text)).replace("\u2060", "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_accepted_and_shown_as_it_is(case: Case, hostile: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        case.target(stub, case.means()).publish(hostile, journal)
    assert stub.refused == []
    body = max(case.bodies(stub)[:3], key=len)
    if case.name == "buttondown":
        assert body.startswith("<!-- buttondown-editor-mode: plaintext -->\n")
        body = MarkdownIt().render(body.partition("\n")[2])
    assert [word for word in WORDS if word not in shown(body)] == []
    assert "<script" not in body
    assert "evil.example|bank" not in re.findall(r"<[^>]*>", body)


def test_slack_mentions_nobody(hostile: Edition) -> None:
    message = {"text": "x", "blocks": blocks(hostile.issue), "unfurl_links": False, "unfurl_media": False}
    assert problems(slack.Message, message) == []
    said = slack.texts(message)
    assert not any(slack.LIVE.search(text) for text in said)
    assert any("&lt;!channel&gt;" in text for text in said)


@given(issue=issues())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_issue_fits_into_a_message_of_slack(issue: Issue) -> None:
    # As many as make the limit count.
    many = replace(issue, sections=issue.sections * 12)
    message: dict[str, Any] = {"text": "x", "blocks": blocks(many), "unfurl_links": False, "unfurl_media": False}
    assert problems(slack.Message, message) == []
    assert len(message["blocks"]) <= MAX_BLOCKS
    assert size(message["blocks"]) <= MAX_BYTES
    assert not any(slack.LIVE.search(text) for text in slack.texts(message))


@given(issue=issues())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_instruction_in_any_body_of_any_issue(issue: Issue) -> None:
    files = {"digest.eml": render(issue, "email"), "digest.md": render(issue, "markdown")}
    openers = ("{{", "{%", "{#", "*|", "*%7C", "*%7c", "%%{", "@TrackLink")
    made = content(Edition(issue=issue, folder=Path("out"), files=files, sha256="0" * 64), openers)
    for text in (made.subject, made.preview, made.document, made.fragment, made.text, made.markdown):
        assert not any(
            opener in html.unescape(re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)) for opener in openers
        )
    assert "<!--" not in made.fragment
    assert "<style" not in made.fragment
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?", made.slug)
    assert len(made.preview) <= 300


@given(
    text=st.one_of(
        st.text(),
        st.lists(st.sampled_from(["\\", "<", ">", "&", "|", "~", "$", "=", ":", "//", "*", "a", " ", "#"])).map(
            "".join
        ),
    )
)
def test_markdown_for_every_dialect_reads_the_same(text: str) -> None:
    words = line(text, 200)
    made = portable(escape(words))
    # No tag, entity or link of an article is left for a dialect that knows fewer escapes.
    assert not re.search(r"[<>|~$]", made)
    assert re.sub(r"&#\d+;", "", made).count("&") == 0
    assert MarkdownIt().render(made) == MarkdownIt().render(escape(words))
