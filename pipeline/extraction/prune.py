"""Takes out of a page what is never part of its article, before anyone looks for the article.

A name in a class or an id is a hint and no more: paid text is called `paywall` as search engines ask for, an article is
called by its tags, a heading by its words. So a name alone takes away labels, links and short lines; what reads as
prose goes only where its content bears the name out (`pipeline.extraction.widgets`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from lxml.html import HtmlElement

from pipeline.extraction.dates import date_line
from pipeline.extraction.furniture import byline, ends_article, is_appeal, is_notice
from pipeline.extraction.headline import similar
from pipeline.extraction.widgets import INLINE, SHARE, SMALL, disarm, is_hidden, is_widget, sentences, spaced_text
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
# The first text of a consent dialog that is no title has this weight at least, and all of it this at most.
_OPENING, _DIALOG = 40.0, 4000.0
# A box begins with a line of so many characters; above it are so many pieces of prose, where it is below the text.
_LINE, _TEXT = 10, 2
_HEADINGS = ("h1", "h2", "h3", "h4")


def prune(tree: HtmlElement, title: str | None) -> None:
    """Remove, in place: code, forms, navigation, dialogs, captions, named widgets, other articles, lists of links."""
    heading = _heading(tree, title)
    kept = {heading, *heading.iterancestors()} if heading is not None else set()
    total = weight(spaced_text(tree))
    whole = cache(lambda: len(sentences(tree)))
    doomed: list[HtmlElement] = []
    stack = [tree]
    # All is judged before anything goes: a caption is known by the picture before it.
    while stack:
        node = stack.pop()
        if not isinstance(node.tag, str):
            doomed.append(node)
        elif (
            node in kept
            or node.tag in ("html", "body", "main")
            or node.getparent() is None
            or not _unwanted(node, total, whole)
        ):
            disarm(node)
            stack.extend(node)
        else:
            doomed.append(node)
    for node in doomed:
        _drop(node)
    if heading is not None:
        _drop_other_articles(tree, heading, title or "")
    _drop_link_lists(tree)
    _drop_related(tree, heading)
    _drop_pitches(tree, heading)


def _unwanted(node: HtmlElement, total: float, whole: Callable[[], int]) -> bool:
    if node.tag == "form":
        # Some systems put the whole page into one.
        return weight(spaced_text(node)) <= SHARE * total or len(sentences(node)) <= SHARE * whole()
    if node.tag in _NEVER or _asks_consent(node):
        return True
    if is_hidden(node) or _beside(node):
        return weight(spaced_text(node)) <= min(SMALL, SHARE * total)
    # A link in a sentence may be called what it likes.
    if node.tag in INLINE and any(parent.tag in ("p", "li", "h2", "h3") for parent in node.iterancestors()):
        return False
    return is_widget(node, total, whole)


def _asks_consent(node: HtmlElement) -> bool:
    """A dialog of the outlet's, whatever it is called: it begins with a notice and has something to click."""
    if node.tag not in ("div", "section") or next(node.iter("button", "input"), None) is None:
        return False
    first = next((text for text in node.itertext() if weight(text.strip()) >= _OPENING), "")
    return is_notice(" ".join(first.split())) and weight(spaced_text(node)) <= _DIALOG


def _beside(node: HtmlElement) -> bool:
    """By its tag or role it stands beside the text."""
    if node.tag == "figure":
        return not any(weight(spaced_text(part)) > 200 for part in node.iter("p"))
    return node.tag in ("aside", "footer") or (node.get("role") or "").lower() in _ROLES


def _heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    headings = [node for node in tree.iter("h1") if spaced_text(node)]
    matching = [node for node in headings if title and similar(spaced_text(node), title)]
    return next(iter(matching or headings), None)


def _drop_other_articles(tree: HtmlElement, heading: HtmlElement, title: str) -> None:
    """Pages that scroll on carry the next article behind the first: with an h1 or an <article> of its own."""
    own = set(heading.iterancestors())
    known = similar(spaced_text(heading), title)
    for other in [node for node in tree.iter("h1") if node is not heading]:
        outside = [node for node in other.iterancestors() if node not in own and node.tag not in ("body", "html")]
        if not outside or similar(spaced_text(other), title) or outside[-1].getparent() is None:
            continue
        if _is_other(outside[-1], other, heading) and _has_text_before(tree, heading, outside[-1], known=known):
            _drop(outside[-1])
    home = next((node for node in heading.iterancestors() if node.tag == "article"), None)
    if home is None:
        return
    inside = len(sentences(home))
    for other in [node for node in tree.iter("article") if node is not home and node not in own]:
        if any(node is home for node in other.iterancestors()):
            # A card in the text, or a part of the text.
            chunk = len(sentences(other)) >= 2 and not _headed(other)
        else:
            # Where the article of the headline has no text, the text is in the others.
            chunk = not _headed(other) and len(sentences(other)) > 2 * inside
        if not chunk and other.getparent() is not None:
            _drop(other)


