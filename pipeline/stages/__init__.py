"""A stage reads what it needs from an article, processes a batch of such inputs, and writes the result back.

The runner does the rest: it looks results up by what `read` returned, calls `process` with the misses only, and
stores what comes back. So a stage holds no cache, no files and no knowledge of the other stages: it can run in another
process than the one that has the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from pipeline.article import Article
from pipeline.errors import ArticleError
from pipeline.translation.memory import Forgetful, Memory

Input = TypeVar("Input")
Output = TypeVar("Output")


_FORGETFUL: Final = Forgetful()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the runner lends a stage for one call of `process`.

    memory: of sentences, for work that is more than a kill may lose.
    progress: told (parts done, parts in all) within a long batch.
    clock: seconds, without those that models take to open.
    worked: told (model, sentences, seconds) of each part of a long batch; "" is the model of sentences that are in the
        memory and are only judged.
    """

    memory: Memory = _FORGETFUL
    progress: Callable[[int, int], None] = lambda done, total: None
    clock: Callable[[], float] = time.monotonic
    worked: Callable[[str, int, float], None] = lambda model, sentences, seconds: None


ALONE: Final = Desk()
"""Nothing is remembered, nobody is told."""


class Stage(Protocol[Input, Output]):
    """`Input` and `Output` are frozen dataclasses of JSON-like fields: they are hashed and stored.

    name: the word for the config section, the cache, the report and the CLI.
    version: raised by hand whenever code changes results; in the cache key.
    settings: the options that the output depends on, and the identity of fixed models; in the cache key.
    output: the class, for validation of what the cache gives back.
    """

    name: str
    version: int
    output: type[Output]

    @property
    def settings(self) -> dict[str, object]: ...

    def read(self, article: Article) -> Input | None:
        """Everything the result depends on; None where the stage does not apply (counted as skipped).

        Raises:
            ArticleError: the article cannot go on.
        """
        ...

    def key(self, value: Input) -> object:
        """`value` as plain JSON data for the cache key; large bytes stand as their sha256."""
        ...

    def process(self, batch: Sequence[Input], desk: Desk = ALONE) -> Sequence[Output | ArticleError]:
        """One result for each input, in order. An `ArticleError` in place of a result concerns that article only.

        Raises:
            BackendError: the model is unusable; the run stops.
        """
        ...

    def write(self, article: Article, output: Output) -> Article: ...


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an input: the model that it goes to first, and its key in the memory once it is done."""

    model: str
    key: str


@runtime_checkable
class InParts(Protocol):
    """A stage whose work is made of sentences that are remembered one by one."""

    def parts(self, value: Any) -> Iterator[Part]:
        """The sentences of an input that a model is asked for."""
        ...

    def opens(self, value: Any) -> Sequence[str]:
        """Identities of the models that an input needs beside those that its sentences go to."""
        ...


@runtime_checkable
class Limited(Protocol):
    """A stage that gives up on an article by settings that no result depends on."""

    @property
    def limits(self) -> dict[str, object]:
        """They tell whether there is a result."""
        ...
