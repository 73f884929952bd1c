"""What sources gave to the issues: the memory by which one that breaks is seen.

It lies in `state.db`, without its seal: nothing in a digest depends on it, and it may be lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.store.database import Database, chunks

TABLES = (
    "CREATE TABLE looks (issue TEXT PRIMARY KEY, day TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE history (source TEXT, day TEXT, issue TEXT, data TEXT NOT NULL, PRIMARY KEY (source, day, issue))"
    " WITHOUT ROWID",
    "CREATE TABLE watched (source TEXT PRIMARY KEY, is_feed INTEGER NOT NULL, name TEXT NOT NULL, asked TEXT NOT NULL,"
    " answered TEXT NOT NULL, failing TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE muted (source TEXT PRIMARY KEY, until TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE refusals (article TEXT PRIMARY KEY, issue TEXT NOT NULL, day TEXT NOT NULL) WITHOUT ROWID",
)
FOR_EVER = "9999-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An issue that was made: its day (ISO 8601), and when it was made last, ISO 8601 with offset."""

    issue: str
    day: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source: the address of a feed, or else the host or the name of an outlet. Days are ISO 8601, "" for none."""

    source: str
    is_feed: bool
    name: str = ""
    asked: str = ""
    """The last day on which it was asked; of an outlet, on which something of it came."""
    answered: str = ""
    """The last day on which it could be had."""
    failing: str = ""
    """The day since which its feed could not be had; "" where it could."""


class Sources:
    """The tables of sources in a database of `State`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        look: Look,
        rows: Iterable[tuple[str, str]],
        watched: Iterable[Watched],
        refused: Iterable[str],
        forget_before: str,
    ) -> None:
        """Keep what one issue brought, all or nothing, in place of what it brought when it was made before.

        Args:
            rows: (source, what came of it as JSON).
            watched: sources as they are known now; a day that is "" leaves what was known.
            refused: ids of articles that were refused.
            forget_before: ISO 8601 date; what is older goes.
        """
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", (look.issue, look.day, look.at))
            connection.execute("DELETE FROM history WHERE issue = ?", (look.issue,))
            connection.executemany(
                "INSERT INTO history VALUES (?, ?, ?, ?)",
                ((source, look.day, look.issue, data) for source, data in rows),
            )
            # An issue of last week that is made again today takes nothing back.
            connection.executemany(
                "INSERT INTO watched VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET"
                " name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END, failing = excluded.failing,"
                " asked = MAX(asked, excluded.asked), answered = MAX(answered, excluded.answered)",
                ((w.source, w.is_feed, w.name, w.asked, w.answered, w.failing) for w in watched),
            )
            connection.executemany(
                "INSERT INTO refusals VALUES (?, ?, ?)"
                " ON CONFLICT (article) DO UPDATE SET day = MAX(day, excluded.day)",
                ((article, look.issue, look.day) for article in refused),
            )
            for table in ("looks", "history", "refusals"):
                connection.execute(f"DELETE FROM {table} WHERE day < ?", (forget_before,))
            connection.execute("DELETE FROM watched WHERE asked < ?", (forget_before,))
            connection.execute("DELETE FROM muted WHERE until < ?", (forget_before,))

    def refused_before(self, articles: Sequence[str], issue: str) -> set[str]:
        """Those of the articles that another issue has counted as refused."""
        found: set[str] = set()
        with self._database.reading() as connection:
            for part in chunks(articles):
                marks = ",".join("?" * len(part))
                asked = f"SELECT article FROM refusals WHERE issue != ? AND article IN ({marks})"
                found |= {article for (article,) in connection.execute(asked, (issue, *part))}
        return found

    def history(self, source: str = "") -> dict[str, list[tuple[str, str]]]:
        """By source, what it gave: (issue, JSON) in order of days; of all sources, or of one."""
        asked = "SELECT source, issue, data FROM history" + (" WHERE source = ?" if source else "")
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        with self._database.reading() as connection:
            for name, issue, data in connection.execute(
                f"{asked} ORDER BY source, day, issue", (source,) * bool(source)
            ):
                found[str(name)].append((str(issue), str(data)))
        return dict(found)

    def looks(self) -> list[Look]:
        """The issues that were made, in order of their days."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT issue, day, at FROM looks ORDER BY day, at").fetchall()
        return [Look(issue=str(issue), day=str(day), at=str(at)) for issue, day, at in rows if _is_day(str(day))]

    def watched(self) -> dict[str, Watched]:
        """All sources, by their key."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT source, is_feed, name, asked, answered, failing FROM watched").fetchall()
        return {
            str(row[0]): Watched(
                source=str(row[0]), is_feed=bool(row[1]), name=str(row[2]), asked=str(row[3]), answered=str(row[4]),
                failing=str(row[5]) if _is_day(str(row[5])) else "",
            )
            for row in sorted(rows, key=str)
        }  # fmt: skip

    def muted(self, day: str) -> dict[str, str]:
        """Sources that are to be quiet on a day, with the day until which, itself among them."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT source, until FROM muted WHERE until >= ? ORDER BY source", (day,))
            return {str(source): str(until) for source, until in rows}

    def mute(self, source: str, until: str = FOR_EVER) -> None:
        """Raise no alarm about a source, until a day (ISO 8601), itself among them."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO muted VALUES (?, ?)", (source, until))

    def unmute(self, source: str) -> bool:
        """Raise alarms again; whether it was muted."""
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM muted WHERE source = ?", (source,)).rowcount > 0


def _is_day(text: str) -> bool:
    """Whether it is an ISO 8601 date; a disk may have damaged it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
