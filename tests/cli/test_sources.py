"""`worldbrief sources`: what it prints, and with what status it ends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli.app import app
from pipeline.errors import ConfigError
from pipeline.store.sources import Look, Watched
from pipeline.store.state import State
from pipeline.watch.day import Day, to_json

TODAY = date.today()
WIRE = "https://wire.example/rss"


def sources(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["sources", *arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty days: the Gazette has died ten days ago, the feed of the wire cannot be had since yesterday."""
    monkeypatch.chdir(tmp_path)
    with closing(State(tmp_path / ".worldbrief/state.db")) as state:
        for place in range(40):
            day = (TODAY - timedelta(39 - place)).isoformat()
            fails = place >= 38
            rows = [
                (
                    "paper.example",
                    Day(day=day, items=4, told=1, listed=2, failed=1, refused=1, languages={"ja": 4}, length=28.0),
                ),
                *([("Gazette [red]", Day(day=day, items=6, languages={"ko": 6}, length=42.0))] if place < 30 else []),
                (WIRE, Day(day=day, trouble="HTTP 500") if fails else Day(day=day, items=9, languages={"vi": 9})),
            ]
            known = [
                Watched(source=source, is_feed=False, asked=row.day) for source, row in rows if source != WIRE
            ] + [
                Watched(
                    source=WIRE, is_feed=True, name="Wire", asked=day, answered="" if fails else day,
                    failing=(TODAY - timedelta(1)).isoformat() if fails else "",
                )
            ]  # fmt: skip
            look = Look(issue=day, day=day, at=f"{day}T00:00:00+00:00")
            state.sources.keep(look, [(source, to_json(row)) for source, row in rows], known, (), "")
    return tmp_path


def kinds(shown: Sequence[dict[str, object]]) -> dict[object, list[str]]:
    return {one["source"]: [alarm["kind"] for alarm in one["alarms"]] for one in shown}  # type: ignore[attr-defined]


def test_nothing_was_read_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "no source was read yet" in sources("--fail", "--silent", "1").output
    assert sources("--alarms").output == ""
    assert sources("--json").output == "[]\n"
    assert not (tmp_path / ".worldbrief").exists()
    with pytest.raises(ConfigError, match="no source of that name"):
        sources("show", "paper")


def test_what_is_wrong_is_a_line_each(past: Path) -> None:
    gazette, wire = sources("--alarms").output.splitlines()
    assert gazette.startswith("Gazette [red]: silent for 10 days: ")
    assert gazette.endswith("[silent]")
    assert wire.startswith("Wire: could not be had for 2 days, ")
    assert "HTTP 500" in wire
    sources("--alarms", "--fail", code=1)
    sources("--silent", "100", code=1)


def test_a_source_that_is_muted_is_none_the_less_listed(past: Path) -> None:
    sources("mute", "gazette", "--until", TODAY.isoformat())
    sources("mute", "Wire")
    assert sources("--alarms", "--fail").output == ""
    sources("--silent", "5")
    sources("--silent", "0", code=1)  # the paper, too, had nothing for less than a day
    listed = sources().output
    assert "muted: not to be had for 2 days [unreachable]" in " ".join(listed.split())
    assert "its alarms are raised again" in sources("unmute", WIRE).output
    assert "was not muted" in sources("unmute", WIRE).output
    sources("--fail", code=1)
    with pytest.raises(ConfigError, match="--until tomorrow: is no day"):
        sources("mute", "Wire", "--until", "tomorrow")


def test_all_as_data(past: Path) -> None:
    shown = json.loads(sources("--json").output)
    assert kinds(shown) == {"Gazette [red]": ["silent"], "paper.example": [], WIRE: ["unreachable"]}
    paper = shown[1]
    assert (paper["rate"], paper["silent_days"], paper["languages"]) == (5.0, 0, {"ja": 160})
    assert (paper["not_read"], paper["listed"], paper["told"]) == (0.2, 0.5, 0.25)
    assert list(kinds(json.loads(sources("--json", "--alarms").output))) == ["Gazette [red]", WIRE]


def test_one_source(past: Path) -> None:
    shown = sources("show", "red", "--days", "14").output
    assert "Gazette [red]" in shown
    assert "████··········" in shown
    assert "alarm: silent for 10 days" in shown
    paper = sources("show", "paper").output
    assert "usually 5 articles a day" in paper
    assert "ja 4" in paper
    assert json.loads(sources("show", "wire", "--json").output)["issues"][-1]["trouble"] == "HTTP 500"
    with pytest.raises(ConfigError, match="2 sources are called so"):
        sources("show", "example")


def test_a_run_says_it_before_all_else(past: Path) -> None:
    (past / "empty").mkdir()
    (past / "worldbrief.toml").write_text('[translate]\nmodel = "fake"\n', encoding="utf-8")
    for _ in range(2):
        ended = CliRunner().invoke(app, ["run", "empty"], catch_exceptions=False)
        assert ended.exit_code == 3
        first, hint, nothing = ended.stderr.splitlines()[-3:]
        # The feed is none of this run.
        assert first.startswith("alarm: Gazette [red]: silent for 10 days: ")
        assert "sources mute NAME" in hint
        assert nothing == "nothing to do: no articles found in empty"
    sources("mute", "gazette")
    assert "alarm" not in CliRunner().invoke(app, ["run", "empty"], catch_exceptions=False).stderr
