"""IPTC Media Topics: the selection that articles are tagged with, and how close is close enough."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic. `parent` is the code of its top-level topic, its own code for a top-level one."""

    code: str
    label: str
    parent: str
    about: tuple[str, ...]
    """Phrases that an article on the topic resembles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """From similarity to probability, for the one embedding model it was measured with.

    slope, bias: of the logistic function that turns evidence into the probability that a tag is right.
    threshold: the probability from which a tag is given.
    probe, vector: a text and the first numbers of its embedding; a model that embeds it otherwise is another model.
    """

    slope: float
    bias: float
    threshold: float
    probe: str
    vector: tuple[float, ...]


@lru_cache(maxsize=1)
def load_topics() -> tuple[Topic, ...]:
    """All topics of mediatopics.toml, in the order of the file: each top-level topic is followed by those below it."""
    return tuple(
        Topic(
            code=entry["code"],
            label=entry["label"],
            parent=entry.get("parent", entry["code"]),
            about=tuple(entry["about"]),
        )
        for entry in _read("mediatopics.toml")["topic"]
    )


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    """The figures of calibration.toml, which says how they were made."""
    values = _read("calibration.toml")
    return Calibration(**{**values, "vector": tuple(values["vector"])})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / name).read_text(encoding="utf-8"))
