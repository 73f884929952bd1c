"""Which article appeared in which issue: the memory that keeps yesterday's news out of today's digest."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

from pipeline.errors import ConfigError

SCHEMA = 1


Placement = Literal["new", "update", "known", "duplicate"]
"""new: first seen in this issue. update: an earlier issue has it with another text. known: an earlier issue has this
very text. duplicate: this issue has it already."""


class State:
    """The state database. An article belongs to the first issue it appears in; a changed text makes an update.

    Raises:
        ConfigError: the file is no state database of this version, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version not in (0, SCHEMA):
                raise ConfigError(
                    f"{path}: was written by another version of worldbrief; delete it or choose another folder"
                )
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS appearances (article TEXT, issue TEXT, revision TEXT, status TEXT,"
                " number INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (article, issue))"
            )
            self._db.execute(f"PRAGMA user_version = {SCHEMA}")
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"{path}: cannot be used as the state database ({error})") from None

    def begin(self, issue: str) -> None:
        """Start building `issue`; `place` then takes articles, `finish` remembers them."""
        self._issue = issue
        # On disk like everything else: a run's memory must not grow with the number of its articles.
        self._db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS building (article TEXT PRIMARY KEY, revision TEXT, status TEXT)"
        )
        self._db.execute("DELETE FROM building")

    def place(self, article: str, revision: str, *, keep_known: bool = False) -> Placement:
        """What the article is to the issue being built.

        Building an issue again gives the same answer: what later issues hold does not count against an earlier one.
        `keep_known` takes articles of earlier issues in as well.
        """
        if self._db.execute("SELECT 1 FROM building WHERE article = ?", (article,)).fetchone():
            return "duplicate"
        placement = self._compare(article, revision)
        if placement == "known" and not keep_known:
            return "known"
        self._db.execute("INSERT INTO building VALUES (?, ?, ?)", (article, revision, placement))
        return "new" if placement == "known" else placement

    def withdraw(self, article: str) -> None:
        """The article failed after it was placed: it has not appeared and may be in a later issue."""
        self._db.execute("DELETE FROM building WHERE article = ?", (article,))

    def _compare(self, article: str, revision: str) -> Placement:
        before: list[str] = []
        rows = self._db.execute(
            "SELECT issue, revision, status FROM appearances WHERE article = ? ORDER BY number", (article,)
        ).fetchall()
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
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute(
                "INSERT INTO appearances (article, issue, revision, status)"
                " SELECT article, ?, revision, status FROM building WHERE status != 'known'"
                " ON CONFLICT (article, issue) DO UPDATE SET revision = excluded.revision, status = excluded.status",
                (self._issue,),
            )
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()
