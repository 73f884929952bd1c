"""Names of cities that do not sound like their English: prints `pipeline/text/names/lexicon/exonyms.tsv`.

    python -m tests.benchmarks.exonyms CITIES.json > pipeline/text/names/lexicon/exonyms.tsv

CITIES.json: see `sound_tables`. Of cities with 100,000 people or more, every form in a script that `sounds` reads.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.language import scripts
from pipeline.language.scripts import simplified
from pipeline.text.names.sounds import SUPPORTED, tables, words_of
from pipeline.text.names.sounds.alignment import support
from pipeline.text.names.sounds.units import letters
from tests.benchmarks.sound_tables import without_ending

_POPULATION = 100_000
_SHORTEST, _LONGEST = 2, 20
# The tables were learnt from these very names and have some of them by heart.
_LIMIT = 2 * SUPPORTED


def main(cities: Path) -> None:
    found: dict[str, set[str]] = {}
    for city in json.loads(cities.read_text(encoding="utf-8")).values():
        if city["population"] >= _POPULATION:
            for form in city["alternatenames"]:
                codes = list(scripts.counts(form))
                if len(codes) == 1 and codes[0] in tables.SCRIPTS:
                    bare = simplified(without_ending(form, codes[0]))
                    if _SHORTEST <= len(bare) <= _LONGEST and not _sounds(city["name"], bare):
                        found.setdefault(city["name"], set()).add(bare)
    print("# Cities whose name sounds otherwise: GeoNames, CC BY 4.0. Printed by tests/benchmarks/exonyms.py.")
    print("english", "forms", sep="\t")
    for name, forms in sorted(found.items()):
        print(name, " / ".join(sorted(forms)), sep="\t")


def _sounds(name: str, form: str) -> bool:
    return support(letters("".join(words_of(name))), form) >= _LIMIT


if __name__ == "__main__":
    main(Path(sys.argv[1]))
