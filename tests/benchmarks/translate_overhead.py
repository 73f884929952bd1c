"""What the translate stage costs beside its engine: on the same sentences, in turn, in one run.

    python -m tests.benchmarks.translate_overhead MODEL_FOLDER [SENTENCES]

MODEL_FOLDER holds the Portuguese Firefox model (`worldbrief models get firefox-pt-en`). The stage is held against the
engine on all cores, which leaves none for the checks, and against `fxtranslate` called directly, as its documentation
has it. Prints the seconds of each round and the medians of the rounds' ratios.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import fxtranslate

from pipeline.article import Article, Content, Document, Language
from pipeline.backends import Decoding, Segment
from pipeline.backends.firefox import FirefoxTranslator
from pipeline.config import Translate
from pipeline.executor.memory import StoredMemory
from pipeline.stages import Desk
from pipeline.stages.translate import TranslateStage
from pipeline.store.cache import SqliteStore
from pipeline.translation.routes import Route

_ROUNDS = 15
_PARAGRAPH = 4
_PARAGRAPHS = 8
_PATTERNS = (
    "O presidente anunciou um investimento de {} milhões de euros em escolas públicas.",
    "A chuva forte de ontem deixou {} pessoas sem eletricidade no norte do país.",
    "Segundo a polícia, {} homens foram detidos no aeroporto.",
    "O hospital recebeu ontem {} doentes com gripe, e outros {} esperam por uma cama.",
    "Os cientistas descobriram {} novas espécies de peixe no rio Amazonas.",
)


def sentences(count: int, round_number: int = 0) -> list[str]:
    """Others in each round: what the stage has read once it may remember."""
    numbers = range(11 + round_number * count, 11 + (round_number + 1) * count)
    return [_PATTERNS[number % len(_PATTERNS)].replace("{}", str(number)) for number in numbers]


def articles(texts: list[str], language: str = "pt") -> list[Article]:
    paragraphs = [" ".join(texts[start : start + _PARAGRAPH]) for start in range(0, len(texts), _PARAGRAPH)]
    return [
        Article(
            document=Document(source=f"{start}.txt", data=b"", media_type="text/plain"),
            content=Content(title="", paragraphs=tuple(paragraphs[start : start + _PARAGRAPHS])),
            language=Language(code=language, score=1.0),
        )
        for start in range(0, len(paragraphs), _PARAGRAPHS)
    ]


def engine_seconds(engine: FirefoxTranslator, texts: list[str]) -> float:
    start = time.perf_counter()
    ordered = sorted(texts, key=len, reverse=True)
    for first in range(0, len(ordered), 48):
        engine.translate([Segment(text, "pt") for text in ordered[first : first + 48]], Decoding())
    return time.perf_counter() - start


def direct_seconds(engine: fxtranslate.Translator, texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        engine.translate(text)
    return time.perf_counter() - start


def open_directly(model: Path) -> fxtranslate.Translator:
    weights, words, shortlist = (
        next(model.glob(pattern)).read_bytes() for pattern in ("model.*.bin", "vocab.*.spm", "lex.*.bin")
    )
    return fxtranslate.Translator(weights, words, words, shortlist)


def stage_seconds(engine: FirefoxTranslator, texts: list[str], folder: Path) -> float:
    settings = Translate(retries=0)
    with SqliteStore(folder / "cache.db") as store:
        stage = TranslateStage(settings, lambda language: [Route(engine.identity, lambda: engine)])
        start = time.perf_counter()
        inputs = [value for value in map(stage.read, articles(texts)) if value is not None]
        results = stage.process(inputs, Desk(memory=StoredMemory(store)))
        seconds = time.perf_counter() - start
    assert len(results) == len(inputs)
    return seconds


def main(model: Path, count: int) -> None:
    engine = FirefoxTranslator(model, "benchmark", threads=0)
    alone = open_directly(model)
    engine_seconds(engine, sentences(48, _ROUNDS))
    to_engine: list[float] = []
    to_direct: list[float] = []
    for number in range(_ROUNDS):
        texts = sentences(count, number)
        direct, bare = direct_seconds(alone, texts), engine_seconds(engine, texts)
        with tempfile.TemporaryDirectory() as folder:
            staged = stage_seconds(engine, texts, Path(folder))
        print(f"round {number + 1}: fxtranslate {direct:.2f} s, engine {bare:.2f} s, stage {staged:.2f} s")
        to_engine.append(staged / bare)
        to_direct.append(direct / staged)
    print(
        f"{count} sentences: the stage takes {statistics.median(to_engine):.2f} times as long as the engine on all "
        f"cores and is {statistics.median(to_direct):.2f} times as fast as fxtranslate called directly"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)
