"""Article objects in a page's JSON-LD: schema.org data that outlets publish for search engines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.extraction.dates import parse_date
from pipeline.extraction.frontmatter import strings
from pipeline.extraction.headline import same_headline, similar
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import has_markup, plain_text
from pipeline.extraction.writers import writers
from pipeline.urls import web_url

_ARTICLE = re.compile(r"(?:Article|Report|BlogPosting|LiveBlogPosting|Posting)$")
_PERSON = re.compile(r"Person$")
# What leads to the page's article, and what may lead to others'.
_OWN = ("@graph", "mainEntity", "mainEntityOfPage")
_LISTED = ("itemListElement", "item", "hasPart", "about", "mentions")
# Possessive: what a pattern could go back to is kept for each repetition, 130 bytes for each letter of a long string.
_TRAILING = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")|,(?=\s*[}\]])', re.DOTALL)
# Marks of a comment and of a CDATA section, alone or several behind each other: they hide a script from old programs.
_OPENS = re.compile(r"(?:\s|//|/\*|\*/|<!--|-->|<!\[CDATA\[|>)*+")
_ENDS = re.compile(r"(?:\s|//|/\*|\*/|-->|<!|\]\]>)+$")
_MARKS = 60
_DEPTH = 12

_Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Candidate:
    item: _Object
    is_listed: bool


def article_data(tree: HtmlElement, *, url: str | None = None, titles: Sequence[str] = ()) -> tuple[Parts, str]:
    """The main article's pieces, `paragraphs` from its `articleBody`; and that body raw, where it holds HTML.

    Pages carry several objects: the article, teasers, the posts of a live blog. The page's own has its address or its
    headline; without either, the first that stands in no list is taken. Later ones with the same headline fill gaps.

    Args:
        url: the page's address.
        titles: what the page itself calls its article.
    """
    values = [value for script in tree.iter("script") if "ld+json" in (script.get("type") or "")
              for value in _load(str(script.text_content()))]  # fmt: skip
    named = _named(values)
    people = [name for item in _objects(values, 0) if _is(item, _PERSON) for name in strings(item)]
    candidates = [candidate for value in values for candidate in _articles(value, named, 0, is_listed=False)]
    ranked = sorted(candidates, key=lambda candidate: -_rank(candidate, url, titles))
    parts, markup = Parts(), ""
    for candidate in ranked:
        if _rank(candidate, url, titles) <= 0:
            break
        found, body = _read(candidate.item, named, people)
        if parts.title and found.title and not same_headline(found.title, parts.title):
            continue
        parts, markup = parts.over(found), markup or body
    return parts, markup


def _rank(candidate: _Candidate, url: str | None, titles: Sequence[str]) -> int:
    """How surely the object is the page's own; 0 and below is another article's."""
    headline = next(iter(strings(candidate.item.get("headline") or candidate.item.get("name"))), "")
    address = _address(candidate.item) or str(candidate.item.get("@id") or "")
    here = _place(url)
    matches = 4 * bool(here and address and _place(address) == here)
    if headline and any(same_headline(headline, title) for title in titles):
        matches += 3
    elif headline and any(similar(headline, title) for title in titles):
        matches += 2
    if candidate.is_listed:
        return matches
    # In the page's own data, but of another address and headline: a teaser.
    elsewhere = bool(here and address and _place(address) != here and titles and headline)
    return matches + 1 if matches or not elsewhere else 0


def _place(url: str | None) -> str:
    """The path that an address leads to, as far as it tells articles apart; "" for a front page."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    path = re.sub(r"(?:/amp|\.amp|/index\.\w+)$", "", parts.path.rstrip("/"))
    return f"{path}?{parts.query}" if re.search(r"\bid=|\d{4}", parts.query) else path


def _load(text: str) -> list[Any]:
    """What a script holds: one value, or several behind each other; commas too many are overlooked."""
    text = text.strip().lstrip("\ufeff")
    opening = _OPENS.match(text)
    text = text[opening.end() if opening else 0 :]
    text = (text[:-_MARKS] + _ENDS.sub("", text[-_MARKS:])).rstrip().rstrip(";")
    if text.startswith(("{&quot;", "[{&quot;")):
        text = html.unescape(text)
    try:
        return _values(text)
    except (ValueError, RecursionError):
        pass
    try:
        return _values(_TRAILING.sub(lambda match: match[1] or "", text))
    except (ValueError, RecursionError):
        return []


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values, start = [], 0
    while start < len(text):
        value, end = decoder.raw_decode(text, start)
        values.append(value)
        start = end + len(text[end:]) - len(text[end:].lstrip(" \t\r\n,;"))
    return values


def _objects(value: Any, depth: int) -> Iterator[_Object]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _objects(item, depth + 1)


def _named(values: list[Any]) -> dict[str, _Object]:
    """Objects by their `@id`, whose parts may stand in several places."""
    named: dict[str, _Object] = {}
    for item in _objects(values, 0):
        name = item.get("@id")
        if isinstance(name, str) and len(item) > 1:
            named[name] = {**item, **named.get(name, {})}
    return named


def _whole(value: Any, named: dict[str, _Object]) -> Any:
    """The value, with what its `@id` refers to."""
    if isinstance(value, list):
        return [_whole(item, named) for item in value[:50]]
    name = value.get("@id") if isinstance(value, dict) else None
    return {**named[name], **value} if isinstance(name, str) and name in named else value


def _is(item: _Object, kind: re.Pattern[str]) -> bool:
    kinds = item.get("@type")
    return any(kind.search(str(each)) for each in (kinds if isinstance(kinds, list) else [kinds]))


def _articles(value: Any, named: dict[str, _Object], depth: int, *, is_listed: bool) -> Iterator[_Candidate]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, named, depth + 1, is_listed=is_listed)
    elif isinstance(value, dict):
        if set(value) == {"@id"}:
            value = _whole(value, named)
        if _is(value, _ARTICLE):
            yield _Candidate(_whole(value, named), is_listed)
            return
        for key, item in value.items():
            if key in _OWN or key in _LISTED:
                yield from _articles(item, named, depth + 1, is_listed=is_listed or key in _LISTED)


def _read(item: _Object, named: dict[str, _Object], people: Sequence[str]) -> tuple[Parts, str]:
    language = next(iter(strings(item.get("inLanguage"))), None)
    published = next(iter(strings(item.get("datePublished"))), None)
    body = item.get("articleBody")
    body = body if isinstance(body, str) else ""
    markup = has_markup(body) or "&lt;p&gt;" in body
    lines = () if markup else tuple(line for raw in body.split("\n") if (line := plain_text(raw)))
    publisher = next((name for name in strings(_whole(item.get("publisher"), named)) if not web_url(name)), None)
    parts = Parts(
        title=next(iter(strings(item.get("headline"))), None),
        paragraphs=lines,
        url=_address(item),
        published=parse_date(published, language=language) if published else None,
        authors=writers(_names(_whole(item.get("author") or item.get("creator"), named)), (), people),
        publisher=publisher,
        language=language,
    )
    return parts, body if markup else ""


def _names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and not item.get("name"):
            yield " ".join(name for key in ("givenName", "familyName") for name in strings(item.get(key)))
        else:
            yield from strings(item)


def _address(item: _Object) -> str | None:
    address = item.get("mainEntityOfPage") or item.get("url")
    if isinstance(address, dict):
        address = address.get("@id") or address.get("url")
    return web_url(address) if isinstance(address, str) else None
