"""How long work takes here: what is kept of what runs measured, and what is expected of it."""

from __future__ import annotations

import pytest

from pipeline.executor.rates import Meter, Rate, expected, keep, load, loads
from tests.doubles import MemoryStore


def measured(*runs: tuple[float, float]) -> Rate:
    rate = Rate()
    for units, seconds in runs:
        rate = rate.after(units, seconds)
    return rate


def test_one_run_is_taken_in_proportion() -> None:
    assert measured((10, 5)).expected(30) == pytest.approx(15)


def test_a_fixed_part_is_told_from_runs_of_different_size() -> None:
    rate = measured((5, 2.5), (100, 12), (40, 6))
    assert rate.expected(1000) == pytest.approx(102)
    assert rate.expected(1) == pytest.approx(2.1)


@pytest.mark.parametrize("runs", [[(5, 10), (100, 1)], [(5, 0.1), (100, 20)]], ids=["falling", "from below nothing"])
def test_no_part_is_below_nothing(runs: list[tuple[float, float]]) -> None:
    rate = measured(*runs)
    assert 0 <= rate.expected(1) <= rate.expected(1000)


def test_a_machine_that_got_slower_is_believed_soon() -> None:
    rate = measured(*[(10, 1)] * 20, *[(10, 3)] * 3)
    assert 2 < rate.expected(10) < 3


def test_a_run_keeps_what_it_measured() -> None:
    store = MemoryStore()
    meter = Meter({"model@1": 4.0})
    meter.add("work/tag", 2, 1)
    meter.add("work/tag", 2, 1)
    meter.add("sentence/model@1/int8", 0, 3)  # retries alone, of sentences of another run
    keep(store, meter)
    assert expected(store, {"work/tag": 8, "work/detect": 1, "sentence/model@1/int8": 1}) == {"work/tag": 4}
    assert loads(store, ["model@1/int8"]) == loads(store, ["other@1/int8+model@1/int8", "model@1"]) == 4
    assert loads(store, ["other@1"]) == 0


def test_the_clock_stands_still_while_a_model_is_opened() -> None:
    opened: dict[str, float] = {}
    meter = Meter(opened)
    before = meter.clock()
    opened["model@1"] = 100.0
    assert meter.clock() - before < -99


def test_what_is_no_rate_is_as_if_it_were_not_there() -> None:
    store = MemoryStore()
    store.put("rates", {load("a"): "[1, 1, 2, 1, 2]", load("b"): "{}", load("c"): "[0, 0, 0, 0, 0]"})
    assert expected(store, {load("a"): 1, load("b"): 1, load("c"): 1}) == {load("a"): 2}
