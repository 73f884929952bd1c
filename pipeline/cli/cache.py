"""The `worldbrief cache` commands: what is in the cache, whether it is whole, making room, carrying it elsewhere."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from pipeline import __version__
from pipeline.cli.console import ConfigOption, err, load_config, out
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.store.care import Stats, Sum

cache_app = typer.Typer(help="Look after the cache: stats, verify, gc, export, import.", no_args_is_help=True)
_STDIO = "-"
_WORDS = {"identities": "identities of articles", "memory": "memory (sentences)", "origins": "origins (for plan)",
          "rates": "rates (for plan)", "results": "results of earlier versions"}  # fmt: skip
_DAYS = {"d": 1, "w": 7}
_AGES = {"1": "today", "7": "within 7 days", "30": "within 30 days", "90": "within 90 days", "365": "within a year",
         "more": "earlier", "unknown": "not known"}  # fmt: skip


@cache_app.command("stats")
def cache_stats(
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False, config_file: ConfigOption = None
) -> None:
    """Show what is in the cache, how large and old it is, and what the last run found in it."""
    from pipeline.cli.display import show
    from pipeline.store import care
    from pipeline.store.aside import to_look_at
    from pipeline.store.cache import MIGRATIONS

    path = _path(config_file)
    with TemporaryDirectory(prefix="worldbrief-") as aside:
        found = care.stats(to_look_at(path, len(MIGRATIONS), Path(aside)) if path.exists() else path, time.time())
    if as_json:
        out.print(json.dumps({"path": str(path), **asdict(found)}, indent=2), markup=False)
        return
    size = found.files.get(path.name, 0) + found.files.get(f"{path.name}-wal", 0)
    out.print(f"{path}: {_size(size)}, of which {_size(found.room)} are free for new entries", markup=False)
    show(out, _kinds(found))
    show(out, _table(("last used", "entries", "size"), ((_AGES[age], sums) for age, sums in found.ages.items())))
    if found.oldest:
        out.print(f"the oldest entry was made {found.oldest}")
    for name, held in found.files.items():
        if name.removeprefix(path.name) not in ("", "-wal", "-shm"):
            out.print(f"beside it: {name}, {_size(held)}", markup=False)


@cache_app.command("verify")
def cache_verify(config_file: ConfigOption = None) -> None:
    """Compare every entry with its checksum, and the other databases with what they were when they were left.

    Nothing is mended; exit status 1 if something is damaged.
    """
    from pipeline.executor.triage import QUARANTINE
    from pipeline.publish import journal
    from pipeline.run.sources import INBOX
    from pipeline.store import care, inbox, quarantine, state

    path = _path(config_file)
    verdicts: dict[Path, tuple[str, list[str]]] = {}
    if path.exists():
        entries, found = care.verify(path)
        verdicts[path] = f"{entries} entries", found
    for name, verify in (("state.db", state.verify), (INBOX, inbox.verify), (journal.FILE, journal.verify)):
        if (other := path.with_name(name)).exists():
            verdicts[other] = "as it was left", verify(other)
    if (other := path.with_name(QUARANTINE)).exists():
        entries, found = quarantine.verify(other)
        verdicts[other] = "1 entry" if entries == 1 else f"{entries} entries", found
    if not verdicts:
        raise ConfigError(f"{path.parent}: there is no cache yet; `worldbrief run` makes one")
    for file, (whole, damaged) in verdicts.items():
        for line in damaged or [f"{file}, {whole}"]:
            out.print(f"{'damaged' if damaged else 'whole'}: {line}", markup=False)
    if any(damaged for _, damaged in verdicts.values()):
        raise typer.Exit(1)


@cache_app.command("gc")
def cache_gc(
    older_than: Annotated[
        str, typer.Option(metavar="AGE", help="Also what was not used for so long, such as 90d or 12w.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be removed, and remove nothing.")] = False,
    config_file: ConfigOption = None,
) -> None:
    """Remove what no stage of this version asks for, and with --older-than what was not used for long."""
    from pipeline.run.plan import versions
    from pipeline.store import care

    path = _path(config_file)
    days = _age(older_than) if older_than else None
    removed = care.collect(path, versions(), time.time(), days, dry_run=dry_run)
    would = "would remove" if dry_run else "removed"
    out.print(f"{would} {_sum(removed.stale)} of earlier versions of stages")
    if days is not None:
        out.print(f"{would} {_sum(removed.old)} not used for {'a day' if days == 1 else f'{days} days'}")
    if removed.given_back:
        out.print(f"{_size(removed.given_back)} of disk are free again")
    if removed.kept_room:
        err.print(f"hint: {removed.kept_room}", markup=False)


@cache_app.command("export")
def cache_export(
    file: Annotated[str, typer.Argument(help="File to write, such as cache.jsonl.gz; - is standard output.")],
    since: Annotated[str, typer.Option(metavar="DATE", help="Only what was used on this day or later.")] = "",
    config_file: ConfigOption = None,
) -> None:
    """Write the cache to FILE, for `cache import` on another machine: results and sentences, nothing of issues."""
    from pipeline.store import transfer

    parts = transfer.entries(_path(config_file), __version__, transfer.day_of(since) if since else None)
    if file == _STDIO:
        for part in parts:
            sys.stdout.buffer.write(part)
        return
    path = Path(file)
    transfer.write(path, parts)
    out.print(f"exported to {path}, {_size(path.stat().st_size)}", markup=False)


@cache_app.command("import")
def cache_import(
    file: Annotated[str, typer.Argument(help="File that `cache export` wrote; - is standard input.")],
    config_file: ConfigOption = None,
) -> None:
    """Add the entries of FILE to the cache; what is there already stays.

    What the file says a sentence means is believed: take it from nobody whom you do not trust. Exit status 1 if entries
    of it are damaged or it is cut short; the others are added.
    """
    from pipeline.run.plan import versions
    from pipeline.store import transfer
    from pipeline.store.cache import SqliteStore

    path = _path(config_file)
    try:
        with sys.stdin.buffer if file == _STDIO else Path(file).open("rb") as opened:
            # Before a cache is made: a file that is none must leave nothing behind.
            lines = transfer.lines(opened, file)
            with SqliteStore(path, counts=False) as store:
                brought = transfer.bring(lines, store, versions())
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    out.print(f"added {_entries(brought.added)} to {path}; {brought.there} were there already", markup=False)
    if brought.foreign:
        out.print(f"left out {_entries(brought.foreign)} of stages of another version: nobody asks for them here")
    if brought.damaged:
        err.print(f"worldbrief: {file}: left out {_entries(brought.damaged)} that are damaged", markup=False)
    if not brought.is_whole:
        err.print(f"worldbrief: {file}: is cut short or was changed on the way; copy it again", markup=False)
    if brought.damaged or not brought.is_whole:
        raise typer.Exit(1)


def _path(config_file: Path | None) -> Path:
    return Path(load_config(config_file).run.cache) / "cache.db"


def _age(text: str) -> int:
    """Days of an age such as 90d or 12w.

    Raises:
        ConfigError: it is none.
    """
    match = re.fullmatch(r"([1-9]\d{0,5})([dw])", text)
    if match is None:
        raise ConfigError(f"--older-than {text}: no age; write 90d for 90 days, 12w for twelve weeks")
    return int(match[1]) * _DAYS[match[2]]


def _kinds(found: Stats) -> Table:
    """A row for each table, of results for each stage and version, with what the last run found of it."""

    def rows() -> Iterator[tuple[str, Sum, str]]:
        for kind, sums in found.kinds.items():
            asked, there = found.lookups.get(kind.removeprefix("results "), (0, 0))
            yield _WORDS.get(kind, kind), sums, f"{there} / {asked} ({there / asked:.0%})" if asked else ""

    return _table(("kind", "entries", "size", "hits of the last run"), rows())


def _table(heads: Sequence[str], rows: Iterable[tuple[str, Sum, *tuple[str, ...]]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, justify="right" if head in ("entries", "size") else "left")
    for name, sums, *more in rows:
        table.add_row(Text(name), f"{sums.entries:,}", _size(sums.bytes), *more)
    return table


def _sum(sums: Sum) -> str:
    return f"{_entries(sums.entries)} ({_size(sums.bytes)})"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _size(number: int) -> str:
    return decimal(number)
