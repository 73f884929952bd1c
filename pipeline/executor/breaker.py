"""Telling a stage whose backend is broken from articles that break a sound one: the second are set aside one by one,
the first would set all aside and is a reason to stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pipeline.errors import BackendError

AT_START: Final = 3
"""Articles in a row that a stage fails for with the same exception, before it has done any, until the run stops."""
LATER: Final = 20
"""The same for a stage that has done some."""


class Broken(Exception):
    """A stage fails for everything.

    results: what it gave before, by the place in the batch.
    in_vain: the places of the batch for which it failed last.
    """

    def __init__(self, message: str, results: Mapping[int, Any], in_vain: list[int]) -> None:
        super().__init__(message)
        self.message = message
        self.results = results
        self.in_vain = in_vain


class Breaker:
    """Counts the unforeseen failures of each stage that follow each other; refusals and typed errors do not count."""

    def __init__(self) -> None:
        self._in_a_row: defaultdict[str, int] = defaultdict(int)
        self._kind: dict[str, str] = {}
        self._has_worked: set[str] = set()

    def worked(self, stage: str) -> None:
        """It has made a result."""
        self._has_worked.add(stage)
        self._in_a_row[stage] = 0

    def failed(self, stage: str, error: Exception) -> bool:
        """It has failed for an article; gives whether it is taken to be broken."""
        kind = type(error).__qualname__
        self._in_a_row[stage] = self._in_a_row[stage] + 1 if self._kind.get(stage) == kind else 1
        self._kind[stage] = kind
        return self._in_a_row[stage] >= (LATER if stage in self._has_worked else AT_START)

    def in_a_row(self, stage: str) -> int:
        return self._in_a_row[stage]

    def message(self, stage: str, error: Exception) -> str:
        """What the user is told, without the articles."""
        when = "" if stage in self._has_worked else ", the first that it was given"
        return (
            f"the {stage} stage failed for {self._in_a_row[stage]} articles in a row{when}, each time with"
            f" {type(error).__name__}: {error}. So it is not the articles but the model or the program that fails, and"
            " the run has ended. What was finished is kept, and none of these articles is held against its source"
        )


def spread(number: int) -> Iterator[int]:
    """0 to number - 1, neighbours far apart: pages of one site lie together, and may share what breaks a stage."""
    step = max(1, number // AT_START)
    for start in range(step):
        yield from range(start, number, step)


def stopped(stage: str, message: str, sources: list[str]) -> BackendError:
    """The end of the run, with what the user can do."""
    named = ", ".join(sources[:AT_START])
    return BackendError(
        f"{message}. See whether the models are sound (worldbrief models check) and memory is free, and run again;"
        f" where these articles alone break the {stage} stage, take each by itself first (run --only SOURCE),"
        f" and please report it: {named}"
    )
