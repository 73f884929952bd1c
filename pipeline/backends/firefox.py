"""Firefox Translations (Bergamot) models through the `fxtranslate` engine.

The engine holds Python's lock while it works and may be used only by the thread that made it, so threads would
wait for each other. Each core gets a process of its own instead (`firefox_engine`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.backends import ATTEMPTS, Decoding, Hypothesis, Segment
from pipeline.backends.codec import clean
from pipeline.backends.terms import apply_terms
from pipeline.errors import BackendError
from pipeline.language import codes

# Texts that an engine has before it, so that it need not wait for Python's lock, and how many characters: what nobody
# reads yet must have room in the pipe.
_MOST_AHEAD = 3
_AHEAD = 4_000


class FirefoxTranslator:
    """Implements `Translator` for one language pair; the engine gives no scores and always decodes greedily.

    Args:
        path: folder with `model.*.bin`, `vocab.*.spm` (or `srcvocab.*` and `trgvocab.*`), perhaps `lex.*.bin`.
        identity: name and revision, for the cache key.
        threads: processes that translate at the same time, 0 for one a core; started when there is work for them.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str, *, threads: int) -> None:
        self.identity = identity
        self._path = path
        self._pair = next((file.name.split(".")[1] for file in sorted(path.glob("model.*.bin"))), "")
        self._most = threads or os.cpu_count() or 1
        self._engines: list[_Engine] = []
        # Also called when the interpreter ends.
        self._close = weakref.finalize(self, _stop, self._engines)
        self._start(1)

    def close(self) -> None:
        """End the processes; the translator cannot be used afterwards."""
        self._close()

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        """An estimate, good enough to sort by length: the engine keeps its tokenizer to itself."""
        return [1 + len(segment.text.encode("utf-8", "replace")) // 4 for segment in segments]

    def attempts(self, segment: Segment) -> int:
        """The engine always searches in the same way; terms can be put in two."""
        return ATTEMPTS if segment.terms else 1

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        """Raises:
        LanguageError: a segment asks for another target language than the model's.
        """
        if not segments:
            return []
        for code in sorted({segment.target_language for segment in segments}):
            # `pten` of model.pten.intgemm.alphas.bin; where it begins is not told, so only the end can be compared.
            if self._pair and not self._pair.endswith(codes.firefox(code)):
                name = self.identity.partition("@")[0]
                raise codes.LanguageError(f"{name} does not write {codes.english_name(code)} ({code})")
        marked = [apply_terms(segment, decoding.attempt) for segment in segments]
        texts = [clean(item.segment.text) for item in marked]
        self._start(min(self._most, len(texts)))
        engines = self._engines[: len(texts)]
        waiting, failures = deque(enumerate(texts)), list[Exception]()
        results = [""] * len(texts)

        def keep_busy(engine: _Engine) -> None:
            try:
                for number, text in self._answers(engine, waiting):
                    results[number] = text
            except Exception as error:
                # An engine that fails takes the others with it, which complain after it.
                failures.append(error)
                waiting.clear()

        with ThreadPoolExecutor(len(engines), "firefox") as pool:
            for _ in pool.map(keep_busy, engines):
                continue
        if failures:
            raise failures[0]
        return [Hypothesis(mark.restore(text.strip())) for mark, text in zip(marked, results, strict=True)]

    def _answers(self, engine: _Engine, waiting: deque[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """What one engine makes of the texts that it takes from the waiting ones, whenever it has room for another.

        Whoever checks the last batch may take a core from one of the engines: it then takes fewer.
        """
        under_way: deque[tuple[int, str]] = deque()
        while waiting or under_way:
            room = sum(len(text) for _, text in under_way) < _AHEAD and len(under_way) < _MOST_AHEAD
            if waiting and (room or not under_way):
                try:
                    under_way.append(waiting.popleft())
                except IndexError:  # another one was quicker
                    continue
                engine.send([under_way[-1][1]])
            else:
                number, _ = under_way.popleft()
                (text,) = self._answer(engine)
                yield number, text

    def _start(self, number: int) -> None:
        """Have at least so many engines; new ones load side by side."""
        new = [_Engine(self._path) for _ in range(number - len(self._engines))]
        self._engines += new
        for engine in new:
            try:
                self._answer(engine)
            except BackendError as error:
                self._close()
                raise BackendError(f"{self._path}: the model cannot be loaded: {error}") from None

    def _answer(self, engine: _Engine) -> list[str]:
        answer = engine.receive()
        if "error" in answer:
            self._close()
            raise BackendError(f"{self.identity}: the engine failed: {answer['error']}")
        texts: list[str] = answer["texts"]
        return texts


class _Engine:
    """A child process with the model in it; lists of texts go in and come out in order."""

    def __init__(self, path: Path) -> None:
        package = str(Path(__file__).parents[2])
        search = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.backends.firefox_engine", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What there is to say comes as an answer; a panic's own printout would tear the progress bars.
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": search},
        )

    def send(self, texts: list[str]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(texts).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            # It has died; `receive` says how.
            return

    def receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            return {"error": f"its process ended with status {self._process.wait()}"}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        # Not asked politely: it may be in a long sentence whose result nobody waits for, and it holds no files.
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


def _stop(engines: list[_Engine]) -> None:
    for engine in engines:
        engine.stop()
