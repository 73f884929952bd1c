"""From the paths of the command line to files with stable names."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.ingest.unreadable import Unreadable, system_message, unreadable

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file and its name for the user: the same from run to run and, where it can be, from any folder.

    Standard input has no path.
    """

    path: Path | None
    source: str


def check_paths(paths: Sequence[str]) -> None:
    """
    Raises:
        ConfigError: a path does not exist (the nearest name beside it is given), or `-` stands twice.
    """
    if paths.count(STDIN) > 1:
        raise ConfigError("-: standard input can be read only once")
    for path in paths:
        if path != STDIN and not os.path.lexists(path):
            raise ConfigError(f"{shown(path) or repr(path)}: no such file or folder{_near(Path(path))}")


def _near(path: Path) -> str:
    try:
        names = os.listdir(path.parent)
    except (OSError, ValueError):
        return ""
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {shown(path.parent / near[0])!r}?" if near else ""


def find(paths: Sequence[str], suffixes: frozenset[str]) -> Iterator[Found | Unreadable]:
    """Every file named, and every file below a folder named that has one of the suffixes, sorted by name.

    In folders, hidden entries, other suffixes, sockets, devices and pipes are passed over; links are followed, and
    a folder that was reached before is not entered again, so a loop of links ends.
    """
    labels = _labels([Path(path) for path in paths if path != STDIN and os.path.isdir(path)])
    for name in paths:
        path = Path(name)
        if name == STDIN:
            yield Found(None, STDIN)
            continue
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield unreadable(_file_name(path), "unreadable", system_message(error))
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, labels[_real(path)], suffixes)
        elif stat.S_ISREG(mode):
            yield Found(path, _file_name(path))
        else:
            yield unreadable(_file_name(path), "not-a-file", "is a device, socket or pipe; give a file, or - for input")


def _walk(root: Path, label: str, suffixes: frozenset[str]) -> Iterator[Found | Unreadable]:
    seen: set[tuple[int, int]] = set()
    waiting = [(root, label)]  # a stack, not recursion: folders may be nested deeper than Python calls
    while waiting:
        path, source = waiting.pop()
        known = path.name.lower().endswith(tuple(suffixes))
        try:
            status = path.stat()
            if stat.S_ISREG(status.st_mode) and known:
                yield Found(path, source)
            if not stat.S_ISDIR(status.st_mode) or (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted((name for name in os.listdir(path) if not name.startswith(".")), reverse=True)
        except OSError as error:
            if known or path.is_dir():
                yield unreadable(source, "unreadable", system_message(error))
            continue
        prefix = f"{source}/" if source else ""
        waiting += [(path / name, prefix + shown(name)) for name in names]


def _file_name(path: Path) -> str:
    full = Path(os.path.abspath(path))
    here = Path.cwd()
    return shown(full.relative_to(here) if full.is_relative_to(here) else full)


def _labels(folders: Sequence[Path]) -> dict[Path, str]:
    """A folder's own name; with as many of its parents as it takes where two folders named have the same one.

    Articles without an address are known by their source name, so `a/news/1.txt` and `b/news/1.txt` must not
    become one.
    """
    real = {_real(folder) for folder in folders}
    labels = {}
    for folder in real:
        parts = folder.parts[1:]
        length = 1
        while length < len(parts) and any(
            other != folder and other.parts[1:][-length:] == parts[-length:] for other in real
        ):
            length += 1
        labels[folder] = shown(Path(*parts[-length:])) if parts else ""
    return labels


def _real(path: Path) -> Path:
    """Absolute, with `..` and a link followed: what tells one folder from another."""
    return Path(os.path.realpath(path))


def shown(path: str | Path) -> str:
    """The path as text that any encoder takes: bytes of a name that are not UTF-8 become `\\xNN`."""
    return os.fsencode(Path(path).as_posix() if path else "").decode("utf-8", "backslashreplace")
