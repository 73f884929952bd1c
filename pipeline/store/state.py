"""Which article appeared in which issue, and what names it taught us: the memory from one issue to the next.

It keeps yesterday's news out of today's digest, and, where `names.memory` is set, gives today's articles the names of
yesterday's. Building an issue again gives the same result, since an issue sees only the issues before it.

Of several digests made from one run each has a memory of its own; names are learned for all. In the tables the issue of
a digest is `digest/issue`, that of the only one its bare id, in which there is no slash.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
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
# What a digest did not take, by the text and the rules that were looked at, and the issue in which they first were.
_PASSED = (
    "CREATE TABLE passed (digest TEXT, article TEXT, revision TEXT, rules TEXT, issue TEXT, UNIQUE (digest, article))"
)
MIGRATIONS = (
    (_APPEARANCES,), (_ISSUES, _EARLIER_ISSUES, _NAMES), (_OUTLETS,), (sealed.SEAL,), (_TOLD,), of_sources.TABLES,
    (_PASSED,),
)  # fmt: skip
_SEALED = ("issues", "appearances", "names", "outlets", "told", "passed")
# Of an issue, as the tables have it: what stands before its id.
_OF_DIGEST = "substr(issue, 1, instr(issue, '/')) = ?"

Placement = Literal["new", "update", "known", "duplicate", "passed"]
"""new: first seen in this issue. update: an earlier issue has it with another text. known: an earlier issue has this
very text. duplicate: this issue has it already. passed: the digest's rules did not take this very text."""


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
        self._heard: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def begin(self, issue: str) -> None:
        """Start building `issue`; `place` then takes articles, `finish` remembers them."""
        self._issue = issue
        self._heard.clear()
        # On disk like everything else: a run's memory must not grow with the number of its articles.
        self._execute(
            "CREATE TEMP TABLE IF NOT EXISTS building (digest TEXT, article TEXT, revision TEXT, status TEXT,"
            " rules TEXT, UNIQUE (digest, article))"
        )
        self._execute("DELETE FROM building")
        self._execute(
            "CREATE TEMP TABLE IF NOT EXISTS learning"
            " (article TEXT, language TEXT, source TEXT, english TEXT, UNIQUE (article, language, source))"
        )
        self._execute("DELETE FROM learning")
        self._execute(
            "CREATE TEMP TABLE IF NOT EXISTS telling"
            " (article TEXT, revision TEXT, sentences BLOB, UNIQUE (article, revision))"
        )
        self._execute("DELETE FROM telling")

    def known(self, articles: Sequence[tuple[str, str]], *, digest: str = "", rules: str = "") -> list[bool]:
        """Which of the articles (id, revision) an earlier issue has with this very text, or the rules of the digest did
        not take. It stays true: what is placed meanwhile changes nothing about it."""
        ids = [article for article, _ in articles]
        before, passed = self._appeared(ids, digest), self._passed(ids, digest, rules)
        return [
            self._compare(before[article], revision, digest) == "known" or passed.get(article) == revision
            for article, revision in articles
        ]

    def place(
        self,
        articles: Sequence[tuple[str, str]],
        *,
        keep_known: bool = False,
        known: Container[int] = (),
        digest: str = "",
        rules: str = "",
    ) -> list[Placement]:
        """What each of the articles (id, revision) is to the issue being built, in their order.

        Building an issue again gives the same answer: what later issues hold does not count against an earlier one.

        Args:
            keep_known: articles of earlier issues, and what the rules did not take, are taken in as well.
            known: indices of those that an earlier issue has already.
            digest: which of several the issue is of; "" for the only one.
            rules: what stands for the rules of the digest: with others it may take what it passed over; "" for none.
        """
        ids = [article for article, _ in articles]
        unknown = [article for index, article in enumerate(ids) if index not in known]
        before = self._appeared(unknown, digest)
        passed = {} if keep_known else self._passed(unknown, digest, rules)
        building = {article for (article,) in self._of("SELECT article FROM building", ids, "digest = ?", digest)}
        placements: list[Placement] = []
        taken: list[tuple[str, str, str, str, str]] = []
        for index, (article, revision) in enumerate(articles):
            if article in building:
                placements.append("duplicate")
                continue
            placement = "known" if index in known else self._compare(before[article], revision, digest)
            if placement == "known" and (index in known or not keep_known):
                placements.append("known")
                continue
            if passed.get(article) == revision:
                placements.append("passed")
                continue
            building.add(article)
            taken.append((digest, article, revision, placement, rules))
            placements.append("new" if placement == "known" else placement)
        if taken:
            with self._database.transaction() as connection:
                connection.executemany("INSERT INTO building VALUES (?, ?, ?, ?, ?)", taken)
        return placements

    def placed(self, article: str, revision: str, *, digest: str = "") -> Placement | None:
        """What an article of this text that was placed is; None where none was, or it was withdrawn or passed over."""
        rows = self._execute(
            "SELECT status FROM building WHERE digest = ? AND article = ? AND revision = ? AND status != 'passed'",
            (digest, article, revision),
        )
        found: Placement | None = rows[0][0] if rows else None
        return found

    def withdraw(self, article: str, *, digest: str = "") -> None:
        """The article failed after it was placed: it has not appeared and may be in a later issue."""
        self._execute("DELETE FROM building WHERE digest = ? AND article = ?", (digest, article))

    def pass_over(self, article: str, *, digest: str) -> None:
        """The rules of the digest do not take an article that was placed: `finish` remembers it."""
        self._execute("UPDATE building SET status = 'passed' WHERE digest = ? AND article = ?", (digest, article))

    def told_before(self, articles: Sequence[str], *, digest: str = "") -> dict[str, list[bytes]]:
        """Article -> what `tell` was given for it in the issues of the digest before the one being built; it lacks
        those of which nothing is known."""
        found: defaultdict[str, list[bytes]] = defaultdict(list)
        here = self._execute("SELECT number FROM issues WHERE issue = ?", (self._key(digest),))
        numbers = dict(self._execute("SELECT issue, number FROM issues"))
        query = "SELECT article, issue, sentences FROM told"
        for article, issue, sentences in self._of(query, articles, _OF_DIGEST, _prefix(digest)):
            if not here or numbers.get(issue, 0) < here[0][0]:
                found[article].append(sentences)
        return dict(found)

    def tell(self, articles: Iterable[tuple[str, str, bytes]]) -> None:
        """What the issue being built has of articles (id, revision) that were placed, as traces of their sentences."""
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO telling VALUES (?, ?, ?)", articles)

    def _passed(self, articles: Sequence[str], digest: str, rules: str) -> Mapping[str, str]:
        """Article -> the text that the rules of the digest did not take, but in the issue being built, which looks at
        all again that it looked at."""
        if not digest:
            return {}
        query = "SELECT article, revision FROM passed"
        return dict(
            self._of(query, articles, "digest = ? AND rules = ? AND issue != ?", digest, rules, self._issue or "")
        )

    def _appeared(self, articles: Sequence[str], digest: str) -> Mapping[str, list[tuple[str, str, str]]]:
        """Article -> its appearances (issue, revision, status) in the digest, in their order."""
        found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        query = "SELECT article, number, issue, revision, status FROM appearances"
        for article, _, *appearance in sorted(self._of(query, articles, _OF_DIGEST, _prefix(digest))):
            found[article].append(tuple(appearance))
        return found

    def _of(self, query: str, articles: Sequence[str], where: str, *values: str) -> list[Any]:
        """The rows of a query that are about these articles."""
        rows: list[Any] = []
        for part in chunks(list(dict.fromkeys(articles))):
            rows += self._execute(
                f"{query} WHERE article IN ({','.join('?' * len(part))}) AND {where}", (*part, *values)
            )
        return rows

    def _compare(self, appearances: Iterable[tuple[str, str, str]], revision: str, digest: str) -> Placement:
        before: list[str] = []
        for issue, had, status in appearances:
            if issue == self._key(digest):
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

    def hear(self, outlet: str, *, digest: str = "") -> None:
        """An article of an outlet is new in the issue being built."""
        self._heard[digest][outlet] += 1

    def heard_before(self, issues: int, *, digest: str = "") -> dict[str, int]:
        """Outlet -> in how many of the last so many issues of the digest before the one being built it had articles.

        Which of them is missed is decided elsewhere (`pipeline.issue.silence`).
        """
        return dict(
            self._execute(
                f"SELECT outlet, COUNT(*) FROM outlets WHERE issue IN (SELECT issue FROM issues WHERE {_OF_DIGEST}"
                " AND number < COALESCE((SELECT number FROM issues WHERE issue = ?), 9e18)"
                " ORDER BY number DESC LIMIT ?) GROUP BY outlet ORDER BY outlet",
                (_prefix(digest), self._key(digest), str(issues)),
            )
        )

    def finished(self) -> list[str]:
        """The issues that were remembered, in the order in which they were first built."""
        return [
            issue for (issue,) in self._execute(f"SELECT issue FROM issues WHERE {_OF_DIGEST} ORDER BY number", ("",))
        ]

    def finish(self, digests: Collection[str] = ("",), *, alone: bool = True) -> None:
        """Remember the issue just built, all or nothing. Articles known from earlier issues stay theirs.

        Args:
            digests: those of which there is an issue; what the others passed over is remembered as well.
            alone: nothing else was learned for the issue. False: another run has made digests of it, too.

        Raises:
            ConfigError: it cannot be written, or the file was removed meanwhile.
        """
        assert self._issue is not None
        with self._database.transaction() as connection:
            # The bare id, too: names are learned for all digests, and what a feed gave is for all.
            for key in dict.fromkeys((*map(self._key, digests), *((self._issue,) if alone else ()))):
                connection.execute("INSERT OR IGNORE INTO issues (issue) VALUES (?)", (key,))
            if digests:
                if alone:
                    connection.execute("DELETE FROM names WHERE issue = ?", (self._issue,))
                connection.execute("INSERT OR IGNORE INTO names SELECT ?, * FROM learning", (self._issue,))
            for digest in digests:
                self._remember(connection, digest)
            connection.execute(
                "INSERT INTO passed SELECT digest, article, revision, rules, ? FROM building WHERE status = 'passed'"
                " ON CONFLICT (digest, article) DO UPDATE SET revision = excluded.revision, rules = excluded.rules,"
                " issue = excluded.issue WHERE (revision, rules) != (excluded.revision, excluded.rules)",
                (self._issue,),
            )
            connection.execute("DELETE FROM told WHERE number <= (SELECT MAX(number) FROM told) - ?", (_MOST_TOLD,))
            sealed.seal(connection, _SEALED)
        self._database.check_there()
        # Without room for a copy the issue is remembered all the same, and the earlier copy stands.
        with suppress(OSError, sqlite3.Error):
            sealed.keep_copy(self._path)

    def _remember(self, connection: sqlite3.Connection, digest: str) -> None:
        key = self._key(digest)
        connection.execute("DELETE FROM outlets WHERE issue = ?", (key,))
        connection.executemany(
            "INSERT INTO outlets VALUES (?, ?, ?)",
            [(key, outlet, articles) for outlet, articles in sorted(self._heard[digest].items())],
        )
        connection.execute(
            "INSERT INTO appearances (article, issue, revision, status) SELECT article, ?, revision, status"
            " FROM building WHERE digest = ? AND status NOT IN ('known', 'passed') ORDER BY rowid"
            " ON CONFLICT (article, issue) DO UPDATE SET revision = excluded.revision, status = excluded.status",
            (key, digest),
        )
        # Of each digest by itself: what one has told, the readers of another have not read.
        connection.execute(
            "INSERT INTO told (article, issue, sentences)"
            " SELECT article, ?, sentences FROM telling JOIN building USING (article, revision)"
            " WHERE digest = ? AND status != 'passed'"
            " ON CONFLICT (article, issue) DO UPDATE SET sentences = excluded.sentences",
            (key, digest),
        )

    def _key(self, digest: str) -> str:
        """The issue being built, as the tables have it."""
        return f"{_prefix(digest)}{self._issue or ''}"

    def _execute(self, statement: str, values: Sequence[str] = ()) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(statement, values).fetchall()

    def close(self) -> None:
        self._database.close()


def _prefix(digest: str) -> str:
    return f"{digest}/" if digest else ""
