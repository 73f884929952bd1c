"""What was fetched: the documents of each issue, what is known of each feed, and which of its entries were seen.

A feed forgets, and what it had this morning it need not have at noon. So a document is kept with the issue it came
in for, and the issue can be built again from here, to the same bytes, without a network.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from pipeline.store import salvage, tally
from pipeline.store.database import Database, chunks
from pipeline.store.mended import Mended, Shape
from pipeline.store.salvage import Value
from pipeline.store.tally import Scope, Tallies, digest_of

P = ParamSpec("P")
T = TypeVar("T")

MIGRATIONS = (
    (
        "CREATE TABLE feeds (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, moved_to TEXT NOT NULL,"
        " not_before REAL NOT NULL, tried TEXT NOT NULL, succeeded TEXT NOT NULL, had_new TEXT NOT NULL,"
        " failures INTEGER NOT NULL, trouble TEXT NOT NULL, title TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE seen (feed TEXT, key TEXT, PRIMARY KEY (feed, key)) WITHOUT ROWID",
        "CREATE TABLE tries (feed TEXT, key TEXT, number INTEGER NOT NULL, PRIMARY KEY (feed, key)) WITHOUT ROWID",
        "CREATE TABLE documents (number INTEGER PRIMARY KEY, issue TEXT NOT NULL, feed TEXT NOT NULL,"
        " key TEXT NOT NULL, added TEXT NOT NULL, description TEXT NOT NULL, data BLOB NOT NULL,"
        " UNIQUE (issue, feed, key))",
    ),
    (tally.CREATE,),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of a feed. Times are ISO 8601 in UTC, "" where there was none."""

    url: str
    etag: str = ""
    modified: str = ""
    """The feed's `Last-Modified`, as it was told."""
    moved_to: str = ""
    """Where it is now, if it has moved for good."""
    not_before: float = 0.0
    """Seconds since 1970, before which it asked not to be asked."""
    tried: str = ""
    succeeded: str = ""
    had_new: str = ""
    failures: int = 0
    """In a row."""
    trouble: str = ""
    """What the last failure was, in words."""
    title: str = ""


