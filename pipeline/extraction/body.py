"""The paragraphs of the article in a pruned page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import HtmlElement

from pipeline.extraction.furniture import ends_article
from pipeline.extraction.readings import agreement, completed, key, news, ordered, parted
from pipeline.extraction.tabular import spread, with_rows
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import ends_sentence, is_prose, weight

_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "header", "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "pre",
    "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br", "address", "body", "figure",
    "center", "details", "summary",
))  # fmt: skip
# What trafilatura calls the blocks of its own result.
_TEI = frozenset((
    "p", "head", "item", "list", "quote", "code", "row", "cell", "table", "lb", "body",
))  # fmt: skip
_CODE = frozenset((
    "script", "style", "noscript", "template", "title",
))  # fmt: skip
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\\W_]+")
# Below this a page's article is so short that another way of finding it deserves a try.
_LITTLE = 250.0
_STANDFIRST = re.compile(
    r"(?<![a-z])(?:stand-?first|dek|sub-?title|sub-?head(?:line|ing)?|sub-?titulo|lead|lede|intro\w*|excerpt|preamble|"
    r"teaser|chapo|ingress|manchet|abstract|occhiello|sommario|entradilla|bajada|sapo|description|summary|perex|"
    r"vorspann)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The article's paragraphs and sub-headlines, and how sure they are."""

    paragraphs: list[str]
    confidence: float | None
    """How far two independent ways of reading agree, 0..1; None where the page has no prose."""


def read_body(tree: HtmlElement, raw: HtmlElement) -> Reading:
    """Paragraphs and sub-headlines of the article in order; none where the page has no prose.

    Args:
        tree: the pruned page.
        raw: the page as it was, for the case that pruning took too much.
    """
    lines = spread(tree)
    order = blocks(tree)
    found, own = parted(_trafilatura(tree, recall=False), order), _densest(tree)
    if total(found) < _LITTLE:
        found = max(found, parted(_trafilatura(tree, recall=True), order), own, key=_rank)
        if not news(found):
            found = max(found, _densest(raw), key=news)
    confidence = agreement(found, own) if found else None
    found = _with_subheads(tree, order, completed(tree, ordered(found, order)))
    return Reading(with_rows(found, lines, order) if lines else found, confidence)


def _rank(texts: Sequence[str]) -> tuple[float, int]:
    """By the prose; of two readings of one text, the one with more paragraphs."""
    return (round(news(texts), -2), len(texts))


def _with_subheads(tree: HtmlElement, order: Sequence[str], found: Sequence[str]) -> list[str]:
    """Sub-headlines that were lost, put back above the paragraphs they head."""
    heads = {clean_line(str(node.text_content())) for node in tree.iter("h1", "h2", "h3", "h4")}
    lost = {
        below: head for head, below in pairwise(order) if head in heads and head not in found and not ends_article(head)
    }
    complete: list[str] = []
    for index, text in enumerate(found):
        # Above the first paragraph stand the headline and what goes with it.
        if index and text in lost:
            complete.append(lost[text])
        complete.append(text)
    return complete


def total(texts: Sequence[str]) -> float:
    """Weight of all paragraphs together."""
    return sum(map(weight, texts))


def _trafilatura(tree: HtmlElement, *, recall: bool) -> list[str]:
    import trafilatura

    document = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=False, favor_recall=recall, with_metadata=False, deduplicate=False
    )
    if document is None or document.body is None:
        return []
    return blocks(document.body, _TEI)


def blocks(root: HtmlElement, ends: frozenset[str] = _BLOCKS) -> list[str]:
    """The texts between block boundaries, in document order."""
    texts: list[str] = []
    current: list[str] = []
    for text, block in _walk(root, ends):
        if block is not None:
            line = clean_line("".join(current))
            current = []
            texts.append(line)
        else:
            current.append(text)
    texts.append(clean_line("".join(current)))
    # What holds no letter is a rule, a bullet, a pixel's label.
    return [text for text in texts if key(text)]


def _walk(node: HtmlElement, ends: frozenset[str]) -> Iterator[tuple[str, HtmlElement | None]]:
    """Texts, and at block boundaries the element whose text follows; no recursion, for pages nest thousands deep."""
    stack: list[tuple[HtmlElement, bool]] = [(node, False)]
    while stack:
        element, closing = stack.pop()
        block = isinstance(element.tag, str) and element.tag in ends
        if closing:
            if block:
                yield "", element if element is node else element.getparent()
            if element is not node and element.tail:
                yield str(element.tail), None
            continue
        if block:
            yield "", element
        stack.append((element, True))
        if isinstance(element.tag, str) and element.tag not in _CODE:
            if element.text:
                yield str(element.text), None
            stack.extend((child, False) for child in reversed(element))


