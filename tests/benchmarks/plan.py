"""How near the seconds of `worldbrief plan` are to those of the run after it.

    python -m tests.benchmarks.plan [--config FILE] [--copies N]

The seeds are run once, which measures this machine; then other articles are planned and run: the sentences of the seeds
in another order, each a little changed, as many articles as N times the seeds. Without a configuration the fake
translator stands in, slowed down to a tenth of a second a sentence.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline import config
from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.config import Config, Run
from pipeline.forecast.preview import preview
from pipeline.run import job
from pipeline.run.installed import Models
from pipeline.run.job import Job
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

SEEDS = Path(__file__).parents[2] / "seeds"
_SECONDS = 0.1


class Slow(ScriptedTranslator):
    """As slow as a small model."""

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        time.sleep(_SECONDS * len(segments))
        return super().translate(segments, decoding)


def main(settings: Config | None, copies: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = settings or Config()
        where = own.run.model_copy(update={"out": str(folder / "out"), "cache": str(folder / "cache")})
        own = own.model_copy(update={"run": where if settings else Run(**{**where.model_dump(), "models": name})})
        made = others(folder / "articles", copies)
        for paths, issue in (((str(SEEDS),), "2026-01-01"), ((str(made),), "2026-01-02"), ((str(made),), "2026-01-03")):
            keep_known = issue == "2026-01-03"
            if keep_known:
                own = own.model_copy(update={"translate": own.translate.model_copy(update={"min_confidence": 0.3})})
            task = Job(config=own, issue=issue, started="", paths=paths, keep_known=keep_known)
            forecast = preview(task, models(own, settings is None))
            report = job.run(task, models(own, settings is None), NoProgress()).report
            sentences = sum(part.number for part in forecast.sentences)
            said = f"{forecast.seconds:.1f} s planned, " if not forecast.unmeasured else ""
            sys.stdout.write(
                f"{report.articles} articles, {sentences} sentences: {said}{report.seconds:.1f} s"
                f" (factor {forecast.seconds / report.seconds:.2f})\n"
            )


def models(settings: Config, is_fake: bool) -> Models:
    if not is_fake:
        return Models(settings, None)
    return ScriptedModels(settings, dict.fromkeys(("ko", "vi", "zh-Hans", "zh-Hant"), Slow()))


def others(folder: Path, copies: int) -> Path:
    """Articles of the length and the languages of the seeds that no memory has."""
    folder.mkdir()
    for path in sorted(SEEDS.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for number in range(copies):
            mixed = random.Random(number).sample(lines, len(lines))
            changed = [line.replace(line[: len(line) // 9], "", 1) + str(number) for line in mixed]
            (folder / f"{number}-{path.name}").write_text("\n\n".join(changed), encoding="utf-8")
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="plan against run")
    parser.add_argument("--config", type=Path)
    parser.add_argument("--copies", type=int, default=3)
    arguments = parser.parse_args()
    main(config.load(arguments.config) if arguments.config else None, arguments.copies)
