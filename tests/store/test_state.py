"""Which issue an article belongs to."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.store import sealed
from pipeline.store.state import Placement, State

ROOT = Path(__file__).parents[2]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    opened = State(tmp_path / "state.db")
    yield opened
    opened.close()


def build(state: State, issue: str, *articles: tuple[str, str], keep_known: bool = False) -> list[Placement]:
    """Build an issue to its end."""
    state.begin(issue)
    placements = state.place(articles, keep_known=keep_known)
    state.finish()
    return placements


def test_an_article_belongs_to_the_first_issue_it_appears_in(state: State) -> None:
    assert build(state, "monday", ("a", "1")) == ["new"]
    assert build(state, "tuesday", ("a", "1"), ("b", "1")) == ["known", "new"]
    assert build(state, "wednesday", ("a", "1"), ("b", "1")) == ["known", "known"]


def test_an_issue_built_again_is_the_same_also_after_a_later_one(state: State) -> None:
    first = build(state, "monday", ("a", "1"), ("b", "1"))
    second = build(state, "tuesday", ("a", "1"), ("b", "2"), ("c", "1"))
    assert second == ["known", "update", "new"]
    for _ in range(2):
        assert build(state, "monday", ("a", "1"), ("b", "1")) == first
        assert build(state, "tuesday", ("a", "1"), ("b", "2"), ("c", "1")) == second


def test_issues_count_in_the_order_they_were_built_not_by_name(state: State) -> None:
    assert build(state, "z", ("a", "1")) == ["new"]
    assert build(state, "b", ("a", "1")) == ["known"]
    assert build(state, "z", ("a", "1")) == ["new"]


def test_a_changed_text_is_an_update_once(state: State) -> None:
    build(state, "monday", ("a", "1"))
    assert build(state, "tuesday", ("a", "2")) == ["update"]
    assert build(state, "wednesday", ("a", "2")) == ["known"]
    assert build(state, "thursday", ("a", "3")) == ["update"]


def test_a_text_that_changes_back_is_known(state: State) -> None:
    build(state, "monday", ("a", "1"))
    build(state, "tuesday", ("a", "2"))
    assert build(state, "wednesday", ("a", "1")) == ["known"]


def test_a_text_that_changes_while_its_first_issue_is_built_again_is_new_there(state: State) -> None:
    build(state, "monday", ("a", "1"))
    assert build(state, "monday", ("a", "2")) == ["new"]
    assert build(state, "tuesday", ("a", "2")) == ["known"]


def test_the_same_article_twice_in_an_issue(state: State) -> None:
    assert build(state, "monday", ("a", "1"), ("a", "1"), ("a", "2")) == ["new", "duplicate", "duplicate"]
    assert build(state, "tuesday", ("a", "2")) == ["update"]


def test_all_takes_known_articles_in_and_leaves_them_where_they_belong(state: State) -> None:
    build(state, "monday", ("a", "1"))
    assert build(state, "special", ("a", "1"), ("b", "1"), keep_known=True) == ["new", "new"]
    assert build(state, "monday", ("a", "1")) == ["new"]
    assert build(state, "special", ("a", "1"), ("b", "1")) == ["known", "new"]
    assert build(state, "tuesday", ("b", "1")) == ["known"]


def test_what_earlier_issues_told_of_an_article_is_kept_for_later_ones(state: State) -> None:
    for issue, revision, sentences in (("monday", "1", b"1"), ("tuesday", "2", b"2"), ("wednesday", "3", b"3")):
        state.begin(issue)
        state.place([("a", revision), ("failed", revision)])
        state.tell([("a", revision, sentences), ("failed", revision, sentences), ("not placed", revision, sentences)])
        state.withdraw("failed")
        state.finish()
    assert before(state, "tuesday") == {"a": [b"1"]}
    assert before(state, "wednesday") == {"a": [b"1", b"2"]}
    assert before(state, "thursday") == {"a": [b"1", b"2", b"3"]}
    # Monday made again has another text, and is no later issue for that.
    state.begin("monday")
    state.place([("a", "4")])
    state.tell([("a", "4", b"4")])
    state.finish()
    assert before(state, "tuesday") == {"a": [b"4"]}


def test_each_digest_has_told_what_it_told_itself(state: State) -> None:
    for digest, issue, revision in (("am", "1", "1"), ("pm", "1", "1"), ("am", "2", "2")):
        state.begin(issue)
        state.place([("a", revision)], digest=digest)
        state.tell([("a", revision, revision.encode())])
        state.finish([digest], alone=False)
    for issue, digest, told in (("2", "pm", [b"1"]), ("2", "am", [b"1"]), ("3", "am", [b"1", b"2"])):
        state.begin(issue)
        assert state.told_before(["a"], digest=digest) == {"a": told}


def before(state: State, issue: str) -> dict[str, list[bytes]]:
    state.begin(issue)
    return state.told_before(["a", "failed", "not placed", "never seen"])


def test_of_many_articles_the_last_are_kept(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.state._MOST_TOLD", 2)
    for name in "abc":
        state.begin(name)
        state.place([(name, "1")])
        state.tell([(name, "1", b"1")])
        state.finish()
    state.begin("later")
    assert sorted(state.told_before(list("abc"))) == ["b", "c"]


def test_a_file_that_went_while_it_was_used_is_said(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "state.db"
    with closing(State(path)) as state:
        state.begin("monday")
        state.place([("a", "1")])
        shutil.rmtree(path.parent)
        with pytest.raises(ConfigError, match=r"state\.db: was removed or replaced while it was used; .* run again"):
            state.finish()


def test_what_failed_after_it_was_placed_may_come_again(state: State) -> None:
    state.begin("monday")
    assert state.place([("a", "1")]) == ["new"]
    state.withdraw("a")
    state.finish()
    assert build(state, "tuesday", ("a", "1")) == ["new"]


def test_an_issue_that_was_not_finished_left_nothing(tmp_path: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from pipeline.store.state import State
state = State(Path(sys.argv[1]))
state.begin("monday")
state.place([("a", "1")])
os._exit(9)
"""
    path = tmp_path / "state.db"
    assert subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False).returncode == 9
    state = State(path)
    assert build(state, "tuesday", ("a", "1")) == ["new"]
    state.close()


