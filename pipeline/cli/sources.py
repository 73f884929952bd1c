"""`worldbrief sources`: what comes of each source, and which of them are probably broken."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import ConfigOption, err, load_config, out
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.run.watching import Source
    from pipeline.store.state import State

sources_app = typer.Typer(help="The sources that runs have read.", invoke_without_command=True)
# Shares are of so many days.
_RECENT = 28
_WIDE = 180
_BARS = "▁▂▃▄▅▆▇█"
NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="Address, host or name of the source, or a part that no other has.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@sources_app.callback()
def sources(
    context: typer.Context,
    only_alarms: Annotated[
        bool, typer.Option("--alarms", help="Only what is probably broken: a line for each, and nothing else.")
    ] = False,
    fail: Annotated[bool, typer.Option("--fail", help="Exit status 1 if there is an alarm.")] = False,
    silent: Annotated[
        int | None, typer.Option(help="Exit status 1 if a source fails or has had nothing new for so many days.")
    ] = None,
    as_json: JsonOption = False,
    config_file: ConfigOption = None,
) -> None:
    """List the sources that runs have read: what usually comes of them, and what is wrong."""
    if context.invoked_subcommand:
        return
    with _state(config_file) as state:
        found = _sources(state) if state else []
        day = _today(state) if state else ""
    loud = [source for source in found if not source.muted]
    alarms = [(source, alarm) for source in loud for alarm in source.alarms]
    if as_json:
        shown = [source for source in loud if source.alarms] if only_alarms else found
        out.print(json.dumps([_data(source, day) for source in shown], ensure_ascii=False, indent=2), markup=False)
    elif only_alarms:
        for source, alarm in alarms:
            out.print(f"{source.name}: {alarm.message}; {alarm.advice} [{alarm.kind}]", markup=False)
    elif found:
        _print(_table(found, day))
    else:
        out.print("no source was read yet: `run` makes an issue of files, or of the address of a feed or an OPML list")
    late = silent is not None and any(source.watched.failing or _is_silent(source, day, silent) for source in loud)
    if late or (fail and alarms):
        raise typer.Exit(1)


@sources_app.command()
def show(
    name: NameArgument,
    days: Annotated[int, typer.Option(min=1, help="So many days back.")] = _RECENT,
    as_json: JsonOption = False,
    config_file: ConfigOption = None,
) -> None:
    """Show what came of one source, issue by issue."""
    with _state(config_file) as state:
        source = _named(state, name)
        day = _today(state) if state else ""
    oldest = (date.fromisoformat(day) - timedelta(days=days - 1)).isoformat()
    issues = [(issue, row) for issue, row in source.issues if row.day >= oldest]
    if as_json:
        rows = [{"issue": issue, **asdict(row)} for issue, row in issues]
        out.print(json.dumps({**_data(source, day), "issues": rows}, ensure_ascii=False, indent=2), markup=False)
        return
    for line in _about(source, day):
        out.print(line, markup=False)
    out.print(f"{oldest} {_sparkline(source, oldest, day)} {day}", markup=False)
    if not issues:
        out.print("nothing came in these days")
        return
    table = _headed(
        "issue", "read", "not read", "failed", "listed", "told", "languages", "characters", "dates", "trouble"
    )
    for issue, row in issues:
        named = issue if issue.startswith(row.day) else f"{issue} ({row.day})"
        counts = (row.items, row.refused, row.failed, row.listed, row.told)
        length = f"{exp(row.length / row.items):.0f}" if row.items else ""
        languages = ", ".join(f"{code} {number}" for code, number in row.languages.items())
        dates = ((row.undated, "without"), (row.ahead, "ahead"), (row.stale, "years ago"))
        odd = ", ".join(f"{number} {what}" for number, what in dates if number)
        cells = (named, *(str(count or "") for count in counts), languages, length, odd, row.trouble)
        table.add_row(*(Text(cell) for cell in cells))
    _print(table)


@sources_app.command()
def mute(
    name: NameArgument,
    until: Annotated[
        str, typer.Option(metavar="DATE", help="The last day on which it is quiet; default: for ever.")
    ] = "",
    config_file: ConfigOption = None,
) -> None:
    """Raise no alarms about a source; it is read and counted as before."""
    from pipeline.store.sources import FOR_EVER

    if until:
        try:
            until = date.fromisoformat(until).isoformat()
        except ValueError:
            raise ConfigError(f"--until {until}: is no day; write it as 2026-11-23") from None
    with _state(config_file) as state:
        source = _named(state, name)
        assert state is not None
        state.sources.mute(source.watched.source, until or FOR_EVER)
    err.print(
        f"{source.name}: quiet {f'until {until}' if until else 'until `worldbrief sources unmute`'}", markup=False
    )


@sources_app.command()
def unmute(name: NameArgument, config_file: ConfigOption = None) -> None:
    """Raise alarms about a source again."""
    with _state(config_file) as state:
        source = _named(state, name)
        assert state is not None
        was = state.sources.unmute(source.watched.source)
    err.print(f"{source.name}: {'its alarms are raised again' if was else 'was not muted'}", markup=False)


@contextmanager
def _state(config_file: Path | None) -> Iterator[State | None]:
    """None where nothing was ever read."""
    from pipeline.store.state import State

    path = Path(load_config(config_file).run.cache) / "state.db"
    if not path.exists():
        yield None
        return
    with closing(State(path)) as state:
        yield state


def _today(state: State) -> str:
    """Today, or the day of a later issue."""
    looks = state.sources.looks()
    return max(datetime.now().astimezone().date().isoformat(), looks[-1].day if looks else "")


def _sources(state: State) -> list[Source]:
    from pipeline.run.watching import judged

    now = datetime.now().astimezone()
    found = judged(state.sources, _today(state), now)
    return sorted(found, key=lambda source: (source.name.casefold(), source.watched.source))


def _named(state: State | None, name: str) -> Source:
    found = _sources(state) if state else []
    exact = [source for source in found if name in (source.watched.source, source.name)]
    part = name.casefold()
    like = exact or [
        source for source in found if part in source.watched.source.casefold() or part in source.name.casefold()
    ]
    if len(like) == 1:
        return like[0]
    if not like:
        raise ConfigError(f"{name}: no source of that name; `worldbrief sources` lists them")
    names = ", ".join(source.watched.source for source in like[:5])
    raise ConfigError(f"{name}: {len(like)} sources are called so: {names}{', ...' if len(like) > 5 else ''}; say more")


def _table(found: Sequence[Source], day: str) -> Table:
    table = _headed("source", "answered", "last news", "usually", "not read, listed, told", "alarm")
    for source in found:
        about = source.watched
        name = f"{about.name}\n{about.source}" if about.name and about.name != about.source else about.source
        trouble = "\n".join(f"{alarm.brief} [{alarm.kind}]" for alarm in source.alarms)
        if about.failing and not trouble:
            trouble = f"fails since {about.failing}: {_trouble(source)}"
        if source.muted and trouble:
            trouble = f"muted: {trouble}"
        shares = ", ".join(map(_percent, _shares(source, day).values())).strip(", ")
        cells = (name, about.answered, _last(source) or "never", source.often, shares, trouble)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _headed(*headings: str) -> Table:
    """A table whose days are not broken."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in ("answered", "last news", "issue"))
    return table


