"""The README says what the code does: commands, options, settings, kinds of errors, keys of the results.

`pytest tests/test_readme.py --update-golden` writes the table of settings anew.
"""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from pipeline import article
from pipeline.article import Article, Content, Document
from pipeline.cli.app import NOTHING_NEW, app
from pipeline.config import Config, Section, load
from pipeline.errors import ArticleError, ConfigError, WorldbriefError
from pipeline.issue.render import FORMATS
from pipeline.run.job import record
from pipeline.run.plan import STAGES
from pipeline.run.report import Failure, RunReport, StageReport
from pipeline.run.runner import Outcome
from pipeline.text.doubts import DoubtKind

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONFIG_BLOCK = re.compile(r"(<!-- config: .*? -->\n)(.*?)(<!-- /config -->)", re.DOTALL)


def section(title: str) -> str:
    """The text under a heading, up to the next heading of its level or above."""
    level = title.split(" ")[0]
    _, found, rest = README.read_text(encoding="utf-8").partition(f"\n{title}\n")
    assert found, f"the README has no section {title!r}"
    return re.split(rf"^#{{2,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str, first: str) -> list[list[str]]:
    """The cells of the table whose first heading is `first`."""
    _, found, rest = text.partition(f"| {first} |")
    assert found, f"no table that begins with {first!r}"
    lines = rest.split("\n")[2:]
    table: list[list[str]] = []
    for line in lines:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return table


def ticked(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# Settings


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
    text = README.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        text = CONFIG_BLOCK.sub(lambda match: match[1] + table + match[3], text)
        README.write_text(text, encoding="utf-8")
    block = CONFIG_BLOCK.search(text)
    assert block is not None
    assert block[2] == table


def test_configurations_are_listed_and_state_differences_only() -> None:
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "configs").glob("*.toml")}
    assert {ticked(cells[0])[0] for cells in rows(section("## Configuration"), "file")} == set(files)
    assert load(files.pop("configs/default.toml")) == Config()
    defaults = Config().model_dump(mode="json")
    for name, path in files.items():
        load(path)
        for head, values in tomllib.loads(path.read_text(encoding="utf-8")).items():
            same = {key for key, value in values.items() if defaults[head][key] == value}
            assert not same, f"{name}: [{head}] repeats the default of {same}"


# Commands


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that can be run, with its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ROOT_COMMAND = typer.main.get_command(app)
COMMANDS = dict(commands(ROOT_COMMAND))


def options(command: Any) -> set[str]:
    return {word for parameter in command.params for word in parameter.opts if word.startswith("-")} | {"--help"}


def shown_commands() -> list[str]:
    """Every `worldbrief` command line in the README, in blocks and in running text."""
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [part for block in blocks for line in block.splitlines() for part in re.split(r" && | \| ", line)]
    lines += [
        code.replace("\\|", "|") for code in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    ]
    lines = [line.strip().removeprefix(".venv/bin/") for line in lines]
    return sorted({line for line in lines if line.startswith("worldbrief ")})


@pytest.mark.parametrize("line", shown_commands())
def test_shown_command_exists(line: str) -> None:
    words = shlex.split(line)[1:]
    command: Any = ROOT_COMMAND
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if hasattr(command, "commands"):
        assert not words or words[0].startswith("-"), f"no command {words[0]!r}"
    assert {word for word in words if re.match(r"-\w|--\w", word)} <= options(command)


def test_every_command_and_option_is_described() -> None:
    text = section("## Commands")
    table = [ticked(cells[0])[0] for cells in rows(text, "command")]
    for path, command in COMMANDS.items():
        name = " ".join(("worldbrief", *path))
        assert any(line == name or line.startswith(f"{name} ") for line in table), f"{name} is not in the table"
        for parameter in command.params:
            for option in (word for word in parameter.opts if word.startswith("-")):
                assert re.search(rf"(?<![\w-]){option}(?![\w-])", text), f"{name} {option} is not described"


