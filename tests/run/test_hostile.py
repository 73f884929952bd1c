"""A hundred hostile strings in every field, through a real run: none is live in what comes out, to no reader of it."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
from collections.abc import Callable
from email.message import EmailMessage
from html.parser import HTMLParser
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
import yaml
from markdown_it import MarkdownIt

from pipeline.issue.render import FORMATS
from tests.hostile import STRINGS
from tests.hostile_run import FILES, MODELS, Left, run

# What a page of ours is made of.
_ELEMENTS = {
    *("html", "head", "meta", "title", "link", "style", "body", "header", "main", "nav", "section", "article", "aside"),
    *("footer", "h1", "h2", "h3", "p", "ul", "li", "div", "details", "summary"),
    *("a", "bdi", "code", "em", "small", "span", "strong", "time"),
}
_ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066\u2067\ufffe\uffff\U000e0000-\U000e007f]"
)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    return run(tmp_path_factory.mktemp("hostile"))


class Page(HTMLParser):
    """The elements of a page; each is one of ours, with no attribute that runs or loads anything."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _ELEMENTS, (tag, attrs)
        self.elements.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, attrs)
            assert name not in {"src", "srcdoc", "action", "formaction", "data", "xlink:href"}, (tag, attrs)
            local = ("#", "feed.", "rss.xml")
            assert name != "href" or (value or "").startswith(("https://", "http://", *local)), (tag, attrs)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"a processing instruction: {data}")


def _page(data: bytes) -> None:
    elements = Page(data.decode()).elements
    assert elements.count("style") == elements.count("title") == 1


def _mail(data: bytes) -> None:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    assert len(set(message.keys())) == len(message.keys())
    assert "Bcc" not in message
    assert not [value for value in message.values() if "\n" in str(value) or "\r" in str(value)]
    assert [box.addr_spec for box in message["From"].addresses] == ["desk@example.org"]
    text, html = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert not _ACTIVE.search(text.get_content().replace("\r\n", "\n"))
    Page(html.get_content())


def _markdown(data: bytes) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode())
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    kinds = {part.type for part in parts}
    assert not kinds & {"html_block", "html_inline", "image", "table_open", "fence", "code_block", "s_open"}
    links = [str(part.attrs["href"]) for part in parts if part.type == "link_open"]
    assert links
    assert all(link.startswith(("https://", "http://")) for link in links)


def _post(data: bytes) -> None:
    opening, front, text = re.split(r"^---$", data.decode(), maxsplit=2, flags=re.MULTILINE)
    assert opening == ""
    assert set(yaml.safe_load(front)) == {
        *("title", "date", "description", "tags", "lang", "render_with_liquid", "templateEngineOverride")
    } & set(yaml.safe_load(front)) | {"title", "date"}
    assert not re.search(r"\{\{|\{%|\{#|<%|\$\{", text)
    _markdown(text.encode())


def _xml(data: bytes) -> None:
    root = ElementTree.fromstring(data)
    names = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert names <= {
        *(
            "feed",
            "entry",
            "id",
            "title",
            "updated",
            "subtitle",
            "published",
            "author",
            "name",
            "generator",
            "link",
            "category",
        ),
        *("summary", "content", "rss", "channel", "item", "description", "language", "lastBuildDate", "docs", "guid"),
        *("pubDate", "source", "creator", "encoded"),
    }
    for node in root.iter():
        name = node.tag.rpartition("}")[2]
        if name in {"content", "encoded", "description"}:
            Page(node.text or "")
        if name == "link":
            assert (node.get("href") or node.text or "").startswith("https://")


def _json(data: bytes) -> None:
    found = json.loads(data)
    for item in found.get("items", ()):
        Page(item["content_html"])
        assert item["url"].startswith("https://")


def _csv(data: bytes) -> None:
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in table} == {len(table[0])}
    assert not [cell for row in table for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]


def _parquet(data: bytes) -> None:
    assert pq.read_table(io.BytesIO(data)).num_rows


CHECKS: dict[str, Callable[[bytes], None]] = {
    "markdown": _markdown,
    "html": _page,
    "text": lambda data: None,
    "email": _mail,
    "json": _json,
    "atom": _xml,
    "jsonfeed": _json,
    "rss": _xml,
    "csv": _csv,
    "parquet": _parquet,
    "post": _post,
}


def test_every_string_went_through(left: Left) -> None:
    report = left.result.report
    # A file that is not UTF-8 text, as the strings with a null make the rows, is refused; what is broken is said.
    assert {failure.kind for failure in report.failures} == {"binary", "bad-json"}
    refused = sum(failure.kind == "binary" for failure in report.failures)
    assert report.told + report.listed == 2 * len(STRINGS) + len(MODELS) + len(FILES) - refused
    assert refused <= 6


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_live(name: str, left: Left) -> None:
    data = (left.folder / FORMATS[name][0]).read_bytes()
    CHECKS[name](data)
    if name not in ("parquet", "email"):
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        # First strong isolates are ours, around what is of the other direction.
        assert not _ACTIVE.search(text)
        assert "1337" not in text  # 7 * 191: no template ran


def test_results_for_programs_act_on_no_terminal(left: Left) -> None:
    for name in ("articles.jsonl", "report.json"):
        assert not _ACTIVE.search((left.folder / name).read_text(encoding="utf-8"))
    lines = (left.folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) == left.result.report.articles
    # What is escaped is still there: everything known of an article.
    assert any("\x9b" in str(record["url"]) for record in records)


def test_the_page_of_review_is_data_and_two_parts(left: Left) -> None:
    page = (left.folder / "review.html").read_text(encoding="utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", page)
    assert len(re.findall(r"<script\b", page)) == 2
    assert len(re.findall(r"</script", page)) == 2
    assert "<!--" not in page
