"""What tests share must itself be able to fail."""

from __future__ import annotations

import pytest

from tests.growth import TIMES, assert_in_proportion
from tests.rows import each


def test_every_row_that_fails_is_named_with_the_reason() -> None:
    def check(row: int) -> None:
        assert 12 // row > 3, "small"

    each((1, 2, 3), check)
    with pytest.raises(pytest.fail.Exception) as raised:
        each((0, 3, 6), check, lambda row: f"row {row}")
    assert "2 of 3 rows fail" in str(raised.value)
    assert "row 0: ZeroDivisionError" in str(raised.value)
    assert "row 6: small" in str(raised.value)
    with pytest.raises(AssertionError, match="no rows"):
        each((), check)


def test_growth_with_the_square_is_told_from_growth_in_proportion() -> None:
    def once(size: int) -> None:
        sum(range(size))

    def squared(size: int) -> None:
        for _ in range(size):
            sum(range(size))

    assert_in_proportion(once, 500_000, TIMES * 500_000)
    with pytest.raises(AssertionError, match="4 times the work takes"):
        assert_in_proportion(squared, 500, TIMES * 500)
