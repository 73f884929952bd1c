"""Numbers put together from figures, words and scales."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numbers.compose import Scale, compose, scales_last

HUNDRED, THOUSAND, MILLION = (Scale(Decimal(factor)) for factor in (100, 1000, 10**6))
_PARTS = st.lists(st.sampled_from([HUNDRED, THOUSAND, MILLION]) | st.integers(1, 99).map(Decimal), max_size=9)


def turned(*parts: int | Scale) -> Decimal | None:
    given = [part if isinstance(part, Scale) else Decimal(part) for part in parts]
    return compose([given[i] for i in scales_last(given)])


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ((MILLION, 5), 5_000_000),
        ((THOUSAND, 5, HUNDRED, 3, 20, 5), 5325),
        ((THOUSAND, 20, 5), 25_000),
        ((THOUSAND, 2, 10, 9), 2019),
        ((MILLION, HUNDRED, 3), 300_000_000),
        ((MILLION, HUNDRED, 3, 50), 350_000_000),
        ((HUNDRED,), 100),
        ((HUNDRED, 50), 150),
        ((THOUSAND, 5000), 5_000_000),
        ((5, MILLION), 5_000_000),
        ((), None),
    ],
)
def test_a_scale_before_its_number_multiplies_it(parts: tuple[int | Scale, ...], value: int | None) -> None:
    assert turned(*parts) == value


@given(_PARTS)
def test_every_part_comes_once(parts: list[Decimal | Scale]) -> None:
    assert sorted(scales_last(parts)) == [*range(len(parts))]


@given(st.lists(st.integers(1, 99).map(Decimal)))
def test_without_scales_nothing_moves(parts: list[Decimal]) -> None:
    assert scales_last(parts) == [*range(len(parts))]
