"""Finding the stretch of a text that a name in Latin letters was transliterated from, and how sure that is.

The letters of the name are dealt out to neighbouring units of the text, a few or none to each, in the way that scores
best (local alignment, Smith and Waterman 1981, https://doi.org/10.1016/0022-2836(81)90087-5, with many letters to a
unit). The scores are log-likelihood ratios, so their sum says how much likelier the name is beside this stretch than
beside no name at all.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.text.names.sounds.tables import BACKGROUND, Row, row
from pipeline.text.names.sounds.units import units

# Letters that no unit accounts for.
_UNHEARD = -3.5
# Letters of one unit: 乔 stands for "george" in some names, kana and alphabets need fewer.
_MOST = 6
# More than any name in more than any sentence; what is longer is a loop.
_LONGEST_NAME, _LONGEST_TEXT = 40, 1_000


def support(name: str, text: str) -> float:
    """How well some stretch of a text sounds like `name`, which is in letters a to z.

    The share of what there is to know of the name that the stretch tells: 1 at most, below 0 where nothing is like it.
    """
    if not name:
        return 0.0
    name = name[:_LONGEST_NAME]
    return _best(name, text) / -sum(BACKGROUND[letter] for letter in name)


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[Row, ...]:
    return tuple(row(unit) for unit in units(text[:_LONGEST_TEXT]))


@lru_cache(maxsize=8_192)
def _best(name: str, text: str) -> float:
    length = len(name)
    ends = range(1, length + 1)
    # For each letter the ways in which a unit's letters may end there, and where they then begin.
    chunks = [
        [(name[end - size : end], end - size) for size in range(1, min(_MOST, end) + 1)] for end in range(length + 1)
    ]
    scores = [end * _UNHEARD for end in range(length + 1)]
    best = scores[length]
    for sounds in _read(text):
        silent = sounds[""]
        # A name may begin at any unit.
        following = [0.0]
        for end in ends:
            score = max(scores[end] + silent, following[end - 1] + _UNHEARD)
            if len(sounds) > 1:
                for letters, start in chunks[end]:
                    heard = sounds.get(letters)
                    if heard is not None and scores[start] + heard > score:
                        score = scores[start] + heard
            following.append(score)
        scores = following
        best = max(best, scores[length])
    return best