def test_a_failure_while_finishing_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    state = State(path)
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TRIGGER full BEFORE INSERT ON appearances WHEN NEW.article = 'b' BEGIN SELECT RAISE(FAIL, 'full'); END"
    )
    database.commit()
    with pytest.raises(ConfigError, match=r"state\.db: cannot be used as the state database \(full\)"):
        build(state, "monday", ("a", "1"), ("b", "1"))
    assert database.execute("SELECT count(*) FROM appearances").fetchone() == (0,)
    database.execute("DROP TRIGGER full")
    database.commit()
    database.close()
    assert build(state, "tuesday", ("a", "1")) == ["new"]
    state.close()


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """A state database as the first release left it: no issues that count, no names, no write-ahead log."""
    path = tmp_path / "state.db"
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE IF NOT EXISTS appearances (article TEXT, issue TEXT, revision TEXT, status TEXT,"
        " number INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (article, issue))"
    )
    database.executemany(
        "INSERT INTO appearances (article, issue, revision, status) VALUES (?, ?, ?, ?)",
        [("a", "z-monday", "1", "new"), ("b", "z-monday", "1", "new"), ("a", "a-tuesday", "2", "update")],
    )
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    return path


def test_what_the_first_version_remembers_is_known(first_version: Path) -> None:
    with closing(State(first_version)) as state:
        assert build(state, "wednesday", ("a", "1"), ("a", "2"), ("b", "1"), ("c", "1")) == [
            "known", "known", "known", "new",
        ]  # fmt: skip
        assert build(state, "z-monday", ("a", "1"), ("b", "1")) == ["new", "new"]
        assert build(state, "a-tuesday", ("a", "2"), ("b", "1")) == ["update", "known"]
        assert build(state, "thursday", ("a", "3"), ("b", "1")) == ["update", "known"]


def test_the_first_version_is_kept_beside_its_successor(first_version: Path) -> None:
    State(first_version).close()
    with closing(sqlite3.connect(first_version.with_name("state.db.v1.bak"))) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT article, issue, revision, status FROM appearances ORDER BY number").fetchall() == [
            ("a", "z-monday", "1", "new"), ("b", "z-monday", "1", "new"), ("a", "a-tuesday", "2", "update"),
        ]  # fmt: skip
        assert [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")] == [
            "appearances", "sqlite_sequence",
        ]  # fmt: skip


ARTICLES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("12")), max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["i", "j", "k"]), ARTICLES), max_size=6))
@settings(deadline=None)  # writes files
def test_building_the_last_issue_again_always_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory, issues: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    state = State(tmp_path_factory.mktemp("state") / "state.db")
    for issue, articles in issues:
        placements = build(state, issue, *articles)
        assert build(state, issue, *articles) == placements
    state.close()


