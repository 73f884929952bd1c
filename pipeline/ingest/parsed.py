"""What was read of a feed, as text to be kept: parsing it takes 25 times as long as reading this."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from typing import Final, Protocol

from pipeline.article import Document, Metadata

NAME: Final = "feed"
VERSION: Final = 1
"""Raised by hand whenever code changes which documents a feed gives."""


class Kept(Protocol):
    """Keeps texts under keys."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, text: str) -> None: ...


def key_of(data: bytes, base: str, charset: str) -> str:
    """64 hex digits of all that the documents of a feed depend on, but their names."""
    depends = json.dumps([NAME, VERSION, version("feedparser"), base, charset, hashlib.sha256(data).hexdigest()])
    return hashlib.sha256(depends.encode()).hexdigest()


def dumped(documents: Iterable[Document]) -> str:
    """The documents of a feed in their order, without their names."""
    rows = [[found.data.decode("utf-8"), found.media_type, asdict(found.metadata)] for found in documents]
    return json.dumps(rows, ensure_ascii=False)


def loaded(source: str, text: str) -> list[Document] | None:
    """The documents again, named as those of this source; None where the text is of another version."""
    try:
        rows = json.loads(text)
        if not isinstance(rows, list) or not rows:
            return None
        return [
            Document(
                source=f"{source}#{number}",
                data=data.encode("utf-8"),
                media_type=media_type,
                metadata=Metadata(**{**said, "authors": tuple(said["authors"])}),
            )
            for number, (data, media_type, said) in enumerate(rows, start=1)
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
