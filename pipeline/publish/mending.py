"""What a disk has damaged of the journal: what is whole of it and of its copy is joined, and what is lost is known.

Whoever is not known to have had an issue would be sent it again. So where lines of a delivery are lost, nobody may take
what is not there for never sent.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from pipeline.errors import ConfigError
from pipeline.store import salvage, tally
from pipeline.store.database import Damaged, Database, Foreign, Migrations
from pipeline.store.mended import Shape
from pipeline.store.salvage import Value
from pipeline.store.tally import Scope, Tallies, digest_of

WHAT: Final = "the journal of what was sent"
LINE: Final = Scope("line", "deliveries", ("target", "edition", "recipient"))
EDITION: Final = Scope("edition", "deliveries", ("target", "edition"))
TALLIES: Final = Tallies((LINE, EDITION))
FUNCTIONS: Final = {"fold": tally.fold}
LOST: Final = (
    "CREATE TABLE lost (target TEXT, edition TEXT, found TEXT NOT NULL, PRIMARY KEY (target, edition)) WITHOUT ROWID"
)
_COLUMNS: Final = 6
Line = tuple[str, ...]


def shape(path: Path, migrations: Migrations, time: Callable[[], str]) -> Shape:
    """A journal that can be mended.

    Args:
        time: now, as it is written down.
    """

    def sorter(damaged: Path) -> Callable[[tuple[Value, ...]], str | None]:
        digests = {row[2] for row in _tallies(damaged) if row[0] == LINE.name}

        def table_of(row: tuple[Value, ...]) -> str | None:
            return "deliveries" if len(row) == _COLUMNS and digest_of(row) in digests else None

        return table_of

    def settle(connection: sqlite3.Connection) -> None:
        wanted: dict[str, set[int]] = {}
        for name, scope, digest in _tallies(path):
            if name == EDITION.name:
                wanted.setdefault(scope, set()).add(digest)
        if not wanted:
            raise ConfigError(
                f"{path}: is damaged, and nothing in it can be read; nothing was sent. Put {copy_of(path).name} or a"
                " copy of your own in its place, if nothing was sent since; or move it away: then all counts as never"
                " sent"
            )
        add(connection, copied(path, migrations))
        found = TALLIES.found(connection, EDITION)
        for scope, digests in wanted.items():
            if found.get(scope, 0) not in digests:
                mark_lost(connection, scope, time())

    return Shape(
        migrations=migrations,
        what=WHAT,
        functions=FUNCTIONS,
        tables=("deliveries",),
        sorter=sorter,
        marks=(b"CREATE TABLE deliveries (target",),
        lost="with its copy",
        tallies=TALLIES,
        settle=settle,
    )


def copy_of(path: Path) -> Path:
    """Where the copy of a journal is."""
    return path.with_name(f"{path.name}.bak")


def copied(path: Path, migrations: Migrations, edition: str | None = None) -> list[Line]:
    """The whole lines of the copy of a journal, of one edition or all; none where there is no sound copy."""
    copy = copy_of(path)
    if not copy.is_file():
        return []
    try:
        with (
            closing(Database(copy, migrations, WHAT, FUNCTIONS, TALLIES)) as database,
            database.reading() as connection,
        ):
            return list(whole(connection, edition))
    except (Damaged, Foreign):
        return []


def whole(connection: sqlite3.Connection, edition: str | None = None) -> Iterator[Line]:
    """The lines that are as they were written."""
    chosen, values = ("1", []) if edition is None else ("target = ? AND edition = ?", edition.split("\n"))
    digests = {digest for (digest,) in connection.execute("SELECT digest FROM tallies WHERE name = ?", (LINE.name,))}
    for row in connection.execute(f"SELECT * FROM deliveries WHERE {chosen}", values).fetchall():
        if digest_of(row) in digests:
            yield row


def add(connection: sqlite3.Connection, lines: Iterable[Line]) -> None:
    """Add the lines that are missing."""
    connection.executemany(f"INSERT OR IGNORE INTO deliveries VALUES ({','.join('?' * _COLUMNS)})", lines)


def mark_lost(connection: sqlite3.Connection, edition: str, time: str) -> None:
    """From now on, what is not known of an edition may have been sent."""
    connection.execute("INSERT OR IGNORE INTO lost VALUES (?, ?, ?)", (*edition.split("\n"), time))


def mend(database: Database, path: Path, migrations: Migrations, edition: str, time: str) -> bool:
    """Put an edition together from its whole lines and those of the copy; whether all of it is there again."""
    with database.transaction() as connection:
        asked = "SELECT digest FROM tallies WHERE name = ? AND scope = ?"
        wanted = connection.execute(asked, (EDITION.name, edition)).fetchone()
        lines = list(whole(connection, edition))
        target, issue = edition.split("\n")
        connection.execute("DELETE FROM deliveries WHERE target = ? AND edition = ?", (target, issue))
        connection.execute(
            "DELETE FROM tallies WHERE (name = ? AND scope = ?) OR (name = ? AND substr(scope, 1, ?) = ?)",
            (EDITION.name, edition, LINE.name, len(edition) + 1, f"{edition}\n"),
        )
        add(connection, lines)
        add(connection, copied(path, migrations, edition))
        is_whole = wanted is not None and TALLIES.found(connection, EDITION, edition).get(edition, 0) == wanted[0]
        if not is_whole:
            mark_lost(connection, edition, time)
    return is_whole


def _tallies(path: Path) -> Iterator[tuple[str, str, int]]:
    for row in salvage.rows(path):
        match row:
            case (str(name), str(scope), int(digest)) if name in (LINE.name, EDITION.name):
                yield name, scope, digest
