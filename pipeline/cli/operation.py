"""A command that runs unattended, as machines see it: its log, how it ended, and the metrics of that."""

from __future__ import annotations

import io
import logging
import sys
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TextIO

import typer

from pipeline import __version__
from pipeline.cli.console import err
from pipeline.cli.stopping import Stopped
from pipeline.errors import WorldbriefError
from pipeline.events import tell
from pipeline.events.log import JsonLines, hidden
from pipeline.report import metrics
from pipeline.report.report import RunReport

INTERRUPTED = 130
TERMINATED = 143
if TYPE_CHECKING:
    from pipeline.cli.display import RunDisplay
    from pipeline.store.inbox import FeedState

P = ParamSpec("P")

# A line every so many seconds says that the run is alive without filling a log.
_PROGRESS_EVERY = 10.0


class LogStyle(StrEnum):
    TEXT = "text"
    JSON = "json"


LogOption = Annotated[
    LogStyle, typer.Option("--log", help="What goes to standard error: `text` to read, or `json`, one event a line.")
]


@dataclass(slots=True)
class Operation:
    """One command from beginning to end; whoever runs it puts in what is known by then."""

    command: str
    log: LogStyle
    began: float = field(default_factory=time.monotonic)
    metrics: str = ""
    """File for the metrics; "" for none."""
    report: RunReport | None = None
    """What a run did, once it has come to its end."""
    feeds: Sequence[FeedState] = ()
    """Those that a run has followed."""
    secrets: list[str] = field(default_factory=list, repr=False)
    """What is blotted out of every line of the log."""

    @property
    def in_json(self) -> bool:
        return self.log is LogStyle.JSON

    def started(self, issue: str, inputs: tuple[str, ...]) -> None:
        tell("started", command=self.command, version=__version__, issue=issue, inputs=inputs)

    def say(self, event: str, text: str, **fields: object) -> None:
        """A line for a person, or an event for a machine."""
        if self.in_json:
            tell(event, **fields)
        else:
            err.print(text, markup=False)

    def to_reader(self, text: str) -> None:
        """A line of what events have told already."""
        if not self.in_json:
            err.print(text, markup=False)

    def progress(self, stages: Sequence[str], stored: Callable[[], None]) -> RunDisplay | LogProgress:
        """Where a run tells how far it is.

        Args:
            stored: called after each batch, when what is finished is stored; it may end the run.
        """
        from pipeline.cli.display import RunDisplay

        return LogProgress(stored) if self.in_json else RunDisplay(err, stages, stored)

    def ended(self, status: int) -> None:
        """The command is at its end with this exit status."""
        seconds = time.monotonic() - self.began
        report = self.report or RunReport(issue="", started="")
        counts = {name: getattr(report, name) for name in ("articles", "told", "listed", "known", "failed")}
        counts["refused"] = sum(stage.refused for stage in report.stages)
        if self.metrics:
            ended = metrics.Ended(
                at=time.time(), seconds=seconds, exit_status=status, version=__version__, report=self.report,
                feeds=self.feeds,
            )  # fmt: skip
            try:
                metrics.write(Path(self.metrics), ended)
            except OSError as error:
                # The digest is made; that nobody sees it on a dashboard undoes nothing.
                err.print(f"run.metrics: {self.metrics}: cannot be written: {error.strerror}", markup=False)
        tell("ended", command=self.command, exit_status=status, seconds=seconds, **counts)


class ToldExit(SystemExit):
    """An exit whose reason is in the log already."""


_CURRENT: ContextVar[Operation] = ContextVar("operation")


def current() -> Operation:
    """The command that runs, one that `operated` has made."""
    return _CURRENT.get()


def operated(function: Callable[P, None]) -> Callable[P, None]:
    """Makes a command with an option `log` an operation of its name."""

    @wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> None:
        with _operation(function.__name__, LogStyle(str(kwargs["log"]))) as running:
            token = _CURRENT.set(running)
            try:
                function(*args, **kwargs)
            finally:
                _CURRENT.reset(token)

    return command


