"""Ghost's token and key, and what it answers where another hand or another program is at work."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from pipeline.errors import ConfigError, PublishError
from pipeline.publish.journal import FILE, SqliteJournal
from pipeline.publish.services.ghost import key_parts, token
from tests.issue.samples import ENGLISH
from tests.publish.desk import START, Clock, edited, edition
from tests.publish.services.stubs import ghost
from tests.publish.services.stubs.all import CASES
from tests.publish.services.stubs.stub import Reply

CASE = next(case for case in CASES if case.name == "ghost")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal(tmp_path / FILE) as made:
        yield made


def test_a_token_is_signed_and_short_lived() -> None:
    secret = bytes.fromhex(ghost.SECRET)
    head, claims, signature = token(ghost.ID, secret, START).split(".")
    read = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, claims)]
    assert read[0] == {"alg": "HS256", "typ": "JWT", "kid": ghost.ID}
    assert read[1]["aud"] == "/admin/"
    assert read[1]["iat"] <= START - 30 < START + 200 < read[1]["exp"] <= read[1]["iat"] + 300
    wanted = hmac.new(secret, f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == wanted


@pytest.mark.parametrize("key", ["c0ffee" * 4, ":c0ffee", "id:", "id:nothex" * 3, "id:c0ffee"])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(ConfigError, match="KEY holds no Admin API key") as error:
        key_parts("KEY", SecretStr(key))
    assert "c0ffee" not in str(error.value)


def test_an_hour_between_two_requests(tmp_path: Path, journal: SqliteJournal) -> None:
    """Each request has a token of its own: one made at the start would be too old after a long wait."""
    clock = Clock()
    with ghost.Ghost().running() as stub:
        stub.now = clock.now
        stub.faults = [Reply(429, {}, {"Retry-After": "100"})] * 3
        CASE.target(stub, CASE.means(clock)).publish(edition(tmp_path, ENGLISH), journal)
    assert len({request.headers["authorization"] for request in stub.requests}) > 2
    assert sum(clock.slept) >= 300


def test_somebody_saves_the_post_meanwhile(tmp_path: Path, journal: SqliteJournal) -> None:
    with ghost.Ghost().running() as stub:
        CASE.target(stub, CASE.means()).publish(edition(tmp_path / "a", ENGLISH), journal)
        before = dict(stub.posts[0])
        stale = Reply(200, {"posts": [before | {"updated_at": "2026-01-01T00:00:00.000Z"}]})
        changed = edition(tmp_path / "b", edited(ENGLISH, "Other"))
        stub.faults = [stale]
        with pytest.raises(PublishError, match=r"Someone else is editing this post.*publish again"):
            CASE.target(stub, CASE.means()).publish(changed, journal)
        assert stub.posts == [before]
        CASE.target(stub, CASE.means()).publish(changed, journal)
    assert "Other" in stub.posts[0]["html"]


@pytest.mark.parametrize(
    "page", ["<html>not found", {"errors": [{"type": "NotFoundError", "message": "Unknown route"}]}]
)
def test_no_ghost_at_the_address(page: object, tmp_path: Path, journal: SqliteJournal) -> None:
    with ghost.Ghost().running() as stub:
        stub.faults = [Reply(404, page)]
        with pytest.raises(PublishError, match=r"status 404.*address.*\[publish\.ghost\]"):
            CASE.target(stub, CASE.means()).publish(edition(tmp_path, ENGLISH), journal)
    assert stub.methods() == ["GET"]
