"""What was fetched, over a disk that forgets."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.store.inbox import MIGRATIONS, FeedState, Inbox, Kept, Seen

FEEDS = [f"https://feed{number}.example/rss" for number in range(4)]
ISSUES = ("monday", "tuesday")
NOW = "2026-02-04T08:00:00+00:00"


def documents(issue: str, feed: str) -> list[Kept]:
    """Some of a few bytes, some of several pages."""
    rng = random.Random(f"{issue} {feed}")
    return [
        Kept(
            key=f"{issue}-{number}",
            description=f'{{"source":"{feed}#{number}"}}',
            data=rng.randbytes(rng.choice((60, 600, 9000))),
            feed=feed,
        )
        for number in range(12)
    ]


def fill(path: Path) -> None:
    with closing(Inbox(path)) as inbox:
        for feed in FEEDS:
            for issue in ISSUES:
                kept = documents(issue, feed)
                inbox.take_in(state(feed), issue, NOW, kept, [Seen(key=one.key) for one in kept], ["vain"])


def state(feed: str) -> FeedState:
    return FeedState(url=feed, etag='"1"', succeeded=NOW, had_new=NOW, title="Feed")


def read(inbox: Inbox, issue: str, feeds: Sequence[str] = FEEDS) -> list[Kept]:
    return list(inbox.documents(issue, feeds))


WHOLE = {issue: [one for feed in FEEDS for one in documents(issue, feed)] for issue in ISSUES}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "inbox.db"
    fill(path)
    return path.read_bytes()


def after(path: Path, data: bytes) -> None:
    """All that comes out of a file with these bytes is as it was, or something is said; and once only."""
    path.write_bytes(data)
    with closing(Inbox(path)) as inbox:
        found = {issue: read(inbox, issue) for issue in ISSUES}
        feeds = inbox.feeds()
        # One that is not known any more is fetched again, and then known as old news.
        for feed in FEEDS:
            assert not inbox.seen(feed, ["never"])
        notes = inbox.notes
    for issue in ISSUES:
        assert all(one in WHOLE[issue] for one in found[issue])
        assert found[issue] == WHOLE[issue] or notes
    # One of which something is lost is asked for all it has.
    assert all(replace(feed, etag='"1"') == state(feed.url) for feed in feeds)
    assert notes or all(feed.etag for feed in feeds)
    assert len(feeds) == len(FEEDS) or notes
    with closing(Inbox(path)) as inbox:
        assert {issue: read(inbox, issue) for issue in ISSUES} == found
        assert inbox.notes == []
        fresh = documents("wednesday", FEEDS[0])
        inbox.take_in(state(FEEDS[0]), "wednesday", NOW, fresh)
        assert read(inbox, "wednesday", FEEDS[:1]) == fresh


def flip(path: Path, sound: bytes, seed: int, number: int) -> None:
    rng = random.Random(seed)
    version = range(60, 64)  # a version that could be a later one's is refused, not mended
    for place in rng.sample(range(len(sound)), number):
        if place in version:
            continue
        data = bytearray(sound)
        data[place] ^= rng.randrange(1, 256)
        (path / str(place)).mkdir()
        after(path / str(place) / "inbox.db", bytes(data))


def test_flipped_bytes_change_nothing_in_silence(tmp_path: Path, sound: bytes) -> None:
    flip(tmp_path, sound, 1, 6)


@pytest.mark.slow
def test_many_flipped_bytes_change_nothing_in_silence(tmp_path: Path, sound: bytes) -> None:
    flip(tmp_path, sound, 2, 150)
    for place in (0, 16, 18, 20, 21, 44, 45, 56, 59, 100, 101, 103, 105, 107):
        data = bytearray(sound)
        data[place] ^= 0xFF
        (tmp_path / f"head{place}").mkdir()
        after(tmp_path / f"head{place}" / "inbox.db", bytes(data))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET description = '{}' WHERE number = 5",
        "UPDATE documents SET key = 'another' WHERE number = 5",
        "UPDATE documents SET data = x'00' WHERE number = 5",
    ],
)
def test_a_changed_document_is_given_up_and_asked_for_again(tmp_path: Path, sound: bytes, change: str) -> None:
    path = tmp_path / "inbox.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(change)
    with closing(Inbox(path)) as inbox:
        assert read(inbox, "monday") == [one for one in WHOLE["monday"] if one != documents("monday", FEEDS[0])[4]]
        [note] = inbox.notes
        assert f"of what {FEEDS[0]} gave for issue monday, 1 could not be read any more" in note
        assert inbox.feed(FEEDS[0]).etag == ""
        assert inbox.feed(FEEDS[1]).etag == '"1"'
        assert read(inbox, "tuesday") == WHOLE["tuesday"]


def test_one_that_is_asked_for_by_number_is_whole_or_missed(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "inbox.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE documents SET data = x'00' WHERE number = 5")
    with closing(Inbox(path)) as inbox:
        assert list(inbox.numbered([4, 5])) == [documents("monday", FEEDS[0])[3]]
        assert "1 document of an earlier issue could not be read" in inbox.notes[0]


def test_a_document_that_is_gone_is_missed(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "inbox.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM documents WHERE number = 5")
    with closing(Inbox(path)) as inbox:
        inbox.check("monday", FEEDS)
        assert "some could not be read" in inbox.notes[0]


def test_an_index_that_leads_nowhere_loses_nothing(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "inbox.db"
    # In the rows the day on which they came stands after the key.
    entry = re.compile(b"monday(%s)(monday-(?:[0-9]|1[01]))(?![0-9]|2026)" % re.escape(FEEDS[1].encode()))
    data = entry.sub(rb"mondax\1\2", sound)
    assert sum(one != other for one, other in zip(data, sound, strict=True)) == 12
    path.write_bytes(data)
    with closing(Inbox(path)) as inbox:
        assert read(inbox, "monday") == WHOLE["monday"]
        assert inbox.notes == []


def test_what_was_known_of_a_feed_is_not_believed(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "inbox.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE feeds SET moved_to = 'https://elsewhere.example/'")
    with closing(Inbox(path)) as inbox:
        assert inbox.feed(FEEDS[0]) == FeedState(url=FEEDS[0])
        assert "each is asked as at first" in inbox.notes[0]
        assert read(inbox, "monday") == WHOLE["monday"]


def test_one_that_is_only_read_stays_as_it_is(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "inbox.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE documents SET data = x'00' WHERE number = 5")
        database.execute("UPDATE feeds SET etag = 'x'")
    before = path.read_bytes()
    with closing(Inbox(path, read_only=True)) as inbox:
        assert len(read(inbox, "monday")) == len(WHOLE["monday"]) - 1
    assert path.read_bytes() == before


def test_one_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with closing(sqlite3.connect(path)) as database, database:
        for statement in MIGRATIONS[0]:
            database.execute(statement)
        database.execute("INSERT INTO seen (feed, key) VALUES ('f', 'k')")
        database.execute(
            "INSERT INTO documents (issue, feed, key, added, description, data)"
            f" VALUES ('monday', 'f', 'k', '{NOW}', '{{}}', x'789c030000000001')"
        )
        database.execute("PRAGMA user_version = 1")
    with closing(Inbox(path)) as inbox:
        assert read(inbox, "monday", ["f"]) == [Kept(key="k", description="{}", data=b"", feed="f")]
        assert set(inbox.seen("f", ["k"])) == {"k"}
        assert inbox.notes == []


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "inbox.db").write_bytes(b"no database at all" * 500)
    with pytest.raises(ConfigError, match="cannot be used as an inbox"):
        Inbox(tmp_path / "inbox.db")
