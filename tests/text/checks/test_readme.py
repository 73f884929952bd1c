"""The tables of the README: the kinds of doubt and the list of checks.

`pytest tests/text/checks --update-golden` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipeline.text.checks.all import CHECKS, Check
from pipeline.text.doubts import KINDS, DoubtKind, Kind
from tests.docs.markdown import Document

README = Document("pipeline/text/checks/README.md")


def kind_row(name: DoubtKind, kind: Kind) -> str:
    weight = "of model" if kind.of_model else kind.severity
    return f"| `{name}` | {weight} | {'told' if kind.is_told else ''} | {kind.held_against} |"


def check_row(check: Check) -> str:
    module = check.judge.__module__.removeprefix("pipeline.text.")
    others = ", ".join(f"`{other.__name__.removeprefix('check_')}`" for other in check.unless)
    return f"| `{check.judge.__name__.removeprefix('check_')}` | `{module}` | {check.needs} | {others} |"


def table(head: Iterable[str], rows: Iterable[str]) -> str:
    cells = [*head]
    return "\n".join((f"| {' | '.join(cells)} |", "|---" * len(cells) + "|", *rows, ""))


TABLES = {
    "kinds": table(
        ("warning", "weight", "next attempt", "held against"), (kind_row(name, kind) for name, kind in KINDS.items())
    ),
    "checks": table(("check", "module", "needs", "not asked after"), map(check_row, CHECKS)),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str, request: pytest.FixtureRequest) -> None:
    update = request.config.getoption("--update-golden")
    assert README.generated(name, TABLES[name], update=update) == TABLES[name]
