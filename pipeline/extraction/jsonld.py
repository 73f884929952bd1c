"""Article objects in a page's JSON-LD: schema.org data that outlets publish for search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from pipeline.extraction.dates import parse_date
from pipeline.extraction.frontmatter import strings
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import has_markup, plain_text
from pipeline.text.hygiene import clean_line
from pipeline.urls import web_url

_ARTICLE = re.compile(r"(?:Article|Report|BlogPosting|LiveBlogPosting)$")
_DEPTH = 12


def article_data(tree: HtmlElement) -> tuple[Parts, str]:
    """The main article's pieces, `paragraphs` from its `articleBody`; and that body raw, where it holds HTML.

    Pages carry several objects (the article, teasers, the posts of a live blog): the first that has a headline is
    the page's own, later ones with the same headline fill its gaps.
    """
    parts, markup = Parts(), ""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        for item in _articles(_load(script.text_content()), 0):
            found, body = _read(item)
            if parts.title and found.title and found.title != parts.title:
                continue
            parts, markup = parts.over(found), markup or body
    return parts, markup


def _load(text: str) -> Any:
    text = re.sub(r"^\s*(?://\s*)?<!(?:\[CDATA\[|--)|(?://\s*)?(?:\]\]>|-->)\s*$", "", text.strip())
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _articles(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        else:
            for key, item in value.items():
                if key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
                    yield from _articles(item, depth + 1)


def _read(item: dict[str, Any]) -> tuple[Parts, str]:
    language = next(iter(strings(item.get("inLanguage"))), None)
    published = next(iter(strings(item.get("datePublished"))), None)
    body = item.get("articleBody")
    body = body if isinstance(body, str) else ""
    markup = has_markup(body) or "&lt;p&gt;" in body
    lines = () if markup else tuple(line for raw in body.split("\n") if (line := plain_text(raw)))
    address = item.get("mainEntityOfPage") or item.get("url")
    if isinstance(address, dict):
        address = address.get("@id") or address.get("url")
    parts = Parts(
        title=next(iter(strings(item.get("headline"))), None),
        paragraphs=lines,
        url=web_url(address) if isinstance(address, str) else None,
        published=parse_date(published, language=language) if published else None,
        authors=tuple(dict.fromkeys(clean_line(name) for name in strings(item.get("author")) if not web_url(name))),
        publisher=next((name for name in strings(item.get("publisher")) if not web_url(name)), None),
        language=language,
    )
    return parts, body if markup else ""
