"""The file for node_exporter, read by the parser of Prometheus' own client."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pipeline.errors import ArticleError, Refused
from pipeline.report.metrics import METRICS, Ended, write
from pipeline.report.report import RunReport
from pipeline.store.inbox import FeedState

SUCCESS = "worldbrief_last_success_timestamp_seconds"


def report() -> RunReport:
    made = RunReport(issue="i", started="s", articles=10, told=3, listed=2, known=1, sentences=8, doubtful=2)
    made.stage("extract").count("computed", 7)
    made.fail("a", "extract", Refused("no-text", "m"))
    made.fail("b", "translate", ArticleError('odd"kind\\\n', "m"))
    return made


FEEDS = (FeedState(url="a"), FeedState(url="b", failures=2), FeedState(url="c", failures=9, gone="2026-11-01"))


def ended(at: float, status: int, of: RunReport | None = None) -> Ended:
    return Ended(at=at, seconds=1.5, exit_status=status, version="0.1.0", report=of, feeds=FEEDS)


def read(path: Path) -> dict[str, dict[tuple[str, ...], float]]:
    """Name to values of its labels, in the order of their names, to value."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(path.read_text(encoding="utf-8")):
        assert family.type == "gauge"
        assert family.documentation
        assert family.name in METRICS
        for sample in family.samples:
            assert set(sample.labels) == {"desk", *METRICS[family.name][1]}
            labels = tuple(sample.labels[name] for name in METRICS[family.name][1])
            assert labels not in found.setdefault(sample.name, {})
            found[sample.name][labels] = sample.value
    return found


def test_all_of_a_run(tmp_path: Path) -> None:
    path = tmp_path / "morning.prom"
    write(path, ended(1000.0, 1, report()))
    found = read(path)
    assert set(found) == set(METRICS)
    assert 'desk="morning"' in path.read_text(encoding="utf-8")
    assert found[SUCCESS] == {(): 1000.0}
    assert found["worldbrief_last_run_failures"] == {("extract", "no-text"): 1, ("translate", 'odd"kind\\\n'): 1}
    articles = found["worldbrief_last_run_articles"]
    assert (articles["told",], articles["refused",], articles["failed",], articles["other",]) == (3, 1, 1, 2)
    assert sum(articles.values()) == 10
    assert found["worldbrief_last_run_sentences"] == {("sound",): 6, ("doubted",): 2}
    assert found["worldbrief_last_run_feeds"] == {("answering",): 1, ("failing",): 1, ("gone",): 1}
    assert [file.name for file in tmp_path.iterdir()] == ["morning.prom"]


def test_a_failure_leaves_the_time_of_the_last_success(tmp_path: Path) -> None:
    path = tmp_path / "m.prom"
    write(path, ended(500.0, 2))
    assert SUCCESS not in read(path)
    write(path, ended(1000.0, 0, report()))
    write(path, ended(2000.0, 1))
    found = read(path)
    assert found[SUCCESS] == {(): 1000.0}
    assert found["worldbrief_last_run_timestamp_seconds"] == {(): 2000.0}
    assert found["worldbrief_last_run_exit_status"] == {(): 1.0}
    assert "worldbrief_last_run_articles" not in found


@pytest.mark.parametrize("before", [b"\xff\xfe", b"worldbrief_last_success_timestamp_seconds{", b"", b"x y z\n"])
def test_a_damaged_file_is_replaced(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "m.prom"
    path.write_bytes(before)
    write(path, ended(7.0, 1))
    assert SUCCESS not in read(path)


def test_names_follow_the_rules() -> None:
    """Those of https://prometheus.io/docs/practices/naming/: one prefix, base units at the end, no total of a gauge."""
    for name in METRICS:
        assert name.startswith("worldbrief_")
        assert not name.endswith(("_total", "_count", "_sum", "_bucket", "_ms", "_minutes"))
        if "timestamp" in name or "duration" in name:
            assert name.endswith("_seconds")
