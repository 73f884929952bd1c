"""How the command line shows progress and results: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import Terminal
from pipeline.evaluate.agreement import BAD_CHRF, GOOD_CHRF
from pipeline.language.codes import english_name
from pipeline.report.report import RunReport

if TYPE_CHECKING:
    from pipeline.evaluate.agreement import GateFigures
    from pipeline.evaluate.compare import Comparison
    from pipeline.evaluate.extraction import ExtractionScores
    from pipeline.evaluate.measure import Measured
    from pipeline.evaluate.tags import TagScores
    from pipeline.evaluate.translation import TranslationScores

# Wider than any table.
_ANY_WIDTH = 10_000
# Where there is no terminal a line every so many seconds says that the run is alive without filling a log.
_LINE_EVERY = 10.0


class RunDisplay:
    """Implements `context.Progress`: one bar a stage with count and rate, or plain lines without a terminal.

    Args:
        stored: called after each batch, when what is finished is stored; it may end the run.
    """

    def __init__(self, console: Console, stages: Sequence[str], stored: Callable[[], None] = lambda: None) -> None:
        self._console = console
        self._stored = stored
        self._stages = stages
        self._found = 0
        self._through = dict.fromkeys(stages, 0)
        self._last_line = time.monotonic()
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._feeds: TaskID | None = None

    def __enter__(self) -> RunDisplay:
        if self._console.is_terminal:
            self._bars = Progress(
                TextColumn("{task.description:<10}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeElapsedColumn(),
                TextColumn("[dim]{task.fields[detail]}"),
                console=self._console,
            )
            for stage in self._stages:
                self._tasks[stage] = self._bars.add_task(stage, total=None, start=False, rate="", detail="")
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def asked(self, feeds: int, total: int) -> None:
        self._stored()
        if self._bars is None:
            self._line(f"feeds: {feeds} of {total} asked")
            return
        if self._feeds is None:
            self._feeds = self._bars.add_task("feeds", total=total, rate="", detail="")
        self._bars.update(self._feeds, completed=feeds)

    def found(self, articles: int) -> None:
        self._found = articles
        for task in self._tasks.values():
            if self._bars is not None:
                self._bars.update(task, total=articles)

    def advance(self, stage: str, articles: int) -> None:
        self._stored()
        self._through[stage] += articles
        if self._bars is None:
            self._line(f"{stage}: {self._through[stage]} of {self._found} articles")
            return
        task = self._tasks[stage]
        if articles:
            self._bars.start_task(task)
        self._bars.update(task, advance=articles, detail="")
        speed = self._bars.tasks[task].speed
        self._bars.update(task, rate=f"{speed:.1f}/s" if speed else "")

    def detail(self, stage: str, done: int, total: int) -> None:
        self._stored()
        if self._bars is None:
            self._line(f"{stage}: {done} of {total} sentences")
        else:
            self._bars.start_task(self._tasks[stage])
            self._bars.update(self._tasks[stage], detail=f"{done} of {total} sentences")

    def sentences(self, stage: str) -> Callable[[int, int], None]:
        """`detail` of one stage."""
        return lambda done, total: self.detail(stage, done, total)

    def _line(self, text: str) -> None:
        now = time.monotonic()
        if now - self._last_line >= _LINE_EVERY:
            self._last_line = now
            self._console.print(text, highlight=False, markup=False)


class DownloadDisplay:
    """Implements `models.watch.Downloads`: a bar with size and speed, or a line at the start and end of each model."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars: Progress | None = None
        self._task: TaskID | None = None
        self._name = ""

    def start(self, name: str, total_bytes: int | None) -> None:
        self._name = name
        if self._console.is_terminal:
            self._bars = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                DownloadColumn(),
                TransferSpeedColumn(),
                TimeElapsedColumn(),
                console=self._console,
            )
            self._task = self._bars.add_task(name, total=total_bytes)
            self._bars.start()
        else:
            size = f" ({total_bytes / 1e6:,.0f} MB)" if total_bytes else ""
            self._console.print(f"getting {name}{size}", highlight=False, markup=False)

    def advance(self, count: int) -> None:
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, advance=count)

    def done(self) -> None:
        if self._bars is not None:
            self._bars.stop()
            self._bars = None


def summary_table(report: RunReport) -> Table:
    """The counts of a run, a row a stage."""
    table = plain_table("stage")
    for column in ("cached", "computed", "skipped", "refused", "failed", "seconds"):
        table.add_column(column, justify="right")
    for stage in report.stages:
        counts = (stage.cached, stage.computed, stage.skipped, stage.refused, stage.failed)
        add_row(table, stage.stage, *map(str, counts), f"{stage.seconds:.1f}")
    return table


def extraction_table(scores: ExtractionScores, worst: int) -> Table:
    """The averages, then the pages with the lowest F1."""
    table = plain_table("page", "precision", "recall", "F1", "title", "date", "note")
    for page in scores.pages[:worst]:
        dated = "" if page.dated is None else _yes(page.dated)
        figures = (f"{value:.3f}" for value in (page.precision, page.recall, page.f1))
        add_row(table, page.file, *figures, _yes(page.titled), dated, page.error or "")
    averages = (scores.precision, scores.recall, scores.f1, scores.titles, scores.dates)
    add_row(table, f"all {len(scores.pages)}", *(f"{value:.3f}" for value in averages), "")
    return table


