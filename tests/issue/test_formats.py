from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args
from urllib.parse import quote
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from rich.cells import cell_len

from pipeline.config import Format, IssueSection
from pipeline.issue.channels import channels_of
from pipeline.issue.issue import Issue
from pipeline.issue.render import FORMATS, write
from pipeline.issue.render.email import MAX_BYTES
from pipeline.issue.render.text import WIDTH
from pipeline.issue.render.wrap import wrap
from tests.issue.samples import ARABIC, ENGLISH, KOREAN, SAMPLE, SIMPLIFIED, article, render
from tests.issue.test_hostile import Outline, parts
from tests.issue.test_issue import issue_of

ATOM = "{http://www.w3.org/2005/Atom}"
BARE = article("a.txt", summary=None)
BASE = "https://brief.example.org/latest"


def many(number: int) -> Issue:
    """An issue of that many articles, each with a summary of full length."""
    summary = "The ministry said on Monday that the talks had been fruitful and would go on. " * 5
    articles = (
        replace(
            article(
                f"{index}.txt",
                language="ko",
                title=f"{index}번째 기사 제목: 베트남과 한국의 과학기술 협력",
                english=f"Report {index}: Vietnam and South Korea agree to work together on science and technology",
                summary=summary,
                url=f"https://www.ajunews.com/view/{index}",
                published="2026-11-22",
            )
        )
        for index in range(number)
    )
    return issue_of(*articles, max_items=number, base_url=BASE)


def test_the_formats_of_the_settings_are_those_that_are_rendered() -> None:
    assert set(get_args(Format)) == set(FORMATS)
    assert len({file for file, _ in FORMATS.values()}) == len(FORMATS)


