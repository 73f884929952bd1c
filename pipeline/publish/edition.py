"""The issue in the folder of results, read back: what can be approved and sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import ConfigError, NothingToSend
from pipeline.issue.folder import settle
from pipeline.issue.identity import check_issue_id
from pipeline.issue.issue import Issue
from pipeline.issue.render import FORMATS
from pipeline.issue.render.json import SCHEMA
from pipeline.publish import Edition

DATA = "issue.json"
FILES = tuple(sorted(name for name, _ in FORMATS.values()))
"""What an issue is made of; articles.jsonl, report.json and the pages for the editor stay in the house."""
_SHOWN_ERRORS = 3


def read_edition(folder: Path) -> Edition:
    """The issue that lies in a folder.

    Raises:
        ConfigError: there is none, or issue.json is damaged or of another version of worldbrief; the message names the
            file, the key and what to do.
    """
    settle(folder)
    path = folder / DATA
    files = {name: data for name in FILES if (data := _read(folder / name)) is not None}
    if DATA not in files:
        raise ConfigError(
            f"{path}: is not there, so there is no issue to publish; `worldbrief run` writes it, with json among "
            "issue.formats"
        )
    return Edition(issue=_issue(path, files[DATA]), folder=folder, files=files, sha256=_whole(hashes(files)))


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """The sha256 of each file, hexadecimal."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def _whole(files: Mapping[str, str]) -> str:
    """One hash of names and contents. No file of an issue has the clock in it, so the same issue has the same."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def _issue(path: Path, data: bytes) -> Issue:
    again = "`worldbrief run` with the same --issue and --all writes it anew"
    try:
        values: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise ConfigError(f"{path}: is damaged, it is not JSON; {again}") from None
    schema = values.get("schema") if isinstance(values, dict) else None
    if schema != SCHEMA:
        written = f"says it is {schema!r:.80}" if schema else "does not say what it is"
        raise ConfigError(f"{path}: {written}, and this worldbrief reads {SCHEMA!r}; {again}")
    try:
        issue = TypeAdapter(Issue).validate_json(data, strict=True)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors(include_url=False)]
        more = f" and {len(wrong) - _SHOWN_ERRORS} more" if len(wrong) > _SHOWN_ERRORS else ""
        raise ConfigError(
            f"{path}: is damaged or of another version of worldbrief ({'; '.join(wrong[:_SHOWN_ERRORS])}{more});"
            f" {again}"
        ) from None
    try:
        check_issue_id(issue.id)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None
    if not issue.items:
        raise NothingToSend(f"{path}: issue {issue.id} says that nothing new came; there is nothing to send")
    return issue
