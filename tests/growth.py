"""Whether the time that work takes grows as the work does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Work = TypeVar("Work")

TIMES = 4
# Work that grows in proportion takes four times as long, work that grows with the square sixteen times.
_MOST = 9.0
# Quicker than this, the clock and what else a call does count for more than the work.
_SECONDS = 0.02
_TRIES = 6


def assert_in_proportion(work: Callable[[Work], object], small: Work, large: Work) -> None:
    """`large`, four times `small`, takes at most nine times as long; or no time that matters.

    Processor time, and the shortest of several tries: a busy machine makes a try longer, never shorter.
    """
    work(small)  # what is made once, at the first call, belongs to neither
    shortest = dict.fromkeys(("small", "large"), float("inf"))
    for _ in range(_TRIES):
        for size, given in (("large", large), ("small", small)):
            start = time.process_time()
            work(given)
            shortest[size] = min(shortest[size], time.process_time() - start)
        if shortest["large"] < max(_SECONDS, _MOST * shortest["small"]):
            return
    grown = shortest["large"] / shortest["small"]
    raise AssertionError(f"{TIMES} times the work takes {grown:.1f} times as long ({shortest['large']:.3f} s)")
