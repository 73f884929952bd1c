"""The file of recipients: one address a line, or a column of a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.issue.mailbox import Mailbox, mailboxes

_DELIMITERS = (",", ";", "\t")
_SHOWN = 5


def read_recipients(path: Path, column: str) -> tuple[Mailbox, ...]:
    """Who is to have the issue, in the order of the file, each address once.

    A text file has `desk@example.org` or `Desk <desk@example.org>` in a line, `#` begins a comment. A file `*.csv` has
    a header, with comma, semicolon or tab between the columns.

    Args:
        column: header of the column with the addresses, in any case of letters.

    Raises:
        ConfigError: the file cannot be read, has no address or no such column, or lines are no addresses: they are
            named, and nobody is sent anything.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: the recipients cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    fields = _cells(path, text, column) if path.suffix.lower() == ".csv" else _lines(text)
    found: dict[str, Mailbox] = {}
    wrong: list[str] = []
    for number, field in fields:
        try:
            (box,) = mailboxes(field)
        except (ConfigError, ValueError):
            wrong.append(f"line {number}: {field!r:.80}")
            continue
        found.setdefault(box.address.lower(), box)
    if wrong:
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise ConfigError(
            f"{path}: not one mail address in ASCII: {'; '.join(wrong[:_SHOWN])}{more}; mend the lines, or begin them "
            "with #; nothing was sent"
        )
    if not found:
        raise ConfigError(f"{path}: has no addresses; nothing was sent")
    return tuple(found.values())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(text.splitlines(), 1):
        # Within an address # is a letter like any other.
        field = "" if row.lstrip().startswith("#") else row.partition(" #")[0].partition("\t#")[0].strip()
        if field:
            yield number, field


def _cells(path: Path, text: str, column: str) -> Iterator[tuple[int, str]]:
    lines = text.splitlines()
    for delimiter in _DELIMITERS:
        header = [cell.strip().casefold() for cell in next(csv.reader(lines[:1], delimiter=delimiter), [])]
        if column.casefold() not in header:
            continue
        place = header.index(column.casefold())
        reader = csv.reader(lines, delimiter=delimiter)
        next(reader)
        for row in reader:
            if (field := row[place].strip() if place < len(row) else "") and not field.startswith("#"):
                yield reader.line_num, field
        return
    raise ConfigError(f"{path}: has no column {column!r}; set publish.smtp.column")
