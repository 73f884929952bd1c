"""Runs that are killed: the next one finishes the work, repeats only what was in flight, and writes the same files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A batch in flight has one call for the first try and one for the second.
IN_FLIGHT = 2


class Runs:
    """Runs as `driver serve` makes them: in processes of their own, which need not read in everything anew."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def __call__(self, *wanted: tuple[Path, int]) -> list[int]:
        """Runs in these folders at once, each killed at so many engine calls, -1 for never; their exit statuses."""
        for folder, _ in wanted:
            folder.mkdir(exist_ok=True)
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps([(str(folder), kill_at) for folder, kill_at in wanted]) + "\n")
        self._server.stdin.flush()
        statuses: list[int] = json.loads(self._server.stdout.readline())
        return statuses


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    command = [sys.executable, "-m", "tests.driver", "serve", str(ROOT / "seeds")]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield Runs(server)


@dataclass
class Reference:
    """A run that nobody killed."""

    files: dict[str, bytes]
    calls: list[str]


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
def reference(tmp_path_factory: pytest.TempPathFactory, runs: Runs) -> Reference:
    folder = tmp_path_factory.mktemp("whole")
    assert runs((folder, -1)) == [0]
    found = Reference(files(folder), calls(folder))
    assert len(found.calls) >= 10
    assert "digest.html" in found.files
    return found


def check(folder: Path, reference: Reference, before: list[str]) -> None:
    """The run that goes on after a kill did no more than it had to.

    Args:
        before: calls of the engine that the killed run had made.
    """
    assert files(folder) == reference.files
    repeated = Counter(calls(folder)) - Counter(reference.calls)
    assert repeated.total() <= IN_FLIGHT
    assert set(calls(folder)) == set(reference.calls)
    # What was repeated is the end of what the killed run had begun.
    assert set(repeated) <= set(before[-IN_FLIGHT:])


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_killed_in_the_middle_of_a_batch(tmp_path: Path, runs: Runs, reference: Reference, share: float) -> None:
    at = int(share * len(reference.calls))
    assert runs((tmp_path, at)) == [-signal.SIGKILL]
    before = calls(tmp_path)
    assert before == reference.calls[: at + 1]
    assert runs((tmp_path, -1)) == [0]
    check(tmp_path, reference, before)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.02, 0.2, 0.45, 0.7, 0.9, 0.97])
def test_killed_at_any_time(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, reference: Reference, share: float
) -> None:
    seconds = finish(tmp_path_factory.mktemp("timed"))
    with start(tmp_path) as process:
        time.sleep(share * seconds)
        process.kill()
    before = calls(tmp_path)
    finish(tmp_path)
    check(tmp_path, reference, before)


@pytest.mark.slow
def test_killed_again_and_again(tmp_path: Path, reference: Reference) -> None:
    for _ in range(4):
        with start(tmp_path, kill_at=2) as process:
            pass
        assert process.returncode == -signal.SIGKILL
    finish(tmp_path)
    assert files(tmp_path) == reference.files
    assert len(calls(tmp_path)) <= len(reference.calls) + 4 * IN_FLIGHT


def test_two_runs_at_once_come_to_the_same(tmp_path: Path, runs: Runs, reference: Reference) -> None:
    assert runs((tmp_path, -1), (tmp_path, -1)) == [0, 0]
    assert files(tmp_path) == reference.files
