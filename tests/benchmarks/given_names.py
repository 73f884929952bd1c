"""Given names of many languages, from the persons of the Korean lexicon (Wikidata, CC0).

    python -m tests.benchmarks.given_names > pipeline/text/names/given_names.txt

Prints each word that begins the English names of at least five persons, in plain letters. Words of four letters or more
that are no ordinary words; without those that are a common word of another language with a capital, as found in human
translations of FLORES-200 dev and NTREX-128: the Țara of Wales, the Đảng of parties, the Kota of cities.
"""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

from pipeline.text.names.ordinary import bare, is_ordinary

_FEWEST = 5
_SHORTEST = 4
_OTHER_WORDS = frozenset({"tara", "dang", "kota"})


_SOURCE = "# Given names, from labels of persons in Wikidata, CC0. Printed by tests/benchmarks/given_names.py."


def main() -> None:
    table = files("pipeline.text.names.lexicon").joinpath("korean_persons.tsv").read_text(encoding="utf-8")
    names = (line.split("\t")[1].split() for line in table.splitlines() if "\t" in line and not line.startswith("#"))
    counts = Counter(bare(words[0]) for words in names if len(words) > 1)
    print(_SOURCE)
    for name, count in sorted(counts.items()):
        if count >= _FEWEST and len(name) >= _SHORTEST and not is_ordinary(name) and name not in _OTHER_WORDS:
            print(name)


if __name__ == "__main__":
    main()
