"""One contract for every store."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.store.cache import SqliteStore, Store
from tests.doubles import MemoryStore

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
    else:
        with SqliteStore(tmp_path / "cache" / "cache.db") as opened:
            yield opened


class TestContract:
    def test_what_was_put_is_found_and_the_rest_left_out(self, store: Store) -> None:
        store.put("results", {"a": "1", "b": '"漢字 ü"'})
        assert store.get("results", ["b", "a", "c"]) == {"a": "1", "b": '"漢字 ü"'}
        assert store.get("results", []) == {}

    def test_the_tables_are_apart(self, store: Store) -> None:
        store.put("results", {"a": "1"})
        store.put("memory", {"a": "2"})
        assert store.get("results", ["a"]) == {"a": "1"}
        assert store.get("memory", ["a"]) == {"a": "2"}

    def test_a_later_value_replaces_an_earlier_one(self, store: Store) -> None:
        store.put("results", {"a": "1"})
        store.put("results", {"a": "2", "b": "3"})
        assert store.get("results", ["a", "b"]) == {"a": "2", "b": "3"}

    def test_nothing_to_put_is_fine(self, store: Store) -> None:
        store.put("results", {})
        assert store.get("results", ["a"]) == {}

    def test_more_keys_than_a_statement_takes(self, store: Store) -> None:
        items = {f"k{number}": str(number) for number in range(2_500)}
        store.put("memory", items)
        assert store.get("memory", list(items)) == items

    def test_an_unknown_table_is_a_fault_of_the_caller(self, store: Store) -> None:
        with pytest.raises((KeyError, ValueError)):
            store.get("nonsense; DROP TABLE results", ["a"])
        with pytest.raises((KeyError, ValueError)):
            store.put("nonsense", {"a": "1"})

    def test_a_crash_inside_put_leaves_nothing(self, store: Store) -> None:
        class Broken(dict[str, str]):
            def items(self) -> Any:
                yield "a", "1"
                raise KeyboardInterrupt

            def keys(self) -> Any:
                raise KeyboardInterrupt

        broken: Mapping[str, str] = Broken(a="1", b="2")
        with pytest.raises(KeyboardInterrupt):
            store.put("results", broken)
        assert store.get("results", ["a", "b"]) == {}
        store.put("results", {"c": "3"})
        assert store.get("results", ["c"]) == {"c": "3"}


class TestFile:
    def test_it_is_there_for_the_next_run(self, tmp_path: Path) -> None:
        with SqliteStore(tmp_path / "cache.db") as store:
            store.put("results", {"a": "1"})
        with SqliteStore(tmp_path / "cache.db") as store:
            assert store.get("results", ["a"]) == {"a": "1"}

    def test_a_file_of_the_first_release_is_still_read(self, tmp_path: Path) -> None:
        """Made by the statements of that release: a change of the tables needs a migration, and this then proves it."""
        database = sqlite3.connect(tmp_path / "cache.db")
        for table in ("results", "memory"):
            database.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
            )
        database.execute("INSERT INTO results VALUES ('a', '1')")
        database.execute("INSERT INTO memory VALUES ('a', '2')")
        database.execute("PRAGMA user_version = 1")
        database.commit()
        database.close()
        with SqliteStore(tmp_path / "cache.db") as store:
            assert store.get("results", ["a"]) == {"a": "1"}
            assert store.get("memory", ["a"]) == {"a": "2"}

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda path: path.write_bytes(b"no database at all, but long enough to look like one" * 100),
            lambda path: path.mkdir(),
        ],
        ids=["not-sqlite", "a-folder"],
    )
    def test_a_foreign_file_is_refused(self, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
        spoil(tmp_path / "cache.db")
        with pytest.raises(ConfigError, match=r"cache\.db: cannot be used as a cache"):
            SqliteStore(tmp_path / "cache.db")

    def test_a_damaged_page_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "cache.db"
        with SqliteStore(path) as store:
            store.put("results", {f"{number:064}": "x" * 2_000 for number in range(100)})
        data = bytearray(path.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        path.write_bytes(data)
        with (
            pytest.raises(ConfigError, match=r"cache\.db: cannot be used as a cache .*malformed.*; .* delete it"),
            SqliteStore(path) as store,
        ):
            store.get("results", [f"{number:064}" for number in range(100)])

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(ConfigError, match="cannot be used as a cache"):
            SqliteStore(tmp_path / "file" / "cache.db")

    def test_two_processes_write_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "cache.db"
        code = """
import sys
from pathlib import Path
from pipeline.store.cache import SqliteStore
with SqliteStore(Path(sys.argv[1])) as store:
    for number in range(60):
        store.put("results", {f"{sys.argv[2]}-{number}-{item}": "1" for item in range(5)})
"""
        command = [sys.executable, "-c", code, str(path)]
        writers = [subprocess.Popen([*command, name], cwd=ROOT, stderr=subprocess.PIPE) for name in ("a", "b", "c")]
        for writer in writers:
            _, errors = writer.communicate(timeout=120)
            assert writer.returncode == 0, errors
        keys = [f"{name}-{number}-{item}" for name in "abc" for number in range(60) for item in range(5)]
        with SqliteStore(path) as store:
            assert len(store.get("results", keys)) == len(keys)
