"""What services of mail are given: the words of digest.eml, without what they have of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import IssueSection
from pipeline.issue.channels import channels_of
from pipeline.publish import Edition
from pipeline.publish.services.content import Content, content
from tests.issue.samples import SAMPLE, render
from tests.publish.desk import issue_of

WAYS_OUT = ("https://example.org/leave?a=1&b=2", "mailto:leave@example.org?subject=leave")


def made(**settings: str) -> Content:
    channels = channels_of(IssueSection.model_validate(settings))
    issue = issue_of(*SAMPLE)
    files = {"digest.eml": render(issue, "email", channels), "digest.md": render(issue, "markdown", channels)}
    return content(Edition(issue=issue, folder=Path("out"), files=files, sha256="0" * 64))


def test_words_of_the_mail() -> None:
    plain = made(email_from="Desk <desk@example.org>")
    assert plain.subject == "World Brief, 4 February 2026"
    assert (plain.sender.name, plain.sender.address) == ("Desk", "desk@example.org")
    assert plain.preview.startswith("Egypt and Cyprus sign agreement")
    assert plain.document.startswith("<!DOCTYPE html>\n<html")
    assert "prefers-color-scheme" in plain.document
    assert plain.fragment.startswith("<div")
    assert plain.fragment.endswith("</div>")
    assert "<style" not in plain.fragment
    # The hidden line for mailboxes is not part of what is read.
    assert plain.document.count(plain.preview) == plain.fragment.count(plain.preview) + 1
    assert 'dir="rtl"' in plain.fragment
    assert plain.text.startswith("WORLD BRIEF\n")
    assert plain.markdown.startswith("# World Brief\n")
    assert (plain.slug, plain.marker) == ("world-brief-2026-02-04", "worldbrief-world-brief-2026-02-04")


def test_ways_to_leave_the_list_are_left_to_the_service() -> None:
    with_ways, without = made(unsubscribe=" ".join(WAYS_OUT)), made()
    for text in (with_ways.document, with_ways.fragment, with_ways.text):
        assert "leave" not in text
        assert "nsubscribe" not in text
    assert with_ways.text == without.text
    assert with_ways.fragment.split() == without.fragment.split()


@pytest.mark.parametrize(
    ("title", "issue_id", "slug"),
    [
        ("World Brief", "2026-02-04", "world-brief-2026-02-04"),
        ("世界简报", "2026-02-04", "2026-02-04-"),
        ("World Brief!", "2026-02-04", "world-brief-2026-02-04-"),
        ("Brief", "2026-02-04.b", "brief-2026-02-04-b-"),
        ("x" * 200, "2026-02-04", "x" * 49 + "-2026-02-04-"),
    ],
)
def test_slugs_of_two_issues_differ(title: str, issue_id: str, slug: str) -> None:
    issue = issue_of(*SAMPLE, title=title, issue_id=issue_id)
    files = {"digest.eml": render(issue, "email")}
    found = content(Edition(issue=issue, folder=Path("out"), files=files, sha256="0" * 64)).slug
    assert found.startswith(slug)
    assert len(found) == len(slug) + (8 if slug.endswith("-") else 0)
    assert found.isascii()
    assert found == found.lower()


def test_the_end_of_a_card_in_an_attribute_ends_none() -> None:
    """The title of the issue stands in an attribute of its page, where the serialiser leaves `<` as it is."""
    title = "<!--kg-card-end: html--> Brief"
    issue = replace(issue_of(*SAMPLE), title=title)
    files = {"digest.eml": render(issue, "email"), "digest.md": render(issue, "markdown")}
    sent = content(Edition(issue=issue, folder=Path("out"), files=files, sha256="0" * 64), ())
    assert "kg-card-end" in sent.fragment
    assert "<!--" not in sent.fragment
