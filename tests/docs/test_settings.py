"""The table of settings, and the configurations that come with worldbrief.

`pytest tests/docs --update-golden` writes the table anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.config import Config, Section, load
from pipeline.run.plan import STAGES
from tests.docs.markdown import ROOT, Document, rows, ticked

README = Document("configs/README.md")


def settings(config: Section, prefix: str = "") -> Iterator[str]:
    """Table rows of every setting, in the order of the file."""
    fields = type(config).model_fields
    depends = config.output_settings()
    for name, field in fields.items():
        value, key = getattr(config, name), f"{prefix}{name}"
        if isinstance(value, Section):
            yield from settings(value, f"{key}.")
            continue
        cache = "yes" if name in depends and key.split(".")[0] in STAGES else ""
        shown = "" if value == "" else f"`{_toml(value)}`"
        yield f"| `{key}` | {shown} | {cache} | {field.description}{_limits(field)} |"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _limits(field: Any) -> str:
    """The bounds that the type states, in words."""
    words = {"gt": "above", "ge": "at least", "le": "at most"}
    found = [f"{words[sign]} {getattr(rule, sign)}" for rule in field.metadata for sign in words if hasattr(rule, sign)]
    return f" ({', '.join(found)})" if found else ""


def test_table_of_settings(request: pytest.FixtureRequest) -> None:
    table = "\n".join(("| key | default | cache | what |", "|---|---|---|---|", *settings(Config()), ""))
    assert README.generated("config", table, update=request.config.getoption("--update-golden")) == table


def test_configurations_are_listed_and_state_differences_only() -> None:
    files = {path.name: path for path in (ROOT / "configs").glob("*.toml")}
    assert {ticked(cells[0])[0] for cells in rows(README.text, "file")} == set(files)
    assert load(files.pop("default.toml")) == Config()
    defaults = Config().model_dump(mode="json")
    for name, path in files.items():
        load(path)
        for head, values in tomllib.loads(path.read_text(encoding="utf-8")).items():
            same = {key for key, value in values.items() if defaults[head][key] == value}
            assert not same, f"{name}: [{head}] repeats the default of {same}"
