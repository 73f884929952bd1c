"""Whatever stands in an article comes out as the same text, never as markup, in every format."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.article import TranslationWarning
from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue, Section
from pipeline.issue.item import Caveat, Item, Topic
from pipeline.issue.mailbox import Mailbox
from pipeline.issue.plain import line
from pipeline.issue.render import FORMATS
from pipeline.issue.render.email import MAX_BYTES
from pipeline.issue.words import Source
from pipeline.overlay.overlay import Edit, IssueEdits
from tests.hostile import STRINGS
from tests.issue.samples import CHANNELS, ECONOMY, SCIENCE, article, render
from tests.issue.test_issue import issue_of

PAYLOADS = (
    "# [x](javascript:alert(1)) <script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title></style></script><svg/onload=alert(1)>",
    "--><!-- ]]> <![CDATA[ <?php",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "- item",
    "1. item",
    "12) item",
    "+ item",
    "> quote",
    "====",
    "---",
    "***",
    "## closed ##",
    "`code` ``` ~~~ ~~gone~~",
    "a | b | c",
    "&lt;b&gt; &amp;copy; &#60;",
    "**bold** __bold__ _i_ *i*",
    "![img](http://example.org/x.png) <http://example.org> http://example.org www.example.org a@example.org",
    "[ref]: http://example.org 'x'",
    "back\\slash \\* \\\\",
    "line\r\nBcc: victim@example.org\r\n\r\nbody",
    "\u202eevil\u2066 \x00\x07\x1b[31m \ufffe \ud800",
    "=?utf-8?b?eA==?= \"quoted\" 'single'",
    "مرحبا ‏(abc) שלום",
    "中文（標題）：「測試」",
)
_ALL = (*PAYLOADS, *STRINGS)
_ANY = st.text(st.characters(exclude_categories=()), max_size=30)
# What names an article is hashed as UTF-8, so it holds no lone surrogates.
NAME = st.one_of(st.sampled_from(_ALL), _ANY).map(lambda text: text.encode(errors="ignore").decode())
# Of an editor, through a file of UTF-8; or nothing.
_WRITTEN = st.one_of(st.just(""), NAME)
HOSTILE = st.one_of(st.sampled_from(_ALL), _ANY, st.tuples(_ANY, st.sampled_from(_ALL), _ANY).map("".join))


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    """Two articles with hostile text in every field, in an issue with a hostile name."""
    articles = [
        article(
            f"{number}-{draw(NAME)}",
            language=draw(st.one_of(st.sampled_from(["ko", "ar", "zh-Hant", "und"]), HOSTILE)),
            title=draw(NAME),
            english=draw(HOSTILE),
            text=draw(NAME),
            summary=draw(HOSTILE),
            one_line=draw(HOSTILE),
            url=draw(st.one_of(st.none(), NAME, NAME.map("https://example.org/".__add__))),
            published=draw(st.one_of(st.none(), HOSTILE, st.just("2026-01-01"))),
            publisher=draw(HOSTILE),
            tags=(ECONOMY, replace(SCIENCE, code=draw(HOSTILE), label=draw(HOSTILE))),
            warnings=(TranslationWarning(kind=draw(HOSTILE), paragraph=0, detail=draw(HOSTILE)),),
        )
        for number in range(2)
    ]
    edits = {
        one.id: Edit(
            headline=draw(_WRITTEN)[:300],
            summary=draw(_WRITTEN)[:2000],
            note=draw(_WRITTEN)[:2000],
            section=draw(_WRITTEN)[:80],
            tell=True,
        )
        for one in articles
    }
    return issue_of(*articles, title=draw(HOSTILE), edits=IssueEdits(note=draw(_WRITTEN)[:2000], article=edits))


@st.composite
def channels(draw: st.DrawFn) -> Channels:
    """A sender and recipients with a hostile name."""
    box = Mailbox(line(draw(HOSTILE), 100), "desk@example.org")
    return replace(CHANNELS, email_from=box, email_to=(box, box))


def tame(issue: Issue) -> Issue:
    """The same issue with a harmless word in place of every text: what the markup has to look like."""

    def item(one: Item, section: str) -> Item:
        word = {True: "word", False: ""}
        return replace(
            one,
            headline="headline",
            original_headline=word[bool(one.original_headline)],
            outlet=word[bool(one.outlet)],
            url="https://example.org/" if one.url else "",
            summary=word[bool(one.summary)],
            sources=tuple(Source(original="word", english="word") for _ in one.sources),
            note=word[bool(one.note)],
            one_line="headline" if one.one_line == one.headline else word[bool(one.one_line)],
            # One that is the heading already is not said again.
            topics=tuple(Topic(code="1", label="section" if has.label == section else "Topic") for has in one.topics),
            warnings=tuple(Caveat(kind="loop", detail="x") for _ in one.warnings),
        )

    sections = tuple(
        Section(title="section" if part.title else "", items=tuple(item(one, part.title) for one in part.items))
        for part in issue.sections
    )
    return replace(issue, title="title", sections=sections, note="word" if issue.note else "")


class Outline(HTMLParser):
    """Elements with the names of their attributes, and the text of the headings."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What is in another script is marked so, wherever it stands: no other element has these two alone.
        if [tag, *(name for name, _ in attrs)] != ["span", "lang", "dir"]:
            self.elements.append((tag, *(name for name, _ in attrs)))
        for name, value in attrs:
            assert name != "href" or (value or "").startswith(("https://", "http://", "#", "feed.", "rss.xml"))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", data))

    def handle_data(self, data: str) -> None:
        self.text += data


