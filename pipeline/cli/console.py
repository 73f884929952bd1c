"""What the commands share: where they print, and which configuration they read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline import config

_OWN_CONFIG = Path("worldbrief.toml")

# Results go to stdout, everything about the run to stderr.
out = Console(soft_wrap=True, highlight=False)
# Not wrapped: a log or another program wants a line as one line, and a terminal wraps by itself.
err = Console(stderr=True, soft_wrap=True, highlight=False)

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="TOML file; default: worldbrief.toml here, else the built-in defaults."),
]


def load_config(path: Path | None) -> config.Config:
    """The configuration that a command was given, else the one of the current folder, else the defaults.

    Raises:
        ConfigError: it cannot be read or is wrong.
    """
    if path is None and _OWN_CONFIG.is_file():
        path = _OWN_CONFIG
    return config.load(path)
