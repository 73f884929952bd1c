"""Whole runs over documents that nobody should send, and what is wrong with how they end."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.backends import Decoding, Embedder, EntityRecogniser, Hypothesis, Segment
from pipeline.backends.fake import FakeTranslator
from pipeline.backends.hashing import HashingEmbedder
from pipeline.config import Config
from pipeline.dictionaries import Dictionary
from pipeline.issue.render import FORMATS
from pipeline.run import job
from pipeline.run.installed import Models
from pipeline.translation.routes import Route
from tests.fakes import NoProgress
from tests.malformed import Sample

SECONDS, MEGABYTES = 10.0, 1500
"""Of processor time that one document may take, and of memory that a process may."""


class Wild:
    """A translator whose answers have little to do with what it was asked."""

    identity = "wild@1"

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        return [1 + len(segment.text) // 2 for segment in segments]

    def attempts(self, segment: Segment) -> int:
        return 2

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        return [self._answer(segment, decoding) for segment in segments]

    def _answer(self, segment: Segment, decoding: Decoding) -> Hypothesis:
        text = segment.text
        tame = FakeTranslator().translate([segment], decoding)[0]
        kind = hashlib.sha256(f"{decoding.attempt}{text}".encode("utf-8", "replace")).digest()[0] % 16
        said = {
            0: text,
            1: "",
            2: text[::-1],
            3: "the " * 500,
            4: "1" * 5000,
            5: f"{tame.text} " * 10,
            6: "twenty-three million and " * 100,
            7: "3 May 2024, " * 200,
            8: "President John Smith met Anna Lee in Paris. " * 50,
        }
        # A model stops at a few times the length of what it is given.
        return Hypothesis(said.get(kind, tame.text)[: 3 * len(text) + 100], score=-0.1)


class Tried(Models):
    """Every language is translated by one translator; dictionaries are opened once, and of the installed models those
    that work on English only where they are asked for."""

    def __init__(self, config: Config, *, english: bool = False) -> None:
        super().__init__(config, None)
        self._english = english
        self._dictionaries_of: dict[str, Dictionary | None] = {}

    def routes(self, language: str) -> list[Route]:
        translator = Wild()
        self.used[f"translate/{language}"] = translator.identity
        return [] if language == "en" else [Route(translator.identity, lambda: translator, bleu=30.0)]

    def adequacy(self, language: str) -> None:
        return None

    def embedder(self) -> tuple[str, Callable[[], Embedder]]:
        return super().embedder() if self._english else (HashingEmbedder.identity, HashingEmbedder)

    def recogniser(self) -> tuple[str, Callable[[], EntityRecogniser] | None]:
        return super().recogniser() if self._english else ("", None)

    def dictionary(self, language: str) -> tuple[str, Callable[[], Dictionary | None]] | None:
        found = super().dictionary(language)
        if found is None:
            return None
        name, load = found

        def kept() -> Dictionary | None:
            if name not in self._dictionaries_of:
                self._dictionaries_of[name] = load()
            return self._dictionaries_of[name]

        return name, kept


@dataclass(slots=True)
class Ended:
    """What became of some documents in one run."""

    seconds: float = 0.0
    megabytes: int = 0
    problems: list[str] = field(default_factory=list)


def settings(folder: Path, *, models: str = "") -> Config:
    return Config.model_validate(
        {
            "run": {"out": str(folder / "out"), "cache": str(folder / "cache"), "models": models},
            "extract": {"max_seconds": 8.0, "min_characters": 10},
            "issue": {"drafts": "tell", "formats": tuple(FORMATS)},
            "translate": {"draft_below": 0},
            "summarise": {"min_confidence": 0.0},
        }
    )


def through(samples: Sequence[Sample], models: Models | None = None) -> Ended:
    """A run over the samples, and what is wrong with it."""
    ended = Ended()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news = folder / "news"
        news.mkdir()
        for number, sample in enumerate(samples):
            (news / f"{number:03}{sample.suffix}").write_bytes(sample.data)
        config = settings(folder)
        task = job.Job(config=config, issue="2026-02-04", started="now", paths=(str(news),))
        began = time.process_time()
        try:
            result = job.run(task, models or Tried(config), NoProgress())
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            ended.problems.append(f"{type(error).__name__}: {error} ({where.name}:{where.lineno})"[:300])
        else:
            ended.problems += _unsound(result, folder / "out", len(samples))
        ended.seconds = time.process_time() - began
    ended.megabytes = megabytes_of(os.getpid())
    if ended.seconds > SECONDS:
        ended.problems.append("too slow")
    if ended.megabytes > MEGABYTES:
        ended.problems.append("too much memory")
    return ended


def _unsound(result: job.Result, out: Path, files: int) -> list[str]:
    report = result.report
    found = [f"{failure.kind}: {failure.message}"[:300] for failure in report.failures if failure.kind == "internal"]
    # A parser that failed in a way that it does not declare: no crash, and a fault of ours or of its all the same.
    found += [
        f"{failure.kind}: {failure.message}"[:300]
        for failure in report.failures
        if "could not be read (" in failure.message
    ]
    found += [f"too slow: {failure.message}" for failure in report.failures if failure.kind == "too-slow"]
    by_kind = sum(report.failure_counts.values()) + report.quarantined
    lost = sum(stage.refused + stage.failed for stage in report.stages)
    if by_kind != lost:
        found.append(f"{by_kind} failures by kind, {lost} by stage")
    through = report.stage("tag")
    ends = lost + report.duplicates + through.cached + through.computed + through.skipped
    if ends != report.articles:
        found.append(f"{report.articles} articles, {ends} of them ended")
    if result.files:
        json.loads((out / "report.json").read_bytes())
        with (out / "articles.jsonl").open("rb") as lines:  # a million of them are 4 GB at once
            told = sum(isinstance(json.loads(line), dict) for line in lines)
        if told != report.articles - report.duplicates:
            found.append("articles.jsonl has not all")
    return found


def megabytes_of(process: int) -> int:
    """Memory held now; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0)
