"""What a page shows its readers around the headline: dates, writers. They are the page's own evidence.

Looked for are short texts in the element that holds the headline and the article, not in teasers, comments, quoted
posts and lists inside it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extraction.dates import date_label, date_line, labelled_dates, parse_date
from pipeline.extraction.furniture import byline
from pipeline.extraction.headline import ends_with_headline, is_aside, same_headline, similar
from pipeline.extraction.relative import is_relative_date
from pipeline.extraction.writers import is_author_label, is_name, led_names, letters, of_outlet, writers
from pipeline.text.prose import is_prose, weight

_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "object", "nav", "aside", "footer", "form", "button",
    "figure", "picture", "video", "audio", "blockquote", "select", "head", "title",
))  # fmt: skip
_OTHERS = re.compile(
    r"(?<![a-z])(?:related|recommend\w*|teasers?|read-?more|more-?(?:articles?|news|stories)|most-?read|trending|"
    r"comments?|disqus|(?:block-?|pull-?)quotes?|embed\w*|tweets?|twitter-\w+|instagram-\w+|promo\w*|newsletter|sidebar|widgets?|breadcrumbs?|"
    r"captions?|author-?(?:bio|box)|share\w*|social\w*|live-?blog-?(?:post|entry|item)|outbrain|taboola|cookie\w*)(?![a-z])"
)
_BYLINE = re.compile(
    r"(?<![a-z])(?:by-?lines?|authors?|author-?(?:names?|list|link|info)|autor(?:en?|es|as|zy|i|a)?|auteurs?|autor[ei]|"
    r"writers?|reporters?|journalists?|penulis|yazar|forfatter\w*|skribent\w*|creator)(?![a-z])"
)
# What a writer is, beside the name.
_FUNCTION = re.compile(r"(?<![a-z])(?:functions?|roles?|job(?:-?title)?|position|occupation|author-?title)(?![a-z])")
_UPDATED = re.compile(r"(?<![a-z])(?:updat\w*|modif\w*|edited|last-?mod\w*|aktualis\w*|revis\w*)(?![a-z])")
_PUBLISHED = re.compile(r"(?<![a-z])(?:date-?published|publish\w*|pub-?date|posted-?on|created|issued)(?![a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORT = 120.0
_LONG = 3000  # characters, blanks among them, of what is never short
_PARTS = (("a",), ("li", "address"), ("span", "strong", "b"))
_HEAD = 2  # paragraphs, the lead among them, below which a byline or a date is not looked for at the top
_ABOVE = 6  # short texts above the headline that may belong to it


@dataclass(frozen=True, slots=True)
class Shown:
    """published: the date that the page shows as the article's, None where it shows none.

    is_sure: it says that this is the date of publication.
    is_relative: it shows one that only the reader's clock can tell.
    writers: names, in the page's order; () where it shows none.
    others: dates of other days that are as likely the article's.
    """

    published: str | None = None
    is_sure: bool = False
    is_relative: bool = False
    writers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spot:
    node: HtmlElement
    text: str
    names: str
    """Class, id and the like of the element and of those around it that say no more."""
    is_top: bool


def shown(tree: HtmlElement, title: str | None, language: str | None, outlets: tuple[str, ...]) -> Shown:
    """What the page shows.

    Args:
        title: the headline.
        language: BCP 47 code of the text, for dates.
        outlets: names that are not those of writers.
    """
    heading = _heading(tree, title)
    spots = list(_spots(_home(tree, heading), heading))
    dates = sorted(_dates(spots, language), key=lambda found: found[1], reverse=True)
    certain = dates[0] if dates else None
    return Shown(
        published=certain[0] if certain else None,
        is_sure=bool(certain and certain[1] >= 3),
        is_relative=any(spot.is_top and is_relative_date(spot.text) for spot in spots),
        writers=_writers(spots, outlets),
        others=tuple(day for day, sure in dates if certain and sure == certain[1] and day[:10] != certain[0][:10]),
    )


def home(tree: HtmlElement, title: str | None) -> HtmlElement:
    """The smallest element that holds the headline and some of its article; the page where there is none."""
    return _home(tree, _heading(tree, title))


def _heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    headings = [(node, text) for node in tree.iter("h1", "h2") if (text := _text(node)) and not is_aside(node)]
    if title:
        for same in (same_headline, ends_with_headline, similar):
            for node, text in headings:
                if same(text, title):
                    return node
        for node in tree.iter("div", "p", "h3", "span"):
            if len(node) <= 2 and same_headline(_text(node), title):
                return node
    return next((node for node, _ in headings if node.tag == "h1"), None)


def _home(tree: HtmlElement, heading: HtmlElement | None) -> HtmlElement:
    body = tree.find("body")
    for node in heading.iterancestors() if heading is not None else ():
        if sum(is_prose(_text(part)) for part in node.iter("p")) >= _HEAD:
            return node
    return tree if body is None else body


def _spots(home: HtmlElement, heading: HtmlElement | None) -> Iterator[_Spot]:
    """The short texts of an element, each with the innermost element that holds it whole."""
    above: list[_Spot] = []
    prose, is_below = 0, heading is None
    around = set(heading.iterancestors()) if heading is not None else set()
    stack = [home]
    while stack:
        node = stack.pop()
        if not isinstance(node.tag, str) or node.tag in _SKIPPED:
            continue
        if node is heading:
            is_below = True
            yield from above[-_ABOVE:]
            continue
        names = _names(node)
        if node not in around and (node.tag == "article" or _OTHERS.search(names)) and node is not home:
            continue
        text = _text(node) if len(str(node.text_content())) <= _LONG else None
        if text is None or node in around or (weight(text) > _SHORT and node.tag != "p"):
            prose += is_below and is_prose(_own_text(node))
            stack.extend(reversed(node))
        elif node.tag == "p" and is_prose(text) and not _is_small(node, text):
            prose += is_below
        elif text and weight(text) <= _SHORT:
            spot = _Spot(node, text, names, prose < _HEAD)
            if is_below:
                yield spot
            else:
                above.append(spot)


def _own_text(node: HtmlElement) -> str:
    """Text of an element itself, whose lines may be parted by `br` alone."""
    return " ".join(" ".join((node.text or "", *(child.tail or "" for child in node))).split())


def _is_small(node: HtmlElement, text: str) -> bool:
    """Holds a date or a name, though it is as long as a sentence."""
    return weight(text) <= _SHORT and next(node.iter("time"), None) is not None


def _dates(spots: list[_Spot], language: str | None) -> Iterator[tuple[str, int]]:
    """Dates and how sure they are the article's: 3 said to be, 2 at the top, 1 below; those of updates are left out."""
    for spot in spots:
        times = list(spot.node.iter("time"))
        if not spot.is_top and not times and not _PUBLISHED.search(spot.names):
            continue
        if _is_teaser(spot.node):
            continue
        if times:
            yield from _timed(spot, times, language)
            continue
        given = next(
            (node.get("content") for node in spot.node.iter() if node.get("itemprop") == "datePublished"), None
        )
        if given and (found := parse_date(given, language=language)):
            yield found, 3
        elif date_line(spot.text, language=language):
            for found, label in labelled_dates(spot.text, language=language):
                if label == "updated" or (label is None and _UPDATED.search(spot.names)):
                    continue
                yield found, 3 if label or _PUBLISHED.search(spot.names) else 2 if spot.is_top else 1


