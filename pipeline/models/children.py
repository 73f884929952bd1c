"""Work in a child process: it can be stopped when it hangs, and its memory leaves with it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.errors import BackendError
from pipeline.models.watch import folder_bytes

_POLL_SECONDS = 0.05
_STALL_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended. `problem` is empty after success, else one line that says what went wrong."""

    output: str
    problem: str


def run_child(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    deadline: float | None = None,
    growing: Path | None = None,
    stall: float = 60.0,
) -> Ended:
    """Run this interpreter with arguments (`-m module ...`) and wait.

    Args:
        environment: variables to set on top of this process's own.
        deadline: seconds after which the child is stopped.
        growing: a folder that the child fills; the child is stopped once it has not grown for `stall` seconds.
    """
    package = str(Path(__file__).parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **(environment or {})}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [sys.executable, *arguments], stdin=subprocess.PIPE, stdout=out, stderr=err, env=variables
        )
        try:
            stopped = _wait(process, deadline, growing, stall)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            # Open until now: a child of ours ends when this pipe closes, so it does not outlive a killed parent.
            if process.stdin is not None:
                process.stdin.close()
        output, errors = _read(out), _read(err)
    if stopped:
        return Ended(output, stopped)
    if process.returncode < 0:
        return Ended(output, f"was stopped by signal {-process.returncode}; perhaps memory ran out")
    if process.returncode > 0:
        return Ended(output, _last_line(errors) or f"ended with status {process.returncode}")
    return Ended(output, "")


def as_child(work: Callable[[], None]) -> int:
    """Do the work of a child of `run_child`: its exit status. Whatever a library raises is the last line of its error
    output, which is the reason that the parent reports.
    """
    end_with_parent()
    try:
        work()
    except Exception as error:
        kind = "" if isinstance(error, (BackendError, ValueError)) else f"{type(error).__name__}: "
        sys.stderr.write(f"\n{kind}{' '.join(str(error).split())[:300]}\n")
        return 1
    return 0


def end_with_parent() -> None:
    """Called by a child of `run_child`: leave at once when the parent is gone."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _wait(process: subprocess.Popen[bytes], deadline: float | None, growing: Path | None, stall: float) -> str:
    start = grown = looked = time.monotonic()
    size = -1
    while process.poll() is None:
        now = time.monotonic()
        if deadline is not None and now - start > deadline:
            return f"did not answer within {deadline:.0f} s"
        if growing is not None and now - looked > _STALL_LOOK_SECONDS:
            looked = now
            current = folder_bytes(growing)
            if current != size:
                size, grown = current, now
            elif now - grown > stall:
                return f"sent nothing for {stall:.0f} s"
        time.sleep(_POLL_SECONDS)
    return ""


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _last_line(text: str) -> str:
    """The line a user can use: pip's last ERROR, else the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return next(iter(errors or lines[-1:]), "")
