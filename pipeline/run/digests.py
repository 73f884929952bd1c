"""The digests of a run: each article goes through the stages once, for all that may take it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.article import Article
from pipeline.config import Config, Digest, clash, digests_of
from pipeline.errors import ConfigError
from pipeline.executor.identities import Seen
from pipeline.executor.runner import Outcome
from pipeline.issue.wanted import Reading
from pipeline.overlay.overlay import Overlay
from pipeline.report.report import RunReport, SourceAlarm
from pipeline.run.articles import FILE, Lines
from pipeline.run.digest import Making, Placed, Written
from pipeline.run.follow_ups import Before
from pipeline.run.selection import Selection
from pipeline.store.state import State
from pipeline.text.updates import traces

# Why an article is for no digest, where that is for more than one reason: the first is said.
_WHY_NOT: Final = ("duplicate", "known", "older", "passed")


def chosen(config: Config, names: Iterable[str] = ()) -> tuple[Digest, ...]:
    """The digests that a configuration describes, of these names or all, in its order.

    Raises:
        ConfigError: two would write to one place, or a name is none of theirs.
    """
    if said := clash(config):
        raise ConfigError(f"digest: {said}")
    digests, wanted = digests_of(config), tuple(names)
    for name in wanted:
        known = [digest.name for digest in digests if digest.name]
        if not known:
            raise ConfigError(f"--digest {name}: the configuration has no [[digest]], so there is only one")
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            raise ConfigError(f"--digest {name}: the configuration has no such digest; {advice}")
    return tuple(digest for digest in digests if not wanted or digest.name in wanted)


class Digests:
    """What the digests of a run make of its articles, one after the other.

    Args:
        config: of the run.
        names: of the digests that are to be made; none: all.
        issue_id: of the run.
        state: the memory of all.
        report: of the run.
        overlay: what the editor decided.
        better: language code -> name of a better model that could be got.
        keep_known: articles of earlier issues are taken in.

    Raises:
        ConfigError: a digest, its channels, templates or rules are wrong.
    """

    def __init__(
        self,
        config: Config,
        names: Iterable[str],
        *,
        issue_id: str,
        state: State,
        report: RunReport,
        overlay: Overlay,
        better: Callable[[str], str],
        keep_known: bool,
    ) -> None:
        digests = chosen(config, names)
        self._state = state
        self._report = report
        self._learns = config.names.memory
        self._out = Path(config.run.out)
        self._alone = not digests[0].name
        self.have_rules = any(digest.take or digest.leave for digest in digests)
        """Whether some article may be for none of them."""
        self.are_all = len(digests) == len(digests_of(config))
        """Whether the run makes all digests there are."""
        state.begin(issue_id)
        self._makings = [
            Making(
                digest,
                issue_id=issue_id,
                state=state,
                report=report if self._alone else replace(report, digest=digest.name, overlay=[]),
                overlay=overlay,
                better=better,
                keep_known=keep_known,
            )
            for digest in digests
        ]

    def kept_out(self, articles: Sequence[Seen]) -> list[bool]:
        """Which of them, known without their text, no digest can take, whatever else is found."""
        kept_out = [making.kept_out(articles) for making in self._makings]
        return [all(by_each) for by_each in zip(*kept_out, strict=True)]

    def admit(self, articles: Sequence[Article | Seen]) -> list[Article | Seen | None]:
        """The articles of a window as they go on: what is new to a digest; None for those that are new to none."""
        before = Before(self._state)
        by_digest = [making.place(articles, before.has_all_of) for making in self._makings]
        placed = zip(articles, zip(*by_digest, strict=True), strict=True)
        admitted = [self._admitted(article, placements, before) for article, placements in placed]
        self._state.tell(
            (one.id, one.revision, traces(one.content.title, one.content.paragraphs))
            for one in admitted
            if isinstance(one, Article) and one.content is not None
        )
        return admitted

    def _admitted(self, article: Article | Seen, placements: Sequence[Placed], before: Before) -> Article | Seen | None:
        is_new, is_update = "new" in placements, "update" in placements
        if not self._alone:
            report = self._report
            why = next((why for why in _WHY_NOT if why in placements), "") if not is_new and not is_update else ""
            report.updates += is_update
            report.duplicates += why == "duplicate"
            report.known += why == "known"
            report.older += why == "older"
            report.passed += why == "passed"
        if is_update and isinstance(article, Article):
            # An article is told once: what is new to one digest, another may have had.
            updated = (making.name for making, one in zip(self._makings, placements, strict=True) if one == "update")
            news = frozenset().union(*(before.news_in(article, name) for name in updated))
            return replace(article, is_update=True, news=news)
        return article if is_new or is_update else None

    def still_wanted(self, articles: Sequence[Article | Seen]) -> list[Article | Seen | None]:
        """What a digest may still take, now that the language is known: the others are not translated."""
        return [article if self._may_be_taken(article) else None for article in articles]

    def _may_be_taken(self, article: Article | Seen) -> bool:
        if not isinstance(article, Article):
            return True
        reading = Reading(article, finished=False)
        if any(making.still_wants(article, reading) for making in self._makings):
            return True
        self._report.passed += 1
        return False

    def write(
        self, outcomes: Iterable[Outcome], selection: Selection, alarms: Callable[[], list[SourceAlarm]] = list
    ) -> list[Written]:
        """Write each digest to its folder; of several, articles.jsonl of the whole run to `run.out` as well.

        Args:
            selection: the articles that the run was asked for.
            alarms: what is wrong with sources; asked when all outcomes have come.

        Raises:
            WorldbriefError: a file cannot be written; the one of the run before is in its place.
        """
        with ExitStack() as closing:
            for making in self._makings:
                closing.callback(making.close)
            whole = None if self._alone or not self.are_all else Lines(self._out / FILE)
            if whole is not None:
                closing.callback(whole.close)
            for outcome in outcomes:
                if whole is not None:
                    whole.write(outcome)
                self._take(outcome)
            report = self._report
            report.alarms = alarms()
            written = [
                making.write(articles=report.articles, selection=selection, alarms=report.alarms)
                for making in self._makings
            ]
            if not self._alone:
                told = {article for one in written for article in one.told}
                report.told = len(told)
                report.listed = len({article for one in written for article in one.listed} - told)
                report.digests = [making.summary(one) for making, one in zip(self._makings, written, strict=True)]
            if whole is not None and any(one.is_issue for one in written):
                whole.commit()
            return written

    def reports(self, written: Iterable[Written]) -> dict[Path, RunReport]:
        """The report of each digest that was written, by its folder, and that of the run, where it made all of them."""
        reports = {
            making.out: self._report.of_digest(making.report)
            for making, one in zip(self._makings, written, strict=True)
            if one.files
        }
        return {**reports, self._out: self._report} if self.are_all else reports

    def remember(self, written: Iterable[Written]) -> None:
        """What the issues have, and what was passed over, is known from now on."""
        issues = [one.digest for one in written if one.is_issue]
        if issues or any(making.remembers for making in self._makings):
            self._state.finish(issues, alone=self.are_all)

    def _take(self, outcome: Outcome) -> None:
        article = outcome.article
        reading = Reading(article, source=outcome.source, finished=outcome.error is None)
        takers = [making.take(outcome, reading) for making in self._makings]
        if article is None or article.content is None or outcome.error is not None:
            return
        if not any(takers):
            self._report.passed += 1
            return
        if self._learns:
            self._learn(article)
        if not self._alone:
            self._report.extracted(article.content)
            if article.translation is not None:
                self._report.translated(article.translation)

    def _learn(self, article: Article) -> None:
        """Keep the names that the article gives in its own brackets."""
        if article.content is not None and article.language is not None:
            language, content = article.language.code, article.content
            from pipeline.text.names.bound import bound_names

            self._state.learn(article.id, language, bound_names([content.title, *content.paragraphs], language))
