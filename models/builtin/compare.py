#!/usr/bin/env python3
"""BLEU and chrF of two sets of answers to the same questions, with the intervals of a paired bootstrap.

    python models/builtin/compare.py BEFORE.jsonl AFTER.jsonl

The files are what `generate.py` writes: a JSON line for each question with language, target, hypothesis.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest

SAMPLES = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    options = parser.parse_args()
    before, after = read(options.before), read(options.after)
    by_language: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for language, target in before.keys() & after.keys():
        by_language[language].append((language, target))
    print("| from | sentences | BLEU before | BLEU after | p | chrF before | chrF after | p |")
    print("|---|---|---|---|---|---|---|---|")
    for language, keys in sorted(by_language.items(), key=lambda item: (-len(item[1]), item[0])):
        keys.sort()
        references = [[target for _, target in keys]]
        systems = [("before", [before[key] for key in keys]), ("after", [after[key] for key in keys])]
        metrics = {"BLEU": BLEU(references=references), "chrF2": CHRF(references=references)}
        _, found = PairedTest(systems, metrics, None, test_type="bs", n_samples=SAMPLES)()
        cells = [language, str(len(keys))]
        for metric in metrics:
            old, new = found[metric]
            cells += [f"{result.score:.1f} ± {result.ci:.1f}" for result in (old, new)]
            cells.append(f"{new.p_value:.3f}")
        print(f"| {' | '.join(cells)} |")


def read(path: Path) -> dict[tuple[str, str], str]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["language"], row["target"]): row["hypothesis"] for row in rows}


if __name__ == "__main__":
    main()
