"""The tables of models, at the widths that people have."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from pipeline.cli.display import show
from pipeline.cli.tables import candidates_table, is_narrow, models_table
from pipeline.config import Translate
from pipeline.models import registry
from pipeline.models.manifest import InstalledModel
from pipeline.models.routing import explain
from pipeline.models.store import ModelStore

INSTALLED = ("worldbrief-qwen2.5-1.5b", "opus-mt-ko-en", "firefox-ko-en", "firefox-pt-en")


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, InstalledModel]:
    store = ModelStore(tmp_path)
    for name in INSTALLED:
        with store.installing(name) as workspace:
            (workspace.staging / "model.bin").write_bytes(b"x" * 5_000_000)
            workspace.commit(registry.load().named(name), source="a test")
    return store.installed()


def shown(table: Table, width: int, *, terminal: bool = True) -> list[str]:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=terminal, color_system=None, highlight=False)
    show(console, table)
    return file.getvalue().splitlines()


def consoles() -> list[tuple[int, bool]]:
    return [(80, True), (120, True), (80, False)]


@pytest.mark.parametrize(("width", "terminal"), consoles())
def test_the_list_of_models_is_whole(installed: dict[str, InstalledModel], width: int, terminal: bool) -> None:
    narrow = is_narrow(Console(width=width, force_terminal=terminal))
    assert narrow == ((width, terminal) == (80, True))
    lines = shown(
        models_table(registry.load(), installed, dict.fromkeys(installed, ""), narrow=narrow), width, terminal=terminal
    )
    if terminal:
        assert max(map(len, lines)) <= width
    assert lines[0].split() == ["model", "reads", "here", "BLEU", "sent/s", "licence", "size"]
    rows = {line.split()[0]: line for line in lines if line[:1].strip()}
    for entry in registry.load().model:
        # Every cell is whole: the last one, too.
        assert rows[entry.name].rstrip().endswith((" MB", " GB"))
        assert f" {entry.licence} " in rows[entry.name]
    assert "non-commercial" in "\n".join(lines)
    if not narrow:
        assert "CC-BY-NC-4.0 non-commercial" in rows["nllb-200-distilled-600M"]
        assert "46.6 published" in rows["firefox-pt-en"]
        assert "measured" in rows["worldbrief-qwen2.5-1.5b"]
        assert len(lines) == len(rows)  # one line a row, for programs


def test_members_of_a_family_stand_under_it(installed: dict[str, InstalledModel]) -> None:
    lines = shown(models_table(registry.load(), installed, dict.fromkeys(installed, ""), narrow=False), 120)
    found = [line.split()[:3] for line in lines]
    assert found[1:4] == [
        ["firefox-{language}-en", "any", "1"],
        ["firefox-ko-en", "ko", "yes"],
        ["firefox-pt-en", "pt", "yes"],
    ]
    assert ["opus-mt-ko-en", "ko", "yes"] in found
    assert sum(line[0] == "firefox-pt-en" for line in found) == 1


def test_a_damaged_model_and_one_that_is_not_listed(installed: dict[str, InstalledModel], tmp_path: Path) -> None:
    store = ModelStore(tmp_path)
    with store.installing("own") as workspace:
        (workspace.staging / "model.bin").write_bytes(b"x")
        entry = registry.load().named("opus-mt-ko-en").model_copy(update={"name": "own"})
        workspace.commit(entry, source="a test")
    problems = {**dict.fromkeys(store.installed(), ""), "opus-mt-ko-en": "is damaged"}
    lines = shown(models_table(registry.load(), store.installed(), problems, narrow=False), 120)
    assert any(line.split()[:3] == ["opus-mt-ko-en", "ko", "damaged"] for line in lines)
    assert lines[-1].split()[0] == "own"
    assert "not listed" in lines[-1]


@pytest.mark.parametrize(("width", "terminal"), consoles())
def test_the_models_of_a_language_come_in_order_with_reasons(
    installed: dict[str, InstalledModel], width: int, terminal: bool
) -> None:
    candidates = explain("ko", Translate(require_commercial=True), registry.load(), dict.fromkeys(installed, ""))
    narrow = is_narrow(Console(width=width, force_terminal=terminal))
    lines = shown(candidates_table("ko", candidates, installed, narrow=narrow), width, terminal=terminal)
    if terminal:
        assert max(map(len, lines)) <= width
    rows = [line.split()[0] for line in lines[1:] if line[:1].strip()]
    assert rows == [candidate.choice.names[0] for candidate in candidates]
    text = " ".join(" ".join(lines).split())
    assert "27.9" in text
    assert "used" in text
    if not narrow:
        line = next(line for line in lines if line.startswith("firefox-ko-en"))
        assert line.split() == ["firefox-ko-en", "27.9", "published", "MPL-2.0", "5", "MB", "used"]
        line = next(line for line in lines if line.startswith("nllb"))
        assert "licence:" in line


def test_a_score_that_is_only_assumed_is_not_shown(installed: dict[str, InstalledModel]) -> None:
    candidates = explain("gl", Translate(), registry.load(), dict.fromkeys(installed, ""))
    text = "\n".join(shown(candidates_table("gl", candidates, installed, narrow=False), 200))
    assert "assumed" not in text
    assert "not known" in text


def test_a_pivot_is_one_row(installed: dict[str, InstalledModel]) -> None:
    settings = Translate(pivot={"gl": ("opus-mt-gl-es", "firefox-es-en")})
    candidates = explain("gl", settings, registry.load(), dict.fromkeys(installed, ""))
    lines = shown(candidates_table("gl", candidates, installed, narrow=False), 200)
    assert lines[1].startswith("opus-mt-gl-es then firefox-es-en")
    assert lines[1].rstrip().endswith("not installed: opus-mt-gl-es, firefox-es-en")
    assert " 350 MB " in lines[1]
