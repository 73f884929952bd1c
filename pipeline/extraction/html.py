"""The article in an HTML page or fragment."""

from __future__ import annotations

import copy
import re
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from pipeline.extraction.body import Reading, agreed, blocks, read_body, standfirst, total
from pipeline.extraction.dates import date_line, parse_date
from pipeline.extraction.embedded import embedded_markup
from pipeline.extraction.furniture import byline, is_caption, is_furniture, is_of_outlet, says_where_first
from pipeline.extraction.headline import headline, meta, same_headline, similar
from pipeline.extraction.jsonld import article_data
from pipeline.extraction.layout import settle
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import plain_text
from pipeline.extraction.prune import prune
from pipeline.text.hygiene import clean_line, clean_text
from pipeline.text.prose import ends_sentence, weight
from pipeline.urls import web_url

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "date", "pubdate", "publishdate",
    "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article:published", "published_time", "regdate",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
# A page shows less than this where the rest is drawn by script.
_EMPTY = 200.0
# A caption is shorter; a paragraph of the text may end with the credit of a picture that stood beside it.
_CAPTION = 350.0


def read_html(text: str, *, title: str | None = None, url: str | None = None) -> Parts:
    """Title, date, writers, outlet, language, address and paragraphs; what the page has not is None or ().

    Args:
        text: a page or a fragment, decoded.
        title: the headline, where the source gives it; it is then not looked for.
        url: the page's address, to resolve its canonical one.
    """
    tree = _parse(text)
    if tree is None:
        return Parts(title=title)
    data, markup = article_data(tree)
    language = tree.get("lang") or tree.get("xml:lang") or next(iter(meta(tree, "og:locale", "content-language")), None)
    language = (language or data.language or "").replace("_", "-").strip() or None
    address = _address(tree, url) or data.url
    site = next(iter(meta(tree, "og:site_name", "application-name")), None)
    sites = tuple(name for name in (site, data.publisher, _host(address or url)) if name)
    found_title = title or headline(tree, data.title, sites)
    head = Parts(
        title=found_title,
        url=address,
        published=_stated_date(tree, language) or data.published or _shown_date(tree, language),
        authors=tuple(name for name in data.authors or _authors(tree) if name not in sites),
        publisher=data.publisher or site,
        language=language,
    )
    body, bylines = _body(tree, found_title, data, markup, fragment=not _PAGE.search(text))
    return Parts(paragraphs=tuple(body), authors=bylines if not head.authors else ()).over(head)


def _parse(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        # As bytes: libxml2 refuses a text that claims another encoding. Clean: trees cannot be edited with controls.
        data = _DECLARATION.sub("", clean_text(text)).encode("utf-8", "replace")
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    settle(tree)
    return tree


def _body(
    tree: HtmlElement, title: str | None, data: Parts, markup: str, *, fragment: bool
) -> tuple[list[str], tuple[str, ...]]:
    pruned = copy.deepcopy(tree)
    prune(pruned, title)
    # A fragment comes from a feed, a table or a post: somebody has cut the article out already.
    reading = Reading(blocks(pruned), None) if fragment else read_body(pruned, tree)
    found = reading.paragraphs
    lead = standfirst(pruned, next(iter(meta(tree, "og:description", "description")), None), found)
    if lead:
        found = [lead, *found]
    claimed = list(data.paragraphs) or _fragment(markup)
    if total(found) < _EMPTY and total(claimed) < _EMPTY:
        hidden = _fragment(embedded_markup(tree))
        found = max(found, hidden, key=total)
    if claimed:
        found = agreed(found, claimed) if found else claimed
    return _tidy(found, title)


def _fragment(markup: str) -> list[str]:
    if not markup:
        return []
    tree = _parse(plain_text(markup) if "&lt;p&gt;" in markup else f"<div>{markup}</div>")
    if tree is None:
        return []
    prune(tree, None)
    return blocks(tree)


def _tidy(texts: list[str], title: str | None) -> tuple[list[str], tuple[str, ...]]:
    """Without the headline, bylines, dates and furniture; and the writers that the bylines name."""
    kept: list[str] = []
    writers: dict[str, None] = {}
    for index, text in enumerate(texts):
        writer = byline(text)
        if writer:
            writers[writer] = None
        if writer or is_furniture(text) or (date_line(text) and weight(text) < 80):
            continue
        if is_of_outlet(text) or (index >= len(texts) - 3 and says_where_first(text)):
            continue
        if weight(text) <= _CAPTION and is_caption(text):
            continue
        if title and (same_headline(text, title) or (not kept and _rewords(text, title))):
            continue
        # The same paragraph again is a teaser of it or a pull quote.
        if weight(text) > 60 and text in kept:
            continue
        kept.append(text)
    return kept, tuple(writers)


def _rewords(text: str, title: str) -> bool:
    """Another wording of the headline above the text; a lead with the same words is a sentence."""
    return similar(text, title) and not ends_sentence(text) and weight(text) <= 1.6 * weight(title)


def _stated_date(tree: HtmlElement, language: str | None) -> str | None:
    contents = meta(tree, *_PUBLISHED)
    return next((found for content in contents if (found := parse_date(content, language=language))), None)


def _shown_date(tree: HtmlElement, language: str | None) -> str | None:
    scope = next(iter(tree.iter("article")), None)
    for root in (scope, tree):
        for node in root.iter("time") if root is not None else ():
            found = parse_date(node.get("datetime") or clean_line(str(node.text_content())), language=language)
            if found:
                return found
    return _searched_date(tree)


def _searched_date(tree: HtmlElement) -> str | None:
    """A date in the address or the text of the page, by htmldate's heuristics."""
    from htmldate import find_date

    found = find_date(copy.deepcopy(tree), original_date=True, extensive_search=False)
    return parse_date(found) if found else None


def _authors(tree: HtmlElement) -> tuple[str, ...]:
    names = [name for name in meta(tree, *_AUTHOR) if not web_url(name) and weight(name) <= 80]
    return (re.sub(r"\s*기자$", "", names[0]),) if names else ()


def _address(tree: HtmlElement, url: str | None) -> str | None:
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


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url and web_url(url) else None
    parts = host.removeprefix("www.").split(".") if host else []
    return parts[0] if parts else None
