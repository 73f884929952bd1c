"""What the commands share: where they print, and which configuration they read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
