"""Which article appeared in which issue, and what names it taught us: the memory from one issue to the next.

It keeps yesterday's news out of today's digest, and, where `names.memory` is set, gives today's articles the names of
yesterday's. Building an issue again gives the same result, since an issue sees only the issues before it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from pipeline.store import sealed
from pipeline.store import sources as of_sources
from pipeline.store.database import chunks
from pipeline.store.sources import Sources

_APPEARANCES = (
    "CREATE TABLE appearances (article TEXT, issue TEXT, revision TEXT, status TEXT,"
    " number INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (article, issue))"
)
_ISSUES = "CREATE TABLE issues (issue TEXT UNIQUE, number INTEGER PRIMARY KEY AUTOINCREMENT)"
# Issues count in the order they were first built; so did the rows of what appeared in them.
_EARLIER_ISSUES = "INSERT INTO issues (issue) SELECT issue FROM appearances GROUP BY issue ORDER BY MIN(number)"
_NAMES = (
    "CREATE TABLE names (issue TEXT, article TEXT, language TEXT, source TEXT, english TEXT,"
    " UNIQUE (issue, article, language, source))"
)
_OUTLETS = "CREATE TABLE outlets (issue TEXT, outlet TEXT, articles INTEGER, UNIQUE (issue, outlet))"
# Traces of the sentences that an issue had of an article: by them a later text of it is held against what was told.
_TOLD = (
    "CREATE TABLE told (article TEXT, issue TEXT, sentences BLOB NOT NULL, number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " UNIQUE (article, issue))"
)
# Of so many articles, the last ones: some megabytes.
_MOST_TOLD = 20_000
MIGRATIONS = (
    (_APPEARANCES,), (_ISSUES, _EARLIER_ISSUES, _NAMES), (_OUTLETS,), (sealed.SEAL,), (_TOLD,), of_sources.TABLES,
)  # fmt: skip
_SEALED = ("issues", "appearances", "names", "outlets", "told")

Placement = Literal["new", "update", "known", "duplicate"]
"""new: first seen in this issue. update: an earlier issue has it with another text. known: an earlier issue has this
very text. duplicate: this issue has it already."""


def verify(path: Path) -> list[str]:
    """What is damaged in a state database, and what becomes of it; nothing is mended.

    Raises:
        ConfigError: it is none, or of a later version, or cannot be brought up or written.
    """
    return sealed.verify(path, MIGRATIONS, "the state database", _SEALED)


class State:
    """The state database. An article belongs to the first issue it appears in; a changed text makes an update.

    A file that is damaged is replaced by the copy that each finished issue leaves.

    Raises:
        ConfigError: the file is no state database, or of a later version, or cannot be brought up or written, or is
            damaged and without a sound copy.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database, note = sealed.opened(path, MIGRATIONS, "the state database", _SEALED)
        self.notes = [note] if note else []
        """What the user is to know of the state of the file."""
        self.sources = Sources(self._database)
        self._issue: str | None = None
        self._heard: Counter[str] = Counter()

    def begin(self, issue: str) -> None:
        """Start building `issue`; `place` then takes articles, `finish` remembers them."""
        self._issue = issue
        self._heard.clear()
        # On disk like everything else: a run's memory must not grow with the number of its articles.
        self._execute("CREATE TEMP TABLE IF NOT EXISTS building (article TEXT PRIMARY KEY, revision TEXT, status TEXT)")
        self._execute("DELETE FROM building")
        self._execute(
            "CREATE TEMP TABLE IF NOT EXISTS learning"
            " (article TEXT, language TEXT, source TEXT, english TEXT, UNIQUE (article, language, source))"
        )
        self._execute("DELETE FROM learning")
        self._execute("CREATE TEMP TABLE IF NOT EXISTS telling (article TEXT PRIMARY KEY, sentences BLOB)")
        self._execute("DELETE FROM telling")

    def known(self, articles: Sequence[tuple[str, str]]) -> list[bool]:
        """Which of the articles (id, revision) an earlier issue has with this very text. It stays true: what is placed
        meanwhile changes nothing about it."""
        before = self._appeared([article for article, _ in articles])
        return [self._compare(before[article], revision) == "known" for article, revision in articles]

    def place(
        self, articles: Sequence[tuple[str, str]], *, keep_known: bool = False, known: Container[int] = ()
    ) -> list[Placement]:
        """What each of the articles (id, revision) is to the issue being built, in their order.

        Building an issue again gives the same answer: what later issues hold does not count against an earlier one.

        Args:
            keep_known: articles of earlier issues are taken in as well.
            known: indices of those that are `known` already.
        """
        ids = [article for article, _ in articles]
        before = self._appeared([article for index, article in enumerate(ids) if index not in known])
        building = {article for (article,) in self._of("SELECT article FROM building", ids)}
        placements: list[Placement] = []
        taken: list[tuple[str, str, str]] = []
        for index, (article, revision) in enumerate(articles):
            if article in building:
                placements.append("duplicate")
                continue
            placement = "known" if index in known else self._compare(before[article], revision)
            if placement == "known" and (index in known or not keep_known):
                placements.append("known")
                continue
            building.add(article)
            taken.append((article, revision, placement))
            placements.append("new" if placement == "known" else placement)
        if taken:
            with self._database.transaction() as connection:
                connection.executemany("INSERT INTO building VALUES (?, ?, ?)", taken)
        return placements

    def withdraw(self, article: str) -> None:
        """The article failed after it was placed: it has not appeared and may be in a later issue."""
        self._execute("DELETE FROM building WHERE article = ?", (article,))

    def told_before(self, articles: Sequence[str]) -> dict[str, list[bytes]]:
        """Article -> what `tell` was given for it in the issues before the one being built; it lacks those of which
        nothing is known."""
        found: defaultdict[str, list[bytes]] = defaultdict(list)
        here = self._execute("SELECT number FROM issues WHERE issue = ?", (self._issue or "",))
        numbers = dict(self._execute("SELECT issue, number FROM issues"))
        for article, issue, sentences in self._of("SELECT article, issue, sentences FROM told", articles):
            if not here or numbers.get(issue, 0) < here[0][0]:
                found[article].append(sentences)
        return dict(found)

    def tell(self, articles: Iterable[tuple[str, bytes]]) -> None:
        """What the issue being built has of articles that were placed, as traces of their sentences."""
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO telling VALUES (?, ?)", articles)

    def _appeared(self, articles: Sequence[str]) -> Mapping[str, list[tuple[str, str, str]]]:
        """Article -> its appearances (issue, revision, status) in their order."""
        found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        rows = self._of("SELECT article, number, issue, revision, status FROM appearances", articles)
        for article, _, *appearance in sorted(rows):
            found[article].append(tuple(appearance))
        return found

    def _of(self, query: str, articles: Sequence[str]) -> list[Any]:
        """The rows of a query that are about these articles."""
        rows: list[Any] = []
        for part in chunks(list(dict.fromkeys(articles))):
            rows += self._execute(f"{query} WHERE article IN ({','.join('?' * len(part))})", part)
        return rows

    def _compare(self, appearances: Iterable[tuple[str, str, str]], revision: str) -> Placement:
        before: list[str] = []
        for issue, had, status in appearances:
            if issue == self._issue:
                if had == revision:
                    return "update" if status == "update" else "new"
                break
            before.append(had)
        if not before:
            return "new"
        return "known" if revision in before else "update"

    def learn(self, article: str, language: str, names: Iterable[tuple[str, str]]) -> None:
        """Names that an article of the issue gives, as (source, English): for later issues, not for this one."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO learning VALUES (?, ?, ?, ?)",
                [(article, language, source, english) for source, english in names],
            )

    def votes(self, language: str) -> dict[str, dict[str, int]]:
        """Source form -> English -> articles that gave it, in the issues before the one being built.

        What is sure among them is decided elsewhere (`pipeline.text.names.known`).
        """
        rows = self._execute(
            "SELECT source, english, COUNT(DISTINCT article) FROM names JOIN issues USING (issue)"
            " WHERE language = ? AND number < COALESCE((SELECT number FROM issues WHERE issue = ?), 9e18)"
            " GROUP BY source, english ORDER BY source, english",
            (language, self._issue or ""),
        )
        votes: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for source, english, articles in rows:
            votes[source][english] = articles
        return dict(votes)

    def hear(self, outlet: str) -> None:
        """An article of an outlet is new in the issue being built."""
        self._heard[outlet] += 1

    def heard_before(self, issues: int) -> dict[str, int]:
        """Outlet -> in how many of the last so many issues before the one being built it had articles.

        Which of them is missed is decided elsewhere (`pipeline.issue.silence`).
        """
        return dict(
            self._execute(
                "SELECT outlet, COUNT(*) FROM outlets WHERE issue IN (SELECT issue FROM issues"
                " WHERE number < COALESCE((SELECT number FROM issues WHERE issue = ?), 9e18)"
                " ORDER BY number DESC LIMIT ?) GROUP BY outlet ORDER BY outlet",
                (self._issue or "", str(issues)),
            )
        )

    def finished(self) -> list[str]:
        """The issues that were remembered, in the order in which they were first built."""
        return [issue for (issue,) in self._execute("SELECT issue FROM issues ORDER BY number")]

    def finish(self) -> None:
        """Remember the issue just built, all or nothing. Articles known from earlier issues stay theirs.

        Raises:
            ConfigError: it cannot be written, or the file was removed meanwhile.
        """
        assert self._issue is not None
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO issues (issue) VALUES (?)", (self._issue,))
            connection.execute("DELETE FROM names WHERE issue = ?", (self._issue,))
            connection.execute("INSERT INTO names SELECT ?, * FROM learning", (self._issue,))
            connection.execute("DELETE FROM outlets WHERE issue = ?", (self._issue,))
            connection.executemany(
                "INSERT INTO outlets VALUES (?, ?, ?)",
                [(self._issue, outlet, articles) for outlet, articles in sorted(self._heard.items())],
            )
            connection.execute(
                "INSERT INTO appearances (article, issue, revision, status)"
                " SELECT article, ?, revision, status FROM building WHERE status != 'known'"
                " ON CONFLICT (article, issue) DO UPDATE SET revision = excluded.revision, status = excluded.status",
                (self._issue,),
            )
            connection.execute(
                "INSERT INTO told (article, issue, sentences) SELECT article, ?, sentences FROM telling"
                " WHERE article IN (SELECT article FROM building)"
                " ON CONFLICT (article, issue) DO UPDATE SET sentences = excluded.sentences",
                (self._issue,),
            )
            connection.execute("DELETE FROM told WHERE number <= (SELECT MAX(number) FROM told) - ?", (_MOST_TOLD,))
            sealed.seal(connection, _SEALED)
        self._database.check_there()
        # Without room for a copy the issue is remembered all the same, and the earlier copy stands.
        with suppress(OSError, sqlite3.Error):
            sealed.keep_copy(self._path)

    def _execute(self, statement: str, values: Sequence[str] = ()) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(statement, values).fetchall()

    def close(self) -> None:
        self._database.close()
