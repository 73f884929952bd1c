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

from pipeline.article import ExtractionWarning
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


@dataclass(frozen=True, slots=True)
class About:
    """published: ISO 8601. authors: names. warnings: where page and data contradict each other."""

    published: str | None
    authors: tuple[str, ...]
    warnings: tuple[ExtractionWarning, ...]


def said_and_shown(page: Page) -> About:
    """The date of publication and the writers, with the doubts about them."""
    language = _dated_in(page.language, page.paragraphs)
    seen = shown(page.tree, page.title, language, page.outlets)
    stated, writers_stated = _stated_dates(page, language), _stated_writers(page)
    published = _published(page, stated, seen)
    doubts = (_date_doubt(published, stated, seen), _writers_doubt(writers_stated, seen.writers))
    return About(
        published=published,
        authors=_authors(page, writers_stated, seen),
        warnings=tuple(doubt for doubt in doubts if doubt),
    )


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


def _stated_dates(page: Page, language: str | None) -> list[str]:
    stated = [found for text in meta(page.tree, *_PUBLISHED) if (found := parse_date(text, language=language))]
    return stated + ([page.data.published] if page.data.published else [])


def _published(page: Page, stated: list[str], seen: Shown) -> str | None:
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


def _date_doubt(published: str | None, stated: list[str], seen: Shown) -> ExtractionWarning | None:
    """Why another date may be that of publication. One that the page shows and names decides."""
    if published is None or seen.is_sure:
        return None
    others = [moment for moment in (*stated, *seen.others) if _days_apart(moment, published) > 1]
    if seen.published and _days_apart(seen.published, published) > 1:
        detail = f"the page shows {seen.published[:10]}, its data say {published[:10]}"
    elif stated and seen.published and _days_apart(seen.published, stated[0]) > 1:
        detail = f"the page shows {published[:10]}, its data say {stated[0][:10]}"
    elif others and not seen.published:
        detail = f"the data of the page say {published[:10]} and {others[0][:10]}"
    elif others and not stated:
        detail = f"the page shows {published[:10]} and {others[0][:10]}"
    elif not stated and not seen.published:
        detail = "the page does not say when the article was published: found in its address or beside the text"
    else:
        return None
    return ExtractionWarning(kind="date-uncertain", detail=detail)


def _writers_doubt(stated: tuple[str, ...], seen: tuple[str, ...]) -> ExtractionWarning | None:
    """The page shows other persons than its data name. A name in another script may be that of the same person."""
    said, see = ({word for name in names for word in name.casefold().split()} for names in (stated, seen))
    is_account = not any(is_name(name) or not name.isascii() for name in stated)
    if not said or not see or is_account or said & see or not all(map(is_name, seen)):
        return None
    if len(stated) == len(seen) and "".join(stated).isascii() != "".join(seen).isascii():
        return None
    detail = f"the page shows {', '.join(seen)}, its data say {', '.join(stated)}"
    return ExtractionWarning(kind="writers-uncertain", detail=detail)


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


def _stated_writers(page: Page) -> tuple[str, ...]:
    stated = page.data.authors and writers(page.data.authors, page.outlets)
    for name in _AUTHOR if not stated else ():
        stated = stated or writers([text for text in meta(page.tree, name) if len(text) <= 300], page.outlets)
    return stated


def _authors(page: Page, stated: tuple[str, ...], seen: Shown) -> tuple[str, ...]:
    if not stated:
        return seen.writers or writers(page.bylines, page.outlets)
    said, see = {letters(name) for name in stated}, {letters(name) for name in seen.writers}
    if said <= see:
        spelled = {letters(name): name for name in stated}
        return tuple(spelled.get(letters(name), name) for name in seen.writers)
    # An account or an office is named where the page shows who wrote it; of two persons the metadata's is surer.
    is_account = not any((is_name(name) or not name.isascii()) and not of_outlet(name, page.outlets) for name in stated)
    return seen.writers if is_account and seen.writers and all(map(is_name, seen.writers)) else stated
