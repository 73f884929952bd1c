"""The Jinja2 environment of the HTML formats: escapes everything, knows the digest's wording.

A folder of the user's goes over the templates of the package, file by file. Such a template may come from somebody
else, so all of them run in Jinja's sandbox, read no file outside their folder, and cannot turn escaping off: what
stands in an article stays text whatever a template does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.files import write_atomically
from pipeline.issue import wording
from pipeline.issue.issue import NOT_TOLD
from pipeline.issue.render.foreign import foreign

PACKAGED = Path(__file__).with_name("templates")
"""The folder of the package's templates."""
TEMPLATES: dict[str, frozenset[str]] = {
    "digest.html": frozenset({"issue", "contents", "feeds"}),
    "digest.css": frozenset(),
    "email.html": frozenset({"issue", "selection", "page", "unsubscribe"}),
    "email.css": frozenset(),
    "email-dark.css": frozenset(),
    "entry.html": frozenset({"item"}),
}
"""Every template, and the names it is given beside the functions of `FUNCTIONS`."""
FUNCTIONS: dict[str, object] = {
    "dateline": wording.dateline,
    "extent": wording.extent,
    "facts": wording.facts,
    "notices": wording.notices,
    "colophon": wording.colophon,
    "disclosure": wording.disclosure,
    "preheader": wording.preheader,
    "preheader_end": wording.PREHEADER_END,
    "model_name": wording.model_name,
    "caution": wording.caution,
    "editors_note": wording.editors_note,
    "what_is_new": wording.what_is_new,
    "why_listed": wording.why_listed,
    "listed_intro": wording.LISTED,
    "not_told": NOT_TOLD,
}
"""What every template may use."""
FILTERS: dict[str, Callable[..., object]] = {"long_date": wording.long_date, "foreign": foreign}
"""Filters of ours."""
_ORIGINAL = "original"
# With these, text of an article would go out as markup.
_UNESCAPING = ("safe",)


def rendered(template: str, folder: Path | None, **values: object) -> str:
    """The template, that of the folder if it has one, with these values.

    Raises:
        ConfigError: a template of the folder is broken or asks for something that is not there: with file and line.
    """
    try:
        return environment(folder).get_template(template).render(values)
    except Exception as error:  # a template can fail in as many ways as a program
        raise (_located(error, folder) if folder else None) or error from None


def check(folder: Path) -> None:
    """Look at a folder of templates before anything is rendered with them.

    Raises:
        ConfigError: it has no template, or one of its files is broken or uses a name that it will not be given.
    """
    own = sorted(path for path in folder.glob("*") if path.name in TEMPLATES)
    if not own:
        raise ConfigError(
            f"issue.templates: {folder} is no folder with one of the templates {', '.join(TEMPLATES)};"
            " `worldbrief templates export DIR` writes them"
        )
    for path in own:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ConfigError(f"{path}: leads out of the folder")
        try:
            source = path.read_text(encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise ConfigError(f"{path}: is not UTF-8 text") from None
        _check_template(path, source, environment(folder))


def _check_template(path: Path, source: str, environment: Environment) -> None:
    try:
        tree = environment.parse(source, path.name, str(path))
        environment.compile(tree, path.name, str(path))
    except TemplateSyntaxError as error:
        raise ConfigError(f"{path}, line {error.lineno}: {error.message}") from None
    # A part that another template includes has the names of that one.
    own = TEMPLATES[path.name] or frozenset().union(*TEMPLATES.values())
    # What a branch sets counts as undeclared after it; whether it is set there is seen when it is rendered.
    assigned = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    unknown = find_undeclared_variables(tree) - own - assigned - environment.globals.keys()
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            known = ", ".join(sorted(own | FUNCTIONS.keys()))
            raise ConfigError(f"{path}, line {name.lineno}: {name.name!r} is not known there; known are {known}")


def export(folder: Path, *, force: bool = False) -> list[Path]:
    """Write the package's templates into a folder, made if need be, and return their paths.

    Raises:
        ConfigError: one of them is there already and `force` is not set; nothing is written.
        WorldbriefError: a file cannot be written.
    """
    paths = [folder / name for name in TEMPLATES]
    there = [path for path in paths if path.exists()]
    if there and not force:
        raise ConfigError(
            f"{', '.join(map(str, there))}: there already; --force overwrites, and loses what was changed"
        )
    for path in paths:
        try:
            write_atomically(path, [(PACKAGED / path.name).read_bytes()])
        except OSError as error:
            raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error
    return paths


@cache
def environment(folder: Path | None = None) -> Environment:
    """Templates of the folder and of this package; every value is escaped, a misspelt name is an error.

    A template of the folder reaches the one that it replaces as `original/NAME`, to extend it.
    """
    packaged = FileSystemLoader(PACKAGED)
    loaders: list[BaseLoader] = [packaged, PrefixLoader({_ORIGINAL: packaged})]
    result = _Sandbox(
        loader=ChoiceLoader([_Folder(folder), *loaders] if folder else loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in _UNESCAPING:
        del result.filters[name]
    result.globals.update(FUNCTIONS)
    result.filters.update(FILTERS)
    return result


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without a way to turn escaping off."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.EvalContextModifier):
            raise TemplateSyntaxError("escaping cannot be changed", node.lineno, name, filename)
        return tree


class _Folder(FileSystemLoader):
    """A folder from which no link leads out."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        if not Path(path).resolve().is_relative_to(Path(self.searchpath[0]).resolve()):
            raise TemplateNotFound(template)
        return source, path, is_current


def _located(error: Exception, folder: Path) -> ConfigError | None:
    """The error with the place in a file of the folder where it arose; None where it arose elsewhere."""
    place: tuple[str, int] | None = None
    if isinstance(error, TemplateSyntaxError) and error.filename:
        place = (error.filename, error.lineno)
    else:
        trace: Any = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if Path(file).is_relative_to(folder):
                place = (file, trace.tb_lineno)
            trace = trace.tb_next
    if place is None or not Path(place[0]).is_relative_to(folder):
        return None
    said = f"no template {error}" if isinstance(error, TemplateNotFound) else str(error).split("\n", 1)[0]
    return ConfigError(f"{place[0]}, line {place[1]}: {said}")
