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
from functools import cached_property, partial
from typing import Any, Protocol

from pydantic import TypeAdapter

from pipeline.article import Article, Document
from pipeline.errors import ArticleError
from pipeline.events import tell
from pipeline.executor import origins, rates
from pipeline.executor.batch import processed
from pipeline.executor.breaker import Breaker, Broken, stopped
from pipeline.executor.hosts import host_of
from pipeline.executor.identities import KeptOut, Recogniser, Seen
from pipeline.executor.lookup import kind_of, look_up, windows
from pipeline.executor.memory import StoredMemory
from pipeline.executor.rates import Meter
from pipeline.executor.triage import INGEST, Failure, Triage, key_of
from pipeline.fingerprint import canonical_json
from pipeline.ingest import Unreadable
from pipeline.report.report import RunReport, StageReport
from pipeline.stages import Desk, Stage
from pipeline.store.cache import Store


class Progress(Protocol):
    """Where a run tells how far it is; the CLI draws it."""

    def asked(self, feeds: int, total: int) -> None:
        """So many of the feeds that are followed have been asked."""
        ...

    def found(self, articles: int) -> None:
        """Documents read so far."""
        ...

    def advance(self, stage: str, articles: int) -> None:
        """So many more articles are through a stage."""
        ...

    def detail(self, stage: str, done: int, total: int) -> None:
        """Progress inside a long batch of a stage, in units of its own (sentences)."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. `error` is None unless it was refused or failed in `stage`."""

    article: Article | None
    source: str
    stage: str | None = None
    error: ArticleError | None = None
    feed: str = ""
    """Address of the followed feed it came from."""
    host: str = ""
    """Of one that was refused or failed."""


class Step:
    """A stage and how many articles it takes at a time (one transaction each).

    Args:
        name: of the stage.
        make: makes the stage when the first article comes to it: on most days few come far, and what is not used need
            not be imported.
        kept_out: which documents need not go through the stage, where it reads texts; see `Recogniser`.
    """

    def __init__(
        self, name: str, make: Callable[[], Stage[Any, Any]], batch_size: int, kept_out: KeptOut | None = None
    ) -> None:
        self.name = name
        self.batch_size = batch_size
        self.kept_out = kept_out
        self._make = make

    @cached_property
    def stage(self) -> Stage[Any, Any]:
        return self._make()

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Of the stage's results."""
        return TypeAdapter(self.stage.output)


