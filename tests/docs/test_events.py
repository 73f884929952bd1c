"""What logs and metrics promise: their README, held against the code. `pytest tests/docs --update-golden` writes it."""

from __future__ import annotations

import ast

import pytest

from pipeline.events import EVENTS
from pipeline.report.metrics import METRICS
from tests.docs.markdown import ROOT, Document, ticked

README = Document("pipeline/events/README.md")


def test_table_of_events(request: pytest.FixtureRequest) -> None:
    lines = ["| event | level | fields | says |", "|---|---|---|---|"]
    for name, event in EVENTS.items():
        fields = ", ".join(f"`{field}`" for field in event.fields)
        lines.append(f"| `{name}` | {event.level} | {fields} | {event.says} |")
    table = "\n".join((*lines, ""))
    assert README.generated("events", table, update=request.config.getoption("--update-golden")) == table


def test_table_of_metrics(request: pytest.FixtureRequest) -> None:
    lines = ["| metric | labels | says |", "|---|---|---|"]
    for name, (says, labels) in METRICS.items():
        lines.append(f"| `{name}` | {', '.join(f'`{label}`' for label in labels)} | {says} |")
    table = "\n".join((*lines, ""))
    assert README.generated("metrics", table, update=request.config.getoption("--update-golden")) == table


def test_every_metric_in_the_text_is_one() -> None:
    text = README.section("## Metrics").split("<!-- /metrics -->")[1]
    named = {word.split("{")[0] for word in ticked(text) if word.startswith("worldbrief_")}
    assert named
    assert named <= set(METRICS)


def test_events_are_told_as_they_are_declared() -> None:
    """Each call in the package names an event and gives all of its fields, and each event is told somewhere."""
    told: dict[str, set[tuple[str, ...]]] = {}
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called == "tell" or called.endswith(".say"):
                first = node.args[0]
                if not isinstance(first, ast.Constant):
                    continue
                # `**fields` is looked at by the test of a run.
                given = tuple(sorted(keyword.arg or "**" for keyword in node.keywords))
                told.setdefault(str(first.value), set()).add(given)
    assert set(told) - {""} <= set(EVENTS)
    assert set(EVENTS) - set(told) == {"library"}
    for name, calls in told.items():
        for given in calls:
            if "**" not in given:
                assert given == tuple(sorted(EVENTS[name].fields)), name
