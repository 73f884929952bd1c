"""What happens in a run, told to machines: events with a name and fields, in the order in which they happen.

Rooms tell by `tell`; that goes to the logger of this package, and where nobody asked for a log nothing comes of it.
`log` makes lines of JSON of it. Which events and fields there are is a promise to whoever reads logs.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["info", "warning", "error"]

_LOGGER = logging.getLogger(__name__)
_LEVELS: Final = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event: how grave it is, its fields, and what it says."""

    level: Level
    fields: tuple[str, ...]
    says: str


EVENTS: Final[Mapping[str, Event]] = {
    "started": Event("info", ("command", "version", "issue", "inputs"), "a command begins"),
    "fetched": Event("info", ("url", "status", "bytes", "seconds"), "a request was answered; 304: nothing new"),
    "not-fetched": Event("warning", ("url", "kind", "status", "message", "seconds"), "a request was in vain"),
    "model-loaded": Event("info", ("model", "seconds"), "a model or dictionary is open"),
    "article": Event("warning", ("status", "source", "stage", "kind", "message"), "an article was refused or failed"),
    "progress": Event("info", ("stage", "done", "total", "unit"), "ten seconds or more have gone by"),
    "stage": Event(
        "info",
        ("stage", "articles", "cached", "computed", "skipped", "refused", "failed", "seconds"),
        "a window of articles is through a stage; counts are of this window",
    ),
    "waiting": Event("warning", ("message",), "another run is writing to the folder of results"),
    "repaired": Event("warning", ("message",), "something was damaged, and is mended"),
    "alarm": Event(
        "warning", ("source", "kind", "since", "message"), "a source is not as it used to be, and so probably broken"
    ),
    "silent": Event("warning", ("outlet", "issues"), "nothing new of an outlet that so many of the last 5 issues have"),
    "overlay": Event("warning", ("message",), "a decision of the editor fits nothing"),
    "hint": Event("info", ("message",), "a person could do something about this"),
    "written": Event("info", ("file",), "a result is in its place"),
    "delivered": Event("info", ("target", "complete", "new", "message"), "a target has taken the issue, or part of it"),
    "not-delivered": Event("error", ("target", "message"), "a target did not take the issue"),
    "said": Event("info", ("message",), "a line of what a person would read on standard error"),
    "library": Event("warning", ("logger", "message"), "a library warns"),
    "failed": Event("error", ("kind", "message"), "the command cannot go on; `kind` as in `pipeline/errors.py`"),
    "stopped": Event("warning", ("message",), "somebody ended the command, by SIGTERM or Ctrl-C"),
    "crashed": Event("error", ("kind", "message", "traceback"), "a fault of worldbrief"),
    "ended": Event(
        "info",
        ("command", "exit_status", "seconds", "articles", "told", "listed", "known", "refused", "failed"),
        "a command is at its end; counts as in `report.json`, 0 where it did not come to that",
    ),
}  # fmt: skip
"""All events by name, in about the order in which they come."""


def tell(event: str, /, **fields: object) -> None:
    """Tell an event.

    Args:
        fields: text, numbers, truth values, None, or lists of these; never the text of an article, never a secret.
    """
    level = _LEVELS[EVENTS[event].level]
    if _LOGGER.isEnabledFor(level):
        _LOGGER.log(level, event, extra={"fields": fields})
