"""`worldbrief publish smtp` killed at any moment, and run again until it is done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.publish.journal import FILE, SqliteJournal
from tests.issue.samples import ENGLISH
from tests.publish.desk import ISSUE, write_issue
from tests.publish.mail.mailserver import mail_server

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("kills", "after_taking"), [(1, 1), pytest.param(16, 4, marks=pytest.mark.slow)])
def test_a_process_that_is_killed(kills: int, after_taking: int, tmp_path: Path) -> None:
    chance = random.Random(kills)
    readers = [f"reader{number}@example.org" for number in range(20 + 5 * (kills + after_taking))]
    (tmp_path / "readers.txt").write_text("\n".join(readers), encoding="utf-8")
    size = len((write_issue(tmp_path / "out", ENGLISH) / "digest.eml").read_bytes()) + 100
    running: list[subprocess.Popen[bytes]] = []
    with mail_server() as server, SqliteJournal(tmp_path / FILE) as journal:
        (tmp_path / "worldbrief.toml").write_text(
            f'[run]\ncache = "."\n[publish]\nrequire_approval = false\n[publish.smtp]\nhost = "127.0.0.1"\n'
            f'port = {server.port}\nsecurity = "none"\nrecipients = "readers.txt"\nper_minute = 0\n',
            encoding="utf-8",
        )
        killed: list[int] = []

        def kill() -> bool:
            pid = running[-1].pid
            if pid in killed:
                return False
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)
            return True

        server.faults.victim = kill
        server.faults.at_bytes = [chance.randrange(chance.choice([120, 2 * size])) for _ in range(kills)]
        server.faults.after_taking = after_taking
        codes: list[int] = []
        while codes[-1:] not in ([0], [1], [3]):
            assert len(codes) <= kills + after_taking
            command = [sys.executable, "-m", "pipeline", "publish", "smtp"]
            for address, entry in journal.entries("smtp", ISSUE).items():
                if entry.status == "begun" and address not in server.per_recipient:
                    command += ["--resend-uncertain", address]
            running.append(
                subprocess.Popen(
                    command,
                    cwd=tmp_path,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            codes.append(running[-1].wait(120))
        assert codes[:-1] == [-signal.SIGKILL] * (kills + after_taking)
        assert server.per_recipient == dict.fromkeys(readers, 1)
        statuses = [entry.status for entry in journal.entries("smtp", ISSUE).values()]
        assert statuses.count("sent") == len(readers) - after_taking
        # They have it, and nobody told us: a person decides.
        assert statuses.count("begun") == after_taking
        assert codes[-1] == 1
