"""Commands that nobody watches: their log, their exit status, their metrics."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.cli.app import main
from pipeline.cli.stopping import Stopped
from pipeline.errors import BackendError
from pipeline.events import EVENTS
from pipeline.run import job
from tests.report.test_metrics import SUCCESS, read

ISSUE = "2026-02-04"
TEXT = "Ponte aberta\n\n" + "A cidade abriu a nova ponte na segunda-feira. O prefeito agradeceu aos moradores. " * 3
CONFIG = '[translate]\nmodel = "fake"\n[issue]\nformats = ["text"]\n[run]\nmetrics = "desk.prom"\n'


class Ended(SimpleNamespace):
    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """Standard error, each line of which is an event as it is declared."""
        found = [json.loads(line) for line in self.err.split("\n")[:-1]]
        for line in found:
            fields = set(line) - {"time", "level", "event", "run"}
            assert fields == set(EVENTS[line["event"]].fields), line
            assert line["level"] == EVENTS[line["event"]].level
        assert len({line["run"] for line in found}) == 1
        return found

    def of(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.events if line["event"] == event]


Command = Callable[..., Ended]


@pytest.fixture
def worldbrief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORLDBRIEF_MODELS", str(tmp_path / "models"))
    Path("worldbrief.toml").write_text(CONFIG, encoding="utf-8")
    Path("news").mkdir()
    Path("news/ponte.txt").write_text(TEXT, encoding="utf-8")

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["worldbrief", *arguments])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(code=int(ended.value.code or 0), out=captured.out, err=captured.err)

    return run


def test_all_of_a_run_is_told_in_events(worldbrief: Command) -> None:
    Path("news/empty\x1b[31m.txt").write_text("Nothing.", encoding="utf-8")
    ended = worldbrief("run", "news", "--issue", ISSUE, "--log", "json")
    assert ended.code == 1
    assert ended.out == "out/digest.txt\n"
    assert ended.events[0]["event"] == "started"
    assert (ended.events[0]["issue"], ended.events[0]["inputs"]) == (ISSUE, ["news"])
    (refused,) = ended.of("article")
    assert (refused["status"], refused["stage"]) == ("refused", "extract")
    assert "\x1b" in refused["source"]
    assert "\x1b" not in ended.err
    stages = {line["stage"]: line for line in ended.of("stage")}
    assert stages["extract"]["articles"] == 2
    assert (stages["translate"]["articles"], stages["translate"]["computed"]) == (1, 1)
    assert "out/digest.txt" in {line["file"] for line in ended.of("written")}
    last = ended.events[-1]
    assert (last["event"], last["exit_status"], last["articles"], last["refused"]) == ("ended", 1, 2, 1)
    # No text of an article.
    assert "ponte na segunda" not in ended.err
    assert "Ponte aberta" not in ended.err


def test_without_the_option_nothing_changes(worldbrief: Command) -> None:
    ended = worldbrief("run", "news", "--issue", ISSUE)
    assert ended.code == 0
    assert "{" not in ended.err
    assert "1 article in issue" in ended.err


def test_nothing_new_is_a_success(worldbrief: Command) -> None:
    worldbrief("run", "news", "--issue", ISSUE)
    before = read(Path("desk.prom"))
    ended = worldbrief("run", "news", "--issue", "2026-02-05", "--log", "json")
    assert ended.code == ended.events[-1]["exit_status"] == 3
    after = read(Path("desk.prom"))
    assert after["worldbrief_last_run_exit_status"] == {(): 3}
    assert after[SUCCESS][()] > before[SUCCESS][()]
    assert after["worldbrief_last_run_articles"]["known",] == 1


@pytest.mark.parametrize(
    ("error", "code", "event", "kind"),
    [
        (BackendError("no model"), 1, "failed", "BackendError"),
        (Stopped(), 143, "stopped", None),
        (KeyboardInterrupt(), 130, "stopped", None),
        (RuntimeError("a fault"), 1, "crashed", "RuntimeError"),
    ],
)
def test_however_a_run_ends_it_is_told(
    worldbrief: Command, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, event: str, kind: str | None
) -> None:
    worldbrief("run", "news", "--issue", ISSUE)
    success = read(Path("desk.prom"))[SUCCESS]

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(job, "run", fail)
    ended = worldbrief("run", "news", "--log", "json")
    assert ended.code == code
    (told,) = ended.of(event)
    assert told.get("kind") == kind
    assert ended.events[-1]["exit_status"] == code
    found = read(Path("desk.prom"))
    assert found[SUCCESS] == success
    assert found["worldbrief_last_run_exit_status"] == {(): code}
    assert "worldbrief_last_run_articles" not in found


def test_a_wrong_setting_is_told(worldbrief: Command) -> None:
    ended = worldbrief("run", "nowhere", "--log", "json")
    assert ended.code == 2
    (told,) = ended.of("failed")
    assert told["kind"] == "ConfigError"
    assert read(Path("desk.prom"))["worldbrief_last_run_exit_status"] == {(): 2}


def test_metrics_that_cannot_be_written_cost_no_digest(worldbrief: Command) -> None:
    Path("desk.prom").mkdir()
    ended = worldbrief("run", "news", "--issue", ISSUE, "--log", "json")
    assert ended.code == 0
    assert any("run.metrics: desk.prom: cannot be written" in line["message"] for line in ended.of("said"))
    assert Path("out/digest.txt").is_file()


def test_single_failures_can_be_accepted(worldbrief: Command) -> None:
    Path("news/empty.txt").write_text("Nothing.", encoding="utf-8")
    assert worldbrief("run", "news", "--issue", ISSUE, "--accept-failures").code == 0
    assert worldbrief("run", "news", "--issue", "2026-02-05", "--accept-failures").code == 3
    Path("news/other.txt").write_text("Nothing at all.", encoding="utf-8")
    assert worldbrief("run", "news/other.txt", "--issue", "2026-02-06", "--accept-failures").code == 1
    assert worldbrief("run", "nowhere", "--accept-failures").code == 2


def test_publish_is_told(worldbrief: Command) -> None:
    more = '[publish]\nrequire_approval = false\ntargets = ["archive"]\n[publish.archive]\nfolder = "site"\n'
    formats = '["html", "json"]'
    Path("worldbrief.toml").write_text(CONFIG.replace('["text"]', formats) + more, encoding="utf-8")
    worldbrief("run", "news", "--issue", ISSUE)
    ended = worldbrief("publish", "--log", "json")
    assert ended.code == 0
    (told,) = ended.of("delivered")
    assert (told["target"], told["complete"], told["new"]) == ("archive", True, True)
    assert worldbrief("publish", "--log", "json").events[-1]["exit_status"] == 3
