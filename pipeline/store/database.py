"""SQLite files that several processes may use at once: older ones are brought up, foreign and newer ones refused."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import ConfigError
from pipeline.store.network import is_remote
from pipeline.store.tally import Tallies

# A writer that holds the lock longer than this has hung.
_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 0.01
# SQLite's oldest default limit on the variables of one statement, less a few for others than the keys.
_CHUNK = 900
# The version, and each column of each table; an index has no columns, an empty file one row without names.
_SHAPE = (
    "SELECT user_version, m.name, c.name"
    " FROM pragma_user_version LEFT JOIN sqlite_master m LEFT JOIN pragma_table_info(m.name) c"
)
_FULL = "make room on its disk, or see whether the disk is sound"
_LOCKED = "see that the file and its folder may be written, or choose another folder"
_BUSY = "another process is using it: wait for that one and run again"
_ADVICE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _FULL,
    sqlite3.SQLITE_READONLY: _LOCKED,
    sqlite3.SQLITE_PERM: _LOCKED,
    sqlite3.SQLITE_CANTOPEN: _LOCKED,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}
_OF_SYSTEM = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EFBIG: sqlite3.SQLITE_FULL,
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
    errno.EROFS: sqlite3.SQLITE_READONLY,
}

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# Nobody makes so many versions: a number beyond is a damaged one.
_MOST_VERSIONS = 1000

Functions = Mapping[str, Callable[..., bytes | int]]
Migrations = Sequence[Sequence[str]]
"""The statements that make version 1 out of an empty file, version 2 out of version 1, and so on."""


class Damaged(ConfigError):
    """The file cannot be read as a database any more."""


class Foreign(ConfigError):
    """The file is a database of another program, as far as can be seen."""


class Database:
    """One SQLite file with a schema version (`PRAGMA user_version`), in write-ahead mode; on a network file system,
    where that does not work (https://www.sqlite.org/wal.html), with a rollback journal.

    An older file is copied beside itself (`state.db.v1.bak`) and brought up to the last version in one transaction:
    whoever is killed meanwhile leaves it old or new, and of two processes one does it and the other waits.

    Args:
        path: the file, made where it is missing.
        migrations: how each version is made; never changed once a release has them, only added to.
        what: what the file is, for messages ("a cache").
        functions: what the statements call beside SQLite's own functions, by name.
        tallies: what is kept up to date with every row that is written.

    Raises:
        Damaged, Foreign: the file is no such database, and is as it was.
        ConfigError: it is of a later version, and is as it was; or it cannot be copied, brought up or written.
    """

    def __init__(
        self,
        path: Path,
        migrations: Migrations,
        what: str,
        functions: Functions = MappingProxyType({}),
        tallies: Tallies | None = None,
    ) -> None:
        self._path = path
        self._migrations = migrations
        self._what = what
        self._functions = functions
        self._tallies = tallies
        self._use = f"cannot be used as {what}"
        with self._explained(self._use):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
            self._place = _place(path)
        # A damaged text may not even be UTF-8, and is then not what it should be.
        self.connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        self._know(self.connection)
        try:
            with self._explained(self._use):
                remote = is_remote(path)
                if remote and _is_written_ahead(path):
                    # So SQLite needs no memory that it would share with others.
                    self.connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                # Before the mode is written into the file: one that is not ours stays as it is.
                version = self._recognised()
                mode = self._set_mode("DELETE" if remote else "WAL")
                if remote:
                    self.connection.execute("PRAGMA locking_mode=NORMAL")
                    self.connection.execute("SELECT 1 FROM sqlite_master").fetchall()  # lets go of the lock
                # A lost last transaction after a power cut is done again; with a log, a torn file is not possible.
                self.connection.execute(f"PRAGMA synchronous={'NORMAL' if mode == 'wal' else 'FULL'}")
            if version != len(migrations):
                self._bring_up()
            if tallies is not None:
                with self._explained(self._use):
                    tallies.watch(self.connection)
        except BaseException:
            self.connection.close()
            raise

    def _know(self, connection: sqlite3.Connection) -> None:
        for name, function in self._functions.items():
            connection.create_function(name, -1, function, deterministic=True)

    @property
    def is_sound(self) -> bool:
        """Whether SQLite finds all of the file in order; takes as long as reading it."""
        with self.reading() as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)])

    def _set_mode(self, mode: str) -> str:
        """Ask for a journal mode; the one that there is then, since not every file system has what a log takes.

        SQLite does not wait for others here as it does elsewhere: of several that open a new file at once, all but one
        would be told that it is in use.
        """
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return str(self.connection.execute(f"PRAGMA journal_mode={mode}").fetchone()[0])
            except sqlite3.OperationalError as error:
                # The lower byte is the primary code: https://www.sqlite.org/rescode.html
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE_SECONDS)

    def _recognised(self) -> int:
        """The version of the file; 0 for an empty one."""
        # In one statement: another process may be making the tables.
        rows = self.connection.execute(_SHAPE).fetchall()
        version = int(rows[0][0])
        if version > (known := len(self._migrations)) + _MOST_VERSIONS:
            raise Damaged(f"{self._path}: {self._use} (its version is {version}); {_advice()}")
        if version > known:
            raise ConfigError(
                f"{self._path}: is {self._what} of version {version}, and this worldbrief knows only up to {known}; "
                "use the later worldbrief that wrote it, or choose another folder"
            )
        with closing(sqlite3.connect(":memory:")) as ours:
            self._know(ours)
            _run(ours, self._migrations[: max(version, 0)])
            needed = _columns(ours.execute(_SHAPE))
        empty = all(name is None for _, name, _ in rows)
        if version < 0 or not needed <= _columns(rows) or (version == 0 and not empty):
            raise Foreign(f"{self._path}: was written by another program; choose another folder or move the file away")
        return version

    def _bring_up(self) -> None:
        last = len(self._migrations)
        with self._explained(f"cannot be brought to version {last}, nothing in it has changed"), self._written():
            # Asked again under the lock: another process may have been quicker.
            version = self._recognised()
            if version == last:
                return
            if version:
                self._keep_copy(version)
            _run(self.connection, self._migrations[version:])
            if self._tallies is not None:
                self._tallies.recount(self.connection)
            self.connection.execute(f"PRAGMA user_version = {last}")

    def _keep_copy(self, version: int) -> None:
        """Called under the lock: one process makes the copy, of what nobody changes meanwhile.

        No earlier copy is replaced, and the same copy is not kept twice.
        """
        first = self._path.with_name(f"{self._path.name}.v{version}.bak")
        part = first.with_suffix(".part")
        with self._explained(f"cannot be copied to {first.name} before it is brought up, nothing in it has changed"):
            part.unlink(missing_ok=True)  # of a process that was killed
            try:
                with closing(sqlite3.connect(self._path)) as source, closing(sqlite3.connect(part)) as copy:
                    copy.execute("PRAGMA journal_mode=OFF")
                    source.backup(copy)
                shutil.copymode(self._path, part)
                for number in count(1):
                    kept = first if number == 1 else first.with_suffix(f".{number}.bak")
                    if not kept.exists():
                        os.replace(part, kept)
                        return
                    if filecmp.cmp(part, kept, shallow=False):
                        return
            finally:
                part.unlink(missing_ok=True)

    def check_there(self) -> None:
        """
        Raises:
            ConfigError: the file was removed or replaced since it was opened: what is written is lost.
        """
        if _place(self._path) != self._place:
            raise ConfigError(
                f"{self._path}: was removed or replaced while it was used; what it was told is lost: run again"
            )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that the body writes, or nothing."""
        with self._explained(self._use), self._written():
            yield self.connection

    @contextmanager
    def _written(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # a full disk has ended it already
                self.connection.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Queries; a damaged file is named."""
        with self._explained(self._use):
            yield self.connection

    @contextmanager
    def _explained(self, trouble: str) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:
            # What SQLite says of a damaged schema quotes it.
            raise Damaged(f"{self._path}: {trouble} (a text in it is none: {error.reason}); {_advice()}") from None
        except (OSError, sqlite3.Error) as error:
            code = getattr(error, "sqlite_errorcode", 0)
            damaged = code & 0xFF in _DAMAGE or code == sqlite3.SQLITE_IOERR_SHORT_READ
            # A damaged header may say of itself that it is not to be written, where the system has nothing against it.
            damaged |= code == sqlite3.SQLITE_READONLY and all(
                os.access(place, os.W_OK) for place in (self._path, self._path.parent)
            )
            # No statement of ours can count a row twice, unless the order of the rows is no order any more.
            damaged |= code & 0xFF == sqlite3.SQLITE_CONSTRAINT and "tallies" in str(error)
            kind = Damaged if damaged else ConfigError
            raise kind(f"{self._path}: {trouble} ({error}); {_advice(error)}") from None

    def close(self) -> None:
        self.connection.close()


def chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """The keys in parts of which each fits into one statement."""
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]


def _place(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that takes its name; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _columns(shape: Iterable[tuple[int, str | None, str | None]]) -> set[tuple[str | None, str]]:
    return {(table, column) for _, table, column in shape if column is not None}


def _is_written_ahead(path: Path) -> bool:
    """By the header: https://www.sqlite.org/fileformat2.html#file_format_version_numbers"""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\2\2"


def _run(connection: sqlite3.Connection, migrations: Migrations) -> None:
    for statement in chain.from_iterable(migrations):
        connection.execute(statement)


def _advice(error: OSError | sqlite3.Error | None = None) -> str:
    if isinstance(error, OSError):
        code = _OF_SYSTEM.get(error.errno or 0, 0)
    else:
        # The low byte is the kind, the others say more: https://www.sqlite.org/rescode.html
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _ADVICE.get(code, "choose another folder, or move the file away")
