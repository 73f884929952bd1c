"""A run of the main job in a process of its own that logs its engine calls and can be killed at any of them.

`python -m tests.driver LOG KILL_AT [PATH...]` in the folder that is to hold `out` and the cache; KILL_AT is the
number of the engine call that never returns, -1 for none. Prints "started" when the work begins and "done" after it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
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
    _say("started")
    job.run(task, models, NoProgress())
    _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
