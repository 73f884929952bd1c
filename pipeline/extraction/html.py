"""The article in an HTML page or fragment."""

from __future__ import annotations

import copy
import re
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from pipeline.extraction.about import Page, page_address, said_and_shown
from pipeline.extraction.body import agreed, blocks, paragraphs, standfirst, total
from pipeline.extraction.dates import date_line, is_date_label
from pipeline.extraction.embedded import embedded_markup
from pipeline.extraction.furniture import byline, is_furniture
from pipeline.extraction.headline import headline, meta, same_headline, similar
from pipeline.extraction.jsonld import article_data
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import plain_text
from pipeline.extraction.prune import prune
from pipeline.extraction.relative import is_relative_date
from pipeline.text.hygiene import clean_text
from pipeline.text.prose import ends_sentence, weight
from pipeline.urls import web_url

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
# A page shows less than this where the rest is drawn by script.
_EMPTY = 200.0


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
    address = page_address(tree, url)
    own_titles = [_joined(node) for node in tree.iter("h1", "title")][:6] + meta(tree, "og:title")
    data, markup = article_data(tree, url=address or url, titles=[line for line in (title, *own_titles) if line])
    language = tree.get("lang") or tree.get("xml:lang") or next(iter(meta(tree, "og:locale", "content-language")), None)
    language = (language or data.language or "").replace("_", "-").strip() or None
    address = address or data.url
    site = next(iter(meta(tree, "og:site_name", "application-name")), None)
    sites = tuple(name for name in (site, data.publisher, _host(address or url)) if name)
    found_title = title or headline(tree, data.title, sites)
    body, bylines = _body(tree, found_title, data, markup, fragment=not _PAGE.search(text))
    published, authors = said_and_shown(Page(tree, found_title, data, sites, language, body, bylines))
    return Parts(
        title=found_title,
        paragraphs=tuple(body),
        url=address,
        published=published,
        authors=authors,
        publisher=data.publisher or site,
        language=language,
    )


def _parse(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        # As bytes: libxml2 refuses a text that claims another encoding. Clean: trees cannot be edited with controls.
        data = _DECLARATION.sub("", clean_text(text)).encode("utf-8", "replace")
        return lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _body(
    tree: HtmlElement, title: str | None, data: Parts, markup: str, *, fragment: bool
) -> tuple[list[str], tuple[str, ...]]:
    pruned = copy.deepcopy(tree)
    prune(pruned, title)
    # A fragment comes from a feed, a table or a post: somebody has cut the article out already.
    found = blocks(pruned) if fragment else paragraphs(pruned, tree)
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
    for text in texts:
        writer = byline(text)
        if writer:
            writers[writer] = None
        if writer or is_furniture(text) or (date_line(text) and weight(text) < 80):
            continue
        if is_relative_date(text) or is_date_label(text):
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


def _joined(node: HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url and web_url(url) else None
    parts = host.removeprefix("www.").split(".") if host else []
    return parts[0] if parts else None
