#!/usr/bin/env python3
"""BLEU and chrF of two sets of answers to the same questions, with the intervals of a paired bootstrap.

    python models/builtin/compare.py BEFORE.jsonl AFTER.jsonl

The files are what `generate.py` writes: a JSON line for each question with language, target, hypothesis. Where the
questions of either tell glosses of the dictionary, a second table says how often each model writes one that the
reference has, and one that it has not: the first should rise, the second fall.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from mixture import says
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest

SAMPLES = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    options = parser.parse_args()
    rows = rows_of(options.before), rows_of(options.after)
    before, after = ({key: row["hypothesis"] for key, row in part.items()} for part in rows)
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
    print_obedience(*rows)


def print_obedience(before: dict[tuple[str, str], Any], after: dict[tuple[str, str], Any]) -> None:
    counts: dict[str, list[list[bool]]] = defaultdict(list)
    for key in before.keys() & after.keys():
        for _, gloss in after[key].get("glosses") or before[key].get("glosses", []):
            counts[key[0]].append(
                [says(text, gloss) for text in (key[1], *(part[key]["hypothesis"] for part in (before, after)))]
            )
    if not counts:
        return
    print("\n| from | right glosses | written before | after | other glosses | written before | after |")
    print("|---|---|---|---|---|---|---|")
    for language, found in sorted(counts.items()):
        cells = [language]
        for is_right in (True, False):
            part = [written for right, *written in found if right == is_right]
            shares = [f"{sum(model) / len(part):.0%}" for model in zip(*part, strict=True)] or ["", ""]
            cells += [str(len(part)), *shares]
        print(f"| {' | '.join(cells)} |")


def rows_of(path: Path) -> dict[tuple[str, str], Any]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["language"], row["target"]): row for row in rows}


if __name__ == "__main__":
    main()
