"""An entry of a feed: what it is known by, what tells that it has changed, and how it is kept."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from pipeline.article import Document, MediaType, Metadata
from pipeline.extraction.dates import parse_date
from pipeline.feeds.opml import Subscription
from pipeline.store.inbox import Kept
from pipeline.urls import canonical_url, web_url

# So much text is no boilerplate: who has it under the same title has the same news.
_TELLING = 200
_TOKEN = re.compile(r"<!--|-->|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)[^<>]*>?|<[!?/][^<>]*>?", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head"})
# Of a page and a text, what is measured; news is no longer.
_MEASURED = 1_000_000


def named(document: Document, feed: Subscription) -> Document:
    """Named by what does not change with its place in the feed, its outlet as the user's list calls it."""
    said = document.metadata
    place = web_url(said.url) or f"{feed.url}#{keys(document)[0][:16]}"
    if document.source == feed.url:  # a page, no feed
        said = replace(said, url=said.url or feed.url)
        place = feed.url
    return replace(document, source=place, metadata=replace(said, publisher=feed.title or said.publisher))


def keys(document: Document) -> tuple[str, ...]:
    """What an entry is known by: the feed's name for it, its address, and its words where they are many; where it has
    none of these, whatever it has. By the first it is kept."""
    said = document.metadata
    names = [said.guid or "", canonical_url(said.url) if said.url else ""]
    text = seen_text(document)
    if len(text) >= _TELLING:
        names.append(f"{said.title or ''}\n{text}")
    given = [name for name in names if name] or [document.sha256]
    return tuple(_digest(name, 32) for name in dict.fromkeys(given))


def mark(document: Document) -> str:
    """Two digests with a blank between: of the words of an entry, and of when its feed says that it changed.

    What is no letter and no figure does not count: a comma that moves is no other text.
    """
    said = document.metadata
    words = "".join(letter for letter in f"{said.title or ''}\n{seen_text(document)}".casefold() if letter.isalnum())
    return f"{_digest(words, 16)} {_digest(said.updated or '', 8)}"


def seen_text(document: Document) -> str:
    """What a reader sees of it, without markup."""
    text = document.data.decode("utf-8", "replace")
    if document.media_type == "application/json":
        try:
            item = json.loads(text)
        except (ValueError, RecursionError):
            return text
        told = item if isinstance(item, dict) else {}
        return visible(str(told.get("content_html") or told.get("content_text") or ""))
    return visible(text) if document.media_type == "text/html" else " ".join(text.split())


def visible(markup: str) -> str:
    """The text of a page or a part of one, roughly: without elements that are not shown, blanks made one."""
    parts: list[str] = []
    place, waited_for = 0, ""
    markup = markup[:_MEASURED]
    for token in _TOKEN.finditer(markup):
        if not waited_for:
            parts.append(markup[place : token.start()])
        place = token.end()
        name = (token["name"] or "").lower()
        if waited_for:
            if waited_for in (token[0], f"/{name}" if token["end"] else ""):
                waited_for = ""
        elif token[0] == "<!--":
            waited_for = "-->"
        elif name in _UNSEEN and not token["end"]:
            waited_for = f"/{name}"
    if not waited_for:
        parts.append(markup[place:])
    return " ".join(unescape(" ".join(parts)).split())


def moment(text: str | None, language: str | None = None) -> float | None:
    """Seconds since 1970 of a date as feeds write it, by RFC 822, ISO 8601 or in words; None for any other."""
    said = (text or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(said)
        except (ValueError, OverflowError):
            continue
        return _seconds(found)
    in_words = parse_date(said, language=language) if said else None
    return None if in_words is None else _seconds(datetime.fromisoformat(in_words))


def kept(key: str, document: Document) -> Kept:
    """The document as it is kept."""
    said = {**asdict(document.metadata), "authors": list(document.metadata.authors)}
    description = {"source": document.source, "media_type": document.media_type, "metadata": said}
    return Kept(key=key, description=json.dumps(description), data=document.data)


def document(kept: Kept) -> Document:
    """A document as it was when it came."""
    said = json.loads(kept.description)
    metadata = said["metadata"]
    media_type: MediaType = said["media_type"]
    return Document(
        source=said["source"],
        data=kept.data,
        media_type=media_type,
        metadata=Metadata(**{**metadata, "authors": tuple(metadata["authors"])}),
        feed=kept.feed,
    )


def _seconds(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]
