"""An edition to several targets: all are checked before the first is sent, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import PublishError
from pipeline.publish import Edition, Journal, Receipt, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one target: a receipt, or an error."""

    target: str
    receipt: Receipt | None = None
    error: PublishError | None = None


def preview(targets: Sequence[Target], edition: Edition, journal: Journal) -> list[tuple[str, list[str]]]:
    """What would be done, by target.

    Raises:
        ConfigError: a setting or a secret of one of them is missing or wrong.
    """
    return [(target.name, target.preview(edition, journal)) for target in targets]


def deliver(targets: Sequence[Target], edition: Edition, journal: Journal) -> Iterator[Outcome]:
    """Publish to one target after the other, each outcome as soon as it is known.

    Raises:
        ConfigError: a setting or a secret of one of them is missing or wrong; nothing was sent.
    """
    preview(targets, edition, journal)
    for target in targets:
        try:
            yield Outcome(target=target.name, receipt=target.publish(edition, journal))
        except PublishError as error:
            yield Outcome(target=target.name, error=error)
