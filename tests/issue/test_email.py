"""The mail: what servers and mail programs go by."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import IssueSection
from pipeline.errors import ConfigError
from pipeline.issue import wording
from pipeline.issue.channels import Channels, channels_of
from pipeline.issue.issue import Issue
from pipeline.issue.render.email import MAX_BYTES
from tests.issue.samples import ENGLISH, KOREAN, SAMPLE, article, render
from tests.issue.test_formats import BASE, many
from tests.issue.test_hostile import parts
from tests.issue.test_issue import issue_of

ISSUE = issue_of(*SAMPLE, base_url=BASE)


def channels(**settings: object) -> Channels:
    return channels_of(IssueSection.model_validate({"email_from": "Désk <desk@example.org>", **settings}))


def message_id(issue: Issue, to: Channels | None = None) -> str:
    return str(parts(issue, to or channels())[0]["Message-ID"])


def test_a_message_id_is_that_of_the_words() -> None:
    first = message_id(ISSUE)
    assert re.fullmatch(r"<2026-11-23\.[0-9a-f]{16}@example\.org>", first)
    assert message_id(issue_of(*SAMPLE, base_url=BASE)) == first
    item = ISSUE.sections[0].items[0]
    edited = replace(ISSUE.sections[0], items=(replace(item, headline="Another"), *ISSUE.sections[0].items[1:]))
    assert message_id(replace(ISSUE, sections=(edited, *ISSUE.sections[1:]))) != first
    assert message_id(replace(ISSUE, id="2026-11-24")) != first


def test_a_message_id_stays_in_another_look_and_for_other_readers(tmp_path: Path) -> None:
    (tmp_path / "email.css").write_text("p { color: #111 }", encoding="utf-8")
    look = channels(templates=str(tmp_path), email_to="a@example.org", unsubscribe="https://example.org/leave")
    assert render(ISSUE, "email", look) != render(ISSUE, "email", channels())
    assert message_id(ISSUE, look) == message_id(ISSUE)


def test_a_reader_can_leave_the_list() -> None:
    both = channels(unsubscribe="mailto:leave@example.org?subject=leave%20it  https://example.org/leave?list=1&b=2")
    message, text, html = parts(ISSUE, both)
    mailto, https = "mailto:leave@example.org?subject=leave%20it", "https://example.org/leave?list=1&b=2"
    assert "".join(message["List-Unsubscribe"].split()) == f"<{mailto}>,<{https}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f'<a href="{mailto}"' in html
    assert f"To leave the list: {mailto} or {https}" in " ".join(text.split())
    only = parts(ISSUE, channels(unsubscribe=mailto))[0]
    assert only["List-Unsubscribe"] == f"<{mailto}>"
    assert only["List-Unsubscribe-Post"] is None


def test_without_a_way_to_leave_none_is_promised() -> None:
    message, text, html = parts(ISSUE, channels())
    assert message["List-Unsubscribe"] is message["List-Unsubscribe-Post"] is None
    assert "leave the list" not in text
    assert "Unsubscribe" not in html


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/leave",
        "leave@example.org",
        "mailto:",
        "mailto:leave",
        "mailto:a@example.org>,<b",
        "https://",
        "https://exämple.org/",
        "https://example.org/<x>",
        'https://example.org/"',
        "javascript:alert(1)",
        f"https://example.org/{'x' * 400}",
        "https://example.org/ok ftp://example.org/",
        "mailto:a@example.org\x0bBcc:b@example.org",
    ],
)
def test_an_address_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(ConfigError, match=r"issue\.unsubscribe: .* is no address such as"):
        channels(unsubscribe=link)


def test_the_list_has_a_name() -> None:
    assert parts(ISSUE, channels())[0]["List-Id"] == "<world-brief.example.org>"
    assert parts(ISSUE, channels(title="新聞"))[0]["List-Id"] == "<digest.example.org>"
    assert parts(ISSUE, channels(list_id="brief.example.net"))[0]["List-Id"] == "<brief.example.net>"
    assert parts(ISSUE, channels(email_from="desk@localhost"))[0]["List-Id"] is None


@pytest.mark.parametrize("name", ["brief", "a b.example.org", "brief.example.org>\r\nBcc: x", "é.example.org", ".org"])
def test_a_name_of_a_list_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=r"issue\.list_id: .* is no name such as"):
        channels(list_id=name)


def test_machines_are_told_that_a_machine_sent_it() -> None:
    assert parts(ISSUE)[0]["Auto-Submitted"] == "auto-generated"


def test_what_a_list_of_mails_shows() -> None:
    first, second, *_ = (item.headline for item in ISSUE.told)
    assert wording.preheader(ISSUE) == first
    assert len(f"{first}; {second}") > 140
    short = issue_of(*(article(f"{number}", title=f"Headline {number}") for number in range(9)))
    assert wording.preheader(short).startswith("Headline ")
    assert 100 < len(wording.preheader(short)) <= 140
    assert wording.preheader(short).count("; ") == wording.preheader(short).count("Headline") - 1
    assert wording.preheader(issue_of(KOREAN)) == "1 article listed, none told, from Korean"
    assert len(wording.preheader(issue_of(article("a", title="long words " * 30)))) <= 140


def test_the_page_does_not_run_into_what_is_shown() -> None:
    html = parts(issue_of(ENGLISH))[2]
    (preview,) = re.findall(r'<div class="preview" style="(.*?)">(.*?)</div>', html)
    assert "display: none" in preview[0]
    assert "mso-hide: all" in preview[0]
    assert preview[1].startswith(ENGLISH.content.title if ENGLISH.content else "-")
    assert len(preview[1]) > 200
    assert html.index(preview[1]) < html.index("<h1")


def test_what_has_no_room_is_read_on_the_page() -> None:
    _, text, html = parts(many(200))
    assert f'Read on in <a href="{BASE}/digest.html"' in html
    assert f"Read on in the full digest: {BASE}/digest.html" in text
    _, text, html = parts(ISSUE)
    assert "Read on" not in text
    assert f'<a href="{BASE}/digest.html"' in html
    _, text, html = parts(replace(many(200), base_url=""))
    assert "Read on in the full digest." in text
    assert "Read on in the full digest." in html


def test_dark_mode_stays_in_the_head() -> None:
    html = parts(ISSUE)[2]
    (kept,) = re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)
    assert "@media (prefers-color-scheme: dark)" in kept
    assert '<meta name="color-scheme" content="light dark">' in html
    # What is set on an element gives way only to what is important.
    rules = re.findall(r"color: #\w+([^;]*);", kept)
    assert len(rules) > 10
    assert all("!important" in rule for rule in rules)
    html += parts(many(200))[2]
    for name in set(re.findall(r"\.([a-z]+)", kept)):
        assert f'class="{name}' in html or f" {name}" in html


def test_the_longest_mail_with_all_of_it_is_below_the_limit() -> None:
    full = channels(unsubscribe=f"https://example.org/{'x' * 300} mailto:leave@example.org", email_to="a@example.org")
    for number in (180, 900):
        assert MAX_BYTES * 0.9 < len(render(many(number), "email", full)) <= MAX_BYTES
