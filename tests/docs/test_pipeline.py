"""The README of the rooms: as many as there are, and no file in it that is gone."""

from __future__ import annotations

import re

from tests.docs.markdown import ROOT, Document, rows, ticked

README = Document("pipeline/README.md")
PACKAGE = ROOT / "pipeline"


def test_the_rooms() -> None:
    listed = [word for cells in rows(README.text, "room") for word in ticked(cells[0])]
    packages = [f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")]
    leaves = [path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("__")]
    assert sorted(listed) == sorted([*packages, *leaves])


def test_the_files_that_one_touches_are_there() -> None:
    section = README.section("## To add something")
    named = [word for word in ticked(section) if word.endswith((".py", ".toml")) and "<" not in word]
    assert len(named) > 10
    assert [word for word in named if not (PACKAGE / word).is_file()] == []


def test_as_many_files_as_the_heading_says() -> None:
    _, *parts = README.section("## To add something").split("\n**")
    assert len(parts) >= 5
    for part in parts:
        heading, _, text = part.partition("\n")
        steps = re.findall(r"^\d\. ", text, re.MULTILINE)
        assert not steps or max(map(int, re.findall(r"\d", heading))) == len(steps), heading
