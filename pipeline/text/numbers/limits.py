"""Whether "at least 15" has become "less than 15": limits that stand beside a number, in the source and the English.

Only the sense counts, not the shade: more than, at least and over are one, less than, at most and up to the other. "As
many as" is neither: one newspaper's "as many as 300" is another's "over 300". Of 884 numbers with a limit on both sides
in human translations (FLORES-200 dev and NTREX-128 1 to 1000, eighteen languages) 3 have the other sense; of 126 that
were turned round on purpose 106 are found.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from pipeline.language.facts import facts
from pipeline.language.quantities import Limits
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import SIDES, Quantity, plain, ready
from pipeline.text.numbers.read import numbers_in

_Sense = Literal["least", "most"]

_REACH = 40


@cache
def _patterns(language: str) -> tuple[tuple[_Sense, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    limits = facts(language).limits
    between = rf"(?:\s?(?:{'|'.join((*limits.between, 'US|NT|HK|A'))}))?[\s$€£¥₹₩]*"  # an article, a currency
    edge = "" if facts(language).writing.no_word_edge else r"(?<!\w)"

    def before(words: tuple[str, ...]) -> re.Pattern[str] | None:
        return re.compile(rf"{edge}(?:{'|'.join(words)}){between}\Z", re.I) if words else None

    def after(words: tuple[str, ...]) -> re.Pattern[str] | None:
        return re.compile(rf"\s?(?:{'|'.join(words)})", re.I) if words else None

    return (
        ("least", before(limits.least_before), after(limits.least_after)),
        ("most", before(limits.most_before), after(limits.most_after)),
    )


@lru_cache(SIDES)
def _limits_in(text: str, language: str) -> tuple[tuple[Quantity, frozenset[_Sense]], ...]:
    """The numbers that a limit stands beside, with its sense."""
    folded = ready(text)
    found = []
    for quantity in numbers_in(text, language):
        left = folded[max(0, quantity.start - _REACH) : quantity.start]
        right = folded[quantity.end : quantity.end + _REACH]
        senses = frozenset(
            sense
            for sense, before, after in _patterns(language)
            if (before and before.search(left)) or (after and after.match(right))
        )
        if senses:
            found.append((quantity, senses))
    return tuple(found)


def check_limits(judged: Judged) -> list[Doubt]:
    """A doubt "limit-changed" for each number that is the least in the source and the most in English, or vice versa.

    Empty for languages whose words for limits are not known. Never raises.
    """
    source, language, english = judged.source, judged.language, judged.english
    after = _limits_in(english, "en") if facts(language).limits != Limits() else ()
    before = _limits_in(source, language) if after else ()
    doubts: dict[str, Doubt] = {}
    for quantity, senses in after:
        meant = {sense for other, found in before if other.readings & quantity.readings for sense in found}
        if len(meant) == 1 and not senses & meant:
            (sense,) = meant
            detail = f"at {sense} {plain(quantity.value)} is “at {min(senses)}” in the English"
            doubts.setdefault(detail, Doubt("limit-changed", detail))
    return [*doubts.values()]
