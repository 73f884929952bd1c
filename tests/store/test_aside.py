"""Looking into databases leaves them as they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.store import cache
from pipeline.store.aside import to_look_at
from pipeline.store.cache import SqliteStore

VERSION = len(cache.MIGRATIONS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "cache.db"
    with SqliteStore(path) as store:
        store.put("results", {"a": "1"})
    return path


def test_one_of_this_version_is_opened_where_it_is(path: Path, tmp_path: Path) -> None:
    assert to_look_at(path, VERSION, tmp_path / "aside") == path


def test_one_of_an_earlier_version_is_brought_up_elsewhere(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for table in ("origins", "rates", "uses", "lookups", "identities"):
            database.execute(f"DROP TABLE {table}")
        database.execute("PRAGMA user_version = 2")
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    copy = to_look_at(path, VERSION, tmp_path / "aside")
    with SqliteStore(copy) as store:
        assert store.get("results", ["a"]) == {"a": "1"}
        store.put("rates", {"a": "1"})
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before


def test_what_stands_in_the_log_only_comes_along(path: Path, tmp_path: Path) -> None:
    with SqliteStore(path) as store:
        store.put("results", {"b": "2"})
        copy = to_look_at(path, VERSION, tmp_path / "aside", copied=True)
        assert copy != path
        with SqliteStore(copy) as other:
            assert other.get("results", ["a", "b"]) == {"a": "1", "b": "2"}


def test_one_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with SqliteStore(to_look_at(tmp_path / "own" / "cache.db", VERSION, tmp_path / "aside")) as store:
        assert store.get("results", ["a"]) == {}
    assert not (tmp_path / "own").exists()
