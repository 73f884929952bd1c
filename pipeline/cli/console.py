"""What the commands share: where they print, and which configuration they read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from pipeline import config
from pipeline.errors import ConfigError
from pipeline.printable import escaped
from pipeline.run.plan import STAGES

_OWN_CONFIG = Path("worldbrief.toml")


class Terminal(Console):
    """A console to which text of others is text: what a terminal would act on is shown, not sent.

    File names, values of settings and messages about articles come from outside; rich lets their control characters
    through.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=escaped(segment.text))

    @contextmanager
    def into(self, file: IO[str]) -> Iterator[None]:
        """Within this, what is printed goes to a file."""
        before = self._file
        self.file = file
        try:
            yield
        finally:
            self._file = before


# Results go to stdout, everything about the run to stderr.
out = Terminal(soft_wrap=True, highlight=False)
# Not wrapped: a log or another program wants a line as one line, and a terminal wraps by itself.
err = Terminal(stderr=True, soft_wrap=True, highlight=False)

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="TOML file; default: worldbrief.toml here, else the built-in defaults."),
]
DigestOption = Annotated[
    str | None,
    typer.Option("--digest", metavar="NAME", help="Which one, where there are several [[digest]]."),
]
DigestsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--digest",
        metavar="NAME",
        help="Make this digest only, where the configuration has several [[digest]]; may be repeated.",
    ),
]
SinceOption = Annotated[
    str, typer.Option(help="Leave out what was published before this day (2026-11-23); what has no date is taken in.")
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(help="Work on this article only: its id or the beginning of it, or its source; may be repeated."),
]
ForceOption = Annotated[
    list[str] | None,
    typer.Option(help="Make the results of this stage anew, whatever the cache has; may be repeated."),
]


def load_config(path: Path | None) -> config.Config:
    """The configuration that a command was given, else the one of the current folder, else the defaults.

    Raises:
        ConfigError: it cannot be read or is wrong.
    """
    if path is None and _OWN_CONFIG.is_file():
        path = _OWN_CONFIG
    return config.load(path)


def digest_of(settings: config.Config, name: str | None, folder: str | None) -> config.Digest:
    """The digest that a command is about, with `run.out` where its results are.

    Args:
        name: as `--digest` gives it.
        folder: as `--out` gives it: of the results of the digest, or of a run of several, in which the digest has its
            own; None: `run.out`.

    Raises:
        ConfigError: it is not said which of several is meant, there is none of that name, or the folder holds an issue
            of another.
    """
    from pipeline.run.digests import chosen

    if folder is not None:
        settings = settings.model_copy(update={"run": settings.run.model_copy(update={"out": folder})})
    here = digest_in(Path(settings.run.out))
    if here and name in (None, here):
        return _in_folder(settings, here)
    digests = chosen(settings, [name] if name else [])
    if len(digests) > 1:
        raise ConfigError(f"there are several digests; say which: --digest {' or '.join(one.name for one in digests)}")
    folder, there = digests[0].config.run.out, digest_in(Path(digests[0].config.run.out))
    if there is not None and there != digests[0].name:
        raise ConfigError(f"{folder}: holds an issue of {_called(there)}, not of {_called(digests[0].name)}")
    return digests[0]


def _in_folder(settings: config.Config, name: str) -> config.Digest:
    """The digest whose results are in `run.out` itself."""
    for digest in config.digests_of(settings):
        if digest.name == name:
            return replace(digest, config=digest.config.model_copy(update={"run": settings.run}))
    raise ConfigError(
        f"{settings.run.out}: holds an issue of {_called(name)}, which the configuration does not have; give its own"
        " with --config"
    )


def _called(digest: str) -> str:
    return f"the digest {digest!r}" if digest else "the one digest of a configuration without [[digest]]"


def digest_in(folder: Path) -> str | None:
    """Of which digest the issue in a folder is, "" for the only one; None where there is none that can be read."""
    try:
        data = json.loads((folder / "issue.json").read_bytes())
    except (OSError, ValueError):
        return None
    found = data.get("digest", "") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None


def known_stage(until: str | None, option: str = "--until") -> str | None:
    """The stage that an option names.

    Raises:
        ConfigError: there is none of that name.
    """
    if until is not None and until not in STAGES:
        raise ConfigError(f"{option} {until}: no such stage; the stages are {', '.join(STAGES)}")
    return until


def forced(stages: list[str] | None) -> frozenset[str]:
    """The stages that `--force` names.

    Raises:
        ConfigError: there is none of that name.
    """
    return frozenset(stage for name in stages or () if (stage := known_stage(name, "--force")))
