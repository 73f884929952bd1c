"""How far the doubts about translations agree with what is wrong with them, by chrF against a reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import fmean

BAD_CHRF = 25.0
"""Below this a sentence is taken to be wrong: its doubts are wanted."""
GOOD_CHRF = 60.0
"""Above this a sentence is taken to be right: its doubts are false alarms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFigures:
    """Shares in 0..1, means of chrF in 0..100; None where there is no such sentence."""

    lines: int
    flagged: float
    kinds: tuple[tuple[str, float], ...]
    """Share of the lines with each kind of doubt, the most frequent first."""
    bad: int
    bad_flagged: float | None
    good: int
    good_flagged: float | None
    flagged_chrf: float | None
    unflagged_chrf: float | None


def gate_figures(rows: Iterable[tuple[float, Collection[str]]]) -> GateFigures:
    """Figures of (chrF, kinds of doubts) of each line."""
    seen = [(chrf, frozenset(kinds)) for chrf, kinds in rows]
    counts = Counter(kind for _, kinds in seen for kind in kinds)
    bad = [bool(kinds) for chrf, kinds in seen if chrf < BAD_CHRF]
    good = [bool(kinds) for chrf, kinds in seen if chrf > GOOD_CHRF]
    return GateFigures(
        lines=len(seen),
        flagged=_mean([bool(kinds) for _, kinds in seen]) or 0.0,
        kinds=tuple(
            (kind, count / len(seen)) for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        bad=len(bad),
        bad_flagged=_mean(bad),
        good=len(good),
        good_flagged=_mean(good),
        flagged_chrf=_mean([chrf for chrf, kinds in seen if kinds]),
        unflagged_chrf=_mean([chrf for chrf, kinds in seen if not kinds]),
    )


def _mean(values: Collection[float]) -> float | None:
    return fmean(values) if values else None
