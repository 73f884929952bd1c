import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.html import read_html
from pipeline.text.hygiene import clean_line

PARAGRAPHS = [
    "The harbour of Port Wick opened again on Tuesday after a week of storms that damaged the eastern pier.",
    "Fourteen crossings were planned for the day, and stranded lorries were to have priority, the operator said.",
    "“We have not seen waves like this in thirty years,” said the harbour master. “The repairs will need months.”",
    "The council expects costs of more than two million pounds and has asked the government for help with them.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str, head: str = "<title>Harbour opens again - Northern Post</title>", lang: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_plain_page() -> None:
    found = read_html(page(f"<nav><a href='/'>Home</a></nav><article><h1>Harbour opens again</h1>{BODY}</article>"))
    assert found.title == "Harbour opens again"
    assert list(found.paragraphs) == PARAGRAPHS
    assert found.language == "en"


def test_json_ld_in_a_graph_gives_date_writers_and_outlet() -> None:
    graph = [
        {"@type": "WebPage", "name": "x"},
        {
            "@type": ["NewsArticle", "Article"],
            "headline": "Harbour opens again",
            "datePublished": "2024-03-12T08:00:00+01:00",
            "author": [{"@type": "Person", "name": "Ellen Tarbuck"}],
            "publisher": {"@type": "Organization", "name": "Northern Post"},
            "mainEntityOfPage": {"@id": "https://example.org/harbour"},
        },
    ]
    script = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    found = read_html(page(f"<h1>Harbour opens again</h1>{BODY}", script))
    assert found.published == "2024-03-12T08:00:00+01:00"
    assert found.authors == ("Ellen Tarbuck",)
    assert found.publisher == "Northern Post"
    assert found.url == "https://example.org/harbour"


def test_full_article_body_replaces_a_cut_page() -> None:
    full = "\n".join([*PARAGRAPHS, *(f"{paragraph} Again." for paragraph in PARAGRAPHS)])
    script = ld(**{"@type": "NewsArticle", "headline": "Harbour opens again", "articleBody": full})
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])
    found = read_html(page(f"<article><h1>Harbour opens again</h1>{shown}</article>", script))
    assert list(found.paragraphs) == full.split("\n")


def test_abridged_article_body_is_ignored() -> None:
    script = ld(**{"@type": "NewsArticle", "headline": "Harbour opens again", "articleBody": PARAGRAPHS[0][:60] + "…"})
    found = read_html(page(f"<article><h1>Harbour opens again</h1>{BODY}</article>", script))
    assert list(found.paragraphs) == PARAGRAPHS


def test_article_body_shows_what_is_no_part_of_the_article() -> None:
    script = ld(**{"@type": "NewsArticle", "headline": "Harbour opens again", "articleBody": " ".join(PARAGRAPHS)})
    box = "<p>Never miss a story of the coast again and get our app for your phone and your tablet today.</p>"
    body = BODY.replace("</p>", "</p>" + box, 1)
    found = read_html(page(f"<article><h1>Harbour opens again</h1>{body}</article>", script))
    assert list(found.paragraphs) == PARAGRAPHS


def test_article_body_as_html() -> None:
    script = ld(**{"@type": "NewsArticle", "headline": "Harbour opens again", "articleBody": BODY})
    found = read_html(page("<div id='app'></div>", script))
    assert list(found.paragraphs) == PARAGRAPHS


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Harbour opens again - Northern Post</title>", "<h1>Harbour opens again</h1>", "Harbour opens again"),
        (
            '<meta property="og:title" content="Harbour opens again | Northern Post">'
            '<meta property="og:site_name" content="Northern Post">',
            "",
            "Harbour opens again",
        ),
        (
            '<meta property="og:title" content="Storms: Harbour opens again">',
            "<h1><span>Storms</span> <span>Harbour opens again</span></h1>",
            "Storms: Harbour opens again",
        ),
        (
            '<meta property="og:title" content="After the storms: Harbour opens again">',
            "<h1>Harbour opens again</h1>",
            "Harbour opens again",
        ),
        (
            '<meta property="og:title" content="Harbour opens again after a week of…">',
            "<h1>Harbour opens again after a week of storms</h1>",
            "Harbour opens again after a week of storms",
        ),
        ("<title>Harbour &lt;script&gt;x&lt;/script&gt; opens</title>", "", "Harbour opens"),
    ],
)
def test_titles(head: str, body: str, title: str) -> None:
    assert read_html(page(f"<article>{body}{BODY}</article>", head)).title == title


def test_given_title_wins() -> None:
    assert read_html(page(f"<h1>Other</h1>{BODY}"), title="Mine").title == "Mine"


def test_next_article_of_an_endless_page_is_left_out() -> None:
    other = "".join(f"<p>{paragraph.replace('harbour', 'orchestra')} And more of it.</p>" for paragraph in PARAGRAPHS)
    body = f"<article><h1>Harbour opens again</h1>{BODY}</article><article><h1>Orchestra on tour</h1>{other}</article>"
    assert list(read_html(page(body)).paragraphs) == PARAGRAPHS


