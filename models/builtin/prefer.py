#!/usr/bin/env python3
"""Of several answers to each question, the best and a likely worse one: what the translator learns to prefer.

    python models/builtin/prefer.py SAMPLES.jsonl --out FOLDER

SAMPLES are what `generate.py --samples` writes. Written are `preferred.jsonl`, for `train.py`, and
`preferred-held.jsonl`, questions kept out of it.

The answers are the translator's own, so the better one is within its reach, which a free translation by a person is not
always; the reference only judges them. Of two that say as much, the one that adds nothing wins: numbers and names that
the reference does not have count against an answer.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sacrebleu.metrics import CHRF

WRONG_NUMBER, INVENTED_NAME, MOST_NAMES = 12.0, 4.0, 3
"""Points of chrF."""
WORTH_LEARNING = 35.0
"""Below it not even the best answer says what the source says."""
CLEARLY_WORSE = 8.0
HELD_EVERY = 25


def worth(answer: str, reference: str) -> float:
    """chrF++ (Popovic 2017), here as strict with what is added as with what is missing, less points for inventions."""
    chrf = CHRF(word_order=2, beta=1).sentence_score(answer, [reference]).score
    if Counter(_numbers(answer)) != Counter(_numbers(reference)):
        chrf -= WRONG_NUMBER
    return chrf - INVENTED_NAME * min(MOST_NAMES, len(_names(answer) - _words(reference)))


def _numbers(text: str) -> Iterable[str]:
    # Those of one digit are as often written as words.
    return [digits for digits in re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", "", text)) if len(digits) > 1]


def _names(text: str) -> set[str]:
    """Words with a capital that do not begin a sentence."""
    return {match[1].casefold() for match in re.finditer(r"(?<=[\w,;:)] )([A-Z][\w-]+)", text)}


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[\w-]+", text)}


def preference(row: dict[str, Any]) -> dict[str, str] | None:
    """Of a question; nothing where all answers are about as good, or none is good."""
    scores: dict[str, float] = {}
    for text, score in row["samples"]:
        scores.setdefault(text, score)
    worths = {text: worth(text, row["target"]) for text in scores if text}
    if not worths:
        return None
    best = max(worths, key=lambda text: (worths[text], scores[text]))
    worse = [text for text in worths if worths[text] <= worths[best] - CLEARLY_WORSE]
    if worths[best] < WORTH_LEARNING or not worse:
        return None
    # The one the translator would write soonest: to make the unlikely less likely changes nothing.
    rejected = max(worse, key=lambda text: (scores[text], text))
    return {"language": row["language"], "prompt": row["prompt"], "target": best, "rejected": rejected}


def choose(rows: Sequence[dict[str, Any]], seed: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Preferences to train on, and those held out: every so many English sentences with all their languages."""
    with multiprocessing.Pool() as pool:
        found = pool.map(preference, rows, chunksize=64)
    places = {target: number for number, target in enumerate(dict.fromkeys(row["target"] for row in rows))}
    train, held = [], []
    for row, chosen in zip(rows, found, strict=True):
        if chosen:
            (train if places[row["target"]] % HELD_EVERY else held).append(chosen)
    random.Random(seed).shuffle(train)
    return train, held


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = list(map(json.loads, options.samples.read_text(encoding="utf-8").splitlines()))
    train, held = choose(rows, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, part in (("preferred", train), ("preferred-held", held)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in part)
        (options.out / f"{name}.jsonl").write_text(text, encoding="utf-8")
    print(f"{len(rows)} questions, {len(train)} preferences, {len(held)} held out")


if __name__ == "__main__":
    main()