def _is_other(container: HtmlElement, heading: HtmlElement, own: HtmlElement) -> bool:
    """The container is that of another article, not the text below the headline with headings in it.

    Another article begins with its heading, and is built as the first is, or has a date, a writer or a link to itself.
    """
    for node in container.iter():
        if node is heading:
            break
        if node.tag in ("p", "li", "blockquote") and sentences(node):
            return False
    level = container.getparent()
    twin = next((node for node in own.iterancestors() if node.getparent() is level), None)
    if twin is not None and twin.tag == container.tag and (twin.get("class") or "") == (container.get("class") or ""):
        return True
    if container.tag == "article" or any(True for _ in container.iter("time")):
        return True
    if heading.find(".//a") is not None or (heading.getparent() is not None and heading.getparent().tag == "a"):
        return True
    lines = (spaced_text(node) for node in container.iter("p", "div", "span", "address") if len(node) == 0)
    return any(byline(line) or date_line(line) for line in lines if line and len(line) <= 80)


def _has_text_before(tree: HtmlElement, heading: HtmlElement, container: HtmlElement, *, known: bool) -> bool:
    """The article has prose between its headline and the container; without a sure headline, more than that has."""
    found, open_ = 0, False
    for node in tree.iter():
        if node is container:
            break
        open_ = open_ or node is heading
        if (
            open_
            and node.tag in ("p", "li", "blockquote", "div")
            and not any(child.tag in ("p", "div", "li") for child in node)
        ):
            found += len(sentences(node))
    return found > (0 if known else len(sentences(container)))


def _headed(node: HtmlElement) -> bool:
    """It begins with a heading, or is about a link: a teaser or another article."""
    first = next((part for part in node.iter(*_HEADINGS, "p") if spaced_text(part)), None)
    return first is not None and first.tag in _HEADINGS


def _drop_link_lists(tree: HtmlElement) -> None:
    """Paragraphs and lists that are links and nothing else lead to other articles."""
    for node in list(tree.iter("p", "ul", "ol", "h2", "h3", "h4", "h5", "div", "section", "li")):
        links = list(node.iter("a"))
        text = spaced_text(node) if links and node.getparent() is not None else ""
        if not text:
            continue
        linked = sum(len(spaced_text(link)) for link in links)
        lead = linked > 0.5 * len(text) and ends_article(text.split(":")[0] + ":")
        if lead or (linked >= 0.9 * len(text) and len(text) > 12 and not (node.tag == "p" and ends_sentence(text))):
            _drop(node)


def _drop_related(tree: HtmlElement, heading: HtmlElement | None) -> None:
    """What stands under "Most read" or "Related" in a box of its own is other articles, sentences or not."""
    own = set(heading.iterancestors()) if heading is not None else set()
    for label in list(tree.iter("h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong")):
        if label.getparent() is None or len(label) > 1 or not ends_article(spaced_text(label)[:80]):
            continue
        box = next((node for node in label.iterancestors() if spaced_text(node) != spaced_text(label)), None)
        if box is None or box in own or box.tag in ("body", "html", "main", "article") or box.getparent() is None:
            continue
        first = next((text for text in box.itertext() if text.strip()), "")
        if first.strip() and spaced_text(label).startswith(" ".join(first.split())) and _prose_above(tree, box):
            _drop(box)


def _drop_pitches(tree: HtmlElement, heading: HtmlElement | None) -> None:
    """A box below the text that begins with the outlet's word to its readers is all such words, however few are known.

    The article's own pieces are built alike, so a box that is built as what holds the text above is one of them.
    """
    own = set(heading.iterancestors()) if heading is not None else set()
    for box in list(tree.iter("div", "section", "aside", "table")):
        first = next((text for text in box.itertext() if len(text.strip()) >= _LINE), "")
        if box in own or box.getparent() is None or not is_appeal(" ".join(first.split())):
            continue
        builds, above = _above(tree, box)
        if above >= _TEXT and len(sentences(box)) <= 2 * above and _build(box) not in builds:
            _drop(box)


def _above(tree: HtmlElement, box: HtmlElement) -> tuple[set[tuple[str, str]], int]:
    """How the elements are built that hold the prose above a box and not the box, and how many pieces it has."""
    around = set(box.iterancestors())
    found: set[tuple[str, str]] = set()
    pieces = 0
    for node in tree.iter():
        if node is box:
            break
        leaf = node.tag in ("p", "li", "blockquote", "div") and all(
            child.tag not in ("p", "div", "li") for child in node
        )
        if leaf and (prose := sentences(node)):
            pieces += len(prose)
            found.update(_build(each) for each in (node, *node.iterancestors()) if each not in around)
    return found, pieces


def _build(node: HtmlElement) -> tuple[str, str]:
    return str(node.tag), node.get("class") or ""


def _prose_above(tree: HtmlElement, box: HtmlElement) -> bool:
    """The page has prose above an element."""
    for node in tree.iter():
        if node is box:
            return False
        leaf = node.tag in ("p", "li", "blockquote", "div") and all(
            child.tag not in ("p", "div", "li") for child in node
        )
        if leaf and sentences(node):
            return True
    return False


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
