"""Sentences of native news as a reader judges them, for `tests.benchmarks.confidence` to learn from.

    python -m tests.benchmarks.readings sheet CONFIG SHEET.tsv PATHS...
    python -m tests.benchmarks.readings collect CONFIG SHEET.tsv NAME PATHS...

`sheet` writes the headline and the first nine sentences of each article of a finished run (its cache is read, nothing
is translated): a key, the language, T for a headline, the source and its English. A reader puts one more column before
the key: R (right), M (vague or clumsy, nothing false), W (something false that a reader would believe), U (no sentence
of the article). `collect` adds the judged lines to `readings.jsonl` as a set of that NAME: key, language, article and
signals, no text. A line that the set has already is replaced.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import config, ingest
from pipeline.article import Article, Sentence
from pipeline.executor.context import Context
from pipeline.executor.runner import Runner
from pipeline.fingerprint import fingerprint
from pipeline.report.report import RunReport
from pipeline.run.installed import Models
from pipeline.run.plan import Parts, known_names, steps
from pipeline.stages.translate import opened
from pipeline.store.cache import SqliteStore
from pipeline.text.names.terms import article_terms, sentence_terms
from pipeline.translation.evidence import Evidence, Pair
from pipeline.translation.lexicon import Lexicon
from tests.fakes import NoProgress

READINGS = Path(__file__).with_name("readings.jsonl")
_FIRST = 9
_RIGHT, _WRONG = "RM", "W"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One judged sentence; `values` are those of its signals."""

    key: str
    set: str
    language: str
    article: str
    right: bool
    values: dict[str, float]


def read(path: Path = READINGS) -> list[Reading]:
    """All readings.

    Raises:
        ValueError, TypeError: a line is none.
    """
    return [Reading(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def key(source: str, english: str) -> str:
    """Of a pair: the same English for the same source is judged once."""
    return fingerprint([source, english])[:16]


def articles(settings: config.Config, models: Models, paths: list[str]) -> Iterator[Article]:
    """The articles of a finished run, from its cache."""
    with SqliteStore(Path(settings.run.cache) / "cache.db") as store:
        stages = steps(Parts(config=settings, models=models, names=lambda: known_names(settings)), "translate")
        context = Context(store, RunReport(issue="", started="", versions={}), NoProgress())
        runner = Runner(stages, context, settings.run.window)
        for outcome in runner.run(ingest.read(paths, settings.ingest, None)):
            if outcome.article is not None and outcome.error is None:
                yield outcome.article


def first(article: Article) -> list[Sentence]:
    """The headline and the first sentences of the translation, if there is one."""
    found = article.translation.sentences if article.translation else ()
    body = [number for number, sentence in enumerate(found) if sentence.paragraph >= 0][:_FIRST]
    return [sentence for number, sentence in enumerate(found) if sentence.paragraph < 0 or number in body]


def write_sheet(path: Path, found: Iterator[Article]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, csv.excel_tab)
        for article in found:
            language = article.language.code if article.language else ""
            for sentence in first(article):
                kind = "T" if sentence.paragraph < 0 else "-"
                sheet.writerow([key(sentence.source, sentence.text), language, kind, sentence.source, sentence.text])


def collect(sheet: Path, name: str, found: Iterator[Article], evidence: Evidence) -> list[Reading]:
    """The judged lines of a sheet that are still what the run says."""
    with sheet.open(encoding="utf-8", newline="") as file:
        judged = {row[1]: row[0] for row in csv.reader(file, csv.excel_tab) if row and row[0] in (*_RIGHT, _WRONG)}
    readings: dict[str, Reading] = {}
    for article in found:
        language = article.language.code if article.language else ""
        content = article.content
        terms = article_terms([content.title, *content.paragraphs], language) if content else ()
        sentences = {key(sentence.source, sentence.text): sentence for sentence in first(article)}
        wanted = {name: sentence for name, sentence in sentences.items() if name in judged}
        pairs = [
            Pair(
                source=sentence.source,
                language=language,
                english=sentence.text,
                is_title=sentence.paragraph < 0,
                names=[term.english for term in sentence_terms(terms, sentence.source)],
                doubts=[kind for kind in sentence.doubts if kind != "low-confidence"],
                score=sentence.score,
                weakest=sentence.weakest,
            )
            for sentence in wanted.values()
        ]
        for (one, _), signals in zip(wanted.items(), evidence.signals(pairs), strict=True):
            if not signals.is_unusable:
                readings[one] = Reading(
                    key=one,
                    set=name,
                    language=language,
                    article=article.id,
                    right=judged[one] in _RIGHT,
                    values={signal: round(value, 4) for signal, value in signals.values().items()},
                )
    return list(readings.values())


def main(arguments: list[str]) -> None:
    what, settings = arguments[0], config.load(Path(arguments[1]))
    models = Models(settings, None)
    if what == "sheet":
        write_sheet(Path(arguments[2]), articles(settings, models, arguments[3:]))
        return
    evidence = Evidence(
        Lexicon(lambda language: opened(models.dictionary(language))),
        lambda language: opened(models.adequacy(language)),
    )
    new = collect(Path(arguments[2]), arguments[3], articles(settings, models, arguments[4:]), evidence)
    kept = {(one.set, one.key): one for one in [*(read() if READINGS.exists() else []), *new]}
    lines = [
        json.dumps(
            {"key": one.key, "set": one.set, "language": one.language, "article": one.article, "right": one.right}
            | {"values": one.values}
        )
        for one in sorted(kept.values(), key=lambda one: (one.set, one.language, one.article, one.key))
    ]
    READINGS.write_text("\n".join((*lines, "")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
