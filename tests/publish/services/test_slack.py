"""Slack: one message within its limits, posted once, nobody mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Edition, Target, Uncertain
from pipeline.publish.journal import FILE, SqliteJournal
from pipeline.publish.load import load
from pipeline.publish.services.slack_blocks import MAX_BLOCKS, MAX_BYTES, blocks, size
from tests.issue.samples import ENGLISH, SAMPLE, article
from tests.publish.desk import Clock, edited, edition, issue_of, settings
from tests.publish.services.stubs import slack
from tests.publish.services.stubs.stub import Reply, problems


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal(tmp_path / FILE) as made:
        yield made


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(tmp_path_factory.mktemp("slack"))


def by_webhook(stub: slack.Slack, path: str = slack.HOOK, clock: Clock | None = None, **more: Any) -> Target:
    means = (clock or Clock()).means(WORLDBRIEF_SLACK_WEBHOOK=stub.url + path, **more)
    return load("slack", settings(slack={}), means)


def by_bot(stub: slack.Slack, token: str = slack.TOKEN, channel: str = slack.CHANNEL, **more: Any) -> Target:
    means = Clock().means(WORLDBRIEF_SLACK_TOKEN=token, **more)
    return load("slack", settings(slack={"channel": channel, "url": stub.url}), means)


@pytest.mark.parametrize("way", [by_webhook, by_bot])
def test_posted_once(way: Any, issue: Edition, journal: SqliteJournal) -> None:
    with slack.Slack().running() as stub:
        receipt = way(stub).publish(issue, journal)
        again = way(stub).publish(issue, journal)
    assert stub.refused == []
    assert len(stub.messages) == len(stub.requests) == 1
    assert "message posted" in receipt.detail
    assert "sent before" in again.detail
    if way is by_bot:
        assert receipt.url == again.url == "https://slack.com/archives/C0123456789/p1764115200000100"
    said = "\n".join(slack.texts(stub.messages[0]))
    assert "*<https://www.epochtimes.com/gb/20/11/21/n12565655.htm|Taiwan–US economic dialogue" in said
    assert "https://www.ajunews.com/view/20250811191520001?a=1&amp;b=2" in said
    assert "Machine translated from Korean" not in said  # listed, not told
    assert "Articles listed and not told: 2" in said


def test_a_corrected_issue_is_not_posted_unasked(tmp_path: Path, journal: SqliteJournal) -> None:
    first = edition(tmp_path / "a", ENGLISH)
    second = edition(tmp_path / "b", edited(ENGLISH, "Other"))
    with slack.Slack().running() as stub:
        by_webhook(stub).publish(first, journal)
        by_webhook(stub).publish(second, journal)
        assert len(stub.messages) == 1
        by_webhook(stub, again=True).publish(second, journal)
    assert len(stub.messages) == 2


@pytest.mark.parametrize("way", [by_webhook, by_bot])
def test_what_may_have_been_posted_is_not_posted_again(way: Any, issue: Edition, journal: SqliteJournal) -> None:
    with slack.Slack().running() as stub:
        stub.lost = ["POST"]
        with pytest.raises(Uncertain, match="may have arrived"):
            way(stub).publish(issue, journal)
        with pytest.raises(Uncertain, match="look whether it is there"):
            way(stub).publish(issue, journal)
        assert len(stub.messages) == 1
        way(stub, resend=("slack",)).publish(issue, journal)
    assert len(stub.messages) == 2


def test_a_bot_s_answers_in_words(issue: Edition, journal: SqliteJournal) -> None:
    with slack.Slack().running() as stub:
        with pytest.raises(PublishError, match=r"invalid_auth; nothing was posted.*WORLDBRIEF_SLACK_TOKEN") as error:
            by_bot(stub, token="xoxb-wrong").publish(issue, journal)
        assert "xoxb-wrong" not in str(error.value)
        with pytest.raises(PublishError, match=r"channel_not_found; nothing was posted.*publish\.slack\.channel"):
            by_bot(stub, channel="C9").publish(issue, journal)
        stub.faults = [Reply(200, {"ok": False, "error": "fatal_error"})]
        with pytest.raises(Uncertain, match="fatal_error"):
            by_bot(stub).publish(issue, journal)
    assert stub.messages == []


@pytest.mark.parametrize("answer", ["<html>", {}, {"ok": "yes"}, []])
def test_an_answer_that_is_none_of_slack_s(answer: object, issue: Edition, journal: SqliteJournal) -> None:
    with slack.Slack().running() as stub:
        stub.faults = [Reply(200, answer)]
        with pytest.raises(PublishError):
            by_bot(stub).publish(issue, journal)
    assert journal.status("slack", issue.issue.id) != "sent"


def test_a_webhook_that_is_gone(issue: Edition, journal: SqliteJournal) -> None:
    with slack.Slack().running() as stub:
        with pytest.raises(PublishError, match=r"no_service.*nothing was posted.*WORLDBRIEF_SLACK_WEBHOOK") as error:
            by_webhook(stub, "/services/T1/B1/anothersecret").publish(issue, journal)
        assert "anothersecret" not in str(error.value)
        # With a new one it is posted, without asking.
        by_webhook(stub).publish(issue, journal)
    assert len(stub.messages) == 1


def test_too_fast(issue: Edition, journal: SqliteJournal) -> None:
    clock = Clock()
    with slack.Slack().running() as stub:
        stub.faults = [Reply(429, "rate_limited", {"Retry-After": "30"})]
        by_webhook(stub, clock=clock).publish(issue, journal)
    assert len(stub.messages) == 1
    assert clock.slept[0] >= 30


@pytest.mark.parametrize("url", ["http://hooks.slack.com/services/T/B/secret", "hooks.slack.com", "https://a:b@c/d"])
def test_an_address_that_is_none(url: str, issue: Edition, journal: SqliteJournal) -> None:
    target = load("slack", settings(slack={}), Clock().means(WORLDBRIEF_SLACK_WEBHOOK=url))
    with pytest.raises(ConfigError, match="WORLDBRIEF_SLACK_WEBHOOK") as error:
        target.preview(issue, journal)
    assert "secret" not in str(error.value)


def test_preview_needs_no_connection(issue: Edition, journal: SqliteJournal) -> None:
    stub = slack.Slack()
    stub.url = "http://127.0.0.1:9"
    assert by_webhook(stub).preview(issue, journal) == ["message where the webhook leads, seen at once: 20 blocks"]
    assert by_bot(stub).preview(issue, journal)[0].startswith("message in C0123456789, seen at once")
    with pytest.raises(ConfigError, match="WORLDBRIEF_SLACK_TOKEN"):
        by_bot(stub, token="").preview(issue, journal)


def test_articles_without_room_are_counted() -> None:
    many = issue_of(*(article(f"a{number}", title=f"Headline {number}", url=f"https://e.org/{number}")
                      for number in range(90)))  # fmt: skip
    made = blocks(many)
    assert len(made) <= MAX_BLOCKS
    assert size(made) <= MAX_BYTES
    said = "\n".join(slack.texts({"text": "", "blocks": made}))
    shown = said.count("Headline ")
    assert 15 < shown < 90
    assert f"And {90 - shown} more in the full digest." in said


def test_what_the_editor_says_is_said() -> None:
    issue = issue_of(*SAMPLE)
    noted = {
        item.id: replace(item, note="<!here> Written before the vote. " * 60)
        for item in (issue.told[0], issue.listed[0])
    }
    sections = tuple(
        replace(section, items=tuple(noted.get(item.id, item) for item in section.items)) for section in issue.sections
    )
    made = blocks(replace(issue, note="We are back on <Monday> & glad.", sections=sections))
    message = {"text": "x", "blocks": made, "unfurl_links": False, "unfurl_media": False}
    assert problems(slack.Message, message) == []
    said = slack.texts(message)
    assert said[2] == "Editor’s note: We are back on &lt;Monday&gt; &amp; glad."
    assert sum(text.startswith("Editor’s note: &lt;!here&gt; Written before the vote.") for text in said) == 2
    assert size(made) <= MAX_BYTES