KRACH = ("柯拉克", "Keith Krach")
OTHER = ("柯拉克", "Kola Ke")
Votes = dict[str, dict[str, int]]


def teach(state: State, issue: str, *articles: tuple[str, tuple[str, str]]) -> Votes:
    """Build an issue whose articles give names; what it knew itself."""
    state.begin(issue)
    known = state.votes("zh-Hans")
    for article, name in articles:
        state.learn(article, "zh-Hans", [name])
    assert state.votes("zh-Hans") == known
    state.finish()
    return known


class TestNames:
    def test_each_article_of_an_earlier_issue_has_a_vote(self, state: State) -> None:
        assert teach(state, "monday", ("a", KRACH), ("a", KRACH), ("b", OTHER)) == {}
        assert teach(state, "tuesday", ("c", KRACH)) == {"柯拉克": {"Keith Krach": 1, "Kola Ke": 1}}
        assert teach(state, "wednesday") == {"柯拉克": {"Keith Krach": 2, "Kola Ke": 1}}
        assert state.votes("ja") == {}

    def test_an_article_of_two_issues_has_one(self, state: State) -> None:
        teach(state, "monday", ("a", KRACH))
        teach(state, "tuesday", ("a", KRACH))
        assert teach(state, "wednesday") == {"柯拉克": {"Keith Krach": 1}}

    def test_an_issue_built_again_knows_what_it_knew(self, state: State) -> None:
        teach(state, "monday", ("a", KRACH))
        teach(state, "tuesday", ("b", ("乔丹", "Qiao Dan")))
        for _ in range(2):
            assert teach(state, "monday", ("a", KRACH)) == {}
            assert teach(state, "tuesday", ("b", ("乔丹", "Qiao Dan"))) == {"柯拉克": {"Keith Krach": 1}}

    def test_an_issue_that_was_not_finished_taught_nothing(self, state: State) -> None:
        state.begin("monday")
        state.learn("a", "zh-Hans", [KRACH])
        assert teach(state, "tuesday") == {}

    def test_issues_of_the_first_version_count_in_the_order_they_were_built(self, first_version: Path) -> None:
        """An issue built again learns nothing from a later one, also where both were built before names were kept."""
        with closing(State(first_version)) as state:
            assert teach(state, "a-tuesday", ("a", KRACH)) == {}
            assert teach(state, "z-monday") == {}
            assert teach(state, "friday") == {"柯拉克": {"Keith Krach": 1}}


