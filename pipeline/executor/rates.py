"""How long work takes on this machine: measured by runs, of what they really did, and kept as a moving figure."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field
from typing import Final

from pipeline.store.cache import Store

_TABLE = "rates"
_FADING = 0.7
"""What is left of earlier runs in a figure with each new one: the last three make two thirds of it."""
_SPREAD: Final = 0.05
"""Variance of the units over the square of their mean, below which runs are too alike to tell a fixed part."""
ISSUE: Final = "issue"
KNOWN: Final = "look/known"
"""Seconds a document takes that is known again without its text."""


def work(stage: str) -> str:
    """Seconds an article takes in a stage where it is made anew; of translation without its sentences."""
    return f"work/{stage}"


def look(stage: str) -> str:
    """Seconds an article takes in a stage beside that: reading it, looking it up."""
    return f"look/{stage}"


def sentence(model: str) -> str:
    """Seconds a sentence takes that goes to this model first, with its retries and checks; "": one that is in the
    memory and is only judged."""
    return f"sentence/{model}"


def load(identity: str) -> str:
    """Seconds that opening a model takes."""
    return f"load/{identity}"


@dataclass(slots=True)
class Meter:
    """What a run did and how long it took; models that were opened on the way are not part of the work.

    loads: seconds by identity of each model that was opened so far, kept by whoever opens them.
    """

    loads: Mapping[str, float] = field(default_factory=dict)
    measured: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Name of a rate to (units, seconds)."""

    def clock(self) -> float:
        """Seconds of some clock that stands still while a model is opened."""
        return time.monotonic() - sum(self.loads.values())

    def add(self, name: str, units: float, seconds: float) -> None:
        """So many units of work were done in so many seconds."""
        before = self.measured.get(name, (0.0, 0.0))
        self.measured[name] = before[0] + units, before[1] + max(seconds, 0.0)


@dataclass(frozen=True, slots=True)
class Rate:
    """Sums over runs, of which earlier ones weigh less: runs, units, seconds, units squared, units times seconds."""

    runs: float = 0.0
    units: float = 0.0
    seconds: float = 0.0
    squares: float = 0.0
    products: float = 0.0

    def after(self, units: float, seconds: float) -> Rate:
        """With one run more."""
        new = (1.0, units, seconds, units * units, units * seconds)
        return Rate(*(_FADING * old + one for old, one in zip(astuple(self), new, strict=True)))

    def expected(self, units: float) -> float:
        """Seconds for so many units: a fixed part, as for what is opened or read in once, and one by unit, by least
        squares; neither is below nothing. In proportion where all runs had about as much to do.
        """
        spread = self.runs * self.squares - self.units**2
        if spread < _SPREAD * self.units**2:
            return self.seconds / self.units * units
        by_unit = (self.runs * self.products - self.units * self.seconds) / spread
        fixed = (self.seconds - by_unit * self.units) / self.runs
        if by_unit < 0:
            return self.seconds / self.runs
        if fixed < 0:
            return self.products / self.squares * units
        return fixed + by_unit * units


def keep(store: Store, meter: Meter) -> None:
    """Put what a run measured to what earlier ones did."""
    new = {**meter.measured, **{load(identity): (1.0, seconds) for identity, seconds in meter.loads.items()}}
    new = {name: measured for name, measured in new.items() if measured[0]}
    held = _held(store, new)
    kept = {name: held.get(name, Rate()).after(units, seconds) for name, (units, seconds) in new.items()}
    if kept:
        store.put(_TABLE, {name: json.dumps(astuple(rate)) for name, rate in kept.items()})


def expected(store: Store, work: Mapping[str, float]) -> dict[str, float]:
    """Seconds for so many units of each kind of work, of those kinds that were measured."""
    return {name: rate.expected(work[name]) for name, rate in _held(store, work).items()}


def loads(store: Store, opened: Collection[str]) -> float:
    """Seconds that opening all of these takes, as far as it was measured.

    Args:
        opened: identities of models or of ways to translate: such a way names its model and its arithmetic, one through
            a middle language has two.
    """
    parts = {part for name in opened for part in (name, *name.split("+"))}
    names = {load(identity) for part in parts for identity in (part, part.rpartition("/")[0])}
    return sum(expected(store, dict.fromkeys(names, 1.0)).values())


def _held(store: Store, names: Collection[str]) -> dict[str, Rate]:
    held = {}
    for name, text in store.get(_TABLE, list(names)).items():
        try:
            rate = Rate(*map(float, json.loads(text)))
        except (ValueError, TypeError):  # of another version: as if there were none
            continue
        if rate.units > 0:
            held[name] = rate
    return held
