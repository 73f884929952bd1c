"""Markdown for static-site tools: front matter that is YAML, and nothing in the text that they take for a tag."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from markdown_it import MarkdownIt

from pipeline.issue.issue import Issue
from tests.issue.samples import SAMPLE, article, render
from tests.issue.test_hostile import HOSTILE, PAYLOADS, issues, thorough
from tests.issue.test_issue import issue_of

TAGS = (
    "{{< script >}}",
    "{{% raw %}}",
    "{{ site.github.token }}",
    "{% include secret.html %}",
    "{# comment #}",
    "{: .class onclick=alert(1)}",
    "{::nomarkdown}<script>{:/}",
    "AT&T &amp; ~~x~~ 50%}",
    "\\{{ x }}",
)


def split(issue: Issue) -> tuple[dict[str, Any], str]:
    """Front matter and text, as these tools separate them: at the second line of three hyphens."""
    opening, front, text = re.split(r"^---$", render(issue, "post").decode(), maxsplit=2, flags=re.MULTILINE)
    assert opening == ""
    return yaml.safe_load(front), text


def shown(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    assert not [token for token in tokens if token.type.startswith("html")]
    return ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]


def test_front_matter() -> None:
    front, text = split(issue_of(*SAMPLE))
    assert front == {
        "title": "World Brief, 2026-11-23",
        "date": date(2026, 11, 23),
        "description": "5 articles told, 2 listed, 7 languages",
        "tags": [
            *("Economy, business and finance", "Science and technology", "International trade"),
            *("Politics and government", "Environment"),
        ],
        "lang": "en",
        "render_with_liquid": False,
        "templateEngineOverride": "md",
    }
    # The theme prints the title.
    assert "\n# " not in text


def test_an_issue_without_topics() -> None:
    assert split(issue_of(article("a")))[0]["tags"] == []


@pytest.mark.parametrize("payload", [*PAYLOADS, *TAGS])
def test_the_text_is_shown_and_no_tag(payload: str) -> None:
    issue = issue_of(
        article("a", language="ko", title="x", english=payload, summary=f"{payload} y", one_line="x"), title=payload
    )
    front, text = split(issue)
    (item,) = issue.items
    assert item.headline in shown(text)
    assert item.summary in shown(text)
    assert not re.search(r"[{}]", text)
    assert front["title"] == f"{issue.title}, 2026-11-23".replace("<", "‹").replace(">", "›")


@given(issues())
@thorough
def test_hostile(issue: Issue) -> None:
    front, text = split(issue)
    assert set(front) == {
        "title",
        "date",
        "description",
        "tags",
        "lang",
        "render_with_liquid",
        "templateEngineOverride",
    }
    assert not re.search(r"[<>]", str(front["title"]) + str(front["tags"]))
    assert not re.search(r"[{}]", text)
    lines = shown(text)
    for item in issue.items:
        assert item.headline in lines
        assert not item.summary or item.summary in lines


@given(HOSTILE)
@thorough
def test_hostile_titles(title: str) -> None:
    front, _ = split(issue_of(article("a"), title=title))
    assert front["date"] == date(2026, 11, 23)
    assert front["title"].endswith(", 2026-11-23")
