"""Which of a page's claims is the headline: h1, Open Graph, JSON-LD and <title> seldom agree to the letter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from pipeline.extraction.plain import plain_text
from pipeline.text.prose import weight

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«›<>~:/]+\s+|\s*-{2,}\s*|\s*[|｜ㅣ：_]\s*|\s+::\s+")
_BRACKETS = re.compile(r"\s*[(（][^()（）]{2,30}[)）]$")
_KICKER = re.compile(
    r"(?<![a-z])(?:kicker|overline|eyebrow|top-?line|roof-?line|dachzeile|spitzmarke|volanta|ante-?titulo|ante-?title|"
    r"pre-?title|sur-?titre|surtitre|occhiello|chapeu|nadtytul|overtitle|super-?title)(?![a-z])"
)
_MOST_HEADINGS = 40
_LONGEST_KICKER = 120.0
_LONGEST_NAME = 25.0
_WORD = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\\W_]+")
# Two claims are wordings of one headline if so much of the shorter is in the longer.
_AGREEMENT = 0.7
_SHORTEST = 14
# A wording without a kicker is shorter by more than this; the others differ in a word.
_SHORTER = 0.92


@dataclass(frozen=True, slots=True)
class _Claim:
    text: str
    words: frozenset[str]
    voter_only: bool
    """May confirm others but is not taken itself."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands above the text. kicker: the words over the headline, where they are set apart from it."""

    title: str | None
    kicker: str | None = None


_MARK = re.compile(r"[:;,.!?…](?:\s|$)")


def headline(tree: HtmlElement, ld: str | None, sites: tuple[str, ...]) -> Headline:
    """The headline that the reader sees, without the outlet's name and, where it can be told apart, the kicker.

    JSON-LD, Open Graph and <title> are wordings for search engines and other services: they decide between headings,
    and stand in where the page has none. A claim that is the heading cut shorter is taken for it: so pages name their
    article in lists.

    Args:
        ld: what JSON-LD says.
        sites: names of the outlet, to be taken off the ends.
    """
    claims = [_claim(text, sites) for text in [*meta(tree, "og:title", "headline"), ld or ""]]
    # Made for browser tabs and other services, often reworded: they only confirm.
    tabs = [
        _claim(text, sites, voter_only=True)
        for text in [*meta(tree, "title", "twitter:title"), tree.findtext(".//title") or ""]
    ]
    claims, tabs = [claim for claim in claims if claim.words], [claim for claim in tabs if claim.words]
    found = _seen(tree, [*claims, *tabs], sites)
    if found is None:
        return Headline(_claimed(claims, tabs))
    return _worded(found, _claim(_spaced(found), sites), claims)


def _seen(tree: HtmlElement, claims: list[_Claim], sites: tuple[str, ...]) -> HtmlElement | None:
    """The heading that the claims mean, or else another element with the very words of one, or else the first."""
    names = {_letters(site) for site in sites if _letters(site)}
    headings = [
        node
        for node in islice(tree.iter("h1"), _MOST_HEADINGS)
        if (text := _spaced(node)) and not is_aside(node) and not _is_site(_letters(text), names)
    ]
    votes = {node: sum(_agree(_claim(_spaced(node), sites), claim) for claim in claims) for node in headings}
    best = max(headings, key=lambda node: votes[node], default=None)
    if best is not None and votes[best]:
        return best
    # Where the outlet's name is not known, what stands before a separator may be the headline.
    wanted = {_letters(start) for claim in claims for start in _starts(claim.text) if weight(start) >= _SHORTEST}
    for node in tree.iter("h2", "h3", "h4", "div", "p", "span", "strong", "b", "td", "font"):
        text = str(node.text_content())
        if len(text) <= 600 and _letters(text) in wanted and not is_aside(node) and next(node.iter("a"), None) is None:
            return _whole_heading(node)
    return next((node for node in headings if weight(_spaced(node)) >= _SHORTEST or not claims), None)


def _whole_heading(node: HtmlElement) -> HtmlElement:
    """The heading that ends with the element, whose first part is a kicker then; else the element."""
    parent = node.getparent()
    if parent is None or parent.tag not in ("h1", "h2", "h3") or parent[-1] is not node:
        return node
    return parent if weight(_spaced(parent)) <= weight(_spaced(node)) + _LONGEST_KICKER else node


