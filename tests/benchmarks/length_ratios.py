"""The table of `pipeline/text/checks/lengths.py`: how long English translations are, measured on human ones.

    python -m tests.benchmarks.length_ratios FLORES_FOLDER [NTREX_TSV]

FLORES_FOLDER holds `dev.LANG.txt` and `dev.en.txt`, aligned by line (FLORES-200, CC BY-SA 4.0); NTREX_TSV has lines of
code, source and English (NTREX-128, CC BY-SA 4.0). Prints a line for each language: code, English characters for one
of the source, and the two parts of the variance of its logarithm (`lengths._variance`).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from pipeline.language.codes import UNKNOWN, normalise
from pipeline.text.checks.lengths import measure

_FEWEST = 500


def pairs(flores: Path, ntrex: Path | None) -> dict[str, list[tuple[str, str]]]:
    english = (flores / "dev.en.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(flores.glob("dev.*.txt")):
        language = normalise(path.name.split(".")[1])
        if language not in ("en", UNKNOWN):
            found[language] += zip(path.read_text(encoding="utf-8").splitlines(), english, strict=True)
    for line in ntrex.read_text(encoding="utf-8").splitlines() if ntrex else ():
        code, source, target = line.split("\t")
        if normalise(code) != UNKNOWN:
            found[normalise(code)].append((source, target))
    return found


def fit(sentences: list[tuple[str, str]], language: str) -> tuple[float, float, float]:
    """Ratio, constant part and per-character part of the variance."""
    own, copied, after = np.array(
        [(*measure(source, language), len(english)) for source, english in sentences], dtype=float
    ).T
    ratio = float(np.median(after[own > 0] / own[own > 0]))
    for _ in range(30):
        # The factor that makes the median translation as long as expected.
        ratio *= float(np.median(after / (ratio * own + copied)))
    expected = ratio * own + copied
    squares = np.log(after / expected) ** 2
    keep = squares < np.quantile(squares, 0.99)  # misaligned lines
    design = np.stack([np.ones(keep.sum()), 1 / expected[keep]], axis=1)
    # Noise grows with the square itself: weigh by a first guess of the variance.
    weight = 1 / (0.015 + 2.0 / expected[keep])
    constant, slope = np.linalg.lstsq(design * weight[:, None], squares[keep] * weight, rcond=None)[0]
    return ratio, max(float(constant), 0.002), max(float(slope), 0.1)


def main(flores: Path, ntrex: Path | None) -> None:
    for language, sentences in sorted(pairs(flores, ntrex).items()):
        usable = [(source, english) for source, english in sentences if source.strip() and english.strip()]
        if len(usable) >= _FEWEST:
            ratio, constant, slope = fit(usable, language)
            print(f"{language} {ratio:.2f} {constant:.3f} {slope:.1f};")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
