"""Mark-up in places where plain text belongs, such as titles."""

from __future__ import annotations

import html
import re

from pipeline.text.hygiene import clean_line, clean_text

# What begins code, a tag or a comment. Where it ends is looked for only as long as there is an end: a pattern for the
# whole would search the rest of the text anew for each of a million that are never closed.
_BEGINNING = re.compile(r"<(?:(?P<code>script|style|template)\b|/?[a-z]|(?P<comment>!--))", re.IGNORECASE)
_END_OF_CODE = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "template")}
_OPEN = re.compile(r"<+(?=[/!a-z])", re.IGNORECASE)
# A tag that was made by taking another out of its middle is no slip but an attack.
_MOST_NESTED = 10
_MARKUP = re.compile(r"<[/!A-Za-z]|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]+);", re.IGNORECASE)
_BLOCKS = re.compile(
    r"<(?:p|div|article|section|html|body|table|h[1-6]|ul|ol|br|blockquote|main)\b[^<>]*>", re.IGNORECASE
)

_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]+);", re.IGNORECASE)
_INLINE = re.compile(r"</(?:p|a|b|i|u|em|strong|span|font|sup|sub)\s*>|<br\s*/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</?p\b[^<>]*>", re.IGNORECASE)


def plain_text(text: str) -> str:
    """One line without tags, scripts and comments, and with entities resolved.

    No tag is left in the result, however often it was escaped.
    """
    if "<" not in text and "&" not in text:
        return clean_line(text)
    # Twice escaped titles are common, more is an attack: those keep their entities.
    for _ in range(3):
        if not _MARKUP.search(text):
            break
        text = html.unescape(_untagged(text))
    return clean_line(_untagged(text))


def _untagged(text: str) -> str:
    """Without any tag, also none that only taking others out has made."""
    for _ in range(_MOST_NESTED):
        previous, text = text, _without_tags(text)
        if text == previous:
            return text
    return _OPEN.sub("", text)


def _without_tags(text: str) -> str:
    """Code, tags and comments taken out once, from left to right; what is never closed stays."""
    kept: list[str] = []
    start = 0
    endless: set[str] = set()
    for beginning in _BEGINNING.finditer(text):
        if beginning.start() < start:
            continue
        end = _end(text, beginning, endless)
        if end:
            kept += text[start : beginning.start()], " " if _BLOCKS.match(text, beginning.start(), end) else ""
            start = end
    return "".join((*kept, text[start:]))


def _end(text: str, beginning: re.Match[str], endless: set[str]) -> int:
    """Where what begins here ends, 0 if it does not; `endless` keeps the ends that do not occur any more."""
    code = (beginning["code"] or "").lower()
    if code and code not in endless:
        if closed := _END_OF_CODE[code].search(text, beginning.end()):
            return closed.end()
        endless.add(code)
    closing = "-->" if beginning["comment"] else ">"
    if closing in endless:
        return 0
    place = text.find(closing, beginning.end())
    if place < 0:
        endless.add(closing)
        return 0
    return place + len(closing)


def has_markup(text: str) -> bool:
    """Whether a text is HTML or a fragment of it: several block tags, or a document's own."""
    head = text[:2000].lower()
    return "<!doctype html" in head or "<html" in head or len(_BLOCKS.findall(text[:200_000])) >= 2


def resolved(text: str) -> str:
    """A text of several lines, from a table or a feed, with its entities resolved and inline tags removed."""
    if _ENTITY.search(text):
        text = clean_text(html.unescape(html.unescape(text) if "&amp;" in text else text))
    if not has_markup(text) and _INLINE.search(text):
        text = "\n".join(map(_untagged, _BREAK.sub("\n", text).split("\n")))
    return text
