"""Measures every installed translation model on the languages that a folder of parallel text has.

The folder is laid out as FLORES-200 is here: `dev.en.txt`, and `dev.LANG.txt` for each language, aligned by line.
Traditional Chinese is made from `dev.zh.txt` by OpenCC where it has no file of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline import __version__
from pipeline.config import Config, with_model
from pipeline.errors import ConfigError
from pipeline.evaluate.parallel import Pair, read_parallel
from pipeline.evaluate.translation import Evaluation
from pipeline.fingerprint import canonical_json, fingerprint
from pipeline.language.codes import UNKNOWN, normalise
from pipeline.models.entry import fallbacks
from pipeline.run.installed import Models
from pipeline.store.cache import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One model and one language; `language` as the registry writes it, `identity` names the weights.

    Scores are in 0..100, shares of lines in 0..1, `speed` in sentences a second within the engine on `cores` cores.
    """

    name: str
    language: str
    identity: str
    bleu: float
    chrf: float
    speed: float | None
    cores: int
    sentences: int
    sample: str
    flagged: float
    bad_flagged: float | None
    good_flagged: float | None
    version: str = __version__


@dataclass(frozen=True, slots=True)
class _Sample:
    """A language of the folder: how the registry writes it, and its file."""

    language: str
    file: Path
    to_traditional: bool = False


def measure(
    directory: Path,
    config: Config,
    store: Store,
    *,
    languages: Sequence[str] = (),
    limit: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    open_models: Callable[[Config], Models] = lambda config: Models(config, None),
) -> Iterator[Measured]:
    """Measure each installed model on each of its languages, one after the other; those done before come from `store`.

    Args:
        languages: only these; all that the folder has where empty.
        limit: only so many of the first lines.

    Raises:
        ConfigError: the folder has no parallel text, or not in one of `languages`, or no model is installed.
        BackendError: a model is unusable.
    """
    samples = _samples(directory, languages)
    models = open_models(config)
    entries = [
        (name, models.registry.find(name))
        for name, model in models.store.installed().items()
        if model.task == "translate"
    ]
    known = [(name, entry) for name, entry in entries if entry is not None]
    if not known:
        raise ConfigError("no translation model of the registry is installed; get one: worldbrief models get LANG")
    for name, entry in known:
        chosen = with_model(config, name)
        # Opened once for all languages, and let go before the next.
        models = open_models(chosen)
        for sample in samples:
            if entry.reads(sample.language) and entry.target == "en":
                pairs = _pairs(sample, directory, limit)
                evaluation = Evaluation(pairs, sample.language, chosen, models, store, progress)
                yield _measured(name, sample, directory.resolve().name, evaluation, chosen, store)


def _samples(directory: Path, languages: Sequence[str]) -> list[_Sample]:
    found: dict[str, _Sample] = {}
    for file in sorted(directory.glob("dev.*.txt")):
        code = file.name.removeprefix("dev.").removesuffix(".txt")
        if normalise(code) not in (UNKNOWN, "en"):
            language = code if code in fallbacks(code) else fallbacks(code)[0]
            found[normalise(code)] = _Sample(language, file)
    simplified = found.get("zh-Hans")
    if simplified is not None and "zh-Hant" not in found:
        found["zh-Hant"] = _Sample("zh-Hant", simplified.file, to_traditional=True)
    if not found or not (directory / "dev.en.txt").is_file():
        raise ConfigError(f"{directory}: needs dev.en.txt and, for each language, a file as dev.ko.txt")
    for language in languages:
        if normalise(language) not in found:
            raise ConfigError(f"--language {language}: {directory} has no dev.{language}.txt")
    wanted = {normalise(language) for language in languages} or set(found)
    return [sample for code, sample in sorted(found.items()) if code in wanted]


def _pairs(sample: _Sample, directory: Path, limit: int | None) -> tuple[Pair, ...]:
    pairs = read_parallel(sample.file, directory / "dev.en.txt", limit).pairs
    if not sample.to_traditional:
        return pairs
    from opencc import OpenCC

    converter = OpenCC("s2t")
    return tuple(replace(pair, source=converter.convert(pair.source)) for pair in pairs)


def _measured(name: str, sample: _Sample, data: str, evaluation: Evaluation, config: Config, store: Store) -> Measured:
    key = fingerprint(["evaluate models", __version__, data, *evaluation.fingerprint])
    if stored := store.get("results", [key]).get(key):
        return Measured(**json.loads(stored))
    scores = evaluation.run()
    # The few that a memory of sentences lacked are no sample: they come in small batches.
    speed = scores.speed.sentences_per_second if scores.speed.computed >= scores.speed.cached else None
    found = Measured(
        name=name,
        language=sample.language,
        identity=scores.model,
        bleu=round(scores.bleu, 1),
        chrf=round(scores.chrf, 1),
        speed=None if speed is None else round(speed, 2),
        cores=config.translate.threads or os.cpu_count() or 1,
        sentences=len(scores.lines),
        sample=f"{data} dev{', OpenCC s2t' if sample.to_traditional else ''}",
        flagged=round(scores.gate.flagged, 4),
        bad_flagged=scores.gate.bad_flagged,
        good_flagged=scores.gate.good_flagged,
    )
    store.put("results", {key: canonical_json(asdict(found))})
    return found
