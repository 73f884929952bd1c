"""Who may import whom, and what an import may do."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = (
    "torch",
    "transformers",
    "ctranslate2",
    "openvino",
    "openvino_genai",
    "fxtranslate",
    "spacy",
    "trafilatura",
    "datasets",
    "lxml",
    "pyarrow",
)
ENGINES = [f"pipeline.backends.{path.stem}" for path in (PACKAGE / "backends").glob("[a-z]*.py")]
# Imported by `pipeline.ingest.tables` when there is a table to read.
TABLE_READER = "pipeline.ingest.rows"
MAY_SPEAK = {
    "pipeline.cli", "pipeline.cli_evaluate", "pipeline.cli_models", "pipeline.console", "pipeline.display",
    "pipeline.model_tables",
}  # fmt: skip


def name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path, *, at_import: bool = False) -> set[str]:
    """Modules that a module imports anywhere, or only what is imported with it; for typing alone does not count."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree(path)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        if at_import and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        waiting += ast.iter_child_nodes(node)
    return found


def within(modules: set[str], *packages: str) -> set[str]:
    return {module for module in modules if module.startswith(tuple(f"{package}." for package in packages))
            or module in packages}  # fmt: skip


def below(package: str) -> list[Path]:
    return [path for path in MODULES if name(path).startswith(package)]


def test_the_command_line_starts_without_the_libraries_of_models() -> None:
    code = f"import sys, pipeline.cli; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.read_text(encoding="utf-8").strip():
        assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", [*below("pipeline.stages"), *below("pipeline.translation")], ids=name)
def test_stages_know_no_engine_and_not_each_other(path: Path) -> None:
    found = imports(path)
    assert not within(found, *HEAVY, *ENGINES)
    assert not within(
        found, "pipeline.cli", "pipeline.display", "pipeline.runner", "pipeline.job", "pipeline.assemble",
        "pipeline.ingest", "pipeline.issue", "pipeline.models", "pipeline.state",
    )  # fmt: skip
    stages = {module for module in within(found, "pipeline.stages") if _is_module(module)}
    assert stages <= {"pipeline.stages", "pipeline.stages.english"}


@pytest.mark.parametrize("path", below("pipeline.backends"), ids=name)
def test_backends_know_no_article(path: Path) -> None:
    assert not within(
        imports(path), "pipeline.article", "pipeline.stages", "pipeline.cache", "pipeline.runner", "pipeline.report",
        "pipeline.issue", "pipeline.ingest", "pipeline.models",
    )  # fmt: skip


@pytest.mark.parametrize("path", [*below("pipeline.text"), *below("pipeline.extraction")], ids=name)
def test_text_is_for_everybody(path: Path) -> None:
    found = imports(path)
    assert not within(found, *ENGINES)
    assert not within(
        found, "pipeline.stages", "pipeline.cache", "pipeline.runner", "pipeline.job",
        "pipeline.models", "pipeline.issue", "pipeline.config", *HEAVY[:7],
    )  # fmt: skip


@pytest.mark.parametrize("path", below("pipeline.dictionaries"), ids=name)
def test_dictionaries_know_languages_only(path: Path) -> None:
    ours = {module for module in within(imports(path), "pipeline") if _is_module(module)}
    assert not ours - within(ours, "pipeline.dictionaries") - {"pipeline", "pipeline.languages", "pipeline.errors"}


@pytest.mark.parametrize("path", [path for path in MODULES if name(path) not in MAY_SPEAK], ids=name)
def test_only_the_command_line_speaks_and_exits(path: Path) -> None:
    found = imports(path)
    # Measuring the width of a character is not speaking.
    assert within(found, "rich", "typer") <= {"rich.cells", "rich.cells.cell_len"}
    called = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert not called & {"print", "exit", "quit", "input"}
    # A module that is a process of its own leaves by its status.
    if not _is_process(path):
        assert "sys.exit" not in called


def _is_module(dotted: str) -> bool:
    path = ROOT.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def _is_process(path: Path) -> bool:
    return path.name == "__main__.py" or '__name__ == "__main__"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_heavy_libraries_are_loaded_when_they_are_used(path: Path) -> None:
    heavy = ("torch", "transformers", "ctranslate2", "openvino", "openvino_genai", "fxtranslate", "spacy", "datasets")
    found = imports(path, at_import=True)
    assert not within(found, TABLE_READER)
    if name(path) != TABLE_READER:
        assert not within(found, *heavy)


def test_importing_touches_neither_files_nor_environment(tmp_path: Path) -> None:
    code = """
import importlib, os, sys
names = sys.argv[1:]
environment = dict(os.environ)
watched = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.listdir", "os.scandir", "os.putenv",
           "os.unsetenv", "subprocess.Popen", "socket.connect", "shutil.rmtree", "sqlite3.connect"}
touched = []
def ours():
    # What other packages do when they are imported or build a class is theirs; the nearest frame decides.
    frame = sys._getframe(2)
    while frame is not None and not any(
        place in frame.f_code.co_filename for place in ("importlib._bootstrap", "site-packages")
    ):
        if str(frame.f_globals.get("__name__")).startswith("pipeline"):
            return True
        frame = frame.f_back
    return False
def watch(event, arguments):
    if event in watched and ours():
        touched.append((event, str(arguments)))
sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
assert not touched, touched
"""
    # `__main__` runs the command.
    names = [name(path) for path in MODULES if path.name != "__main__.py"]
    assert len(names) > 100
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", code, *names], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert list(_files(tmp_path)) == []


def _files(folder: Path) -> Iterator[Path]:
    return folder.rglob("*")


def test_every_module_has_a_place_among_the_tests() -> None:
    """Each top-level module and package of ours is tested by a file or folder of its name, or named here with where."""
    elsewhere = {
        "__init__", "__main__",  # the command line
        "article", "errors",  # every stage
        "assemble", "cli_evaluate", "cli_models", "console", "job",  # the command line and the kills
        "database",  # the cache and the state
        "urls",  # the issue
    }  # fmt: skip
    ours = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests").iterdir()}
    assert ours - tested - elsewhere == set()


def test_the_public_names_of_a_package_exist() -> None:
    for path in MODULES:
        module = importlib.import_module(name(path)) if path.name == "__init__.py" else None
        for public in getattr(module, "__all__", []):
            assert hasattr(module, public)