def test_furniture_is_left_out() -> None:
    first, rest = BODY.split("</p>", 1)
    body = (
        "<article><h1>Harbour opens again</h1><p>By Ellen Tarbuck</p><time datetime='2024-03-12'>12 March</time>"
        f"{first}</p><figure><img src='x'><figcaption>The pier. Photo: I. Cole</figcaption></figure>"
        "<div class='related-news'><p><a href='/y'>Council to vote on the levy</a> in the coming week.</p></div>"
        "<p><a href='/x'>Read how the storm season came to be so long this year</a></p>"
        "<div class='SubscriptionInner'><p>Get our letter from the coast every morning.</p><input></div>"
        f"<div role='dialog'><p>Your subscription is used on another device at the moment.</p></div>{rest}"
        "<p>© Northern Post</p></article>"
    )
    found = read_html(page(body))
    assert list(found.paragraphs) == PARAGRAPHS
    assert found.authors == ("Ellen Tarbuck",)
    assert found.published == "2024-03-12"


def test_links_in_sentences_stay() -> None:
    body = BODY.replace("Port Wick", '<a class="tag-link" href="/t">Port Wick</a>')
    assert list(read_html(page(f"<article><h1>Harbour opens again</h1>{body}</article>")).paragraphs) == PARAGRAPHS


def test_lead_above_the_text_is_kept() -> None:
    lead = "After a week of storms the ferries are running, but the eastern pier is badly damaged"
    body = f"<header><h1>Harbour opens again</h1><p class='standfirst'>{lead}</p></header><article>{BODY}</article>"
    assert read_html(page(body)).paragraphs[0] == lead


def test_sub_headlines_are_paragraphs() -> None:
    body = BODY.replace("</p>", "</p><h2>Pier still damaged</h2>", 1)
    found = read_html(page(f"<article><h1>Harbour opens again</h1>{body}</article>"))
    assert list(found.paragraphs) == [PARAGRAPHS[0], "Pier still damaged", *PARAGRAPHS[1:]]


def test_page_that_draws_itself() -> None:
    row = BODY.encode()
    stream = f"24:T{len(row):x},{BODY}25:null\n"
    script = f"<script>self.__next_f.push([1,{json.dumps(stream)}])</script>"
    assert list(read_html(page("<div id='root'></div>" + script)).paragraphs) == PARAGRAPHS
    data = json.dumps({"props": {"post": {"blocks": [{"text": paragraph} for paragraph in PARAGRAPHS]}}})
    script = f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>"
    assert list(read_html(page("<div id='root'></div>" + script)).paragraphs) == PARAGRAPHS


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/news/1?utm_source=x">', "https://example.org/news/1?utm_source=x"),
        ('<link rel="canonical" href="https://example.org/">', None),
        ('<meta property="og:url" content="https://example.org/2">', "https://example.org/2"),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="http://[">', None),
    ],
)
def test_address(head: str, url: str | None) -> None:
    assert read_html(page(BODY, head), url="https://example.org/a").url == url


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2024-03-12T08:00:00Z">', "2024-03-12T08:00:00+00:00"),
        ('<meta name="date" content="12.03.2024">', "2024-03-12"),
        ('<meta property="article:published_time" content="soon">', None),
    ],
)
def test_dates(head: str, published: str | None) -> None:
    assert read_html(page(BODY, head)).published == published


def test_nothing_of_a_fragment_is_lost() -> None:
    found = read_html(f"<p>{PARAGRAPHS[0]}</p><h2>What is next</h2><ul><li>Repairs</li><li>A new pier</li></ul>")
    assert list(found.paragraphs) == [PARAGRAPHS[0], "What is next", "Repairs", "A new pier"]


@pytest.mark.parametrize("text", ["", "<", "<html></html>", "\x00", "<!-- only -->", "<p>", "<div>" * 5000, "<?xml?>"])
def test_odd_documents_give_nothing(text: str) -> None:
    assert read_html(text).paragraphs == ()


PIECES = [
    "<p>", "</p>", "<div class='caption'>", "</div>", "<article>", "</article>", "<h1>", "</h1>",
    "<ul><li>", "<a href=x>",
    "<script type='application/ld+json'>", '{"@type":"NewsArticle","headline":1,"author":[null]}', "</script>", "<!--",
    "<meta property='og:title' content='x'>", "<time datetime='0'>", PARAGRAPHS[0], PARAGRAPHS[1], "&#0;", "&lt;p&gt;",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=10)), max_size=30))
@settings(max_examples=60)
def test_any_markup_is_read(pieces: list[str]) -> None:
    found = read_html("".join(pieces))
    assert all(paragraph and paragraph == clean_line(paragraph) for paragraph in found.paragraphs)


def test_a_control_character_in_a_name_of_an_element() -> None:
    text = "The council said on Friday that it would close the old bridge over the river. " * 3
    page = f'<html><body><h1>Council</h1><div class="card&#1; share"><p>{text}</p></div></body></html>'
    assert "old bridge" in read_html(page).paragraphs[0]
