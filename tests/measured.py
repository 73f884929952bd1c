"""What a command takes, measured from a process that is small.

Linux counts the memory of whoever starts a program as the program's own (`ru_maxrss` outlives exec), and a process of
tests may hold models.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_WATCH = """
import json, resource, subprocess, sys
seconds, *command = sys.argv[1:]
ended = subprocess.run(command, capture_output=True, text=True, timeout=float(seconds))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([ended.returncode, ended.stderr, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a command ended. `seconds` are of processor time, `megabytes` the most memory that it held."""

    status: int
    stderr: str
    seconds: float
    megabytes: float


def worldbrief(arguments: Sequence[str], folder: Path, timeout: float = 600) -> Measured:
    """The command line in a folder; TimeoutExpired where it takes longer by the clock."""
    ended = subprocess.run(
        [sys.executable, "-c", _WATCH, str(timeout), sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        timeout=timeout + 30,
        check=True,
    )
    return Measured(*json.loads(ended.stdout))
