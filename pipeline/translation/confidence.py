"""How sure a model was of a whole sentence: its score, set off against the sentence.

The mean log-probability of the tokens alone lets short sentences off: one wrong word of ten costs as little as one of
forty where the others are copied easily, and it says nothing of what is missing. A logistic regression of "chrF
below 27" on the score, the logarithm of the expected length and what is missing of it gives 0.40 and 0.13 for 1 of the
score, of "below 35" 0.33 and 0.07; they hardly move with the language left out. A translation longer than usual is no
less sure. See tests/benchmarks/confidence.py.
"""

from __future__ import annotations

import math

from pipeline.text.checks.lengths import expected_length, length_deviation

# Of the logarithm of the expected length and of the deviation below it, for 1 of the score.
LENGTH_WEIGHT = 0.35
SHORTNESS_WEIGHT = 0.10
# English characters that leave the score as it is, and the range that the weights were measured on.
_USUAL = 120
_SHORTEST, _LONGEST = 60, 240
# Beyond it the checks of the length have their say.
_FURTHEST = 3.0


def confidence(score: float, source: str, language: str, english: str) -> float:
    """The score as it would be for a sentence of 120 characters and of the expected length.

    Args:
        score: mean log-probability of the tokens.
    """
    expected = min(max(expected_length(source, language), _SHORTEST), _LONGEST)
    return score + LENGTH_WEIGHT * math.log(expected / _USUAL) - SHORTNESS_WEIGHT * shortness(source, language, english)


def shortness(source: str, language: str, english: str) -> float:
    """How many standard deviations the translation is shorter than usual, at most 3."""
    return min(max(-length_deviation(source, language, english), 0.0), _FURTHEST)
