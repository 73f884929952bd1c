"""`worldbrief plan`: what a run would do, why, and how long it takes, before anything runs."""

from __future__ import annotations

import datetime
import sys
from typing import Annotated

import typer

from pipeline.cli.console import (
    ConfigOption,
    DigestsOption,
    ForceOption,
    OnlyOption,
    SinceOption,
    forced,
    known_stage,
    load_config,
    out,
)
from pipeline.run.plan import STAGES


def plan(
    paths: Annotated[
        list[str] | None, typer.Argument(help="As of `run`; of feeds, what was fetched for the issue.")
    ] = None,
    config_file: ConfigOption = None,
    until: Annotated[
        str | None, typer.Option(help=f"As if the run stopped after this stage: {', '.join(STAGES)}.")
    ] = None,
    issue: Annotated[str | None, typer.Option(help="Id of the issue; default: today's date.")] = None,
    keep_known: Annotated[bool, typer.Option("--all", help="With articles of earlier issues, too.")] = False,
    since: SinceOption = "",
    only: OnlyOption = None,
    force: ForceOption = None,
    digest: DigestsOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, with every article that costs work.")
    ] = False,
) -> None:
    """Say what `run` would do with PATHS: what the cache has, what is made anew and why, and how long it takes.

    Nothing is changed, nothing is fetched.
    """
    from pipeline.cli.display import show
    from pipeline.cli.forecasts import languages_table, lines, reasons_table, stages_table
    from pipeline.forecast.preview import preview
    from pipeline.issue.identity import check_issue_id
    from pipeline.run.installed import Models
    from pipeline.run.job import Job

    settings = load_config(config_file)
    now = datetime.datetime.now().astimezone()
    job = Job(
        config=settings,
        issue=check_issue_id(issue or now.date().isoformat()),
        started=now.isoformat(timespec="seconds"),
        paths=tuple(paths or ()),
        until=known_stage(until),
        keep_known=keep_known,
        since=since,
        only=tuple(only or ()),
        force=forced(force),
        digests=tuple(digest or ()),
    )
    models = Models(settings, None)
    forecast = preview(job, models, sys.stdin.buffer)
    if as_json:
        out.print(forecast.to_json(), markup=False, end="")
        return
    if not forecast.articles:
        out.print("nothing to do: no articles found")
        return
    show(out, stages_table(forecast))
    for table in (languages_table(forecast), reasons_table(forecast)):
        if table.row_count:
            out.print()
            show(out, table)
    out.print()
    for line in lines(forecast):
        out.print(line, markup=False)
    for hint in models.hints:
        out.print(f"hint: {hint}", markup=False)
