"""Mail: the part that holds the text, what its headers say, and what newsletters and forwarding put around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache
from itertools import islice
from typing import cast

import lxml.html
from lxml.html import HtmlElement

from pipeline.errors import ArticleError, Refused
from pipeline.extraction.dates import parse_date
from pipeline.extraction.decode import Decoded, decode
from pipeline.extraction.parts import Parts
from pipeline.extraction.said import said
from pipeline.text.charsets import python_codec
from pipeline.text.hygiene import clean_line, clean_text
from pipeline.text.prose import ends_sentence, is_prose, weight

_MOST_NESTED = 5
# The parser's time grows with the square of a header's length and with the number of parts; no letter needs so much.
_LONGEST_HEADER = 8_000
_SAMPLE = 20_000  # bytes of a text that show how it is written
_JIS = "\x1b$"  # begins Japanese letters in ISO-2022-JP
_MOST_PARTS = 500
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_HEADER = re.compile(r"^[*>\s]*(?P<name>[^\W\d_][^:：\n]{0,24}?)[*\s]*[:：][*\s]*(?P<value>\S.*)$")
_ENCODED = re.compile(r"=\?[^?\s]+\?[BbQq]\?")
_SIGNATURE = re.compile(r"\n-- \n.*\Z", re.DOTALL)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|$)"
    r"|font-size\s*:\s*[01](?:px)?\s*(?:;|$)|opacity\s*:\s*0\s*(?:;|$)",
    re.IGNORECASE,
)
_LEAVES = ("td", "p", "div", "li", "a", "span", "center", "h1", "h2", "h3", "h4")
_LONGEST_NOTE = 400
# The words of a note are news as well ("abmelden"): longer ones need a link on such words.
_SHORT_NOTE = 160
_EDGE = 8


class _Bounded(policy.EmailPolicy):
    """Reads headers no further than `_LONGEST_HEADER`."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        try:
            return cast(str, super().header_fetch_parse(name, value))
        except RecursionError:  # comments in comments: a header means the same without
            return cast(str, super().header_fetch_parse(name, value.partition("(")[0]))


_POLICY = cast("policy.EmailPolicy[EmailMessage]", _Bounded())


@dataclass(frozen=True, slots=True)
class Mail:
    """The text of a mail, HTML or plain, and what its headers say."""

    parts: Parts
    text: str
    html: bool


def read_mail(data: bytes) -> Mail:
    """The text of a mail, its subject as the title and its sender as the publisher.

    Where the mail only hands on another one, attached or quoted below a few words, that one is read.

    Raises:
        Refused: `no-article`, where the mail has no text.
    """
    try:
        message = message_from_bytes(data, policy=_POLICY)
        found = _read(message, 0)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError):
        raise Refused("no-article", "the file is not a readable mail; save the message again") from None
    if found is None:
        raise Refused("no-article", "the mail has no text in it; save the message with its text")
    return found


def _read(message: EmailMessage, depth: int) -> Mail | None:
    own = _own_text(message)
    attached = [mail for inner in _attached(message, depth) if (mail := _read(inner, depth + 1))]
    longest = max(attached, key=lambda mail: _said(mail), default=None)
    if longest is not None and (own is None or _said(longest) > _said(own)):
        return longest
    return _forwarded(own) if own else None


def _address(sender: str) -> tuple[str, str]:
    try:
        return parseaddr(sender)
    except RecursionError:  # comments in comments
        return parseaddr(sender.partition("(")[0])


def _own_text(message: EmailMessage) -> Mail | None:
    texts = list(_texts(message))
    if not texts:
        return None
    sender, subject, sent = (header(message, name) for name in ("From", "Subject", "Date"))
    name, address = _address(sender)
    parts = Parts(
        title=_unprefixed(subject) or None,
        published=parse_date(sent) if sent else None,
        publisher=name or address or None,
        language=header(message, "Content-Language") or None,
        warnings=tuple(warning for text, _ in texts for warning in text.warnings),
    )
    html = any(is_html for _, is_html in texts)
    if html:
        joined = "\n".join(text.text if is_html else f"<pre>{_escaped(text.text)}</pre>" for text, is_html in texts)
    else:
        joined = _SIGNATURE.sub("", "\n\n".join(text.text.strip("\n") for text, _ in texts))
    return Mail(parts, joined, html)


