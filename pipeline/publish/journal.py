"""published.db: what was sent where. Its own file, so that a state database that is set back forgets no mail."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Entry, Status, mending
from pipeline.store import tally
from pipeline.store.database import Damaged, Database
from pipeline.store.mended import Mended
from pipeline.store.sealed import keep_copy

FILE = "published.db"
MIGRATIONS = (
    (
        "CREATE TABLE deliveries (target TEXT NOT NULL, edition TEXT NOT NULL, recipient TEXT NOT NULL,"
        " status TEXT NOT NULL, detail TEXT NOT NULL, changed TEXT NOT NULL,"
        " PRIMARY KEY (target, edition, recipient)) WITHOUT ROWID",
    ),
    (tally.CREATE, mending.LOST),
)
_MAX_DETAIL = 500


def verify(path: Path) -> list[str]:
    """What is damaged in a journal, and what becomes of it; nothing is mended.

    Raises:
        ConfigError: it is none, or of a later version.
    """
    by_copy = "the next `publish` joins what is whole of it and of its copy, and sends nobody what may have been sent"
    try:
        with closing(Database(path, MIGRATIONS, mending.WHAT, mending.FUNCTIONS, mending.TALLIES)) as database:
            with database.reading() as connection:
                broken = mending.TALLIES.broken(connection, mending.EDITION)
            if not broken and database.is_sound:
                return []
    except Damaged:
        pass
    return [f"{path}: is damaged; {by_copy}"]


class SqliteJournal:
    """The journal on disk; safe for several processes.

    Each issue that is asked about is first seen to be as it was written. Of one that is not, what is whole is joined
    with the copy that each `publish` leaves; where lines are lost even so, what is not known of it counts as begun.

    Args:
        now: seconds since 1970.
        digest: which of several digests it is of, each with readers and deliveries of its own; "" for the only one.

    Raises:
        ConfigError: the file is no journal, of a later version or damaged all over, or cannot be written; also later.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time, *, digest: str = "") -> None:
        # No id of an issue and no hash has a slash.
        self._before = f"{digest}/" if digest else ""
        self._path = path
        self._now = now
        self._file = Mended(path, mending.shape(path, MIGRATIONS, self._time))
        _wait_for_disk(self._database)
        self._seen: set[str] = set()
        self._notes: list[str] = []
        self._has_changed = bool(self._file.notes)

    @property
    def _database(self) -> Database:
        return self._file.database

    @property
    def notes(self) -> list[str]:
        """What the user is to know of the state of the file."""
        return [*self._file.notes, *self._notes]

    def entry(self, target: str, edition: str, recipient: str = "") -> Entry:
        return self._file.act(lambda database: self._entry(database, target, self._before + edition, recipient))

    def entries(self, target: str, edition: str) -> dict[str, Entry]:
        return self._file.act(lambda database: self._entries(database, target, self._before + edition))

    def _entry(self, database: Database, target: str, edition: str, recipient: str) -> Entry:
        self._see(database, target, edition)
        with database.reading() as connection:
            row = connection.execute(
                "SELECT status, detail, changed FROM deliveries WHERE target = ? AND edition = ? AND recipient = ?",
                (target, edition, recipient),
            ).fetchone()
            lost = (
                row
                or connection.execute(
                    "SELECT 'begun', '', found FROM lost WHERE target = ? AND edition = ?", (target, edition)
                ).fetchone()
            )
        return Entry(status=lost[0], detail=lost[1], when=lost[2]) if lost else Entry()

    def _see(self, database: Database, target: str, edition: str) -> None:
        """See that an edition is whole, once."""
        scope = f"{target}\n{edition}"
        if scope in self._seen:
            return
        with database.reading() as connection:
            broken = mending.TALLIES.broken(connection, mending.EDITION, scope)
        if broken:
            if not database.is_sound:
                raise Damaged(f"{self._path}: its pages are damaged")
            if mending.mend(database, self._path, MIGRATIONS, scope, self._time()):
                self._notes.append(f"{self._path}: lines of {target} were damaged; they are whole again by its copy")
            self._has_changed = True
        with database.reading() as connection:
            lost = connection.execute("SELECT found FROM lost WHERE target = ? AND edition = ?", (target, edition))
            for (found,) in lost.fetchall():
                self._notes.append(
                    f"{self._path}: was damaged, and lines of {target} were lost {found}: what it does not know of this"
                    " issue may have been sent, and is sent only with `--resend-uncertain`"
                )
        self._seen.add(scope)

    def _entries(self, database: Database, target: str, edition: str) -> dict[str, Entry]:
        self._see(database, target, edition)
        with database.reading() as connection:
            rows = connection.execute(
                "SELECT recipient, status, detail, changed FROM deliveries WHERE target = ? AND edition = ?",
                (target, edition),
            ).fetchall()
        return {recipient: Entry(status=status, detail=detail, when=when) for recipient, status, detail, when in rows}

    def status(self, target: str, edition: str, recipient: str = "") -> Status:
        return self.entry(target, edition, recipient).status

    def begin(self, target: str, edition: str, recipient: str = "", *, again: bool = False, detail: str = "") -> None:
        edition = self._before + edition

        def begin(database: Database) -> int:
            self._see(database, target, edition)
            with _on_disk(database) as connection:
                return connection.execute(
                    "INSERT INTO deliveries VALUES (?, ?, ?, 'begun', ?, ?)"
                    " ON CONFLICT DO UPDATE SET status = excluded.status, detail = excluded.detail,"
                    " changed = excluded.changed WHERE status = '' OR ?",
                    (target, edition, recipient, detail[:_MAX_DETAIL], self._time(), again),
                ).rowcount

        if not self._file.act(begin):
            raise PublishError(f"{target}: another process has begun the same delivery; nothing was sent twice")
        self._has_changed = True

    def end(self, target: str, edition: str, recipient: str = "", *, status: Status = "sent", detail: str = "") -> None:
        edition = self._before + edition

        def end(database: Database) -> int:
            with _on_disk(database) as connection:
                return connection.execute(
                    "UPDATE deliveries SET status = ?, detail = ?, changed = ?"
                    " WHERE target = ? AND edition = ? AND recipient = ?",
                    (status, detail[:_MAX_DETAIL], self._time(), target, edition, recipient),
                ).rowcount

        if not self._file.act(end):
            raise ValueError(f"{target}: a delivery ends that was never begun")

    def _time(self) -> str:
        return datetime.fromtimestamp(self._now(), UTC).isoformat(timespec="seconds")

    def close(self) -> None:
        # Without room for a copy the journal is kept all the same, and the earlier copy stands.
        with suppress(OSError, sqlite3.Error, ConfigError):
            if self._has_changed and self._path.is_file() and self._file.act(self._is_whole):
                keep_copy(self._path)
        self._file.close()

    def _is_whole(self, database: Database) -> bool:
        """Mends what nobody has asked about, too: the copy must not take over what is damaged."""
        with database.reading() as connection:
            broken = mending.TALLIES.broken(connection, mending.EDITION)
        for scope in broken:
            self._see(database, *scope.split("\n"))
        return database.is_sound

    def __enter__(self) -> SqliteJournal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def _on_disk(database: Database) -> Iterator[sqlite3.Connection]:
    """A transaction that is on disk when it ends: a power cut could lose the last line, and a mail go out twice."""
    _wait_for_disk(database)
    with database.transaction() as connection:
        yield connection


def _wait_for_disk(database: Database) -> None:
    database.connection.execute("PRAGMA synchronous=FULL")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time publishes with the journal at `path`; a process that is killed lets go.

    Raises:
        PublishError: another one is publishing.
        ConfigError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"), timeout=0)
        lock.acquire()
    except Timeout:
        raise PublishError(
            f"{path}: another `worldbrief publish` is under way; nothing was sent, wait for that one"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path.parent}: cannot be written: {error.strerror}") from None
    try:
        yield
    finally:
        lock.release()
