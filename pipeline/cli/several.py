"""What a run made of several digests, each in a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.cli.console import err, out
from pipeline.cli.operation import current

if TYPE_CHECKING:
    from pipeline.run.digest import Written
    from pipeline.run.job import Result


def tell_digests(result: Result) -> None:
    """Say of each digest what is in its issue, or why there is none, and what a person should know of it."""
    for written in result.digests:
        for unfit in written.report.overlay:
            said = f"{written.digest}: {unfit}"
            current().say("overlay", f"overlay: {said}", message=said)
    for written in result.digests:
        err.print(f"{written.digest}: {', '.join(_lines(written))}", markup=False)
        for file in written.files:
            if file.name.startswith("digest"):
                out.print(str(file), markup=False)


def _lines(written: Written) -> Iterator[str]:
    report = written.report
    if not written.is_issue:
        yield "nothing new"
    elif not written.items:
        yield f"no article is left for issue {report.issue}"
    else:
        yield f"{'1 article' if written.items == 1 else f'{written.items} articles'} in issue {report.issue}"
    for number, what in (
        (report.listed, "listed, not told"),
        (report.dropped, "dropped"),
        (report.dropped_by_editor, "dropped by the editor"),
        (report.known, "in earlier issues"),
        (report.older, "too old"),
        (report.passed, "not for it"),
    ):
        if number:
            yield f"{number} {what}"
