"""Fits `pipeline/translation/confidence.toml` on what readers found, and says how far it can be relied on.

    python -m tests.benchmarks.confidence [--write] [--unseen NAME]...

Reads `readings.jsonl` beside this file (`tests.benchmarks.readings` writes it). Sets named `--unseen` are not learnt
from, only judged. Prints for each set of signals how well it separates right from wrong (area under the curve, share
that is right of the tenth, fifth and third it is surest of), with each group and each signal left out; then a table of
reliability: of the sentences called 90 %, how many are right. All figures are of articles left out of the fit.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from itertools import chain, combinations, pairwise
from pathlib import Path

import numpy as np
import tomli_w
from numpy.typing import NDArray

from pipeline.translation import confidence
from pipeline.translation.confidence import ARTICLE, OPTIONAL, SENTENCE, Fit, Table
from tests.benchmarks.readings import Reading, read

TABLE = Path(confidence.__file__).with_suffix(".toml")
# Of the standardised signals, the intercept excepted: there are a few hundred readings of some sixty articles.
_RIDGE = 3.0
_BANDS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)

Array = NDArray[np.float64]


def fit(values: Array, right: Array, ridge: float = _RIDGE) -> Array:
    """Intercept and slopes of a logistic regression, by Newton's method.

    Args:
        values: shape (readings, signals).
        right: 1 or 0 for each.
    """
    mean, deviation = values.mean(0), values.std(0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    design = np.c_[np.ones(len(values)), (values - mean) / deviation]
    weights = np.zeros(design.shape[1])
    penalty = ridge * np.eye(len(weights))
    penalty[0, 0] = 1e-6
    for _ in range(100):
        probability = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (probability - right) + penalty @ weights
        hessian = (design.T * (probability * (1 - probability))) @ design + penalty
        weights = weights - np.linalg.solve(hessian, gradient)
    slopes = weights[1:] / deviation
    return np.asarray(np.r_[weights[0] - slopes @ mean, slopes])


def named(names: Sequence[str], weights: Array) -> Fit:
    return Fit(float(weights[0]), dict(zip(names, (float(weight) for weight in weights[1:]), strict=True)))


def sentence_fit(readings: Sequence[Reading], groups: frozenset[str], without: str = "") -> Fit:
    """Of the readings that have these groups of signals."""
    members = chain.from_iterable(OPTIONAL[group] for group in sorted(groups))
    names = [name for name in (*SENTENCE, *members) if name != without]
    usable = [one for one in readings if groups <= confidence.groups(one.values)]
    values = np.array([[one.values[name] for name in names] for one in usable])
    return named(names, fit(values, np.array([float(one.right) for one in usable])))


def learn(readings: Sequence[Reading]) -> Table:
    """A fit for each set of groups; the one of articles on all readings, with what each has."""
    sizes = range(len(OPTIONAL) + 1)
    subsets = [frozenset(names) for size in sizes for names in combinations(OPTIONAL, size)]
    fits = {groups: sentence_fit(readings, groups) for groups in subsets}
    alone = Table(fits, Fit(0.0, {}))
    # Logits of articles left out: on its own readings a fit is too sure.
    logits = held_out(readings, lambda part: lambda one: _logit(one, learn_sentences(part)))
    pairs = _with_articles(readings, logits)
    return Table(fits, named(("sentence", ARTICLE), fit(pairs, _right(readings)))) if len(pairs) else alone


def learn_sentences(readings: Sequence[Reading]) -> Table:
    kinds: set[frozenset[str]] = {confidence.groups(one.values) for one in readings} | {frozenset()}
    return Table({kind: sentence_fit(readings, kind) for kind in kinds}, Fit(0.0, {}))


def held_out(
    readings: Sequence[Reading], learned: Callable[[Sequence[Reading]], Callable[[Reading], float]], folds: int = 10
) -> Array:
    """What a model says of each reading that has seen none of its article."""
    names = sorted({one.article for one in readings})
    fold_of = {name: number % folds for number, name in enumerate(names)}
    said = np.zeros(len(readings))
    for fold in range(folds):
        judge = learned([one for one in readings if fold_of[one.article] != fold])
        for number, one in enumerate(readings):
            if fold_of[one.article] == fold:
                said[number] = judge(one)
    return said


def probabilities(readings: Sequence[Reading], table: Table) -> Array:
    """What the table says of readings, articles taken into account."""
    pairs = _with_articles(readings, np.array([_logit(one, table) for one in readings]))
    log_odds = [table.article.logit({"sentence": own, ARTICLE: mean}) for own, mean in pairs]
    return np.asarray(1 / (1 + np.exp(-np.array(log_odds))))


def _logit(one: Reading, table: Table) -> float:
    known = confidence.groups(one.values)
    best = max(
        (groups for groups in table.sentence if groups <= known), key=lambda groups: (len(groups), sorted(groups))
    )
    return table.sentence[best].logit(one.values)


def _with_articles(readings: Sequence[Reading], logits: Array) -> Array:
    """Logits beside the means of their articles, as far as they were read."""
    articles: dict[str, list[float]] = {}
    for one, value in zip(readings, logits, strict=True):
        articles.setdefault(one.article, []).append(value)
    means = {name: float(np.mean(values)) for name, values in articles.items()}
    return np.array([(value, means[one.article]) for one, value in zip(readings, logits, strict=True)])


def _right(readings: Sequence[Reading]) -> Array:
    return np.array([float(one.right) for one in readings])


def area(said: Array, right: Array) -> float:
    """Area under the ROC curve."""
    ranks = np.empty(len(said))
    ranks[np.argsort(said)] = np.arange(len(said))
    good = right.sum()
    return float((ranks[right == 1].sum() - good * (good - 1) / 2) / (good * (len(right) - good)))


def separation(said: Array, right: Array) -> str:
    order = np.argsort(-said)
    shares = [f"{right[order[: max(1, round(len(said) * share))]].mean():.2f}" for share in (0.1, 0.2, 1 / 3)]
    return f"area {area(said, right):.3f}; right of the surest tenth, fifth, third: {', '.join(shares)}"


def reliability(said: Array, right: Array) -> list[str]:
    rows = ["said          sentences  right"]
    for low, high in pairwise(_BANDS):
        inside = (said >= low) & ((said < high) | (high == 1.0))
        if inside.any():
            rows.append(f"{low:.2f} to {high:.2f}  {inside.sum():9d}  {right[inside].mean():5.2f}")
    return rows


def report(readings: Sequence[Reading]) -> None:
    right = _right(readings)
    print(f"{len(readings)} readings of {len({one.article for one in readings})} articles, {right.mean():.2f} right")
    everything = frozenset(OPTIONAL)
    full = [one for one in readings if confidence.groups(one.values) == everything] or list(readings)
    groups = confidence.groups(full[0].values)
    print(f"{len(full)} with {', '.join(sorted(groups)) or 'nothing optional'}")
    right = _right(full)

    def judged(groups: frozenset[str], without: str = "") -> Array:
        return held_out(full, lambda part: lambda one: sentence_fit(part, groups, without).logit(one.values))

    print(f"{'all signals':22}", separation(judged(groups), right))
    for group in sorted(groups):
        print(f"{'without ' + group:22}", separation(judged(groups - {group}), right))
    members = chain.from_iterable(OPTIONAL[group] for group in sorted(groups))
    for name in (*SENTENCE, *members):
        print(f"{'without ' + name:22}", separation(judged(groups, name), right))


def write(table: Table, path: Path = TABLE) -> None:
    """The table as `pipeline.translation.confidence` reads it."""

    def rounded(fit: Fit) -> dict[str, object]:
        weights = {name: round(weight, 4) for name, weight in fit.weights.items()}
        return {"intercept": round(fit.intercept, 4), "weights": weights}

    data = {
        "sentence": [
            {"groups": sorted(groups), **rounded(fit)}
            for groups, fit in sorted(table.sentence.items(), key=lambda pair: (len(pair[0]), sorted(pair[0])))
        ],
        "article": rounded(table.article),
    }
    head = "# Written by `python -m tests.benchmarks.confidence --write` from what readers found.\n\n"
    path.write_text(head + tomli_w.dumps(data), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--unseen", action="append", default=[])
    asked = parser.parse_args()
    readings = read()
    seen = [one for one in readings if one.set not in asked.unseen]
    report(seen)
    said = held_out(seen, lambda part: _by_article(part, seen))
    print("\nwith their articles", separation(said, _right(seen)), *reliability(said, _right(seen)), sep="\n")
    table = learn(seen)
    for name in asked.unseen:
        other = [one for one in readings if one.set == name]
        said = probabilities(other, table)
        print(f"\n{name}, unseen:", separation(said, _right(other)), *reliability(said, _right(other)), sep="\n")
    if asked.write:
        write(table)


def _by_article(part: Sequence[Reading], readings: Sequence[Reading]) -> Callable[[Reading], float]:
    """Probabilities of all readings by a table learnt from a part of them."""
    table = learn(part)
    said = dict(zip(((one.set, one.key) for one in readings), probabilities(readings, table), strict=True))
    return lambda one: float(said[one.set, one.key])


if __name__ == "__main__":
    main()