def is_aside(node: HtmlElement) -> bool:
    """Hidden, or in a part of the page that has no headline: a menu, a trail of links, a footer."""
    return any(
        each.tag in ("nav", "aside", "footer", "li", "dialog", "noscript", "a")
        or (each.get("hidden") is not None)
        or "display:none" in (each.get("style") or "").replace(" ", "")
        for each in (node, *node.iterancestors())
        if not (each.tag == "a" and node.tag == "h1")
    )


def _starts(title: str) -> list[str]:
    """The title, and what of it stands before each of its separators."""
    starts = [title, *(title[: match.start()] for match in _SEPARATOR.finditer(title))]
    # A portal names the outlet in brackets.
    return [*starts, *(start[: match.start()] for start in starts if (match := _BRACKETS.search(start)))]


def _worded(node: HtmlElement, heading: _Claim, claims: list[_Claim]) -> Headline:
    """A heading as the page's own claims part and punctuate it."""
    above = _kicker_above(node)
    parts = [plain_text(_spaced(part)) for part in node if isinstance(part.tag, str)]
    shorter = [claim.text for claim in claims if _abridges(claim.text, heading.text)]
    if shorter:
        title = min(shorter, key=weight)
        return Headline(title, _front(heading.text, title) or above)
    set_apart = _set_apart(node, heading.text, claims)
    if set_apart:
        return set_apart
    same = next((claim.text for claim in claims if _letters(claim.text) == _letters(heading.text)), None)
    if same:
        # Parts of a heading have no punctuation between them.
        return Headline(same if len(parts) > 1 else heading.text, above)
    # Kicker and headline in one heading: where nobody confirms the whole, what others end with is the headline.
    for part in parts:
        if part and heading.text.endswith(part) and any(_ends(claim.text, part) for claim in claims):
            return Headline(part, _front(heading.text, part) or above)
    marked = next((part for part in node.iter() if part is not node and _KICKER.search(_named(part))), None)
    if marked is not None and heading.text.startswith(text := plain_text(_spaced(marked))):
        return Headline(heading.text[len(text) :].lstrip(" :|·-–—") or heading.text, text.rstrip(" :|·-–—"))
    return Headline(heading.text, above)


def _set_apart(node: HtmlElement, heading: str, claims: list[_Claim]) -> Headline | None:
    """A first part of the heading with mark-up of its own is a kicker if a claim is all that stands behind it.

    Another claim may have both, with a sign between them.
    """
    while len(node) == 1 and isinstance(node[0].tag, str) and _spaced(node[0]) == _spaced(node):
        node = node[0]
    part = next((child for child in node if isinstance(child.tag, str)), None)
    front = plain_text(_spaced(part)) if part is not None and not (node.text or "").strip() else ""
    rest = heading[len(front) :].strip(" :|/·–—-") if front and heading.startswith(front) else ""
    if not rest or weight(front) > _LONGEST_KICKER or weight(rest) < _SHORTEST:
        return None
    is_said = any(_letters(claim.text) == _letters(rest) for claim in claims)
    return Headline(rest, front.rstrip(" :|/·–—-")) if is_said else None


def _abridges(claim: str, heading: str) -> bool:
    """The claim is the heading with words left out, of its beginning only what a sign sets apart."""
    if claim.endswith(("…", "...")) or weight(claim) < _SHORTEST:
        return False
    words, whole = _WORD.findall(_folded(claim)), _WORD.findall(_folded(heading))
    rest = iter(whole)
    if len(words) == len(whole) or not all(word in rest for word in words):
        return False
    front = _folded(heading)[: _folded(heading).find(words[0])]
    is_set_apart = _letters(heading).endswith(_letters(claim)) and re.search(r"[:|/·–—-]\W*$", front) is not None
    return is_set_apart or not re.search(r"\w", front)


def _front(heading: str, title: str) -> str | None:
    """What stands before the title in its heading, if that is all that it has more."""
    front = heading[: -len(title)] if heading.endswith(title) else ""
    return front.strip(" :|·-–—") or None if re.search(r"(?:\s|[:|])$", front) else None


def _kicker_above(node: HtmlElement) -> str | None:
    """What the page calls a kicker, right above the heading."""
    for each in (node, *islice(node.iterancestors(), 2)):
        previous = each.getprevious()
        if previous is None or not isinstance(previous.tag, str):
            continue
        text = plain_text(_spaced(previous))
        if 0 < weight(text) <= _LONGEST_KICKER and any(
            _KICKER.search(_named(part)) and plain_text(_spaced(part)) == text for part in previous.iter()
        ):
            return text
    return None