def test_the_line_that_ci_runs() -> None:
    lines = re.findall(r"^python3 -m venv .+ && [^&\n]*pytest$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 1


def test_exit_statuses() -> None:
    table = {int(cells[0]) for cells in rows(section("## Commands"), "exit status")}
    assert table == {0, WorldbriefError.exit_code, ConfigError.exit_code, NOTHING_NEW, 130}


# Results


def keys(value: object, path: str = "", maps: tuple[str, ...] = ()) -> set[str]:
    """Every key in dotted form, `[]` after those that hold a list; the keys of `maps` are data, not contract."""
    if isinstance(value, dict) and path not in maps:
        return {key for name, item in value.items() for key in keys(item, f"{path}.{name}".lstrip("."), maps)}
    if isinstance(value, list):
        assert value, f"{path}: the sample must not be empty"
        return set().union(*(keys(item, f"{path}[]", maps) for item in value))
    return {path}


def table_keys(title: str) -> set[str]:
    return {ticked(cells[0])[0] for cells in rows(section(title), "key")}


def test_keys_of_articles() -> None:
    full = Article(
        document=Document(source="a.txt", data=b"", media_type="text/plain"),
        content=Content(title="t", paragraphs=("p",), url="https://example.org/a", authors=("A. N. Other",)),
        language=article.Language(code="ko", score=1.0),
        translation=article.Translation(
            title="t",
            paragraphs=("p",),
            model="m",
            sentences=(article.Sentence(paragraph=0, source="p", text="p", model="other"),),
            warnings=(article.TranslationWarning(kind="loop", paragraph=0, detail="d"),),
        ),
        summary=article.Summary(
            text="t", one_line="o", method="m", headline="h", quotes=(article.Quote(text="t", sentence=0),)
        ),
        tags=article.Tags(
            tags=(article.Tag(scheme="medtop", code="1", label="l", score=1.0),),
            entities=(article.Entity(text="t", type="person", count=1),),
        ),
    )
    line = record(Outcome(full, "a.txt", "tag", ArticleError("internal", "m")))
    assert table_keys("### `articles.jsonl`") == keys(line)


def test_keys_of_the_report() -> None:
    report = RunReport(
        issue="i",
        started="t",
        stages=[StageReport("extract")],
        failures=[Failure.of("s", "extract", ArticleError("internal", "m"))],
        hints=["h"],
    )
    assert table_keys("### `report.json`") == keys(asdict(report), maps=("models", "versions", "warnings"))


def test_files() -> None:
    listed = {name for cells in rows(section("## Results"), "file in `out/`") for name in ticked(cells[0])}
    assert listed == {file for file, _ in FORMATS.values()} | {"articles.jsonl", "report.json"}


# Errors and warnings


def kinds_in_code() -> set[tuple[str, str, str]]:
    """(kind, status, stage) of every error that the source makes under a fixed name."""
    found = set()
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        parts = path.relative_to(ROOT / "pipeline").with_suffix("").parts
        stage = {"ingest": "ingest", "extraction": "extract", "stages": parts[-1]}.get(parts[0], "any")
        if parts == ("run", "routes"):
            stage = "translate"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"ArticleError": 0, "Refused": 0, "unreadable": 1}.get(node.func.id)
            if place is None or not isinstance(node.args[place], ast.Constant):
                continue
            kind = node.args[place]
            assert isinstance(kind, ast.Constant)
            found.add((str(kind.value), "refused" if node.func.id == "Refused" else "failed", stage))
    return found


def test_kinds_of_bad_input() -> None:
    table = {(ticked(cells[0])[0], cells[1], cells[2]) for cells in rows(section("## Bad input"), "kind")}
    assert table == kinds_in_code()


def warnings_in_code() -> set[str]:
    """Kinds of warnings that are no doubt about a sentence."""
    calls = re.compile(r'TranslationWarning\(\s*kind="([\w-]+)"')
    return {kind for path in (ROOT / "pipeline").rglob("*.py") for kind in calls.findall(path.read_text("utf-8"))}


def test_kinds_of_warnings() -> None:
    table = [kind for cells in rows(section("## What the checks see"), "warning") for kind in ticked(cells[0])]
    assert set(table) == {*get_args(DoubtKind), *warnings_in_code()}


# Links


def test_links_within_the_repository() -> None:
    text = README.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in anchors
        elif "://" not in target:
            assert (ROOT / target).is_file(), f"{target} is missing"


def test_paths_of_the_layout_exist() -> None:
    paths = [path for cells in rows(section("## Layout"), "path") for path in ticked(cells[0])]
    assert [path for path in paths if not (ROOT / path).exists()] == []
