"""Runs that are killed: the next one finishes the work, repeats only what was in flight, and writes the same files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A batch in flight has one call for the first try and one for the second.
IN_FLIGHT = 2


@dataclass
class Reference:
    """A run that nobody killed."""

    files: dict[str, bytes]
    calls: list[str]
    seconds: float


def start(folder: Path, kill_at: int = -1) -> subprocess.Popen[str]:
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WORLDBRIEF_MODELS": str(folder / "models")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.driver", str(folder / "calls.log"), str(kill_at), str(ROOT / "seeds")],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def finish(folder: Path) -> float:
    """Run to the end; the seconds of its work."""
    with start(folder) as process:
        began = time.monotonic()
        assert process.stdout is not None
        assert process.stdout.readline() == "done\n"
        seconds = time.monotonic() - began
    assert process.returncode == 0
    return seconds


def calls(folder: Path) -> list[str]:
    log = folder / "calls.log"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def files(folder: Path) -> dict[str, bytes]:
    """All that a run leaves in its output folder but the report, which has times in it."""
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir() if path.name != "report.json"}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("whole")
    seconds = finish(folder)
    found = Reference(files(folder), calls(folder), seconds)
    assert len(found.calls) >= 10
    assert "digest.html" in found.files
    return found


def check(folder: Path, reference: Reference) -> None:
    before = calls(folder)
    finish(folder)
    assert files(folder) == reference.files
    repeated = Counter(calls(folder)) - Counter(reference.calls)
    assert repeated.total() <= IN_FLIGHT
    assert set(calls(folder)) == set(reference.calls)
    # What was repeated is the end of what the killed run had begun.
    assert set(repeated) <= set(before[-IN_FLIGHT:])


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_killed_in_the_middle_of_a_batch(tmp_path: Path, reference: Reference, share: float) -> None:
    at = int(share * len(reference.calls))
    with start(tmp_path, kill_at=at) as process:
        pass
    assert process.returncode == -signal.SIGKILL
    assert calls(tmp_path) == reference.calls[: at + 1]
    check(tmp_path, reference)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.02, 0.2, 0.45, 0.7, 0.9, 0.97])
def test_killed_at_any_time(tmp_path: Path, reference: Reference, share: float) -> None:
    with start(tmp_path) as process:
        time.sleep(share * reference.seconds)
        process.kill()
    check(tmp_path, reference)


@pytest.mark.slow
def test_killed_again_and_again(tmp_path: Path, reference: Reference) -> None:
    for _ in range(4):
        with start(tmp_path, kill_at=2) as process:
            pass
        assert process.returncode == -signal.SIGKILL
    finish(tmp_path)
    assert files(tmp_path) == reference.files
    assert len(calls(tmp_path)) <= len(reference.calls) + 4 * IN_FLIGHT


def test_two_runs_at_once_come_to_the_same(tmp_path: Path, reference: Reference) -> None:
    processes = [start(tmp_path), start(tmp_path)]
    for process in processes:
        assert process.communicate()[0] == "done\n"
        assert process.returncode == 0
    assert files(tmp_path) == reference.files
