"""A saved feed: RSS 0.9x to 2.0, Atom, or a news sitemap; its items become documents with the text they carry.

What a feed says of an item is evidence, as all metadata is. JSON Feed is read with the other JSON files.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from pipeline.article import Document, MediaType, Metadata
from pipeline.ingest.parsed import Kept, dumped, key_of, loaded
from pipeline.ingest.unreadable import Unreadable, unreadable
from pipeline.text.charsets import guess_legacy, is_damaged_utf8, python_codec
from pipeline.urls import web_url

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".xml", ".rss", ".atom", ".rdf")

_ROOT = re.compile(rb"<(?!\?|!)(?:[\w.-]+:)?(rss|rdf|feed|entry|channel|urlset|sitemapindex)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-z!/]|&(?:#\d+|[a-z]+);", re.IGNORECASE)
# The parser's time grows with the square of a tag's attributes. No feed has a tag with so many; data in an address is
# long, too, but holds no equals sign in its middle.
_LONG_TAG = re.compile(rb"<[^<>]{2000,}")
_MOST_ATTRIBUTES = 200
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry|url)[\s/>]")
_MOST_ITEMS = 20_000
"""Of a feed: the parser takes 0.2 ms and 7 KB for each, and more the more there are."""
_MOST_ADDRESSES = 50_000
"""Of a sitemap, by its protocol (https://www.sitemaps.org/protocol.html)."""
LONGEST = 2000
"""Characters of what a feed says once for all its items; what is longer is left out."""

_SITEMAPS = ("urlset", "sitemapindex")
# Names under which outlets give the whole text beside the two that the formats know, as the parser spells them.
_WHOLE = re.compile(r"(?:\w+_)?(?:full[-_]?text|articlebody|turbo_content|body)")
_ELEMENT = re.compile(r"<[a-z!/]", re.IGNORECASE)
_ESCAPED = re.compile(r"&lt;(?:p|br|div|h\d|a|b|i|em|strong|span|img|ul|figure)\b[^<>]{0,2000}?&gt;", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
# References to characters that may be none: the parser would end with an error.
_FAR = re.compile(rb"&#(?:0*([1-9]\d{4,})|[xX]0*([1-9a-fA-F][0-9a-fA-F]{3,}));")
_LAST_CHARACTER, _SURROGATES = 0x10FFFF, range(0xD800, 0xE000)
# How far into a file its declaration may be.
_PROLOG = 200
# How far into a file its first element may begin: comments and style sheets come before it.
_HEAD = 10_000


def is_feed(data: bytes) -> bool:
    """Whether the first element is that of a feed or sitemap."""
    return _root(data) != ""


def _root(data: bytes) -> str:
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    found = _ROOT.search(head)
    first = re.search(rb"<(?![?!])", head)
    return found[1].decode().lower() if found and first and found.start() == first.start() else ""


def read_feed(
    source: str, data: bytes, base: str = "", charset: str = "", kept: Kept | None = None
) -> Iterator[Document | Unreadable]:
    """The items of a feed in its order, named `source#N`, N from 1; `data` is one for which `is_feed` holds.

    Args:
        base: where the feed came from, which its links may be relative to.
        charset: what its server says of its encoding; heard where the feed itself says nothing.
        kept: has what was read of feeds before, and is given what is read now.
    """
    root = _root(data)
    most = _MOST_ADDRESSES if root in _SITEMAPS else _MOST_ITEMS
    if (items := _items(data)) > most:
        yield unreadable(source, "too-large", f"has {items:,} items, more than {most:,}; split it", data)
        return
    if root in _SITEMAPS:
        yield from _sitemap(source, data)
        return
    key = key_of(data, base, charset) if kept is not None else ""
    if kept is not None and (text := kept.get(key)) is not None and (known := loaded(source, text)) is not None:
        yield from known
        return
    data = _recoded(data, charset)
    if any(tag.count(b"=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(data)):
        yield unreadable(source, "bad-feed", f"has a tag with more than {_MOST_ATTRIBUTES} attributes", data)
        return
    import feedparser

    # A feed that is not well-formed is read all the same, as far as it goes; its faults are no news.
    headers = {"content-type": "application/xml", **({"content-location": base} if base else {})}
    try:
        feed = feedparser.parse(_FAR.sub(_possible, data), response_headers=headers)
    except Exception as error:
        # Parsers fail on hostile feeds in ways they do not declare; one feed must not end the run.
        reason = f"{type(error).__name__}: {error}"
        yield unreadable(source, "bad-feed", f"is no feed that can be read ({reason}); fetch it again")
        return
    # Each item repeats what the feed says of itself: a title of a megabyte would make terabytes of ten thousand items.
    said = (feed.feed.get("title"), feed.feed.get("language"))
    about = {
        name: text for name, text in zip(("title", "language"), said, strict=True) if text and len(text) <= LONGEST
    }
    documents = [_document(f"{source}#{number}", entry, about, base) for number, entry in enumerate(feed.entries, 1)]
    if kept is not None and documents:
        kept.put(key, dumped(documents))
    yield from documents
    if not feed.entries and feed.bozo and root != "channel":
        reason = getattr(feed.bozo_exception, "getMessage", lambda: str(feed.bozo_exception))()
        yield unreadable(source, "bad-feed", f"is no feed that can be read: {reason}; fetch it again", data)


def _items(data: bytes) -> int:
    # Two bytes a letter: every other one is zero.
    return sum(1 for _ in _ITEM.finditer(data.replace(b"\0", b"")))


def _recoded(data: bytes, charset: str) -> bytes:
    """In UTF-8: the parser believes what a feed says of itself, which is wrong in many."""
    if data.isascii() or data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return data
    declared = _DECLARED.search(data, 0, _PROLOG)
    claims = [declared[1].decode()] if declared else [charset] if charset else []
    # Hardly any text in another encoding is valid UTF-8.
    codec = "utf-8" if _is_text(data, "utf-8") else next((name for name in map(python_codec, claims) if name), None)
    if codec is None or not _is_text(data, codec):
        codec = "utf-8" if is_damaged_utf8(data) else guess_legacy(data, claims)
    if codec is None:
        return data
    if declared:
        data = data[: declared.start(1)] + b"utf-8" + data[declared.end(1) :]
    return data.decode(codec, "replace").encode()


def _possible(reference: re.Match[bytes]) -> bytes:
    digits, base = (reference[1], 10) if reference[1] else (reference[2], 16)
    number = int(digits, base) if len(digits) < 8 else _LAST_CHARACTER + 1
    return b"&#65533;" if number in _SURROGATES or number > _LAST_CHARACTER else reference[0]


def _is_text(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _document(name: str, entry: Mapping[str, Any], about: Mapping[str, Any], base: str) -> Document:
    text, html = _text(entry)
    link = _link(entry)
    url = next(filter(None, map(web_url, (_absolute(base, link), entry.get("id")))), None)
    title = (entry.get("title") or "").strip()
    source = entry.get("source") or {}
    metadata = Metadata(
        title=title or None,
        url=url,
        guid=entry.get("id") or hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
        published=entry.get("published") or entry.get("updated") or None,
        # Asked for by `get`, it would be the time of publication where there is no other.
        updated=entry["updated"] if "updated" in entry else None,  # noqa: SIM401
        language=_language(entry) or about.get("language") or None,
        authors=_authors(entry),
        publisher=(source.get("title") or about.get("title") or "").strip() or None,
    )
    media_type: MediaType = "text/html" if html else "text/plain"
    return Document(source=name, data=text.encode("utf-8", "replace"), media_type=media_type, metadata=metadata)


def _text(entry: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest text that the item carries, and whether it is HTML."""
    given = [*entry.get("content", ()), entry.get("summary_detail", {})]
    # The parser gives None for an element that is there and empty.
    texts = [(part.get("value") or "", part.get("type") or "") for part in given if part]
    texts += [(value, "") for key, value in entry.items() if isinstance(value, str) and _WHOLE.fullmatch(key)]
    text, kind = max(texts, key=lambda part: len(part[0]), default=("", ""))
    if _ESCAPED.search(text) and not _ELEMENT.search(text):
        text = unescape(text)  # escaped once too often
    # Publishers say text/plain of what is HTML, and the other way round.
    return text, bool(_MARKUP.search(text)) or kind.endswith("xhtml+xml")


def _link(entry: Mapping[str, Any]) -> str | None:
    """The article's page; an entry of Atom may have other links, to itself as data or to a picture."""
    links = [link for link in entry.get("links", ()) if link.get("href")]
    pages = [link for link in links if link.get("rel", "alternate") == "alternate"]
    html = [link for link in pages if "html" in (link.get("type") or "text/html")]
    # FeedBurner and its like link to themselves and keep the page's own address.
    original = entry.get("feedburner_origlink")
    return original or next((str(link["href"]) for link in (*html, *pages)), None) or entry.get("link")


def _absolute(base: str, link: str | None) -> str | None:
    try:
        return urljoin(base, link) if link else None
    except ValueError:  # brackets that hold no address
        return None


def _language(entry: Mapping[str, Any]) -> str | None:
    """What the item's own `xml:lang` or `dc:language` says."""
    details = (entry.get("title_detail", {}), entry.get("summary_detail", {}), *entry.get("content", ()))
    return entry.get("language") or next((part["language"] for part in details if part.get("language")), None)


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    # The parser gives None for an element that is there and empty.
    names = [(author.get("name") or "").strip() for author in entry.get("authors", ())]
    return tuple(dict.fromkeys(filter(None, names))) or tuple(filter(None, [(entry.get("author") or "").strip()]))


def _sitemap(source: str, data: bytes) -> Iterator[Document | Unreadable]:
    """A news sitemap names articles and has none of their text (https://www.sitemaps.org/protocol.html)."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield unreadable(source, "bad-feed", f"is no sitemap that can be read: {error}; fetch it again", data)
        return
    places = [] if root is None else root.findall("{*}url")
    if not places and parser.error_log:
        yield unreadable(source, "bad-feed", "is no sitemap that can be read; fetch it again", data)
    for number, place in enumerate(places, start=1):
        url = web_url(_child(place, "{*}loc"))
        if url is None:
            yield unreadable(f"{source}#{number}", "bad-row", "names no address")
            continue
        metadata = Metadata(
            title=_child(place, "{*}news/{*}title"),
            url=url,
            published=_child(place, "{*}news/{*}publication_date") or _child(place, "{*}lastmod"),
            updated=_child(place, "{*}lastmod"),
            language=_child(place, "{*}news/{*}publication/{*}language"),
            publisher=_child(place, "{*}news/{*}publication/{*}name"),
        )
        yield Document(source=f"{source}#{number}", data=b"", media_type="text/plain", metadata=metadata)


def _child(element: _Element, path: str) -> str | None:
    return (element.findtext(path) or "").strip() or None