@contextmanager
def _operation(command: str, log: LogStyle) -> Iterator[Operation]:
    """What is done in this context is logged as `log` says; its end is told, however it ends.

    With a log in JSON, errors are events in it and the context ends with the exit status that they mean.
    """
    running = Operation(command, log)
    if not running.in_json:
        try:
            with _ending(running):
                yield running
        except Exception as error:
            if not running.secrets or isinstance(error, (typer.Exit, WorldbriefError)):
                raise
            # Python would print it as it is.
            err.print(hidden("".join(traceback.format_exception(error)), running.secrets), markup=False)
            raise ToldExit(1) from None
        return
    with _json_on_stderr(running):
        try:
            with _ending(running):
                yield running
        except (typer.Exit, SystemExit):
            raise
        except BaseException as error:
            raise ToldExit(_status(error)) from None


@contextmanager
def _ending(running: Operation) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if running.in_json:
            _tell_error(error)
        running.ended(_status(error))
        raise
    running.ended(0)


def _status(error: BaseException) -> int:
    """The exit status that an exception leads to."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, WorldbriefError):
        return error.exit_code
    if isinstance(error, Stopped):
        return TERMINATED
    return INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1


def _tell_error(error: BaseException) -> None:
    if isinstance(error, typer.Exit):
        return
    kind = type(error).__name__
    if isinstance(error, WorldbriefError):
        tell("failed", kind=kind, message=str(error))
    elif isinstance(error, Stopped):
        tell("stopped", message="asked to end; the batch in hand is done")
    elif isinstance(error, KeyboardInterrupt):
        tell("stopped", message="interrupted; what was finished is kept")
    else:
        # Without the values of variables, which `format_exception` leaves out: some may be secret.
        tell("crashed", kind=kind, message=str(error), traceback="".join(traceback.format_exception(error)))


@contextmanager
def _json_on_stderr(running: Operation) -> Iterator[None]:
    """Events, what libraries warn of, and what the console prints: each a line of JSON on standard error."""
    handler = _Handler(sys.stderr)
    handler.setFormatter(JsonLines({"run": uuid.uuid4().hex[:12]}, running.secrets))
    ours, root = logging.getLogger("pipeline"), logging.getLogger()
    level = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    logging.captureWarnings(True)
    try:
        with err.into(_Spoken()):
            yield
    finally:
        logging.captureWarnings(False)
        root.removeHandler(handler)
        ours.setLevel(level)


class _Handler(logging.StreamHandler[TextIO]):
    """A reader of the log that has gone is no reason to stop, and none to complain into its pipe."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (its name)
        return


class _Spoken(io.StringIO):
    """Where the console prints: each line is an event."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = ""

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            if line.strip():
                tell("said", message=line.rstrip())
        return len(text)


class LogProgress:
    """Implements `context.Progress`: an event now and then.

    Args:
        stored: called after each batch, when what is finished is stored; it may end the run.
    """

    def __init__(self, stored: Callable[[], None]) -> None:
        self._stored = stored
        self._through: dict[str, int] = {}
        self._found = 0
        self._last = time.monotonic()

    def __enter__(self) -> LogProgress:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def asked(self, feeds: int, total: int) -> None:
        self._stored()
        self._tell("ingest", feeds, total, "feeds")

    def found(self, articles: int) -> None:
        self._found = articles

    def advance(self, stage: str, articles: int) -> None:
        self._stored()
        self._through[stage] = self._through.get(stage, 0) + articles
        self._tell(stage, self._through[stage], self._found, "articles")

    def detail(self, stage: str, done: int, total: int) -> None:
        self._stored()
        self._tell(stage, done, total, "sentences")

    def _tell(self, stage: str, done: int, total: int, unit: str) -> None:
        now = time.monotonic()
        if now - self._last >= _PROGRESS_EVERY:
            self._last = now
            tell("progress", stage=stage, done=done, total=total, unit=unit)
