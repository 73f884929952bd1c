"""The main job: documents in, one issue out."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, TextIO

from pipeline.article import Article
from pipeline.config import Config
from pipeline.errors import ConfigError, WorldbriefError
from pipeline.files import temporary_beside, write_atomically
from pipeline.issue import issue, render
from pipeline.issue.channels import channels_of
from pipeline.issue.item import outlet_of
from pipeline.issue.plain import address
from pipeline.issue.record import record
from pipeline.issue.silence import ISSUES, silent_outlets
from pipeline.overlay import file as overlay_file
from pipeline.overlay.overlay import IssueEdits, Overlay
from pipeline.printable import escaped
from pipeline.review import page, results
from pipeline.run import rates
from pipeline.run.installed import Models
from pipeline.run.plan import Parts, corrections, known_names, steps
from pipeline.run.rates import Meter
from pipeline.run.report import RunReport
from pipeline.run.runner import Admission, Between, Outcome, Progress, Runner, Step
from pipeline.run.selection import Selection
from pipeline.run.sources import documents
from pipeline.store.cache import SqliteStore
from pipeline.store.state import State
from pipeline.text.names.bound import bound_names

# The packages whose version can change a result.
_REPORTED = (
    "worldbrief", "ctranslate2", "fxtranslate", "openvino-genai", "sentencex", "spacy", "torch", "trafilatura",
    "transformers",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to do. `issue` names the issue (by default the day), `until` the last stage to run."""

    config: Config
    issue: str
    started: str
    """ISO time for the report; nothing else depends on the clock."""
    paths: tuple[str, ...] = ()
    until: str | None = None
    keep_known: bool = False
    since: str = ""
    only: tuple[str, ...] = ()
    """See `selection.Selection`."""
    force: frozenset[str] = frozenset()
    """Stages whose results are made anew, whatever the cache has."""


@dataclass(slots=True)
class Result:
    """What was done; `files` is empty where there was nothing new."""

    report: RunReport
    items: int = 0
    files: list[Path] = field(default_factory=list)
    quiet: bool = False
    """There was nothing new, and what was written says so."""


def run(job: Job, models: Models, progress: Progress, stdin: BinaryIO | None = None) -> Result:
    """Run the stages over all documents and write the issue to `config.run.out`.

    Files are replaced one by one, each at once; the issue is remembered last, so a run that dies is simply run again.

    Raises:
        ConfigError: a path does not exist, the overlay is wrong, or the cache cannot be used.
        WorldbriefError: a result cannot be written; the one of the run before is in its place.
        BackendError: a model is unusable. Finished work is in the cache.
    """
    config = job.config
    cache = Path(config.run.cache)
    paths = job.paths or config.ingest.paths
    report = RunReport(
        issue=job.issue,
        started=job.started,
        inputs=list(paths),
        keep_known=job.keep_known,
        since=job.since,
        only=list(job.only),
        versions=_versions(),
    )
    selection = Selection(job.since, job.only)
    # Before anything else: a slip of the pen must not cost an hour.
    overlay = overlay_file.read(Path(config.run.overlay))
    report.decided = overlay.mark_of(job.issue)
    began = time.monotonic()
    with SqliteStore(cache / "cache.db") as store, closing(State(cache / "state.db")) as state:
        meter = Meter(models.loads)
        runner = Runner(
            prepared(job, models, state, report, overlay, selection),
            store,
            report,
            progress,
            config.run.window,
            meter,
            job.force,
        )
        outcomes = runner.run(documents(paths, config, job.issue, stdin))
        result = Result(report)
        if job.until is None:
            _build_issue(job, outcomes, state, report, result, models.better, overlay.of(job.issue), selection)
        else:
            _write_articles(job, outcomes, result)
        report.models = dict(sorted(models.used.items()))
        report.hints = [*models.hints, *selection.missing]
        report.left_out = selection.left_out
        report.repairs = [*store.notes, *state.notes]
        report.seconds = time.monotonic() - began
        meter.add(rates.ISSUE, report.articles, report.seconds - sum(stage.seconds for stage in report.stages))
        rates.keep(store, meter)
        if result.files:
            path = Path(config.run.out) / "report.json"
            with _writing(path):
                write_atomically(path, [report.to_json().encode()])
            result.files.append(path)
        if job.until is None and result.files and not result.quiet:
            state.finish()
    return result


def prepared(
    job: Job, models: Models, state: State, report: RunReport, overlay: Overlay, selection: Selection
) -> list[Step | Between]:
    """What is done with the articles of a job, in order; whom it lets in is counted in the report.

    Raises:
        ConfigError: the overlay or a glossary is wrong.
    """
    parts = Parts(
        config=job.config,
        models=models,
        names=known_names(job.config, state.votes, overlay),
        corrections=corrections(overlay),
        select=selection.take if selection else None,
        admit=_admission(state, job, report) if job.until is None else None,
    )
    return steps(parts, job.until)


