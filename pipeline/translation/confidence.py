"""How sure a model was of a whole sentence: its score, set off against the sentence.

The mean log-probability of the tokens alone lets short sentences off: one wrong word of ten costs as little as one of
forty where the others are copied easily, and it says nothing of what is missing. A logistic regression of "chrF below
27" on the score, the logarithm of the expected length and the deviation from it gave the weights below; they hardly
move with the language left out or the limit of chrF (25 to 35). See tests/benchmarks/confidence.py.
"""

from __future__ import annotations

import math

from pipeline.text.lengths import expected_length, length_deviation

# Of the logarithm of the expected length and of the deviation from it, for 1 of the score.
LENGTH_WEIGHT = 0.40
DEVIATION_WEIGHT = 0.08
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
    deviation = min(abs(length_deviation(source, language, english)), _FURTHEST)
    return score + LENGTH_WEIGHT * math.log(expected / _USUAL) - DEVIATION_WEIGHT * deviation
