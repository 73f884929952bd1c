"""Which article appeared in which issue: the memory that keeps yesterday's news out of today's digest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pipeline.database import Database

SCHEMA = 1
_TABLE = (
    "CREATE TABLE appearances (article TEXT, issue TEXT, revision TEXT, status TEXT,"
    " number INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (article, issue))"
)

Placement = Literal["new", "update", "known", "duplicate"]
"""new: first seen in this issue. update: an earlier issue has it with another text. known: an earlier issue has this
very text. duplicate: this issue has it already."""


class State:
    """The state database. An article belongs to the first issue it appears in; a changed text makes an update.

    Raises:
        ConfigError: the file is no state database of this version, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, SCHEMA, [_TABLE], "the state database")

    def begin(self, issue: str) -> None:
        """Start building `issue`; `place` then takes articles, `finish` remembers them."""
        self._issue = issue
        # On disk like everything else: a run's memory must not grow with the number of its articles.
        self._execute("CREATE TEMP TABLE IF NOT EXISTS building (article TEXT PRIMARY KEY, revision TEXT, status TEXT)")
        self._execute("DELETE FROM building")

    def place(self, article: str, revision: str, *, keep_known: bool = False) -> Placement:
        """What the article is to the issue being built.

        Building an issue again gives the same answer: what later issues hold does not count against an earlier one.
        `keep_known` takes articles of earlier issues in as well.
        """
        if self._execute("SELECT 1 FROM building WHERE article = ?", (article,)):
            return "duplicate"
        placement = self._compare(article, revision)
        if placement == "known" and not keep_known:
            return "known"
        self._execute("INSERT INTO building VALUES (?, ?, ?)", (article, revision, placement))
        return "new" if placement == "known" else placement

    def withdraw(self, article: str) -> None:
        """The article failed after it was placed: it has not appeared and may be in a later issue."""
        self._execute("DELETE FROM building WHERE article = ?", (article,))

    def _compare(self, article: str, revision: str) -> Placement:
        before: list[str] = []
        rows = self._execute(
            "SELECT issue, revision, status FROM appearances WHERE article = ? ORDER BY number", (article,)
        )
        for issue, had, status in rows:
            if issue == self._issue:
                if had == revision:
                    return "update" if status == "update" else "new"
                break
            before.append(had)
        if not before:
            return "new"
        return "known" if revision in before else "update"

    def finish(self) -> None:
        """Remember the issue just built, all or nothing. Articles known from earlier issues stay theirs."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO appearances (article, issue, revision, status)"
                " SELECT article, ?, revision, status FROM building WHERE status != 'known'"
                " ON CONFLICT (article, issue) DO UPDATE SET revision = excluded.revision, status = excluded.status",
                (self._issue,),
            )

    def _execute(self, statement: str, values: Sequence[str] = ()) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(statement, values).fetchall()

    def close(self) -> None:
        self._database.close()