def _admission(state: State, job: Job, report: RunReport) -> Admission:
    """Lets in what the issue is to have: new articles and new versions of old ones."""
    state.begin(job.issue)

    def admit(article: Article) -> Article | None:
        placement = state.place(article.id, article.revision, keep_known=job.keep_known)
        if placement == "duplicate":
            report.duplicates += 1
        elif placement == "known":
            report.known += 1
        elif placement == "update":
            report.updates += 1
            return replace(article, is_update=True)
        else:
            return article
        return None

    return admit


def _build_issue(
    job: Job,
    outcomes: Iterator[Outcome],
    state: State,
    report: RunReport,
    result: Result,
    better: Callable[[str], str],
    edits: IssueEdits,
    selection: Selection,
) -> None:
    """Write articles.jsonl and the digest; nothing at all where there is nothing new.

    A file that fails every day is not news: it does not make an issue of its own where all else is known.
    """
    out = Path(job.config.run.out)
    channels = channels_of(job.config.issue)
    render.check(channels)
    admitted = in_english = by_editor = 0
    heard: set[str] = set()
    with _Lines(out / "articles.jsonl") as lines:

        def finished() -> Iterator[Article]:
            nonlocal admitted, in_english, by_editor
            for outcome in outcomes:
                lines.write(record(outcome.article, outcome.source, outcome.stage, outcome.error))
                article = outcome.article
                if article is None or article.content is None:
                    continue
                admitted += 1
                if outlet := outlet_of(article.content, address(article.url)):
                    state.hear(outlet)
                    heard.add(outlet)
                if outcome.error is not None:
                    state.withdraw(article.id)
                    continue
                if job.config.names.memory:
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
            issue_id=job.issue,
            settings=job.config.issue,
            better=better,
            edits=edits,
            unfit=report.overlay.append,
        )
        if report.articles and not selection:
            report.silent = silent_outlets(state.heard_before(ISSUES), heard)
        named = tuple(report.silent) if job.config.issue.silent_sources else ()
        if lines.count == 0 or ((report.known or selection.left_out) and not admitted):
            if report.known and job.config.issue.quiet == "write":
                nothing = issue.quiet(job.issue, job.config.issue)
                result.files += render.write(replace(nothing, silent=named), out, channels)
                result.quiet = True
            return
        lines.commit()
    result.files.append(out / "articles.jsonl")
    report.dropped_by_editor = by_editor
    if built is None:
        # No item is left, so each was dropped.
        report.dropped = in_english
        if by_editor:
            report.overlay.append("no article is left: the digest of the run before was not replaced")
    else:
        report.told, report.listed, report.dropped = built.counts.told, built.counts.listed, built.counts.dropped
        result.items = built.count
        built = replace(built, silent=named)
        result.files += render.write(built, out, channels)
        result.files.append(page.write(results.of(built, out, Path(job.config.run.overlay), channels, report.overlay)))


def _learn(state: State, article: Article) -> None:
    """Keep the names that the article gives in its own brackets."""
    if article.content is not None and article.language is not None:
        language, content = article.language.code, article.content
        state.learn(article.id, language, bound_names([content.title, *content.paragraphs], language))


def _write_articles(job: Job, outcomes: Iterator[Outcome], result: Result) -> None:
    out = Path(job.config.run.out)
    with _Lines(out / "articles.jsonl") as lines:
        for outcome in outcomes:
            lines.write(record(outcome.article, outcome.source, outcome.stage, outcome.error))
        if lines.count == 0:
            return
        lines.commit()
    result.items = lines.count
    result.files.append(out / "articles.jsonl")


class _Lines:
    """A file of JSON lines that takes its place only when it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = temporary_beside(path)
        self._file: TextIO | None = None
        self.count = 0

    def __enter__(self) -> _Lines:
        return self

    def write(self, line: dict[str, object]) -> None:
        if self._file is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._temporary.open("w", encoding="utf-8")
            except OSError as error:
                raise ConfigError(f"{self._path.parent}: results cannot be written there: {error.strerror}") from None
        with _writing(self._path):
            self._file.write(escaped(json.dumps(line, ensure_ascii=False)) + "\n")
        self.count += 1

    def commit(self) -> None:
        if self._file is not None:
            with _writing(self._path):
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                os.replace(self._temporary, self._path)

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            with suppress(OSError):  # closing writes what is left, of a file that is thrown away
                self._file.close()
            self._temporary.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """A disk that is full is said, with the file."""
    try:
        yield
    except OSError as error:
        raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in _REPORTED}}
