"""The table of settings, and the configurations that come with worldbrief.

`pytest tests/docs --update-golden` writes the table anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.config import Config, DigestSection, IssueSection, Rule, Section, load
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


def settings_of_a_digest() -> Iterator[str]:
    """Likewise of what a digest has beside the keys of `[issue]` and `[publish]`."""
    for name, field in DigestSection.model_fields.items():
        if name in IssueSection.model_fields or name == "publish":
            continue
        shown = "" if field.is_required() or field.default == "" else f"`{_toml(field.default)}`"
        yield f"| `{name}` | {shown} | {field.description} |"
    for name, field in Rule.model_fields.items():
        yield f"| `take[].{name}`, `leave[].{name}` | `{_toml(field.default)}` | {field.description} |"


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


def test_table_of_a_digest(request: pytest.FixtureRequest) -> None:
    table = "\n".join(("| key | default | what |", "|---|---|---|", *settings_of_a_digest(), ""))
    assert README.generated("digest", table, update=request.config.getoption("--update-golden")) == table


def test_configurations_are_listed_and_state_differences_only() -> None:
    files = {path.name: path for path in (ROOT / "configs").glob("*.toml")}
    assert {ticked(cells[0])[0] for cells in rows(README.text, "file")} == set(files)
    assert load(files.pop("default.toml")) == Config()
    defaults = Config().model_dump(mode="json")
    for name, path in files.items():
        load(path)
        for head, values in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if head == "digest":
                continue  # what it says goes over [issue], not over the defaults
            same = {key for key, value in values.items() if defaults[head][key] == value}
            assert not same, f"{name}: [{head}] repeats the default of {same}"
