"""What a page says about its article: date, writers, address. Metadata and what readers see are held together."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

from pipeline.extraction.dates import parse_date
from pipeline.extraction.headline import meta
from pipeline.extraction.parts import Parts
from pipeline.extraction.shown import Shown, home, shown
from pipeline.extraction.writers import is_name, letters, of_outlet, writers
from pipeline.language.codes import base, normalise
from pipeline.urls import web_url

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "date", "pubdate", "publishdate",
    "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article:published", "published_time", "regdate",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "article:author_name", "articleauthor", "parsely-author", "sailthru.author",
    "dc.creator", "byl",
)  # fmt: skip
# Words of which English prose has one in four or five; what is not English is not dated in the American way.
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "a", "is", "was", "for", "on", "with", "that", "at", "by", "said")
)
_SHARE = 0.12
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose headline and text are known.

    data: what its JSON-LD says.
    outlets: names of the outlet.
    bylines: lines of the text that named writers.
    """

    tree: HtmlElement
    title: str | None
    data: Parts
    outlets: tuple[str, ...]
    language: str | None
    paragraphs: Sequence[str]
    bylines: Sequence[str]


def said_and_shown(page: Page) -> tuple[str | None, tuple[str, ...]]:
    """The date of publication, ISO 8601, and the writers."""
    language = _dated_in(page.language, page.paragraphs)
    seen = shown(page.tree, page.title, language, page.outlets)
    return _published(page, seen, language), _authors(page, seen)


def page_address(tree: HtmlElement, url: str | None) -> str | None:
    """The canonical address that a page gives for itself.

    Args:
        url: where it was found, to resolve a relative one.
    """
    links = [node.get("href") or "" for node in tree.iter("link") if (node.get("rel") or "").lower() == "canonical"]
    for address in [*links, *meta(tree, "og:url")]:
        try:
            full = web_url(urljoin(url or "", address.strip()))
        except ValueError:
            continue
        # A canonical address that is the front page is a mistake of the page.
        if full and (urlsplit(full).path.strip("/") or urlsplit(full).query):
            return full
    return None


def _dated_in(language: str | None, paragraphs: Sequence[str]) -> str | None:
    """The language for dates: that of a theme, `en-US` as a rule, is not that of the text."""
    words = re.findall(r"[^\W\d_]+", " ".join(paragraphs)[: 10 * _SAMPLE].casefold())[:_SAMPLE]
    is_english = sum(word in _ENGLISH for word in words) >= _SHARE * max(1, len(words))
    claims_english = language is None or base(normalise(language)) == "en"
    if len(words) < 20 or is_english == claims_english:
        return language
    return "en" if is_english else "und"


def _published(page: Page, seen: Shown, language: str | None) -> str | None:
    stated = [found for text in meta(page.tree, *_PUBLISHED) if (found := parse_date(text, language=language))]
    stated += [page.data.published] if page.data.published else []
    if not stated:
        # Where the page only says "three hours ago", another date in it is another article's.
        return seen.published or (None if seen.is_relative else _searched_date(page.tree, page.title))
    chosen = stated[0]
    if seen.published:
        near = [moment for moment in stated if _days_apart(moment, seen.published) <= 1]
        contradicts = not near and (seen.is_sure or seen.published[:10] < chosen[:10])
        chosen = near[0] if near else seen.published if contradicts else chosen
    # The same moment, told with its time or its zone.
    return max((moment for moment in (chosen, *stated, seen.published or "") if moment.startswith(chosen)), key=len)


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)


def _searched_date(tree: HtmlElement, title: str | None) -> str | None:
    """A date in the address or around the text, by htmldate's heuristics."""
    from htmldate import find_date

    page = lxml.html.Element("html")
    head = copy.deepcopy(tree.find("head"))
    for node in list(head.iter("meta")) if head is not None else ():
        # What is ambiguous stays so.
        if (node.get("property") or node.get("name") or node.get("itemprop") or "").lower() in _PUBLISHED:
            node.getparent().remove(node)
    page.extend([head] if head is not None else [])
    body = lxml.html.Element("body")
    body.append(copy.deepcopy(home(tree, title)))
    page.append(body)
    found = find_date(page, original_date=True, extensive_search=False)
    return parse_date(found) if found else None


def _authors(page: Page, seen: Shown) -> tuple[str, ...]:
    stated = page.data.authors and writers(page.data.authors, page.outlets)
    for name in _AUTHOR if not stated else ():
        stated = stated or writers([text for text in meta(page.tree, name) if len(text) <= 300], page.outlets)
    if not stated:
        return seen.writers or writers(page.bylines, page.outlets)
    said, see = {letters(name) for name in stated}, {letters(name) for name in seen.writers}
    if said <= see:
        spelled = {letters(name): name for name in stated}
        return tuple(spelled.get(letters(name), name) for name in seen.writers)
    # An account or an office is named where the page shows who wrote it; of two persons the metadata's is surer.
    is_account = not any((is_name(name) or not name.isascii()) and not of_outlet(name, page.outlets) for name in stated)
    return seen.writers if is_account and seen.writers and all(map(is_name, seen.writers)) else stated
