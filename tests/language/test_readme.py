"""Which language has what: the table of the README, held against the files.

`pytest tests/language --update-golden` writes it anew.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from pipeline.language.codes import english_name
from pipeline.language.facts import Facts, facts, known
from tests.docs.markdown import Document, rows, ticked

README = Document("pipeline/language/README.md")
SECTIONS = [name for name in Facts.model_fields if name != "inherits"]


def _name(code: str) -> str:
    return "Chinese" if code == "zh" else english_name(code)


def _row(code: str) -> str:
    told, nothing = facts(code), Facts()
    own = tomllib.loads((files("pipeline.language") / "data" / f"{code}.toml").read_text(encoding="utf-8"))
    cells = (
        "✓" if name in own else told.inherits if getattr(told, name) != getattr(nothing, name) else ""
        for name in SECTIONS
    )
    return f"| `{code}` | {_name(code)} | {' | '.join(cells)} |"


def test_table_of_languages(request: pytest.FixtureRequest) -> None:
    head = f"| code | language | {' | '.join(name.replace('_', ' ') for name in SECTIONS)} |"
    table = "\n".join((head, "|---|---|" + ":-:|" * len(SECTIONS), *map(_row, known()), ""))
    assert README.generated("languages", table, update=request.config.getoption("--update-golden")) == table


def test_every_section_is_explained_in_order() -> None:
    assert [ticked(cells[0])[0] for cells in rows(README.text, "section")] == SECTIONS
