"""Many small cases in one test: a case of its own for each costs more than it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Row = TypeVar("Row")


def each(rows: Iterable[Row], check: Callable[[Row], None], name: Callable[[Row], str] = str) -> None:
    """Call `check` with every row; the failure gives the name of each row that fails, and why."""
    checked, failed = 0, []
    for row in rows:
        checked += 1
        try:
            check(row)
        except Exception as error:
            failed.append(f"{name(row)}: {error if isinstance(error, AssertionError) else repr(error)}")
    assert checked, "no rows"
    if failed:
        pytest.fail("\n\n".join((f"{len(failed)} of {checked} rows fail", *failed)), pytrace=False)
