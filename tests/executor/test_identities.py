"""Documents that are known again without their text: the same runs as where each text is looked at."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.backends import two_identifiers
from pipeline.config import Config, Extract, IssueSection, Run
from pipeline.executor.identities import Seen
from pipeline.forecast.preview import preview
from pipeline.run import job
from pipeline.run.digests import Digests
from tests.fakes import NoProgress, ScriptedModels

TEXT = "The council said on Monday that the bridge will be closed for two weeks in spring. " * 3
SHORT = "Too little to be an article."


@dataclass(frozen=True)
class Day:
    """One run: which documents it finds, by (address, text), and how it is asked."""

    documents: tuple[tuple[int, int], ...]
    issue: str
    keep_known: bool = False
    since: str = ""
    only: tuple[str, ...] = ()
    force: frozenset[str] = frozenset()
    until: str | None = None
    characters: int = 80
    loses: str = ""
    """What is gone of the cache before it."""


def days() -> st.SearchStrategy[list[Day]]:
    document = st.tuples(st.integers(0, 4), st.integers(0, 3))
    day = st.builds(
        Day,
        documents=st.lists(document, max_size=7).map(tuple),
        issue=st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-03"]),
        keep_known=st.sampled_from([False, False, False, True]),
        since=st.sampled_from(["", "", "2026-01-02"]),
        only=st.sampled_from([(), (), (), ("made/a.jsonl#1",), ("d41d8cd9",)]),
        force=st.sampled_from([frozenset[str](), frozenset[str](), frozenset(["extract"]), frozenset(["detect"])]),
        until=st.sampled_from([None, None, None, None, "extract"]),
        characters=st.sampled_from([80, 80, 80, 100_000]),
        loses=st.sampled_from(["", "", "", "results", "identities", "cache.db"]),
    )
    return st.lists(day, min_size=2, max_size=6)


def text_of(address: int, text: int) -> str:
    return SHORT if text == 3 else f"{TEXT} This is text {text}" + (f" of {address}." if address != 1 else ".")


def row(address: int, text: int) -> str:
    """The first has no address, so that it is known by its place in the table."""
    said: dict[str, object] = {
        "text": text_of(address, text),
        "title": "The bridge",
        "published": f"2026-01-0{text + 1}",
    }
    if address:
        said["url"] = f"https://example.org/{address}"
    return json.dumps(said)


def table(folder: Path, documents: Sequence[tuple[int, int]]) -> None:
    (folder / "made").mkdir(parents=True, exist_ok=True)
    (folder / "made" / "a.jsonl").write_text("".join(row(*one) + "\n" for one in documents), encoding="utf-8")


def lose(cache: Path, what: str) -> None:
    if what == "cache.db":
        for path in cache.glob("cache.db*"):
            path.unlink()
    elif what and (cache / "cache.db").exists():
        with closing(sqlite3.connect(cache / "cache.db")) as connection, connection:
            connection.execute(f"DELETE FROM {what} WHERE key < '8'")


def lived(folder: Path, day: Day) -> dict[str, Any]:
    """All that a run says and leaves, but times."""
    table(folder, day.documents)
    kept = folder / "cache"
    lose(kept, day.loses)
    config = Config(
        extract=Extract(min_characters=day.characters),
        issue=IssueSection(formats=("markdown", "csv")),
        run=Run(out=str(folder / "out"), cache=str(kept), window=3, overlay=str(folder / "none.toml")),
    )
    task = job.Job(
        config=config, issue=day.issue, started="2026-01-01T00:00:00", paths=(str(folder / "made"),),
        keep_known=day.keep_known, since=day.since, only=day.only, force=day.force, until=day.until,
    )  # fmt: skip
    planned = preview(task, ScriptedModels(config, {}))
    result = job.run(task, ScriptedModels(config, {}), NoProgress())
    report = json.loads(result.report.to_json())
    report["inputs"] = report["seconds"] = None
    for stage in report["stages"]:
        stage["seconds"] = None
    with closing(sqlite3.connect(kept / "state.db")) as connection:
        rows = {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
            for name in ("issues", "appearances", "outlets")
        }
    out = folder / "out"
    files = {path.name: path.read_bytes() for path in out.iterdir()} if out.exists() else {}
    files.pop("report.json", None)
    return {
        "report": report,
        "files": files,
        "state": rows,
        "plan": (planned.known, planned.duplicates, planned.updates, planned.left_out, planned.articles),
        "hits": [(stage.stage, stage.hit, stage.to_make) for stage in planned.stages],
    }


identifiers = cache(two_identifiers.TwoIdentifiers)


def compare(folder: Path, history: Sequence[Day]) -> int:
    """Live through the days twice, with the short way and without; how many documents went the short way."""
    short = 0
    told = Digests.kept_out

    def counted(self: Digests, seen: Sequence[Seen]) -> Sequence[bool]:
        nonlocal short
        found = told(self, seen)
        short += sum(found)
        return found

    def never(self: Digests, seen: Sequence[Seen]) -> Sequence[bool]:
        return [False] * len(seen)

    for number, day in enumerate(history, start=1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(two_identifiers, "TwoIdentifiers", identifiers)  # opening it takes longer than a run
            patch.setattr(Digests, "kept_out", counted)
            one = lived(folder / "short", day)
            patch.setattr(Digests, "kept_out", never)
            other = lived(folder / "long", day)
        # A text that nobody asked for need not be made again when it was lost.
        if any(before.loses for before in history[:number]):
            for each in (one, other):
                del each["hits"]
                for stage in each["report"]["stages"]:
                    stage["cached"] = stage["computed"] = stage["cached"] + stage["computed"]
        assert one == other, day
    return short


HISTORY = (
    Day(((0, 0), (1, 0), (2, 0), (3, 3)), "2026-01-01"),
    Day(((0, 0), (1, 0), (1, 1), (2, 1), (4, 0)), "2026-01-02"),
    Day(((0, 0), (1, 0), (2, 1), (2, 2), (4, 0)), "2026-01-03", since="2026-01-02"),
    Day(((0, 0), (1, 0), (2, 0), (4, 0)), "2026-01-03", force=frozenset(["extract"])),
    Day(((0, 0), (1, 0)), "2026-01-01"),
    Day(((0, 0), (1, 2), (2, 1)), "2026-01-02", keep_known=True),
    Day(((0, 0), (1, 0), (1, 2)), "2026-01-04", only=("made/a.jsonl#1",)),
    Day(((2, 0), (2, 1), (4, 0)), "2026-01-04", characters=100_000),
    Day(((0, 0), (1, 0), (2, 0), (4, 3)), "2026-01-04", loses="results"),
    Day(((0, 0), (1, 0), (2, 0), (4, 0)), "2026-01-05", loses="identities"),
)


def test_a_history_is_the_same_as_the_long_way(tmp_path: Path) -> None:
    assert compare(tmp_path, HISTORY) > 20


@pytest.mark.slow
@settings(max_examples=int(os.environ.get("WORLDBRIEF_TEST_HISTORIES", "100")), deadline=None)
@given(history=days())
def test_any_history_is(tmp_path_factory: pytest.TempPathFactory, history: list[Day]) -> None:
    compare(tmp_path_factory.mktemp("lives"), history)


def test_what_an_earlier_issue_has_goes_the_short_way(tmp_path: Path) -> None:
    documents = tuple((address, 0) for address in range(5))
    first, second = Day(documents, "2026-01-01"), Day((*documents, (1, 1), (2, 0)), "2026-01-02")
    assert compare(tmp_path, [first, second]) == 2 * 5 + 2  # once for the plan, and both copies of one
    assert lived(tmp_path / "short", replace(second, issue="2026-01-03"))["report"]["known"] == 7
