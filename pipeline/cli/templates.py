"""The command that copies the templates of the digest out of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import err, out

templates_app = typer.Typer(help="The look of the digest.", no_args_is_help=True)


@templates_app.callback()
def _templates() -> None:
    pass


@templates_app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the templates.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite those that are there.")] = False,
) -> None:
    """Write the package's templates to DIR, to be changed and named in `issue.templates`."""
    from pipeline.issue.render import templating

    for path in templating.export(folder, force=force):
        out.print(str(path), markup=False, soft_wrap=True)
    err.print("keep those you change, delete the others, and set issue.templates to the folder", markup=False)
