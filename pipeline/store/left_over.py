"""What feeds gave for issues that were never made, or that could not bring it: documents for the next issue."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from pipeline.store.database import chunks

# Of a document that several issues were tried with, the last; one that this issue has is not left over.
_LAST = (
    "SELECT feed, key, issue, json_extract(description, '$.source') AS source, MAX(number) AS number"
    " FROM documents AS one WHERE issue != ? AND added >= ?"
    " AND number < COALESCE((SELECT MIN(number) FROM documents WHERE issue = ?), 9e18)"
    " AND NOT EXISTS (SELECT 1 FROM documents WHERE issue = ? AND feed = one.feed AND key = one.key)"
    " GROUP BY feed, key"
)


def numbers(
    connection: sqlite3.Connection,
    issue: str,
    feeds: Collection[str],
    since: str,
    finished: Collection[str],
    sources: Collection[str],
) -> list[int]:
    """The numbers of the documents; see `Inbox.left`."""
    found: set[int] = set()
    issues = {name for (name,) in connection.execute("SELECT DISTINCT issue FROM documents")}
    for column, values in (("issue", issues.difference(finished, [issue])), ("source", set(sources))):
        for part in chunks(list(values)):
            asked = f"SELECT feed, number FROM ({_LAST}) WHERE {column} IN ({','.join('?' * len(part))})"
            rows = connection.execute(asked, (issue, since, issue, issue, *part))
            found.update(number for feed, number in rows if feed in feeds)
    return sorted(found)


def take_over(connection: sqlite3.Connection, issue: str, documents: Sequence[int]) -> None:
    """Put documents into another issue, too."""
    connection.executemany(
        "INSERT OR IGNORE INTO documents (issue, feed, key, added, description, data)"
        " SELECT ?, feed, key, added, description, data FROM documents WHERE number = ?",
        [(issue, number) for number in documents],
    )
