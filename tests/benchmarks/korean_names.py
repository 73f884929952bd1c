"""Names of persons in Korean: writes two files of `pipeline/text/names/lexicon`, of whole names and of given names.

    python -m tests.benchmarks.korean_names PERSONS.tsv

A line of PERSONS.tsv has a Korean name, a tab, and its English (labels of persons in Wikidata, CC0). Of foreigners the
whole name is taken where it is one person's only and every word of the English sounds like it: anybody may write a
label, and some are jokes. Of Koreans it is what their given name is mostly spelt like.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from anyascii import anyascii

from pipeline.language.facts import facts
from pipeline.text.names import lexicon
from pipeline.text.names.sounds import SUPPORTED, words_of
from pipeline.text.names.sounds.alignment import support
from pipeline.text.names.sounds.units import letters

_FEWEST = 2
# Characters with the blank: a shorter name is two words of another kind now and then.
_SHORTEST = 4
_SOURCE = "# Labels of persons in Wikidata, CC0. Printed by tests/benchmarks/korean_names.py."


def main(persons: Path) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for line in persons.read_text(encoding="utf-8").splitlines():
        korean, english = line.split("\t")
        if re.fullmatch("[가-힣]+(?: [가-힣]+)+", korean) and len(korean.split()[-1]) > 1 and len(korean) > _SHORTEST:
            # Newspapers leave accents out.
            names[korean].add(anyascii(english))
        elif re.fullmatch("[가-힣]{3}", korean) and korean[0] in facts("ko").names.surname_spellings:
            match = re.fullmatch(r"[A-Z][a-z]{0,5} ([A-Z][a-z]+-[A-Za-z][a-z]+)", english)
            if match:
                given[korean[1:]][match[1].capitalize()] += 1
    place = Path(lexicon.__file__).parent
    _write(
        place / "korean_persons.tsv",
        {name: english for name, found in names.items() if len(found) == 1 and _sounds(english := min(found), name)},
    )
    spelt = {name: min(found, key=lambda one: (-found[one], one)) for name, found in given.items()}
    # What one person alone is spelt like may be anybody's: 정영 is Ching-ying in Hong Kong.
    _write(
        place / "korean_given_names.tsv",
        {name: one for name, one in spelt.items() if given[name][one] >= _FEWEST and _sounds(one, name)},
    )


def _sounds(english: str, korean: str) -> bool:
    words = words_of(english)
    return bool(words) and all(support(letters(word), korean) >= SUPPORTED for word in words)


def _write(file: Path, rows: dict[str, str]) -> None:
    lines = [_SOURCE, "ko\tenglish", *(f"{name}\t{english}" for name, english in sorted(rows.items()))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
