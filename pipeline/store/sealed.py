"""Databases that cannot be made anew: a seal tells whether they are as they were left, and a copy stands beside them.

What an earlier issue told is known only here. A disk that forgets must not make old news new without a word: the seal,
a digest of all rows, is written with every change, and the copy after it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from filelock import FileLock

from pipeline.errors import ConfigError
from pipeline.store.database import Damaged, Database, Foreign, Migrations

# The last statement of a version from which on there are seals.
SEAL = "CREATE TABLE seal (digest BLOB NOT NULL)"
# Every SQLite file has this in its first bytes; a file that neither has it nor a table of ours was never one.
_MAGIC = b"SQLite format 3\0"


def opened(path: Path, migrations: Migrations, what: str, tables: tuple[str, ...]) -> tuple[Database, str]:
    """The database as it was left; where it is damaged, its copy in its place, and a sentence that says so, else "".

    Args:
        tables: those that the seal is over; each has a rowid.

    Raises:
        ConfigError: as `Database`; also where it is damaged and there is no sound copy.
    """
    try:
        return _sound(path, migrations, what, tables), ""
    except (Damaged, Foreign) as error:
        if isinstance(error, Foreign) and not _was_ours(path, tables):
            raise
    with FileLock(f"{path}.lock"):
        # Another process may have been quicker.
        with suppress(Damaged, Foreign):
            return _sound(path, migrations, what, tables), ""
        copy = path.with_name(f"{path.name}.bak")
        try:
            _sound(copy, migrations, what, tables).close() if copy.exists() else None
        except (Damaged, Foreign):
            copy.unlink()
        if not copy.exists():
            raise ConfigError(
                f"{path}: is damaged, and there is no sound copy of it; put one of your own in its place, or move it"
                " away: the next issue then takes articles of earlier ones for new"
            )
        kept = set_aside(path)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(copy.read_bytes())
        os.replace(part, path)
        note = (
            f"{path}: was damaged; it is again as its copy {copy.name} had it, after the last issue that was finished"
            f" undamaged, and the damaged file is kept as {kept.name}"
        )
        return _sound(path, migrations, what, tables), note


def verify(path: Path, migrations: Migrations, what: str, tables: tuple[str, ...]) -> list[str]:
    """What is damaged, a sentence that says what `opened` does about it; nothing is mended.

    Raises:
        ConfigError: as `opened`, but for damage.
    """
    try:
        _sound(path, migrations, what, tables).close()
    except (Damaged, Foreign) as error:
        if isinstance(error, Foreign) and not _was_ours(path, tables):
            raise
        copy = path.with_name(f"{path.name}.bak")
        try:
            if copy.exists():
                _sound(copy, migrations, what, tables).close()
                return [f"{path}: is damaged; the next run puts its copy {copy.name} in its place, and keeps this one"]
        except (Damaged, Foreign):
            pass
        return [f"{path}: is damaged, and there is no sound copy: the next run stops; put one of your own in its place"]
    return []


def seal(connection: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Write the seal over the rows as they are now; called in the transaction that changes them."""
    connection.execute("DELETE FROM seal")
    connection.execute("INSERT INTO seal VALUES (?)", (_digest(connection, tables),))


def keep_copy(path: Path) -> None:
    """Put a copy beside the database, whole or as it was before.

    Raises:
        OSError, sqlite3.Error: there is no room, or no right.
    """
    part = path.with_name(f"{path.name}.bak.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
            copy.execute("PRAGMA journal_mode=OFF")
            source.backup(copy)
        os.replace(part, path.with_name(f"{path.name}.bak"))
    finally:
        part.unlink(missing_ok=True)


def set_aside(path: Path) -> Path:
    """Rename a damaged file to `<name>.damaged-N`, and remove its log: what is to stand in its place has its own."""
    for number in count(1):
        kept = path.with_name(f"{path.name}.damaged-{number}")
        if not kept.exists():
            break
    os.replace(path, kept)
    for suffix in ("-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
    return kept


def _sound(path: Path, migrations: Migrations, what: str, tables: tuple[str, ...]) -> Database:
    database = Database(path, migrations, what)
    try:
        with database.transaction() as connection:  # a damaged header may forbid to write
            connection.execute("UPDATE seal SET digest = digest")
        with database.reading() as connection:
            sealed = [row[0] for row in connection.execute("SELECT digest FROM seal")]
            if sealed and (not database.is_sound or sealed != [_digest(connection, tables)]):
                raise Damaged(f"{path}: is not as it was left")
    except BaseException:
        database.close()
        raise
    return database


def _digest(connection: sqlite3.Connection, tables: Iterable[str]) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for table in tables:
        for row in connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid"):
            found.update(repr((table, *row)).encode("utf-8", "surrogateescape"))
    return found.digest()


def _was_ours(path: Path, tables: Iterable[str]) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
    except OSError:
        return False
    return head.startswith(_MAGIC) and any(f"CREATE TABLE {table} (".encode() in head for table in tables)
