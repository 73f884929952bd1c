"""What a run and its plan walk documents through: stages, and what is done between two of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from pipeline.article import Article
from pipeline.executor.identities import KeptOut, Seen
from pipeline.stages import Stage


class Step:
    """A stage and how many articles it takes at a time (one transaction each).

    Args:
        name: of the stage.
        make: makes the stage when the first article comes to it: on most days few come far, and what is not used need
            not be imported.
        kept_out: which documents need not go through the stage, where it reads texts; see `Recogniser`.
    """

    def __init__(
        self, name: str, make: Callable[[], Stage[Any, Any]], batch_size: int, kept_out: KeptOut | None = None
    ) -> None:
        self.name = name
        self.batch_size = batch_size
        self.kept_out = kept_out
        self._make = make

    @cached_property
    def stage(self) -> Stage[Any, Any]:
        return self._make()

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Of the stage's results."""
        return TypeAdapter(self.stage.output)


@dataclass(frozen=True, slots=True)
class Between:
    """What is done with the articles of a window between two stages: each as it goes on, None where it goes no further
    and has no outcome."""

    act: Callable[[Sequence[Article | Seen]], Sequence[Article | Seen | None]]

    def going_on(self, articles: Mapping[int, Article | Seen]) -> dict[int, Article | Seen]:
        """The articles of a window, by their places in it, that go on."""
        if not articles:
            return {}
        acted = zip(articles, self.act(list(articles.values())), strict=True)
        return {index: article for index, article in acted if article is not None}
