"""One contract for every store, and the spelling of keys."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.store.cache import MemoryStore, SqliteStore, Store, canonical_json, fingerprint

ROOT = Path(__file__).parents[2]
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


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


class TestKeys:
    @given(st.dictionaries(st.text(), JSON))
    def test_the_order_of_keys_is_of_no_matter(self, value: dict[str, Any]) -> None:
        assert canonical_json(value) == canonical_json(dict(reversed(value.items())))

    @given(JSON, JSON)
    def test_equal_text_means_equal_values(self, one: Any, other: Any) -> None:
        assert (canonical_json(one) == canonical_json(other)) == (_typed(one) == _typed(other))

    @given(JSON)
    def test_it_is_json_of_the_same_value(self, value: Any) -> None:
        assert _typed(json.loads(canonical_json(value))) == _typed(value)

    @given(JSON)
    def test_a_fingerprint_is_64_hex_digits(self, value: Any) -> None:
        assert len(fingerprint(value)) == 64
        assert int(fingerprint(value), 16) >= 0

    def test_a_fingerprint_stays_the_same_between_versions(self) -> None:
        # A change here makes every cache of every user worthless: only on purpose.
        assert fingerprint(["translate", 1, {"b": 0.5, "a": "한"}]) == (
            "9438a908a3c89221be9500d251a5db3b208a0c710afe7911c5aec664077e4c7c"
        )

    def test_half_a_surrogate_pair_has_a_key_too(self) -> None:
        assert fingerprint("\ud800") != fingerprint("\ud801")

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes", object()])
    def test_what_is_not_json_is_refused(self, value: object) -> None:
        with pytest.raises((ValueError, TypeError)):
            canonical_json(value)


def _typed(value: Any) -> Any:
    """The value with its types: for Python, but not for JSON, 1 == 1.0 == True and 0.0 == -0.0."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    return type(value), repr(value)


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
