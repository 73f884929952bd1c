"""Takes out of a page what is never part of its article, before anyone looks for the article."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from pipeline.extraction.furniture import ends_article
from pipeline.extraction.headline import similar
from pipeline.text.prose import ends_sentence, weight

_NEVER = frozenset((
    "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed", "video", "audio",
    "button", "input", "select", "textarea", "form", "nav", "dialog", "figcaption", "menu", "map", "picture",
    "source",
))  # fmt: skip
_ROLES = frozenset((
    "dialog", "alertdialog", "navigation", "search", "banner", "contentinfo", "complementary", "menu", "toolbar",
    "tooltip",
))  # fmt: skip
# Words of class and id names. A name such as `article-body has-caption` says nothing of its whole content: only
# small parts are taken out by name.
_NAMED = re.compile(
    r"(?<![a-z])(?:captions?|picinfo|photo-?(?:credit|caption)|wp-caption-text|image-?(?:credit|caption|source)|"
    r"(?:media|video|img)-?(?:info|caption|description|heading)|copyright|info-?box|fact-?box|fakten-?box|faktaruta|"
    r"poll|quiz|survey|umfrage|newsletter|subscri\w*|paywall|regwall|metered|sign-?up|related|recommend\w*|"
    r"more-?(?:articles?|news|stories)|"
    r"read-?(?:more|also|next)|see-?also|most-?(?:read|popular)|trending|teasers?-?list|share\w*|sharing|"
    r"social\w*|follow-?us|"
    r"breadcrumbs?|bylines?|author-?(?:bio|info|box|profile)|autor(?:en)?|disclaimer|advert\w*|promo\w*|"
    r"sponsor\w*|outbrain|taboola|"
    r"cookie\w*|consent|comments?|disqus|toolbar|tags?|tag-?list|label-?items|print-?only|screen-?reader\w*|sr-only|"
    r"visually-?hidden|offscreen|skip-?link)(?![a-z])"
)
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "cite", "em", "font", "i", "mark", "q", "ruby", "s", "small", "span", "strong", "sub",
    "sup", "u",
))  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# An article is longer than this; what is taken out by its name or because it is hidden is shorter.
_SMALL = 1500.0


def prune(tree: HtmlElement, title: str | None) -> None:
    """Remove, in place: code, forms, navigation, dialogs, captions, named widgets, other articles, lists of links."""
    heading = _heading(tree, title)
    kept = {heading, *heading.iterancestors()} if heading is not None else set()
    total = weight(_text(tree))
    for node in list(tree.iter()):
        if not isinstance(node.tag, str):
            _drop(node)
        elif node in kept or node.tag in ("html", "body", "main") or node.getparent() is None:
            continue
        elif node.tag in _NEVER or (_unwanted(node) and weight(_text(node)) <= min(_SMALL, 0.4 * total)):
            _drop(node)
    if heading is not None:
        _drop_other_articles(tree, heading, title or "")
    _drop_link_lists(tree)


def _unwanted(node: HtmlElement) -> bool:
    if (
        (node.get("role") or "").lower() in _ROLES
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
    ):
        return True
    if _HIDDEN.search(node.get("style") or "") or node.tag in ("aside", "footer"):
        return True
    if node.tag == "figure":
        return not any(weight(_text(part)) > 200 for part in node.iter("p"))
    # A link in a sentence may be called what it likes.
    if node.tag in _INLINE and any(parent.tag in ("p", "li", "h2", "h3") for parent in node.iterancestors()):
        return False
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    return bool(_NAMED.search(_CAMEL.sub("-", names).lower().replace("_", "-")))


def _heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    headings = [node for node in tree.iter("h1") if _text(node)]
    matching = [node for node in headings if title and similar(_text(node), title)]
    return next(iter(matching or headings), None)


def _drop_other_articles(tree: HtmlElement, heading: HtmlElement, title: str) -> None:
    """Pages that scroll on carry the next article behind the first: with an h1 or an <article> of its own."""
    own = set(heading.iterancestors())
    for other in [node for node in tree.iter("h1") if node is not heading]:
        if similar(_text(other), title):
            continue
        outside = [node for node in other.iterancestors() if node not in own and node.tag not in ("body", "html")]
        if outside and weight(_text(outside[-1])) > 2 * weight(_text(other)):
            _drop(outside[-1])
    home = next((node for node in heading.iterancestors() if node.tag == "article"), None)
    if home is not None:
        for other in [node for node in tree.iter("article") if node is not home and node not in own]:
            if not any(node is home for node in other.iterancestors()) and other.getparent() is not None:
                _drop(other)


def _drop_link_lists(tree: HtmlElement) -> None:
    """Paragraphs and lists that are links and nothing else lead to other articles."""
    for node in list(tree.iter("p", "ul", "ol", "h2", "h3", "h4", "h5", "div", "section", "li")):
        text = _text(node)
        if not text or node.getparent() is None:
            continue
        linked = sum(len(_text(link)) for link in node.iter("a"))
        lead = ends_article(text.split(":")[0] + ":") and linked > 0.5 * len(text)
        if lead or (linked >= 0.9 * len(text) and len(text) > 12 and not (node.tag == "p" and ends_sentence(text))):
            _drop(node)


def _text(node: HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def _drop(node: HtmlElement) -> None:
    """Remove a node but not the text behind it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        previous = node.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + " " + node.tail
        else:
            parent.text = (parent.text or "") + " " + node.tail
    parent.remove(node)
