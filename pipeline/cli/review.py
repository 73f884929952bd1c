"""`worldbrief review`: the page on which an editor reads an issue beside its originals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import ConfigOption, load_config, out


def review(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with the results of a run; default: run.out of the configuration.")
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """Write review.html: every sentence beside its original, and what to decide about it."""
    from pipeline.review import page, results

    settings = load_config(config_file)
    found = results.read(folder or Path(settings.run.out), Path(settings.run.overlay))
    out.print(str(page.write(found)), markup=False)
