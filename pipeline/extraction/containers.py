"""Markdown and JSON: containers whose inside is plain text or HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import ArticleError
from pipeline.extraction.dates import parse_date
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


def markdown_to_html(text: str) -> str:
    """Markdown, with the HTML in it, as HTML; wiki links as what they show, without embedded files and comments."""
    from markdown_it import MarkdownIt

    text = _HIGHLIGHT.sub(r"\1", WIKI_LINK.sub(r"\1", _CALLOUT.sub(r"\1", _EMBED.sub("", text))))
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
