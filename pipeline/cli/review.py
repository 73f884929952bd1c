"""`worldbrief review`: the page on which an editor reads an issue beside its originals, and the server that saves."""

from __future__ import annotations

import time
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import ConfigOption, err, load_config, out
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
) -> None:
    """Write review.html: every sentence beside its original, and what to decide about it."""
    from pipeline.review import page, results

    if not serve and (port or open_page):
        raise ConfigError(f"{'--port' if port else '--open'} goes with --serve")
    settings = load_config(config_file)
    folder, overlay = folder or Path(settings.run.out), Path(settings.run.overlay)
    found = results.read(folder, overlay)
    if not serve:
        out.print(str(page.write(found)), markup=False)
        return
    from pipeline.review.server import Actions, Desk, Server

    server = Server(Desk(folder, overlay, Actions(approve=lambda: _approve(folder))), port)
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


def _approve(folder: Path) -> str:
    from pipeline.publish import approval
    from pipeline.publish.edition import read_edition

    edition = read_edition(folder)
    approval.check_settled(edition)
    approved = approval.approve(edition, now=time.time())
    counts = edition.issue.counts
    what = f"{counts.told} told, {counts.listed} listed, {len(approved.files)} files"
    return f"Issue {edition.issue.id} is approved: {what}."
