"""Taking care of the cache: what is in it, whether it is whole, and making room."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipeline.errors import ConfigError
from pipeline.store.cache import AGING, FUNCTIONS, MIGRATIONS, TABLES, checksum
from pipeline.store.database import Damaged, Database
from pipeline.store.uses import day

BUCKETS: Final = (1, 7, 30, 90, 365)
"""Days: an entry is counted with the first of these below which its last use lies."""
# Entries that one transaction deletes: a run that stores something meanwhile waits no longer than for these.
_AT_ONCE = 2000
# VACUUM writes the file once beside it and once into the log: https://www.sqlite.org/lang_vacuum.html
_COPIES = 2
# Less is not worth writing the file anew.
_WORTH = 1 << 20
_SAVED = (
    "the next run that meets them puts every whole entry into a new file, keeps this one beside it, and makes the"
    " others anew"
)


@dataclass(slots=True)
class Sum:
    """Entries and the bytes of their keys and values."""

    entries: int = 0
    bytes: int = 0

    def add(self, entries: int, size: int) -> None:
        self.entries += entries
        self.bytes += size


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in a cache."""

    files: dict[str, int]
    """Bytes by name: the database, its log, and copies and damaged files beside it."""
    kinds: dict[str, Sum]
    """By table, of results by stage and version: `results extract/4`; `results` alone are of nobody knows which."""
    ages: dict[str, Sum]
    """By days since the last use, below 1, 7 and so on, "more" and "unknown"."""
    oldest: str
    """Day (ISO 8601) of the first entry, "" where there is none."""
    lookups: dict[str, tuple[int, int]]
    """What the last run looked for and found, by kind."""
    room: int
    """Bytes that are free within the database."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What gc took out, or would take out."""

    stale: Sum = field(default_factory=Sum)
    """Results of stages whose code is another one now: nobody asks for them."""
    old: Sum = field(default_factory=Sum)
    """Not used for long."""
    given_back: int = 0
    """Bytes that the disk has again."""
    kept_room: str = ""
    """Why the file is as large as before, "" where it is not."""


def stats(path: Path, now: float) -> Stats:
    """Count what is in the cache.

    Args:
        now: seconds since 1970.

    Raises:
        ConfigError: it is no cache, or cannot be read.
    """
    today = day(now)
    kinds: dict[str, Sum] = {}
    ages = {**{str(bucket): Sum() for bucket in BUCKETS}, "more": Sum(), "unknown": Sum()}
    first: int | None = None
    with closing(opened(path)) as database, database.reading() as connection:
        for table in TABLES:
            for kind, used, made, entries, size in connection.execute(
                "SELECT COALESCE(kind, ''), used, MIN(made), COUNT(*),"
                f" SUM(LENGTH(CAST(key AS BLOB)) + LENGTH(CAST(value AS BLOB))) FROM {table}"
                f" LEFT JOIN uses ON entry = entry('{table}', key) GROUP BY 1, 2"
            ):
                kinds.setdefault(f"{table} {kind}".strip(), Sum()).add(entries, size)
                if table in AGING:
                    ages[_age(used, today)].add(entries, size)
                first = min((value for value in (first, made) if value is not None), default=None)
        lookups = {kind: (asked, found) for kind, asked, found in connection.execute("SELECT * FROM lookups")}
        room = _free(connection)
    files = {file.name: file.stat().st_size for file in sorted(path.parent.glob(f"{path.name}*"))}
    oldest = "" if first is None else _date(first)
    return Stats(files, dict(sorted(kinds.items())), ages, oldest, dict(sorted(lookups.items())), room)


def collect(
    path: Path, versions: Mapping[str, int], now: float, older_than: int | None = None, *, dry_run: bool = False
) -> Removed:
    """Remove what is of no use: results of stages with another version, and what was not used for long.

    A run may go on meanwhile: what it has read it has, and what it asks for later is made anew.

    Args:
        versions: of each stage, as its code is now.
        now: seconds since 1970.
        older_than: days; None: however old.

    Raises:
        ConfigError: it is no cache, or cannot be written.
    """
    before = None if older_than is None else day(now) - older_than
    stale, old = Sum(), Sum()
    with closing(opened(path)) as database:
        for table in AGING:
            with database.reading() as connection:
                _choose(connection, table, versions, before)
                for which, entries, size in connection.execute(
                    "SELECT which, COUNT(*), SUM(size) FROM going GROUP BY 1"
                ):
                    (stale if which == "stale" else old).add(entries, size)
            if not dry_run:
                _note_unknown(database, table, day(now))
                _remove(database, table, before)
        if dry_run:
            return Removed(stale, old)
        with database.transaction() as connection:
            entries_there = " UNION ALL ".join(f"SELECT entry('{table}', key) FROM {table}" for table in AGING)
            connection.execute(f"DELETE FROM uses WHERE entry NOT IN ({entries_there})")
    given_back, kept_room = _shrink(path)
    return Removed(stale, old, given_back, kept_room)


