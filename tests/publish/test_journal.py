"""What was sent where: on disk at once, and once."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Entry
from pipeline.publish.journal import FILE, SqliteJournal, alone
from tests.publish.desk import Clock


def test_a_delivery_from_beginning_to_end(tmp_path: Path) -> None:
    clock = Clock()
    with SqliteJournal(tmp_path / FILE, clock.now) as journal:
        assert journal.entry("smtp", "e", "a@b.c") == Entry()
        journal.begin("smtp", "e", "a@b.c", detail="first")
        assert journal.entry("smtp", "e", "a@b.c") == Entry(
            status="begun", detail="first", when="2026-02-04T10:13:20+00:00"
        )
        clock.time += 1
        journal.end("smtp", "e", "a@b.c", detail="250 ok")
    with SqliteJournal(tmp_path / FILE) as journal:
        assert journal.entries("smtp", "e") == {
            "a@b.c": Entry(status="sent", detail="250 ok", when="2026-02-04T10:13:21+00:00")
        }
        assert journal.entries("smtp", "other") == {}
        assert journal.status("webhook", "e", "a@b.c") == ""


@pytest.mark.parametrize("status", ["sent", "refused", "begun"])
def test_what_may_have_arrived_is_begun_again_only_when_asked(status: str, tmp_path: Path) -> None:
    with SqliteJournal(tmp_path / FILE) as journal:
        journal.begin("t", "e")
        if status != "begun":
            journal.end("t", "e", status="sent" if status == "sent" else "refused")
        with pytest.raises(PublishError, match="nothing was sent twice"):
            journal.begin("t", "e")
        assert journal.status("t", "e") == status
        journal.begin("t", "e", again=True)
        assert journal.status("t", "e") == "begun"


def test_what_did_not_arrive_is_begun_again(tmp_path: Path) -> None:
    with SqliteJournal(tmp_path / FILE) as journal:
        journal.begin("t", "e")
        journal.end("t", "e", status="", detail="450 later")
        assert journal.entry("t", "e").detail == "450 later"
        journal.begin("t", "e")


def test_what_was_never_begun_does_not_end(tmp_path: Path) -> None:
    with SqliteJournal(tmp_path / FILE) as journal, pytest.raises(ValueError, match="never begun"):
        journal.end("t", "e")


def _claim(path: Path, count: int, queue: multiprocessing.Queue[int]) -> None:
    won = 0
    with SqliteJournal(path) as journal:
        for number in range(count):
            try:
                journal.begin("t", "e", str(number))
                won += 1
            except PublishError:
                pass
    queue.put(won)


def test_of_two_processes_one_begins(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    queue: multiprocessing.Queue[int] = context.Queue()
    workers = [context.Process(target=_claim, args=(tmp_path / FILE, 40, queue)) for _ in range(2)]
    for worker in workers:
        worker.start()
    won = [queue.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert sum(won) == 40


def test_a_line_is_on_disk_when_begin_returns(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from pipeline.publish.journal import SqliteJournal\n"
        "journal = SqliteJournal(Path(sys.argv[1])); journal.begin('t', 'e', 'a@b.c')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path / FILE)], check=False)
    assert ended.returncode == -9
    with SqliteJournal(tmp_path / FILE) as journal:
        assert journal.status("t", "e", "a@b.c") == "begun"


def test_the_disk_is_waited_for(tmp_path: Path) -> None:
    """NORMAL, the mode of the other databases, may lose the last line in a power cut."""
    with SqliteJournal(tmp_path / FILE) as journal:
        full = 2
        assert journal._database.connection.execute("PRAGMA synchronous").fetchone()[0] == full


def test_another_program_s_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="another program"):
        SqliteJournal(path)
    assert path.read_bytes() == before


def test_one_process_publishes_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path / FILE):
        code = (
            "import sys; from pathlib import Path; from pipeline.publish.journal import alone\n"
            "with alone(Path(sys.argv[1])): pass"
        )
        ended = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / FILE)], capture_output=True, text=True, check=False
        )
        assert "another `worldbrief publish` is under way" in ended.stderr
    with alone(tmp_path / FILE):
        pass


def test_digests_have_lines_of_their_own(tmp_path: Path) -> None:
    for digest in ("", "economy", "taiwan"):
        with SqliteJournal(tmp_path / FILE, digest=digest) as journal:
            assert journal.entries("smtp", "2026-02-04") == {}
            journal.begin("smtp", "2026-02-04", "a@example.org")
            journal.end("smtp", "2026-02-04", "a@example.org", detail=digest)
    with SqliteJournal(tmp_path / FILE, digest="economy") as journal:
        assert journal.entry("smtp", "2026-02-04", "a@example.org").detail == "economy"
        assert journal.status("smtp", "2026-02-04", "a@example.org") == "sent"
