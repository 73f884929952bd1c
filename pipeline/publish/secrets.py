"""Where secrets come from: the environment, or a file that nobody but its owner may read. Never from a setting."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.config import Publish, Section
from pipeline.errors import ConfigError

_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def environment(settings: Publish, outer: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of the file `publish.secrets`, and over them those of the environment.

    Args:
        outer: the environment; by default that of the process.

    Raises:
        ConfigError: the file cannot be read, others may read it, or a line of it is no `NAME=value`.
    """
    held = _read(Path(settings.secrets).expanduser()) if settings.secrets else {}
    return {**held, **(os.environ if outer is None else outer)}


def known(settings: Publish, held: Mapping[str, str]) -> list[str]:
    """The values of all variables that the settings name, the longest first: what is never to be printed."""
    values = {held.get(name, "").strip() for name in _named(settings)}
    return sorted((value for value in values if value), key=len, reverse=True)


def _named(section: Section) -> Iterator[str]:
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, Section):
            yield from _named(value)
        elif name.endswith("_env"):
            yield value


def _read(path: Path) -> dict[str, str]:
    """Lines as `NAME=value`, as systemd and Docker read them; a value with blanks or `#` stands between quotes."""
    from dotenv.parser import parse_stream

    try:
        # Opening a pipe would wait for whoever writes into it.
        _check_private(path, path.stat())
        with path.open(encoding="utf-8") as file:
            # Of the open file: nobody puts another in its place meanwhile.
            _check_private(path, os.fstat(file.fileno()))
            found = list(parse_stream(file))
    except OSError as error:
        raise ConfigError(f"publish.secrets: {path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"publish.secrets: {path}: is not UTF-8 text") from None
    variables: dict[str, str] = {}
    for one in found:
        # What stands there may be a secret, so the line is named and not shown.
        if one.error or (one.key is not None and not (_NAME.fullmatch(one.key) and one.value is not None)):
            raise ConfigError(
                f"publish.secrets: {path}, line {one.original.line + one.original.string[:-1].count(chr(10))}: is not"
                " NAME=value with a name in capitals"
            )
        if one.key is not None and one.value is not None:
            variables[one.key] = one.value
    return variables


def _check_private(path: Path, found: os.stat_result) -> None:
    """As ssh asks of a key: a regular file, of the user or of root, that nobody else may read or write."""
    if not stat.S_ISREG(found.st_mode):
        raise ConfigError(f"publish.secrets: {path}: is no file")
    if os.name != "posix":
        return
    if found.st_uid not in (0, os.geteuid()):
        raise ConfigError(f"publish.secrets: {path}: belongs to another user than the one who runs worldbrief")
    if found.st_mode & _OTHERS:
        raise ConfigError(
            f"publish.secrets: {path}: others may read or change it (mode {stat.S_IMODE(found.st_mode):04o});"
            f" `chmod 600 {path}`"
        )
