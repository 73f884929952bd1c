#!/usr/bin/env python3
"""Everything that makes an adapter, one after the other: pairs, training, rounds of preferences, before and after.

    python models/builtin/whole.py --data TRAINING --dev FLORES --model BASE --recogniser NER --dictionaries FOLDER \\
        --base qwen2.5-coder-1.5b-instruct-q4_k_m.gguf --out RUN

Under RUN come `pairs/`, `round0/` (the first training), for each round `samples1.jsonl`, `preferences1/` and
`round1/`, the answers of the adapter that is here and of the last round, and what `compare.py` says of them:
`adapters.md` with the glosses told as the product does, `adapters-plain.md` without, and `dictionaries.md`, the new
adapter without glosses against with them.

A step whose result is there is passed over, so that a run that was cut off goes on where it was, and `pairs/` can be
made where the product is installed and the rest where the GPU is. Another recipe needs another folder. `--dry` only
prints the steps.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Step:
    command: list[str]
    """A script of this folder and its arguments."""
    result: Path
    """What it writes last."""
    is_printed: bool = False
    """Whether the result is what it prints."""


def steps(options: argparse.Namespace) -> Iterator[Step]:
    run = tomllib.loads(options.recipe.read_text(encoding="utf-8"))["run"]
    out: Path = options.out
    pairs = out / "pairs"
    recipe = ["--recipe", str(options.recipe)]
    ask = ["generate.py", "--base", str(options.base), "--suppressed", str(pairs / "foreign.json")]
    learn = ["train.py", "--base", str(options.base), *recipe]

    sources = ["--data", str(options.data), "--dev", str(options.dev), "--model", str(options.model)]
    sources += ["--recogniser", str(options.recogniser), "--dictionaries", *map(str, options.dictionaries)]
    yield Step(["pairs.py", *sources, *recipe, "--out", str(pairs)], pairs / "pairs.json")
    adapter = out / "round0"
    texts = ["--pairs", str(pairs / "train.jsonl"), "--held", str(pairs / "dev.jsonl")]
    yield Step([*learn, *texts, "--out", str(adapter)], adapter / "training.json")

    for number in range(1, run["rounds"] + 1):
        samples, preferences = out / f"samples{number}.jsonl", out / f"preferences{number}"
        asked = ["--pairs", str(pairs / "asked.jsonl"), "--part", f"{number}/{run['rounds']}"]
        drawn = ["--adapter", str(adapter), "--samples", str(run["samples"]), "--out", str(samples)]
        yield Step([*ask, *asked, *drawn], samples)
        yield Step(["prefer.py", str(samples), "--out", str(preferences)], preferences / "preferred-held.jsonl")
        texts = ["--pairs", str(preferences / "preferred.jsonl"), "--held", str(preferences / "preferred-held.jsonl")]
        start, adapter = adapter, out / f"round{number}"
        start_from = ["--start", str(start), "--table", "prefer"]
        yield Step([*learn, *start_from, *texts, "--out", str(adapter)], adapter / "training.json")

    def answers(name: str, questions: str) -> Path:
        return out / f"{name}-{questions}.jsonl"

    for name, folder in (("before", options.before), ("after", adapter)):
        for questions in ("dev", "plain"):
            path = answers(name, questions)
            texts = ["--adapter", str(folder), "--pairs", str(pairs / f"{questions}.jsonl")]
            yield Step([*ask, *texts, "--out", str(path)], path)
    for title, one, other in (
        ("adapters", answers("before", "dev"), answers("after", "dev")),
        ("adapters-plain", answers("before", "plain"), answers("after", "plain")),
        ("dictionaries", answers("after", "plain"), answers("after", "dev")),
    ):
        yield Step(["compare.py", str(one), str(other)], out / f"{title}.md", is_printed=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "dev", "model", "recogniser"):
        parser.add_argument(
            f"--{name}", type=Path, default=Path(), help="as of pairs.py; not needed if RUN/pairs is there"
        )
    parser.add_argument("--dictionaries", type=Path, nargs="*", default=[], help="as of pairs.py")
    parser.add_argument("--base", type=Path, required=True, help="as of train.py")
    parser.add_argument("--before", type=Path, default=HERE / "adapter", help="the adapter to compare with")
    parser.add_argument("--recipe", type=Path, default=HERE / "recipe.toml")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dry", action="store_true", help="print the steps")
    options = parser.parse_args()
    for step in steps(options):
        if step.result.is_file():
            print(f"{step.result} is there", flush=True)
            continue
        print(shlex.join(step.command), flush=True)
        if not options.dry:
            do(step)


def do(step: Step) -> None:
    """Raises:
    SystemExit: it failed, or left no result.
    """
    step.result.parent.mkdir(parents=True, exist_ok=True)
    script, *arguments = step.command
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments],
        stdout=subprocess.PIPE if step.is_printed else None,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{script} ended with {done.returncode}")
    if step.is_printed:
        step.result.write_bytes(done.stdout)
        print(done.stdout.decode(), flush=True)
    if not step.result.is_file():
        raise SystemExit(f"{script} did not write {step.result}")


if __name__ == "__main__":
    main()
