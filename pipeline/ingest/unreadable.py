"""What could not be read, as a value: the run counts it and goes on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from pipeline.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that yields no article, and why.

    Kinds of `error`: "unreadable" (permission, vanished, I/O), "not-a-file", "too-large", "bad-gzip", "bad-json",
    "bad-feed", "bad-table", "bad-row", "columns".
    """

    source: str
    error: ArticleError
    content: str = field(default="", kw_only=True)
    """sha256 of what was read of it; "" where nothing was, or not all."""
    feed: str = field(default="", kw_only=True)
    """Address of the followed feed that had it, or that could not be had itself."""


def unreadable(source: str, kind: str, message: str, data: bytes = b"") -> Unreadable:
    content = hashlib.sha256(data).hexdigest() if data else ""
    return Unreadable(source, ArticleError(kind, f"{source}: {message}"), content=content)


def system_message(error: OSError) -> str:
    """The operating system's words alone: `str(error)` would repeat the path as it is on this machine."""
    return f"cannot be read: {error.strerror or type(error).__name__}"
