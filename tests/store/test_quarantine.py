"""What was refused or failed: kept by content, whatever happens to the file."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.store.quarantine import Entry, Quarantine


def entry(key: str, source: str = "", kind: str = "no-article", when: str = "2026-11-28") -> Entry:
    return Entry(
        key=key, source=source or f"{key}.txt", stage="extract", kind=kind, first_seen=when, last_seen=when,
        last_tried=when, begins="news\x1b[31m",
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quarantine.db"


def test_the_same_content_keeps_its_history(path: Path) -> None:
    with Quarantine(path) as quarantine:
        [first] = quarantine.record([entry("a")])
        quarantine.meet({"a": "moved.txt"}, "2026-11-29")
        [again] = quarantine.record([entry("a", "again.txt", when="2026-11-30")])
    assert first == entry("a")
    with Quarantine(path) as quarantine:
        assert quarantine.entries() == [again] == list(quarantine.get(["a", "b"]).values())
        assert quarantine.places() == {"a": ("again.txt", "extract")}
    assert (again.first_seen, again.last_seen, again.tries) == ("2026-11-28", "2026-11-30", 2)


def test_another_content_takes_the_place_of_the_one_before(path: Path) -> None:
    with Quarantine(path) as quarantine:
        quarantine.record([entry("a", "x.txt"), entry("b", "y.txt")])
        [now] = quarantine.record([entry("c", "x.txt", when="2026-11-29")])
        assert {one.key for one in quarantine.entries()} == {"b", "c"}
        assert (now.first_seen, now.tries) == ("2026-11-29", 1)


@pytest.mark.parametrize(("kind", "mark"), [("no-article", "dropped"), ("too-long", "")])
def test_what_is_dropped_is_dropped_for_that_reason(path: Path, kind: str, mark: str) -> None:
    with Quarantine(path) as quarantine:
        quarantine.record([entry("a", "x.txt")])
        quarantine.mark(["a"], "dropped")
        assert quarantine.record([entry("a", "x.txt")])[0].mark == "dropped"
        assert quarantine.record([entry("b", "x.txt", kind)])[0].mark == mark


def test_a_retry_is_one(path: Path) -> None:
    with Quarantine(path) as quarantine:
        quarantine.record([entry("a")])
        quarantine.mark(["a"], "retry")
        assert quarantine.get(["a"])["a"].mark == "retry"
        assert quarantine.record([entry("a")])[0].mark == ""


def test_what_nobody_saw_for_long_is_forgotten_unless_it_was_dropped(path: Path) -> None:
    with Quarantine(path) as quarantine:
        quarantine.record([entry("a", when="2026-01-01"), entry("b", when="2026-01-01"), entry("c")])
        quarantine.mark(["b"], "dropped")
        quarantine.expire("2026-06-01T05:00:00+02:00", 100)
        assert {one.key for one in quarantine.entries()} == {"b", "c"}
        quarantine.forget(["b"])
        assert set(quarantine.places()) == {"c"}


@pytest.mark.parametrize("column", ["source", "stage", "last_seen", "value"])
def test_a_damaged_entry_is_forgotten_and_said(path: Path, column: str) -> None:
    with Quarantine(path) as quarantine:
        quarantine.record([entry("a"), entry("b")])
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE entries SET {column} = replace({column}, 'a', 'x') || ' ' WHERE key = 'a'")
    with Quarantine(path, read_only=True) as quarantine:
        assert [one.key for one in quarantine.entries()] == ["b"]
    with Quarantine(path) as quarantine:
        assert quarantine.record([entry("a")])[0].tries == 1
        assert quarantine.notes == [f"{path}: 1 entry was damaged and forgotten; what it was about is tried again"]
        assert len(quarantine.entries()) == 2
    with Quarantine(path) as quarantine:
        assert quarantine.notes == []


def test_a_damaged_file_gives_what_is_whole_of_it(path: Path) -> None:
    with Quarantine(path) as quarantine:
        quarantine.record([entry(f"key{number}") for number in range(200)])
        quarantine.mark(["key7"], "dropped")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE entries", b"CREATE GABLE entries") + b"")
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(path) as connection:
        connection.execute("SELECT * FROM entries")
    path.write_bytes(data[:4096] + b"\xff" * 4096 + data[8192:])
    with Quarantine(path) as quarantine:
        found = {one.key: one for one in quarantine.entries()}
        [note] = quarantine.notes
    assert len(found) > 100
    assert "was damaged" in note
    assert "the documents of the others are tried again" in note
    assert (path.parent / "quarantine.db.damaged-1").exists()


def test_several_at_once_lose_nothing(path: Path) -> None:
    def work(number: int) -> None:
        with Quarantine(path) as quarantine:
            for turn in range(5):
                quarantine.record([entry("shared"), entry(f"own-{number}-{turn}")])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    with Quarantine(path) as quarantine:
        assert quarantine.get(["shared"])["shared"].tries == 20
        assert len(quarantine.entries()) == 21
