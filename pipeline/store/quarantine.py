"""What was refused or failed: which document, where, why, since when, and what the user has said about it.

A row is a document by its content, not by its name. It has a checksum, as a result in the cache has: what a disk has
damaged is forgotten and said, and costs no more than that its document is tried once again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal

from pipeline.store.database import Damaged, Database, chunks
from pipeline.store.mended import Mended, Shape
from pipeline.store.salvage import Value

MIGRATIONS = (
    (
        "CREATE TABLE entries (key TEXT PRIMARY KEY, source TEXT NOT NULL, stage TEXT NOT NULL,"
        " last_seen TEXT NOT NULL, value TEXT NOT NULL, checksum BLOB) WITHOUT ROWID",
        "CREATE INDEX entries_source ON entries (source)",
    ),
)

Mark = Literal["", "retry", "dropped"]
"""What the user has said: nothing, that it is to be tried again, or that he does not want to hear of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One document. Times are as the runs told them, ISO 8601."""

    key: str
    """Of the content, and of all else that the error depends on."""
    source: str
    """Where it was found the last time."""
    stage: str
    article: str = ""
    """Its id, as in articles.jsonl; where it has none, made from the source in the same way."""
    status: str = "failed"
    kind: str = ""
    message: str = ""
    begins: str = ""
    """The beginning of its text, as text."""
    first_seen: str = ""
    last_seen: str = ""
    last_tried: str = ""
    tries: int = 1
    mark: Mark = ""


_COLUMNS: Final = ("key", "source", "stage", "last_seen")
_IN_VALUE: Final = tuple(field.name for field in fields(Entry) if field.name not in _COLUMNS)
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)}, value, checksum FROM entries"


def _checksum(texts: Sequence[Value]) -> bytes:
    joined = "\0".join(map(str, texts))
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _is_whole(row: Sequence[Value]) -> bool:
    return len(row) == len(_COLUMNS) + 2 and row[-1] == _checksum(row[:-1])


_SHAPE: Final = Shape(
    migrations=MIGRATIONS,
    what="a quarantine",
    functions={},
    tables=("entries",),
    table_of=lambda row: "entries" if _is_whole(row) else None,
    marks=(b"CREATE TABLE entries (key TEXT PRIMARY KEY, source",),
    lost="the documents of the others are tried again",
)


def verify(path: Path) -> tuple[int, list[str]]:
    """The number of entries, and what is damaged, in words that say what becomes of it; nothing is mended.

    Raises:
        ConfigError: it is no quarantine, or of a later version.
    """
    try:
        with closing(Quarantine(path, read_only=True)) as quarantine:
            entries = len(quarantine.entries())
            return entries, quarantine.notes
    except Damaged:
        return 0, [f"{path}: is damaged; the next run keeps what is whole, and tries the rest again"]


class Quarantine:
    """The database; safe for several processes.

    Args:
        read_only: nothing in the file is changed.

    Raises:
        ConfigError: the file is no quarantine or of a later version, or its folder cannot be written; also later.
        Damaged: of one that is only read, SQLite cannot read the file; also later.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._file = Mended(path, _SHAPE, read_only=read_only)
        self._damaged = 0

    @property
    def notes(self) -> list[str]:
        """What the user is to know of the state of the file."""
        entries = "1 entry was" if self._damaged == 1 else f"{self._damaged} entries were"
        forgotten = "" if self._read_only else " and forgotten"
        told = f"{self._path}: {entries} damaged{forgotten}; what it was about is tried again"
        return [*self._file.notes, *([told] if self._damaged else [])]

    def places(self) -> dict[str, tuple[str, str]]:
        """Key -> source and stage, of all."""

        def read(database: Database) -> dict[str, tuple[str, str]]:
            with database.reading() as connection:
                rows = connection.execute("SELECT key, source, stage FROM entries")
                return {key: (source, stage) for key, source, stage in rows}

        return self._file.act(read)

    def entries(self) -> list[Entry]:
        """All, those that were seen last first."""

        def read(database: Database) -> list[Entry]:
            with database.reading() as connection:
                return self._sound(connection, connection.execute(_SELECT))

        return sorted(self._file.act(read), key=lambda entry: (entry.last_seen, entry.source), reverse=True)

    def get(self, keys: Sequence[str]) -> dict[str, Entry]:
        """Those that are there, by key."""

        def read(database: Database) -> dict[str, Entry]:
            with database.reading() as connection:
                return {entry.key: entry for entry in self._by("key", connection, keys)}

        return self._file.act(read)

    def record(self, failures: Sequence[Entry]) -> list[Entry]:
        """Put in what was tried now and was refused or failed; gives the entries as they are from now on.

        The same content keeps its history, and was tried once more. Another content of the same source takes the place
        of the earlier one, and is dropped as that was where it ends with the same error.
        """

        def write(database: Database) -> list[Entry]:
            with database.transaction() as connection:
                before = {entry.key: entry for entry in self._by("key", connection, [one.key for one in failures])}
                replaced = self._by("source", connection, [one.source for one in failures])
                now = {one.key for one in failures}
                gone = [entry for entry in replaced if entry.key not in now]
                dropped = {(entry.source, entry.stage, entry.kind) for entry in gone if entry.mark == "dropped"}
                made = []
                for one in failures:
                    earlier = before.get(one.key)
                    keeps = bool(earlier and earlier.mark == "dropped")
                    keeps |= (one.source, one.stage, one.kind) in dropped
                    made.append(
                        replace(
                            one,
                            first_seen=earlier.first_seen if earlier else one.first_seen,
                            tries=earlier.tries + 1 if earlier else 1,
                            mark="dropped" if keeps else "",
                        )
                    )
                _delete(connection, [entry.key for entry in gone])
                _put(connection, made)
                return made

        return self._file.act(write)

    def meet(self, sources: Mapping[str, str], when: str) -> None:
        """Documents were found again, under these sources (by key), and were not tried."""

        def write(database: Database) -> None:
            with database.transaction() as connection:
                found = self._by("key", connection, list(sources))
                _put(connection, [replace(entry, source=sources[entry.key], last_seen=when) for entry in found])

        self._file.act(write)

    def mark(self, keys: Collection[str], mark: Mark) -> None:
        """What the user says of these."""

        def write(database: Database) -> None:
            with database.transaction() as connection:
                _put(connection, [replace(entry, mark=mark) for entry in self._by("key", connection, list(keys))])

        self._file.act(write)

    def forget(self, keys: Collection[str]) -> None:
        """They are in order, or are no concern any more."""

        def write(database: Database) -> None:
            with database.transaction() as connection:
                _delete(connection, keys)

        self._file.act(write)

    def expire(self, now: str, days: int) -> None:
        """Forget what was not seen for so many days before a time; what the user has dropped stays."""

        def write(database: Database) -> None:
            with database.transaction() as connection:
                asked = f"{_SELECT} WHERE date(last_seen) < date(?, ?)"
                old = self._sound(connection, connection.execute(asked, (now, f"-{days} days")))
                _delete(connection, [entry.key for entry in old if entry.mark != "dropped"])

        self._file.act(write)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Quarantine:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _by(self, column: str, connection: sqlite3.Connection, values: Sequence[str]) -> list[Entry]:
        found: list[Entry] = []
        for part in chunks(list(dict.fromkeys(values))):
            marks = ",".join("?" * len(part))
            found += self._sound(connection, connection.execute(f"{_SELECT} WHERE {column} IN ({marks})", part))
        return found

    def _sound(self, connection: sqlite3.Connection, rows: Iterable[Any]) -> list[Entry]:
        """The entries of rows whose checksum holds; the others are forgotten."""
        found, torn = [], []
        for row in rows:
            if _is_whole(row):
                *columns, value, _ = row
                found.append(Entry(**dict(zip(_COLUMNS, columns, strict=True)), **json.loads(value)))
            else:
                torn.append(row[0])
        self._damaged += len(torn)
        if not self._read_only:
            _delete(connection, torn)
        return found


def _put(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?)", map(_row, entries))


def _delete(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    # A damaged key need not be text any more.
    texts = [(key.encode("utf-8", "surrogateescape"),) for key in keys]
    connection.executemany("DELETE FROM entries WHERE key = CAST(? AS TEXT)", texts)


def _row(entry: Entry) -> tuple[Value, ...]:
    texts = *(getattr(entry, name) for name in _COLUMNS), json.dumps({name: getattr(entry, name) for name in _IN_VALUE})
    return *texts, _checksum(texts)