def _named(node: HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('data-testid') or ''}".lower().replace("_", "-")


def _claimed(claims: list[_Claim], tabs: list[_Claim]) -> str | None:
    """Of claims alone: those that agree vote together, and of them the shortest that is not cut off is taken."""
    everyone = [*claims, *tabs]
    if not everyone:
        return None
    groups = [[other for other in everyone if _agree(claim, other)] for claim in claims or everyone]
    best = max(groups, key=len)
    eligible = [claim.text for claim in best if not claim.voter_only] or [best[0].text]
    whole = [text for text in eligible if not text.endswith(("…", "..."))] or eligible
    shortest = min((text for text in whole if weight(text) >= _SHORTEST), key=weight, default=whole[0])
    chosen = shortest if weight(shortest) < _SHORTER * weight(whole[0]) else whole[0]
    # A section's name before or behind the headline, which another claim does without.
    cores = (text for text in whole if text != chosen and weight(text) >= _SHORTEST)
    chosen = next((text for text in cores if chosen.startswith(text) or chosen.endswith(text)), chosen)
    return _without_tail(chosen)


def _without_tail(title: str) -> str:
    """Without what looks like the name of an outlet or section: short, behind a separator, no sentence's end."""
    while match := next(reversed(list(_SEPARATOR.finditer(title))), None):
        tail = title[match.end() :]
        if weight(tail) > _LONGEST_NAME or tail[:1].islower() or weight(title[: match.start()]) < 1.5 * weight(tail):
            break
        title = title[: match.start()]
    return title


def meta(tree: HtmlElement, *names: str) -> list[str]:
    """Contents of the meta elements with these names, in the order of the names, as plain text."""
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        content = plain_text(node.get("content") or "")
        if content:
            found.setdefault(key, []).append(content)
    return [content for name in names for content in found.get(name, [])]


def similar(left: str, right: str) -> bool:
    """Whether two texts are wordings of one headline."""
    return _agree(_Claim(left, _words(left), False), _Claim(right, _words(right), False))


def same_headline(left: str, right: str) -> bool:
    """Whether two texts have the same words, punctuation and case aside."""
    return _letters(left) == _letters(right)


def ends_with_headline(text: str, title: str) -> bool:
    """Whether a heading is a headline with a kicker before it."""
    front = len(_letters(text)) - len(_letters(title))
    return _letters(text).endswith(_letters(title)) and 0 < front <= _LONGEST_KICKER


def _claim(text: str, sites: tuple[str, ...], *, voter_only: bool = False) -> _Claim:
    text = _without_site(plain_text(text), sites)
    return _Claim(text, _words(text), voter_only)


# A page's title is held against each of its headings.
@lru_cache(maxsize=16)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=16)
def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def _agree(left: _Claim, right: _Claim) -> bool:
    least = min(len(left.words), len(right.words))
    return (
        bool(least)
        and (least >= 3 or left.words == right.words)
        and len(left.words & right.words) >= _AGREEMENT * least
    )


def _ends(claim: str, part: str) -> bool:
    return weight(part) >= 25 and claim.endswith(part)


def _spaced(node: HtmlElement) -> str:
    texts = [str(text) for text in node.itertext()] if isinstance(node.tag, str) else []
    # Parts of a heading stand on lines of their own, but for a mark that is written onto the part before it.
    parts = "".join(text if _MARK.match(text) else f" {text}" for text in texts)
    return " ".join(parts.split())


def _without_site(title: str, sites: tuple[str, ...]) -> str:
    """The title without the parts at its ends that name the outlet, and without the section before the outlet."""
    names = {_letters(site) for site in sites if _letters(site)}
    pieces, marks = _SEPARATOR.split(title), _SEPARATOR.findall(title)
    while len(pieces) > 1 and _names_site(pieces[-1], names):
        pieces.pop()
        marks.pop()
    while len(pieces) > 1 and _names_site(pieces[0], names):
        pieces.pop(0)
        marks.pop(0)
    return "".join(piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=True)).strip()


def _names_site(piece: str, names: set[str]) -> bool:
    letters = _letters(piece)
    return _is_site(letters, names) or (
        any(len(name) >= 4 and name in letters for name in names) and weight(piece) <= 40
    )


def _is_site(letters: str, names: set[str]) -> bool:
    return not letters or any(
        letters == name or (len(name) >= 4 and letters in (f"the{name}", f"{name}com")) for name in names
    )
