"""What was fetched: the documents of each issue, what is known of each feed, and which of its entries were seen.

A feed forgets, and what it had this morning it need not have at noon. So a document is kept with the issue it came
in for, and the issue can be built again from here, to the same bytes, without a network.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from pipeline.store import left_over, tally
from pipeline.store.database import Damaged, Database, chunks
from pipeline.store.inbox_shape import forget_lost, shape
from pipeline.store.mended import Mended
from pipeline.store.tally import Scope, Tallies

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
    (
        "ALTER TABLE feeds ADD COLUMN gone TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE feeds ADD COLUMN is_feed INTEGER NOT NULL DEFAULT 0",
        *(f"ALTER TABLE seen ADD COLUMN {name} TEXT NOT NULL DEFAULT ''" for name in ("mark", "etag", "modified")),
        "ALTER TABLE seen ADD COLUMN shown TEXT NOT NULL DEFAULT ''",
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
    gone: str = ""
    """When it first said that it is gone for good (410)."""
    is_feed: int = 0
    """1 where it was one when it last answered, 0 for a page, or where that is not known."""


_FIELDS = tuple(field.name for field in fields(FeedState))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document as it is kept. `description` is JSON, of which only `source` is looked at here."""

    key: str
    """Which entry of the feed it is."""
    description: str
    data: bytes
    feed: str = ""
    """Where it came from; known of what is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of an entry under one of its keys."""

    key: str
    mark: str = ""
    """What it was like when it was last taken, in whatever way that is told; "" where that is not known."""
    etag: str = ""
    modified: str = ""
    """Of its page."""
    shown: str = ""
    """The day on which its feed last had it."""


_SEEN = tuple(field.name for field in fields(Seen))


def verify(path: Path) -> list[str]:
    """What is damaged in an inbox, and what becomes of it; nothing is mended.

    Raises:
        ConfigError: it is none, or of a later version.
    """
    try:
        with closing(Mended(path, shape(MIGRATIONS, _TALLIES, _ROW.name), read_only=True)) as file:
            with file.database.reading() as connection:
                broken = [scope for scope in (_FEEDS, _GIVEN) if _TALLIES.broken(connection, scope)]
            if not broken and file.database.is_sound:
                return []
    except Damaged:
        pass
    return [f"{path}: is damaged; the next run that reads it keeps what is whole and asks for the rest again"]


_FEEDS = Scope("feeds", "feeds")
_ROW = Scope("document", "documents", ("number",))
_GIVEN = Scope("given", "documents", ("issue", "feed"), indexed=True)
_TALLIES = Tallies((_FEEDS, _ROW, _GIVEN))


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
        self._file = Mended(path, shape(MIGRATIONS, _TALLIES, _ROW.name), read_only=read_only)
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
    def seen(self, feed: str, keys: Sequence[str]) -> dict[str, Seen]:
        """Those of the keys that were seen in the feed before."""
        found: dict[str, Seen] = {}
        with self._database.reading() as connection:
            for part in chunks(keys):
                marks = ",".join("?" * len(part))
                asked = f"SELECT {', '.join(_SEEN)} FROM seen WHERE feed = ? AND key IN ({marks})"
                for row in connection.execute(asked, (feed, *part)):
                    found[row[0]] = Seen(**dict(zip(_SEEN, row, strict=True)))
        return found

    @_mended
    def held(self, feed: str, issue: str) -> set[str]:
        """The keys by which documents of an issue are kept."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT key FROM documents WHERE issue = ? AND feed = ?", (issue, feed))
            return {key for (key,) in rows}

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
        seen: Iterable[Seen] = (),
        in_vain: Iterable[str] = (),
        forget: str = "",
    ) -> None:
        """Keep all that one visit to a feed gave, or nothing: its state, documents, entries seen, and pages in vain.

        Args:
            forget: a day; entries that the feed last had before are no longer known. "" forgets none.
        """
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
            connection.executemany(
                f"INSERT OR REPLACE INTO seen (feed, {', '.join(_SEEN)}) VALUES (?{', ?' * len(_SEEN)})",
                ((state.url, *(getattr(entry, name) for name in _SEEN)) for entry in seen),
            )
            # One from before there were days has none: its time begins with the next visit.
            connection.execute("DELETE FROM seen WHERE feed = ? AND shown < ? AND shown != ''", (state.url, forget))
            connection.executemany(
                "INSERT INTO tries VALUES (?, ?, 1) ON CONFLICT (feed, key) DO UPDATE SET number = number + 1",
                ((state.url, key) for key in in_vain),
            )

    def documents(self, issue: str, feeds: Sequence[str]) -> Iterator[Kept]:
        """The documents that these feeds gave for an issue, in the order of the feeds, then of their coming."""
        for feed in feeds:
            for number in self._whole(issue, feed):
                row = self._document(number, issue, feed)
                if row:
                    yield Kept(key=row[0], description=row[1], data=zlib.decompress(row[2]), feed=feed)

    @_mended
    def left(
        self, issue: str, feeds: Collection[str], since: str, finished: Collection[str], sources: Collection[str]
    ) -> list[int]:
        """The numbers of documents that these feeds gave, since a time, for issues before this one, and that none had.

        Args:
            finished: issues that were made to their end.
            sources: documents that these could not bring all the same.
        """
        with self._database.reading() as connection:
            numbers = left_over.numbers(connection, issue, feeds, since, finished, sources)
            return [number for number in numbers if not _TALLIES.broken(connection, _ROW, str(number))]

    @_mended
    def take_over(self, issue: str, numbers: Sequence[int]) -> None:
        """Put documents of earlier issues into this one, too; they are kept as long as they would have been."""
        with self._database.transaction() as connection:
            left_over.take_over(connection, issue, numbers)

    def numbered(self, numbers: Iterable[int]) -> Iterator[Kept]:
        """The documents of these numbers."""
        for number in numbers:
            row = self._one(number)
            if row:  # another process may have forgotten it meanwhile
                yield Kept(key=row[0], description=row[1], data=zlib.decompress(row[2]), feed=row[3])

    @_mended
    def _one(self, number: int) -> tuple[str, str, bytes, str] | None:
        """A document, if it is whole."""
        with self._database.reading() as connection:
            if _TALLIES.broken(connection, _ROW, str(number)):
                self._lost.append(f"{self._path}: 1 document of an earlier issue could not be read any more")
                return None
            row: tuple[str, str, bytes, str] | None = connection.execute(
                "SELECT key, description, data, feed FROM documents WHERE number = ?", (number,)
            ).fetchone()
        return row

    def check(self, issue: str, feeds: Sequence[str]) -> None:
        """Give up what is damaged of an issue, so that it is asked for again."""
        for feed in feeds:
            self._whole(issue, feed)

    @_mended
    def _document(self, number: int, issue: str, feed: str) -> tuple[str, str, bytes] | None:
        with self._database.reading() as connection:
            row: tuple[str, str, bytes] | None = connection.execute(
                "SELECT key, description, data FROM documents WHERE number = ? AND issue = ? AND feed = ?",
                (number, issue, feed),
            ).fetchone()
            # Of one that another process has forgotten meanwhile, the tally is gone, too.
            if row is None and _TALLIES.holds(connection, _ROW, str(number)):
                raise Damaged(f"{self._path}: its pages are damaged")
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
            if broken and not self._database.is_sound:
                raise Damaged(f"{self._path}: its pages are damaged")
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
                forget_lost(connection, feed)
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
