"""`approve` and `publish` from the outside."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.cli.app import main
from pipeline.publish.edition import FILES
from tests.cli.test_cli import Command, Ended
from tests.publish.desk import ISSUE, Reply, Server, serving, write_issue
from tests.publish.mail.mailserver import mail_server


@pytest.fixture
def worldbrief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command, run in this process, in a folder with an issue in `out`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORLDBRIEF_WEBHOOK_SECRET", "a secret of sixteen bytes".replace(" ", "-"))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    write_issue(tmp_path / "out")

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["worldbrief", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return run


def configure(server: Server, more: str = "") -> None:
    Path("worldbrief.toml").write_text(
        f'[publish]\ntargets = ["webhook"]\n{more}\n[publish.webhook]\nurl = "{server.url}"\nattempts = 1\n',
        encoding="utf-8",
    )


def test_from_approval_to_the_second_publish(worldbrief: Callable[..., Ended]) -> None:
    with serving(Reply()) as server:
        configure(server)
        refused = worldbrief("publish")
        assert refused.code == 2
        assert f"worldbrief approve {ISSUE}" in refused.err
        dry = worldbrief("publish", "--dry-run")
        assert dry.code == 0
        assert "would be refused" in dry.err
        assert "webhook: POST to 127.0.0.1" in dry.out
        assert not Path(".worldbrief").exists()
        approved = worldbrief("approve", ISSUE, "--by", "A. Editor")
        assert approved.code == 0
        assert re.search(rf"approved: .*, {len(FILES)} files, sha256 [0-9a-f]{{12}}", approved.err)
        assert server.requests == []
        sent = worldbrief("publish", "--issue", ISSUE)
        assert sent.code == 0
        assert "taken with status 200" in sent.out
        again = worldbrief("publish")
        assert again.code == 3
        assert "nothing to do" in again.out
    assert len(server.requests) == 1


def test_a_changed_issue_is_refused(worldbrief: Callable[..., Ended]) -> None:
    with serving(Reply()) as server:
        configure(server)
        worldbrief("approve", ISSUE)
        Path("out/digest.html").write_text("changed", encoding="utf-8")
        refused = worldbrief("publish")
        assert refused.code == 2
        assert "digest.html has changed" in refused.err
    assert server.requests == []


def test_without_approval_where_none_is_required(worldbrief: Callable[..., Ended]) -> None:
    with serving(Reply()) as server:
        configure(server, "require_approval = false")
        assert worldbrief("publish").code == 0
    assert len(server.requests) == 1


def test_another_issue_than_the_one_in_the_folder(worldbrief: Callable[..., Ended]) -> None:
    for command in (("approve", "2026-02-05"), ("publish", "webhook", "--issue", "2026-02-05")):
        ended = worldbrief(*command)
        assert ended.code == 2
        assert f"holds issue {ISSUE}, not 2026-02-05" in ended.err
    assert not Path("out/approval.json").exists()


@pytest.mark.parametrize(("name", "said"), [("webhok", "did you mean 'webhook'"), ("zzz", "there are")])
def test_a_target_that_is_none(name: str, said: str, worldbrief: Callable[..., Ended]) -> None:
    ended = worldbrief("publish", name)
    assert ended.code == 2
    assert said in ended.err


def test_no_target_at_all(worldbrief: Callable[..., Ended]) -> None:
    assert "publish.targets" in worldbrief("publish").err


def test_a_target_that_fails(worldbrief: Callable[..., Ended]) -> None:
    with serving(Reply(500)) as server:
        configure(server)
        worldbrief("approve", ISSUE)
        ended = worldbrief("publish")
    assert ended.code == 1
    assert "webhook: failed" in ended.err
    assert "may have arrived" in ended.err


def test_a_test_mail_needs_no_approval_and_leaves_no_trace(worldbrief: Callable[..., Ended]) -> None:
    with mail_server() as server:
        Path("worldbrief.toml").write_text(
            f'[publish.smtp]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n', encoding="utf-8"
        )
        ended = worldbrief("publish", "--test", "me@example.org")
    assert ended.code == 0
    assert "a test was sent to me@example.org" in ended.out
    assert list(server.per_recipient) == ["me@example.org"]
    assert not Path(".worldbrief").exists()
