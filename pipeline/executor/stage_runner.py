"""One stage over a window: look up, compute what is missing, store, count.

Results are stored batch by batch; a run that is killed repeats at most the batch it was in. The store is ours alone: a
stage is given what it asks of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from pipeline.article import Article
from pipeline.errors import ArticleError
from pipeline.executor import origins, rates
from pipeline.executor.batch import processed
from pipeline.executor.breaker import Breaker, Broken, stopped
from pipeline.executor.context import Context
from pipeline.executor.identities import Recogniser, Seen
from pipeline.executor.lookup import LookedUp, kind_of, look_up
from pipeline.executor.memory import StoredMemory
from pipeline.executor.steps import Step
from pipeline.executor.triage import Failure, key_of
from pipeline.fingerprint import canonical_json
from pipeline.stages import Desk

_Batch = list[tuple[str, Any]]
"""Keys of results, and what these are made from."""


class StageRunner:
    """One stage of a run, for one window after another.

    Args:
        step: the stage; it is made when the first articles come.
        context: what the run works with.
        is_forced: its results are made anew, once.
    """

    def __init__(self, step: Step, context: Context, *, is_forced: bool = False) -> None:
        self.name = step.name
        self._step = step
        self._store = context.store
        self._report = context.report
        self._progress = context.progress
        self._meter = context.meter
        self._triage = context.triage
        self._breaker = Breaker()
        self._anew: set[str] | None = set() if is_forced else None
        """Keys that were made anew so far, where all are to be."""
        self._unproven: dict[str, str] = {}
        """The failures that followed each other up to now: their keys and sources."""

    def run(self, articles: Mapping[int, Article | Seen]) -> dict[int, Article | Seen | ArticleError]:
        """What becomes of each article, by its place in the window; one that was only recognised stays as it is.

        Raises:
            BackendError: a model is unusable, or the stage fails for all it is given.
        """
        done: dict[int, Article | Seen | ArticleError] = {}
        unread: dict[int, Article] = {}
        for index, article in articles.items():
            if isinstance(article, Article):
                unread[index] = article
            else:
                done[index] = article
        recogniser = Recogniser(self._step.stage, self._store, self._step.kept_out)
        known = self._recognised(recogniser, unread)
        through = self._applied({index: article for index, article in unread.items() if index not in known})
        recogniser.remember(through)
        return done | known | through

    def _recognised(self, recogniser: Recogniser, unread: Mapping[int, Article]) -> dict[int, Seen]:
        """Those that need not go through the stage."""
        began = self._meter.clock()
        known = recogniser.known(unread, anew=self._anew is not None)
        if known:
            self._report.stage(self.name).count("cached", len(known))
            self._meter.add(rates.KNOWN, len(known), self._meter.clock() - began)
            self._progress.advance(self.name, len(known))
        return known

    def _applied(self, articles: Mapping[int, Article]) -> dict[int, Article | ArticleError]:
        stage = self._step.stage
        found, suspects = self._looked_up(articles)
        sharing: defaultdict[str, list[Article]] = defaultdict(list)
        for index, (key, _) in found.inputs.items():
            sharing[key].append(articles[index])
        missing = {key: value for key, value in found.inputs.values() if key not in found.results}
        # What failed before comes last and by itself: it is not to be taken for a broken backend, nor to break others.
        fresh = [pair for pair in missing.items() if pair[0] not in suspects]
        again = [pair for pair in missing.items() if pair[0] in suspects]
        results = found.results
        for batch in _batches(fresh, self._step.batch_size):
            results |= self._made(batch, sharing, self._breaker)
        for batch in _batches(again, 1):
            results |= self._made(batch, sharing, None)
        done: dict[int, Article | ArticleError] = {index: articles[index] for index in found.skipped}
        done.update(found.errors)
        for index, (key, _) in found.inputs.items():
            result = results[key]
            done[index] = result if isinstance(result, ArticleError) else stage.write(articles[index], result)
        return done

    def _looked_up(self, articles: Mapping[int, Article]) -> tuple[LookedUp, Collection[str]]:
        """What there is without work, and the keys of what is tried although it failed before."""
        stage, report = self._step.stage, self._report.stage(self.name)
        began = self._meter.clock()
        found = look_up(stage, self._step.adapter, articles, self._store, self._anew)
        found.errors.update(self._triage.unread(stage, articles, found.errors))
        suspects = self._triage.hold(stage, articles, found, forced=self._anew is not None)
        cached = sum(key in found.results for key, _ in found.inputs.values())
        report.count("skipped", len(found.skipped))
        report.count("cached", cached)
        self._meter.add(rates.look(self.name), len(articles), self._meter.clock() - began)
        self._progress.advance(self.name, len(found.skipped) + len(found.errors) + cached)
        return found, suspects

    def _made(self, batch: _Batch, sharing: Mapping[str, list[Article]], breaker: Breaker | None) -> dict[str, Any]:
        """A batch, computed and stored: key to result or error.

        Args:
            sharing: the articles that a result is for, by its key.
            breaker: says whether it is the stage that fails; None: it is the batch.
        """
        stage, keys = self._step.stage, [key for key, _ in batch]
        try:
            computed = self._timed(batch, breaker)
        except Broken as broken:
            self._keep({keys[at]: result for at, result in broken.results.items()})
            self._triage.forget(self._unproven)
            last = [sharing[keys[at]][0].source for at in broken.in_vain]
            raise stopped(self.name, broken.message, [*self._unproven.values(), *last]) from None
        good = self._keep(computed)
        made_from = {
            article.source: origins.origin_of(stage, value) for key, value in batch for article in sharing[key]
        }
        origins.remember(self._store, self.name, made_from)
        computed.update(self._set_aside(computed, sharing))
        self._report.stage(self.name).count("computed", sum(len(sharing[key]) for key in good))
        self._progress.advance(self.name, sum(len(sharing[key]) for key in computed))
        return computed

    def _keep(self, computed: Mapping[str, Any]) -> dict[str, Any]:
        """Put what is no error into the cache, and give it."""
        adapter = self._step.adapter
        good = {key: result for key, result in computed.items() if not isinstance(result, ArticleError)}
        dumped = {key: canonical_json(adapter.dump_python(result, mode="json")) for key, result in good.items()}
        self._store.put("results", dumped, kind_of(self._step.stage))
        if self._anew is not None:
            self._anew.update(good)
        return good

    def _set_aside(self, computed: Mapping[str, Any], sharing: Mapping[str, list[Article]]) -> dict[str, ArticleError]:
        """Remember what is refused or fails, and give what is to be said of it."""
        errors = {key: error for key, error in computed.items() if isinstance(error, ArticleError)}
        failures = [Failure(key_of(self._step.stage, key), sharing[key][0], error) for key, error in errors.items()]
        said = dict(zip(errors, self._triage.failed(self.name, failures), strict=True))
        if not self._breaker.in_a_row(self.name):
            self._unproven.clear()
        # Not yet known to be the fault of these articles: more of them may show that it is the stage's.
        self._unproven |= {one.key: one.article.source for one in failures if one.error.kind == "internal"}
        return said

    def _timed(self, batch: _Batch, breaker: Breaker | None) -> dict[str, Any]:
        """A batch, processed: key to result. What a stage says it took for sentences is not counted twice."""
        meter, in_sentences = self._meter, 0.0

        def worked(model: str, sentences: int, seconds: float) -> None:
            nonlocal in_sentences
            in_sentences += seconds
            meter.add(rates.sentence(model), sentences, seconds)

        desk = Desk(
            memory=StoredMemory(self._store, reads=self._anew is None),
            progress=partial(self._progress.detail, self.name),
            clock=meter.clock,
            worked=worked,
        )
        began = meter.clock()
        results = processed(self._step.stage, [value for _, value in batch], desk, breaker)
        meter.add(rates.work(self.name), len(batch), meter.clock() - began - in_sentences)
        return dict(zip((key for key, _ in batch), results, strict=True))


def _batches(items: _Batch, size: int) -> Iterator[_Batch]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
