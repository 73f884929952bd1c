"""The digest of a run: what is new of the articles goes into an issue, which is written and has its page of review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.article import Article
from pipeline.config import Config
from pipeline.issue import issue, render
from pipeline.issue.channels import channels_of
from pipeline.issue.item import outlet_of
from pipeline.issue.plain import address, line
from pipeline.issue.silence import ISSUES, silent_outlets
from pipeline.overlay.overlay import IssueEdits
from pipeline.review import page, results
from pipeline.run.articles import FILE, Lines
from pipeline.run.report import RunReport, SourceAlarm
from pipeline.run.runner import Outcome
from pipeline.run.selection import Selection
from pipeline.run.triage import Held
from pipeline.store.state import State
from pipeline.text.names.bound import bound_names


@dataclass(slots=True)
class Written:
    """What there is of an issue; `files` is empty where there was nothing new."""

    files: list[Path] = field(default_factory=list)
    items: int = 0
    quiet: bool = False
    """There was nothing new, and what was written says so."""


def write_issue(
    outcomes: Iterator[Outcome],
    *,
    issue_id: str,
    config: Config,
    state: State,
    report: RunReport,
    selection: Selection,
    edits: IssueEdits,
    better: Callable[[str], str],
    alarms: Callable[[], list[SourceAlarm]] = list,
) -> Written:
    """Write articles.jsonl and the digest; nothing at all where there is nothing new.

    A file that fails every day is not news: it does not make an issue of its own where all else is known.

    Args:
        alarms: what is wrong with sources; asked when all outcomes have come.

    Raises:
        ConfigError: a setting of the channels or a template is wrong, or the folder cannot be written to.
        WorldbriefError: a file cannot be written; the one of the run before is in its place.
    """
    out = Path(config.run.out)
    channels = channels_of(config.issue)
    render.check(channels)
    written = Written()
    admitted = in_english = by_editor = 0
    heard: set[str] = set()
    with Lines(out / FILE) as lines:

        def finished() -> Iterator[Article]:
            nonlocal admitted, in_english, by_editor
            for outcome in outcomes:
                lines.write(outcome)
                article = outcome.article
                if article is None or article.content is None:
                    continue
                if isinstance(outcome.error, Held):  # nothing about it is new
                    state.withdraw(article.id)
                    continue
                admitted += 1
                if outlet := outlet_of(article.content, address(article.url)):
                    state.hear(outlet)
                    heard.add(outlet)
                if outcome.error is not None:
                    state.withdraw(article.id)
                    continue
                if config.names.memory:
                    _learn(state, article)
                report.extracted(article.content)
                if article.translation is not None:
                    report.translated(article.translation)
                if article.id in edits.article and edits.article[article.id].drop:
                    by_editor += 1
                else:
                    in_english += article.english is not None
                yield article

        built = issue.build(
            finished(),
            issue_id=issue_id,
            settings=config.issue,
            better=better,
            edits=edits,
            unfit=report.overlay.append,
        )
        if report.articles and not selection:
            report.silent = silent_outlets(state.heard_before(ISSUES), heard)
        report.alarms = alarms()
        named = tuple(report.silent) if config.issue.silent_sources else ()
        broken = tuple(line(f"{alarm.name}: {alarm.brief}", 200) for alarm in report.alarms)
        broken = broken if config.issue.source_alarms else ()
        if lines.count == 0 or ((report.known or selection.left_out or report.quarantined) and not admitted):
            if report.known and config.issue.quiet == "write":
                nothing = issue.quiet(issue_id, config.issue)
                written.files += render.write(replace(nothing, silent=named, alarms=broken), out, channels)
                written.quiet = True
            return written
        lines.commit()
    written.files.append(out / FILE)
    report.dropped_by_editor = by_editor
    if built is None:
        # No item is left, so each was dropped.
        report.dropped = in_english
        if by_editor:
            report.overlay.append("no article is left: the digest of the run before was not replaced")
    else:
        report.told, report.listed, report.dropped = built.counts.told, built.counts.listed, built.counts.dropped
        written.items = built.count
        built = replace(built, silent=named, alarms=broken)
        written.files += render.write(built, out, channels)
        said = [alarm.line for alarm in report.alarms]
        seen = results.of(built, out, Path(config.run.overlay), channels, report.overlay, said)
        written.files.append(page.write(seen))
    return written


def _learn(state: State, article: Article) -> None:
    """Keep the names that the article gives in its own brackets."""
    if article.content is not None and article.language is not None:
        language, content = article.language.code, article.content
        state.learn(article.id, language, bound_names([content.title, *content.paragraphs], language))
