"""How well the installed models that compare translations with their sources do, for `languages` in the registry.

    python -m tests.benchmarks.adequacy FLORES_FOLDER [--all] [--lines 100] [LANG]...

FLORES_FOLDER holds `dev.LANG.txt` and `dev.en.txt`, aligned by line (FLORES-200, CC BY-SA 4.0). Prints a line for each
language and model (with `--all` of every model, else of the one that serves the language): how often the true English
sentence is the nearest of all to its source, and the other way round; the AUC of its cosine against that of the next
sentence and against that of its own first half; mean and standard deviation of the cosine; sentences a second.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.backends import Embedder
from pipeline.backends.load import load_embedder
from pipeline.config import load
from pipeline.models import registry
from pipeline.models.store import ModelStore, default_root

_FEWEST_FOUND = 0.9
"""A language in which fewer true sentences are found has no model."""


def auc(higher: NDArray[np.float32], lower: NDArray[np.float32]) -> float:
    """How often a value of the one is above a value of the other; a tie counts half."""
    above = higher[:, None] - lower[None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def first_half(text: str) -> str:
    words = text.split()
    return " ".join(words[: (len(words) + 1) // 2])


def measure(model: Embedder, sources: list[str], english: list[str]) -> list[float]:
    """The figures of a language, in the order of the table."""
    start = time.perf_counter()
    ours = model.embed(sources)
    seconds = time.perf_counter() - start
    theirs, halves = model.embed(english), model.embed([first_half(text) for text in english])
    cosines = ours @ theirs.T
    own, places = np.diag(cosines), np.arange(len(sources))
    return [
        float((cosines.argmax(1) == places).mean()),
        float((cosines.argmax(0) == places).mean()),
        auc(own, (ours * np.roll(theirs, -1, axis=0)).sum(axis=1)),
        auc(own, (ours * halves).sum(axis=1)),
        float(own.mean()),
        float(own.std()),
        len(sources) / seconds,
    ]


def main(flores: Path, languages: list[str], lines: int, *, every: bool) -> None:
    def read(language: str) -> list[str]:
        return (flores / f"dev.{language}.txt").read_text(encoding="utf-8").splitlines()[:lines]

    folder = load(None).run.models
    store = ModelStore(Path(folder) if folder else default_root())
    found = languages or sorted(path.name.split(".")[1] for path in flores.glob("dev.*.txt"))
    for entry in registry.load().model:
        if entry.task != "adequacy" or store.usable(entry.name) is None:
            continue
        installed = store.open(entry.name)
        model = load_embedder(installed.backend, installed.path, installed.identity, 1)
        print(entry.name, "language  found  found back  AUC next  AUC half  cosine  deviation  sentences/s")
        for language in found:
            if language != "en" and (every or entry.reads(language)):
                figures = measure(model, read(language), read("en"))
                mark = "" if figures[0] >= _FEWEST_FOUND else "  none"
                print(language, *(f"{figure:.3f}" for figure in figures[:-1]), f"{figures[-1]:.0f}{mark}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("flores", type=Path)
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    main(given.flores, given.languages, given.lines, every=given.all)
