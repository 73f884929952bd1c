"""Parallel text: two files whose lines are translations of each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of both files, by its number from 1, without blanks around it."""

    line: int
    source: str
    reference: str


@dataclass(frozen=True, slots=True)
class ParallelText:
    """The lines to score, and how many were left out because one side has no text."""

    pairs: tuple[Pair, ...]
    left_out: int


def read_parallel(source: Path, reference: Path, limit: int | None = None) -> ParallelText:
    """The lines of two files, the first `limit` of them.

    Lines end at line feeds only: other characters that break lines may be part of a sentence. A pair with an empty
    side keeps its number but is left out.

    Raises:
        ConfigError: a file cannot be read, they have different numbers of lines, or no line has both sides.
    """
    sources, references = _lines(source), _lines(reference)
    if len(sources) != len(references):
        raise ConfigError(
            f"{source} has {len(sources)} lines and {reference} has {len(references)}: "
            "each line of one must be the translation of the same line of the other"
        )
    taken = list(islice(zip(sources, references, strict=True), limit))
    pairs = tuple(Pair(number, first, second) for number, (first, second) in enumerate(taken, 1) if first and second)
    if not pairs:
        raise ConfigError(f"{source} and {reference}: no line has text on both sides")
    return ParallelText(pairs, len(taken) - len(pairs))


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}") from None
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line.strip() for line in lines]
