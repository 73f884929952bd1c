"""What a run did, as counts that add up and failures that are named."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from importlib.metadata import version
from typing import Final, Literal

from pipeline.article import Content, ExtractionWarning, Translation, TranslationWarning
from pipeline.errors import ArticleError, Held
from pipeline.events import tell
from pipeline.printable import escaped

NAMED: Final = 5000
"""Failures of one kind that a report names; a table may have a million bad rows. `articles.jsonl` has all."""

# Characters; some messages quote the document.
_MESSAGE: Final = 2000

# The packages whose version can change a result.
_REPORTED = (
    "worldbrief", "ctranslate2", "fxtranslate", "openvino-genai", "sentencex", "spacy", "torch", "trafilatura",
    "transformers",
)  # fmt: skip

Ending = Literal["cached", "computed", "skipped", "refused", "failed"]


@dataclass
class StageReport:
    """Articles that reached one stage, by what became of them there.

    cached: the result was in the cache. computed: made now. skipped: the stage does not apply (an English article
    is not translated). refused: no article for us. failed: an error. `seconds` is the time spent in the stage.
    """

    stage: str
    cached: int = 0
    computed: int = 0
    skipped: int = 0
    refused: int = 0
    failed: int = 0
    seconds: float = 0.0

    def count(self, ending: Ending, number: int = 1) -> None:
        setattr(self, ending, getattr(self, ending) + number)

    @property
    def articles(self) -> int:
        return self.cached + self.computed + self.skipped + self.refused + self.failed

    def since(self, before: StageReport) -> dict[str, float]:
        """What has come to the counts and seconds of before."""
        names = [one.name for one in fields(self) if one.name != "stage"]
        return {name: getattr(self, name) - getattr(before, name) for name in names}


@dataclass(frozen=True)
class Failure:
    """One article that was refused or failed, and why."""

    source: str
    stage: str
    status: str
    kind: str
    message: str
    since: str = ""
    """When it first ended so, where it was not tried again; "" where it was tried in this run."""

    @classmethod
    def of(cls, source: str, stage: str, error: ArticleError) -> Failure:
        since = error.since if isinstance(error, Held) else ""
        message = error.message if len(error.message) <= _MESSAGE else f"{error.message[:_MESSAGE]}..."
        return cls(source=source, stage=stage, status=error.status, kind=error.kind, message=message, since=since)

    @property
    def name(self) -> str:
        """Stage and kind, as `failure_counts` has them."""
        return f"{self.stage}/{self.kind}"


@dataclass(frozen=True)
class SourceAlarm:
    """A source that is probably broken; see `pipeline.watch.alarm`."""

    source: str
    name: str
    kind: str
    since: str
    brief: str
    message: str
    advice: str
    numbers: dict[str, float]

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.name}: {self.message}; {self.advice} [{self.kind}]"


@dataclass
class DigestReport:
    """What one of several digests made of the run: where its articles are left and how its issue came out."""

    name: str
    known: int = 0
    """Articles that an earlier issue of the digest has."""
    older: int = 0
    """Articles published too long ago for it."""
    passed: int = 0
    """Articles that its rules did not take."""
    taken: int = 0
    """Articles that they took: told, listed or dropped."""
    updates: int = 0
    told: int = 0
    listed: int = 0
    dropped: int = 0
    dropped_by_editor: int = 0
    written: bool = False
    """There is an issue of it; else there was nothing new."""


# What a digest's own report says for itself; the rest is of the run that it was made in.
_OF_DIGEST = (
    "digest", "duplicates", "known", "updates", "older", "passed", "drafts", "told", "listed", "dropped",
    "dropped_by_editor", "sentences", "doubtful", "warnings", "silent", "overlay", "decided",
)  # fmt: skip


@dataclass
class RunReport:
    """The whole run. `articles` counts documents found; `duplicates` of them were an article seen before in the run."""

    issue: str
    started: str
    inputs: list[str] = field(default_factory=list)
    """Paths as they were given, `-` for standard input."""
    keep_known: bool = False
    """Articles of earlier issues were taken in."""
    since: str = ""
    only: list[str] = field(default_factory=list)
    """Articles that were asked for: of a day and later, and by their ids."""
    articles: int = 0
    duplicates: int = 0
    known: int = 0
    """Articles left out because an earlier issue has them."""
    updates: int = 0
    left_out: int = 0
    """Articles that were not asked for."""
    older: int = 0
    """Articles published longer ago than `issue.max_age_days` allows."""
    passed: int = 0
    """Articles that no digest took, or not this one."""
    digest: str = ""
    """Which of several digests the report is of."""
    digests: list[DigestReport] = field(default_factory=list)
    """Each of several digests."""
    drafts: int = 0
    told: int = 0
    """Items of the issue in English."""
    listed: int = 0
    """Items with the headline and the link of the original only: the translation is not good enough."""
    dropped: int = 0
    """Articles left out for the same reason, where `issue.drafts` says so."""
    dropped_by_editor: int = 0
    quarantined: int = 0
    """Articles that were refused or failed before, and were not tried again."""
    quarantine_dropped: int = 0
    """Of them those of which the user wants no word."""
    sentences: int = 0
    """Translated sentences of the articles in the issue, headlines among them."""
    doubtful: int = 0
    """Sentences that the gate holds something against."""
    warnings: dict[str, int] = field(default_factory=dict)
    """Doubts by kind."""
    stages: list[StageReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    """Of each kind in a stage the first `NAMED`, in the order in which they came; as many that were not tried."""
    failure_counts: dict[str, int] = field(default_factory=dict)
    """Articles that were refused or failed, by stage and kind (`ingest/bad-row`): all that were tried."""
    models: dict[str, str] = field(default_factory=dict)
    """What each stage used: `translate/ko` -> model identity with revision."""
    hints: list[str] = field(default_factory=list)
    silent: dict[str, int] = field(default_factory=dict)
    """Outlets without anything new, with the number of the last five issues that had something of them."""
    alarms: list[SourceAlarm] = field(default_factory=list)
    """Sources that are probably broken."""
    overlay: list[str] = field(default_factory=list)
    """What the editor decided that fits nothing in the issue, and why."""
    decided: str = ""
    """sha256 of what the editor had decided when the run began."""
    repairs: list[str] = field(default_factory=list)
    """What was found damaged in the cache, and what was done about it."""
    versions: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def of_digest(self, own: RunReport) -> RunReport:
        """The report of one digest: of the run with what it counted itself."""
        return replace(self, digests=[], **{name: getattr(own, name) for name in _OF_DIGEST})

    def translated(self, translation: Translation) -> None:
        """Count one translated article and its doubts."""
        self.drafts += translation.is_draft
        self.sentences += sum(not sentence.is_apart for sentence in translation.sentences)
        self.doubtful += sum(bool(sentence.doubts) for sentence in translation.sentences)
        self._count(translation.warnings)

    def extracted(self, content: Content) -> None:
        """Count the doubts about what was read of one article."""
        self._count(content.warnings)

    def _count(self, warnings: Iterable[TranslationWarning | ExtractionWarning]) -> None:
        counts = Counter(self.warnings) + Counter(warning.kind for warning in warnings)
        self.warnings = dict(sorted(counts.items()))

    def stage(self, name: str) -> StageReport:
        for stage in self.stages:
            if stage.stage == name:
                return stage
        stage = StageReport(name)
        self.stages.append(stage)
        return stage

    def fail(self, source: str, stage: str, error: ArticleError) -> None:
        """Count an article that was refused or failed. What the user has dropped is named nowhere."""
        self.stage(stage).count("refused" if error.status == "refused" else "failed")
        if isinstance(error, Held):
            self.quarantined += 1
            if error.is_dropped:
                self.quarantine_dropped += 1
            elif self.quarantined - self.quarantine_dropped <= NAMED:
                self.failures.append(Failure.of(source, stage, error))
            return
        name = f"{stage}/{error.kind}"
        number = self.failure_counts.get(name, 0) + 1
        self.failure_counts[name] = number
        if number <= NAMED:
            failed = Failure.of(source, stage, error)
            self.failures.append(failed)
            tell(
                "article",
                status=failed.status, source=source, stage=stage, kind=failed.kind, message=failed.message,
            )  # fmt: skip

    def named(self, most: int) -> Iterator[Failure]:
        """Of each kind in a stage the first `most` failures of this run."""
        given: Counter[str] = Counter()
        for failure in self.new_failures:
            given[failure.name] += 1
            if given[failure.name] <= most:
                yield failure

    @property
    def new_failures(self) -> list[Failure]:
        """Those that were tried in this run."""
        return [failure for failure in self.failures if not failure.since]

    @property
    def failed(self) -> int:
        return sum(stage.failed for stage in self.stages)

    def to_json(self) -> str:
        data = asdict(self)
        for stage in data["stages"]:
            stage["seconds"] = round(stage["seconds"], 3)
        data["seconds"] = round(self.seconds, 3)
        return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def versions() -> dict[str, str]:
    """Of Python and of the packages that can change a result."""
    return {"python": platform.python_version(), **{name: version(name) for name in _REPORTED}}
