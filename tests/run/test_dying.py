"""Kills, full disks, clocks and folders that go, at every step of a run: the next run ends with the same bytes.

`WORLDBRIEF_TEST_KILLS=200 pytest -m slow tests/run/test_dying.py` kills 200 times over 200 articles.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from tests.benchmarks.many import row, texts
from tests.run.dying import Ended, Wanted

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("WORLDBRIEF_TEST_KILLS", "20"))
ARTICLES = 200 if KILLS >= 200 else 40
ISSUES = ("2026-02-04", "2026-02-05")


_QUERIES = (
    ("cache.db", "SELECT key FROM results"),
    ("cache.db", "SELECT key FROM memory"),
    ("state.db", "SELECT issue FROM issues ORDER BY number"),
    ("state.db", "SELECT article, issue, revision, status FROM appearances ORDER BY number"),
    ("state.db", "SELECT issue, outlet, articles FROM outlets ORDER BY rowid"),
)


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Nothing where the file or the table was not made yet."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.OperationalError):
        return connection.execute(query).fetchall()
    return []


@dataclass
class Left:
    """What a folder holds after a run."""

    files: dict[str, bytes]
    state: dict[str, list[tuple[object, ...]]]
    results: int
    """Stage results in the cache."""
    memory: int
    """Sentences there."""
    calls: list[str]
    """Sentences that the engine was asked for in the last run."""
    computed: int = 0
    """Results that the last run made, as its report says."""


@dataclass
class World:
    folder: Path
    server: subprocess.Popen[str]
    steps: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    wholes: dict[str, Left] = field(default_factory=dict)

    def run(self, day: str, issue: str, at: int = -1, after: float = -1.0, what: str = "die") -> Ended:
        (self.folder / day / "calls.log").unlink(missing_ok=True)
        names = ["articles"] if issue == ISSUES[0] else ["articles", "more"]
        paths = tuple(str(self.folder / name) for name in names)
        wanted = Wanted(str(self.folder / day), paths, issue, at, after, what)
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(asdict(wanted)) + "\n")
        self.server.stdin.flush()
        return Ended(**json.loads(self.server.stdout.readline()))

    def left(self, day: str) -> Left:
        folder = self.folder / day
        out, cache = folder / "out", folder / "cache"
        files = {path.name: path.read_bytes() for path in out.glob("[!.]*")} if out.exists() else {}
        report = json.loads(files.pop("report.json", b'{"stages": []}'))
        log = folder / "calls.log"
        found = {query: rows(cache / name, query) for name, query in _QUERIES}
        results, memory = (len(found[query]) for _, query in _QUERIES[:2])
        return Left(
            files,
            {query: found[query] for _, query in _QUERIES[2:]},
            results,
            memory,
            [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else [],
            sum(stage["computed"] for stage in report["stages"]),
        )

    def begin(self, day: str, kind: str) -> str:
        """A folder as it is before a run of this kind; the issue that it is to build."""
        shutil.rmtree(self.folder / day, ignore_errors=True)
        (self.folder / day).mkdir()
        if kind == "first":
            return ISSUES[0]
        shutil.copytree(self.folder / "first" / "cache", self.folder / day / "cache")
        if kind == "old":  # a cache and a state of earlier versions, which are brought up
            with closing(sqlite3.connect(self.folder / day / "cache" / "cache.db")) as connection, connection:
                for table in ("identities", "uses", "lookups"):
                    connection.execute(f"DROP TABLE {table}")
                connection.execute("PRAGMA user_version = 3")
        return ISSUES[1]

    def goes_on(self, day: str, kind: str, issue: str) -> None:
        """The run after the accident ends as if there had been none, and makes nothing again that is in the cache."""
        whole, before = self.wholes[kind], self.left(day)
        ended = self.run(day, issue)
        assert (ended.status, ended.said) == (0, "")
        left = self.left(day)
        assert left.files == whole.files
        assert [path.name for path in (self.folder / day / "out").glob(".*")] == [".lock"]
        assert left.state == whole.state
        assert (left.results, left.memory) == (whole.results, whole.memory)
        assert left.computed == whole.results - before.results
        assert len(left.calls) == whole.memory - before.memory


KINDS = ("first", "second", "old")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("dying")
    made = list(texts(ARTICLES + ARTICLES // 10))
    for name, chosen in (("articles", made[:ARTICLES]), ("more", made[ARTICLES:])):
        (folder / name).mkdir()
        lines = [row(text, paragraphs=2) + "\n" for text in chosen]
        if name == "more":  # and what was told, with another text
            lines += [line.replace('"text": "', '"text": "Again. ') for line in
                      (row(text, paragraphs=2) + "\n" for text in made[:5])]  # fmt: skip
        (folder / name / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "tests.run.dying", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        world = World(folder, server)
        for kind in KINDS:
            issue = world.begin(kind, kind)
            ended = world.run(kind, issue)
            assert (ended.status, ended.said) == (0, "")
            world.steps[kind], world.seconds[kind] = ended.steps, ended.seconds
            world.wholes[kind] = world.left(kind)
        assert len(world.wholes["first"].calls) == world.wholes["first"].memory > ARTICLES
        yield world
        server.stdin.close() if server.stdin else None


def cases() -> Iterator[tuple[str, str, float]]:
    rng = random.Random(KILLS)
    for number in range(KILLS):
        yield KINDS[number % 4 % 3], rng.choice(["step", "step", "time"]), rng.random()


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "by", "share"), list(cases()))
def test_one_that_is_killed(world: World, kind: str, by: str, share: float) -> None:
    issue = world.begin("day", kind)
    if by == "step":
        ended = world.run("day", issue, at=int(share * world.steps[kind]))
        assert ended.status == -signal.SIGKILL
    else:
        ended = world.run("day", issue, after=share * world.seconds[kind])
        assert ended.status in (-signal.SIGKILL, 0)
    world.goes_on("day", kind, issue)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95, 0.99])
def test_a_disk_that_is_full_is_said(world: World, share: float) -> None:
    issue = world.begin("day", "first")
    ended = world.run("day", issue, at=int(share * world.steps["first"]), what="full")
    # Without room for its copy alone the state is remembered all the same.
    assert ended.status == (1 if share < 0.98 else 0), ended
    if ended.status:
        assert str(world.folder / "day") in ended.said
        assert "make room" in ended.said or "cannot be written" in ended.said
    world.goes_on("day", "first", issue)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_clock_that_goes_back_changes_nothing(world: World, kind: str, share: float) -> None:
    issue = world.begin("day", kind)
    ended = world.run("day", issue, at=int(share * world.steps[kind]), what="back")
    assert (ended.status, ended.said) == (0, "")
    assert world.left("day").files == world.wholes[kind].files
    world.goes_on("day", kind, issue)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.97])
def test_a_folder_that_goes_while_it_is_used_is_said(world: World, share: float) -> None:
    issue = world.begin("day", "first")
    ended = world.run("day", issue, at=int(share * world.steps["first"]), what="remove")
    assert ended.status == 1, ended
    assert "state.db: was removed or replaced while it was used" in ended.said
    world.goes_on("day", "first", issue)
