"""Ended from outside: real signals to a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The command with an engine that says each call, and takes its time.
SLOW = """
import sys, time
from pipeline.backends.fake import FakeTranslator
from pipeline.__main__ import main
translate = FakeTranslator.translate
def slowly(self, segments, decoding):
    print("call", hash(tuple(segment.text for segment in segments)), flush=True)
    time.sleep(0.2)
    return translate(self, segments, decoding)
FakeTranslator.translate = slowly
main()
"""
CONFIG = """
[translate]
model = "fake"
batch_tokens = 100
[issue]
drafts = "tell"
"""
# Sentences enough for ten calls, in a language that costs little to read in.
TEXT = "Ponte aberta\n\n" + "".join(
    f"A cidade abriu a ponte número {number} na segunda-feira. O prefeito agradeceu aos {number} moradores.\n\n"
    for number in range(2, 14)
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")


def start(folder: Path, code: str = SLOW) -> subprocess.Popen[str]:
    (folder / "worldbrief.toml").write_text(CONFIG)
    (folder / "ponte.txt").write_text(TEXT, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-c", code, "run", "ponte.txt", "--issue", "2026-02-04"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1", "WORLDBRIEF_MODELS": str(folder / "models")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(folder: Path) -> tuple[list[str], dict[str, bytes]]:
    """The engine calls of a run to the end, and the digest."""
    with start(folder) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    digest = {path.name: path.read_bytes() for path in (folder / "out").glob("digest.*")}
    return [line for line in out.splitlines() if line.startswith("call")], digest


def test_sigterm_finishes_the_batch_in_hand(tmp_path: Path) -> None:
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    whole.mkdir()
    stopped.mkdir()
    calls, digest = finished(whole)
    assert len(calls) > 6
    with start(stopped) as process:
        assert process.stdout is not None
        before = [process.stdout.readline().strip() for _ in range(3)]
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 143
    assert "the batch in hand is done" in err.splitlines()[-1]
    assert "Traceback" not in err
    assert not (stopped / "out").exists() or not list((stopped / "out").glob("[!.]*"))
    before += [line for line in out.splitlines() if line.startswith("call")]
    assert len(before) < len(calls)
    after, again = finished(stopped)
    assert again == digest
    # The engine is a batch ahead of what is stored.
    assert len(set(before) & set(after)) <= 1


def test_a_second_sigterm_does_not_wait(tmp_path: Path) -> None:
    endless = SLOW.replace("time.sleep(0.2)", "[time.sleep(0.05) for _ in range(1000)]")
    with start(tmp_path, endless) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("seconds", [0.15, 0.4])
def test_an_early_interrupt_has_no_traceback(tmp_path: Path, seconds: float) -> None:
    code = "import sys, time; print('up', flush=True)\nfrom pipeline.__main__ import main\nmain()"
    with start(tmp_path, code) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode == 130
