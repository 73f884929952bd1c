"""Databases of an older version are brought up, whole or not at all; later and foreign ones stay as they are."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.store import database
from pipeline.store.database import Database

ROOT = Path(__file__).parents[2]
OLD = (("CREATE TABLE notes (text TEXT, seen INTEGER)",),)
# Done twice, it would count to 2.
NEW = (*OLD, ("ALTER TABLE notes ADD COLUMN author TEXT", "UPDATE notes SET seen = seen + 1, author = 'nobody'"))
# More than SQLite holds in memory, so that a transaction is on the disk before it ends.
ROWS, TEXT = 1_500, "x" * 2_000
OPEN = f"""
import os, signal, sqlite3, sys
from pathlib import Path
from pipeline.errors import ConfigError
from pipeline.store.database import Database
def bring_up():
    try:
        Database(Path(sys.argv[1]), {NEW!r}, "the notes").close()
    except ConfigError as error:
        sys.exit(str(error))
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of version 1, in SQLite's default mode."""
    path = tmp_path / "notes.db"
    make(path)
    return path


def make(path: Path, version: int = 1, rows: int = ROWS) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(OLD[0][0])
        connection.executemany("INSERT INTO notes VALUES (?, 0)", [(TEXT,)] * rows)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def bring_up(path: Path) -> None:
    Database(path, NEW, "the notes").close()


def content(path: Path) -> tuple[int, list[tuple[object, ...]]]:
    """The version, and each row that differs from those before it with how often it is there."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info('notes')")]
        names = ", ".join(columns)
        rows = connection.execute(f"SELECT {names}, COUNT(*) FROM notes GROUP BY {names}").fetchall()
    return version, rows


WAS = (1, [(TEXT, 0, ROWS)])
IS = (2, [(TEXT, 1, "nobody", ROWS)])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def child(code: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OPEN + code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


class TestBringingUp:
    def test_an_older_file_is_brought_up_and_kept(self, old: Path) -> None:
        bring_up(old)
        assert content(old) == IS
        assert content(old.with_name("notes.db.v1.bak")) == WAS
        bring_up(old)
        assert sorted(files(old.parent)) == ["notes.db", "notes.db.v1.bak"]

    def test_a_new_file_has_the_tables_of_one_brought_up(self, old: Path, tmp_path: Path) -> None:
        bring_up(old)
        bring_up(tmp_path / "new.db")
        shapes = set()
        for path in (old, tmp_path / "new.db"):
            with closing(sqlite3.connect(path)) as connection:
                shapes.add(tuple(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name")))
        assert len(shapes) == 1
        assert content(tmp_path / "new.db") == (2, [])
        assert not (tmp_path / "new.db.v0.bak").exists()

    def test_two_versions_at_once(self, old: Path) -> None:
        Database(old, (*NEW, ("CREATE TABLE authors (name TEXT)",)), "the notes").close()
        assert content(old) == (3, IS[1])
        assert sorted(files(old.parent)) == ["notes.db", "notes.db.v1.bak"]

    def test_what_is_still_in_the_log_is_copied_too(self, old: Path) -> None:
        code = """
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("UPDATE notes SET seen = 5")
os.kill(os.getpid(), signal.SIGKILL)
"""
        with child(code, old) as killed:
            assert killed.wait(60) == -signal.SIGKILL
        assert old.with_name("notes.db-wal").stat().st_size > ROWS * len(TEXT)
        bring_up(old)
        assert content(old.with_name("notes.db.v1.bak")) == (1, [(TEXT, 5, ROWS)])
        assert content(old) == (2, [(TEXT, 6, "nobody", ROWS)])

    def test_a_copy_is_never_replaced(self, old: Path) -> None:
        bring_up(old)
        for rows, name in [(1, "notes.db.v1.2.bak"), (2, "notes.db.v1.3.bak")]:
            earlier = files(old.parent)
            old.unlink()
            make(old, rows=rows)
            bring_up(old)
            now = files(old.parent)
            assert {copy for copy in now if now[copy] != earlier.get(copy)} == {"notes.db", name}
            assert content(old.with_name(name)) == (1, [(TEXT, 0, rows)])

    def test_a_copy_is_as_private_as_the_file(self, old: Path) -> None:
        old.chmod(0o600)
        bring_up(old)
        assert old.with_name("notes.db.v1.bak").stat().st_mode & 0o777 == 0o600

    def test_a_migration_that_fails_leaves_the_old(self, old: Path) -> None:
        wrong = (*NEW[:1], (*NEW[1], "INSERT INTO nowhere VALUES (1)"))
        with pytest.raises(
            ConfigError, match=r"notes\.db: cannot be brought to version 2, .* \(no such table: nowhere"
        ):
            Database(old, wrong, "the notes")
        assert content(old) == WAS
        bring_up(old)
        assert content(old) == IS


class TestProcesses:
    @pytest.mark.parametrize("there", [True, False], ids=["old", "missing"])
    def test_several_open_it_at_once(self, tmp_path: Path, there: bool) -> None:
        path = tmp_path / "notes.db"
        if there:
            make(path)
        code = """
