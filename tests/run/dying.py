"""Runs that die at a chosen step, in processes forked from one that has read everything in.

`python -m tests.run.dying FOLDER` makes one run into FOLDER/warm for itself, says "ready", and then answers lines of
JSON (see `Wanted`) with what became of each run. A step is a statement to SQLite, a file that is opened for writing,
renamed, removed or made, or a call of the engine: whoever dies before each of them in turn dies in every state that
the disk can be in, but for what the system does within one of them, for which there are kills at any time.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.config import Config, Fetch, Run, Translate
from pipeline.run import job
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

LANGUAGES = ("ja", "ko", "vi", "zh-Hans", "zh-Hant", "pt")
_CONNECT = sqlite3.connect
_FILE_EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}


@dataclass(frozen=True)
class Wanted:
    """One run.

    folder: has `out` and `cache`, and gets `calls.log`, the sentences that the engine was asked for.
    paths: what is read.
    issue: its name.
    at: the step before which `what` happens; -1 for never.
    after: seconds after which it is killed; -1 for never.
    what: "die", "remove" for the folder of the cache, "full" for a disk that takes no more bytes, "back" for a clock
        that goes back a day.
    """

    folder: str
    paths: tuple[str, ...]
    issue: str
    at: int = -1
    after: float = -1.0
    what: str = "die"


@dataclass(frozen=True)
class Ended:
    """How it went: its exit status (1 with what it said), the steps it made, and the seconds it took."""

    status: int
    steps: int
    seconds: float
    said: str = ""


class Steps:
    """Counts the steps of this process, and does something before one of them."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.number = 0
        self._at = at
        self._act = act

    def step(self) -> None:
        self.number += 1  # first: what happens may take steps itself
        if self.number - 1 == self._at:
            self._act()

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FILE_EVENTS or (event == "open" and isinstance(arguments[1], str) and arguments[1][:1] in "wax"):
            self.step()


class Engine(ScriptedTranslator):
    """Writes what it is asked to a file before it answers."""

    def __init__(self, log: Path, steps: Steps) -> None:
        super().__init__(identity="dying@1")
        self._log = log
        self._steps = steps

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        with os.fdopen(os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(segment.text) + "\n" for segment in segments)
        self._steps.step()
        return super().translate(segments, decoding)


def run(wanted: Wanted) -> int:
    """Make the run; the steps it took."""
    folder = Path(wanted.folder)
    os.environ["WORLDBRIEF_MODELS"] = str(folder / "models")
    steps = Steps(wanted.at, lambda: _happen(wanted.what, folder))

    class Counted(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            steps.step()
            return super().execute(*arguments)

        def executemany(self, *arguments: Any) -> sqlite3.Cursor:
            steps.step()
            return super().executemany(*arguments)

    sqlite3.connect = lambda *given, **options: _CONNECT(*given, **{**options, "factory": Counted})
    sys.addaudithook(steps.audit)
    config = Config(
        run=Run(out=str(folder / "out"), cache=str(folder / "cache"), window=16, overlay=str(folder / "overlay.toml")),
        translate=Translate(batch_tokens=2000, retries=0),
        fetch=Fetch(full_text="feed", host_pause=0.0, max_age_days=100_000, robots=False, allow=_hosts(wanted.paths)),
    )
    models = ScriptedModels(config, dict.fromkeys(LANGUAGES, Engine(folder / "calls.log", steps)))
    task = job.Job(config=config, issue=wanted.issue, started="2026-02-04T08:00:00+00:00", paths=wanted.paths)
    job.run(task, models, NoProgress())
    return steps.number


def _hosts(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(path.split("/")[2] for path in paths if path.startswith("http"))


def _happen(what: str, folder: Path) -> None:
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "remove":
        shutil.rmtree(folder / "cache")
    elif what == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
    elif what == "back":
        now = time.time
        time.time = lambda: now() - 86_400.0
    else:
        raise ValueError(errno.EINVAL, what)


def _forked(wanted: Wanted) -> Ended:
    read, write = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        said, steps, status = "", -1, 1
        try:
            steps = run(wanted)
            status = 0
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
            if type(error).__module__ != "pipeline.errors":
                traceback.print_exc()
        finally:
            os.write(write, json.dumps([steps, said[:2000]]).encode())
            os._exit(status)
    os.close(write)
    if wanted.after >= 0:
        threading.Timer(wanted.after, lambda: _kill(child)).start()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seconds = time.monotonic() - began
    with os.fdopen(read, "rb") as pipe:
        steps, said = json.loads(pipe.read() or b'[-1, ""]')
    return Ended(status, steps, seconds, said)


def _kill(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def serve(folder: Path) -> None:
    run(Wanted(str(folder / "warm"), (str(folder / "articles"),), "2026-02-04"))
    _say("ready")
    for line in sys.stdin:
        said = json.loads(line)
        _say(json.dumps(asdict(_forked(Wanted(**{**said, "paths": tuple(said["paths"])})))))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
