"""The weights of `pipeline/translation/confidence.py`, fitted on outputs of a model that gives scores.

    python -m tests.benchmarks.confidence FILE.jsonl ...

Files as `tests.benchmarks.gate` reads them, one language each. Prints the weights fitted on all languages and with
each left out, and for the language left out how many of its sentences below chrF 25 are among the fifth, quarter and
two fifths that are doubted most: by the score alone and with the weights. Then what `score_offset` the model needs so
that so many of its sentences above chrF 60 have a lower confidence than `translate.min_score`, and how many below 25
have one then.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.config import Translate
from pipeline.text.checks.lengths import expected_length
from pipeline.translation.confidence import confidence, shortness
from tests.benchmarks.gate import Row, read_outputs

_BAD = 27.0
_RIDGE = 1.0

Array = NDArray[np.float64]


def features(rows: list[Row]) -> tuple[Array, Array]:
    values = [
        (
            row.score or 0.0,
            math.log(max(expected_length(row.source, row.language), 1.0)),
            shortness(row.source, row.language, row.translation),
        )
        for row in rows
    ]
    return np.array(values), np.array([row.chrf for row in rows])


def fit(values: Array, bad: Array) -> Array:
    """Weights of a logistic regression with a small ridge, for 1 of the score."""
    mean, deviation = values.mean(0), values.std(0)
    design = np.c_[np.ones(len(values)), (values - mean) / deviation]
    weights = np.zeros(design.shape[1])
    ridge = _RIDGE * np.eye(len(weights))
    ridge[0, 0] = 1e-6
    for _ in range(100):
        probability = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (probability - bad) + ridge @ weights
        hessian = (design.T * (probability * (1 - probability))) @ design + ridge
        weights = weights - np.linalg.solve(hessian, gradient)
    slopes = weights[1:] / deviation
    return np.asarray(slopes / slopes[0])


def found(risk: Array, chrf: Array) -> str:
    order = np.argsort(-risk)
    counts = [int((chrf[order[: round(len(risk) * share)]] < 25).sum()) for share in (0.2, 0.25, 0.4)]
    return f"{counts} of {int((chrf < 25).sum())}"


def print_offsets(rows: list[Row]) -> None:
    sure = np.array([confidence(row.score or 0.0, row.source, row.language, row.translation) for row in rows])
    chrf = np.array([row.chrf for row in rows])
    limit = Translate().min_score
    for share in (0.01, 0.02, 0.03, 0.05):
        offset = limit - float(np.quantile(sure[chrf > 60], share))
        caught = float((sure[chrf < 25] + offset < limit).mean())
        print(
            f"score_offset {offset:+.2f}: {share:.0%} of {(chrf > 60).sum()} above 60, {caught:.0%} of those below 25"
        )


def main(paths: list[Path]) -> None:
    data = {path.stem: features([row for row in read_outputs(path) if row.score is not None]) for path in paths}
    for left_out in ("", *data):
        used = [pair for name, pair in data.items() if name != left_out]
        chrf = np.concatenate([pair[1] for pair in used])
        weights = fit(np.vstack([pair[0] for pair in used]), (chrf < _BAD).astype(float))
        line = f"without {left_out or 'none':8} length {weights[1]:.2f} shortness {weights[2]:.2f}"
        if left_out:
            values, own = data[left_out]
            line += f"; score alone {found(-values[:, 0], own)}, weighted {found(-values @ weights, own)}"
        print(line)
    print_offsets([row for path in paths for row in read_outputs(path) if row.score is not None])


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