def texts(issue: Issue) -> list[str]:
    return [
        text
        for item in issue.items
        for text in (item.headline, item.original_headline, item.summary, item.outlet)
        if text
    ]


def parts(issue: Issue, channels: Channels = CHANNELS) -> tuple[EmailMessage, str, str]:
    message = email.message_from_bytes(render(issue, "email", channels), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    text, html = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return message, text.get_content(), html.get_content()


thorough = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(issues())
@thorough
def test_html(issue: Issue) -> None:
    page = Outline(render(issue, "html").decode())
    assert page.elements == Outline(render(tame(issue), "html").decode()).elements
    for text in texts(issue):
        assert text in page.text


@given(issues(), channels())
@thorough
def test_email(issue: Issue, channels: Channels) -> None:
    message, text, html = parts(issue, channels)
    page = Outline(html)
    assert page.elements == Outline(parts(tame(issue))[2]).elements
    for wanted in texts(issue):
        assert wanted in page.text
    assert set(message.keys()) <= {
        *("Subject", "From", "To", "Date", "Message-ID", "Content-Language", "MIME-Version", "Content-Type"),
        "Auto-Submitted",
    }
    assert str(message["Subject"]) == f"{issue.title}, 23 November 2026"
    for name, boxes in (("From", (channels.email_from,)), ("To", channels.email_to)):
        # Without spaces: the parser of Python 3.11 leaves one between two encoded words, where RFC 2047 has none.
        shown = [("".join(box.display_name.split()), box.addr_spec) for box in message[name].addresses]
        assert shown == [("".join(box.name.split()), box.address) for box in boxes]
    assert len(message.keys()) == len(set(message.keys()))
    assert not message.defects
    assert "victim@example.org" not in str(message["Bcc"])
    assert not set(text) & {"\x00", "\x07", "\x1b", "\u202e"}


def _markdown(issue: Issue) -> list[Any]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(render(issue, "markdown").decode())


def _shape(tokens: list[Any]) -> list[str]:
    return [
        f"{kind.type}{kind.tag}" for token in tokens for kind in (token, *(token.children or ())) if kind.type != "text"
    ]


@given(issues())
@thorough
def test_markdown(issue: Issue) -> None:
    tokens = _markdown(issue)
    assert _shape(tokens) == _shape(_markdown(tame(issue)))
    plain = ["".join(child.content for child in token.children) for token in tokens if token.type == "inline"]
    for item in issue.items:
        assert item.headline in plain
        assert not item.summary or item.summary in plain
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    assert len(links) == sum(bool(item.url) for item in issue.items)
    assert all(link.startswith(("http://", "https://")) for link in map(str.lower, links))


@pytest.mark.parametrize("payload", [payload for payload in _ALL if line(payload, 10)])
def test_markdown_literally(payload: str) -> None:
    issue = issue_of(article("a.txt", title="x", language="ko", english=payload, summary=f"{payload} y", one_line="x"))
    item = issue.items[0]
    assert item.told
    plain = ["".join(child.content for child in token.children) for token in _markdown(issue) if token.type == "inline"]
    assert item.headline in plain
    assert item.summary in plain


@given(issues())
@thorough
def test_feeds(issue: Issue) -> None:
    names = {"": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring(render(issue, "atom"))
    same = ElementTree.fromstring(render(tame(issue), "atom"))
    assert [node.tag for node in feed.iter()] == [node.tag for node in same.iter()]
    assert [entry.findtext("title", namespaces=names) for entry in feed.findall("entry", names)] == [
        item.headline for item in issue.items
    ]
    data = json.loads(render(issue, "jsonfeed"))
    assert [entry["title"] for entry in data["items"]] == [item.headline for item in issue.items]
    for entry, plain in zip(data["items"], json.loads(render(tame(issue), "jsonfeed"))["items"], strict=True):
        assert Outline(entry["content_html"]).elements == Outline(plain["content_html"]).elements


@given(issues())
@thorough
def test_text(issue: Issue) -> None:
    text = render(issue, "text").decode()
    assert all(character.isprintable() or character in "\n \u2068\u2069" or ord(character) > 0x9F for character in text)
    flat = "".join(text.split())
    for item in issue.items:
        assert "".join(item.summary.split()) in flat


@given(issues())
@settings(max_examples=15, deadline=None)
def test_the_same_bytes_twice(issue: Issue) -> None:
    for name in FORMATS:
        assert render(issue, name) == render(replace(issue), name)
    assert len(render(issue, "email")) <= MAX_BYTES


@given(issues())
@thorough
def test_rss(issue: Issue) -> None:
    feed = ElementTree.fromstring(render(issue, "rss"))
    same = ElementTree.fromstring(render(tame(issue), "rss"))
    # What follows from the words themselves: an outlet without an address has no site.
    assert [node.tag for node in feed.iter()] == [node.tag for node in same.iter()]
    assert [node.findtext("title") for node in feed.iter("item")] == [item.headline for item in issue.items]
    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
    for node, plain in zip(feed.iter("item"), same.iter("item"), strict=True):
        assert Outline(node.findtext(encoded, "")).elements == Outline(plain.findtext(encoded, "")).elements
        # Read as HTML.
        assert Outline(node.findtext("description", "")).elements == []


@given(issues())
@thorough
def test_csv(issue: Issue) -> None:
    text = render(issue, "csv").decode("utf-8-sig")
    for separator in ",;\t":
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        cells = [cell for row in table for cell in row]
        assert not [cell for cell in cells if cell.lstrip(" \"'").startswith(("=", "+", "-", "@")) and cell[0] != "'"]
        # Read with another separator than the file's, quotes can join rows.
        assert len(table) == 1 + issue.count or separator != ","
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["headline"].replace("'", "") for row in rows] == [
        item.headline.replace("'", "") for item in issue.items
    ]


@given(issues())
@thorough
def test_parquet(issue: Issue) -> None:
    rows = pq.read_table(io.BytesIO(render(issue, "parquet"))).to_pylist()
    assert [row["headline"] for row in rows] == [item.headline for item in issue.items]
    assert [row["summary"] or "" for row in rows] == [item.summary for item in issue.items]
