"""The memory of sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.store.sources import FOR_EVER, Look, Sources, Watched
from pipeline.store.state import State


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Sources]:
    with closing(State(tmp_path / "state.db")) as state:
        yield state.sources


def keep(sources: Sources, issue: str, *rows: tuple[str, str], before: str = "", refused: tuple[str, ...] = ()) -> None:
    look = Look(issue=issue, day=issue[:10], at=f"{issue[:10]}T07:00:00+00:00")
    known = [Watched(source=source, is_feed=False, asked=issue[:10]) for source, _ in rows]
    sources.keep(look, rows, known, refused, before)


def test_an_issue_made_again_counts_once(sources: Sources) -> None:
    for _ in range(2):
        keep(sources, "2026-11-23", ("a", "1"), ("b", "2"))
    assert sources.history() == {"a": [("2026-11-23", "1")], "b": [("2026-11-23", "2")]}
    keep(sources, "2026-11-23", ("a", "3"))
    keep(sources, "2026-11-24", ("a", "4"))
    assert sources.history() == {"a": [("2026-11-23", "3"), ("2026-11-24", "4")]}
    assert sources.history("b") == {}
    assert [look.day for look in sources.looks()] == ["2026-11-23", "2026-11-24"]


def test_what_is_old_goes(sources: Sources) -> None:
    keep(sources, "2026-11-01", ("a", "1"), ("b", "1"), refused=("x",))
    keep(sources, "2026-11-23", ("a", "2"), before="2026-11-10")
    assert sources.history() == {"a": [("2026-11-23", "2")]}
    assert list(sources.watched()) == ["a"]
    assert [look.issue for look in sources.looks()] == ["2026-11-23"]
    assert sources.refused_before(["x"], "2026-11-24") == set()


def test_a_refused_article_is_counted_by_the_first_issue_that_has_it(sources: Sources) -> None:
    keep(sources, "2026-11-23", refused=("x", "y"))
    assert sources.refused_before(["x", "z"], "2026-11-23") == set()
    assert sources.refused_before(["x", "z"], "2026-11-24") == {"x"}
    keep(sources, "2026-11-24", refused=("x",))
    assert sources.refused_before(["x"], "2026-11-23") == set()


def test_what_is_known_of_a_feed_is_kept_where_nothing_new_is(sources: Sources) -> None:
    def known(**changes: str) -> Watched:
        look = Look(issue=changes["asked"], day=changes["asked"], at="")
        sources.keep(look, (), [Watched(source="f", is_feed=True, **changes)], (), "")
        return sources.watched()["f"]

    known(asked="2026-11-23", answered="2026-11-23", name="Paper")
    failing = known(asked="2026-11-24", failing="2026-11-24")
    assert (failing.name, failing.answered, failing.failing) == ("Paper", "2026-11-23", "2026-11-24")
    # An issue of an earlier day that is made again takes nothing back.
    assert known(asked="2026-11-20", answered="2026-11-20").asked == "2026-11-24"


def test_muted_until_a_day(sources: Sources) -> None:
    sources.mute("a", "2026-11-30")
    sources.mute("b")
    assert sources.muted("2026-11-30") == {"a": "2026-11-30", "b": FOR_EVER}
    assert sources.muted("2026-12-01") == {"b": FOR_EVER}
    assert sources.unmute("b")
    assert not sources.unmute("b")


def test_a_state_of_the_version_before_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(
            "CREATE TABLE appearances (article TEXT, issue TEXT, revision TEXT, status TEXT,"
            " number INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (article, issue));"
            "CREATE TABLE issues (issue TEXT UNIQUE, number INTEGER PRIMARY KEY AUTOINCREMENT);"
            "CREATE TABLE names (issue TEXT, article TEXT, language TEXT, source TEXT, english TEXT,"
            " UNIQUE (issue, article, language, source));"
            "CREATE TABLE outlets (issue TEXT, outlet TEXT, articles INTEGER, UNIQUE (issue, outlet));"
            "CREATE TABLE seal (digest BLOB NOT NULL);"
            "CREATE TABLE told (article TEXT, issue TEXT, sentences BLOB NOT NULL, number INTEGER PRIMARY KEY"
            " AUTOINCREMENT, UNIQUE (article, issue));"
            "INSERT INTO appearances (article, issue, revision, status) VALUES ('a', 'monday', '1', 'new');"
            "INSERT INTO issues (issue) VALUES ('monday'); PRAGMA user_version = 5;"
        )
    with closing(State(path)) as state:
        assert state.sources.looks() == []
        keep(state.sources, "2026-11-23", ("a", "1"))
        state.begin("tuesday")
        assert state.place([("a", "1")]) == ["known"]
        state.finish()
    with closing(State(path)) as state:
        assert state.notes == []
        assert state.sources.history() == {"a": [("2026-11-23", "1")]}
