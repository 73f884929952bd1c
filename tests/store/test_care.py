"""What is in the cache, whether it is whole, and making room in it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.store import care
from pipeline.store.cache import SqliteStore

DAY = 86_400.0
START = 20_000 * DAY
"""2024-10-04."""
VERSIONS = {"extract": 4, "tag": 2}


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = START

    def now(self) -> float:
        return self.seconds

    def pass_days(self, days: int) -> None:
        self.seconds += days * DAY


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(folder: Path, clock: Clock, **options: bool) -> SqliteStore:
    return SqliteStore(folder / "cache.db", now=clock.now, **options)


def used(path: Path) -> set[int]:
    with closing(sqlite3.connect(path)) as database:
        return {day for (day,) in database.execute("SELECT used FROM uses")}


class TestUses:
    def test_what_is_read_is_used_on_that_day(self, tmp_path: Path, clock: Clock) -> None:
        with opened(tmp_path, clock) as store:
            store.put("results", {"a": "1", "b": "2"}, "extract/4")
        clock.pass_days(3)
        with opened(tmp_path, clock) as store:
            store.get("results", ["a", "c"], "extract/4")
        assert used(tmp_path / "cache.db") == {20_000, 20_003}

    def test_a_clock_set_back_makes_nothing_older(self, tmp_path: Path, clock: Clock) -> None:
        for days in (5, -9):
            clock.pass_days(days)
            with opened(tmp_path, clock) as store:
                store.put("memory", {"a": "1"})
                assert store.get("memory", ["a"])
        assert used(tmp_path / "cache.db") == {20_005}

    def test_one_that_is_only_read_marks_nothing(self, tmp_path: Path, clock: Clock) -> None:
        with opened(tmp_path, clock) as store:
            store.put("results", {"a": "1"})
        clock.pass_days(1)
        with opened(tmp_path, clock, read_only=True) as store:
            assert store.get("results", ["a"])
        assert used(tmp_path / "cache.db") == {20_000}

    def test_many_marks_are_written_before_the_end(
        self, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pipeline.store.uses._MOST_HELD", 3)
        with opened(tmp_path, clock) as store:
            store.put("results", {"a": "1", "b": "2", "c": "3"})
            clock.pass_days(1)
            store.get("results", ["a", "b"])
            assert used(tmp_path / "cache.db") == {20_000}
            store.get("results", ["c"])
            assert used(tmp_path / "cache.db") == {20_001}

    def test_entries_of_before_there_were_days_count_from_the_day_of_the_change(self, tmp_path: Path) -> None:
        path = tmp_path / "cache.db"
        with SqliteStore(path) as store:
            store.put("results", {"a": "1"})
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("DROP TABLE uses")
            database.execute("DROP TABLE lookups")
            database.execute("DROP TABLE identities")
            database.execute("PRAGMA user_version = 3")
        SqliteStore(path).close()
        with closing(sqlite3.connect(path)) as database:
            ((kind, made, last),) = database.execute("SELECT kind, made, used FROM uses")
        assert kind == ""
        assert made == last > 20_000


class TestStats:
    def test_they_are_by_kind_and_by_age(self, tmp_path: Path, clock: Clock) -> None:
        with opened(tmp_path, clock) as store:
            store.put("results", {"a": "12345", "b": "1"}, "extract/4")
            store.put("memory", {"m": '"é"'})
            store.put("rates", {"r": "1"})
        clock.pass_days(40)
        with opened(tmp_path, clock) as store:
            store.put("results", {"c": "1"}, "tag/2")
            store.get("results", ["a", "x"], "extract/4")
        found = care.stats(tmp_path / "cache.db", clock.now())
        assert {kind: (sums.entries, sums.bytes) for kind, sums in found.kinds.items()} == {
            "memory": (1, 5),
            "rates": (1, 2),
            "results extract/4": (2, 8),
            "results tag/2": (1, 2),
        }
        assert {age: sums.entries for age, sums in found.ages.items() if sums.entries} == {"1": 2, "90": 2}
        assert found.lookups == {"extract/4": (2, 1)}
        assert found.oldest == "2024-10-04"
        assert found.files["cache.db"] == (tmp_path / "cache.db").stat().st_size

    def test_without_a_cache_it_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="there is no cache yet"):
            care.stats(tmp_path / "cache.db", START)
        assert list(tmp_path.iterdir()) == []


class TestVerify:
    def test_a_whole_one(self, tmp_path: Path, clock: Clock) -> None:
        with opened(tmp_path, clock) as store:
            store.put("results", {"a": "1", "b": "2"})
        assert care.verify(tmp_path / "cache.db") == (2, [])

    def test_a_changed_entry_is_found_and_left(self, tmp_path: Path, clock: Clock) -> None:
        path = tmp_path / "cache.db"
        with opened(tmp_path, clock) as store:
            store.put("results", {"a": "1", "b": "2"})
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE results SET value = '3' WHERE key = 'a'")
        before = path.read_bytes()
        entries, (line,) = care.verify(path)
        assert entries == 2
        assert "1 entry is damaged in results; the next run that needs one makes it anew" in line
        assert path.read_bytes() == before

    def test_damaged_pages_are_found_and_left(self, tmp_path: Path, clock: Clock) -> None:
        path = tmp_path / "cache.db"
        with opened(tmp_path, clock) as store:
            store.put("results", {str(number): "1" * 50 for number in range(500)})
        data = path.read_bytes()
        path.write_bytes(data[:8192] + b"\xff" * 8192 + data[16384:])
        before = path.read_bytes()
        _, found = care.verify(path)
        assert any("puts every whole entry into a new file" in line for line in found)
        assert path.read_bytes() == before


class TestCollect:
    @pytest.fixture
    def path(self, tmp_path: Path, clock: Clock) -> Path:
        """Entries of two ages and of an earlier version of a stage."""
        with opened(tmp_path, clock) as store:
            store.put("results", {f"old{number}": "1" * 2000 for number in range(1000)}, "extract/4")
            store.put("results", {"stale": "1"}, "tag/1")
            store.put("results", {"unknown": "1"})
            store.put("memory", {"sentence": "1", "kept": "1"})
            store.put("rates", {"r": "1"})
        clock.pass_days(100)
        with opened(tmp_path, clock) as store:
            store.put("results", {"new": "1"}, "extract/4")
            store.get("memory", ["kept"])
        return tmp_path / "cache.db"

    def test_what_is_old_or_stale_goes_and_the_disk_has_the_room(self, path: Path, clock: Clock) -> None:
        before = path.stat().st_size
        removed = care.collect(path, VERSIONS, clock.now(), 90)
        assert (removed.stale.entries, removed.old.entries) == (1, 1002)
        assert removed.old.bytes > 2_000_000
        assert removed.kept_room == ""
        assert before - path.stat().st_size == removed.given_back > 2_000_000
        found = care.stats(path, clock.now())
        assert {kind: sums.entries for kind, sums in found.kinds.items()} == {
            "memory": 1,
            "rates": 1,
            "results extract/4": 1,
        }
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("SELECT COUNT(*) FROM uses").fetchone() == (2,)
            assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert care.verify(path) == (3, [])

    def test_without_an_age_only_what_is_stale_goes(self, path: Path, clock: Clock) -> None:
        removed = care.collect(path, VERSIONS, clock.now())
        assert (removed.stale.entries, removed.old.entries) == (1, 0)
        assert care.verify(path)[0] == 1005

    def test_a_dry_run_removes_nothing(self, path: Path, clock: Clock) -> None:
        before = path.read_bytes()
        removed = care.collect(path, VERSIONS, clock.now(), 90, dry_run=True)
        assert (removed.stale.entries, removed.old.entries) == (1, 1002)
        assert path.read_bytes() == before

    def test_an_entry_of_unknown_use_counts_from_today(self, path: Path, clock: Clock) -> None:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("DELETE FROM uses")
        assert care.collect(path, VERSIONS, clock.now(), 1).old.entries == 0
        clock.pass_days(2)
        assert care.collect(path, VERSIONS, clock.now(), 1).old.entries == 1005

    def test_a_run_that_goes_on_keeps_what_it_has_and_the_file_its_room(self, path: Path, clock: Clock) -> None:
        before = path.stat().st_size
        with opened(path.parent, clock) as store:
            assert store.get("results", ["new"])
            removed = care.collect(path, VERSIONS, clock.now(), 90)
            assert "given back by the next gc" in removed.kept_room
            assert store.get("results", ["new", "old1"]) == {"new": "1"}
            store.put("results", {"old1": "again"}, "extract/4")
        assert path.stat().st_size >= before
        assert care.collect(path, VERSIONS, clock.now()).given_back > 2_000_000
        with opened(path.parent, clock) as store:
            assert store.get("results", ["new", "old1"]) == {"new": "1", "old1": "again"}

    def test_a_full_disk_is_said_and_what_was_removed_is_removed(
        self, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usage = shutil.disk_usage(path.parent)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
        removed = care.collect(path, VERSIONS, clock.now(), 90)
        assert "of free disk; the cache fills them first" in removed.kept_room
        assert removed.given_back == 0
        assert care.stats(path, clock.now()).room > 2_000_000
