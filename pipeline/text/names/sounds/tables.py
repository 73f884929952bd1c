"""What the units of each script sound like in the spelling of names: learnt from pairs of names.

A file of `tables/` has a line for each unit: the unit, then `letters:score` for what it is written with in English,
the letters being none where it is not heard. A score is the logarithm of how much likelier the letters are beside this
unit than in any name, in hundredths. Printed by tests/benchmarks/sound_tables.py from the names of cities in GeoNames
(https://www.geonames.org, CC BY 4.0) and, for Korean, of persons in Wikidata (CC0).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pipeline.text.names.sounds.units import SEPARATOR, reading

Row = Mapping[str, float]
SCRIPTS = (
    "Hani", "Kana", "Hang", "Cyrl", "Arab", "Deva", "Thai", "Grek", "Hebr", "Beng", "Guru", "Taml", "Geor", "Armn",
)  # fmt: skip
"""ISO 15924 codes of the scripts that have a table."""

# How often letters stand in the names that the tables were learnt from, a to z, in thousandths.
_FREQUENCIES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (121, 23, 27, 29, 91, 10, 30, 40, 75, 8, 29, 56, 29, 78, 71, 16, 2, 65, 56, 44, 39, 17, 11, 2, 21, 10),
        strict=True,
    )
)
BACKGROUND = {letter: math.log(count / sum(_FREQUENCIES.values())) for letter, count in _FREQUENCIES.items()}
"""Logarithm of the share of each letter among those of names."""

_PARTS: Row = MappingProxyType({"": -0.5})
_UNREAD: Row = MappingProxyType({"": -4.0})
# A name that the source writes in Latin letters is seldom spelt otherwise.
_SAME, _OTHER, _DROPPED = math.log(0.8), math.log(0.03), -2.5
_ALSO = {
    "c": "ks", "e": "ia", "f": "v", "g": "jh", "i": "y", "j": "yg", "k": "c", "o": "u", "q": "k", "s": "z", "u": "o",
    "v": "wf", "w": "v", "x": "h", "y": "ij", "z": "s",
}  # fmt: skip


def row(unit: str) -> Row:
    """What a unit sounds like; of one that no table has, what is known of its like."""
    if unit == SEPARATOR:
        return _PARTS
    known = _all()
    if unit in known:
        return known[unit]
    if "\u3400" <= unit[0] <= "\u9fff":
        # Characters of one reading are exchanged for each other in the names of foreigners.
        return known.get(reading(unit), _UNREAD)
    return known.get(unit[0], _UNREAD)


@cache
def rows(script: str) -> Mapping[str, Row]:
    """The table of a script: what its units sound like."""
    found = {}
    text = files("pipeline.text.names.sounds").joinpath("tables", f"{script}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            unit, *sounds = line.split("\t")
            pairs = (sound.split(":") for sound in sounds)
            found[unit] = {letters: int(score) / 100 for letters, score in pairs}
    return found


@cache
def _latin() -> Mapping[str, Row]:
    return {
        letter: {letter: _SAME - share, "": _DROPPED}
        | {other: _OTHER - BACKGROUND[other] for other in _ALSO.get(letter, ())}
        for letter, share in BACKGROUND.items()
    }


@cache
def _all() -> Mapping[str, Row]:
    found = dict(_latin())
    for script in SCRIPTS:
        found.update(rows(script))
    return found
