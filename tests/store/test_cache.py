"""One contract for every store."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.store import salvage
from pipeline.store.cache import SqliteStore, Store
from pipeline.store.database import Damaged
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


KEYS = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(300)]
ENTRIES = {key: f'{{"text":"{key[:8] * (number % 400)}"}}' for number, key in enumerate(KEYS)}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A cache of small entries and of some that take several pages, in two tables."""
    path = tmp_path_factory.mktemp("sound") / "cache.db"
    with SqliteStore(path) as store:
        store.put("results", ENTRIES)
        store.put("memory", {key: f'"{key}"' for key in KEYS})
    return path.read_bytes()


def after(path: Path, data: bytes) -> tuple[int, list[str]]:
    """What is left of the entries of a file with these bytes, and what is said; none is another than it was.

    The file is a sound cache afterwards.
    """
    path.write_bytes(data)
    with SqliteStore(path) as store:
        found = store.get("results", KEYS)
        remembered = store.get("memory", KEYS)
        assert found.items() <= ENTRIES.items()
        assert all(value == f'"{key}"' for key, value in remembered.items())
        store.put("results", {key: value for key, value in ENTRIES.items() if key not in found})
        store.put("memory", {key: f'"{key}"' for key in KEYS if key not in remembered})
        assert store.get("results", KEYS) == ENTRIES
        store.put("origins", {"a": "1"})
        store.put("rates", {"a": "1"})
        notes = store.notes
    with SqliteStore(path) as store:
        assert store.get("results", KEYS) == ENTRIES
        assert len(store.get("memory", KEYS)) == len(KEYS)
        assert store.notes == []
    return len(found) + len(remembered), notes


class TestDamage:
    def test_flipped_bytes_change_no_entry_and_stop_nothing(self, tmp_path: Path, sound: bytes) -> None:
        rng = random.Random(7)
        version = range(60, 64)  # a version that could be a later one's is refused, not mended
        places = [place for place in rng.sample(range(len(sound)), 80) if place not in version]
        for place in [*places, 0, 16, 18, 20, 21, 44, 45, 56, 59, 100, 101, 103, 105, 107]:
            data = bytearray(sound)
            data[place] ^= rng.randrange(1, 256)
            folder = tmp_path / str(place)
            folder.mkdir()
            left, notes = after(folder / "cache.db", bytes(data))
            # An entry whose key is hit is not found any more, which nobody can tell from one that never was.
            assert left >= 2 * len(KEYS) - 1 or notes, place
            assert left > len(KEYS), (place, left, notes)

    @pytest.mark.parametrize("first", [1, 2, 3, 20])
    def test_a_page_that_is_gone_takes_only_its_own_entries(self, tmp_path: Path, sound: bytes, first: int) -> None:
        start = first * 4096
        left, notes = after(tmp_path / "cache.db", sound[:start] + b"\xff" * 4096 + sound[start + 4096 :])
        assert left > 0.6 * 2 * len(KEYS)
        assert notes

    def test_a_schema_that_is_gone(self, tmp_path: Path, sound: bytes) -> None:
        damaged = sound.replace(b"CREATE TABLE results", b"CREATE GABLE results")
        left, [note] = after(tmp_path / "cache.db", damaged)
        assert left == 2 * len(KEYS)
        assert "600 entries of it could be saved" in note
        assert (tmp_path / "cache.db.damaged-1").read_bytes()[100:4096] == damaged[100:4096]

    def test_the_end_is_gone(self, tmp_path: Path, sound: bytes) -> None:
        left, notes = after(tmp_path / "cache.db", sound[: len(sound) // 2 + 100])
        assert 0.2 * 2 * len(KEYS) < left < 2 * len(KEYS)
        assert notes

    def test_all_pages_are_gone(self, tmp_path: Path, sound: bytes) -> None:
        left, [note] = after(tmp_path / "cache.db", sound[:4096] + b"\xff" * (len(sound) - 4096))
        assert left == 0
        assert "0 entries" in note

    def test_a_row_under_another_key_is_not_believed(self, tmp_path: Path) -> None:
        with SqliteStore(tmp_path / "cache.db") as store:
            store.put("results", {"a": "1", "b": "2"})
        with closing(sqlite3.connect(tmp_path / "cache.db")) as database, database:
            database.execute("UPDATE results SET key = 'c' WHERE key = 'a'")
        with SqliteStore(tmp_path / "cache.db") as store:
            assert store.get("results", ["a", "b", "c"]) == {"b": "2"}
            assert store.notes == [f"{tmp_path / 'cache.db'}: 1 entry was damaged and made anew"]

    def test_one_that_is_only_read_stays_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "cache.db"
        with SqliteStore(path) as store:
            store.put("results", {"a": "1", "b": "2"})
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE results SET value = '3' WHERE key = 'a'")
        before = path.read_bytes()
        with SqliteStore(path, read_only=True) as store:
            assert store.get("results", ["a", "b"]) == {"b": "2"}
            assert store.damaged == 1
        assert path.read_bytes() == before
        path.write_bytes(before.replace(b"CREATE TABLE memory", b"CREATE GABLE memory"))
        with pytest.raises(Damaged):
            SqliteStore(path, read_only=True)

    def test_what_stands_in_the_log_only_is_saved_too(self, tmp_path: Path) -> None:
        path = tmp_path / "cache.db"
        with closing(SqliteStore(path)) as writer:
            writer.put("results", ENTRIES)
            for suffix in ("", "-wal"):
                copy = tmp_path / "copy" / f"cache.db{suffix}"
                copy.parent.mkdir(exist_ok=True)
                copy.write_bytes(path.with_name(f"cache.db{suffix}").read_bytes())
        found = {row[0]: row[1] for row in salvage.rows(tmp_path / "copy" / "cache.db") if len(row) == 3}
        assert found == ENTRIES

    def test_two_processes_find_the_damage_at_once(self, tmp_path: Path, sound: bytes) -> None:
        path = tmp_path / "cache.db"
        path.write_bytes(sound.replace(b"CREATE TABLE memory", b"CREATE GABLE memory"))
        code = """
import sys
from pathlib import Path
from pipeline.store.cache import SqliteStore
with SqliteStore(Path(sys.argv[1])) as store:
    print(len(store.get("results", sys.argv[2:])))
"""
        processes = [
            subprocess.Popen([sys.executable, "-c", code, path, *KEYS], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for _ in range(3)
        ]
        assert [process.communicate()[0].strip() for process in processes] == ["300"] * 3
        assert len(list(tmp_path.glob("cache.db.damaged-*"))) == 1

    def test_no_room_to_mend_leaves_it_as_it_was(self, tmp_path: Path, sound: bytes) -> None:
        path = tmp_path / "cache.db"
        damaged = sound.replace(b"CREATE TABLE memory", b"CREATE GABLE memory")
        path.write_bytes(damaged)
        (tmp_path / "cache.db.part").mkdir()
        with pytest.raises(ConfigError, match="cannot be mended"):
            SqliteStore(path)
        assert path.read_bytes()[100:4096] == damaged[100:4096]
