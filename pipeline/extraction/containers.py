"""Markdown, JSON and mail: containers whose inside is plain text or HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from pipeline.errors import ArticleError, Refused
from pipeline.extraction.dates import parse_date
from pipeline.extraction.decode import decode
from pipeline.extraction.frontmatter import WIKI_LINK, strings
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import has_markup, resolved
from pipeline.text.hygiene import clean_text
from pipeline.urls import web_url

# As `_plain` spells them; best first.
_NAMES = {
    "title": ("title", "headline", "name"),
    "text": (
        "text", "body", "content", "articlebody", "maintext", "fulltext", "article", "paragraphs", "plaintext",
        "bodytext", "contenttext", "textcontent",
    ),
    "html": ("html", "contenthtml", "bodyhtml", "rawhtml"),
    "url": ("url", "link", "from", "sourceurl", "canonicalurl", "permalink", "source", "externalurl", "id"),
    "published": (
        "published", "date", "datepublished", "publishedat", "publishdate", "pubdate", "publishingdate",
        "publishedtime", "createdat",
    ),
    "authors": ("authors", "author", "byline", "publishedby", "creator"),
    "language": ("language", "lang", "inlanguage"),
    "publisher": (
        "publisher", "outlet", "sitename", "site", "sourcehostname", "source", "sourcename", "feed", "domain",
        "hostname",
    ),
}  # fmt: skip
# Of an article in sections, in the order in which they are read.
_SECTIONS = ("headline", "summary", "sections", "paragraphs", "content", "text")
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]|%%.*?%%|\[\^[^\]\s]+\](?!:)", re.DOTALL)
_CALLOUT = re.compile(r"^((?:\s*>)+\s*)\[![\w-]+\][+-]?", re.MULTILINE)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What the container itself says, and its inside, to be read as HTML or as plain text."""

    parts: Parts
    text: str
    html: bool


def unpack_json(text: str) -> Unpacked:
    """One article as a JSON object with the usual names, or a list that holds just one.

    Raises:
        ArticleError: `json`, where it is not JSON or no such object.
    """
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ArticleError("json", f"the file is not JSON ({error}); repair it or fetch it again") from None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise ArticleError(
            "json", "the file is not one JSON object with the fields of an article, such as title and text"
        )
    fields = {_plain(str(key)): item for key, item in value.items()}

    def first(name: str) -> str | None:
        return next((found for key in _NAMES[name] for found in strings(fields.get(key))), None)

    published, language = first("published"), first("language")
    parts = Parts(
        title=first("title"),
        url=next((url for key in _NAMES["url"] for text in strings(fields.get(key)) if (url := web_url(text))), None),
        published=parse_date(published, language=language) if published else None,
        authors=next((tuple(found) for key in _NAMES["authors"] if (found := strings(fields.get(key)))), ()),
        publisher=next(
            (name for key in _NAMES["publisher"] for name in strings(fields.get(key)) if not web_url(name)), None
        ),
        language=language,
    )
    body = resolved(clean_text(_body(fields, _NAMES["text"]) or _body(fields, _NAMES["html"])))
    return Unpacked(parts, body, has_markup(body))


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _body(fields: dict[str, object], names: tuple[str, ...]) -> str:
    return next((body for name in names if (body := "\n".join(_passages(fields.get(name))).strip())), "")


def _passages(value: object) -> Iterator[str]:
    """The texts of a body that is a text, a list of paragraphs, or an object with sections of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _passages(item)
    elif isinstance(value, dict):
        for key in _SECTIONS:
            yield from _passages(value.get(key))


def unpack_mail(data: bytes) -> Unpacked:
    """The text of a mail, its subject as the title and its sender as the publisher.

    Raises:
        Refused: `no-article`, where the mail has no text part.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(preferencelist=("html", "plain"))
        sender, subject, sent = (_header(message, name) for name in ("From", "Subject", "Date"))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError):
        raise Refused("no-article", "the file is not a readable mail; save the message again") from None
    if body is None:
        raise Refused("no-article", "the mail has no text in it; save the message with its text")
    payload = body.get_payload(decode=True)
    html = body.get_content_type() == "text/html"
    charset = body.get_content_charset()
    decoded = decode(payload if isinstance(payload, bytes) else b"", html=html, charset=charset)
    name, address = parseaddr(sender)
    parts = Parts(
        title=subject or None,
        published=parse_date(sent) if sent else None,
        publisher=name or address or None,
        language=_header(message, "Content-Language") or None,
        warnings=decoded.warnings,
    )
    return Unpacked(parts, decoded.text, html)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean_text(str(message.get(name, ""))).replace("\n", " ").strip()
    except (
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
    ):  # the header parser of the standard library trips over some
        return ""


def markdown_to_html(text: str) -> str:
    """Markdown, with the HTML in it, as HTML; wiki links as what they show, without embedded files and comments."""
    from markdown_it import MarkdownIt

    text = _HIGHLIGHT.sub(r"\1", WIKI_LINK.sub(r"\1", _CALLOUT.sub(r"\1", _EMBED.sub("", text))))
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
