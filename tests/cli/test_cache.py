"""`worldbrief cache`: what it prints, and how it ends."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli.app import app
from pipeline.errors import ConfigError
from pipeline.publish.journal import SqliteJournal
from pipeline.run.plan import STAGES, versions
from pipeline.store.cache import SqliteStore
from pipeline.store.inbox import Inbox
from pipeline.store.quarantine import Entry, Quarantine
from pipeline.store.state import State


def cache(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["cache", *arguments], catch_exceptions=False)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path(".worldbrief/cache.db")
    with SqliteStore(path) as store:
        store.put("results", {"a": "1", "b": "2"}, f"extract/{versions()['extract']}")
        store.put("results", {"c": "3"}, "extract/1")
        store.get("results", ["a", "x"], f"extract/{versions()['extract']}")
    state = State(path.with_name("state.db"))
    state.begin("2026-02-04")
    state.finish()
    state.close()
    Inbox(path.with_name("inbox.db")).close()
    SqliteJournal(path.with_name("published.db")).close()
    with Quarantine(path.with_name("quarantine.db")) as quarantine:
        quarantine.record([Entry(key="k", source="a.html", stage="extract", kind="no-text")])
    return path


def test_every_stage_has_its_version() -> None:
    assert tuple(versions()) == ("feed", *STAGES)


def test_stats(path: Path) -> None:
    shown = cache("stats").output
    assert f"results extract/{versions()['extract']}        2" in shown
    assert "1 / 2 (50%)" in shown
    assert "the oldest entry was made 20" in shown
    found = json.loads(cache("stats", "--json").output)
    assert found["kinds"]["results extract/1"]["entries"] == 1
    assert found["lookups"] == {f"extract/{versions()['extract']}": [2, 1]}


def test_verify(path: Path) -> None:
    found = cache("verify")
    assert found.exit_code == 0
    assert found.output.splitlines() == [
        "whole: .worldbrief/cache.db, 3 entries",
        "whole: .worldbrief/state.db, as it was left",
        "whole: .worldbrief/inbox.db, as it was left",
        "whole: .worldbrief/published.db, as it was left",
        "whole: .worldbrief/quarantine.db, 1 entry",
    ]
    for name, change in (("cache.db", "UPDATE results SET value = '5'"), ("state.db", "DELETE FROM issues")):
        with closing(sqlite3.connect(path.with_name(name))) as database, database:
            database.execute(change)
    found = cache("verify")
    assert found.exit_code == 1
    first, second, *_ = found.output.splitlines()
    assert "3 entries are damaged in results" in first
    assert "the next run puts its copy state.db.bak in its place" in second
    for name, scope in (("inbox.db", "feeds"), ("published.db", "edition")):
        with closing(sqlite3.connect(path.with_name(name))) as database, database:
            database.execute("INSERT INTO tallies VALUES (?, 'a line that is gone', 1)", (scope,))
    with closing(sqlite3.connect(path.with_name("quarantine.db"))) as database, database:
        database.execute("UPDATE entries SET source = 'b.html'")
    assert "1 entry was damaged; what it was about is tried again" in cache("verify").output
    assert [line.partition(": ")[0] for line in cache("verify").output.splitlines()] == ["damaged"] * 5
    path.with_name("state.db.bak").unlink()
    assert "there is no sound copy: the next run stops" in cache("verify").output


def test_gc(path: Path) -> None:
    assert cache("gc", "--dry-run").output == "would remove 1 entry (2 bytes) of earlier versions of stages\n"
    shown = cache("gc", "--older-than", "2w").output.splitlines()
    assert shown == [
        "removed 1 entry (2 bytes) of earlier versions of stages",
        "removed 0 entries (0 bytes) not used for 14 days",
    ]
    with pytest.raises(ConfigError, match="write 90d for 90 days"):
        cache("gc", "--older-than", "0d")


def test_export_and_import(path: Path) -> None:
    assert "exported to x.gz" in cache("export", "x.gz").output
    there = cache("import", "x.gz").output
    assert "added 0 entries to .worldbrief/cache.db; 2 were there already" in there
    assert "left out 1 entry of stages of another version" in there
    path.unlink()
    assert "added 2 entries" in cache("import", "x.gz").output
    data = Path("x.gz").read_bytes()
    Path("x.gz").write_bytes(data[:-9])
    assert cache("import", "x.gz").exit_code == 1
    # What a file had is not what the last run looked for.
    assert json.loads(cache("stats", "--json").output)["lookups"] == {}


def test_what_is_no_export_makes_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.gz").write_bytes(b"no")
    with pytest.raises(ConfigError, match="was not written by"):
        cache("import", "x.gz")
    assert not Path(".worldbrief").exists()
    with pytest.raises(ConfigError, match="cannot be read"):
        cache("import", "y.gz")
    for command in ("stats", "verify", "gc", "export x.gz"):
        with pytest.raises(ConfigError, match="there is no cache yet"):
            cache(*command.split())
    assert not Path(".worldbrief").exists()
