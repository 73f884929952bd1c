"""The one loop: look up, compute what is missing, store, count.

Articles go through the stages in windows of bounded size, so memory does not grow with their number, and a stage
sees a window's misses together, so a model gets full batches. Stage results are stored batch by batch; a run that
is killed repeats at most the batch it was in. The store is the runner's: a stage is given what it asks of it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from pydantic import TypeAdapter

from pipeline.article import Article, Document
from pipeline.errors import ArticleError, BackendError, ConfigError
from pipeline.fingerprint import canonical_json
from pipeline.ingest import Unreadable
from pipeline.run import origins, rates
from pipeline.run.lookup import kind_of, look_up, windows
from pipeline.run.memory import StoredMemory
from pipeline.run.rates import Meter
from pipeline.run.report import RunReport
from pipeline.stages import ALONE, Desk, Stage
from pipeline.store.cache import Store


class Progress(Protocol):
    """Where a run tells how far it is; the CLI draws it."""

    def found(self, articles: int) -> None:
        """Documents read so far."""
        ...

    def advance(self, stage: str, articles: int) -> None:
        """So many more articles are through a stage."""
        ...

    def detail(self, stage: str, done: int, total: int) -> None:
        """Progress inside a long batch of a stage, in units of its own (sentences)."""
        ...


Admission = Callable[[Article], Article | None]
"""An article whose text is known, as it goes on; None keeps it out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. `error` is None unless it was refused or failed in `stage`."""

    article: Article | None
    source: str
    stage: str | None = None
    error: ArticleError | None = None
    feed: str = ""
    """Address of the followed feed it came from."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage and how many articles it takes at a time (one transaction each)."""

    stage: Stage[Any, Any]
    batch_size: int


@dataclass(frozen=True, slots=True)
class Between:
    """What is done with the articles of a window between two stages: each as it goes on, None where it goes no further
    and has no outcome."""

    act: Callable[[Sequence[Article]], Sequence[Article | None]]

    def going_on(self, articles: Mapping[int, Article]) -> dict[int, Article]:
        """The articles of a window, by their places in it, that go on."""
        acted = zip(articles, self.act(list(articles.values())), strict=True)
        return {index: article for index, article in acted if article is not None}