def _densest(tree: HtmlElement) -> list[str]:
    """The blocks of the smallest element that holds most of the page's prose."""
    body = tree.find("body")
    best = body if body is not None else tree
    weights = _weights(best)
    while True:
        inner = max(best, key=lambda child: weights.get(child, 0.0), default=None)
        if inner is None or weights.get(inner, 0.0) < max(1.0, 0.75 * weights.get(best, 0.0)):
            break
        best = inner
    texts = blocks(best)
    read = [index for index, text in enumerate(texts) if is_prose(text) or ends_sentence(text)]
    return texts[read[0] : read[-1] + 1] if read else []


def _weights(root: HtmlElement) -> dict[HtmlElement, float]:
    """Of each element with prose in it, the weight of that prose."""
    weights: dict[HtmlElement, float] = {}
    current: list[str] = []
    holder: HtmlElement | None = None
    for text, block in _walk(root, _BLOCKS):
        if block is None:
            current.append(text)
            continue
        line = clean_line("".join(current)) if current else ""
        current = []
        if holder is not None and line and (is_prose(line) or ends_sentence(line)):
            for node in (holder, *holder.iterancestors()):
                weights[node] = weights.get(node, 0.0) + weight(line)
        holder = block
    return weights


def standfirst(tree: HtmlElement, description: str | None, found: Sequence[str]) -> str | None:
    """The lead above the text that extraction lost: by its name in the page, or as the page's description."""
    if not found:
        return None
    known = " ".join(map(key, found))
    opening = key(found[0])
    after_heading = False
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "h1":
            after_heading = True
        if node.tag not in ("p", "div", "h2", "h3", "h4", "span", "strong"):
            continue
        text = clean_line(str(node.text_content())) if len(node) < 40 else ""
        name = key(text[:1000])
        if opening and name.startswith(opening[:60]):
            return None
        if not 45 <= weight(text) <= 900 or not after_heading or name in known:
            continue
        names = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}".lower().replace(
            "_", "-"
        )
        if _STANDFIRST.search(names) or (description and name[:50] == key(description)[:50]):
            return None if any(child.tag in ("p", "ul", "h2", "h3") for child in node) and len(node) > 3 else text
    return None


def agreed(found: Sequence[str], claimed: Sequence[str]) -> list[str]:
    """The better of the text found and the text claimed by the page's data, or what they agree on.

    A claim that covers the page's text word for word shows which paragraphs are no part of the article; one that is
    much longer is the article where the page shows a part of it; one that is an abridgement, or another text, is of
    no use.
    """
    claim, text = _tokens(claimed), _tokens(found)
    common = (claim & text).total()
    if common < 0.5 * min(claim.total(), text.total()) or claim.total() < 60:
        return list(found)
    if common < 0.6 * claim.total():
        return list(claimed) if common > 0.8 * text.total() and len(claimed) > 1 else list(found)
    if common < 0.7 * text.total() or common < 0.9 * claim.total():
        return list(found)
    whole = " ".join(map(key, claimed))
    kept = [index for index, paragraph in enumerate(found) if key(paragraph) in whole]
    if not kept or sum(weight(found[index]) for index in kept) < 0.7 * total(found):
        return list(found)
    # A claim may leave out the lead: what reads as prose right above it is one.
    lead = kept[0]
    while lead and is_prose(found[lead - 1]):
        lead -= 1
    return [
        paragraph
        for index, paragraph in enumerate(found)
        # Sub-headlines are often left out of the claim: they stand between paragraphs that are in it.
        if index in kept
        or lead <= index < kept[0]
        or (weight(paragraph) < 120 and kept[0] < index < kept[-1] and not ends_sentence(paragraph))
    ]


def shared(one: Sequence[str], two: Sequence[str]) -> float:
    """Share of the words that two texts have in common, 0..1, however they are cut into paragraphs."""
    left, right = _tokens(one), _tokens(two)
    both = left.total() + right.total()
    return 2 * (left & right).total() / both if both else 0.0


def _tokens(texts: Sequence[str]) -> Counter[str]:
    return Counter(_TOKEN.findall(unicodedata.normalize("NFKC", " ".join(texts)).casefold()))