def _timed(spot: _Spot, times: list[HtmlElement], language: str | None) -> Iterator[tuple[str, int]]:
    for node in times:
        text = _text(node)
        found = parse_date(node.get("datetime") or "", language=language) or parse_date(text, language=language)
        if found is None:
            continue
        names = _names(node)
        label = date_label(text) or (None if _PUBLISHED.search(names) else date_label(_before(node)))
        if label == "updated" or (label is None and _UPDATED.search(names)):
            continue
        sure = label or _PUBLISHED.search(names) or node.get("pubdate") is not None
        yield found, 3 if sure else 2 if spot.is_top else 1


def _before(node: HtmlElement) -> str:
    """The text right before an element, within its parent."""
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        # What is said of one date is not said of the next.
        if previous.tag == "time" and not (previous.tail or "").strip():
            return ""
        return str(previous.tail or "") if (previous.tail or "").strip() else _text(previous)[-40:]
    return str(parent.text or "") if parent is not None else ""


def _is_teaser(node: HtmlElement) -> bool:
    """It stands with a link to another article in one item of a list."""
    for parent in (node, *node.iterancestors("li")):
        if parent.tag in ("li", "a") and any(weight(_text(link)) > 20 for link in parent.iter("a")):
            return True
    return any(True for _ in node.iterancestors("a"))