def verify(path: Path) -> tuple[int, list[str]]:
    """The number of entries in a cache, and what is damaged, a sentence each that says what becomes of it.

    Nothing is mended.

    Raises:
        ConfigError: it is no cache, or of a later version, or cannot be read for another reason than damage.
    """
    found: list[str] = []
    entries = 0
    try:
        with closing(opened(path)) as database:
            if not database.is_sound:
                found.append(f"{path}: pages are damaged; {_SAVED}")
            for table in TABLES:
                damaged = 0
                with database.reading() as connection:
                    for key, value, seal in connection.execute(f"SELECT key, value, checksum FROM {table}"):
                        entries += 1
                        damaged += seal != checksum(table, str(key), str(value))
                if damaged:
                    are = "1 entry is" if damaged == 1 else f"{damaged} entries are"
                    found.append(f"{path}: {are} damaged in {table}; the next run that needs one makes it anew")
    except Damaged:
        found = [f"{path}: cannot be read as a database any more; {_SAVED}"]
    return entries, found


def opened(path: Path) -> Database:
    if not path.exists():
        raise ConfigError(f"{path}: there is no cache yet; `worldbrief run` makes one")
    return Database(path, MIGRATIONS, "a cache", FUNCTIONS)


def _age(used: int | None, today: int) -> str:
    if used is None:
        return "unknown"
    return next((str(bucket) for bucket in BUCKETS if today - used < bucket), "more")


def _date(number: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(number * 86_400))


def _choose(connection: sqlite3.Connection, table: str, versions: Mapping[str, int], before: int | None) -> None:
    """Fill the table `going` with the keys that go, why, and their sizes."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS going (key TEXT, which TEXT, size INTEGER, place INTEGER PRIMARY KEY)"
    )
    connection.execute("DELETE FROM going")
    current = [f"{stage}/{version}" for stage, version in versions.items()]
    stale = f"kind NOT IN ('', {', '.join('?' * len(current))})"
    old = "used < ?" if before is not None else "0"
    values = [*current, *([before] if before is not None else [])]
    connection.execute(
        f"INSERT INTO going (key, which, size) SELECT key, CASE WHEN {stale} THEN 'stale' ELSE 'old' END,"
        f" LENGTH(CAST(key AS BLOB)) + LENGTH(CAST(value AS BLOB)) FROM {table}"
        f" JOIN uses ON entry = entry('{table}', key) WHERE {stale} OR {old}",
        [*current, *values],
    )


def _note_unknown(database: Database, table: str, today: int) -> None:
    """From today on it is known when these were used."""
    with database.transaction() as connection:
        connection.execute(
            f"INSERT OR IGNORE INTO uses SELECT entry('{table}', key), '', ?, ? FROM {table}", (today, today)
        )


def _remove(database: Database, table: str, before: int | None) -> None:
    """Delete what is in `going`, but for what a run has used since it was chosen."""
    with database.reading() as connection:
        last = connection.execute("SELECT COALESCE(MAX(place), 0) FROM going").fetchone()[0]
    for start in range(1, last + 1, _AT_ONCE):
        with database.transaction() as connection:
            connection.execute(
                f"DELETE FROM {table} WHERE key IN (SELECT key FROM going WHERE place BETWEEN ? AND ?"
                " AND (which = 'stale' OR EXISTS"
                f" (SELECT 1 FROM uses WHERE entry = entry('{table}', going.key) AND used < ?)))",
                (start, start + _AT_ONCE - 1, before),
            )


def _free(connection: sqlite3.Connection) -> int:
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_size"))
    return int(pages * size)


def _shrink(path: Path) -> tuple[int, str]:
    """Write the file anew without what is free in it: bytes given back, and why there are none."""
    held = _size(path)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            room = _free(connection)
            if room < min(_WORTH, held // 4):
                return 0, ""
            need = _COPIES * (held - room)
            if shutil.disk_usage(path.parent).free < need:
                return 0, f"giving back {room:,} bytes takes {need:,} bytes of free disk; the cache fills them first"
            # Only where no other process has it open: one would wait for as long as the writing takes.
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            code = error.sqlite_errorcode & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return 0, f"{room:,} bytes within the file are given back by the next gc while nothing else uses it"
            if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                return 0, f"there is no room to write the file anew ({error}); the cache fills what is free in it first"
            raise ConfigError(f"{path}: cannot be written anew ({error}); what was removed is removed") from None
    return max(held - _size(path), 0), ""


def _size(path: Path) -> int:
    return sum(file.stat().st_size for suffix in ("", "-wal") if (file := path.with_name(path.name + suffix)).exists())
