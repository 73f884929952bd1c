"""`worldbrief approve` and `worldbrief publish`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import ConfigOption, DigestOption, digest_of, err, load_config, out
from pipeline.cli.operation import LogOption, LogStyle, current, operated
from pipeline.errors import ConfigError
from pipeline.events import tell

FAILED = 1
NOTHING_NEW = 3

_OutOption = Annotated[str | None, typer.Option("--out", "-o", help="Folder of the results; default: run.out.")]


def approve(
    issue: Annotated[str, typer.Argument(help="Id of the issue, such as 2026-11-23.")],
    config_file: ConfigOption = None,
    out_folder: _OutOption = None,
    by: Annotated[str, typer.Option(help="Who approves it.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Although not all that was decided is in it.")] = False,
    digest: DigestOption = None,
) -> None:
    """Say that ISSUE may go out as it lies in the folder of results."""
    from pipeline.overlay.file import read
    from pipeline.publish import approval
    from pipeline.publish.edition import read_edition

    config = digest_of(load_config(config_file), digest, out_folder).config
    edition = read_edition(Path(config.run.out))
    if edition.issue.id != issue:
        raise ConfigError(f"{edition.folder} holds issue {edition.issue.id}, not {issue}; nothing was approved")
    if not force:
        approval.check_settled(edition, read(Path(config.run.overlay)).mark_of(edition.issue.key))
    approved = approval.approve(edition, now=time.time(), by=by)
    counts = edition.issue.counts
    err.print(
        f"issue {edition.issue.key} is approved: {counts.told} told, {counts.listed} listed,"
        f" {len(approved.files)} files, sha256 {approved.sha256[:12]}",
        markup=False,
    )


@operated
def publish(
    targets: Annotated[list[str] | None, typer.Argument(help="Where to; default: publish.targets.")] = None,
    config_file: ConfigOption = None,
    out_folder: _OutOption = None,
    issue: Annotated[str | None, typer.Option(help="Only if this is the issue in the folder.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    test: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Send one mail to ADDRESS, approved or not, and no more.")
    ] = None,
    resend: Annotated[
        list[str] | None,
        typer.Option(
            "--resend-uncertain",
            metavar="WHO",
            help="Send again to an address or target where nobody knows whether it arrived; `all` for all.",
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Send also where it was refused, or an earlier text of it was sent.")
    ] = False,
    digest: DigestOption = None,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Send the approved issue to TARGETS."""
    from pipeline.publish import deliver
    from pipeline.publish.approval import check_approved
    from pipeline.publish.edition import read_edition
    from pipeline.publish.journal import FILE, SqliteJournal, alone
    from pipeline.publish.load import load
    from pipeline.publish.means import Means
    from pipeline.publish.secrets import environment, known

    meant = digest_of(load_config(config_file), digest, out_folder)
    config = meant.config
    held = environment(config.publish)
    this = current()
    this.secrets += known(config.publish, held)
    edition = read_edition(Path(config.run.out))
    if issue is not None and edition.issue.id != issue:
        raise ConfigError(f"{edition.folder} holds issue {edition.issue.id}, not {issue}; nothing was sent")
    means = Means(environment=held, say=_say, resend=frozenset(who.lower() for who in resend or ()), again=again)
    if test is not None:
        from pipeline.publish.mail import smtp

        out.print(smtp.target(config, means).test(edition, test).detail, markup=False)
        return
    names = tuple(dict.fromkeys(targets or config.publish.targets))
    if not names:
        raise ConfigError("no target: name one, or set publish.targets in the configuration")
    chosen = [load(name, config, means) for name in names]
    path = Path(config.run.cache) / FILE
    if dry_run:
        if config.publish.require_approval:
            try:
                check_approved(edition)
            except ConfigError as error:
                err.print(f"would be refused: {error}", markup=False)
        # Where nothing was ever published, none is made.
        with SqliteJournal(path if path.is_file() else Path(":memory:"), digest=meant.name) as journal:
            for name, lines in deliver.preview(chosen, edition, journal):
                for line in lines:
                    out.print(f"{name}: {line}", markup=False)
            for note in journal.notes:
                err.print(f"repaired: {note}", markup=False)
        return
    if config.publish.require_approval:
        check_approved(edition)
    this.started(edition.issue.id, names)
    failed = news = False
    with alone(path), SqliteJournal(path, digest=meant.name) as journal:
        for outcome in deliver.deliver(chosen, edition, journal):
            if outcome.receipt is None:
                said = f"{outcome.target}: failed: {outcome.error}"
                this.say("not-delivered", said, target=outcome.target, message=outcome.error)
                failed = True
                continue
            receipt = outcome.receipt
            out.print(" ".join((f"{outcome.target}: {receipt.detail}", receipt.url)).rstrip(), markup=False)
            tell(
                "delivered",
                target=outcome.target, complete=receipt.complete, new=receipt.new, message=receipt.detail,
            )  # fmt: skip
            failed |= not receipt.complete
            news |= receipt.new
        for note in journal.notes:
            this.say("repaired", f"repaired: {note}", message=note)
    if failed:
        raise typer.Exit(FAILED)
    if not news:
        raise typer.Exit(NOTHING_NEW)


def unpublish(
    issue: Annotated[str, typer.Argument(help="Id of the issue, such as 2026-11-23.")],
    config_file: ConfigOption = None,
    digest: DigestOption = None,
) -> None:
    """Take ISSUE out of the archive; what was mailed or posted stays where it is."""
    from pipeline.publish.archive import archive
    from pipeline.publish.means import Means

    config = digest_of(load_config(config_file), digest, None).config
    out.print(archive.target(config, Means()).withdraw(issue).detail, markup=False)


def _say(text: str) -> None:
    err.print(text, markup=False)
