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

from pipeline.assemble import Models
from pipeline.backends import Decoding, Segment, Translator
from pipeline.config import Config, Translate
from pipeline.text import facts
from pipeline.text.dates.english import in_english
from pipeline.text.dates.repair import repair_dates
from pipeline.text.names.terms import article_terms, sentence_terms
from pipeline.text.tidy import tidy, without_echo
from tests.benchmarks.gate import Row, judge, open_gate, read_outputs

_MODEL = "worldbrief-qwen2.5-1.5b"
_KINDS = {"dates": {"date-changed", "number-lost", "number-invented"}, "names": {"name-lost"}}
_BATCH = 24


def asked(row: Row, *, in_words: bool) -> Segment:
    text = facts.normalise(row.source, row.language)
    terms = sentence_terms(article_terms([row.source], row.language), row.source)
    pairs = tuple((term.source, term.english) for term in terms if in_words or term.hint)
    return Segment(in_english(text, row.language) if in_words else text, row.language, terms=pairs)


def again(translator: Translator, rows: Sequence[Row], *, in_words: bool) -> list[Row]:
    segments = [asked(row, in_words=in_words) for row in rows]
    order = sorted(range(len(rows)), key=lambda number: -len(segments[number].text))
    decoding = Decoding(beam_size=2, repetition_penalty=1.05, attempt=1)
    found: dict[int, Row] = {}
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        answers = translator.translate([segments[number] for number in part], decoding)
        for number, answer in zip(part, answers, strict=True):
            row = rows[number]
            text = repair_dates(without_echo(tidy(answer.text, row.source)), row.source, row.language)
            found[number] = replace(row, translation=text, score=answer.score)
    return [found[number] for number in range(len(rows))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outputs", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=90, help="sentences of a kind")
    options = parser.parse_args()
    gate = open_gate()
    translator = Models(Config(translate=Translate(model=_MODEL, threads=1)), None).routes("ko")[0].load()
    read = [row for path in options.outputs for row in read_outputs(path)]
    found = [(row, {doubt.kind for doubt in doubts}) for row, doubts in zip(read, judge(gate, read), strict=True)]
    for name, kinds in _KINDS.items():
        rows = [
            row for row, doubted in found if doubted & kinds and asked(row, in_words=True) != asked(row, in_words=False)
        ]
        random.Random(1).shuffle(rows)
        rows = rows[: options.most]
        tries = {
            "first try": rows,
            "once more": again(translator, rows, in_words=False),
            "in English": again(translator, rows, in_words=True),
        }
        for way, made in tries.items():
            judged = judge(gate, made)
            wrong = sum(bool({doubt.kind for doubt in doubts} & kinds) for doubts in judged)
            chrf = sum(row.chrf for row in made) / max(1, len(made))
            print(f"{name}, {way}: {wrong} of {len(made)} wrong, {sum(map(bool, judged))} doubted, chrF {chrf:.1f}")


if __name__ == "__main__":
    main()
