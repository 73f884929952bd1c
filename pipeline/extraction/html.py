"""The article in an HTML page or fragment."""

from __future__ import annotations

import copy
import re
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from pipeline.errors import ArticleError
from pipeline.extraction.about import Page, page_address, said_and_shown
from pipeline.extraction.body import Reading, agreed, blocks, read_body, shared, standfirst, total
from pipeline.extraction.certainty import warnings
from pipeline.extraction.credits import is_credited
from pipeline.extraction.dates import date_line, is_date_label
from pipeline.extraction.embedded import embedded_markup
from pipeline.extraction.furniture import byline, is_caption, is_furniture, is_label, is_of_outlet, says_where_first
from pipeline.extraction.headline import headline, meta, same_headline, similar
from pipeline.extraction.jsonld import article_data
from pipeline.extraction.layout import settle
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import plain_text
from pipeline.extraction.prune import prune
from pipeline.extraction.relative import is_relative_date
from pipeline.extraction.writers import led_names, writers
from pipeline.text.hygiene import clean_text
from pipeline.text.prose import ends_sentence, weight
from pipeline.urls import web_url

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
# A page shows less than this where the rest is drawn by script.
_EMPTY = 200.0
# Each takes 2 to 3 KB of memory while a page is read; trafilatura's time grows with their square, to 6 s for 80,000. A
# very long page has 30,000.
_MOST_ELEMENTS = 80_000
# Tags that nobody closes nest in each other, and what looks up and down takes time with the square of the depth: beyond
# 256 elements (a news page has 30) the tags go and their text stays. Browsers end at 512.
_DEEP = f"boolean({'/*' * 257})"
_INLINE = (
    "a",
    "abbr",
    "b",
    "big",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "ins",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "u",
)
_NESTED = (
    "address", "article", "aside", "blockquote", "button", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "label", "li",
    "main", "menu", "nav", "noscript", "object", "ol", "q", "section", "strike", "summary", "sup", "svg", "table",
    "tbody", "td", "th", "time", "tr", "tt", "ul",
)  # fmt: skip
_EDGE = 3  # paragraphs at the top and at the end between which bylines stand
_LONGEST_BYLINE = 120.0
# A caption is shorter; a paragraph of the text may end with the credit of a picture that stood beside it.
_CAPTION = 350.0
# One whose credit may be no more than an agency is shorter still.
_CREDITED = 160.0
# The headline again, in another wording or with more marks, is no longer by this.
_LONGER = 3.0
# So many lines at the end may be about the text: its keywords, its source, where it was first published.
_CLOSING = 3


def read_html(text: str, *, title: str | None = None, url: str | None = None) -> Parts:
    """Title, date, writers, outlet, language, address and paragraphs; what the page has not is None or ().

    Args:
        text: a page or a fragment, decoded.
        title: the headline, where the source gives it; it is then not looked for.
        url: the page's address, to resolve its canonical one.

    Raises:
        ArticleError: kind "too-large": more elements than any page has.
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
    seen = headline(tree, data.title, sites)
    found_title = title or seen.title
    whole = _body(tree, found_title, data, markup, fragment=not _PAGE.search(text))
    body = [line for line in whole.paragraphs if not (seen.kicker and same_headline(line, seen.kicker))]
    # A line that only names the writers, among those around the text.
    edges = {*body[:_EDGE], *body[-_EDGE:]}
    bylines = (*whole.authors, *(name for line in body if line in edges for name in _byline(line)))
    body = [line for line in body if line not in edges or not _byline(line)]
    about = said_and_shown(Page(tree, found_title, data, sites, language, body, bylines))
    body = [line for line in body if line not in edges or not _only_names(line, about.authors)]
    return Parts(
        title=found_title,
        kicker=seen.kicker if found_title == seen.title else None,
        paragraphs=tuple(body),
        url=address,
        published=about.published,
        confidence=whole.confidence,
        warnings=(*whole.warnings, *about.warnings),
        authors=about.authors,
        publisher=data.publisher or site,
        language=language,
    )


def _parse(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        # As bytes: libxml2 refuses a text that claims another encoding. Clean: trees cannot be edited with controls.
        data = _DECLARATION.sub("", clean_text(text)).encode("utf-8", "replace")
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    elements = sum(1 for _ in tree.iter())
    if elements > _MOST_ELEMENTS:
        raise ArticleError(
            "too-large",
            f"the page has {elements:,} elements, more than {_MOST_ELEMENTS:,}; save the article as plain text",
        )
    for tags in (_INLINE, _NESTED):
        if tree.xpath(_DEEP):
            lxml.etree.strip_tags(tree, *tags)
    settle(tree)
    return tree


def _body(tree: HtmlElement, title: str | None, data: Parts, markup: str, *, fragment: bool) -> Parts:
    """Paragraphs and the writers that bylines among them name, with the doubts about them."""
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
    texts, bylines = _tidy(found, title)
    confidence = reading.confidence
    if confidence is not None and claimed:
        confidence = max(confidence, shared(texts, claimed))
    return Parts(
        paragraphs=tuple(texts),
        authors=bylines,
        confidence=None if confidence is None else round(confidence, 2),
        warnings=() if fragment else warnings(tree, title, texts, claimed, confidence),
    )


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
    named: dict[str, None] = {}
    for text in texts:
        writer = byline(text)
        if writer:
            named[writer] = None
        if writer or is_furniture(text) or (weight(text) < 80 and _is_dated(text)):
            continue
        if len(text) < 120 and (is_relative_date(text) or is_date_label(text)):
            continue
        if is_of_outlet(text):
            continue
        if weight(text) <= _CAPTION and (is_caption(text) or (weight(text) <= _CREDITED and is_credited(text))):
            continue
        if (
            title
            and weight(text) <= _LONGER * weight(title)
            and (same_headline(text, title) or (not kept and _rewords(text, title)))
        ):
            continue
        # The same paragraph again is a teaser of it or a pull quote.
        if weight(text) > 60 and text in kept:
            continue
        kept.append(text)
    body, closing = kept[:-_CLOSING], kept[-_CLOSING:]
    return [*body, *(text for text in closing if not _closes(text))], tuple(named)


def _is_dated(text: str) -> bool:
    """The line is a date, be it day or month that comes first."""
    return (date_line(text) or date_line(text, language="und")) is not None


def _closes(text: str) -> bool:
    return says_where_first(text) or (is_label(text) and not ends_sentence(text))


def _rewords(text: str, title: str) -> bool:
    """Another wording of the headline above the text; a lead with the same words is a sentence."""
    return similar(text, title) and not ends_sentence(text) and weight(text) <= 1.6 * weight(title)


def _byline(line: str) -> tuple[str, ...]:
    return led_names(line) if weight(line) <= _LONGEST_BYLINE and not ends_sentence(line) else ()


def _only_names(line: str, authors: tuple[str, ...]) -> bool:
    names = writers([line]) if weight(line) <= _LONGEST_BYLINE and not ends_sentence(line) else ()
    return bool(names) and set(names) <= set(authors)


def _joined(node: HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url and web_url(url) else None
    parts = host.removeprefix("www.").split(".") if host else []
    return parts[0] if parts else None
