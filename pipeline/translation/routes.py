"""Where a sentence can go: a model, what it is known to be worth, and how to open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.backends import Translator


@dataclass(frozen=True, slots=True)
class Route:
    """A model that a language goes to; `load` opens it and is called at most once, when it is needed.

    `bleu` is the model's score for the language in the registry, None where nobody has measured. `score_offset` is
    added to the scores of its translations before they are judged.
    """

    identity: str
    load: Callable[[], Translator]
    bleu: float | None = None
    score_offset: float = 0.0
