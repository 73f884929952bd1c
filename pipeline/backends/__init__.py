"""What the stages ask of a model, as protocols. A backend knows strings and tensors, never an `Article`.

Batch in, batch out: one result for each input, in the order of the inputs. `identity` names everything the results
depend on (model, revision or sha256, backend, compute type) and goes into the cache key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence to translate; languages are BCP 47 codes.

    `terms` are (source, target) pairs that it must use. `glosses` are such pairs from a dictionary, which it may use:
    one wording of several. A model that cannot be asked in words leaves them aside.
    """

    text: str
    source_language: str
    terms: tuple[tuple[str, str], ...] = ()
    glosses: tuple[tuple[str, str], ...] = ()
    is_title: bool = False
    target_language: str = "en"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation; `score` is the mean log-probability of its tokens, None where the engine gives none.

    `finished` is False when the length limit cut it off. `weakest` is the lowest mean log-probability of three tokens
    in a row, None where the engine tells only the mean: a word that the model had to guess at is one place among many.
    """

    text: str
    score: float | None = None
    finished: bool = True
    weakest: float | None = None


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search. `attempt` 0 is the first try; a backend may vary its prompt or penalties for later ones."""

    beam_size: int = 1
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    attempt: int = 0


ATTEMPTS = 2
"""Ways to ask one model: as it is best asked, then with a wider search and with known names put in another way."""


class Translator(Protocol):
    identity: str

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        """Tokens that the model reads for each segment in an attempt beside what it reads for all, to plan batches.

        Names that it is told count: an engine reads a batch together only as far as the shortest of it goes.
        """
        ...

    def attempts(self, segment: Segment) -> int:
        """How many attempts at a segment can come out differently: 1 where asking again gives the same answer."""
        ...

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]: ...


class Embedder(Protocol):
    identity: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions); texts beyond the model's context are cut."""
        ...


EntityType = Literal["person", "organisation", "place"]


class EntityRecogniser(Protocol):
    identity: str

    def recognise(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
        """Names in each English text, in order of appearance, as written there."""
        ...


class LanguageIdentifier(Protocol):
    identity: str

    def identify(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """(language code as the model spells it, probability in 0..1) of each text."""
        ...
