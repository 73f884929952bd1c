"""Look for documents that hold a run up, fill the memory or break it.

    python -m tests.benchmarks.fuzz [--minutes N] [--seed N] [--keep FOLDER] [--own FOLDER]

Made inputs (`tests/malformed.py`) go through a whole run, in a child process, with a translator that answers what
nobody asked. A finding is a document that takes more than 10 seconds of processor time, a process of more than 1.5 GB,
an error that is none of an article, counts that do not add up, a child that dies. What is found is kept in a folder.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing as mp
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from py3langid.langid import LanguageIdentifier

from tests.grown import grown, mixed
from tests.malformed import Sample, mutated, sound
from tests.tried import MEGABYTES, Ended, Tried, megabytes_of, settings, through

_BATCH = 24
# A batch is looked at more closely that takes longer: so many seconds, and so many for each document.
_SECONDS, _EACH = 0.7, 0.08
# Seconds after which a document of a few kilobytes is made anew in so many characters.
_NOTABLE, _LARGE = 0.7, 190_000
# A child is ended that is at one batch for so long; it is renewed after so many.
_PATIENCE, _BATCHES = 90.0, 150

Made = tuple[str, Callable[[int], Sample], Sample]
"""What it is in words, how it is made in a size, and what it was made."""


def _child(pipe: Connection, english: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Every run opens it anew, which takes longer than a small document does.
    LanguageIdentifier.from_model_file = cache(LanguageIdentifier.from_model_file)
    models = Tried(settings(Path("unused")), english=english)
    while (samples := pipe.recv()) is not None:
        pipe.send(through(samples, models))


class Children:
    """One child at a time, which does what it is told and is watched from outside."""

    def __init__(self, *, english: bool = False) -> None:
        self._english = english
        self._context = mp.get_context("spawn")
        self._process: mp.process.BaseProcess | None = None
        self._batches = 0

    def run(self, samples: Sequence[Sample]) -> Ended:
        if self._process is None or self._batches >= _BATCHES:
            self.end()
            self._pipe, other = self._context.Pipe()
            self._process = self._context.Process(target=_child, args=(other, self._english), daemon=True)
            self._process.start()
            other.close()
            self._batches = 0
            if samples != [_WARM]:
                self.run([_WARM])
        self._batches += 1
        self._pipe.send(list(samples))
        began = time.monotonic()
        most = 0
        while not self._pipe.poll(0.05):
            most = max(most, megabytes_of(self._process.pid or 0))
            if time.monotonic() - began > _PATIENCE * (1 + os.getloadavg()[0]) or most > 3 * MEGABYTES:
                self.end()
                return Ended(_PATIENCE, most, ["too much memory" if most > MEGABYTES else "does not end"])
        try:
            ended: Ended = self._pipe.recv()
        except (EOFError, ConnectionResetError):
            code = self._process.exitcode
            self.end()
            return Ended(0, most, [f"the child died ({code})"])
        if most > MEGABYTES and "too much memory" not in ended.problems:
            ended.problems.append("too much memory")
        ended.megabytes = max(most, ended.megabytes)
        if most > MEGABYTES:
            self.end()
        return ended

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


_WARM = Sample(".txt", b"Council\n\nThe city council said on Friday that it would close the old bridge in May.")


def made(rng: random.Random, own: Sequence[Sample]) -> tuple[str, Callable[[int], Sample]]:
    """One more input: what it is, and how it is made in a size."""
    kind = rng.random()
    if kind < 0.5:
        return grown(rng)
    seed = rng.getrandbits(32)
    if kind < 0.65:
        return mixed(seed)
    return f"mutated {seed}", lambda size: mutated(random.Random(seed), own)


def slow_or_broken(batch: Sequence[Made], children: Children) -> Iterator[tuple[Made, Ended]]:
    """Those of a batch that are notable by themselves; halves are tried, and halves of these."""
    ended = children.run([sample for *_, sample in batch])
    if len(batch) == 1:
        if ended.problems or ended.seconds > _NOTABLE:
            yield batch[0], ended
    elif ended.problems or ended.seconds > _SECONDS + _EACH * len(batch):
        half = len(batch) // 2
        for part in (batch[:half], batch[half:]):
            yield from slow_or_broken(part, children)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--own", type=Path, help="folder of more files to bend")
    parser.add_argument("--english", action="store_true", help="with the installed models for English text")
    given = parser.parse_args()
    own = list(sound())
    if given.own:
        files = sorted(path for path in given.own.rglob("*") if path.is_file())
        own += [Sample("".join(path.suffixes[-2:]), path.read_bytes()) for path in files]
    rng = random.Random(given.seed)
    children = Children(english=given.english)
    end = time.monotonic() + 60 * given.minutes
    inputs = findings = 0
    slowest = (0.0, "")
    said = time.monotonic()
    while time.monotonic() < end:
        size = rng.choice((2_000, 10_000, 10_000, 25_000))
        batch = [(what, make, make(size)) for what, make in (made(rng, own) for _ in range(_BATCH))]
        inputs += len(batch)
        for (what, make, sample), one in slow_or_broken(batch, children):
            if not one.problems:  # as long as a text may be
                inputs, sample = inputs + 1, make(_LARGE)
                one = children.run([sample])
            slowest = max(slowest, (one.seconds, what))
            if one.problems:
                findings += 1
                _keep(what, sample, one, given.keep)
        if time.monotonic() - said > 60:
            said = time.monotonic()
            sys.stdout.write(f"{inputs} inputs, {findings} findings; slowest {slowest[0]:.1f} s: {slowest[1]}\n")
            sys.stdout.flush()
    children.end()
    sys.stdout.write(f"{inputs} inputs, {findings} findings\n")


def _keep(what: str, sample: Sample, one: Ended, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(sample.data).hexdigest()[:10] + sample.suffix
    (folder / name).write_bytes(sample.data)
    line = f"{name}\t{len(sample.data)}\t{one.seconds:.1f} s\t{one.megabytes} MB\t{what[:200]}\t{one.problems[:3]}\n"
    with (folder / "findings.tsv").open("a", encoding="utf-8") as file:
        file.write(line)
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
