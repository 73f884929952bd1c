"""The log as lines of JSON: one object a line, each with `time`, `level`, `event`, what is bound, and its fields."""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from pipeline.events import EVENTS
from pipeline.printable import escaped

# What a log collector takes as one line: journald cuts at 48 kB.
_LONGEST = 2_000
_MOST = 20
# Parts of an address that private feeds carry a key in.
_KEYS = re.compile(
    r"([?&;][\w.-]*(?:token|secret|passw|auth|key|sig|session)[\w.-]*=)"
    r"[^&;#\s\"'<>]+?(?=[:,.]?(?:[&;#\s\"'<>]|$))",
    re.IGNORECASE,
)
_USER = re.compile(r"(?<=://)[^/?#\s]*@")


class JsonLines(logging.Formatter):
    """One record as one line.

    Args:
        bound: fields that every line has, such as the id of the run.
        secrets: what is blotted out wherever it stands.
    """

    def __init__(self, bound: Mapping[str, object], secrets: Sequence[str] = ()) -> None:
        super().__init__()
        self._bound = bound
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        event, fields = self._told(record)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "level": record.levelname.lower(),
            "event": event,
            **self._bound,
            **{name: self._plain(value) for name, value in fields.items()},
        }
        return escaped(json.dumps(line, ensure_ascii=False))

    def _told(self, record: logging.LogRecord) -> tuple[str, Mapping[str, object]]:
        fields = getattr(record, "fields", None)
        if record.msg in EVENTS and isinstance(fields, Mapping):
            return record.msg, fields
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            message += "\n" + "".join(traceback.format_exception_only(record.exc_info[1]))
        return "library", {"logger": record.name, "message": message}

    def _plain(self, value: object) -> object:
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, float):
            return round(value, 3)
        if isinstance(value, list | tuple | set | frozenset):
            more = [f"… {len(value) - _MOST} more"] if len(value) > _MOST else []
            return [*(self._plain(item) for item in list(value)[:_MOST]), *more]
        return self._text(str(value))

    def _text(self, text: str) -> str:
        text = hidden(text, self._secrets)
        text = _KEYS.sub(r"\1***", _USER.sub("***@", text))
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def hidden(text: str, secrets: Iterable[str]) -> str:
    """The text with `***` in the place of each of these."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return text
