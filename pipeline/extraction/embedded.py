"""The article in the data of a page that draws itself by script: Next.js, Nuxt and their like.

Only for pages without text of their own: the data holds menus and other articles as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from pipeline.text.prose import is_prose, weight

_FLIGHT = re.compile(r'self\.__next_f\.push\(\[1,("[^"\\]*+(?:\\.[^"\\]*+)*+")\]\)', re.DOTALL)
_TEXT_ROW = re.compile(rb"(?m)^[\da-f]+:T([\da-f]+),")
_ROW = re.compile(r"(?m)^[\da-f]+:(?=[\[{\"])(.+)$")
_DEPTH = 60
_LEAST = 300.0


def embedded_markup(tree: HtmlElement) -> str:
    """HTML of the longest text in the page's script data; "" where no text there is as long as an article."""
    texts = [text for value in _values(tree) for text in _texts(value, 0)]
    return max((text for text in texts if weight(text) >= _LEAST), key=weight, default="")


def _values(tree: HtmlElement) -> Iterator[Any]:
    flight = []
    for script in tree.iter("script"):
        text = str(script.text_content())
        kind = (script.get("type") or "").lower()
        if kind == "application/json":
            yield _load(text)
        flight += [_load(match[1]) for match in _FLIGHT.finditer(text)]
    stream = "".join(part for part in flight if isinstance(part, str))
    encoded = stream.encode("utf-8", "replace")
    for match in _TEXT_ROW.finditer(encoded):
        # The length counts bytes; further rows follow without a line end.
        yield encoded[match.end() : match.end() + int(match[1], 16)].decode("utf-8", "ignore")
    yield from (_load(row[1]) for row in _ROW.finditer(stream))


def _load(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _texts(value: Any, depth: int) -> Iterator[str]:
    """Texts of prose; of a list of paragraphs, all of them as one."""
    if depth > _DEPTH:
        return
    if isinstance(value, str):
        if "<p" in value or is_prose(value):
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item, depth + 1)
    elif isinstance(value, list):
        inner = [list(_texts(item, depth + 1)) for item in value]
        for texts in inner:
            yield from texts
        prose = [texts[0] for texts in inner if len(texts) == 1]
        if len(prose) >= 3:
            yield "".join(text if "<p" in text else f"<p>{text}</p>" for text in prose)
