"""From one file to its documents, within `ingest.max_bytes`."""

from __future__ import annotations

import gzip
import json
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

from pipeline.article import Document, MediaType, Metadata
from pipeline.errors import ArticleError
from pipeline.ingest.columns import describe, usual
from pipeline.ingest.feeds import LONGEST, is_feed, read_feed
from pipeline.ingest.feeds import SUFFIXES as FEEDS
from pipeline.ingest.parsed import Kept
from pipeline.ingest.unreadable import Unreadable, system_message, unreadable

if TYPE_CHECKING:
    from pipeline.config import Ingest

MEDIA_TYPES: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".json": "application/json",
    ".eml": "message/rfc822",
}

# Articles of 80 characters would fill `ingest.max_bytes` with so many.
_MOST_ELEMENTS = 100_000

# Atomic groups: a page of many comments must not be tried in every partition.
_HTML = re.compile(
    r"(?>\s+|<\?xml[^>]*>|<!--(?>.*?-->))*+<(?:!doctype\s+html|html|head|body|meta|article|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def sniff(data: bytes) -> MediaType:
    """HTML if the first tag is one that opens a page or a passage of one, else plain text."""
    head = data[:4096]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = head.decode(encoding, "ignore").removeprefix("\xef\xbb\xbf")
    return "text/html" if _HTML.match(text) else "text/plain"


def read_file(path: Path, source: str, settings: Ingest, kept: Kept | None = None) -> Iterator[Document | Unreadable]:
    """The documents of one file: one, or as many as a JSON list or a feed has elements.

    Args:
        kept: see `read_feed`.
    """
    name = path.name.lower()
    packed = name.endswith(".gz")
    media_type = MEDIA_TYPES.get(Path(name.removesuffix(".gz")).suffix)
    try:
        with open(path, "rb") as file:
            data = _unpack(file, settings.max_bytes) if packed else _read(file, settings.max_bytes)
    except OSError as error:
        yield unreadable(source, "unreadable", system_message(error))
    except ArticleError as error:
        yield unreadable(source, error.kind, error.message)
    else:
        named_xml = Path(name.removesuffix(".gz")).suffix in FEEDS
        if named_xml and data.strip() and not is_feed(data) and sniff(data) != "text/html":
            yield unreadable(source, "bad-feed", "is XML, but neither a feed nor a page", data)
        else:
            yield from parse(source, data, media_type, kept=kept)


def parse(
    source: str,
    data: bytes,
    media_type: MediaType | None = None,
    *,
    base: str = "",
    charset: str = "",
    kept: Kept | None = None,
) -> Iterator[Document | Unreadable]:
    """The documents in bytes of a kind, which is looked for in them where it is None.

    Args:
        base, charset, kept: of a feed; see `feeds.read_feed`.
    """
    if media_type == "application/json" and data.strip():
        yield from _json(source, data, base)
    elif media_type is None and is_feed(data):
        yield from read_feed(source, data, base, charset, kept)
    else:
        yield Document(source=source, data=data, media_type=media_type or sniff(data))


def read_stdin(stream: BinaryIO, settings: Ingest) -> Iterator[Document | Unreadable]:
    """The article on standard input, or the items of a feed there."""
    try:
        data = stream.read(settings.max_bytes + 1)
    except OSError as error:
        yield unreadable("-", "unreadable", system_message(error))
        return
    if len(data) > settings.max_bytes:
        yield unreadable("-", "too-large", too_large(settings.max_bytes))
    else:
        yield from parse("-", data)


def too_large(limit: int, size: int | None = None) -> str:
    has = f"has {size:,} bytes" if size is not None else f"has more than {limit:,} bytes"
    return f"{has}; ingest.max_bytes allows {limit:,}"


def _read(file: BinaryIO, limit: int) -> bytes:
    size = os.fstat(file.fileno()).st_size
    if size > limit:
        raise ArticleError("too-large", too_large(limit, size))
    data = file.read(limit + 1)
    if len(data) > limit:  # it grew since, or is one of the system's files that state no size
        raise ArticleError("too-large", too_large(limit))
    return data


def _unpack(file: BinaryIO, limit: int) -> bytes:
    try:
        data = gzip.GzipFile(fileobj=file).read(limit + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ArticleError("bad-gzip", f"is not sound gzip: {error}") from None
    if len(data) > limit:
        raise ArticleError("too-large", f"unpacked, it {too_large(limit)}")
    return data


def _json(source: str, data: bytes, base: str = "") -> Iterator[Document | Unreadable]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        advice = " (JSON Lines belong in a .jsonl file)" if "Extra data" in str(error) else ""
        yield unreadable(source, "bad-json", f"is not valid JSON: {error}{advice}", data)
        return
    elements = _elements(value) if isinstance(value, dict) else value
    if isinstance(value, dict) and elements is None:
        yield Document(source=source, data=data, media_type="application/json", metadata=_metadata(value))
    elif isinstance(elements, list) and len(elements) > _MOST_ELEMENTS:
        many = f"{len(elements):,} elements, more than {_MOST_ELEMENTS:,}"
        yield unreadable(source, "too-large", f"has a list of {many}; JSON Lines may have more", data)
    elif isinstance(elements, list):
        is_feed_of_items = isinstance(value, dict) and "jsonfeed.org" in str(value.get("version"))
        feed = _feed(value) if is_feed_of_items and isinstance(value, dict) else {}
        for number, element in enumerate(elements, start=1):
            row = f"{source}#{number}"
            if element == {}:
                yield unreadable(row, "bad-row", "is an empty object")
            elif isinstance(element, dict):
                element = {**feed, **(_of_feed(element, base) if is_feed_of_items else element)}
                # Escaped to ASCII: JSON may carry half a surrogate pair, which UTF-8 cannot.
                yield Document(
                    source=row,
                    data=json.dumps(element).encode(),
                    media_type="application/json",
                    metadata=_named(_metadata(element), element) if is_feed_of_items else _metadata(element),
                )
            else:
                yield unreadable(row, "bad-row", f"is not an object but {type(element).__name__}")
    else:
        yield unreadable(source, "bad-json", "holds neither an object nor a list of objects", data)


def _elements(value: dict[str, object]) -> list[object] | None:
    """The articles in an export or a feed (JSON Feed, Miniflux, Google Reader); None for an article itself."""
    columns = usual(value)
    if columns["text"] or columns["html"]:
        names: tuple[str, ...] = ("articles",)
    else:
        names = ("articles", "items", "entries")
    return next((rows for name in names if isinstance(rows := value.get(name), list)), None)


def _feed(value: dict[str, object]) -> dict[str, object]:
    """What a JSON Feed says once for all its items (https://www.jsonfeed.org/version/1.1/)."""
    said = {"publisher": value.get("title"), "language": value.get("language"), "authors": value.get("authors")}
    return {name: item for name, item in said.items() if item and len(str(item)) <= LONGEST}


def _of_feed(item: dict[str, object], base: str) -> dict[str, object]:
    """An item of a JSON Feed with a whole address, a date and a text, as far as others of its fields tell them."""
    found = dict(item)
    if base and isinstance(address := item.get("url"), str):
        found["url"] = urljoin(base, address.strip())
    if not item.get("date_published") and item.get("date_modified"):
        found["date_published"] = item["date_modified"]
    if not item.get("content_html") and not item.get("content_text") and item.get("summary"):
        found["content_text"] = item["summary"]
    return found


def _named(said: Metadata, item: dict[str, object]) -> Metadata:
    """With what a JSON Feed calls its item, and when it changed it last."""
    name, changed = item.get("id"), item.get("date_modified")
    return replace(
        said,
        guid=str(name) if isinstance(name, (str, int)) and name != "" else None,
        updated=changed if isinstance(changed, str) else None,
    )


def _metadata(value: dict[str, object]) -> Metadata:
    return describe(value, usual(value))
