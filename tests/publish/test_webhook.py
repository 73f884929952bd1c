"""The issue to a web server: signed, once by its id, patient, and without its secret in any message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Declined, Edition, Receipt, Uncertain
from pipeline.publish.http import Busy
from pipeline.publish.journal import FILE, SqliteJournal
from pipeline.publish.webhook import event_id, signed, signing_keys, target
from tests.publish.desk import START, Clock, Reply, Request, Server, edition, serving, settings

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def issue(tmp_path: Path) -> Edition:
    return edition(tmp_path / "out")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal(tmp_path / FILE) as made:
        yield made


def publish(url: str, issue: Edition, journal: SqliteJournal, clock: Clock | None = None, **more: Any) -> Receipt:
    means = (clock or Clock()).means(WORLDBRIEF_WEBHOOK_SECRET=SECRET, again=more.pop("again", False))
    return target(settings(webhook={"url": url, **more}), means).publish(issue, journal)


def test_signature_of_the_specification_s_libraries() -> None:
    """The sample that the reference libraries of Standard Webhooks are tested with (MIT)."""
    headers = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', SecretStr(SECRET), 1614265330.9)
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_is_replaced_both_sign() -> None:
    both = signed("m", b"{}", SecretStr(f"{SECRET} whsec_{'QUFB' * 8}"), START)["webhook-signature"].split()
    alone = signed("m", b"{}", SecretStr(SECRET), START)["webhook-signature"]
    assert both[0] == alone
    assert len(both) == 2


@pytest.mark.parametrize("secret", ["whsec_!!!", "short", f"{SECRET} whsec_QQ=="])
def test_a_secret_that_is_none(secret: str) -> None:
    with pytest.raises(ConfigError, match=r"publish\.webhook\.secret_env") as error:
        signing_keys(SecretStr(secret))
    assert secret not in str(error.value)


def test_the_issue_arrives_whole_and_signed(issue: Edition, journal: SqliteJournal) -> None:
    with serving(Reply(204, b"")) as server:
        receipt = publish(f"{server.url}/hook?a=b", issue, journal)
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/hook?a=b")
    assert request.headers["content-type"] == "application/json"
    data = json.loads(request.body)
    assert data["type"] == "issue.published"
    assert data["timestamp"] == "2026-02-04T00:00:00Z"
    assert data["data"] == json.loads(issue.files["issue.json"])
    expected = signed(event_id(issue), request.body, SecretStr(SECRET), START)
    assert {key: request.headers[key] for key in expected} == expected
    assert "204" in receipt.detail
    assert journal.status("webhook", issue.sha256) == "sent"


def test_the_second_time_nothing_is_sent(issue: Edition, journal: SqliteJournal) -> None:
    with serving(Reply()) as server:
        publish(server.url, issue, journal)
        receipt = publish(server.url, issue, journal)
        assert len(server.requests) == 1
        assert not receipt.new
        publish(server.url, issue, journal, again=True)
    assert len(server.requests) == 2


def test_a_changed_issue_is_another_event(issue: Edition, journal: SqliteJournal, tmp_path: Path) -> None:
    with serving(Reply()) as server:
        publish(server.url, issue, journal)
        publish(server.url, edition(tmp_path / "out", title="Corrected"), journal)
    assert len({request.headers["webhook-id"] for request in server.requests}) == 2


def test_an_answer_that_never_comes_is_asked_for_again_under_the_same_id(
    issue: Edition, journal: SqliteJournal
) -> None:
    with serving(Reply(silent=True), Reply(502), Reply(503, headers={"Retry-After": "40"}), Reply()) as server:
        clock = Clock()
        publish(server.url, issue, journal, clock)
    assert len({request.headers["webhook-id"] for request in server.requests}) == 1
    assert len({request.body for request in server.requests}) == 1
    assert len(server.requests) == 4
    assert clock.slept[2] >= 40
    times = [int(request.headers["webhook-timestamp"]) for request in server.requests]
    assert times[3] - times[2] >= 40


def test_what_is_taken_and_not_answered_is_begun_and_sent_again_the_next_time(
    issue: Edition, journal: SqliteJournal
) -> None:
    taken: set[str] = set()

    def take(request: Request) -> Reply:
        taken.add(request.headers["webhook-id"])
        return Reply(silent=True)

    with serving(take) as server, pytest.raises(Uncertain, match="may have arrived"):
        publish(server.url, issue, journal, attempts=2)
    assert journal.status("webhook", issue.sha256) == "begun"
    with serving(Reply()) as server:
        publish(server.url, issue, journal)
    assert {request.headers["webhook-id"] for request in server.requests} == taken
    assert journal.status("webhook", issue.sha256) == "sent"


def test_a_time_out_after_accepting(issue: Edition, journal: SqliteJournal) -> None:
    import threading

    over = threading.Event()

    def slow(request: Request) -> Reply:
        over.wait(20)
        return Reply()

    with serving(slow, Reply()) as server:
        try:
            publish(server.url, issue, journal, timeout=1)
        finally:
            over.set()
    assert len({request.headers["webhook-id"] for request in server.requests}) == 1
    assert len(server.requests) == 2
    assert journal.status("webhook", issue.sha256) == "sent"


@pytest.mark.parametrize("status", [400, 401, 404, 410, 422])
def test_a_refusal_is_final(status: int, issue: Edition, journal: SqliteJournal) -> None:
    with serving(Reply(status, b"no \x1b[31m thanks")) as server:
        with pytest.raises(Declined, match=rf"status {status} \(no \[31m thanks\)"):
            publish(server.url, issue, journal)
        with pytest.raises(Declined, match="was refused"):
            publish(server.url, issue, journal)
    assert len(server.requests) == 1


def test_a_redirect_is_not_followed(issue: Edition, journal: SqliteJournal) -> None:
    with (
        serving(Reply()) as elsewhere,
        serving(Reply(307, headers={"Location": elsewhere.url})) as server,
        pytest.raises(Declined, match="redirect"),
    ):
        publish(server.url, issue, journal)
    assert elsewhere.requests == []


def test_who_asks_for_hours_is_left_to_the_next_time(issue: Edition, journal: SqliteJournal) -> None:
    clock = Clock()
    with serving(Reply(429, headers={"Retry-After": "7200"})) as server, pytest.raises(Busy, match="wait 7200 seconds"):
        publish(server.url, issue, journal, clock)
    assert clock.slept == []
    assert journal.status("webhook", issue.sha256) == ""
    assert len(server.requests) == 1


def test_a_date_in_retry_after(issue: Edition, journal: SqliteJournal) -> None:
    clock = Clock()
    date = "Wed, 04 Feb 2026 10:14:20 GMT"
    with serving(Reply(503, headers={"Retry-After": date}), Reply()) as server:
        publish(server.url, issue, journal, clock)
    assert clock.slept[0] >= 60


@pytest.mark.parametrize("odd", ["soon", "-5", "٣", "1" * 30, "Wed, 99 Feb 2026 10:14:20 GMT"])
def test_an_odd_retry_after_does_no_harm(odd: str, issue: Edition, journal: SqliteJournal) -> None:
    header = odd.encode().decode("latin-1")
    with serving(Reply(503, headers={"Retry-After": header}), Reply()) as server:
        try:
            publish(server.url, issue, journal)
        except Busy:
            assert odd.startswith("1")
    assert server.requests


def test_nobody_there(issue: Edition, journal: SqliteJournal) -> None:
    with serving(Reply()) as server:
        pass
    clock = Clock()
    with pytest.raises(PublishError, match=r"cannot be reached.*nothing was sent"):
        publish(server.url, issue, journal, clock, attempts=3)
    assert len(clock.slept) == 2
    assert journal.status("webhook", issue.sha256) == ""


def test_a_flood_as_answer_is_cut(issue: Edition, journal: SqliteJournal) -> None:
    with serving(Reply(200, b"x" * 5_000_000)) as server:
        publish(server.url, issue, journal)
    assert journal.status("webhook", issue.sha256) == "sent"


def test_the_secret_is_in_no_message(issue: Edition, journal: SqliteJournal) -> None:
    with serving(lambda request: Reply(400, f"got {SECRET} at {request.path}".encode())) as server:
        with pytest.raises(Declined) as error:
            publish(f"{server.url}/path-that-is-secret", issue, journal)
        assert SECRET not in str(error.value)
        assert "path-that-is-secret" not in _message(server, error.value)
    assert SECRET.encode() not in (Path(journal._database._path)).read_bytes()


def _message(server: Server, error: BaseException) -> str:
    """What is said, the answer of the server aside."""
    return str(error).partition("(got")[0]


@pytest.mark.parametrize(
    "url",
    ["", "ftp://example.org", "http://example.org/x", "https://u:p@example.org/", "https://", "https://a b/", "x",
     "http://127.0.0.1.example.org/", "https://example.org:0/", "https://example.org:99999/", "http://[::1"],
)  # fmt: skip
def test_addresses_that_are_refused(url: str, issue: Edition, journal: SqliteJournal) -> None:
    made = target(settings(webhook={"url": url}), Clock().means(WORLDBRIEF_WEBHOOK_SECRET=SECRET))
    with pytest.raises(ConfigError, match=r"publish\.webhook\.url"):
        made.preview(issue, journal)


def test_without_a_secret_nothing_is_sent(issue: Edition, journal: SqliteJournal) -> None:
    with serving(Reply()) as server:
        made = target(settings(webhook={"url": server.url}), Clock().means())
        with pytest.raises(ConfigError, match="WORLDBRIEF_WEBHOOK_SECRET"):
            made.publish(issue, journal)
    assert server.requests == []


def test_preview_makes_no_connection(issue: Edition, journal: SqliteJournal) -> None:
    with serving(Reply()) as server:
        made = target(settings(webhook={"url": server.url}), Clock().means(WORLDBRIEF_WEBHOOK_SECRET=SECRET))
        (said,) = made.preview(issue, journal)
    assert event_id(issue) in said
    assert SECRET not in said
    assert server.requests == []
