"""The plan of a run: what the cache has, what would be made, and how long that takes; nothing is changed."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pipeline.executor import rates
from pipeline.executor.memory import StoredFeeds
from pipeline.executor.triage import QUARANTINE, Triage
from pipeline.forecast.forecast import Forecast
from pipeline.forecast.forecaster import Forecaster
from pipeline.overlay import file as overlay_file
from pipeline.report.report import RunReport
from pipeline.run.installed import Models
from pipeline.run.job import Job, digests_in, prepared
from pipeline.run.selection import Selection
from pipeline.run.sources import INBOX, Left, held
from pipeline.store import cache, inbox, state
from pipeline.store import quarantine as quarantine_db
from pipeline.store.aside import to_look_at
from pipeline.store.cache import SqliteStore
from pipeline.store.database import Damaged
from pipeline.store.quarantine import Quarantine
from pipeline.store.state import State


def preview(job: Job, models: Models, stdin: BinaryIO | None = None) -> Forecast:
    """What a run of this job would do now. No file is changed, and nothing is fetched: of feeds and addresses it is
    what earlier runs have fetched for the issue.

    Args:
        models: those of a run that may get none.

    Raises:
        ConfigError: as a run does; or a database cannot be read.
        BackendError: the model that tells the language is unusable.
    """
    given = stdin.read() if stdin is not None and "-" in (job.paths or job.config.ingest.paths) else b""
    with TemporaryDirectory(prefix="worldbrief-") as aside:
        try:
            return _looked(job, models, io.BytesIO(given), Path(aside) / "1", copied=False)
        except Damaged:
            # A run would mend it, which is done here with a copy.
            return _looked(job, models, io.BytesIO(given), Path(aside) / "2", copied=True)


def _looked(job: Job, models: Models, stdin: BinaryIO, aside: Path, *, copied: bool) -> Forecast:
    config, folder = job.config, Path(job.config.run.cache)
    cache_path = to_look_at(folder / "cache.db", len(cache.MIGRATIONS), aside, copied=copied)
    inbox_path = to_look_at(folder / INBOX, len(inbox.MIGRATIONS), aside, copied=copied)
    quarantine_path = to_look_at(folder / QUARANTINE, len(quarantine_db.MIGRATIONS), aside, copied=copied)
    # It is small, and opening it tries whether it can be written.
    state_path = to_look_at(folder / "state.db", len(state.MIGRATIONS), aside, copied=True)
    forecast = Forecast(issue=job.issue)
    counts = RunReport(issue=job.issue, started=job.started)
    overlay = overlay_file.read(Path(config.run.overlay))
    with (
        SqliteStore(cache_path, read_only=not copied and cache_path.parent == folder) as store,
        closing(State(state_path)) as placed,
        Quarantine(quarantine_path, read_only=not copied and quarantine_path.parent == folder) as quarantine,
    ):
        selection = Selection(job.since, job.only)
        digests = digests_in(job, placed, counts, overlay, models)
        walked = prepared(job, models, placed, overlay, selection, digests)
        triage = Triage(quarantine, asked=selection.names, remembers=False)
        documents, forecast.feeds_not_asked = held(
            job.paths or config.ingest.paths,
            config,
            job.issue,
            inbox_path,
            stdin,
            StoredFeeds(store, writes=False),
            Left(triage.waiting, placed.finished),
        )
        Forecaster(walked, store, forecast, config.run.window, job.force, triage).run(documents)
        forecast.left_out = selection.left_out
        forecast.known, forecast.duplicates, forecast.updates = counts.known, counts.duplicates, counts.updates
        forecast.older, forecast.passed = counts.older, counts.passed
        forecast.expect(rates.expected(store, forecast.work()), rates.loads(store, forecast.opened))
    return forecast