class TestOutlets:
    def issue(self, state: State, name: str, *outlets: str) -> dict[str, int]:
        """What was heard in the two issues before, and then in this one."""
        state.begin(name)
        for outlet in outlets:
            state.hear(outlet)
        before = state.heard_before(2)
        state.finish()
        return before

    def test_issues_with_an_article_count_and_only_the_last_ones(self, tmp_path: Path) -> None:
        with closing(State(tmp_path / "state.db")) as state:
            assert self.issue(state, "1", "A", "A", "B") == {}
            assert self.issue(state, "2", "A") == {"A": 1, "B": 1}
            assert self.issue(state, "3", "C") == {"A": 2, "B": 1}
            assert self.issue(state, "4") == {"A": 1, "C": 1}
            # Built again it sees what it saw, and counts as it is now.
            assert self.issue(state, "3", "D") == {"A": 2, "B": 1}
            assert self.issue(state, "4") == {"A": 1, "D": 1}

    def test_what_was_heard_in_an_issue_that_was_not_finished_is_forgotten(self, tmp_path: Path) -> None:
        with closing(State(tmp_path / "state.db")) as state:
            state.begin("1")
            state.hear("A")
            assert self.issue(state, "1", "B") == {}
            assert self.issue(state, "2") == {"B": 1}

    def test_a_database_that_knew_no_outlets(self, tmp_path: Path) -> None:
        """Version 2: its issues count, and of none of them is known who was in it."""
        path = tmp_path / "state.db"
        with closing(sqlite3.connect(path)) as database:
            database.execute(
                "CREATE TABLE appearances (article TEXT, issue TEXT, revision TEXT, status TEXT,"
                " number INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (article, issue))"
            )
            database.execute("CREATE TABLE issues (issue TEXT UNIQUE, number INTEGER PRIMARY KEY AUTOINCREMENT)")
            database.execute(
                "CREATE TABLE names (issue TEXT, article TEXT, language TEXT, source TEXT, english TEXT,"
                " UNIQUE (issue, article, language, source))"
            )
            database.execute("INSERT INTO issues (issue) VALUES ('monday')")
            database.execute(
                "INSERT INTO appearances (article, issue, revision, status) VALUES ('a', 'monday', '1', 'new')"
            )
            database.execute("INSERT INTO names VALUES ('monday', 'a', 'ko', 's', 'e')")
            database.execute("PRAGMA user_version = 2")
            database.commit()
        with closing(State(path)) as state:
            assert build(state, "tuesday", ("a", "1")) == ["known"]
            assert state.votes("ko") == {"s": {"e": 1}}
            assert self.issue(state, "wednesday", "A") == {}
            assert self.issue(state, "thursday") == {"A": 1}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a run leaves it: the state of two issues, and its copy."""
    folder = tmp_path_factory.mktemp("left")
    with closing(State(folder / "state.db")) as state:
        build(state, "monday", *((f"{number:016x}", "r" * 16) for number in range(200)))
        build(state, "tuesday", *((f"{number:016x}", "s" * 16) for number in range(150, 300)))
    return folder


def spoilt(left: Path, folder: Path, data: bytes) -> Path:
    (folder / "state.db.bak").write_bytes((left / "state.db.bak").read_bytes())
    (folder / "state.db").write_bytes(data)
    return folder / "state.db"


class TestDamage:
    def test_a_flipped_byte_makes_no_old_news_new(self, left: Path, tmp_path: Path) -> None:
        sound = (left / "state.db").read_bytes()
        rng = random.Random(3)
        mended = 0
        for place in [*rng.sample(range(100, len(sound)), 25), 0, 17, 18, 20, 45, 100, 101, 105]:
            folder = tmp_path / str(place)
            folder.mkdir()
            data = bytearray(sound)
            data[place] ^= rng.randrange(1, 256)
            with closing(State(spoilt(left, folder, bytes(data)))) as state:
                state.begin("wednesday")
                told = [(f"{number:016x}", ("s" if number >= 150 else "r") * 16) for number in range(300)]
                assert state.place([*told, ("new", "1")]) == ["known"] * 300 + ["new"], (place, state.notes)
                state.finish()
                mended += bool(state.notes)
                assert bool(state.notes) == (folder / "state.db.damaged-1").exists()
            with closing(State(folder / "state.db")) as state:
                assert state.notes == []
        assert mended > 8

    def test_the_copy_is_that_of_the_last_issue(self, left: Path, tmp_path: Path) -> None:
        sound = (left / "state.db").read_bytes()
        path = spoilt(left, tmp_path, sound.replace(b"CREATE TABLE issues (", b"CREATE TABLE issuez ("))
        with closing(State(path)) as state:
            [note] = state.notes
            assert "was damaged" in note
            assert "state.db.damaged-1" in note
            assert build(state, "wednesday", (f"{299:016x}", "s" * 16)) == ["known"]

    def test_a_row_that_another_program_changed(self, left: Path, tmp_path: Path) -> None:
        path = spoilt(left, tmp_path, (left / "state.db").read_bytes())
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("DELETE FROM appearances WHERE issue = 'monday'")
        with closing(State(path)) as state:
            assert state.notes
            assert build(state, "wednesday", (f"{0:016x}", "r" * 16)) == ["known"]

    def test_without_a_sound_copy_nothing_is_thrown_away(self, left: Path, tmp_path: Path) -> None:
        data = (left / "state.db").read_bytes()
        damaged = data[:4096] + b"\xff" * (len(data) - 4096)
        path = spoilt(left, tmp_path, damaged)
        (tmp_path / "state.db.bak").write_bytes(damaged)
        with pytest.raises(ConfigError, match="no sound copy"):
            State(path)
        assert path.read_bytes()[4096:] == damaged[4096:]

    def test_no_room_for_the_copy_keeps_the_issue(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(path: Path) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(sealed, "keep_copy", full)
        with closing(State(tmp_path / "state.db")) as state:
            build(state, "monday", ("a", "1"))
        with closing(State(tmp_path / "state.db")) as state:
            assert build(state, "tuesday", ("a", "1")) == ["known"]


class TestSeveralDigests:
    """Each has a memory of its own, in one file."""

    @staticmethod
    def build(
        state: State, issue: str, digest: str, *articles: str, passes: str = "", rules: str = "r"
    ) -> list[Placement]:
        state.begin(issue)
        placements = state.place([(article, "1") for article in articles], digest=digest, rules=rules)
        for article in passes:
            if state.placed(article, "1", digest=digest):
                state.pass_over(article, digest=digest)
        state.finish((digest,))
        return placements

    def test_what_one_told_is_new_to_the_other(self, state: State) -> None:
        assert self.build(state, "monday", "one", "a", "b") == ["new", "new"]
        assert self.build(state, "monday", "two", "a") == ["new"]
        assert self.build(state, "tuesday", "one", "a", "b") == ["known", "known"]
        assert self.build(state, "tuesday", "two", "a", "b") == ["known", "new"]
        assert self.build(state, "tuesday", "three", "a") == ["new"]
        assert build(state, "tuesday", ("a", "1")) == ["new"]

    def test_the_only_digest_does_not_see_the_others(self, state: State) -> None:
        assert build(state, "monday", ("a", "1")) == ["new"]
        assert self.build(state, "monday", "one", "a") == ["new"]
        assert build(state, "tuesday", ("a", "1")) == ["known"]

    def test_what_the_rules_did_not_take_is_remembered_until_text_or_rules_change(self, state: State) -> None:
        assert self.build(state, "monday", "one", "a", "b", passes="b") == ["new", "new"]
        assert self.build(state, "tuesday", "one", "a", "b") == ["known", "passed"]
        assert self.build(state, "wednesday", "one", "b", rules="others", passes="b") == ["new"]
        assert self.build(state, "thursday", "one", "b", rules="others") == ["passed"]
        state.begin("friday")
        assert state.known([("a", "1"), ("b", "1"), ("b", "2")], digest="one", rules="others") == [True, True, False]
        assert state.known([("a", "1"), ("b", "1")], digest="one", rules="r") == [True, False]
        assert state.known([("a", "1"), ("b", "1")], digest="two", rules="r") == [False, False]
        state.begin("thursday")
        assert state.place([("b", "2")], digest="one", rules="others") == ["new"]

    def test_an_issue_that_is_built_again_looks_at_all_it_looked_at(self, state: State) -> None:
        first = self.build(state, "monday", "one", "a", "b", passes="b")
        self.build(state, "tuesday", "one", "b")
        assert self.build(state, "monday", "one", "a", "b", passes="b") == first
        assert self.build(state, "tuesday", "one", "b") == ["passed"]

    def test_all_looks_at_what_was_passed_over(self, state: State) -> None:
        self.build(state, "monday", "one", "a", passes="a")
        state.begin("tuesday")
        assert state.place([("a", "1")], digest="one", rules="r", keep_known=True) == ["new"]

    def test_what_was_passed_over_is_remembered_without_an_issue(self, state: State) -> None:
        state.begin("monday")
        assert state.place([("a", "1")], digest="one", rules="r") == ["new"]
        state.pass_over("a", digest="one")
        assert state.placed("a", "1", digest="one") is None
        assert state.place([("a", "1")], digest="one", rules="r") == ["duplicate"]
        state.finish(())
        assert self.build(state, "tuesday", "one", "a") == ["passed"]

    def test_outlets_are_heard_by_each(self, state: State) -> None:
        for issue in ("monday", "tuesday"):
            state.begin(issue)
            state.hear("The Example", digest="one")
            state.hear("Another", digest="two")
            state.finish(("one",) if issue == "monday" else ("one", "two"))
        state.begin("wednesday")
        assert state.heard_before(5, digest="one") == {"The Example": 2}
        assert state.heard_before(5, digest="two") == {"Another": 1}
        assert state.heard_before(5) == {}

    def test_names_are_learned_for_all(self, state: State) -> None:
        state.begin("monday")
        state.learn("a", "ko", [("가", "Ga")])
        state.finish(("one", "two"))
        state.begin("monday")
        state.learn("b", "ko", [("나", "Na")])
        state.finish(("three",), alone=False)
        state.begin("tuesday")
        assert state.votes("ko") == {"가": {"Ga": 1}, "나": {"Na": 1}}
        state.begin("monday")
        assert state.votes("ko") == {}

    def test_a_sealed_file_of_the_version_before_stays_sound(self, tmp_path: Path) -> None:
        path = tmp_path / "state.db"
        with closing(State(path)) as state:
            build(state, "monday", ("a", "1"))
        with closing(sqlite3.connect(path)) as database:
            database.execute("DROP TABLE passed")
            database.execute("PRAGMA user_version = 6")
        with closing(State(path)) as state:
            assert state.notes == []
            assert build(state, "tuesday", ("a", "1")) == ["known"]
            assert self.build(state, "tuesday", "one", "a", passes="a") == ["new"]
        with closing(State(path)) as state:
            assert state.notes == []
