"""The README of the command line has every command, option and exit status."""

from __future__ import annotations

import re

import pytest

from pipeline.cli.app import NOTHING_NEW
from pipeline.cli.operation import INTERRUPTED, TERMINATED
from pipeline.errors import ConfigError, WorldbriefError
from tests.docs.commands import COMMANDS
from tests.docs.markdown import Document, rows, ticked

TEXT = Document("pipeline/cli/README.md").text


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_and_its_options(path: tuple[str, ...]) -> None:
    name = " ".join(("worldbrief", *path))
    mine = [cells for cells in rows(TEXT, "command") if ticked(cells[0])[0].startswith(name)]
    assert any(re.fullmatch(rf"{re.escape(name)}( .*)?", ticked(cells[0])[0]) for cells in mine)
    # What all commands have in common stands above the table.
    text = "\n".join((TEXT.partition("| command |")[0], *(" ".join(cells) for cells in mine)))
    for parameter in COMMANDS[path].params:
        for option in (word for word in parameter.opts if word.startswith("-")):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", text), f"{name} {option} is not described"


def test_each_line_stands_once() -> None:
    said = [cells[0] for cells in rows(TEXT, "command")]
    assert sorted(set(said)) == sorted(said)


def test_exit_statuses() -> None:
    table = {int(cells[0]) for cells in rows(TEXT, "exit status")}
    assert table == {0, WorldbriefError.exit_code, ConfigError.exit_code, NOTHING_NEW, INTERRUPTED, TERMINATED}