def _texts(part: EmailMessage) -> Iterator[tuple[Decoded, bool]]:
    """The texts that a reader sees one after the other; of alternatives the richest that says as much as the others."""
    if part.get_content_maintype() == "multipart":
        children = list(_parts(part))
        read = [found for child in children if (found := list(_texts(child)))]
        if part.get_content_subtype() != "alternative":
            yield from (text for found in read for text in found)
        elif read:
            most = max(map(_length, read))
            yield from next(found for found in reversed(read) if _length(found) >= 0.5 * most)
        return
    if part.get_content_type() not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
        return
    payload = part.get_payload(decode=True)
    html = part.get_content_type() == "text/html"
    try:
        text = decode(payload if isinstance(payload, bytes) else b"", html=html, charset=part.get_content_charset())
    except ArticleError:
        return
    if not html and (part.get_param("format") or "") == "flowed":
        text = replace(text, text=re.sub(r"(?<! --) \n(?=[^\n>])", " ", text.text))
    yield text, html


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    return (part for part in islice(message.iter_parts(), _MOST_PARTS) if isinstance(part, EmailMessage))


def _attached(message: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    if depth >= _MOST_NESTED or message.get_content_maintype() != "multipart":
        return
    for part in _parts(message):
        name = (part.get_filename() or "").lower()
        if part.get_content_type() == "message/rfc822":
            content = part.get_payload()
            inner = content[0] if isinstance(content, list) and content else None
            if isinstance(inner, EmailMessage):
                yield inner
        elif name.endswith(".eml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield message_from_bytes(payload, policy=_POLICY)
        else:
            yield from _attached(part, depth + 1)


def _length(texts: Sequence[tuple[Decoded, bool]]) -> float:
    return sum(weight(_visible(text.text) if html else text.text) for text, html in texts)


def _said(mail: Mail) -> float:
    return weight(_visible(mail.text) if mail.html else mail.text)


def _visible(html: str) -> str:
    tree = _tree(html)
    if tree is None:
        return ""
    lxml.etree.strip_elements(tree, "style", "script", "title", lxml.etree.Comment, with_tail=False)
    return clean_line(str(tree.text_content()))


def _tree(html: str) -> HtmlElement | None:
    try:
        return lxml.html.document_fromstring(html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def header(message: EmailMessage, name: str) -> str:
    """A header as text, also where it stands in 8-bit bytes (RFC 6532 allows UTF-8, old programs write anything)."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw = re.sub(r"\r?\n(?=[ \t])", "", raw)
    try:
        if _JIS in raw:
            raw = raw.encode("ascii", "ignore").decode("iso2022_jp", "replace")
        if not raw.isascii():
            raw = _read_raw(raw.encode("utf-8", "surrogateescape"), message)
        if _ENCODED.search(raw):
            raw = "".join(
                piece if isinstance(piece, str) else piece.decode(python_codec(charset or "") or "latin-1", "replace")
                for piece, charset in decode_header(raw)
            )
    except (ArticleError, ValueError, LookupError, MessageError):
        pass
    return clean_text(raw.encode("utf-8", "replace").decode("utf-8")).replace("\n", " ").strip()


def _read_raw(data: bytes, message: EmailMessage) -> str:
    """A header's bytes: a few letters that prove nothing by themselves are read as the text below them is."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    part = next((part for part in message.walk() if part.get_content_charset()), None)
    payload = part.get_payload(decode=True) if part is not None else None
    body = payload[:_SAMPLE] if isinstance(payload, bytes) and not payload.isascii() else b""
    charset = part.get_content_charset() if part is not None else None
    return decode(data.replace(b"\n", b" ") + b"\n" + body, charset=charset).text.split("\n", 1)[0]


def _unprefixed(subject: str) -> str:
    """Without "Fwd:", "WG:" and the like."""
    previous = None
    while previous != subject:
        previous, subject = subject, _prefix().sub("", subject)
    return subject


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{said(lambda pages: pages.forwards)})\s*[:：]\s*", re.IGNORECASE)


@cache
def _note() -> re.Pattern[str]:
    return re.compile(said(lambda pages: pages.letters), re.IGNORECASE)


def is_note(line: str) -> bool:
    """The line is about the mail: how to see it in a browser, why one gets it, how not to."""
    return weight(line) <= _LONGEST_NOTE and _note().search(line) is not None


def _forwarded(mail: Mail) -> Mail:
    """The mail quoted in this one below a block of headers; what stands above it is the forwarder's."""
    if mail.html:
        tree = _tree(mail.text)
        found = _header_block(tree) if tree is not None else None
        if tree is None or found is None:
            return mail
        node, values = found
        _drop_until(node)
        return Mail(_handed_on(mail.parts, values), lxml.html.tostring(tree, encoding="unicode"), True)
    lines = mail.text.split("\n")
    for start in range(min(len(lines), 30)):
        values = _headers(lines[start:])
        if values:
            rest = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines[start + len(values) :])
            return Mail(_handed_on(mail.parts, values), rest.strip("\n"), False) if rest.strip() else mail
    return mail


def _headers(lines: Sequence[str]) -> list[str]:
    """Values of three or more header lines at the beginning, one of them an address; else none."""
    values = []
    for line in lines[:10]:
        match = _HEADER.match(line)
        if match is None:
            break
        values.append(match["value"].strip())
    return values if len(values) >= 3 and any(map(_ADDRESS.search, values)) else []


def _header_block(tree: HtmlElement) -> tuple[HtmlElement, list[str]] | None:
    from pipeline.extraction.body import blocks

    smallest: tuple[HtmlElement, list[str]] | None = None
    for node in tree.iter("div", "p", "td", "blockquote", "pre"):
        if len(str(node.text_content())) > 1500:
            continue
        lines = blocks(node)
        found = next((values for start in range(min(3, len(lines))) if (values := _headers(lines[start:]))), None)
        if found:
            if smallest is not None and smallest[0] not in node.iterancestors():
                break
            smallest = (node, found)
    return smallest


def _drop_until(node: HtmlElement) -> None:
    """Remove a node and everything before it."""
    step: HtmlElement | None = node
    while step is not None and step.tag != "body":
        parent = step.getparent()
        if parent is None:
            break
        for before in list(parent)[: parent.index(step)]:
            parent.remove(before)
        parent.text = None
        step = parent
    node.drop_tree()


def _handed_on(parts: Parts, values: Sequence[str]) -> Parts:
    sender = next((value for value in values if _ADDRESS.search(value)), "")
    name, address = _address(re.sub(r"\[(?:mailto:)?([^\]]*)\]", r"<\1>", sender))
    dates = (parse_date(value) for value in values if not _ADDRESS.search(value) and re.search(r"\d{4}", value))
    return replace(
        parts, publisher=name or address or parts.publisher, published=next(filter(None, dates), parts.published)
    )


def without_notes(html: str) -> str:
    """HTML of a mail without the hidden line that mailboxes show beside the subject, and without notes on the mail."""
    tree = _tree(html)
    if tree is None:
        return html
    for node in list(tree.iter(*_LEAVES)):
        if _HIDDEN.search(node.get("style") or "") and node.getparent() is not None:
            node.drop_tree()
    for node in list(tree.iter(*_LEAVES)):
        if node.getparent() is None or node.find(".//table") is not None:
            continue
        if _links_away(node):
            node.drop_tree()
    return str(lxml.html.tostring(tree, encoding="unicode"))


def _links_away(node: HtmlElement) -> bool:
    links = [node] if node.tag == "a" else list(node.iter("a"))
    text = clean_line(str(node.text_content()))
    if not links or not text or not is_note(text):
        return False
    named = any(is_note(clean_line(str(link.text_content()))) for link in links)
    return named or weight(text) <= _SHORT_NOTE or not is_prose(text)


def letter(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of a newsletter without menus above, footers below and notes on the mail anywhere."""
    edge = len(paragraphs) - _EDGE
    notes = {
        index
        for index, line in enumerate(paragraphs)
        if is_note(line) and (not is_prose(line) or "://" in line or (index >= edge and weight(line) <= _SHORT_NOTE))
    }
    total = sum(map(weight, paragraphs))
    # The footer begins with such a note: there are an address, rights and links below it, but hardly an article.
    last = min((at for at in notes if sum(map(weight, paragraphs[at:])) <= 0.3 * total), default=len(paragraphs))
    kept = [line for index, line in enumerate(paragraphs[:last]) if index not in notes]
    read = [index for index, line in enumerate(kept) if is_prose(line) or (ends_sentence(line) and len(line) > 20)]
    return tuple(kept[read[0] : read[-1] + 1]) if read else tuple(kept)
