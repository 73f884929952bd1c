"""Whether one system is better than another, or only luckier with these sentences; lines kept for the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.evaluate.translation import LineScore
from pipeline.files import write_atomically


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricComparison:
    """One metric: both scores, half the width of their 95 % confidence intervals, and the p-value of the difference."""

    metric: str
    baseline: float
    baseline_interval: float
    system: float
    system_interval: float
    p_value: float
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two systems on the lines that both have translated."""

    baseline: str
    system: str
    lines: int
    metrics: tuple[MetricComparison, ...]


def compare(baseline: Sequence[LineScore], system: Sequence[LineScore]) -> Comparison:
    """Paired bootstrap resampling (Koehn 2004, https://aclanthology.org/W04-3250) of BLEU and chrF, by sacrebleu.

    Its seed is fixed, so the same lines give the same figures.

    Raises:
        ConfigError: they have no line in common, or another sentence under the same number.
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.significance import PairedTest, Result

    earlier = {line.line: line for line in baseline}
    both = [(earlier[line.line], line) for line in system if line.line in earlier]
    if not both:
        raise ConfigError("--against: its lines are not among those that were translated now")
    for first, second in both:
        if (first.source, first.reference) != (second.source, second.reference):
            raise ConfigError(f"--against: line {first.line} is another sentence there: it was made from other files")
    names = (both[0][0].model, both[0][1].model)
    same = all(first.translation == second.translation for first, second in both)
    test = PairedTest(
        [
            ("baseline", [first.translation for first, _ in both]),
            ("system", [second.translation for _, second in both]),
        ],
        {"BLEU": BLEU(), "chrF": CHRF()},
        [[second.reference for _, second in both]],
        test_type="bs",
    )
    signatures, scores = test()
    metrics = []
    for metric, signature in signatures.items():
        first_result, second_result = scores[metric]
        assert isinstance(first_result, Result)
        assert isinstance(second_result, Result)
        metrics.append(
            MetricComparison(
                metric=metric,
                baseline=first_result.score,
                baseline_interval=first_result.ci or 0.0,
                system=second_result.score,
                system_interval=second_result.ci or 0.0,
                # sacrebleu says 0.001 of a system and itself.
                p_value=1.0 if same or second_result.p_value is None else second_result.p_value,
                signature=str(signature),
            )
        )
    return Comparison(baseline=names[0], system=names[1], lines=len(both), metrics=tuple(metrics))


def write_lines(path: Path, lines: Iterable[LineScore]) -> None:
    """One JSON object a line, in order.

    Raises:
        ConfigError: the file cannot be written.
    """
    try:
        write_atomically(path, (f"{json.dumps(asdict(line), ensure_ascii=False)}\n".encode() for line in lines))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None


def read_lines(path: Path) -> list[LineScore]:
    """What `write_lines` wrote.

    Raises:
        ConfigError: the file cannot be read or is no such file; the message names the line.
    """
    from pydantic import TypeAdapter, ValidationError

    adapter = TypeAdapter(LineScore)
    try:
        rows = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    found = []
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        try:
            found.append(adapter.validate_json(row))
        except ValidationError as error:
            raise ConfigError(
                f"{path}: line {number} is not one that --out wrote: {error.errors()[0]['msg']}"
            ) from None
    return found
