"""Batches in parts where memory is short, and in the order they came."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends import Hypothesis, Segment
from pipeline.backends.batches import Backoff, by_target, output_limit
from pipeline.errors import BackendError


class Engine:
    """Has room for so many tokens, padding included."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.failures = 0

    def work(self, part: Sequence[int]) -> list[int]:
        if len(part) * max(part) > self.room:
            self.failures += 1
            raise MemoryError
        return [size * 10 for size in part]


def backoff(engine: Engine) -> Backoff:
    return Backoff("m@1", lambda error: isinstance(error, MemoryError))


@given(st.lists(st.lists(st.integers(1, 50), max_size=40), max_size=4), st.integers(50, 400))
def test_everything_comes_back_in_order(batches: list[list[int]], room: int) -> None:
    engine = Engine(room)
    runner = backoff(engine)
    for sizes in batches:
        assert runner.run(sizes, sizes, engine.work) == [size * 10 for size in sizes]


def test_the_size_that_fits_is_kept_for_long_and_for_short() -> None:
    engine = Engine(100)
    runner = backoff(engine)
    runner.run([10] * 32, [10] * 32, engine.work)
    failures = engine.failures
    assert failures == 2
    # As many short ones as fill the same room.
    parts: list[int] = []

    def work(part: Sequence[int]) -> list[int]:
        parts.append(len(part))
        return engine.work(part)

    runner.run([1] * 100, [1] * 100, work)
    assert engine.failures == failures
    assert parts == [80, 20]


def test_one_that_does_not_fit() -> None:
    engine = Engine(10)
    with pytest.raises(BackendError, match="m@1: memory ran out on one sentence of 11 tokens"):
        backoff(engine).run([5, 11], [5, 11], engine.work)


def test_what_failed_is_released_before_the_next_try() -> None:
    released: list[int] = []
    engine = Engine(20)
    runner = Backoff("m@1", lambda error: isinstance(error, MemoryError), lambda: released.append(1))
    runner.run([10] * 4, [10] * 4, engine.work)
    assert len(released) == engine.failures == 1


def test_targets_are_translated_apart_and_come_back_in_order() -> None:
    asked = [Segment(str(number), "ko", target_language=code) for number, code in enumerate(["en", "es", "en", "es"])]
    calls: list[str] = []

    def translate(target: str, part: Sequence[Segment]) -> list[Hypothesis]:
        calls.append(target)
        return [Hypothesis(f"{target}{segment.text}") for segment in part]

    assert [answer.text for answer in by_target(asked, translate)] == ["en0", "es1", "en2", "es3"]
    assert calls == ["en", "es"]
    assert by_target([], translate) == []


def test_a_translation_has_room_but_not_without_end() -> None:
    assert output_limit(10, 512) == 54
    assert output_limit(500, 512) == 512
