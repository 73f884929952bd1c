"""What a run works with beside its documents and stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pipeline.executor.rates import Meter
from pipeline.executor.triage import Triage
from pipeline.report.report import RunReport
from pipeline.store.cache import Store


class Progress(Protocol):
    """Where a run tells how far it is; the CLI draws it."""

    def asked(self, feeds: int, total: int) -> None:
        """So many of the feeds that are followed have been asked."""
        ...

    def found(self, articles: int) -> None:
        """Documents read so far."""
        ...

    def advance(self, stage: str, articles: int) -> None:
        """So many more articles are through a stage."""
        ...

    def detail(self, stage: str, done: int, total: int) -> None:
        """Progress inside a long batch of a stage, in units of its own (sentences)."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What all stages of a run share; made for one run."""

    store: Store
    """The cache."""
    report: RunReport
    """Counts and failures are added to it."""
    progress: Progress
    """Told of every step."""
    meter: Meter = field(default_factory=Meter)
    """Told how long things took."""
    triage: Triage = field(default_factory=Triage)
    """Told of what is refused or fails, and knows what is not tried again."""
