from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.translation.evidence import Evidence, Pair
from pipeline.translation.lexicon import Lexicon
from tests.dictionaries.books import book


class Encoder:
    """Vectors by text; counts what it was asked."""

    identity = "use-multilingual-v3@test"

    def __init__(self, **vectors: tuple[float, float]) -> None:
        self._vectors = vectors
        self.calls = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        return np.array([self._vectors[text] for text in texts], dtype=np.float32)


def test_signals_of_a_pair(tmp_path: Path) -> None:
    evidence = Evidence(Lexicon(lambda language: book(tmp_path, "de") if language == "de" else None))
    pair = Pair(
        source="Der Streik in Sevilla",
        language="de",
        english="They said the strike is in Seville",
        is_title=True,
        doubts=["name-lost"],
        score=-0.2,
        weakest=-1.5,
    )
    (found,) = evidence.signals([pair])
    assert (found.is_title, found.pronouns, found.score, found.weakest) == (True, 1, -0.2, -1.5)
    assert found.doubts == {"name-lost"}
    assert (found.told, found.unexplained, found.adequacy) == (1.0, 0.0, None)


def test_a_language_without_a_dictionary_has_no_such_signals() -> None:
    (found,) = Evidence().signals([Pair(source="x", language="de", english="y")])
    assert (found.told, found.unexplained, found.adequacy) == (None, None, None)


def test_vectors_are_compared_language_by_language_and_set_off_against_true_pairs() -> None:
    encoder = Encoder(eins=(1.0, 0.0), one=(1.0, 0.0), zwei=(0.0, 1.0), two=(1.0, 0.0), x=(1.0, 0.0))
    opened: list[str] = []

    def open_encoder(language: str) -> Encoder | None:
        opened.append(language)
        return encoder if language == "de" else None

    evidence = Evidence(open_encoder=open_encoder)
    pairs = [
        Pair(source="eins", language="de", english="one"),
        Pair(source="x", language="xh", english="x"),
        Pair(source="zwei", language="de", english="two"),
    ]
    same, none, other = (found.adequacy for found in evidence.signals(pairs))
    assert none is None
    assert same is not None
    assert other is not None
    assert same > 0 > other  # a true pair has 0.8 or so
    assert encoder.calls == 2
    evidence.signals(pairs)
    assert opened == ["de", "xh"]


def test_nothing_is_asked_of_nothing() -> None:
    assert Evidence(open_encoder=lambda language: pytest.fail("opened")).signals([]) == []
