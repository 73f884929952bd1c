"""The command line: parses, calls, prints, exits. Nothing else in the package does any of these.

Exit status: 0 all fine, 1 some articles failed, a model is unusable or a target did not take the issue, 2 usage or
configuration, 3 nothing new, 130 interrupted, 143 asked to end by SIGTERM.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__, config
from pipeline.cli.cache import cache_app
from pipeline.cli.console import (
    ConfigOption,
    DigestsOption,
    ForceOption,
    OnlyOption,
    SinceOption,
    digest_in,
    digest_of,
    err,
    forced,
    known_stage,
    load_config,
    out,
)
from pipeline.cli.edit import edit_app
from pipeline.cli.evaluate import evaluate_app
from pipeline.cli.models import models_app
from pipeline.cli.operation import INTERRUPTED, TERMINATED, LogOption, LogStyle, ToldExit, current, operated
from pipeline.cli.plan import plan
from pipeline.cli.publish import approve, publish, unpublish
from pipeline.cli.quarantine import quarantine_app
from pipeline.cli.review import review
from pipeline.cli.several import tell_digests
from pipeline.cli.sources import sources_app
from pipeline.cli.stopping import Stopped, sigterm
from pipeline.cli.templates import templates_app
from pipeline.errors import ConfigError, WorldbriefError
from pipeline.events import tell
from pipeline.run.plan import STAGES

NOTHING_NEW = 3
# Failures of one kind that are told one by one.
_SHOWN = 100
_KEPT = "what was finished is kept, and the same command goes on from there"

app = typer.Typer(
    help="Reads the world's press and writes an English digest.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
config_app = typer.Typer(help="Show the configuration.", no_args_is_help=True)
app.add_typer(models_app, name="models")
app.add_typer(config_app, name="config")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(edit_app, name="edit")
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(cache_app, name="cache")
app.command()(plan)
app.command()(review)
app.add_typer(sources_app, name="sources")
app.add_typer(templates_app, name="templates")
app.command()(approve)
app.command()(publish)
app.command()(unpublish)


def main() -> None:
    """Entry point of the `worldbrief` command."""
    try:
        app()
    except WorldbriefError as error:
        err.print(f"worldbrief: {error}", markup=False)
        sys.exit(error.exit_code)
    except SystemExit as end:
        # Typer has turned Ctrl-C into this.
        if end.code == INTERRUPTED and not isinstance(end, ToldExit):
            err.print(f"worldbrief: interrupted; {_KEPT}")
        raise
    except Stopped:
        err.print(f"worldbrief: asked to end; the batch in hand is done, {_KEPT}")
        sys.exit(TERMINATED)


def _show_version(value: bool) -> None:
    if value:
        out.print(f"worldbrief {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")] = False,
) -> None:
    pass


@app.command()
@operated
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, tables or - for stdin; default: ingest.paths of the configuration."),
    ] = None,
    config_file: ConfigOption = None,
    out_folder: Annotated[str | None, typer.Option("--out", "-o", help="Folder for the results.")] = None,
    until: Annotated[
        str | None, typer.Option(help=f"Stop after this stage: {', '.join(STAGES[:-1])} or {STAGES[-1]}.")
    ] = None,
    issue: Annotated[str | None, typer.Option(help="Id of the issue; default: today's date.")] = None,
    keep_known: Annotated[bool, typer.Option("--all", help="Take in articles of earlier issues, too.")] = False,
    since: SinceOption = "",
    only: OnlyOption = None,
    force: ForceOption = None,
    get: Annotated[bool, typer.Option("--get", help="Get the models that the articles need first.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Make the last issue anew of the same PATHS, with what the editor decided.")
    ] = False,
    digest: DigestsOption = None,
    accept_failures: Annotated[
        bool, typer.Option("--accept-failures", help="End with 0 although single articles were refused or failed.")
    ] = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Make a digest of the articles in PATHS."""
    from pipeline.cli.display import DownloadDisplay, show, summary_table
    from pipeline.issue.identity import check_issue_id
    from pipeline.publish.secrets import environment
    from pipeline.run import job
    from pipeline.run.again import last_run
    from pipeline.run.installed import Models
    from pipeline.run.sources import visits

    until = known_stage(until)
    settings = load_config(config_file)
    this = current()
    this.metrics = settings.run.metrics
    variables = environment(settings.publish) if settings.fetch.logins else {}
    this.secrets += filter(None, (variables.get(name, "").strip() for name in settings.fetch.logins.values()))
    if out_folder is not None:
        settings = settings.model_copy(update={"run": settings.run.model_copy(update={"out": out_folder})})
    if again:
        if paths or issue or keep_known or since or only:
            raise ConfigError(
                "--again takes PATHS, --issue, --all, --since and --only from the last run: give none of them"
            )
        if digest and len(digest) > 1:
            raise ConfigError("--again: two digests may have different last issues; give one --digest at a time")
        if digest or digest_in(Path(settings.run.out)):
            meant = digest_of(settings, digest[0] if digest else None, None)
            digest, settings = [meant.name], settings.writing_to(meant)
            last = last_run(Path(meant.config.run.out))
        else:
            last = last_run(Path(settings.run.out))
        paths, issue, keep_known = list(last.inputs), last.issue, last.keep_known
        since, only = last.since, list(last.only)
    elif settings.digest and (here := digest_in(Path(settings.run.out))):
        raise ConfigError(f"{settings.run.out}: is the folder of the digest {here!r}; give that of the whole run")
    now = datetime.datetime.now().astimezone()
    models = Models(settings, DownloadDisplay(err) if get else None)
    task = job.Job(
        config=settings,
        issue=check_issue_id(issue or now.date().isoformat()),
        started=now.isoformat(timespec="seconds"),
        paths=tuple(paths or ()),
        until=until,
        keep_known=keep_known,
        since=since,
        only=tuple(only or ()),
        force=forced(force),
        digests=tuple(digest or ()),
        again=again,
        environment=variables,
    )
    stages = STAGES[: STAGES.index(until) + 1] if until else STAGES
    this.started(task.issue, task.paths or settings.ingest.paths)
    with sigterm() as request, this.progress(stages, request.check) as display:
        result = job.run(task, models, display, sys.stdin.buffer, lambda text: this.say("waiting", text, message=text))
    report = this.report = result.report
    this.feeds = visits(task.paths or settings.ingest.paths, Path(settings.run.cache)) if this.metrics else ()
    # Before all else: where nothing comes any more there is nothing else to say.
    for alarm in report.alarms:
        line = f"alarm: {alarm.line}"
        this.say("alarm", line, source=alarm.source, kind=alarm.kind, since=alarm.since, message=alarm.message)
    if report.alarms:
        this.to_reader("hint: `worldbrief sources show NAME` has the past of a source, `sources mute NAME` quiets it")
    if not report.articles:
        err.print(f"nothing to do: no articles found in {', '.join(task.paths or settings.ingest.paths)}", markup=False)
        raise typer.Exit(NOTHING_NEW)
    if not this.in_json:
        show(err, summary_table(report))
    if report.sentences:
        drafts = "1 article is a draft" if report.drafts == 1 else f"{report.drafts} articles are drafts"
        err.print(f"{report.doubtful} of {report.sentences} translated sentences are in doubt; {drafts}")
    for failure in report.named(_SHOWN):
        # One line each, whatever a file is called.
        message = failure.message.removeprefix(f"{failure.source}: ")
        said = f"{failure.status}: {failure.source}: {message} [{failure.name}]"
        this.to_reader(said.replace("\n", "\\n"))
    for name, number in report.failure_counts.items():
        if number > _SHOWN:
            where = f": see {Path(settings.run.out) / 'articles.jsonl'}" if result.files else ""
            err.print(f"and {number - _SHOWN:,} more{where} [{name}]", markup=False)
    if known := report.quarantined - report.quarantine_dropped:
        named = "1 article was" if known == 1 else f"{known:,} articles were"
        err.print(f"{named} refused or failed before and not tried again: worldbrief quarantine list")
    for repair in report.repairs:
        this.say("repaired", f"repaired: {repair}", message=repair)
    for unfit in report.overlay:
        this.say("overlay", f"overlay: {unfit}", message=unfit)
    # Whom readers are told of.
    for outlet, number in report.silent.items() if settings.issue.silent_sources else ():
        said = f"silent: {outlet}: nothing new, and something in {number} of the last 5 issues"
        this.say("silent", said, outlet=outlet, issues=number)
    for hint in report.hints:
        this.say("hint", f"hint: {hint}", message=hint)
    if not result.files or result.quiet:
        older = f", {report.older} too old" if report.older else ""
        err.print(f"nothing new: {report.articles} articles found, {report.known} of them in earlier issues{older}")
    for file in result.files:
        tell("written", file=str(file))
    if result.are_several:
        tell_digests(result)
    elif result.files:
        files = [file for file in result.files if file.name.startswith("digest")]
        articles = "1 article" if result.items == 1 else f"{result.items} articles"
        where = f"in issue {report.issue}" if until is None else f"up to the {until} stage"
        kept_back = {
            "listed, not told": report.listed,
            "dropped": report.dropped,
            "dropped by the editor": report.dropped_by_editor,
        }
        withheld = "".join(f", {number} {how}" for how, number in kept_back.items() if number)
        if not result.quiet:
            err.print(f"{articles} {where}{withheld} ({report.seconds:.1f} s)")
        for file in files or result.files:
            out.print(str(file), markup=False)
    # Where not one article went through, it is not about single articles.
    if report.failure_counts and not (accept_failures and (result.items or not result.files)):
        raise typer.Exit(1)
    if not result.files:
        raise typer.Exit(NOTHING_NEW)


@app.command()
def translate(
    source_language: Annotated[str, typer.Option("--from", help="Language of the lines, such as ko or zh-Hant.")],
    config_file: ConfigOption = None,
) -> None:
    """Translate lines from stdin: one English line for each, in order."""
    from pipeline.run import lines
    from pipeline.run.installed import Models

    settings = load_config(config_file)
    reader = (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
    for text in lines.translate(reader, source_language, settings, Models(settings, None)):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


@config_app.command("show")
def config_show(config_file: ConfigOption = None) -> None:
    """Print the resolved configuration as TOML."""
    out.print(config.to_toml(load_config(config_file)), markup=False, end="")


@config_app.command("schema")
def config_schema() -> None:
    """Print the JSON schema of the configuration."""
    out.print(config.json_schema(), markup=False)
