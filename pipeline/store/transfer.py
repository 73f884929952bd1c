"""Carrying a cache to another machine: one file, in which each entry can be told to be whole.

The file is gzip of JSON lines: a head, an entry a line as [table, key, value, checksum, kind], and the number of
entries. Results of stages and sentences go along. What last runs were made from, and how long they took, is of the
machine where they ran; and which article was in which issue is of one desk: two histories have no common order.
"""

from __future__ import annotations

import datetime
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.files import write_atomically
from pipeline.store.cache import SqliteStore, checksum
from pipeline.store.care import opened

FORMAT: Final = 1
_TABLES: Final = ("results", "memory")
_HEAD: Final = "worldbrief cache"
_AT_ONCE: Final = 1000
_END: Final = object()
# No entry is near it: a longer line is not one of ours, and must not fill the memory.
_MOST_BYTES: Final = 64 << 20


@dataclass(slots=True)
class Brought:
    """What became of the entries of a file."""

    added: int = 0
    there: int = 0
    """The cache had them already, and keeps its own."""
    foreign: int = 0
    """Results of stages of another version: nobody here asks for them."""
    damaged: int = 0
    is_whole: bool = False
    """The file has its end, and is as it was written."""


def entries(path: Path, version: str, since: int | None = None) -> Iterator[bytes]:
    """A cache as the bytes of a file that `bring` reads.

    Args:
        version: of this worldbrief, for whoever looks into the file.
        since: day (days since 1970); only entries that were used then or later.

    Raises:
        ConfigError: it is no cache, or cannot be read; also while iterating.
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    yield packer.compress(_line({_HEAD: FORMAT, "worldbrief": version}))
    number = 0
    with closing(opened(path)) as database, database.reading() as connection:
        for table in _TABLES:
            chosen = "" if since is None else "WHERE used >= ?"
            for key, value, seal, kind in connection.execute(
                f"SELECT key, value, checksum, COALESCE(kind, '') FROM {table}"
                f" LEFT JOIN uses ON entry = entry('{table}', key) {chosen}",
                () if since is None else (since,),
            ):
                # What is damaged stays behind.
                if seal == checksum(table, key, value):
                    number += 1
                    yield packer.compress(_line([table, key, value, seal.hex(), kind]))
    yield packer.compress(_line({"entries": number}))
    yield packer.flush()


def write(path: Path, parts: Iterable[bytes]) -> None:
    """Write an export, whole or not at all.

    Raises:
        WorldbriefError: it cannot be written.
        ConfigError: the cache cannot be read.
    """
    try:
        write_atomically(path, parts)
    except OSError as error:
        raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from None


def lines(file: BinaryIO, name: str) -> Iterator[Any]:
    """What stands in the lines of an export after its head.

    Args:
        name: of the file, for messages.

    Raises:
        ConfigError: at once: it is no export, or of a later version.
    """
    found = _unpacked(file)
    _check_head(next(found, None), name)
    return found


def bring(exported: Iterator[Any], store: SqliteStore, versions: Mapping[str, int]) -> Brought:
    """Put the entries of an export into a cache, each if its checksum holds and the cache has none of its key.

    What a file says a text means in English is believed afterwards: it should come from somebody who is trusted.

    Args:
        exported: see `lines`.
        versions: of each stage, as its code is now.

    Raises:
        ConfigError: the cache cannot be written.
    """
    brought = Brought()
    kinds = {"", *(f"{stage}/{version}" for stage, version in versions.items())}
    waiting: dict[tuple[str, str], dict[str, str]] = {}
    for number, line in enumerate(exported):
        match line:
            case [str(table), str(key), str(value), str(seal), str(kind)] if table in _TABLES:
                if seal != checksum(table, key, value).hex():
                    brought.damaged += 1
                elif kind not in kinds:
                    brought.foreign += 1
                else:
                    waiting.setdefault((table, kind), {})[key] = value
                    if sum(map(len, waiting.values())) >= _AT_ONCE:
                        _put(waiting, store, brought)
            case {"entries": int(written)}:
                # Only at its end can gzip tell whether the file is as it was written.
                brought.is_whole = written == number and next(exported, _END) is _END
                break
            case _:
                brought.damaged += 1
    _put(waiting, store, brought)
    return brought


def _put(waiting: dict[tuple[str, str], dict[str, str]], store: SqliteStore, brought: Brought) -> None:
    for (table, kind), items in waiting.items():
        there = store.get(table, list(items))
        new = {key: value for key, value in items.items() if key not in there}
        if new:
            store.put(table, new, kind)
        brought.added += len(new)
        brought.there += len(there)
    waiting.clear()


def _check_head(head: Any, name: str) -> None:
    format_ = head.get(_HEAD) if isinstance(head, dict) else None
    if not isinstance(format_, int):
        raise ConfigError(f"{name}: was not written by `worldbrief cache export`; nothing was added")
    if format_ > FORMAT:
        raise ConfigError(
            f"{name}: was exported by a later worldbrief ({head.get('worldbrief')}), in a form that this one does not"
            " know; nothing was added: import it with that version, or export it anew with this one"
        )


def _unpacked(file: BinaryIO) -> Iterator[Any]:
    """The JSON of each line, None where a line is none or the file cannot be unpacked any further."""
    with gzip.open(file) as unpacked:
        while True:
            try:
                line = unpacked.readline(_MOST_BYTES)
            except (OSError, EOFError, zlib.error):
                yield None
                return
            if not line:
                return
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def day_of(date: str) -> int:
    """Days since 1970 of an ISO date.

    Raises:
        ConfigError: it is none.
    """
    try:
        return (datetime.date.fromisoformat(date) - datetime.date(1970, 1, 1)).days
    except ValueError:
        raise ConfigError(f"{date!r} is no day such as 2026-11-23") from None
