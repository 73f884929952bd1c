"""Who may import whom, and what an import may do."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))
MODEL_LIBRARIES = (
    "torch", "transformers", "ctranslate2", "openvino", "openvino_genai", "fxtranslate", "spacy", "datasets",
)  # fmt: skip
HEAVY = (*MODEL_LIBRARIES, "trafilatura", "lxml", "pyarrow")
ENGINES = [f"pipeline.backends.{path.stem}" for path in (PACKAGE / "backends").glob("[a-z]*.py")]
# Imported by `pipeline.ingest.tables` when there is a table to read.
TABLE_READER = "pipeline.ingest.rows"
LEAVES = {"article", "config", "errors", "files", "printable", "urls"}
MAY_IMPORT = {
    "article": {"urls"},
    "backends": {"config", "errors", "language"},
    "cli": {
        "config", "errors", "evaluate", "events", "executor", "feeds", "forecast", "issue", "language", "models",
        "overlay", "printable", "publish", "report", "review", "run", "store",
    },
    "config": {"errors", "language"},
    "dictionaries": {"errors", "language"},
    "errors": set[str](),
    "evaluate": {
        *LEAVES, "backends", "executor", "fingerprint", "language", "models", "run", "stages", "store", "text",
        "topics", "translation",
    },
    # Stages in general, none of them by name; what becomes of the articles is counted in a report.
    "executor": {"article", "errors", "events", "fingerprint", "ingest", "report", "stages", "store"},
    "extraction": {"article", "errors", "language", "text", "urls"},
    # A feed writes its dates as pages do.
    "feeds": {"article", "config", "errors", "extraction", "fetch", "ingest", "store", "urls"},
    # Events are told by whoever does something worth a line in the log.
    "events": {"printable"},
    "fetch": {"errors", "events", "urls"},
    "files": set[str](),
    "fingerprint": set[str](),
    # It prepares a job as a run does, and walks it with what the executor asks of the cache.
    "forecast": {"article", "errors", "executor", "ingest", "overlay", "printable", "report", "run", "stages", "store"},
    # Which encoding bytes are in is asked of tables as of pages.
    "ingest": {"article", "config", "errors", "text", "urls"},
    "issue": {*LEAVES, "language", "overlay", "text"},
    "language": {"errors"},
    "models": {"backends", "config", "dictionaries", "errors", "files", "language"},
    "overlay": {"config", "errors", "files", "language", "text"},
    "printable": set[str](),
    "publish": {"config", "errors", "fetch", "files", "issue", "store"},
    # Kinds of alarms are labels of the metrics.
    "report": {"article", "errors", "events", "files", "printable", "watch"},
    "review": {"errors", "files", "issue", "language", "overlay", "text"},
    "run": {
        *LEAVES, "backends", "dictionaries", "events", "executor", "feeds", "fetch", "fingerprint", "ingest", "issue",
        "language", "models", "overlay", "report", "review", "stages", "store", "text", "topics", "translation",
        "watch",
    },
    "stages": {
        *LEAVES, "backends", "dictionaries", "extraction", "language", "text", "topics", "translation",
    },
    "store": {"errors", "files"},
    "text": {"article", "backends", "errors", "language"},
    "topics": {"backends"},
    "translation": {"backends", "config", "dictionaries", "errors", "extraction", "fingerprint", "language", "text"},
    "urls": set[str](),
    "watch": set[str](),
}  # fmt: skip
"""The rooms that each room may know; `backends` here are the protocols, engines are for those who open them."""
OPENERS = {"pipeline.backends", "pipeline.run", "pipeline.models", "pipeline.evaluate", TABLE_READER}
"""Where engines and their libraries may be named."""
MOST_LOOSE_FILES = 8
LISTED = ("language/__init__.py", "text/names/__init__.py", "text/names/sounds/__init__.py", "translation/__init__.py")
"""Packages that list their modules."""


def name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path, *, at_import: bool = False) -> frozenset[str]:
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
    return frozenset(found)


def within(modules: frozenset[str], *packages: str) -> set[str]:
    return {module for module in modules if module.startswith(tuple(f"{package}." for package in packages))
            or module in packages}  # fmt: skip


def below(package: str) -> list[Path]:
    return [path for path in MODULES if name(path).startswith(package)]


def test_the_command_line_starts_without_the_libraries_of_models() -> None:
    code = f"import sys, pipeline.cli.app; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""


def broken(rule: Callable[[Path], Iterable[str]], modules: Sequence[Path] = MODULES) -> dict[str, set[str]]:
    """What `rule` finds wrong, by module: a test that compares this with {} names every module at fault."""
    assert modules
    return {name(path): found for path in modules if (found := set(rule(path)))}


def test_every_module_says_what_it_is() -> None:
    def silence(path: Path) -> list[str]:
        said = ast.get_docstring(tree(path)) or not path.read_text(encoding="utf-8").strip()
        return [] if said else ["no docstring"]

    assert broken(silence) == {}


def test_what_a_package_lists_is_there() -> None:
    def wrong(path: Path) -> set[str]:
        listed = re.findall(r"^ *([a-z_]+(?:, [a-z_]+)*)  +\S", ast.get_docstring(tree(path)) or "", re.MULTILINE)
        modules = {module for line in listed for module in line.split(", ")}
        there = {child.stem for child in path.parent.iterdir() if child.suffix == ".py" or _is_package(child)}
        return modules ^ (there - {"__init__"})

    assert broken(wrong, [PACKAGE / package for package in LISTED]) == {}


def _is_package(path: Path) -> bool:
    return (path / "__init__.py").is_file()


def room(dotted: str) -> str:
    """The file or package below `pipeline` that a module is in; "" for the package itself."""
    return dotted.split(".")[1] if "." in dotted else ""


def test_a_room_knows_only_the_rooms_below_it() -> None:
    # `python -m pipeline` is the command line.
    may_import = {**MAY_IMPORT, "__main__": {"cli"}}

    def unknown(path: Path) -> set[str]:
        own = room(name(path))
        known = {room(module) for module in within(imports(path), "pipeline") if _is_module(module)}
        return known - {own, ""} - may_import[own]

    assert broken(unknown, [path for path in MODULES if room(name(path))]) == {}


def test_no_two_rooms_know_each_other() -> None:
    below_it = {own: set(rooms) for own, rooms in MAY_IMPORT.items()}
    while below_it:
        lowest = {own for own, rooms in below_it.items() if not rooms & set(below_it)}
        assert lowest, below_it
        below_it = {own: rooms for own, rooms in below_it.items() if own not in lowest}


def test_the_front_door_is_not_crowded() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_LOOSE_FILES


def test_engines_are_known_to_those_who_open_them() -> None:
    others = [path for path in MODULES if not name(path).startswith(tuple(OPENERS))]
    assert broken(lambda path: within(imports(path), *ENGINES, *MODEL_LIBRARIES), others) == {}


def test_targets_do_not_know_each_other() -> None:
    groups = {f"pipeline.publish.{group}" for group in ("archive", "mail", "services")}

    def others(path: Path) -> set[str]:
        return within(imports(path), *(group for group in groups if not name(path).startswith(group)))

    assert broken(others, [path for group in groups for path in below(group)]) == {}


def test_stages_do_not_know_each_other() -> None:
    def others(path: Path) -> set[str]:
        stages = {module for module in within(imports(path), "pipeline.stages") if _is_module(module)}
        return stages - {"pipeline.stages", "pipeline.stages.english"}

    assert broken(others, below("pipeline.stages")) == {}


def test_only_the_command_line_speaks_and_exits() -> None:
    def speech(path: Path) -> set[str]:
        # Measuring the width of a character is not speaking.
        libraries = within(imports(path), "rich", "typer") - {"rich.cells", "rich.cells.cell_len"}
        called = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
        # A module that is a process of its own leaves by its status.
        exits = set() if _is_process(path) else {"sys.exit"}
        return libraries | called & {"print", "exit", "quit", "input", *exits}

    assert broken(speech, [path for path in MODULES if room(name(path)) != "cli"]) == {}


def _is_module(dotted: str) -> bool:
    path = ROOT.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def _is_process(path: Path) -> bool:
    return path.name == "__main__.py" or '__name__ == "__main__"' in path.read_text(encoding="utf-8")


def test_heavy_libraries_are_loaded_when_they_are_used() -> None:
    def early(path: Path) -> set[str]:
        # The table reader, itself imported late, reads with one of them.
        libraries = () if name(path) == TABLE_READER else MODEL_LIBRARIES
        return within(imports(path, at_import=True), TABLE_READER, *libraries)

    assert broken(early) == {}


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
