"""All that is wrong with a source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pipeline.watch.alarm import Alarm
from pipeline.watch.day import Day
from pipeline.watch.drift import drift
from pipeline.watch.silence import silence


def alarms(rows: Sequence[Day], looks: Sequence[int], now: datetime, failing: str = "") -> list[Alarm]:
    """What is wrong with a source; mostly nothing.

    Args:
        rows: what came of it, one for each issue in which anything did, in order of time.
        looks: ordinals of the days on which somebody looked, in order, that of `now` the last.
        now: with a time zone.
        failing: ISO 8601 date since which its feed could not be had; "" where it could, or where it is none.
    """
    trouble = _unreachable(rows, looks, failing) if failing else None
    if trouble:
        return [trouble]
    silent = silence(rows, looks, now)
    return [silent] if silent else list(drift(rows))


def _unreachable(rows: Sequence[Day], looks: Sequence[int], failing: str) -> Alarm | None:
    """A feed that fails is in the report each time; an alarm it is on the second day."""
    since = date.fromisoformat(failing).toordinal()
    tries = [day for day in looks if day >= since]
    if len(tries) < 2:
        return None
    days = tries[-1] - since + 1
    reason = next((row.trouble for row in reversed(rows) if row.trouble), "")
    return Alarm(
        kind="unreachable",
        since=failing,
        message=f"could not be had for {days} days, since {failing}" + (f": {reason}" if reason else ""),
        brief=f"not to be had for {days} days",
        advice="open the address: a feed that has moved has a new one on the outlet's page; one that has ended can be"
        " muted",
        numbers={"days": days, "looks": len(tries)},
    )
