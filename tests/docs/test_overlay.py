"""The README of the overlay has every key that the file may have, and its example is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

from pipeline.config import Section
from pipeline.overlay import file
from pipeline.overlay.overlay import Overlay
from tests.docs.markdown import Document, rows, ticked

README = Document("pipeline/overlay/README.md")
# What stands for the keys of a table of tables.
_OF_DICT = {"issue": "ID", "article": "ARTICLE"}


def keys(section: type[Section], prefix: str = "") -> Iterator[str]:
    """Every key in dotted form, `[]` after those that hold a list."""
    for name, field in section.model_fields.items():
        kind = field.annotation
        inner = next((part for part in get_args(kind) if isinstance(part, type) and issubclass(part, Section)), None)
        if get_origin(kind) is dict and inner:
            yield from keys(inner, f"{prefix}{name}.{_OF_DICT[name]}.")
        elif get_origin(kind) is tuple:
            yield from keys(inner, f"{prefix}{name}[].") if inner else [f"{prefix}{name}[]"]
        else:
            yield prefix + name


def test_keys() -> None:
    table: list[str] = []
    for cells in rows(README.text, "key"):
        first, *more = ticked(cells[0])
        prefix = first[: first.rfind(".") + 1]
        table += [first, *(prefix + name for name in more)]
    assert sorted(table) == sorted(keys(Overlay))


def test_example(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README.text, re.DOTALL)
    path = tmp_path / "overlay.toml"
    path.write_text(example, encoding="utf-8")
    overlay = file.read(path)
    assert overlay.name
    assert overlay.of("2026-11-23").article
