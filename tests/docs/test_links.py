"""Links between the documents lead somewhere, and the commands in them exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.docs.commands import ROOT_COMMAND, options
from tests.docs.markdown import ROOT, Document, anchor, documents, name

DOCUMENTS = documents()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_within_the_repository(path: Path) -> None:
    for target in Document(name(path)).links():
        if "://" in target:
            continue
        place, _, fragment = target.partition("#")
        linked = (path.parent / place).resolve() if place else path
        assert linked.is_relative_to(ROOT), f"{target} leads out of the repository"
        assert linked.exists(), f"{target} is missing"
        if fragment:
            assert fragment in map(anchor, Document(name(linked)).headings()), f"{target}: no such heading"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_commands_exist(path: Path) -> None:
    for line in Document(name(path)).commands():
        words = shlex.split(line)[1:]
        command: Any = ROOT_COMMAND
        while words and hasattr(command, "commands") and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        if hasattr(command, "commands"):
            assert not words or words[0].startswith("-"), f"{line}: no command {words[0]!r}"
        assert {word for word in words if re.match(r"-\w|--\w", word)} <= options(command), line


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_modules_that_are_run_exist(path: Path) -> None:
    for module in re.findall(r"python -m (tests\.[\w.]+)", re.sub(r"\s+", " ", Document(name(path)).text)):
        assert (ROOT / (module.replace(".", "/") + ".py")).is_file(), f"no module {module}"


def test_a_room_with_a_readme_is_reached_from_the_first_one() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        targets = (target.partition("#")[0] for target in Document(name(path)).links() if "://" not in target)
        waiting += [(path.parent / target).resolve() for target in targets if target.endswith(".md")]
    assert [name(path) for path in DOCUMENTS if path not in reached] == []
