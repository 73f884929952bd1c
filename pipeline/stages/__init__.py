"""A stage reads what it needs from an article, processes a batch of such inputs, and writes the result back.

The runner does the rest: it looks results up by what `read` returned, calls `process` with the misses only, and
stores what comes back. So a stage holds no cache, no files and no knowledge of the other stages: it can run in another
process than the one that has the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

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
    """

    memory: Memory = _FORGETFUL
    progress: Callable[[int, int], None] = lambda done, total: None


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