def test_only_the_chosen_formats_are_written_and_linked(tmp_path: Path) -> None:
    issue = issue_of(*SAMPLE, base_url=BASE)
    chosen = channels_of(IssueSection(formats=("html", "rss", "html")))
    assert [path.name for path in write(issue, tmp_path, chosen)] == ["digest.html", "rss.xml"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digest.html", "rss.xml"]
    page = (tmp_path / "digest.html").read_text(encoding="utf-8")
    assert re.findall(r'rel="alternate" type="(.*?)".*href="(.*?)"', page) == [("application/rss+xml", "rss.xml")]


def test_nothing_links_to_a_page_that_is_not_written() -> None:
    issue = replace(many(300), base_url=BASE)
    without = channels_of(IssueSection(formats=("rss", "atom", "jsonfeed", "email", "text")))
    for name in without.formats:
        data = render(issue, name, without)
        assert b"digest.html" not in data
        assert name not in ("rss", "atom", "jsonfeed") or BASE.encode() in data
    assert b"digest.html" in render(issue, "rss")


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_article_with_nothing_but_text(name: str) -> None:
    assert b"None" not in render(issue_of(BARE), name)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_article_is_in_every_format(name: str) -> None:
    if name == "email":
        _, text, html = parts(issue_of(*SAMPLE))
        output = text + html
    elif name == "parquet":
        output = str(pq.read_table(io.BytesIO(render(issue_of(*SAMPLE), name))).to_pylist())
    else:
        output = render(issue_of(*SAMPLE), name).decode().replace("\\", "")
    for item in issue_of(*SAMPLE).items:
        assert item.headline.split(":")[0][:40] in output
        assert any(address in output for address in (item.url, item.url.replace("&", "&amp;"), quote(item.url, ":/")))


def test_html_page_stands_alone() -> None:
    page = render(issue_of(*SAMPLE), "html").decode()
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    tags = {element[0] for element in Outline(page).elements}
    assert not tags & {"script", "img", "iframe", "form", "object", "embed", "video", "audio", "base"}
    assert "url(" not in page
    assert "@import" not in page


def test_html_headings_do_not_skip_a_level() -> None:
    for articles in (SAMPLE, SAMPLE[:3]):
        page = Outline(render(issue_of(*articles), "html").decode())
        levels = [int(element[0][1]) for element in page.elements if re.fullmatch(r"h\d", element[0])]
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_html_contents_only_for_a_long_issue() -> None:
    assert 'id="contents"' in render(issue_of(*SAMPLE), "html").decode()
    assert 'id="contents"' not in render(issue_of(*SAMPLE[:4]), "html").decode()


def test_html_names_language_and_direction_of_the_original() -> None:
    page = render(issue_of(*SAMPLE), "html").decode()
    assert '<p class="original" lang="ar" dir="rtl">مصر' in page
    assert '<p class="original" lang="zh-Hant" dir="ltr">接見' in page
    assert page.count('class="original"') == 4


def _luminance(colour: str) -> float:
    digits = colour * 2 if len(colour) == 3 else colour
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_have_the_contrast_of_wcag_aa() -> None:
    style = Path(__file__).parents[2] / "pipeline" / "issue" / "render" / "templates" / "digest.css"
    schemes = [
        dict(re.findall(r"--([a-z]+): #([0-9a-f]{3,6});", block))
        for block in re.findall(r":root \{(.*?)\}", style.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert len(schemes) == 3
    for scheme in schemes:
        for text in ("ink", "quiet", "accent"):
            for ground in ("paper", "wash"):
                low, high = sorted((_luminance(scheme[text]), _luminance(scheme[ground])))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)


def test_text_is_72_columns_wide() -> None:
    for line in render(issue_of(*SAMPLE), "text").decode().split("\n"):
        assert cell_len(line) <= WIDTH or "://" in line


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("接見日本臺灣商會", 8, ["接見日本", "臺灣商會"]),
        ("接見日本。臺灣", 8, ["接見日", "本。臺灣"]),
        ("接見日「本臺灣", 8, ["接見日", "「本臺灣"]),
        ("在148萬人", 6, ["在", "148萬", "人"]),
        ("과학기술 협력을", 8, ["과학기술", "협력을"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("see https://example.org/long now", 8, ["see", "https://example.org/long", "now"]),
        ("", 8, [""]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width).split("\n") == lines


def test_right_to_left_headlines_are_isolated_in_plain_formats() -> None:
    issue = issue_of(ARABIC, KOREAN)
    for name in ("text", "markdown"):
        output = render(issue, name).decode()
        assert "\u2068مصر" in output
        assert output.count("\u2068") == output.count("\u2069") == 1


def test_atom_has_what_the_standard_demands() -> None:
    feed = ElementTree.fromstring(render(issue_of(*SAMPLE, BARE, base_url=BASE), "atom"))
    for node in (feed, *feed.findall(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            assert len(node.findall(ATOM + required)) == 1
        assert node.find(f"{ATOM}author/{ATOM}name") is not None
        alternates = [link for link in node.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
    stamps = [node.text or "" for node in feed.iter(f"{ATOM}updated")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp) for stamp in stamps)
    assert stamps[0] == max(stamps[1:])
    identities = [node.text for node in feed.iter(f"{ATOM}id")]
    assert len(set(identities)) == len(identities)


def test_json_feed_has_what_the_standard_demands() -> None:
    feed = json.loads(render(issue_of(*SAMPLE, base_url=BASE), "jsonfeed"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == f"{BASE}/feed.json"
    for item in feed["items"]:
        assert item["id"].startswith("urn:worldbrief:article:")
        assert item["content_html"]
        assert item["url"].startswith(f"{BASE}/digest.html#a-")


def test_an_update_keeps_its_id_and_gets_a_later_time() -> None:
    def entry(update: bool, issue_id: str) -> tuple[str, str]:
        issue = issue_of(replace(SIMPLIFIED, is_update=update), issue_id=issue_id)
        node = ElementTree.fromstring(render(issue, "atom")).find(f"{ATOM}entry")
        assert node is not None
        return node.findtext(f"{ATOM}id", ""), node.findtext(f"{ATOM}updated", "")

    first, same_day, later = entry(False, "2020-11-21"), entry(True, "2020-11-21"), entry(True, "2020-11-22")
    assert first[0] == same_day[0] == later[0]
    assert first[1] < same_day[1] < later[1]


def test_issue_json_holds_no_mail_addresses() -> None:
    channels = channels_of(IssueSection(email_to="desk@example.org", email_from="a@example.org"))
    data = json.loads(render(issue_of(ENGLISH), "json", channels))
    assert "example.org" not in json.dumps({**data, "sections": []})
    assert data["sections"][0]["items"][0]["headline"] == issue_of(ENGLISH).items[0].headline


def test_email_headers_come_from_the_issue_and_its_channels() -> None:
    issue = issue_of(*SAMPLE)
    addresses = IssueSection(email_from="Désk <desk@example.org>", email_to="a@example.org, b@example.org")
    message, _, html = parts(issue, channels_of(addresses))
    assert message["Subject"] == "World Brief, 23 November 2026"
    assert message["From"].addresses[0].addr_spec == "desk@example.org"
    assert len(message["To"].addresses) == 2
    assert message["Date"].datetime == issue.instant
    assert message["Message-ID"].startswith("<2026-11-23.")
    assert message["Message-ID"].endswith("@example.org>")
    assert "style=" in html
    assert "prefers-color-scheme: dark" in html
    assert render(issue, "email").count(b"\n") == render(issue, "email").count(b"\r\n")
    assert max(map(len, render(issue, "email").split(b"\r\n"))) < 999


def test_email_without_recipient_leaves_it_out() -> None:
    assert parts(issue_of(ENGLISH))[0]["To"] is None


@pytest.mark.parametrize("number", [200, 900])
def test_a_long_email_ends_in_headlines_below_the_size_gmail_clips(number: int) -> None:
    issue = many(number)
    data = render(issue, "email")
    assert MAX_BYTES * 0.9 < len(data) <= MAX_BYTES < 102 * 1024
    _, text, html = parts(issue)
    shown = [item for item in issue.items if item.url + '"' in html]
    assert shown == list(issue.items[: len(shown)])
    assert all(item.url in text for item in shown)
    summaries = html.count("The ministry said on Monday") // 5
    assert 0 < summaries < len(shown)
    assert html.count(issue.items[0].summary) == summaries
    rest = number - len(shown)
    assert (f"And {rest} more in" in text) == (f"And {rest} more in" in html) == (rest > 0)


def test_a_long_email_names_what_is_listed_in_its_own_section() -> None:
    told, (section,) = many(150), issue_of(KOREAN).sections
    items = tuple(replace(section.items[0], id=f"{number:016}") for number in range(3))
    issue = replace(told, sections=(*told.sections, replace(section, items=items)))
    assert len(render(issue, "email")) <= MAX_BYTES
    _, text, html = parts(issue)
    for output in (html, text):
        flat = " ".join(output.split())
        assert flat.count(items[0].headline) == 3
        assert flat.lower().index("in brief") < flat.lower().rindex("not translated well enough to tell")
    assert len(re.findall('<p class="brief"[^>]* lang="ko"', html)) == 3
