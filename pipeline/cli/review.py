"""`worldbrief review`: the page on which an editor reads an issue beside its originals, and the server that saves."""

from __future__ import annotations

import time
import webbrowser
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import ConfigOption, DigestOption, digest_of, err, load_config, out
from pipeline.config import Config, Digest
from pipeline.errors import ConfigError


def review(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with the results of a run; default: run.out of the configuration.")
    ] = None,
    config_file: ConfigOption = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve the page on this machine, so that it saves what is decided.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="With --serve: the port; 0 takes a free one.")] = 0,
    open_page: Annotated[bool, typer.Option("--open", help="With --serve: open the page in the browser.")] = False,
    name: DigestOption = None,
) -> None:
    """Write review.html: every sentence beside its original, and what to decide about it."""
    from pipeline.review import page, results

    if not serve and (port or open_page):
        raise ConfigError(f"{'--port' if port else '--open'} goes with --serve")
    settings = load_config(config_file)
    digest = digest_of(settings, name, str(folder) if folder else None)
    folder, overlay = Path(digest.config.run.out), Path(settings.run.overlay)
    found = results.read(folder, overlay)
    if not serve:
        out.print(str(page.write(found)), markup=False)
        return
    from pipeline.review.server import Actions, Desk, Server

    actions = Actions(build=lambda say: _build(settings, digest, say), approve=lambda: _approve(folder, overlay))
    server = Server(Desk(folder, overlay, actions), port)
    server.start()
    err.print(f"issue {found.id}, decisions go to {overlay}; end with Ctrl-C", markup=False)
    out.print(server.url, markup=False)
    if open_page:
        webbrowser.open(server.url)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        err.print("ended; what was decided is saved")
    finally:
        server.close()


class _Progress:
    """Implements `context.Progress`: how far it is, in a line."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._found = 0
        self._through: Counter[str] = Counter()

    def asked(self, feeds: int, total: int) -> None:
        self._say(f"feeds: {feeds} of {total} asked")

    def found(self, articles: int) -> None:
        self._found = articles

    def advance(self, stage: str, articles: int) -> None:
        self._through[stage] += articles
        self._say(f"{stage}: {self._through[stage]} of {self._found} articles")

    def detail(self, stage: str, done: int, total: int) -> None:
        self._say(f"{stage}: {done} of {total} sentences")


def _build(settings: Config, digest: Digest, say: Callable[[str], None]) -> str:
    """`run --again`, for the page: what became of the decisions."""
    from pipeline.run import job
    from pipeline.run.again import last_run
    from pipeline.run.installed import Models

    last = last_run(Path(digest.config.run.out))
    config = settings.writing_to(digest)
    task = job.Job(
        config=config,
        issue=last.issue,
        started=datetime.now().astimezone().isoformat(timespec="seconds"),
        paths=last.inputs,
        keep_known=last.keep_known,
        since=last.since,
        only=last.only,
        digests=(digest.name,) if digest.name else (),
        again=True,
    )
    say("reading")
    result = job.run(task, Models(config, None), _Progress(say), say=say)
    report = next(written.report for written in result.digests if written.digest == digest.name)
    misfits = f"; {len(report.overlay)} decisions have no effect, see above" if report.overlay else ""
    return f"Built again: {report.told} told, {report.listed} withheld{misfits}."


def _approve(folder: Path, overlay: Path) -> str:
    from pipeline.overlay.file import read
    from pipeline.publish import approval
    from pipeline.publish.edition import read_edition

    edition = read_edition(folder)
    approval.check_settled(edition, read(overlay).mark_of(edition.issue.key))
    approved = approval.approve(edition, now=time.time())
    counts = edition.issue.counts
    what = f"{counts.told} told, {counts.listed} listed, {len(approved.files)} files"
    return f"Issue {edition.issue.key} is approved: {what}."