class Runner:
    """Drives documents through the stages.

    Args:
        steps: the stages in order, with their batch sizes, and what is done between them.
        store: the cache.
        report: counts and failures are added to it.
        progress: told of every step.
        window: articles worked on together.
        meter: told how long things took.
        force: names of stages whose results are made anew, once a run; what models made of sentences then, too.
    """

    def __init__(
        self,
        steps: Sequence[Step | Between],
        store: Store,
        report: RunReport,
        progress: Progress,
        window: int,
        meter: Meter | None = None,
        force: Collection[str] = (),
    ) -> None:
        self._steps = steps
        self._store = store
        self._report = report
        self._progress = progress
        self._window = window
        self._meter = meter or Meter()
        self._anew: dict[str, set[str]] = {name: set() for name in force}
        """Keys that were made anew so far."""
        stages = [step.stage for step in steps if isinstance(step, Step)]
        self._adapters = {stage.name: TypeAdapter[Any](stage.output) for stage in stages}

    def run(self, documents: Iterable[Document | Unreadable]) -> Iterator[Outcome]:
        """Yield an outcome for each document, in their order.

        Raises:
            BackendError: a model is unusable; what was computed before stays in the cache.
        """
        for window in windows(documents, self._window):
            self._report.articles += len(window)
            self._progress.found(self._report.articles)
            yield from self._run_window(window)

    def _run_window(self, window: list[Document | Unreadable]) -> list[Outcome]:
        outcomes: dict[int, Outcome] = {}
        articles: dict[int, Article] = {}
        for index, item in enumerate(window):
            if isinstance(item, Unreadable):
                self._report.fail(item.source, "ingest", item.error)
                outcomes[index] = Outcome(None, item.source, "ingest", item.error, item.feed)
            else:
                articles[index] = Article(document=item)
        # The generator that made the window still holds the list; the raw bytes are to go once they are read.
        window.clear()
        for step in self._steps:
            if isinstance(step, Between):
                articles = step.going_on(articles)
                continue
            started = time.monotonic()
            for index, result in self._apply(step, articles).items():
                if isinstance(result, ArticleError):
                    article = articles.pop(index)
                    self._report.fail(article.source, step.stage.name, result)
                    outcomes[index] = Outcome(_without_data(article), article.source, step.stage.name, result)
                else:
                    articles[index] = result
            self._report.stage(step.stage.name).seconds += time.monotonic() - started
        for index, article in articles.items():
            outcomes[index] = Outcome(article, article.source)
        return [outcomes[index] for index in sorted(outcomes)]

    def _apply(self, step: Step, articles: dict[int, Article]) -> dict[int, Article | ArticleError]:
        """One stage over the articles of a window."""
        stage, name = step.stage, step.stage.name
        report = self._report.stage(name)
        began = self._meter.clock()
        found = look_up(stage, self._adapters[name], articles, self._store, self._anew.get(name))
        results, inputs = found.results, found.inputs
        done: dict[int, Article | ArticleError] = {index: articles[index] for index in found.skipped}
        done.update(found.errors)
        report.count("skipped", len(found.skipped))
        report.count("cached", sum(key in results for key, _ in inputs.values()))
        self._meter.add(rates.look(name), len(articles), self._meter.clock() - began)
        self._progress.advance(name, len(done) + sum(key in results for key, _ in inputs.values()))

        missing = {key: value for key, value in inputs.values() if key not in results}
        sharing: defaultdict[str, list[str]] = defaultdict(list)
        for index, (key, _) in inputs.items():
            sharing[key].append(articles[index].source)
        for batch in _chunks(list(missing.items()), step.batch_size):
            computed = self._timed(stage, batch)
            good = {key: result for key, result in computed.items() if not isinstance(result, ArticleError)}
            dumped = {key: self._dump(name, result) for key, result in good.items()}
            self._store.put("results", dumped, kind_of(stage))
            if name in self._anew:
                self._anew[name].update(good)
            made_from = {
                source: origins.origin_of(stage, value, computed[key] if key not in good else None)
                for key, value in batch
                for source in sharing[key]
            }
            origins.remember(self._store, name, made_from)
            results.update(computed)
            report.count("computed", sum(len(sharing[key]) for key in good))
            self._progress.advance(name, sum(len(sharing[key]) for key in computed))

        for index, (key, _) in inputs.items():
            result = results[key]
            done[index] = result if isinstance(result, ArticleError) else stage.write(articles[index], result)
        return done

    def _timed(self, stage: Stage[Any, Any], batch: list[tuple[str, Any]]) -> dict[str, Any]:
        """A batch, processed: key to result. What a stage says it took for sentences is not counted twice."""
        meter, in_sentences = self._meter, 0.0

        def worked(model: str, sentences: int, seconds: float) -> None:
            nonlocal in_sentences
            in_sentences += seconds
            meter.add(rates.sentence(model), sentences, seconds)

        desk = Desk(
            memory=StoredMemory(self._store, reads=stage.name not in self._anew),
            progress=partial(self._progress.detail, stage.name),
            clock=meter.clock,
            worked=worked,
        )
        began = meter.clock()
        results = processed(stage, [value for _, value in batch], desk)
        meter.add(rates.work(stage.name), len(batch), meter.clock() - began - in_sentences)
        return dict(zip((key for key, _ in batch), results, strict=True))

    def _dump(self, name: str, result: Any) -> str:
        return canonical_json(self._adapters[name].dump_python(result, mode="json"))


def processed(stage: Stage[Any, Any], values: list[Any], desk: Desk = ALONE) -> list[Any]:
    """Process a batch; where an unforeseen error breaks it, process its members one by one to find the culprit."""
    try:
        results = list(stage.process(values, desk))
    except (BackendError, ConfigError):
        raise
    except Exception as error:
        if len(values) == 1 and isinstance(error, ArticleError):
            return [error]
        if len(values) == 1:
            message = f"unexpected {type(error).__name__} in the {stage.name} stage: {error}"
            return [ArticleError("internal", message)]
        return [result for value in values for result in processed(stage, [value], desk)]
    if len(results) != len(values):
        raise AssertionError(f"stage {stage.name} gave {len(results)} results for {len(values)} inputs")
    return results


def _without_data(article: Article) -> Article:
    """Nothing more is read of an article that failed."""
    return replace(article, document=replace(article.document, data=b""))


def _chunks(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