while not os.path.exists(sys.argv[2]):
    pass
bring_up()
"""
        openers = [child(code, path, tmp_path / "go") for _ in range(4)]
        time.sleep(0.5)  # until they wait
        (tmp_path / "go").touch()
        for opener in openers:
            _, errors = opener.communicate(timeout=120)
            assert (opener.returncode, errors) == (0, "")
        assert content(path) == (IS if there else (2, []))
        copies = ["notes.db.v1.bak"] if there else []
        assert sorted(files(tmp_path)) == ["go", "notes.db", *copies]

    def test_one_that_is_in_use_for_long(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.1)
        with closing(sqlite3.connect(old, isolation_level=None)) as other:
            other.execute("PRAGMA journal_mode=WAL")
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ConfigError, match=r"\(database is locked\); another process is using it: wait"):
                bring_up(old)
        assert content(old) == WAS

    # Where the process dies: before or after it says this to SQLite.
    @pytest.mark.parametrize(
        ("statement", "when"),
        [
            ("BEGIN IMMEDIATE", "after"),
            ("a page of the copy", "after"),
            ("ALTER TABLE", "before"),
            ("UPDATE notes", "before"),
            ("UPDATE notes", "after"),
            ("PRAGMA user_version =", "after"),
            ("COMMIT", "after"),
        ],
    )
    def test_one_that_is_killed_leaves_the_old_or_the_new(self, old: Path, statement: str, when: str) -> None:
        code = """
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
class Dying(sqlite3.Connection):
    def execute(self, statement, *values):
        here = statement.startswith(sys.argv[2])
        if here and sys.argv[3] == "before":
            die()
        cursor = super().execute(statement, *values)
        if here:
            die()
        return cursor
    def backup(self, target):
        super().backup(target, pages=1, progress=die if "copy" in sys.argv[2] else None)
connect = sqlite3.connect
sqlite3.connect = lambda *arguments, **options: connect(*arguments, factory=Dying, **options)
bring_up()
"""
        with child(code, old, statement, when) as killed:
            assert killed.wait(60) == -signal.SIGKILL
        assert content(old) == (IS if statement == "COMMIT" else WAS)
        bring_up(old)
        assert content(old) == IS
        assert content(old.with_name("notes.db.v1.bak")) == WAS
        assert sorted(files(old.parent)) == ["notes.db", "notes.db.v1.bak"]

    @pytest.mark.slow
    def test_one_that_is_killed_at_any_time_leaves_the_old_or_the_new(self, tmp_path: Path) -> None:
        path = tmp_path / "whole.db"
        make(path)
        code = "print('started', flush=True)\nbring_up()"
        with child(code, path, stdout=subprocess.PIPE) as whole:
            assert whole.stdout is not None
            whole.stdout.readline()
            began = time.monotonic()
            assert whole.wait(60) == 0
            seconds = time.monotonic() - began
        left = set()
        for number in range(60):
            path = tmp_path / f"{number}.db"
            make(path)
            with child(code, path, stdout=subprocess.PIPE) as killed:
                assert killed.stdout is not None
                killed.stdout.readline()
                time.sleep(seconds * number / 50)
                killed.kill()
            found = content(path)
            assert found in (WAS, IS)
            left.add(found[0])
            bring_up(path)
            assert content(path) == IS
            for copy in tmp_path.glob(f"{number}.db.*"):
                assert content(copy) == WAS
        assert left == {1, 2}


class TestDisk:
    def test_one_that_has_no_room_for_the_copy(self, old: Path) -> None:
        code = """
