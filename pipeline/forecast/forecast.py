"""What a run would do: counts by stage and language that add up, why, and how long it takes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from pipeline.executor import rates
from pipeline.executor.origins import Reason
from pipeline.printable import escaped
from pipeline.run.plan import READ_FIRST

Fate = Literal["hit", "miss", "stale", "follows", "skipped", "refused", "failed"]
"""hit: the cache has the result. miss: nothing was made of the document before. stale: what was made does not serve any
more. follows: it depends on a result that is made first. skipped: the stage does not apply. refused, failed: the
article goes no further."""


@dataclass(slots=True)
class StageForecast:
    """What becomes of the articles of one language at a stage.

    `language` is "" where it is not known: the article is refused or failed before.
    """

    stage: str
    language: str
    hit: int = 0
    miss: int = 0
    stale: int = 0
    follows: int = 0
    skipped: int = 0
    refused: int = 0
    failed: int = 0

    @property
    def to_make(self) -> int:
        return self.miss + self.stale + self.follows


@dataclass(frozen=True, slots=True)
class Redone:
    """One article and a stage that is to work on it, with the reasons."""

    source: str
    stage: str
    fate: Fate
    why: tuple[Reason, ...]


@dataclass(slots=True)
class Sentences:
    """Sentences that go to a model which has not translated them before."""

    language: str
    model: str
    number: int = 0


@dataclass(slots=True)
class Forecast:
    """The whole of it. `articles` counts documents found, as the report of a run does."""

    issue: str
    articles: int = 0
    known: int = 0
    duplicates: int = 0
    updates: int = 0
    left_out: int = 0
    older: int = 0
    passed: int = 0
    """Published too long ago, and taken by no digest, as far as is known now."""
    recognised: int = 0
    """Of the known ones, those that are told without their text."""
    feeds_not_asked: int = 0
    """What they have new by now is not in the plan."""
    names: list[str] = field(default_factory=list)
    """Of the stages, in order."""
    stages: list[StageForecast] = field(default_factory=list)
    sentences: list[Sentences] = field(default_factory=list)
    remembered: int = 0
    """Sentences of the articles to be translated that are in the memory, and are only judged."""
    why: Counter[tuple[str, Fate, Reason]] = field(default_factory=Counter)
    """Articles by stage and reason."""
    redone: list[Redone] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    """Identities of the models that are opened."""
    seconds: float = 0.0
    unmeasured: list[str] = field(default_factory=list)
    """Work that is to be done and was never measured on this machine: `seconds` is without it."""

    def stage(self, stage: str, language: str = "") -> StageForecast:
        for found in self.stages:
            if (found.stage, found.language) == (stage, language):
                return found
        self.stages.append(made := StageForecast(stage, language))
        return made

    def count(self, stage: str, language: str, fate: Fate) -> None:
        row = self.stage(stage, language)
        setattr(row, fate, getattr(row, fate) + 1)

    def total(self, stage: str) -> StageForecast:
        """All languages of a stage together."""
        total = StageForecast(stage, "")
        for row in self.stages:
            if row.stage == stage:
                for fate in ("hit", "miss", "stale", "follows", "skipped", "refused", "failed"):
                    setattr(total, fate, getattr(total, fate) + getattr(row, fate))
        return total

    def sentence(self, language: str, model: str) -> None:
        for found in self.sentences:
            if (found.language, found.model) == (language, model):
                found.number += 1
                return
        self.sentences.append(Sentences(language, model, 1))

    def work(self) -> dict[str, float]:
        """Units of work by the name of their rate."""
        units: Counter[str] = Counter()
        for row in self.stages:
            if row.stage == "ingest":
                continue
            through = row.hit + row.to_make + row.skipped + row.refused + row.failed
            units[rates.look(row.stage)] += through
            units[rates.work(row.stage)] += row.to_make
        units[rates.look(READ_FIRST)] -= self.recognised
        units[rates.KNOWN] += self.recognised
        for part in self.sentences:
            units[rates.sentence(part.model)] += part.number
        units[rates.sentence("")] += self.remembered
        units[rates.ISSUE] += self.articles
        return {name: float(number) for name, number in units.items() if number}

    def expect(self, seconds: Mapping[str, float], loading: float) -> None:
        """Say how long it takes: from the seconds of each kind of work, and those of what is opened."""
        self.seconds = sum(seconds.values()) + loading
        self.unmeasured = sorted(set(self.work()) - set(seconds))

    def to_json(self) -> str:
        data = asdict(replace(self, why=Counter()))  # which has no strings for keys
        data["why"] = [
            {"stage": stage, "fate": fate, **asdict(reason), "articles": number}
            for (stage, fate, reason), number in sorted(self.why.items(), key=lambda pair: (pair[0][:2], -pair[1]))
        ]
        data["opened"] = sorted(self.opened)
        data["seconds"] = round(self.seconds, 1)
        return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
