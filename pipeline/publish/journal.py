"""published.db: what was sent where. Its own file, so that a state database that is set back forgets no mail."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Entry, Status
from pipeline.store.database import Database

FILE = "published.db"
MIGRATIONS = (
    (
        "CREATE TABLE deliveries (target TEXT NOT NULL, edition TEXT NOT NULL, recipient TEXT NOT NULL,"
        " status TEXT NOT NULL, detail TEXT NOT NULL, changed TEXT NOT NULL,"
        " PRIMARY KEY (target, edition, recipient)) WITHOUT ROWID",
    ),
)
_MAX_DETAIL = 500


class SqliteJournal:
    """The journal on disk; safe for several processes.

    Args:
        now: seconds since 1970.
        digest: which of several digests it is of, each with readers and deliveries of its own; "" for the only one.

    Raises:
        ConfigError: the file is no journal, of a later version or damaged, or cannot be written; also later.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time, *, digest: str = "") -> None:
        # No id of an issue and no hash has a slash.
        self._before = f"{digest}/" if digest else ""
        self._database = Database(path, MIGRATIONS, "the journal of what was sent")
        # Otherwise a power cut could lose the last line, and a mail would go out twice.
        self._database.connection.execute("PRAGMA synchronous=FULL")
        self._now = now

    def entry(self, target: str, edition: str, recipient: str = "") -> Entry:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT status, detail, changed FROM deliveries WHERE target = ? AND edition = ? AND recipient = ?",
                (target, f"{self._before}{edition}", recipient),
            ).fetchone()
        return Entry(status=row[0], detail=row[1], when=row[2]) if row else Entry()

    def entries(self, target: str, edition: str) -> dict[str, Entry]:
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT recipient, status, detail, changed FROM deliveries WHERE target = ? AND edition = ?",
                (target, f"{self._before}{edition}"),
            ).fetchall()
        return {recipient: Entry(status=status, detail=detail, when=when) for recipient, status, detail, when in rows}

    def status(self, target: str, edition: str, recipient: str = "") -> Status:
        return self.entry(target, edition, recipient).status

    def begin(self, target: str, edition: str, recipient: str = "", *, again: bool = False, detail: str = "") -> None:
        with self._database.transaction() as connection:
            done = connection.execute(
                "INSERT INTO deliveries VALUES (?, ?, ?, 'begun', ?, ?)"
                " ON CONFLICT DO UPDATE SET status = excluded.status, detail = excluded.detail,"
                " changed = excluded.changed WHERE status = '' OR ?",
                (target, f"{self._before}{edition}", recipient, detail[:_MAX_DETAIL], self._time(), again),
            ).rowcount
        if not done:
            raise PublishError(f"{target}: another process has begun the same delivery; nothing was sent twice")

    def end(self, target: str, edition: str, recipient: str = "", *, status: Status = "sent", detail: str = "") -> None:
        with self._database.transaction() as connection:
            done = connection.execute(
                "UPDATE deliveries SET status = ?, detail = ?, changed = ?"
                " WHERE target = ? AND edition = ? AND recipient = ?",
                (status, detail[:_MAX_DETAIL], self._time(), target, f"{self._before}{edition}", recipient),
            ).rowcount
        if not done:
            raise ValueError(f"{target}: a delivery ends that was never begun")

    def _time(self) -> str:
        return datetime.fromtimestamp(self._now(), UTC).isoformat(timespec="seconds")

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> SqliteJournal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
