"""Names of issues: a few characters that are safe in a file name, an address and a Message-ID."""

import re
from datetime import date

from pipeline.errors import ConfigError

_ISSUE_ID = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_LEADING_DATE = re.compile(r"(?:1[6-9]|2\d)\d\d-\d\d-\d\d(?!\d)")


def check_issue_id(issue_id: str) -> str:
    """The name itself, if it can name an issue: letters, digits, `.`, `-`, `_`; by custom a date, `2026-11-23`.

    Raises:
        ConfigError: another character, more than 64 of them, or a date that does not exist.
    """
    if not _ISSUE_ID.fullmatch(issue_id) or ".." in issue_id:
        raise ConfigError(
            f"issue name {issue_id!r}: use letters and digits, with single dots, hyphens and underscores between them,"
            " 64 characters at most"
        )
    date_in(issue_id)
    return issue_id


def issue_key(digest: str, issue_id: str) -> str:
    """What tells the issue of one of several digests from those of the others; the id itself where there is only one.

    No id and no name of a digest has a slash.
    """
    return f"{digest}/{issue_id}" if digest else issue_id


def date_in(issue_id: str) -> str | None:
    """The ISO 8601 date at the start of the name, if there is one.

    Raises:
        ConfigError: it looks like a date, but there is no such day.
    """
    named = _LEADING_DATE.match(issue_id)
    if not named:
        return None
    try:
        return date.fromisoformat(named[0]).isoformat()
    except ValueError:
        raise ConfigError(f"issue name {issue_id!r}: there is no day {named[0]}") from None
