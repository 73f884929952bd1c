"""What the gate finds: in outputs of real models by their quality, and of faults planted into good translations.

    python -m tests.benchmarks.gate --data FLORES_FOLDER [--languages zh-Hans,ja] [--lines 200]
    python -m tests.benchmarks.gate --outputs FILE.jsonl ... [--score-offset 0.1]

FLORES_FOLDER holds `dev.LANG.txt` and `dev.en.txt`, aligned by line: every flag on a human translation is a false
alarm, and faults are planted where there was none. An output file has a line for each sentence with `source`,
`reference`, `translation` and, if known, `score` and `language` (else the file is named after it), as `worldbrief
evaluate translation --out` writes them; chrF and doubts are worked out anew, with the `score_offset` of the model.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from pipeline.backends import EntityType, Hypothesis
from pipeline.backends.langid import FastTextIdentifier
from pipeline.config import Config
from pipeline.language.codes import normalise
from pipeline.run.installed import Models
from pipeline.text.doubts import Doubt
from pipeline.text.names.lexicon import LANGUAGES, entries
from pipeline.text.names.terms import article_terms
from pipeline.translation.gate import Gate
from pipeline.translation.units import Unit, units
from tests.faults import planted

BANDS = ((0, 25), (25, 60), (60, 101))
_LANGUAGES = "zh-Hans,ja,ko,vi,ar,ru,de,fr,es,pt,hi,id,th,tr"
_FILES = {"zh-Hans": "zh"}


@dataclass(frozen=True)
class Row:
    language: str
    source: str
    reference: str
    translation: str
    score: float | None = None

    @property
    def chrf(self) -> float:
        return float(CHRF().sentence_score(self.translation, [self.reference]).score)


def open_gate() -> Gate:
    config = Config()
    models = Models(config, None)
    _, open_recogniser = models.recogniser()
    return Gate(open_recogniser, FastTextIdentifier)


def judge(gate: Gate, rows: Sequence[Row]) -> list[list[Doubt]]:
    """The doubts of each row, its source taken as one sentence of an article without a headline."""
    return gate.judge([*map(unit_of, rows)], [Hypothesis(row.translation, row.score) for row in rows])


def unit_of(row: Row) -> Unit:
    """The source as one sentence: a line of FLORES may hold two, but outputs and references are aligned by line."""
    unit = next(units(row.source, [], row.language, None, article_terms([row.source], row.language)))
    return replace(unit, paragraph=0, segment=replace(unit.segment, is_title=False), context="")


def read_outputs(path: Path, score_offset: float = 0.0) -> list[Row]:
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        language = normalise(record.get("language") or path.stem)
        score = record.get("score")
        score = None if score is None else score + score_offset
        rows.append(Row(language, record["source"], record["reference"], record["translation"], score))
    return rows


def read_references(data: Path, language: str, lines: int) -> list[Row]:
    english = (data / "dev.en.txt").read_text(encoding="utf-8").splitlines()[:lines]
    sources = (data / f"dev.{_FILES.get(language, language)}.txt").read_text(encoding="utf-8").splitlines()[:lines]
    return [Row(language, source, target, target) for source, target in zip(sources, english, strict=True)]


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} % of {whole:4d}" if whole else "     - of    0"


def by_band(gate: Gate, outputs: dict[str, list[Row]]) -> None:
    print("Outputs: flagged by chrF of the sentence")
    total: dict[int, list[int]] = {low: [0, 0] for low, _ in BANDS}
    for name, rows in outputs.items():
        judged = judge(gate, rows)
        cells = []
        for low, high in BANDS:
            inside = [doubts for row, doubts in zip(rows, judged, strict=True) if low <= row.chrf < high]
            flagged = sum(bool(doubts) for doubts in inside)
            total[low][0] += flagged
            total[low][1] += len(inside)
            kinds = Counter(kind for doubts in inside for kind in {doubt.kind for doubt in doubts})
            cells.append(f"{low}-{high - 1}: {share(flagged, len(inside))} {dict(kinds.most_common())}")
        print(f"{name:14}", *cells, sep="\n    ")
    print("all           ", *(f"{low}-{high - 1}: {share(*total[low])}" for low, high in BANDS), sep="  ")


def names_in_the_news() -> list[tuple[str, EntityType]]:
    """Those of the lexicon. What a recogniser finds in texts is not always what it calls it: Sanskrit is no person."""
    kinds: dict[str, EntityType] = {"person": "person", "place": "place", "organisation": "organisation"}
    found = {
        (entry.english.removeprefix("the "), kinds[entry.kind])
        for language in LANGUAGES
        for entry in entries(language)
        if entry.kind in kinds and entry.hint
    }
    return sorted(found)


def by_fault(gate: Gate, sets: Sequence[tuple[str, list[Row]]], seed: int) -> list[dict[str, str]]:
    """Prints how many faults are caught in translations that pass as they were; returns those that are not."""
    missed: list[dict[str, str]] = []
    pool = names_in_the_news()
    print("Planted faults: flagged, of those planted into translations that pass untouched")
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, rows in sets:
        rng = random.Random(seed)
        start = time.perf_counter()
        untouched = judge(gate, rows)
        seconds = time.perf_counter() - start
        kinds = Counter(kind for doubts in untouched for kind in {doubt.kind for doubt in doubts})
        alarms = sum(map(bool, untouched))
        print(f"{name:8} untouched: {share(alarms, len(rows))} {dict(kinds.most_common())} ({seconds:.1f} s)")
        total["untouched"][0] += alarms
        total["untouched"][1] += len(rows)
        names = gate.names([row.translation for row in rows])
        made = [
            (kind, replace(row, translation=text))
            for row, doubts, found in zip(rows, untouched, names, strict=True)
            if not doubts
            for kind, text in planted(row.source, row.translation, found, pool, rng).items()
        ]
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for (kind, row), doubts in zip(made, judge(gate, [row for _, row in made]), strict=True):
            for table in (counts, total):
                table[kind][0] += bool(doubts)
                table[kind][1] += 1
            if not doubts:
                missed.append(
                    {"fault": kind, "language": row.language, "source": row.source, "english": row.translation}
                )
        print("    ", "; ".join(f"{kind} {share(*count)}" for kind, count in counts.items()))
    print("all      ", "; ".join(f"{kind} {share(*count)}" for kind, count in total.items()))
    return missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--languages", default=_LANGUAGES)
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--outputs", type=Path, nargs="*", default=[])
    parser.add_argument("--score-offset", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", type=Path, help="write the planted faults that were not found, a JSON line each")
    asked = parser.parse_args()
    missed: list[dict[str, str]] = []
    gate = open_gate()
    if asked.outputs:
        outputs = {path.stem: read_outputs(path, asked.score_offset) for path in asked.outputs}
        by_band(gate, outputs)
        good = [row for rows in outputs.values() for row in rows if row.chrf > 60]
        missed += by_fault(gate, [("good", good)], asked.seed)
    if asked.data:
        sets = [(code, read_references(asked.data, code, asked.lines)) for code in asked.languages.split(",")]
        missed += by_fault(gate, sets, asked.seed)
    if asked.missed:
        asked.missed.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in missed), "utf-8")


if __name__ == "__main__":
    main()
