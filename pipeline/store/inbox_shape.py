"""What of a damaged inbox is whole, and what is to be fetched again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import chain
from pathlib import Path

from pipeline.store import salvage, tally
from pipeline.store.database import Migrations
from pipeline.store.mended import Shape
from pipeline.store.salvage import Value
from pipeline.store.tally import Tallies, digest_of


def shape(migrations: Migrations, tallies: Tallies, document: str) -> Shape:
    """An inbox that can be mended.

    Args:
        document: the name of the tallies of single documents.
    """

    def sorter(path: Path) -> Callable[[tuple[Value, ...]], str | None]:
        """Documents are told by their tallies, entries seen by their looks."""
        digests = {row[2] for row in salvage.rows(path) if len(row) == 3 and row[0] == document}
        with closing(sqlite3.connect(":memory:")) as ours:
            for statement in chain.from_iterable(migrations):
                ours.execute(statement)
            columns = len(ours.execute("PRAGMA table_info(seen)").fetchall())

        def table_of(row: tuple[Value, ...]) -> str | None:
            if len(row) == columns and all(isinstance(value, str) for value in row):
                return "seen"
            return "documents" if isinstance(row[0], int) and digest_of(row) in digests else None

        return table_of

    return Shape(
        migrations=migrations,
        what="an inbox",
        functions={"fold": tally.fold},
        tables=("documents", "seen"),
        sorter=sorter,
        marks=(b"CREATE TABLE feeds (url TEXT PRIMARY KEY", b"CREATE TABLE documents (number INTEGER"),
        lost="the others are asked for again where a feed still has them",
        tallies=tallies,
        settle=forget_lost,
    )


def forget_lost(connection: sqlite3.Connection, feed: str | None = None) -> None:
    """What was seen and is not here is fetched again: it may be what was lost, and else it is known as old news."""
    connection.execute(
        "DELETE FROM seen WHERE feed = COALESCE(?, feed) AND (feed, key) NOT IN (SELECT feed, key FROM documents)",
        (feed,),
    )
