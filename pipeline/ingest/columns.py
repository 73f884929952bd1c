"""Which column of a table, or key of a JSON object, means what."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pipeline.article import Metadata
from pipeline.errors import ArticleError, ConfigError
from pipeline.urls import web_url

if TYPE_CHECKING:
    from pipeline.config import Columns

# Field -> usual names, best first, as `_plain` spells them.
_USUAL = {
    "title": ("title", "headline"),
    "text": (
        "text", "body", "content", "maintext", "article", "articletext", "articlebody", "bodytext", "fulltext",
        "plaintext", "contenttext", "textcontent",
    ),
    "html": ("html", "rawhtml", "contenthtml", "bodyhtml"),
    "url": ("url", "link", "canonicalurl", "permalink", "sourceurl", "source", "externalurl", "id"),
    "published": (
        "published", "publishdate", "datepublish", "datepublished", "publishedat", "publishingdate", "publishedtime",
        "publicationdate", "pubdate", "date", "datetime",
    ),
    "language": ("language", "lang", "inlanguage"),
    "authors": ("authors", "author", "byline", "publishedby", "creator"),
    "publisher": (
        "publisher", "outlet", "sitename", "site", "sourcehostname", "source", "sourcename", "feed", "domain",
        "sourcedomain", "domainname", "hostname",
    ),
}  # fmt: skip
# Of an object that stands for a text, in the order in which they are read: a name, or an article in sections.
_PARTS = ("headline", "summary", "sections", "paragraphs", "content", "text")

Meaning = Mapping[str, tuple[str, ...]]
"""Field -> the columns that may hold it, best first: rows of one table need not all fill the same one."""


def usual(names: Iterable[str]) -> Meaning:
    """The columns that go by a usual name; case, spaces, `-` and `_` do not matter."""
    plain: dict[str, list[str]] = {}
    for name in names:
        plain.setdefault(_plain(name), []).append(name)
    return {field: tuple(name for word in words for name in plain.get(word, ())) for field, words in _USUAL.items()}


def meaning(names: Iterable[str], mapped: Columns) -> Meaning:
    """The usual columns, where the configuration names no other.

    Raises:
        ConfigError: the configuration names a column that is not there.
        ArticleError: kind "columns": neither a text nor an HTML column.
    """
    names = list(names)
    found = dict(usual(names))
    for field in _USUAL:
        name = getattr(mapped, field)
        if not name:
            continue
        if name not in names:
            near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
            advice = f"did you mean {' or '.join(map(repr, near))}?" if near else f"columns: {_listed(names)}"
            raise ConfigError(f"ingest.columns.{field}: no column {name!r}; {advice}")
        found[field] = (name,)
    if not found["text"] and not found["html"]:
        raise ArticleError("columns", f"no text or HTML column; name one in ingest.columns (columns: {_listed(names)})")
    return found


def describe(row: Mapping[str, object], columns: Meaning) -> Metadata:
    """What the row says of its article. A column such as `source` is an address in one export, an outlet in another."""
    return Metadata(
        title=value(row, columns["title"]) or None,
        url=next((text for name in columns["url"] if web_url(text := _text(row.get(name)))), None) or _page(row),
        published=value(row, columns["published"]) or None,
        language=value(row, columns["language"]) or None,
        authors=_authors(row, columns["authors"]),
        publisher=next(
            (text for name in columns["publisher"] if (text := _text(row.get(name))) and not web_url(text)), None
        ),
    )


def value(row: Mapping[str, object], names: Iterable[str]) -> str:
    """The first of these columns that holds something, as text; "" if none does."""
    return next((text for name in names if (text := _text(row.get(name)))), "")


def _text(item: object) -> str:
    if isinstance(item, str):
        # Half a surrogate pair is legal in JSON and in no encoding.
        return item.strip().encode("utf-8", "replace").decode("utf-8")
    if isinstance(item, bytes):
        return item.decode("utf-8", "replace").strip()
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, list):
        return "\n\n".join(filter(None, map(_text, item)))
    if isinstance(item, dict):
        return _text(item.get("name") or item.get("title")) or _text([item[key] for key in _PARTS if key in item])
    if isinstance(item, (int, float)) and not isinstance(item, bool) and item == item:
        return str(item)
    return ""


def _page(row: Mapping[str, object]) -> str | None:
    """The address that an object in place of the HTML gives: where the page was asked for, or came from."""
    page = row.get("html")
    addresses = (page.get(key) for key in ("responded_url", "requested_url")) if isinstance(page, dict) else ()
    return next((address for address in map(_text, addresses) if web_url(address)), None)


def _authors(row: Mapping[str, object], names: Iterable[str]) -> tuple[str, ...]:
    for name in names:
        item = row.get(name)
        parts = map(_text, item) if isinstance(item, list) else re.split(r"[;\n]", _text(item))
        authors = tuple(part.strip() for part in parts if part.strip())
        if authors:
            return authors
    return ()


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _listed(names: list[str]) -> str:
    # The names come from the file: many or long ones must not flood the message.
    text = ", ".join(name[:40] for name in names[:20])
    return (text + (", ..." if len(names) > 20 else "")).encode("utf-8", "replace").decode("utf-8") or "none"
