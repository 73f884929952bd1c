"""The journal over a disk that forgets: nobody who has an issue is taken for somebody who has not."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.publish import Entry, Status
from pipeline.publish.journal import FILE, MIGRATIONS, SqliteJournal, verify

NOW = 1_770_000_000.0
READERS = [f"reader{number}@example.org" for number in range(60)]
EDITIONS = ("2026-11-23", "2026-11-24")


def fill(path: Path, *, clean: bool = True) -> None:
    """Two issues, of the second of which some were refused and some not answered; without the copy, a kill."""
    with SqliteJournal(path, lambda: NOW) as journal:
        for edition in EDITIONS:
            for number, reader in enumerate(READERS):
                journal.begin("smtp", edition, reader, detail="stamp")
                if edition == EDITIONS[0] or number % 3:
                    status: Status = "refused" if number % 7 == 0 else "sent"
                    journal.end("smtp", edition, reader, status=status, detail=f"250 OK {number}")
        journal._has_changed = clean


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, dict[str, dict[str, Entry]]]:
    """A journal, its copy, and what it knows."""
    path = tmp_path_factory.mktemp("sound") / FILE
    fill(path)
    with SqliteJournal(path) as journal:
        known = {edition: journal.entries("smtp", edition) for edition in EDITIONS}
        assert journal.notes == []
    assert len(known[EDITIONS[1]]) == len(READERS)
    return path.read_bytes(), path.with_name(f"{FILE}.bak").read_bytes(), known


def after(path: Path, data: bytes, copy: bytes | None, known: dict[str, dict[str, Entry]]) -> bool:
    """Whether all is known; what is not known counts as begun, and something is said."""
    path.write_bytes(data)
    if copy is not None:
        path.with_name(f"{FILE}.bak").write_bytes(copy)
    with SqliteJournal(path) as journal:
        found = {edition: journal.entries("smtp", edition) for edition in EDITIONS}
        for edition in EDITIONS:
            assert found[edition].items() <= known[edition].items()
            for reader in READERS:
                entry = journal.entry("smtp", edition, reader)
                assert entry == known[edition][reader] or (entry.status == "begun" and journal.notes)
        assert found == known or journal.notes
        journal.begin("smtp", "next", READERS[0])
        journal.end("smtp", "next", READERS[0])
        assert journal.status("smtp", "next", READERS[0]) == "sent"
        assert journal.status("smtp", "next", READERS[1]) == ""
    with SqliteJournal(path) as journal:
        assert {edition: journal.entries("smtp", edition) for edition in EDITIONS} == found
    return found == known


def flip(folder: Path, sound: tuple[bytes, bytes, dict[str, dict[str, Entry]]], seed: int, number: int) -> None:
    data, copy, known = sound
    rng = random.Random(seed)
    version = range(60, 64)  # a version that could be a later one's is refused, not mended
    for place in rng.sample(range(len(data)), number):
        if place in version:
            continue
        damaged = bytearray(data)
        damaged[place] ^= rng.randrange(1, 256)
        for name in ("with", "without"):
            (folder / f"{place}-{name}").mkdir()
        assert after(folder / f"{place}-with" / FILE, bytes(damaged), copy, known), place
        after(folder / f"{place}-without" / FILE, bytes(damaged), None, known)


def test_flipped_bytes_are_mended_by_the_copy(
    tmp_path: Path, sound: tuple[bytes, bytes, dict[str, dict[str, Entry]]]
) -> None:
    flip(tmp_path, sound, 1, 4)


@pytest.mark.slow
def test_many_flipped_bytes_are_mended_by_the_copy(
    tmp_path: Path, sound: tuple[bytes, bytes, dict[str, dict[str, Entry]]]
) -> None:
    flip(tmp_path, sound, 2, 100)


def test_lines_that_neither_has_count_as_begun(
    tmp_path: Path, sound: tuple[bytes, bytes, dict[str, dict[str, Entry]]]
) -> None:
    path = tmp_path / FILE
    data, _, known = sound
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM deliveries WHERE edition = ? AND recipient = ?", (EDITIONS[0], READERS[5]))
        database.execute(
            "UPDATE deliveries SET status = '' WHERE edition = ? AND recipient = ?", (EDITIONS[0], READERS[6])
        )
    for _ in range(2):
        with SqliteJournal(path, lambda: NOW) as journal:
            for reader in READERS[5:7]:
                entry = journal.entry("smtp", EDITIONS[0], reader)
                assert (entry.status, entry.when) == ("begun", "2026-02-02T02:40:00+00:00")
            assert journal.entry("smtp", EDITIONS[0], READERS[7]) == known[EDITIONS[0]][READERS[7]]
            assert "lines of smtp were lost 2026-02-02" in journal.notes[0]
            assert journal.entries("smtp", EDITIONS[1]) == known[EDITIONS[1]]
    with SqliteJournal(path) as journal:
        # A person says that it is to be sent.
        journal.begin("smtp", EDITIONS[0], READERS[5], again=True)
        journal.end("smtp", EDITIONS[0], READERS[5])
        assert journal.status("smtp", EDITIONS[0], READERS[5]) == "sent"


def test_of_a_file_in_which_nothing_can_be_read_a_person_decides(
    tmp_path: Path, sound: tuple[bytes, bytes, dict[str, dict[str, Entry]]]
) -> None:
    path = tmp_path / FILE
    data, copy, known = sound
    damaged = data[:4096] + b"\xff" * (len(data) - 4096)
    path.write_bytes(damaged)
    path.with_name(f"{FILE}.bak").write_bytes(copy)
    wanted = r"nothing was sent. Put published.db.bak or a copy of your own in its place"
    with SqliteJournal(path) as journal, pytest.raises(ConfigError, match=wanted):
        journal.entry("smtp", EDITIONS[0], READERS[0])
    assert path.with_name(f"{FILE}.bak").read_bytes() == copy
    assert path.read_bytes()[4096:] == damaged[4096:]
    path.write_bytes(copy)
    with SqliteJournal(path) as journal:
        assert journal.entries("smtp", EDITIONS[0]) == known[EDITIONS[0]]


def test_the_copy_does_not_take_over_what_is_damaged(
    tmp_path: Path, sound: tuple[bytes, bytes, dict[str, dict[str, Entry]]]
) -> None:
    path = tmp_path / FILE
    data, copy, known = sound
    path.write_bytes(data)
    path.with_name(f"{FILE}.bak").write_bytes(copy)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM deliveries WHERE edition = ? AND recipient = ?", (EDITIONS[0], READERS[5]))
    with SqliteJournal(path) as journal:
        journal.begin("smtp", "next", READERS[0])
    with SqliteJournal(path) as journal:
        assert journal.entries("smtp", EDITIONS[0]) == known[EDITIONS[0]]


def test_verify_says_what_becomes_of_it(
    tmp_path: Path, sound: tuple[bytes, bytes, dict[str, dict[str, Entry]]]
) -> None:
    path = tmp_path / FILE
    path.write_bytes(sound[0])
    assert verify(path) == []
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM deliveries WHERE recipient = ?", (READERS[5],))
    before = path.read_bytes()
    assert "the next `publish` joins what is whole of it and of its copy" in verify(path)[0]
    assert path.read_bytes() == before


def test_one_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(MIGRATIONS[0][0])
        database.execute("INSERT INTO deliveries VALUES ('smtp', 'e', 'r', 'sent', '', '')")
        database.execute("PRAGMA user_version = 1")
    with SqliteJournal(path) as journal:
        assert journal.status("smtp", "e", "r") == "sent"
        assert journal.status("smtp", "e", "s") == ""
        assert journal.notes == []