import resource
size = os.path.getsize(sys.argv[1]) // 2
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
bring_up()
"""
        with child(code, old) as full:
            _, errors = full.communicate(timeout=60)
        assert full.returncode == 1
        assert (
            f"{old}: cannot be copied to notes.db.v1.bak before it is brought up, nothing in it has changed" in errors
        )
        assert "make room on its disk" in errors
        assert content(old) == WAS
        assert sorted(files(old.parent)) == ["notes.db"]

    def test_one_that_has_no_room_for_the_new_tables(self, old: Path) -> None:
        # No fewer pages than there are.
        full = (*OLD, (*NEW[1], "PRAGMA max_page_count = 1", "INSERT INTO notes SELECT * FROM notes"))
        with pytest.raises(
            ConfigError, match=r"nothing in it has changed \(database or disk is full\); make room on its"
        ):
            Database(old, full, "the notes")
        assert content(old) == WAS

    @pytest.mark.parametrize("mode", ["DELETE", "WAL"])
    def test_one_that_may_not_be_written(self, readable: Path, mode: str) -> None:
        path = readable / "notes.db"
        make(path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA journal_mode={mode}")
        path.chmod(0o444)
        readable.chmod(0o555)
        before = files(readable)
        code = """
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anything
bring_up()
"""
        with child(code, path) as refused:
            _, errors = refused.communicate(timeout=60)
        assert refused.returncode == 1
        assert errors.startswith(f"{path}: cannot be used as the notes (")
        assert errors.endswith("; see that the file and its folder may be written, or choose another folder\n")
        assert files(readable) == before

    @pytest.fixture
    def readable(self) -> Iterator[Path]:
        """A folder that another user reaches, too, as pytest's own are not."""
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            yield Path(folder)
            os.chmod(folder, 0o755)


class TestRefused:
    def test_a_later_version_is_named_and_not_touched(self, old: Path) -> None:
        Database(old, (*NEW, ("CREATE TABLE authors (name TEXT)",)), "the notes").close()
        before = files(old.parent)
        with pytest.raises(
            ConfigError,
            match=r"notes\.db: is the notes of version 3, and this worldbrief knows only up to 2; use the later",
        ):
            bring_up(old)
        assert files(old.parent) == before

    @pytest.mark.parametrize("version", [-1, 0, 1, 2])
    def test_a_database_of_another_program_is_not_touched(self, tmp_path: Path, version: int) -> None:
        path = tmp_path / "notes.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE notes (text TEXT)")
            connection.execute(f"PRAGMA user_version = {version}")
        before = files(tmp_path)
        with pytest.raises(ConfigError, match=r"notes\.db: was written by another program; choose another folder"):
            bring_up(path)
        assert files(tmp_path) == before

    def test_the_files_are_not_taken_for_each_other(self, tmp_path: Path) -> None:
        Database(tmp_path / "one.db", OLD, "the notes").close()
        with pytest.raises(ConfigError, match="was written by another program"):
            Database(tmp_path / "one.db", (("CREATE TABLE results (key TEXT)",),), "a cache")

    def test_what_others_added_is_left(self, old: Path) -> None:
        with closing(sqlite3.connect(old)) as connection:
            connection.execute("CREATE INDEX by_text ON notes (text)")
            connection.execute("CREATE VIEW seen AS SELECT text FROM notes WHERE seen > 0")
        bring_up(old)
        assert content(old) == IS