@dataclass(frozen=True, slots=True)
class Between:
    """What is done with the articles of a window between two stages: each as it goes on, None where it goes no further
    and has no outcome."""

    act: Callable[[Sequence[Article | Seen]], Sequence[Article | Seen | None]]

    def going_on(self, articles: Mapping[int, Article | Seen]) -> dict[int, Article | Seen]:
        """The articles of a window, by their places in it, that go on."""
        if not articles:
            return {}
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
        triage: told of what is refused or fails, and knows what is not tried again.
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
        triage: Triage | None = None,
    ) -> None:
        self._triage = triage or Triage()
        self._breaker = Breaker()
        self._steps = steps
        self._store = store
        self._report = report
        self._progress = progress
        self._window = window
        self._meter = meter or Meter()
        self._anew: dict[str, set[str]] = {name: set() for name in force}
        """Keys that were made anew so far."""
        self._unproven: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """The failures that followed each other up to now, by stage: their keys and sources."""

    def run(self, documents: Iterable[Document | Unreadable]) -> Iterator[Outcome]:
        """Yield an outcome for each document, in their order.

        Raises:
            BackendError: a model is unusable, or a stage fails for all it is given; what was computed before stays in
                the cache.
        """
        for window in windows(documents, self._window):
            self._report.articles += len(window)
            self._progress.found(self._report.articles)
            yield from self._run_window(window)

    def _run_window(self, window: list[Document | Unreadable]) -> list[Outcome]:
        outcomes: dict[int, Outcome] = {}
        articles: dict[int, Article | Seen] = {}
        unreadable: dict[int, Unreadable] = {}
        for index, item in enumerate(window):
            if isinstance(item, Unreadable):
                unreadable[index] = item
            else:
                articles[index] = Article(document=item)
        for index, error in self._triage.unreadable(unreadable).items():
            item = unreadable[index]
            self._report.fail(item.source, INGEST, error)
            outcomes[index] = Outcome(None, item.source, INGEST, error, item.feed)
        for article in articles.values():
            # The elements of a list, or the list itself.
            self._triage.passed(INGEST, (article.source, article.source.partition("#")[0]))
        # The generator that made the window still holds the list; the raw bytes are to go once they are read.
        window.clear()
        for step in self._steps:
            if isinstance(step, Between):
                articles = step.going_on(articles)
                continue
            began, before = time.monotonic(), replace(self._report.stage(step.name))
            if not articles:
                continue
            unread = {index: article for index, article in articles.items() if isinstance(article, Article)}
            recogniser = Recogniser(step.stage, self._store, step.kept_out)
            articles |= self._recognised(step.name, recogniser, unread)
            through = self._apply(step, unread)
            recogniser.remember(through)
            for index, result in through.items():
                if isinstance(result, ArticleError):
                    article = unread[index]
                    del articles[index]
                    self._report.fail(article.source, step.name, result)
                    outcomes[index] = _lost(article, step.name, result)
                else:
                    articles[index] = result
            self._triage.passed(step.name, (article.source for article in articles.values()))
            self._report.stage(step.name).seconds += time.monotonic() - began
            self._tell_window(step.name, before)
        for index, passed in articles.items():
            assert isinstance(passed, Article)  # whoever names what is kept out keeps it out
            outcomes[index] = Outcome(passed, passed.source)
        return [outcomes[index] for index in sorted(outcomes)]

    def _tell_window(self, name: str, before: StageReport) -> None:
        now = self._report.stage(name)
        tell("stage", stage=name, articles=now.articles - before.articles, **now.since(before))

    def _recognised(self, name: str, recogniser: Recogniser, unread: dict[int, Article]) -> dict[int, Seen]:
        """Those that need not go through the stage, which are taken out of the others."""
        began = self._meter.clock()
        known = recogniser.known(unread, anew=name in self._anew)
        for index in known:
            del unread[index]
        if known:
            self._report.stage(name).count("cached", len(known))
            self._meter.add(rates.KNOWN, len(known), self._meter.clock() - began)
            self._progress.advance(name, len(known))
        return known

    def _apply(self, step: Step, articles: dict[int, Article]) -> dict[int, Article | ArticleError]:
        """One stage over the articles of a window."""
        stage, name = step.stage, step.name
        report = self._report.stage(name)
        began = self._meter.clock()
        found = look_up(stage, step.adapter, articles, self._store, self._anew.get(name))
        results = found.results
        found.errors.update(self._triage.unread(stage, articles, found.errors))
        suspects = self._triage.hold(stage, articles, found, forced=name in self._anew)
        inputs = found.inputs
        done: dict[int, Article | ArticleError] = {index: articles[index] for index in found.skipped}
        done.update(found.errors)
        report.count("skipped", len(found.skipped))
        report.count("cached", sum(key in results for key, _ in inputs.values()))
        self._meter.add(rates.look(name), len(articles), self._meter.clock() - began)
        self._progress.advance(name, len(done) + sum(key in results for key, _ in inputs.values()))

        missing = {key: value for key, value in inputs.values() if key not in results}
        sharing: defaultdict[str, list[int]] = defaultdict(list)
        for index, (key, _) in inputs.items():
            sharing[key].append(index)
        # What failed before comes last and by itself: it is not to be taken for a broken backend, nor to break others.
        fresh = [pair for pair in missing.items() if pair[0] not in suspects]
        again = [pair for pair in missing.items() if pair[0] in suspects]
        for batch in (*_chunks(fresh, step.batch_size), *_chunks(again, 1)):
            breaker = None if batch[0][0] in suspects else self._breaker
            try:
                computed = self._timed(stage, batch, breaker)
            except Broken as broken:
                places = [key for key, _ in batch]
                self._keep(step, {places[at]: result for at, result in broken.results.items()})
                before = self._unproven[name]
                self._triage.forget(before)
                last = [articles[sharing[places[at]][0]].source for at in broken.in_vain]
                raise stopped(name, broken.message, [*before.values(), *last]) from None
            good = self._keep(step, computed)
            made_from = {
                articles[index].source: origins.origin_of(stage, value)
                for key, value in batch
                for index in sharing[key]
            }
            origins.remember(self._store, name, made_from)
            computed.update(self._set_aside(stage, computed, {key: articles[at] for key, (at, *_) in sharing.items()}))
            results.update(computed)
            report.count("computed", sum(len(sharing[key]) for key in good))
            self._progress.advance(name, sum(len(sharing[key]) for key in computed))

        for index, (key, _) in inputs.items():
            result = results[key]
            done[index] = result if isinstance(result, ArticleError) else stage.write(articles[index], result)
        return done

    def _keep(self, step: Step, computed: Mapping[str, Any]) -> dict[str, Any]:
        """Put what is no error into the cache, and give it."""
        good = {key: result for key, result in computed.items() if not isinstance(result, ArticleError)}
        dumped = {key: canonical_json(step.adapter.dump_python(result, mode="json")) for key, result in good.items()}
        self._store.put("results", dumped, kind_of(step.stage))
        if step.name in self._anew:
            self._anew[step.name].update(good)
        return good

    def _set_aside(
        self, stage: Stage[Any, Any], computed: Mapping[str, Any], articles: Mapping[str, Article]
    ) -> dict[str, ArticleError]:
        """Remember what is refused or fails, and give what is to be said of it."""
        errors = {key: error for key, error in computed.items() if isinstance(error, ArticleError)}
        failures = [Failure(key_of(stage, key), articles[key], error) for key, error in errors.items()]
        said = dict(zip(errors, self._triage.failed(stage.name, failures), strict=True))
        if not self._breaker.in_a_row(stage.name):
            self._unproven[stage.name].clear()
        # Not yet known to be the fault of these articles: more of them may show that it is the stage's.
        self._unproven[stage.name] |= {one.key: one.article.source for one in failures if one.error.kind == "internal"}
        return said

    def _timed(self, stage: Stage[Any, Any], batch: list[tuple[str, Any]], breaker: Breaker | None) -> dict[str, Any]:
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
        results = processed(stage, [value for _, value in batch], desk, breaker)
        meter.add(rates.work(stage.name), len(batch), meter.clock() - began - in_sentences)
        return dict(zip((key for key, _ in batch), results, strict=True))


def _lost(article: Article, stage: str, error: ArticleError) -> Outcome:
    return Outcome(_without_data(article), article.source, stage, error, article.document.feed, host_of(article))


def _without_data(article: Article) -> Article:
    """Nothing more is read of an article that failed."""
    return replace(article, document=replace(article.document, data=b""))


def _chunks(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
