"""How far the checks of names can be trusted: false alarms on human translations, and names of other sentences found.

    python -m tests.benchmarks.names FLORES_FOLDER [--languages zh-Hans,ja]
    python -m tests.benchmarks.names NTREX_TSV [--languages zh-Hans,ja]

FLORES_FOLDER holds `dev.LANG.txt` and `dev.en.txt`; a line of NTREX_TSV has NTREX's language code, source and English.
Of persons and places that the recogniser finds in the English, and that are more than ordinary words: the share that is
doubted though it is right, and of as many from other sentences the share that is. Languages in Latin script have
another check (`tests/benchmarks/gate.py`).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from pipeline.backends import EntityType
from pipeline.text.checks.names import check_names, check_places
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged, Named
from pipeline.text.names.ordinary import is_ordinary
from pipeline.text.names.sounds import words_of
from pipeline.text.names.term_index import Term
from pipeline.text.names.terms import article_terms, sentence_terms
from tests.benchmarks.gate import open_gate

_LANGUAGES = "zh-Hans,ja,ko,ar,ru,hi,th,he,bn"
_FLORES = {"zh-Hans": "zh"}
_NTREX = {
    "zh-Hans": "zho-CN", "zh-Hant": "zho-TW", "ja": "jpn", "ko": "kor", "ar": "arb", "ru": "rus", "hi": "hin",
    "th": "tha", "he": "heb", "bn": "ben", "uk": "ukr", "el": "ell", "fa": "fas", "ta": "tam", "ka": "kat",
}  # fmt: skip
Pairs = Sequence[tuple[str, str]]
Terms = Mapping[str, Sequence[Term]]


def read(data: Path, language: str) -> Pairs:
    if data.is_dir():
        file = data / f"dev.{_FLORES.get(language, language)}.txt"
        sources, english = (one.read_text(encoding="utf-8").splitlines() for one in (file, data / "dev.en.txt"))
        return list(zip(sources, english, strict=True))
    lines = (line.split("\t") for line in data.read_text(encoding="utf-8").splitlines() if line)
    return [(source, english) for code, source, english in lines if code == _NTREX[language]]


def figures(pairs: Pairs, names: Sequence[Sequence[str]], check: Callable[[str, str], list[Doubt]]) -> str:
    """`check` takes a name and a source."""
    rng = random.Random(7)
    pool = sorted({name for found in names for name in found})
    right = doubted = others = caught = 0
    for (source, english), found in zip(pairs, names, strict=True):
        mine = set(re.findall(r"\w+", english.lower()))
        for name in found:
            right += 1
            doubted += bool(check(name, source))
            other = rng.choice(pool)
            if not mine & set(re.findall(r"\w+", other.lower())):
                others += 1
                caught += bool(check(other, source))
    return f"{doubted / right:6.1%} of {right} doubted, {caught / others:6.1%} of {others} others caught"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--languages", default=_LANGUAGES)
    asked = parser.parse_args()
    gate = open_gate()
    known: dict[str, list[tuple[str, EntityType]]] = {}
    for language in asked.languages.split(","):
        pairs = read(asked.data, language)
        new = [english for english in dict.fromkeys(english for _, english in pairs) if english not in known]
        known.update(zip(new, gate.names(new), strict=True))
        terms = {source: sentence_terms(article_terms([source], language), source) for source, _ in pairs}

        checks: dict[EntityType, Callable[[str, str], list[Doubt]]] = {
            "person": partial(_person, language, terms),
            "place": partial(_place, language, terms),
        }
        for kind, check in checks.items():
            named = [
                sorted({name for name, found in known[english] if found == kind and _tells(name)})
                for _, english in pairs
            ]
            print(f"{language:8} {kind:7}", figures(pairs, named, check), flush=True)


def _person(language: str, terms: Terms, name: str, source: str) -> list[Doubt]:
    return check_names(Judged(source, language, "", names=Named([name]), terms=terms[source]))


def _place(language: str, terms: Terms, name: str, source: str) -> list[Doubt]:
    return check_places(Judged(source, language, "", names=Named(places=[name]), terms=terms[source], context=source))


def _tells(name: str) -> bool:
    words = words_of(name)
    return bool(words) and not all(map(is_ordinary, words))


if __name__ == "__main__":
    main()