def _print(table: Table) -> None:
    # A file or a pipe has no width that would have to be kept to.
    if not out.is_terminal:
        out.width = _WIDE
    out.print(table)


def _about(source: Source, day: str) -> Iterator[str]:
    about = source.watched
    yield about.name or about.source
    if about.name:
        yield about.source
    usually = source.usually or "nothing that could be called usual yet"
    yield f"usually {usually}; last news {_last(source) or 'never'}"
    if about.is_feed:
        yield f"last asked {about.asked}, last answered {about.answered or 'never'}"
    for alarm in source.alarms:
        head = "muted" if source.muted else "alarm"
        yield f"{head}: {alarm.message}; {alarm.advice} [{alarm.kind}, since {alarm.since}]"
    if source.muted:
        yield f"muted {f'until {source.muted}' if source.muted < '9999' else 'until `worldbrief sources unmute`'}"


def _last(source: Source) -> str:
    return max((row.day for row in source.days if row.heard), default="")


def _trouble(source: Source) -> str:
    return next((row.trouble for row in reversed(source.days) if row.trouble), "")


def _is_silent(source: Source, day: str, days: int) -> bool:
    last = _last(source)
    return not last or date.fromisoformat(day) - date.fromisoformat(last) >= timedelta(days=days)


def _shares(source: Source, day: str) -> dict[str, float | None]:
    """Of the last weeks: what could not be read of all, and what was listed and told of what could."""
    oldest = (date.fromisoformat(day) - timedelta(days=_RECENT)).isoformat()
    rows = [row for row in source.days if row.day > oldest]
    heard, items = sum(row.heard for row in rows), sum(row.items for row in rows)
    return {
        "not_read": sum(row.refused for row in rows) / heard if heard else None,
        "listed": sum(row.listed for row in rows) / items if items else None,
        "told": sum(row.told for row in rows) / items if items else None,
    }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _data(source: Source, day: str) -> dict[str, Any]:
    habit = source.habit
    languages: Counter[str] = Counter()
    for row in source.days:
        languages.update(row.languages)
    last = _last(source)
    return {
        "source": source.watched.source,
        "name": source.watched.name,
        "feed": source.watched.is_feed,
        "asked": source.watched.asked,
        "answered": source.watched.answered,
        "failing": source.watched.failing,
        "last_news": last,
        "silent_days": (date.fromisoformat(day) - date.fromisoformat(last)).days if last else None,
        "rate": round(habit.rate, 2) if habit else None,
        "rates": [round(rate, 2) for rate in habit.rates] if habit else None,
        **_shares(source, day),
        "languages": dict(languages.most_common()),
        "muted": source.muted,
        "alarms": [asdict(alarm) for alarm in source.alarms],
    }


def _sparkline(source: Source, oldest: str, day: str) -> str:
    """A character a day: a bar for what came, a dot for a day without, a space for one on which nobody looked."""
    counts: Counter[int] = Counter()
    for row in source.days:
        counts[date.fromisoformat(row.day).toordinal()] += row.heard
    looks = set(source.looks)
    first, last = date.fromisoformat(oldest).toordinal(), date.fromisoformat(day).toordinal()
    most = max((counts[at] for at in range(first, last + 1)), default=0)

    def bar(at: int) -> str:
        if counts[at]:
            return _BARS[-(-counts[at] * len(_BARS) // most) - 1]
        return "·" if at in looks else " "

    return "".join(map(bar, range(first, last + 1)))
