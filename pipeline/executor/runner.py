"""The walk: documents in windows through the stages, an outcome for each.

Articles go through the stages in windows of bounded size, so memory does not grow with their number, and a stage sees a
window's misses together, so a model gets full batches. What happens to a window at one stage is in `stage_runner`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.article import Article, Document
from pipeline.errors import ArticleError
from pipeline.events import tell
from pipeline.executor.context import Context
from pipeline.executor.hosts import host_of
from pipeline.executor.identities import Seen
from pipeline.executor.lookup import windows
from pipeline.executor.stage_runner import StageRunner
from pipeline.executor.steps import Between, Step
from pipeline.executor.triage import INGEST
from pipeline.ingest import Unreadable


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


class Runner:
    """Drives documents through the stages.

    Args:
        steps: the stages in order, with their batch sizes, and what is done between them.
        context: what the run works with.
        window: articles worked on together.
        force: names of stages whose results are made anew, once a run; what models made of sentences then, too.
    """

    def __init__(
        self, steps: Sequence[Step | Between], context: Context, window: int, force: Collection[str] = ()
    ) -> None:
        self._steps = [
            step if isinstance(step, Between) else StageRunner(step, context, is_forced=step.name in force)
            for step in steps
        ]
        self._report = context.report
        self._progress = context.progress
        self._triage = context.triage
        self._window = window

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
        articles: dict[int, Article | Seen] = {
            index: Article(document=item) for index, item in enumerate(window) if isinstance(item, Document)
        }
        self._ingested({at: item for at, item in enumerate(window) if isinstance(item, Unreadable)}, articles, outcomes)
        # The generator that made the window still holds the list; the raw bytes are to go once they are read.
        window.clear()
        for step in self._steps:
            if isinstance(step, Between):
                articles = step.going_on(articles)
                continue
            articles = self._through(step, articles, outcomes)
        for index, passed in articles.items():
            assert isinstance(passed, Article)  # whoever names what is kept out keeps it out
            outcomes[index] = Outcome(passed, passed.source)
        return [outcomes[index] for index in sorted(outcomes)]

    def _ingested(
        self, unreadable: dict[int, Unreadable], articles: dict[int, Article | Seen], outcomes: dict[int, Outcome]
    ) -> None:
        """Add the outcomes of those of which nothing could be read; the others are through."""
        for index, error in self._triage.unreadable(unreadable).items():
            item = unreadable[index]
            self._report.fail(item.source, INGEST, error)
            outcomes[index] = Outcome(None, item.source, INGEST, error, item.feed)
        for article in articles.values():
            # The elements of a list, or the list itself.
            self._triage.passed(INGEST, (article.source, article.source.partition("#")[0]))

    def _through(
        self, stage: StageRunner, articles: dict[int, Article | Seen], outcomes: dict[int, Outcome]
    ) -> dict[int, Article | Seen]:
        """The articles of a window that go on from a stage; the outcomes of the others are added."""
        # A stage is in the report also where nothing comes to it.
        counts = self._report.stage(stage.name)
        if not articles:
            return {}
        began, before = time.monotonic(), replace(counts)
        through = stage.run(articles)
        for index, result in through.items():
            if isinstance(result, ArticleError):
                self._report.fail(articles[index].source, stage.name, result)
                outcomes[index] = _lost(articles[index], stage.name, result)
        gone_on = {index: one for index in articles if not isinstance(one := through[index], ArticleError)}
        self._triage.passed(stage.name, (article.source for article in gone_on.values()))
        counts.seconds += time.monotonic() - began
        tell("stage", stage=stage.name, articles=counts.articles - before.articles, **counts.since(before))
        return gone_on


def _lost(article: Article | Seen, stage: str, error: ArticleError) -> Outcome:
    assert isinstance(article, Article)  # what was only recognised is read by no stage
    # Nothing more is read of an article that failed.
    emptied = replace(article, document=replace(article.document, data=b""))
    return Outcome(emptied, article.source, stage, error, article.document.feed, host_of(article))
