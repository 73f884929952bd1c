"""Telling that rows were lost or changed, in tables that are too large for one seal over all of them.

A digest of each row is put into the tally of its scope, by exclusive or, when the row comes, and taken out in the same
way when it goes. So a tally costs the same however many rows there are, and a scope is whole if its rows make its
tally. SQLite does it with every statement that changes a row, whoever wrote the statement: by triggers that a
connection makes for itself from the columns that the tables have now.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

CREATE: Final = (
    "CREATE TABLE tallies (name TEXT, scope TEXT, digest INTEGER NOT NULL, PRIMARY KEY (name, scope)) WITHOUT ROWID"
)
"""The statement of a migration; what is in the tables already is counted when it has run."""


def fold(*values: bytes | None) -> int:
    """64 bits, with a sign, of the columns of a row as bytes."""
    digest = hashlib.blake2b(digest_size=8)
    for value in values:
        digest.update(b"-" if value is None else b"%d:" % len(value))
        digest.update(value or b"")
    return int.from_bytes(digest.digest(), "big", signed=True)


@dataclass(frozen=True, slots=True)
class Scope:
    """Rows of a table that are told to be whole together: those of which columns, joined by line breaks, are equal.

    indexed: the columns are those of an index, which leads to the rows but is not asked what stands in them.
    """

    name: str
    table: str
    columns: tuple[str, ...] = ()
    indexed: bool = False

    def of(self, row: str) -> str:
        """As SQL, of a row of this name."""
        return " || char(10) || ".join(f"CAST({row}.{column} AS TEXT)" for column in self.columns) or "''"


class Tallies:
    """The tallies of a database, whose migrations have `CREATE`, and whose functions `fold`."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self._scopes = tuple(scopes)

    def watch(self, connection: sqlite3.Connection) -> None:
        """Keep the tallies up to date with what this connection writes."""
        # Without it, what INSERT OR REPLACE replaces goes unnoticed: https://www.sqlite.org/lang_conflict.html
        connection.execute("PRAGMA recursive_triggers=ON")
        for number, scope in enumerate(self._scopes):
            for event, rows in (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "OLD NEW")):
                connection.execute(f"DROP TRIGGER IF EXISTS temp.tally_{number}_{event}")
                body = "".join(self._change(connection, scope, row) for row in rows.split())
                connection.execute(
                    f"CREATE TEMP TRIGGER tally_{number}_{event} AFTER {event} ON main.{scope.table} BEGIN {body} END"
                )

    def recount(self, connection: sqlite3.Connection) -> None:
        """Take the rows as they are for whole; in a transaction of the caller's."""
        connection.execute("DELETE FROM tallies")
        for scope in self._scopes:
            for value, digest in self.found(connection, scope).items():
                if digest:
                    connection.execute("INSERT INTO tallies VALUES (?, ?, ?)", (scope.name, value, digest))

    def broken(self, connection: sqlite3.Connection, scope: Scope, only: str | None = None) -> set[str]:
        """The scopes that are not whole: of all, or whether this one is."""
        chosen, values = ("", ()) if only is None else (" AND scope = ?", (only,))
        rows = connection.execute(f"SELECT scope, digest FROM tallies WHERE name = ?{chosen}", (scope.name, *values))
        tallies = dict(rows.fetchall())
        found = self.found(connection, scope, only)
        return {value for value in {*tallies, *found} if tallies.get(value, 0) != found.get(value, 0)}

    def holds(self, connection: sqlite3.Connection, scope: Scope, value: str) -> bool:
        """Whether there is to be a row."""
        asked = "SELECT 1 FROM tallies WHERE name = ? AND scope = ?"
        return connection.execute(asked, (scope.name, value)).fetchone() is not None

    def settle(self, connection: sqlite3.Connection, scope: Scope, value: str) -> None:
        """Take the rows of one scope as they are for whole; in a transaction of the caller's."""
        connection.execute("DELETE FROM tallies WHERE name = ? AND scope = ?", (scope.name, value))
        for digest in self.found(connection, scope, value).values():
            connection.execute("INSERT OR REPLACE INTO tallies VALUES (?, ?, ?)", (scope.name, value, digest))

    def found(self, connection: sqlite3.Connection, scope: Scope, only: str | None = None) -> dict[str, int]:
        """What the rows that are there make."""
        # By its columns, which an index may know.
        chosen = " AND ".join(f"{column} = ?" for column in scope.columns) if only is not None else ""
        values = only.split("\n") if only and chosen else []
        if chosen and scope.indexed:
            # SQLite reads from the index what it has of a row, where both are at hand.
            chosen = f"rowid IN (SELECT rowid FROM {scope.table} WHERE {chosen})"
        found: dict[str, int] = {}
        digest_of_row = _fold(connection, scope.table, scope.table)
        for value, digest in connection.execute(
            f"SELECT {scope.of(scope.table)}, {digest_of_row} FROM {scope.table} WHERE {chosen or 1}", values
        ):
            found[value] = found.get(value, 0) ^ digest
        return found

    def _change(self, connection: sqlite3.Connection, scope: Scope, row: str) -> str:
        # No statement here may meet a conflict: the one that made the trigger fire would decide what is done about it.
        where = f"name = '{scope.name}' AND scope = {scope.of(row)}"
        digest = _fold(connection, scope.table, row)
        return (
            f"INSERT INTO tallies SELECT '{scope.name}', {scope.of(row)}, 0"
            f" WHERE NOT EXISTS (SELECT 1 FROM tallies WHERE {where});"
            f" UPDATE tallies SET digest = (digest | {digest}) & ~(digest & {digest}) WHERE {where};"
            f" DELETE FROM tallies WHERE {where} AND digest = 0;"
        )


def digest_of(values: Iterable[object]) -> int:
    """The digest of a row that was read elsewhere; of texts, bytes, whole numbers and None."""
    return fold(
        *(
            value
            if isinstance(value, bytes)
            else None
            if value is None
            else str(value).encode("utf-8", "surrogateescape")
            for value in values
        )
    )


def _fold(connection: sqlite3.Connection, table: str, row: str) -> str:
    names = [name for _, name, *_ in connection.execute(f"PRAGMA main.table_info({table})")]
    # As bytes: a damaged text need not be one.
    return f"fold({', '.join(f'CAST({row}.{name} AS BLOB)' for name in names)})"
