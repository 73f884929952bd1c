"""Mark-up in places where plain text belongs, such as titles."""

from __future__ import annotations

import html
import re

from pipeline.text.hygiene import clean_line, clean_text

_CODE = re.compile(r"<(script|style|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<!--.*?-->", re.DOTALL)
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
    previous = None
    while previous != text:
        previous, text = text, _TAG.sub(_gap, _CODE.sub("", text))
    return text


def _gap(tag: re.Match[str]) -> str:
    return " " if _BLOCKS.match(tag[0]) else ""


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
