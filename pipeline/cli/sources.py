"""`worldbrief sources`: the feeds that are followed, and which of them fail or have fallen silent."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import ConfigOption, load_config, out


def sources(
    silent: Annotated[
        int | None, typer.Option(help="Exit status 1 if a feed fails or has had nothing new for so many days.")
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """List the feeds that runs have asked: when they last answered and had something new, and what is wrong."""
    from pipeline.feeds.follow import silent_for
    from pipeline.run.sources import INBOX
    from pipeline.store.inbox import Inbox

    path = Path(load_config(config_file).run.cache) / INBOX
    if not path.exists():
        out.print("no feed was read yet; give run an address or an OPML list")
        return
    with closing(Inbox(path)) as inbox:
        feeds = inbox.feeds()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("feed", "answered", "had something new", "silent for", "trouble"):
        table.add_column(heading, overflow="fold")
    alarm = False
    for feed in feeds:
        quiet = silent_for(feed, time.time())
        days = "" if quiet is None else "1 day" if quiet.days == 1 else f"{quiet.days} days"
        failed = f"{feed.failures} times: {feed.trouble}" if feed.failures > 1 else feed.trouble
        name = f"{feed.title}\n{feed.url}" if feed.title else feed.url
        cells = (name, _day(feed.succeeded), _day(feed.had_new), days, failed)
        table.add_row(*(Text(cell) for cell in cells))
        alarm |= feed.failures > 0 or (silent is not None and (quiet is None or quiet.days >= silent))
    out.print(table)
    if silent is not None and alarm:
        raise typer.Exit(1)


def _day(moment: str) -> str:
    return moment[:16].replace("T", " ") if moment else "never"
