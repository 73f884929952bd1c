"""The folder of results as the page needs it: the issue, the articles of its run, and what the editor decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.issue.channels import Channels
from pipeline.issue.folder import settle
from pipeline.issue.identity import issue_key
from pipeline.issue.issue import Issue
from pipeline.issue.render.json import SCHEMA, render
from pipeline.overlay import file as overlay_file
from pipeline.overlay.overlay import Overlay

ISSUE, ARTICLES, REPORT = "issue.json", "articles.jsonl", "report.json"
_KEYS = {"id", "revision", "source", "language", "paragraphs", "extraction", "translation", "summary", "tags", "error"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One issue as it lies in a folder. Articles are read when asked for: there may be many."""

    folder: Path
    issue: dict[str, Any]
    """issue.json."""
    overlay: Overlay
    overlay_path: Path
    misfits: tuple[str, ...]
    """What was decided and had no effect when the issue was made, and why."""
    alarms: tuple[str, ...] = ()
    """Sources that were probably broken when the issue was made, each with why and what to do."""

    @property
    def id(self) -> str:
        """By which the overlay and the editor know the issue: of one of several digests it has the name before it."""
        return issue_key(self.digest, str(self.issue["id"]))

    @property
    def digest(self) -> str:
        """Which of several it is of; "" where there is only one."""
        return str(self.issue.get("digest", ""))

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(title of the section, item) in reading order."""
        for section in self.issue["sections"]:
            for item in section["items"]:
                yield section["title"], item

    def articles(self) -> Iterator[dict[str, Any]]:
        """The lines of articles.jsonl, one at a time.

        Raises:
            ConfigError: the file is missing or a line is none.
        """
        path = self.folder / ARTICLES
        try:
            with path.open(encoding="utf-8") as lines:
                for number, text in enumerate(lines, start=1):
                    try:
                        line = json.loads(text)
                    except ValueError:
                        line = None
                    if not isinstance(line, dict) or not line.keys() >= _KEYS:
                        raise ConfigError(
                            f"{path}: line {number} is no article of this version of worldbrief; make the issue again"
                            " with `run`"
                        )
                    yield line
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read: {_why(error)}; make the issue with `run` first") from None


def read(folder: Path, overlay_path: Path) -> Results:
    """The results in `folder`, of the last run that wrote there.

    Raises:
        ConfigError: there is no issue in the folder, a file is damaged, or the overlay is wrong.
    """
    settle(folder)
    path = folder / ISSUE
    try:
        issue = json.loads(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {_why(error)}; make the issue with `run` first") from None
    except ValueError:
        issue = None
    if not isinstance(issue, dict) or issue.get("schema") != SCHEMA:
        raise ConfigError(f"{path}: is no issue of worldbrief; make it again with `run`")
    overlay = overlay_file.read(overlay_path)
    report = _report(folder / REPORT, issue)
    return Results(
        folder=folder,
        issue=issue,
        overlay=overlay,
        overlay_path=overlay_path,
        misfits=tuple(map(str, _list(report.get("overlay")))),
        alarms=tuple(_said(alarm) for alarm in _list(report.get("alarms")) if isinstance(alarm, dict)),
    )


def of(
    issue: Issue,
    folder: Path,
    overlay_path: Path,
    channels: Channels,
    misfits: Iterable[str] = (),
    alarms: Iterable[str] = (),
) -> Results:
    """The results that a run has just written to `folder`; issue.json need not be among them.

    Args:
        misfits: what was decided and has no effect, for the report, which is written last.
        alarms: sources that are probably broken, likewise.

    Raises:
        ConfigError: the overlay is wrong.
    """
    data = json.loads(render(issue, channels))
    overlay = overlay_file.read(overlay_path)
    return Results(
        folder=folder,
        issue=data,
        overlay=overlay,
        overlay_path=overlay_path,
        misfits=tuple(misfits),
        alarms=tuple(alarms),
    )


def _report(path: Path, issue: dict[str, Any]) -> dict[str, Any]:
    """The report of the run that made the issue; nothing where it is missing, damaged or of another run."""
    try:
        report = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) and report.get("issue") == issue["id"] else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _said(alarm: dict[str, Any]) -> str:
    name, message, advice, kind = (str(alarm.get(key, "")) for key in ("name", "message", "advice", "kind"))
    return f"{name}: {message}; {advice} [{kind}]"


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
