"""What each entry of the cache is of, when it was made, on which day it was last used, and what the last run found.

Kept beside the entries and not in them: a use rewrites a few bytes, not a text. It says nothing of a result, so it has
no checksum: an entry of which it is lost counts as used on the day on which that is found.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

# The key of an entry is 64 letters; eight bytes of a digest do, since two that meet only share their days.
TABLES: Final = (
    "CREATE TABLE uses (entry INTEGER PRIMARY KEY, kind TEXT NOT NULL, made INTEGER NOT NULL, used INTEGER NOT NULL)",
    "CREATE TABLE lookups (kind TEXT PRIMARY KEY, asked INTEGER NOT NULL, found INTEGER NOT NULL)",
)
_SECONDS_A_DAY = 86_400
# Marks held back until something is stored anyway.
_MOST_HELD = 20_000
_MARK = (
    "INSERT INTO uses VALUES (?1, ?2, ?3, ?3) ON CONFLICT (entry) DO UPDATE SET used = MAX(used, excluded.used),"
    " kind = CASE excluded.kind WHEN '' THEN kind ELSE excluded.kind END"
    " WHERE excluded.used > used OR excluded.kind NOT IN ('', kind)"
)


def entry(table: str, key: str) -> int:
    """The number of an entry, 64 bits with a sign."""
    digest = hashlib.blake2b(f"{table}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def day(seconds: float) -> int:
    """Days since 1970, in UTC."""
    return int(seconds // _SECONDS_A_DAY)


class Uses:
    """Marks entries as used, many at a time: a day is as exact as it gets, and a kill loses those held back.

    Args:
        now: seconds since 1970.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._held: dict[int, str] = {}
        self._asked: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])

    def mark(self, table: str, keys: Iterable[str], kind: str) -> None:
        """These entries were used; `kind` says what they are of, "" where nobody knows."""
        for key in keys:
            self._held[entry(table, key)] = kind

    def count(self, kind: str, asked: int, found: int) -> None:
        """So many were looked for, and so many there."""
        sums = self._asked[kind]
        sums[0] += asked
        sums[1] += found

    @property
    def is_full(self) -> bool:
        return len(self._held) >= _MOST_HELD

    @property
    def is_empty(self) -> bool:
        return not self._held and not self._asked

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the marks, in a transaction of the caller's; they stay held until `written`."""
        today = day(self._now())
        connection.executemany(_MARK, ((number, kind, today) for number, kind in self._held.items()))

    def written(self) -> None:
        """The transaction has succeeded."""
        self._held.clear()

    def write_lookups(self, connection: sqlite3.Connection) -> None:
        """What was looked for since this was made takes the place of what an earlier process did."""
        connection.execute("DELETE FROM lookups")
        connection.executemany(
            "INSERT INTO lookups VALUES (?, ?, ?)", ((kind, *sums) for kind, sums in self._asked.items())
        )
