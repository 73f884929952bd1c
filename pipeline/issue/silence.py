"""Outlets that usually have news and have none today: a feed that broke is otherwise seen when somebody misses it."""

from collections.abc import Collection, Mapping

ISSUES = 5
"""How many issues before this one are looked at."""
_USUAL = 3
"""In so many of them an outlet has to have had an article."""


def silent_outlets(before: Mapping[str, int], today: Collection[str]) -> dict[str, int]:
    """Those that are silent, in alphabetical order, each with the number of issues it was in.

    Args:
        before: outlet -> in how many of the last `ISSUES` issues it had an article.
        today: outlets with an article that is new in this issue, be it told, listed or refused.
    """
    return {outlet: number for outlet, number in sorted(before.items()) if number >= _USUAL and outlet not in today}
