"""Which of a page's claims is the headline: h1, Open Graph, JSON-LD and <title> seldom agree to the letter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extraction.plain import plain_text
from pipeline.text.prose import weight

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/]+\s+|\s*[|｜ㅣ：]\s*|\s+::\s+")
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


def headline(tree: HtmlElement, ld: str | None, sites: tuple[str, ...]) -> str | None:
    """The headline without the outlet's name and, where one claim has it without a kicker, without the kicker.

    Claims that agree vote together; of the winning wordings the shortest that is not cut off is taken.

    Args:
        ld: what JSON-LD says.
        sites: names of the outlet, to be taken off the end.
    """
    headings = [_claim(_spaced(node), sites) for node in tree.iter("h1")][:4]
    claims = [_claim(text, sites) for text in [*meta(tree, "og:title", "headline"), ld or ""]]
    # Kicker and headline in one h1: where nobody confirms the whole, the headline alone may be what others end with.
    letters = {_letters(claim.text) for claim in claims}
    if headings and _letters(headings[0].text) not in letters:
        claims += [
            _claim(part, sites) for part in _heading_parts(tree) if any(_ends(claim.text, part) for claim in claims)
        ]
    claims += headings
    # Made for browser tabs and other services, often reworded: they only confirm.
    tabs = [*meta(tree, "title", "twitter:title"), tree.findtext(".//title") or ""]
    claims += [_claim(text, sites, voter_only=True) for text in tabs]
    claims = [claim for claim in claims if claim.words]
    if not claims:
        return None
    centres = [claim for claim in claims if not claim.voter_only] or claims
    groups = [[other for other in claims if _agree(claim, other)] for claim in centres]
    # The earlier claim wins a tie, an h1 over the others.
    best = max(groups, key=lambda group: (len(group), any(claim in headings for claim in group)))
    eligible = [claim.text for claim in best if not claim.voter_only] or [best[0].text]
    whole = [text for text in eligible if not text.endswith(("…", "..."))] or eligible
    shortest = min((text for text in whole if weight(text) >= _SHORTEST), key=weight, default=whole[0])
    chosen = shortest if weight(shortest) < _SHORTER * weight(whole[0]) else whole[0]
    # A section's name before or behind the headline, which another claim does without.
    cores = (text for text in whole if text != chosen and weight(text) >= _SHORTEST)
    return next((text for text in cores if chosen.startswith(text) or chosen.endswith(text)), chosen)


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


def _claim(text: str, sites: tuple[str, ...], *, voter_only: bool = False) -> _Claim:
    text = _without_site(plain_text(text), sites)
    return _Claim(text, _words(text), voter_only)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def _agree(left: _Claim, right: _Claim) -> bool:
    least = min(len(left.words), len(right.words))
    return (
        bool(least)
        and (least >= 3 or left.words == right.words)
        and len(left.words & right.words) >= _AGREEMENT * least
    )


def _heading_parts(tree: HtmlElement) -> list[str]:
    first = next((node for node in tree.iter("h1") if _spaced(node)), None)
    return (
        [] if first is None else [plain_text(str(part.text_content())) for part in first if isinstance(part.tag, str)]
    )


def _ends(claim: str, part: str) -> bool:
    return weight(part) >= 25 and claim.endswith(part)


def _spaced(node: HtmlElement) -> str:
    return " ".join(str(text).strip() for text in node.itertext() if str(text).strip())


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
    return (
        not letters
        or any(letters == name or (len(name) >= 4 and letters in (f"the{name}", f"{name}com")) for name in names)
        or (any(len(name) >= 4 and name in letters for name in names) and weight(piece) <= 40)
    )
