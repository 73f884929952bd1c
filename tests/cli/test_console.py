"""What a terminal would act on is shown to it, not sent: in lines, in tables, beside bars and in errors."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import Terminal
from pipeline.cli.display import RunDisplay, show, summary_table
from pipeline.report.report import RunReport
from tests.cli.test_cli import Command, worldbrief  # noqa: F401  (the fixture)
from tests.hostile import STRINGS
from tests.hostile_run import FILES, write

# What rich itself sends: colours and where the cursor is.
_OURS = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
_ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_lines_and_tables(is_terminal: bool) -> None:
    file = io.StringIO()
    console = Terminal(file=file, force_terminal=is_terminal, width=100, color_system=None, highlight=False)
    table = Table("one", "two")
    for text in STRINGS:
        text = text.encode(errors="ignore").decode()
        console.print(text, markup=False)
        table.add_row(Text(text), "x")
    show(console, table)
    show(console, summary_table(RunReport(issue="x", started="x")))
    with RunDisplay(console, ("extract", "\x1b]0;pwned\x07")) as shown:
        shown.detail("extract", 1, 2)
    said = file.getvalue()
    assert not _ACTIVE.search(_OURS.sub("", said).replace("\r", ""))
    assert "\\u001b]0;pwned" in said
    # Brackets in a text are no commands of rich's.
    assert "[bold red]pwned[/]" in said


def test_names_of_files_and_refusals(worldbrief: Command, tmp_path: Path) -> None:  # noqa: F811
    write(Path("news"))
    Path("quick.toml").write_text('[translate]\nmodel = "fake"\n', encoding="utf-8")
    done = worldbrief("run", "news", "--config", "quick.toml", "--issue", "2026-02-04", "--until", "extract")
    assert done.code == 1
    assert not _ACTIVE.search(done.err + done.out)
    # One line each: a name with a line break in it tells no lies.
    assert sum(line.startswith(("refused: ", "failed: ")) for line in done.err.splitlines()) >= len(FILES)
    assert "\nrefused: x" not in done.err


@pytest.mark.parametrize("text", ["\x1b]0;pwned\x07", "\x9b31m", "\u202epwned"])
def test_arguments(text: str, worldbrief: Command) -> None:  # noqa: F811
    for arguments in (
        ("run", text),
        ("run", "--config", text),
        ("run", "--until", text),
        ("run", "--issue", text),
        ("models", "list", text),
        ("models", "remove", text),
        ("translate", "--from", text),
        ("review", text),
        ("approve", text),
        ("publish", text),
    ):
        done = worldbrief(*arguments)
        assert done.code
        assert not _ACTIVE.search(done.err + done.out), arguments


def test_settings(worldbrief: Command) -> None:  # noqa: F811
    Path("worldbrief.toml").write_text('[issue]\ntitle = "x \\u001b]0;pwned\\u0007"\n', encoding="utf-8")
    done = worldbrief("config", "show")
    assert done.code == 0
    assert not _ACTIVE.search(done.out)
    Path("worldbrief.toml").write_text('[issue]\n"ti\\u001b]0;pwned\\u0007" = "x"\n', encoding="utf-8")
    done = worldbrief("config", "show")
    assert done.code == 2
    assert not _ACTIVE.search(done.err)
