"""The last run once more, as its report tells it: what an editor decided since then is put in, from the cache."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import ConfigError
from pipeline.issue.folder import settle

_STDIN = "-"


@dataclass(frozen=True, slots=True)
class LastRun:
    """The part of `report.json` that it takes to repeat a run."""

    issue: str
    inputs: tuple[str, ...]
    """As they were given: files are named relative to the folder that the run was started in."""
    keep_known: bool = False
    since: str = ""
    only: tuple[str, ...] = ()


def last_run(out: Path) -> LastRun:
    """What was run into a folder of results.

    Raises:
        ConfigError: there is no report, or none of this version; or the run read standard input, which is gone.
    """
    settle(out)
    path = out / "report.json"
    try:
        found = TypeAdapter(LastRun).validate_python(json.loads(path.read_bytes()))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; a run comes before its repetition") from None
    except (ValueError, ValidationError):
        raise ConfigError(f"{path}: does not say what was run; make the issue anew: worldbrief run PATHS") from None
    if _STDIN in found.inputs:
        raise ConfigError(
            f"issue {found.issue} was read from standard input, which cannot be read again: give the same input to"
            f" `worldbrief run - --issue {found.issue}`"
        )
    return found
