"""What a second try makes of sentences whose dates or names the first one lost or changed: asked as they are, and with
all that is known of them in English.

    python -m tests.benchmarks.retries FILE.jsonl ... [--most 90]

Files as `tests.benchmarks.gate` reads them. Asks the built-in translator, which must be installed, on one thread, and
prints how many of the sentences still have such a doubt, how many have any, and their mean chrF.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.backends import Segment, Translator
from pipeline.config import Config, Translate
from pipeline.run.installed import Models
from pipeline.text.doubts import Doubt
from pipeline.translation.attempts import cleaned, decoding_for, segment_for
from tests.benchmarks.gate import Row, judge, open_gate, read_outputs, unit_of

_MODEL = "worldbrief-qwen2.5-1.5b"
_KINDS = {"dates": {"date-changed", "number-lost", "number-invented"}, "names": {"name-lost"}}
_BATCH = 24


def asked(row: Row, doubts: Sequence[Doubt]) -> Segment:
    return segment_for(unit_of(row), 1, doubts)


def again(translator: Translator, rows: Sequence[Row], doubts: Sequence[Sequence[Doubt]]) -> list[Row]:
    segments = [asked(*one) for one in zip(rows, doubts, strict=True)]
    decoding = decoding_for(1, beam_size=1)
    sizes = translator.count_tokens(segments, decoding.attempt)
    order = sorted(range(len(rows)), key=lambda number: -sizes[number])
    found: dict[int, Row] = {}
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        made = translator.translate([segments[number] for number in part], decoding)
        answers = cleaned([unit_of(rows[number]) for number in part], made, translator)
        for number, answer in zip(part, answers, strict=True):
            found[number] = replace(rows[number], translation=answer.text, score=answer.score)
    return [found[number] for number in range(len(rows))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outputs", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=90, help="sentences of a kind")
    options = parser.parse_args()
    gate = open_gate()
    translator = Models(Config(translate=Translate(model=_MODEL, threads=1)), None).routes("ko")[0].load()
    read = [row for path in options.outputs for row in read_outputs(path)]
    found = [(row, doubts) for row, doubts in zip(read, judge(gate, read), strict=True) if doubts]
    for name, kinds in _KINDS.items():
        chosen = [
            (row, doubts)
            for row, doubts in found
            if kinds & {doubt.kind for doubt in doubts} and asked(row, doubts) != asked(row, [])
        ]
        random.Random(1).shuffle(chosen)
        rows, doubts = [row for row, _ in chosen][: options.most], [doubts for _, doubts in chosen][: options.most]
        tries = {
            "first try": rows,
            "once more": again(translator, rows, [[]] * len(rows)),
            "in English": again(translator, rows, doubts),
        }
        for way, made in tries.items():
            judged = judge(gate, made)
            wrong = sum(bool({doubt.kind for doubt in doubts} & kinds) for doubts in judged)
            chrf = sum(row.chrf for row in made) / max(1, len(made))
            print(f"{name}, {way}: {wrong} of {len(made)} wrong, {sum(map(bool, judged))} doubted, chrF {chrf:.1f}")


if __name__ == "__main__":
    main()
