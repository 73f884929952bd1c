"""The walk of a run through its stages without the run: what the cache has, and what would have to be made.

Up to the language of an article what is missing is made here, too, and thrown away: it takes milliseconds, and without
it nothing could be said of the translation, which takes minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from pipeline.article import Article, Document
from pipeline.errors import ArticleError
from pipeline.executor import origins
from pipeline.executor.batch import processed
from pipeline.executor.identities import Recogniser, Seen
from pipeline.executor.lookup import LookedUp, look_up, windows
from pipeline.executor.origins import Reason
from pipeline.executor.steps import Between, Step
from pipeline.executor.triage import Triage, is_tried_again
from pipeline.forecast.forecast import Fate, Forecast, Redone
from pipeline.ingest import Unreadable
from pipeline.run.plan import READ_BY_NONE
from pipeline.stages import InParts, Stage
from pipeline.store.cache import Store
from pipeline.store.quarantine import Entry

MADE_HERE: Final = frozenset({"extract", "detect"})


class Forecaster:
    """Walks documents through the stages.

    Args:
        steps: those of the run, in order.
        store: the cache; nothing is put into it.
        forecast: what is found is added to it.
        window: articles a run works on together.
        force: stages whose results the run makes anew.
        triage: knows what is not tried again.
    """

    def __init__(
        self,
        steps: Sequence[Step | Between],
        store: Store,
        forecast: Forecast,
        window: int,
        force: Collection[str] = (),
        triage: Triage | None = None,
    ) -> None:
        self._triage = triage or Triage()
        self._steps = steps
        self._store = store
        self._forecast = forecast
        self._window = window
        self._force = force
        forecast.names = [step.name for step in steps if isinstance(step, Step)]
        self._coming: defaultdict[str, set[str]] = defaultdict(set)
        """Keys that earlier windows will have put into the cache, by stage."""
        self._sentences: set[str] = set()

    def run(self, documents: Iterable[Document | Unreadable]) -> None:
        """Look at all documents.

        Raises:
            BackendError: the model that tells the language is unusable.
        """
        for window in windows(documents, self._window):
            self._forecast.articles += len(window)
            self._walk(window)

    def _walk(self, window: list[Document | Unreadable]) -> None:
        articles: dict[int, Article | Seen] = {}
        following: list[str] = []
        """Languages of the articles that wait for a result."""
        for index, item in enumerate(window):
            if isinstance(item, Unreadable):
                self._forecast.count("ingest", "", "refused" if item.error.status == "refused" else "failed")
            else:
                articles[index] = Article(document=item)
        window.clear()
        for step in self._steps:
            if isinstance(step, Between):
                articles = step.going_on(articles)
                continue
            for language in following:
                self._forecast.count(step.name, language, "follows")
            if following:
                self._opens(step.stage)
            if not articles:
                continue
            unread = {index: article for index, article in articles.items() if isinstance(article, Article)}
            recogniser = Recogniser(step.stage, self._store, step.kept_out)
            known = recogniser.known(unread, anew=step.name in self._force)
            for index in known:
                del unread[index]
                self._forecast.count(step.name, "", "hit")
            self._forecast.recognised += len(known)
            gone_on, waiting = self._at(step, unread)
            articles = dict(sorted([*known.items(), *gone_on.items()]))
            following += waiting

    def _at(self, step: Step, articles: dict[int, Article]) -> tuple[dict[int, Article], list[str]]:
        """The articles as they go on from a stage, and the languages of those that have to wait for it."""
        stage = step.stage
        is_forced = stage.name in self._force
        found = look_up(stage, step.adapter, articles, self._store, () if is_forced else None)
        known = self._triage.hold(stage, articles, found, forced=is_forced)
        missing = {key: value for key, value in found.inputs.values() if key not in found.results}
        made = self._made(stage, missing) if stage.name in MADE_HERE else {}
        fates = self._fates(stage, articles, found, made, known)
        gone_on: dict[int, Article] = {index: articles[index] for index in found.skipped}
        waiting: list[str] = []
        for index, (key, value) in found.inputs.items():
            result = found.results.get(key, made.get(key))
            if isinstance(result, ArticleError):
                found.errors[index] = result
            elif result is not None:
                gone_on[index] = stage.write(articles[index], result)
            else:
                if stage.name in READ_BY_NONE:
                    gone_on[index] = articles[index]
                else:
                    waiting.append(_language(articles[index]))
                self._count_parts(stage, articles[index], value)
        for index, article in articles.items():
            error = found.errors.get(index)
            ended: Fate = "refused" if error and error.status == "refused" else "failed"
            fate = ended if error else fates.get(index, "skipped")
            # Detection tells the language of an article only once it is through.
            self._forecast.count(stage.name, _language(gone_on.get(index, article)), fate)
        self._coming[stage.name] |= {key for key in missing if not isinstance(made.get(key), ArticleError)}
        return {index: gone_on[index] for index in sorted(gone_on)}, waiting

    def _made(self, stage: Stage[Any, Any], missing: Mapping[str, Any]) -> dict[str, Any]:
        return dict(zip(missing, processed(stage, list(missing.values())), strict=True))

    def _fates(
        self,
        stage: Stage[Any, Any],
        articles: Mapping[int, Article],
        found: LookedUp,
        made: Mapping[str, Any],
        known: Mapping[str, Entry],
    ) -> dict[int, Fate]:
        """What is to be said of each article that has an input, with the reasons where it is to be made."""
        fates: dict[int, Fate] = {}
        redone: dict[int, tuple[str, Any]] = {}
        for index, (key, value) in found.inputs.items():
            if key in found.results or key in self._coming[stage.name]:
                fates[index] = "hit"
            elif not isinstance(made.get(key), ArticleError):
                redone[index] = key, value
        if redone:
            self._opens(stage)
        before = origins.recall(self._store, stage.name, [articles[index].source for index in redone])
        for index, (key, value) in redone.items():
            source = articles[index].source
            entry = known.get(key)
            why = origins.why(before.get(source), origins.origin_of(stage, value), entry)
            ended = entry is not None and not is_tried_again(entry)
            if stage.name in self._force and (ended or why == (Reason("lost"),) or source not in before):
                why = (Reason("forced"),)
            fate = fates[index] = "miss" if why == (Reason("new"),) else "stale"
            self._forecast.why.update((stage.name, fate, reason) for reason in why)
            self._forecast.redone.append(Redone(source, stage.name, fate, why))
        return fates

    def _opens(self, stage: Stage[Any, Any]) -> None:
        self._forecast.opened.update(value for value in stage.settings.values() if isinstance(value, str))

    def _count_parts(self, stage: Stage[Any, Any], article: Article, value: Any) -> None:
        if not isinstance(stage, InParts):
            return
        parts = {part.key: part for part in stage.parts(value) if part.key not in self._sentences}
        known = self._store.get("memory", list(parts)) if stage.name not in self._force else {}
        new = [part for part in parts.values() if part.key not in known]
        self._forecast.remembered += len(known)
        for part in new:
            self._forecast.sentence(_language(article), part.model)
        self._sentences.update(part.key for part in new)
        self._forecast.opened.update((*stage.opens(value), *(part.model for part in new)))


def _language(article: Article) -> str:
    return article.language.code if article.language else ""
