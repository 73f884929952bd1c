"""The main job, documents in, one issue out: what there is to do, and the order of it."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.executor import rates
from pipeline.executor.context import Context, Progress
from pipeline.executor.memory import StoredFeeds
from pipeline.executor.rates import Meter
from pipeline.executor.runner import Runner
from pipeline.executor.steps import Between, Step
from pipeline.executor.triage import QUARANTINE, Triage
from pipeline.files import write_atomically
from pipeline.issue.folder import writing_to
from pipeline.overlay import file as overlay_file
from pipeline.overlay.overlay import Overlay
from pipeline.report.report import RunReport, versions
from pipeline.run.articles import FILE, write_articles, writing
from pipeline.run.digest import Written
from pipeline.run.digests import Digests
from pipeline.run.installed import Models
from pipeline.run.plan import Parts, corrections, known_names, steps
from pipeline.run.selection import Selection
from pipeline.run.sources import INBOX, Left, documents, held
from pipeline.run.watching import Watch
from pipeline.store.cache import SqliteStore
from pipeline.store.quarantine import Quarantine
from pipeline.store.state import State


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
    digests: tuple[str, ...] = ()
    """Names of the digests to make, of several; none: all of them."""
    again: bool = False
    """The issue is made of what earlier runs fetched for it; no feed and no page is asked."""
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    """Variables with the logins of sites."""

    @property
    def is_whole(self) -> bool:
        """All stages, of all that is new and of nothing else."""
        return self.until is None and not (self.keep_known or self.since or self.only or self.digests)


@dataclass(slots=True)
class Result:
    """What was done; `files` is empty where there was nothing new."""

    report: RunReport
    items: int = 0
    files: list[Path] = field(default_factory=list)
    quiet: bool = False
    """There was nothing new, and what was written says so."""
    digests: list[Written] = field(default_factory=list)
    """What there is of each digest; one without a name is the only one."""

    @property
    def are_several(self) -> bool:
        """Whether the configuration has several digests, however many of them were made."""
        return any(written.digest for written in self.digests)


def run(
    job: Job,
    models: Models,
    progress: Progress,
    stdin: BinaryIO | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Result:
    """Run the stages over all documents and write the issue to `config.run.out`, one run at a time.

    All files are replaced together; the issue is remembered last, so a run that dies is simply run again.

    Args:
        say: told that another run has to be waited for.

    Raises:
        ConfigError: a path does not exist, the overlay is wrong, or the cache cannot be used.
        WorldbriefError: a result cannot be written; the one of the run before is in its place.
        BackendError: a model is unusable. Finished work is in the cache.
    """
    with writing_to(Path(job.config.run.out), say, lambda: progress.found(0)) as folder:
        settings = job.config.run.model_copy(update={"out": str(folder.staging)})
        staged = replace(job, config=job.config.model_copy(update={"run": settings}))
        result = _run(staged, models, progress, stdin, folder.commit)
        result.files = [folder.place(path) for path in result.files]
        for written in result.digests:
            written.files = [folder.place(path) for path in written.files]
        return result


def _run(job: Job, models: Models, progress: Progress, stdin: BinaryIO | None, commit: Callable[[], None]) -> Result:
    """As `run`, into a folder of which `commit` puts the files in their places."""
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
        versions=versions(),
    )
    selection = Selection(job.since, job.only)
    # Before anything else: a slip of the pen must not cost an hour.
    overlay = overlay_file.read(Path(config.run.overlay))
    report.decided = overlay.mark_of(job.issue)
    began = time.monotonic()
    with (
        SqliteStore(cache / "cache.db") as store,
        closing(State(cache / "state.db")) as state,
        Quarantine(cache / QUARANTINE) as quarantine,
    ):
        meter = Meter(models.loads)
        digests = digests_in(job, state, report, overlay, models)
        triage = Triage(quarantine, job.started, selection.names)
        runner = Runner(
            prepared(job, models, state, overlay, selection, digests),
            Context(store, report, progress, meter, triage),
            config.run.window,
            job.force,
        )
        feeds, left = StoredFeeds(store), Left(triage.waiting, state.finished)
        found = (
            held(paths, config, job.issue, cache / INBOX, stdin, feeds, repairs=report.repairs)[0]
            if job.again
            else documents(
                paths, config, job.issue, stdin, feeds, left, report.repairs,
                environment=job.environment, asked=progress.asked,
            )
        )  # fmt: skip
        outcomes = runner.run(found)
        # What is asked for in part, or all again, says nothing of what sources usually give.
        watch = Watch(config, job.issue, job.started, paths, state.sources) if job.is_whole else None
        result = Result(report)
        if digests is None:
            result.items = write_articles(outcomes, Path(config.run.out))
            result.files += [Path(config.run.out) / FILE] if result.items else []
        else:
            watched = watch.over(outcomes) if watch else outcomes
            result.digests = digests.write(watched, selection, watch.alarms if watch else list)
            result.files = [file for written in result.digests for file in written.files]
            result.items = sum(written.items for written in result.digests)
            result.quiet = bool(result.files) and not any(written.is_issue for written in result.digests)
        report.models = dict(sorted(models.used.items()))
        report.hints = [*models.hints, *selection.missing]
        report.left_out = selection.left_out
        triage.expire()
        report.repairs += [*store.notes, *state.notes, *quarantine.notes]
        report.seconds = time.monotonic() - began
        meter.add(rates.ISSUE, report.articles, report.seconds - sum(stage.seconds for stage in report.stages))
        rates.keep(store, meter)
        if result.files:
            reports = digests.reports(result.digests) if digests else {Path(config.run.out): report}
            for folder, told in reports.items():
                path = folder / "report.json"
                with writing(path):
                    write_atomically(path, [told.to_json().encode()])
                result.files.append(path)
            commit()
        if watch:
            watch.keep()
        if digests is not None:
            digests.remember(result.digests)
    return result


def digests_in(job: Job, state: State, report: RunReport, overlay: Overlay, models: Models) -> Digests | None:
    """The digests that a job makes; None where it ends before there is one.

    Raises:
        ConfigError: one of them is wrong.
    """
    if job.until is not None:
        if job.digests:
            raise ConfigError("--digest: a run that ends --until a stage makes no digest; give one of them")
        return None
    return Digests(
        job.config,
        job.digests,
        issue_id=job.issue,
        state=state,
        report=report,
        overlay=overlay,
        better=models.better,
        keep_known=job.keep_known,
    )


def prepared(
    job: Job, models: Models, state: State, overlay: Overlay, selection: Selection, digests: Digests | None
) -> list[Step | Between]:
    """What is done with the articles of a job, in order; whom the digests let in is counted in their reports.

    Raises:
        ConfigError: the overlay or a glossary is wrong.
    """
    names = functools.cache(functools.partial(known_names, job.config, state.votes, overlay))
    if job.config.names.glossaries or overlay.name:
        names()  # What is wrong in them is said before any work.
    parts = Parts(
        config=job.config,
        models=models,
        names=names,
        corrections=corrections(overlay),
        select=selection.take if selection else None,
        digests=digests,
    )
    return steps(parts, job.until)