def _writers(spots: list[_Spot], outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Of the first kind of evidence that gives a person: what the page calls its writer, a line "by", a name behind its
    label, a name alone. Where there is none, an account that is named like the outlet."""
    account: tuple[str, ...] = ()
    for found in _named(spots, outlets):
        if found and not all(of_outlet(name, outlets) for name in found):
            return found
        account = account or found
    return account


def _named(spots: list[_Spot], outlets: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    top = [spot for spot in spots if spot.is_top]
    ends = [spot for spot in spots if not spot.is_top and _marked(spot)]
    # At the end of the article stands its writer, and below it those of others.
    for place in (top, ends if len(ends) == 1 else []):
        yield writers(
            [
                name
                for spot in place
                for node in _marked(spot)
                for name in writers(_parts(node), outlets)
                if is_name(name) or _is_link(node)
            ]
        )
    for spot in top:
        yield writers(led_names(spot.text) or filter(None, [byline(spot.text)]), outlets)
    for spot in spots:
        yield writers(_labelled(spot.node), outlets)
    for spot in top:
        found = writers([spot.text], outlets)
        if found and _is_alone(spot) and all(map(is_name, found)):
            yield found


def _labelled(node: HtmlElement) -> list[str]:
    """The names behind a label that stands in an element of its own: <strong>Author</strong> Name."""
    label = next((child for child in node if isinstance(child.tag, str)), None)
    if label is None or (node.text or "").strip() or not is_author_label(_text(label)):
        return []
    rest = _text(node)[len(_text(label)) :]
    names = writers([rest])
    return list(names) if all(is_name(name) or not name.isascii() for name in names) else []


def _marked(spot: _Spot) -> list[HtmlElement]:
    """The elements in a spot that the page marks as its writers."""
    linked = [node for node in spot.node.iter() if _is_link(node)]
    if linked:
        named = [inner for node in linked for inner in node.iter() if (inner.get("itemprop") or "") == "name"]
        return named or linked
    parents = [spot.node, *list(spot.node.iterancestors())[:2]]
    by_name = _BYLINE.search(spot.names) or any(
        _BYLINE.search(_names(parent)) and weight(_text(parent)) <= 2 * _SHORT for parent in parents
    )
    if by_name:
        return [spot.node]
    return [node for node in spot.node.iter() if isinstance(node.tag, str) and _BYLINE.search(_names(node))][:1]


def _is_link(node: HtmlElement) -> bool:
    return isinstance(node.tag, str) and (
        "author" in (node.get("rel") or "").lower().split()
        or (node.get("itemprop") or "").lower() in ("author", "creator")
    )


def _parts(node: HtmlElement) -> list[str]:
    """The texts of an element: of its parts where each is a name and nothing is left; else all of it, where that is one
    name; else of those of its links or other parts that are names."""
    if any(_is_function(part) for part in node.iter()):
        node = copy.deepcopy(node)
        for part in [part for part in node.iter() if part is not node and _is_function(part)]:
            part.drop_tree()
    whole = _text(node)
    parts = [[text for part in node.iter(*tags) if part is not node and (text := _text(part))] for tags in _PARTS]
    for texts in parts:
        if len(texts) > 1 and all(map(is_name, texts)) and letters("".join(texts)) == letters(whole):
            return texts
    if is_name(whole):
        return [whole]
    for texts in parts:
        names = list(dict.fromkeys(filter(is_name, texts)))
        if names and len(names) == len(set(texts)):
            return names
    return [whole]


def _is_function(node: HtmlElement) -> bool:
    return isinstance(node.tag, str) and _FUNCTION.search(_names(node)) is not None


def _is_alone(spot: _Spot) -> bool:
    """A line of its own in bold or italics."""
    return spot.node.tag in ("p", "div") and any(
        weight(_text(part)) >= 0.9 * weight(spot.text) for part in spot.node.iter("b", "strong", "em", "i")
    )


def _names(node: HtmlElement) -> str:
    said = " ".join(node.get(key) or "" for key in ("class", "id", "itemprop", "data-testid", "data-component"))
    return _CAMEL.sub("-", said).lower().replace("_", "-")


def _text(node: HtmlElement) -> str:
    # A comment has text for `itertext`, and refuses it.
    return " ".join(" ".join(map(str, node.itertext())).split()) if isinstance(node.tag, str) else ""