_FIELDS = tuple(field.name for field in fields(FeedState))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document as it is kept. `description` is JSON and not looked into here."""

    key: str
    """Which entry of the feed it is."""
    description: str
    data: bytes
    feed: str = ""
    """Where it came from; known of what is read."""


_FEEDS = Scope("feeds", "feeds")
_ROW = Scope("document", "documents", ("number",))
_GIVEN = Scope("given", "documents", ("issue", "feed"), indexed=True)
_TALLIES = Tallies((_FEEDS, _ROW, _GIVEN))


def _sorter(path: Path) -> Callable[[tuple[Value, ...]], str | None]:
    """Which rows of a damaged file are whole: documents by their tallies, entries seen by their looks."""
    digests = {row[2] for row in salvage.rows(path) if len(row) == 3 and row[0] == _ROW.name}
    with sqlite3.connect(":memory:") as ours:
        for statement in (statement for migration in MIGRATIONS for statement in migration):
            ours.execute(statement)
        columns = len(ours.execute("PRAGMA table_info(seen)").fetchall())
    ours.close()

    def table_of(row: tuple[Value, ...]) -> str | None:
        if len(row) == columns and all(isinstance(value, str) for value in row):
            return "seen"
        return "documents" if isinstance(row[0], int) and digest_of(row) in digests else None

    return table_of


def _forget_lost(connection: sqlite3.Connection, feed: str | None = None) -> None:
    """What was seen and is not here is fetched again: it may be what was lost, and else it is known as old news."""
    connection.execute(
        "DELETE FROM seen WHERE feed = COALESCE(?, feed) AND (feed, key) NOT IN (SELECT feed, key FROM documents)",
        (feed,),
    )


SHAPE = Shape(
    migrations=MIGRATIONS,
    what="an inbox",
    functions={"fold": tally.fold},
    tables=("documents", "seen"),
    sorter=_sorter,
    marks=(b"CREATE TABLE feeds (url TEXT PRIMARY KEY", b"CREATE TABLE documents (number INTEGER"),
    lost="the others are asked for again where a feed still has them",
    tallies=_TALLIES,
    settle=_forget_lost,
)


def _mended(method: Callable[Concatenate[Inbox, P], T]) -> Callable[Concatenate[Inbox, P], T]:
    """Once more where the file has to be mended first."""

    def act(self: Inbox, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._file.act(lambda _: method(self, *args, **kwargs))

    return act


class Inbox:
    """The database; safe for several processes.

    What a disk has damaged is told from the rest: what is whole of the documents is kept, and what was known of the
    feeds is forgotten where it may be wrong, since a feed can be asked anew.

    Args:
        read_only: nothing in the file is changed: what is damaged is not found, and stays.

    Raises:
        ConfigError: the file is no inbox, or of a later version, or cannot be brought up or written; also later.
        Damaged: of one that is only read, SQLite cannot read the file; also later.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._file = Mended(path, SHAPE, read_only=read_only)
        self._lost: list[str] = []
        if not read_only:
            self._check_feeds()

    @property
    def notes(self) -> list[str]:
        """What the user is to know of the state of the file."""
        return [*self._file.notes, *self._lost]

    @property
    def _database(self) -> Database:
        return self._file.database

    @_mended
    def _check_feeds(self) -> None:
        with self._database.reading() as connection:
            broken = _TALLIES.broken(connection, _FEEDS)
        if broken:
            with self._database.transaction() as connection:
                connection.execute("DELETE FROM feeds")
                _TALLIES.settle(connection, _FEEDS, "")
            self._lost.append(f"{self._path}: what was known of the feeds was damaged; each is asked as at first")

    @_mended
    def feed(self, url: str) -> FeedState:
        """What is known of a feed; nothing, if it was never asked."""
        with self._database.reading() as connection:
            row = connection.execute(f"SELECT {', '.join(_FIELDS)} FROM feeds WHERE url = ?", (url,)).fetchone()
        return FeedState(**dict(zip(_FIELDS, row, strict=True))) if row else FeedState(url=url)

    @_mended
    def feeds(self) -> list[FeedState]:
        """All that were ever asked, by address."""
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT {', '.join(_FIELDS)} FROM feeds ORDER BY url").fetchall()
        return [FeedState(**dict(zip(_FIELDS, row, strict=True))) for row in rows]

    @_mended
    def seen(self, feed: str, keys: Sequence[str]) -> set[str]:
        """Those of the keys that were seen in the feed before."""
        found: set[str] = set()
        with self._database.reading() as connection:
            for part in chunks(keys):
                marks = ",".join("?" * len(part))
                asked = f"SELECT key FROM seen WHERE feed = ? AND key IN ({marks})"
                found |= {key for (key,) in connection.execute(asked, (feed, *part))}
        return found

    @_mended
    def tries(self, feed: str, key: str) -> int:
        """How often the page of an entry was asked for in vain."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT number FROM tries WHERE feed = ? AND key = ?", (feed, key)).fetchone()
        return int(row[0]) if row else 0

    @_mended
    def take_in(
        self,
        state: FeedState,
        issue: str,
        added: str,
        documents: Iterable[Kept],
        seen: Iterable[str] = (),
        in_vain: Iterable[str] = (),
    ) -> None:
        """Keep all that one visit to a feed gave, or nothing: its state, documents, entries seen, and pages in vain."""
        with self._database.transaction() as connection:
            marks = ",".join("?" * len(_FIELDS))
            connection.execute(
                f"INSERT OR REPLACE INTO feeds ({', '.join(_FIELDS)}) VALUES ({marks})",
                [getattr(state, name) for name in _FIELDS],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO documents (issue, feed, key, added, description, data)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                ((issue, state.url, kept.key, added, kept.description, zlib.compress(kept.data)) for kept in documents),
            )
            connection.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", ((state.url, key) for key in seen))
            connection.executemany(
                "INSERT INTO tries VALUES (?, ?, 1) ON CONFLICT (feed, key) DO UPDATE SET number = number + 1",
                ((state.url, key) for key in in_vain),
            )

    def documents(self, issue: str, feeds: Sequence[str]) -> Iterator[Kept]:
        """The documents that these feeds gave for an issue, in the order of the feeds, then of their coming."""
        for feed in feeds:
            for number in self._whole(issue, feed):
                row = self._document(number)
                if row:  # another process may have forgotten it meanwhile
                    yield Kept(key=row[0], description=row[1], data=zlib.decompress(row[2]), feed=feed)

    def check(self, issue: str, feeds: Sequence[str]) -> None:
        """Give up what is damaged of an issue, so that it is asked for again."""
        for feed in feeds:
            self._whole(issue, feed)

    @_mended
    def _document(self, number: int) -> tuple[str, str, bytes] | None:
        with self._database.reading() as connection:
            row: tuple[str, str, bytes] | None = connection.execute(
                "SELECT key, description, data FROM documents WHERE number = ?", (number,)
            ).fetchone()
        return row

    @_mended
    def _whole(self, issue: str, feed: str) -> list[int]:
        """The numbers of the documents that a feed gave for an issue; what is damaged among them is given up."""
        given = f"{issue}\n{feed}"
        asked = "SELECT number FROM documents WHERE issue = ? AND feed = ? ORDER BY number"
        with self._database.reading() as connection:
            broken = _TALLIES.broken(connection, _GIVEN, given)
        if broken and not self._read_only:
            # Perhaps it is only the index that no longer leads to them.
            with self._database.transaction() as connection:
                connection.execute("REINDEX documents")
                broken = _TALLIES.broken(connection, _GIVEN, given)
        with self._database.reading() as connection:
            numbers: list[int] = [number for (number,) in connection.execute(asked, (issue, feed))]
            spoilt = {number for number in numbers if broken and _TALLIES.broken(connection, _ROW, str(number))}
        if broken and not self._read_only:
            with self._database.transaction() as connection:
                # Asked whether it has changed since, the feed would not say it again.
                connection.execute("UPDATE feeds SET etag = '', modified = '' WHERE url = ?", (feed,))
                for number in spoilt:
                    connection.execute("DELETE FROM documents WHERE number = ?", (number,))
                    _TALLIES.settle(connection, _ROW, str(number))
                _TALLIES.settle(connection, _GIVEN, given)
                _forget_lost(connection, feed)
            self._lost.append(
                f"{self._path}: of what {feed} gave for issue {issue}, {len(spoilt) or 'some'} could not be read any"
                " more; it is asked for again where the feed still has it"
            )
        return [number for number in numbers if number not in spoilt]

    @_mended
    def forget(self, before: str) -> None:
        """Delete the documents that came before a time; that their entries were seen stays known."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM documents WHERE added < ?", (before,))

    def close(self) -> None:
        self._file.close()
