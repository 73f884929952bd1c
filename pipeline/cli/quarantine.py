"""`worldbrief quarantine`: what was refused or failed and is not tried again, and what is to become of it."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import ConfigOption, err, load_config, out
from pipeline.errors import ConfigError
from pipeline.printable import escaped

if TYPE_CHECKING:
    from pipeline.store.quarantine import Entry, Quarantine

quarantine_app = typer.Typer(
    help="Articles that were refused or failed: list, show, retry or drop them.", no_args_is_help=True
)

# As many as tell the articles of any issue apart.
_SHORTEST = 4
# Of an id in a table.
_SHOWN = 8
_SEEN = 20

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Article: its id or the beginning of it, or its source."),
]
Kind = Annotated[str | None, typer.Option(help="All of this reason: no-article, or extract/no-article.")]


@quarantine_app.command("list")
def list_(
    kind: Kind = None,
    limit: Annotated[int, typer.Option(help="Articles that are listed, those seen last first; 0: all.", min=0)] = _SEEN,
    as_json: Annotated[bool, typer.Option("--json", help="Print all that is known of every article as JSON.")] = False,
    config_file: ConfigOption = None,
) -> None:
    """List what was refused or failed: the reasons with their counts, then the articles."""
    from pipeline.cli.display import add_row, plain_table, show
    from pipeline.executor.triage import is_tried_again

    with _opened(config_file) as quarantine:
        entries = quarantine.entries() if quarantine else []
    entries = [entry for entry in entries if kind is None or _is_of(entry, kind)]
    if as_json:
        found = [{**asdict(entry), "tried_again": is_tried_again(entry)} for entry in entries]
        # Of ten thousand articles rich makes seconds.
        sys.stdout.write(escaped(json.dumps(found, ensure_ascii=False, indent=2)) + "\n")
        return
    if not entries:
        out.print("nothing is in quarantine" if kind is None else f"nothing is in quarantine for {kind}", markup=False)
        return
    reasons: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        reasons[entry.stage, entry.kind, entry.status].append(entry)
    table = plain_table("reason", "articles", "status", "first seen", "last seen", "next run")
    for (stage, reason, status), of_it in sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        first, last = min(entry.first_seen for entry in of_it), max(entry.last_seen for entry in of_it)
        add_row(table, f"{stage}/{reason}", str(len(of_it)), status, _day(first), _day(last), _fates(of_it))
    show(out, table)
    out.print()
    table = plain_table("id", "reason", "first seen", "last seen", "tries", "next run", "source")
    for entry in entries[: limit or None]:
        reason, first, last = f"{entry.stage}/{entry.kind}", _day(entry.first_seen), _day(entry.last_seen)
        add_row(table, entry.article[:_SHOWN], reason, first, last, str(entry.tries), _fate(entry), entry.source)
    show(out, table)
    if limit and len(entries) > limit:
        out.print(f"and {len(entries) - limit} more: --limit 0 lists all, --kind those of one reason")


@quarantine_app.command("show")
def show_(
    article: Annotated[str, typer.Argument(metavar="ID", help="Its id or the beginning of it, or its source.")],
    config_file: ConfigOption = None,
) -> None:
    """Show all that is known of an article: why, since when, and the beginning of its text."""
    with _opened(config_file) as quarantine:
        entries = _chosen(quarantine.entries() if quarantine else [], [article], None)
    for number, entry in enumerate(entries):
        if number:
            out.print()
        for name, value in (
            ("id", entry.article),
            ("source", entry.source),
            ("reason", f"{entry.status}: {entry.stage}/{entry.kind}"),
            ("message", entry.message),
            ("first seen", entry.first_seen),
            ("last seen", entry.last_seen),
            ("last tried", f"{entry.last_tried} ({'once' if entry.tries == 1 else f'{entry.tries} times'} in all)"),
            ("next run", _fate(entry)),
            ("begins", entry.begins or "(no text)"),
        ):
            # A line for each, whatever a document says.
            out.print(f"{name + ':':<12}{value}".replace("\n", "\\n"), markup=False)


@quarantine_app.command("retry")
def retry(articles: Ids = None, kind: Kind = None, config_file: ConfigOption = None) -> None:
    """Try articles again in the next run, also those that were dropped."""
    with _opened(config_file) as quarantine:
        entries = _chosen(quarantine.entries() if quarantine else [], articles, kind)
        if quarantine:
            quarantine.mark([entry.key for entry in entries], "retry")
    out.print(f"{_counted(entries)} tried again by the next run that finds {_them(entries)}")


@quarantine_app.command("drop")
def drop(articles: Ids = None, kind: Kind = None, config_file: ConfigOption = None) -> None:
    """Do not hear of articles again: they are not tried, not named, and no run ends with 1 for them."""
    with _opened(config_file) as quarantine:
        entries = _chosen(quarantine.entries() if quarantine else [], articles, kind)
        if quarantine:
            quarantine.mark([entry.key for entry in entries], "dropped")
    out.print(f"{_counted(entries)} dropped; quarantine retry takes {_them(entries)} back")


@contextmanager
def _opened(config_file: Path | None) -> Iterator[Quarantine | None]:
    """The quarantine of a configuration; None where no run has made one."""
    from pipeline.executor.triage import QUARANTINE
    from pipeline.store.quarantine import Quarantine

    path = Path(load_config(config_file).run.cache) / QUARANTINE
    if not path.exists():
        yield None
        return
    with Quarantine(path) as quarantine:
        yield quarantine
        for note in quarantine.notes:
            err.print(f"repaired: {note}", markup=False)


def _chosen(entries: Sequence[Entry], articles: Sequence[str] | None, kind: str | None) -> list[Entry]:
    """The entries that are named; each word has to name one.

    Raises:
        ConfigError: nothing was named, or a word names none, or more than one article.
    """
    if not articles and kind is None:
        raise ConfigError("name articles, or a reason with --kind; `worldbrief quarantine list` has both")
    chosen = [entry for entry in entries if kind is not None and _is_of(entry, kind)]
    if kind is not None and not chosen:
        raise ConfigError(f"--kind {kind}: nothing is in quarantine for this reason")
    for word in articles or ():
        named = [entry for entry in entries if entry.source == word]
        if not named and len(word) >= _SHORTEST:
            named = [entry for entry in entries if entry.article.startswith(word)]
        if not named:
            short = f"; give at least {_SHORTEST} characters of an id" if len(word) < _SHORTEST else ""
            raise ConfigError(f"{word}: no such article is in quarantine{short}")
        if len(ids := {entry.article for entry in named}) > 1:
            raise ConfigError(f"{word}: {len(ids)} articles begin so: {', '.join(sorted(ids)[:_SHORTEST])}")
        chosen += named
    return list({entry.key: entry for entry in chosen}.values())


def _is_of(entry: Entry, kind: str) -> bool:
    return kind in (entry.kind, f"{entry.stage}/{entry.kind}")


def _fate(entry: Entry) -> str:
    from pipeline.executor.triage import is_tried_again

    return "dropped" if entry.mark == "dropped" else "tried" if is_tried_again(entry) else "held"


def _fates(entries: Sequence[Entry]) -> str:
    counts = Counter(map(_fate, entries))
    return ", ".join(fate if len(counts) == 1 else f"{number} {fate}" for fate, number in sorted(counts.items()))


def _counted(entries: Sequence[Entry]) -> str:
    return "1 article is" if len(entries) == 1 else f"{len(entries)} articles are"


def _them(entries: Sequence[Entry]) -> str:
    return "it" if len(entries) == 1 else "them"


def _day(moment: str) -> str:
    return moment[:16].replace("T", " ")