def tags_table(scores: TagScores, model: str) -> Table:
    """What was measured, a row a figure."""
    table = plain_table("figure", "value", "how")
    add_row(table, "model", model, "")
    add_row(table, "documents", str(scores.documents), "neighbouring sentences of one subject")
    add_row(
        table,
        "best of the subjects",
        _share(scores.accuracy_mapped),
        "the likeliest of the topics that have a subject is right",
    )
    add_row(table, "best of all", _share(scores.accuracy_all), "the likeliest of all top-level topics is right")
    add_row(table, "precision", _share(scores.precision), "of the tags given, on the half they were not calibrated on")
    add_row(table, "recall", _share(scores.recall), "the same half")
    add_row(table, "tags a document", f"{scores.tags_per_document:.2f}", "the same half")
    return table


def translation_table(scores: TranslationScores) -> Table:
    """What was measured, a row a figure."""
    table = plain_table("figure", "value", "how")
    speed = scores.speed
    add_row(table, "system", scores.model, "")
    add_row(table, "language", english_name(scores.language), scores.language)
    add_row(table, "lines", str(len(scores.lines)), f"{scores.sentences} sentences")
    add_row(table, "BLEU", f"{scores.bleu:.1f}", scores.bleu_signature)
    add_row(table, "chrF", f"{scores.chrf:.1f}", scores.chrf_signature)
    _add_gate(table, scores.gate)
    add_row(table, "tried again", f"{scores.retried:.1%}", "of the sentences")
    add_row(table, "from the cache", str(speed.cached), f"of {scores.sentences} sentences")
    if (rate := speed.sentences_per_second) is not None:
        add_row(table, "sentences a second", f"{rate:.2f}", f"engine alone, {speed.model_seconds:.1f} s")
    if (rate := speed.sentences_per_wall_second) is not None:
        add_row(table, "", f"{rate:.2f}", f"whole stage with its checks, {speed.wall_seconds:.1f} s")
    return table


def _add_gate(table: Table, gate: GateFigures) -> None:
    add_row(table, "doubted", f"{gate.flagged:.1%}", f"of {gate.lines} lines")
    for kind, share in gate.kinds:
        add_row(table, f"  {kind}", f"{share:.1%}", "")
    add_row(table, f"doubted below chrF {BAD_CHRF:.0f}", _share(gate.bad_flagged), f"of {gate.bad} lines")
    add_row(table, f"doubted above chrF {GOOD_CHRF:.0f}", _share(gate.good_flagged), f"of {gate.good} lines")
    add_row(table, "chrF of the doubted", _score(gate.flagged_chrf), "mean of the lines")
    add_row(table, "chrF of the others", _score(gate.unflagged_chrf), "mean of the lines")


def comparison_table(comparison: Comparison) -> Table:
    """Both systems, a row a metric, with 95 % confidence intervals."""
    table = plain_table("metric", "baseline", "system", "p", "how")
    add_row(table, "system", comparison.baseline, comparison.system, "", f"the {comparison.lines} lines that both have")
    for one in comparison.metrics:
        baseline = f"{one.baseline:.1f} ± {one.baseline_interval:.1f}"
        system = f"{one.system:.1f} ± {one.system_interval:.1f}"
        add_row(table, one.metric, baseline, system, f"{one.p_value:.3f}", one.signature)
    return table


def measured_table(found: Sequence[Measured]) -> Table:
    """A row for each model and language; the last two columns are the shares of doubted lines by chrF."""
    below, above = f"below chrF {BAD_CHRF:.0f}", f"above chrF {GOOD_CHRF:.0f}"
    table = plain_table("model", "language", "BLEU", "chrF", "sentences/s", "lines", "doubted", below, above)
    for one in found:
        speed = "" if one.speed is None else f"{one.speed:.2f}"
        shares = (_share(one.flagged), _share(one.bad_flagged), _share(one.good_flagged))
        scores = (f"{one.bleu:.1f}", f"{one.chrf:.1f}", speed, str(one.sentences))
        add_row(table, one.name, one.language, *scores, *shares)
    return table


def measured_line(one: Measured) -> str:
    """One model and language as soon as it is measured."""
    speed = "" if one.speed is None else f", {one.speed:.2f} sentences a second"
    return f"{one.name}: {one.language}: BLEU {one.bleu:.1f}, chrF {one.chrf:.1f}{speed}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _score(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def show(console: Console, table: Table) -> None:
    """Print a table; where there is no terminal, as wide as it is, because rich would cut it at 80 columns."""
    if not console.is_terminal:
        console = Terminal(file=console.file, width=_ANY_WIDTH, highlight=False)
    console.print(table)


def plain_table(*columns: str) -> Table:
    """A table without lines; a cell stays on one."""
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def add_row(table: Table, *cells: str) -> None:
    """Add a row of plain text: a name with brackets in it is no markup."""
    table.add_row(*map(Text, cells))


def _yes(value: bool) -> str:
    return "yes" if value else "no"
