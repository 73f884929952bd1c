"""What the last run did as metrics, in the text format of Prometheus: a file for node_exporter's textfile collector.

A run is a batch: all of it is gauges of the last one, by the naming rules of Prometheus
(https://prometheus.io/docs/practices/naming/). Each has the label `desk`, the name of the file without its suffix: two
desks on one machine write two files, and node_exporter wants no series twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from pipeline.files import write_atomically
from pipeline.report.report import RunReport
from pipeline.watch.alarm import Kind

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from pipeline.store.inbox import FeedState

_SUCCESS: Final = "worldbrief_last_success_timestamp_seconds"
_DESK: Final = "desk"

METRICS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "worldbrief_last_run_timestamp_seconds": (
        "When the last run ended, whatever came of it, in seconds since 1970.",
        (),
    ),
    _SUCCESS: (
        "When a run last came to its end, in seconds since 1970; that single articles failed, or nothing was new, is no"
        " failure of the run.",
        (),
    ),
    "worldbrief_last_run_exit_status": ("Exit status of the last run.", ()),
    "worldbrief_last_run_duration_seconds": ("How long the last run took.", ()),
    "worldbrief_last_run_articles": (
        "Articles of the last run by what became of them.",
        ("outcome",),
    ),
    "worldbrief_last_run_failures": (
        "Articles that were refused or failed in the last run, without those in quarantine.",
        ("stage", "kind"),
    ),
    "worldbrief_last_run_quarantined_articles": (
        "Articles that were refused or failed in an earlier run and not tried again; among the refused and failed.",
        (),
    ),
    "worldbrief_last_run_stage_articles": ("Articles that reached a stage in the last run.", ("stage", "result")),
    "worldbrief_last_run_stage_duration_seconds": ("Time spent in a stage in the last run.", ("stage",)),
    "worldbrief_last_run_sentences": ("Translated sentences of the last run.", ("verdict",)),
    "worldbrief_last_run_silent_outlets": ("Outlets that are usually there and had nothing new in the last run.", ()),
    "worldbrief_last_run_feeds": (
        "Feeds that the last run followed: answering, failing, or gone for good.",
        ("state",),
    ),
    "worldbrief_last_run_alarms": ("Alarms of sources that are probably broken, by kind.", ("kind",)),
    "worldbrief_last_run_repairs": ("What was found damaged in the cache in the last run, and mended.", ()),
    "worldbrief_build_info": ("Always 1; the label is the version.", ("version",)),
}
"""Name to what it says and its labels beside `desk`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended. `at` is in seconds since 1970; `report` is None where it did not come to one."""

    at: float
    seconds: float
    exit_status: int
    version: str
    report: RunReport | None = None
    feeds: Sequence[FeedState] = ()
    """Those that were followed, as they are now."""


def write(path: Path, ended: Ended) -> None:
    """Replace the file at once; the time of the last success is taken over from it where this run was none.

    Raises:
        OSError: it cannot be written.
    """
    from prometheus_client import generate_latest

    try:
        success = _success_before(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        success = None
    write_atomically(path, [generate_latest(_Collected(list(_families(path.stem, ended, success))))])


class _Collected:
    """What `generate_latest` asks: something that can be collected."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def _families(desk: str, ended: Ended, success: float | None) -> Iterator[Metric]:
    from prometheus_client.metrics_core import GaugeMetricFamily

    values = _values(ended, success)
    for name, (says, labels) in METRICS.items():
        if name in values:
            family = GaugeMetricFamily(name, says, labels=[_DESK, *labels])
            for found, value in values[name].items():
                family.add_metric([desk, *found], value)
            yield family


def _values(ended: Ended, success: float | None) -> dict[str, dict[tuple[str, ...], float]]:
    """Name to labels to value; what is not known is left out."""
    values: dict[str, dict[tuple[str, ...], float]] = {
        "worldbrief_last_run_timestamp_seconds": {(): ended.at},
        "worldbrief_last_run_exit_status": {(): ended.exit_status},
        "worldbrief_last_run_duration_seconds": {(): ended.seconds},
        "worldbrief_build_info": {(ended.version,): 1},
    }
    report = ended.report
    if report is not None:
        success = ended.at
        values |= {
            "worldbrief_last_run_articles": _articles(report),
            "worldbrief_last_run_failures": {
                (*name.split("/", 1),): number for name, number in report.failure_counts.items()
            },
            "worldbrief_last_run_quarantined_articles": {(): report.quarantined},
            "worldbrief_last_run_stage_articles": {
                (stage.stage, result): getattr(stage, result)
                for stage in report.stages
                for result in ("cached", "computed", "skipped", "refused", "failed")
            },
            "worldbrief_last_run_stage_duration_seconds": {(stage.stage,): stage.seconds for stage in report.stages},
            "worldbrief_last_run_sentences": {
                ("sound",): report.sentences - report.doubtful,
                ("doubted",): report.doubtful,
            },
            "worldbrief_last_run_silent_outlets": {(): len(report.silent)},
            "worldbrief_last_run_feeds": _feeds(ended.feeds),
            "worldbrief_last_run_alarms": {
                (kind,): sum(alarm.kind == kind for alarm in report.alarms) for kind in get_args(Kind)
            },
            "worldbrief_last_run_repairs": {(): len(report.repairs)},
        }
    if success is not None:
        values[_SUCCESS] = {(): success}
    return values


def _articles(report: RunReport) -> dict[tuple[str, ...], float]:
    became = {
        "told": report.told,
        "listed": report.listed,
        "dropped": report.dropped,
        "dropped_by_editor": report.dropped_by_editor,
        "known": report.known,
        "duplicate": report.duplicates,
        "left_out": report.left_out,
        "refused": sum(stage.refused for stage in report.stages),
        "failed": report.failed,
    }
    became["other"] = max(0, report.articles - sum(became.values()))
    return {(outcome,): number for outcome, number in became.items()}


def _feeds(feeds: Iterable[FeedState]) -> dict[tuple[str, ...], float]:
    states = ["gone" if feed.gone else "failing" if feed.failures else "answering" for feed in feeds]
    return {(state,): states.count(state) for state in ("answering", "failing", "gone")}


def _success_before(text: str) -> float | None:
    """When the last success was, by a file of before; None where it does not say, or is damaged."""
    from prometheus_client.parser import text_string_to_metric_families

    try:
        families = list(text_string_to_metric_families(text))
    except ValueError:
        return None
    return next((sample.value for family in families for sample in family.samples if sample.name == _SUCCESS), None)
