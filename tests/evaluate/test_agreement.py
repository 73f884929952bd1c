from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.agreement import BAD_CHRF, GOOD_CHRF, gate_figures

ROWS = st.lists(
    st.tuples(st.floats(0, 100), st.lists(st.sampled_from(("loop", "number-lost", "low-confidence")), max_size=3)),
    max_size=40,
)


def test_shares_by_band_and_by_kind() -> None:
    rows = [(10.0, ["loop", "loop"]), (20.0, []), (25.0, []), (60.0, ["loop"]), (61.0, []), (90.0, ["number-lost"])]
    found = gate_figures(rows)
    assert (found.lines, found.flagged) == (6, 0.5)
    assert found.kinds == (("loop", 2 / 6), ("number-lost", 1 / 6))
    assert (found.bad, found.bad_flagged) == (2, 0.5)
    assert (found.good, found.good_flagged) == (2, 0.5)
    assert found.flagged_chrf == pytest.approx(160 / 3)
    assert found.unflagged_chrf == pytest.approx(106 / 3)


def test_nothing_to_judge() -> None:
    found = gate_figures([])
    assert (found.lines, found.flagged, found.kinds) == (0, 0.0, ())
    assert (found.bad_flagged, found.good_flagged, found.flagged_chrf, found.unflagged_chrf) == (None,) * 4


@given(rows=ROWS)
def test_the_parts_make_the_whole(rows: list[tuple[float, list[str]]]) -> None:
    found = gate_figures(rows)
    flagged = sum(bool(kinds) for _, kinds in rows)
    between = [bool(kinds) for chrf, kinds in rows if BAD_CHRF <= chrf <= GOOD_CHRF]
    bands = found.bad * (found.bad_flagged or 0) + found.good * (found.good_flagged or 0) + sum(between)
    assert bands == pytest.approx(flagged)
    assert found.bad + found.good + len(between) == found.lines == len(rows)
    means = flagged * (found.flagged_chrf or 0) + (len(rows) - flagged) * (found.unflagged_chrf or 0)
    assert means == pytest.approx(sum(chrf for chrf, _ in rows))
    assert all(0 < share <= found.flagged for _, share in found.kinds)
