"""What the translate stage costs beside its engine: both on the same sentences, in turn, in one run.

    python -m tests.benchmarks.translate_overhead MODEL_FOLDER [SENTENCES]

MODEL_FOLDER holds the Portuguese Firefox model (`worldbrief models get firefox-pt-en`). Prints the seconds of each
round and the ratio of the medians: 1.00 would be a stage that costs nothing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from pipeline.article import Article, Content, Document, Language
from pipeline.backends import Decoding, Segment
from pipeline.backends.firefox import FirefoxTranslator
from pipeline.cache import SqliteStore
from pipeline.config import Translate
from pipeline.stages.translate import Route, TranslateStage

_ROUNDS = 3
_PARAGRAPH = 4
_PARAGRAPHS = 8
_PATTERNS = (
    "O presidente anunciou um investimento de {} milhões de euros em escolas públicas.",
    "A chuva forte de ontem deixou {} pessoas sem eletricidade no norte do país.",
    "Segundo a polícia, {} homens foram detidos no aeroporto.",
    "O hospital recebeu ontem {} doentes com gripe, e outros {} esperam por uma cama.",
    "Os cientistas descobriram {} novas espécies de peixe no rio Amazonas.",
)


def sentences(count: int) -> list[str]:
    return [_PATTERNS[number % len(_PATTERNS)].replace("{}", str(11 + number)) for number in range(count)]


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


def stage_seconds(engine: FirefoxTranslator, texts: list[str], folder: Path) -> float:
    settings = Translate(retries=0)
    with SqliteStore(folder / "cache.db") as store:
        stage = TranslateStage(settings, lambda language: [Route(engine.identity, lambda: engine)], store)
        start = time.perf_counter()
        inputs = [value for value in map(stage.read, articles(texts)) if value is not None]
        results = stage.process(inputs)
        seconds = time.perf_counter() - start
    assert len(results) == len(inputs)
    return seconds


def main(model: Path, count: int) -> None:
    texts = sentences(count)
    engine = FirefoxTranslator(model, "benchmark", threads=0)
    engine_seconds(engine, texts[:48])
    direct: list[float] = []
    staged: list[float] = []
    for number in range(_ROUNDS):
        direct.append(engine_seconds(engine, texts))
        with tempfile.TemporaryDirectory() as folder:
            staged.append(stage_seconds(engine, texts, Path(folder)))
        print(f"round {number + 1}: engine {direct[-1]:.2f} s, stage {staged[-1]:.2f} s")
    ratio = statistics.median(staged) / statistics.median(direct)
    print(f"{count} sentences: the stage takes {ratio:.2f} times the engine's time")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)
