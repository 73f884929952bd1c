"""A run of the main job in a process of its own that logs its engine calls and can be killed at any of them.

`python -m tests.driver LOG KILL_AT [PATH...]` in the folder that is to hold `out` and the cache; KILL_AT is the
number of the engine call that never returns, -1 for none. Prints "started" when the work begins and "done" after it.

`python -m tests.driver serve PATH...` does one run for itself, and then runs as it is asked: it reads lines of JSON,
each a list of folders with their KILL_AT, forks a process for each at once, and answers with their exit statuses.
What a run has to read in first takes ten times as long as its work on the seeds; a fork of a process that has read it
dies like any other.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.config import Config, Run, Translate
from pipeline.run import job
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

LANGUAGES = ("ko", "vi", "zh-Hans", "zh-Hant", "pt")
# Long enough for a kill to hit it, short enough to wait for it.
_CALL_SECONDS = 0.02


class Logged(ScriptedTranslator):
    """Writes each call to a file before it is answered, slowly."""

    def __init__(self, log: Path, kill_at: int) -> None:
        super().__init__(identity="slow@1")
        self._log = log
        self._kill_at = kill_at

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        with self._log.open("a", encoding="utf-8") as file:
            file.write(json.dumps([decoding.attempt, *(segment.text for segment in segments)]) + "\n")
        if len(self.calls) == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(_CALL_SECONDS)
        return super().translate(segments, decoding)


def main(log: Path, kill_at: int, paths: Sequence[str]) -> None:
    config = Config(run=Run(window=3), translate=Translate(batch_tokens=300))
    models = ScriptedModels(config, dict.fromkeys(LANGUAGES, Logged(log, kill_at)))
    task = job.Job(config=config, issue="2026-02-04", started="2026-02-04T08:00:00+00:00", paths=tuple(paths))
    job.run(task, models, NoProgress())


def serve(paths: Sequence[str]) -> None:
    """Answer requests until there are no more."""
    with tempfile.TemporaryDirectory() as folder:
        _run_in(Path(folder), -1, paths)
    _say("ready")
    for line in sys.stdin:
        children = [_forked(folder, kill_at, paths) for folder, kill_at in json.loads(line)]
        _say(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]))


def _forked(folder: str, kill_at: int, paths: Sequence[str]) -> int:
    """The id of a process that runs in a folder."""
    if child := os.fork():
        return child
    status = 1
    try:
        _run_in(Path(folder), kill_at, paths)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _run_in(folder: Path, kill_at: int, paths: Sequence[str]) -> None:
    os.environ["WORLDBRIEF_MODELS"] = str(folder / "models")
    os.chdir(folder)
    main(folder / "calls.log", kill_at, paths)


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2:])
    else:
        _say("started")
        main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
        _say("done")
