"""Documents grown from a few tokens, in every place in which text can stand, to any size."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from tests.malformed import LINES, TEXT, Sample

# What means something to a reader: opened and not closed, nested, escaped, counted.
TOKENS = (
    *"<>&\"'()[]{}*_`|#-=+~^$\\/:;,.!?@%\n\t \r\x00",
    "<!--", "-->", "</", "<a", "<a href=x>", "<p>", "</p>", "<div>", "</div>", "<br>", "<span>", "<script>",
    "</script>", "<style>", "<![CDATA[", "]]>", "<?xml", "?>", "<table>", "<tr>", "<td>", "<ul>", "<li>", "<h1>",
    "<h2>", "<h2>A</h2>", "<article>", "</article>", "<section>", "<time>", "<time datetime='2024-05-03'>",
    "<img src=x>", "<svg>", "<math>", "<template>", "<noscript>", "<textarea>", "<title>",
    "<meta name=author content=A>", "<b>", "<i>", "<font>", "<form>", "<select>", "<option>", "<blockquote>",
    "<figure>", "<figcaption>", "<iframe>", "<object>", "<p class=byline>By Ann", "<div class=share>",
    "<p>word word word word.</p>", " data-a='b'", " class=x", "&amp;", "&lt;", "&#x41;", "&#", "&nbsp;", "word ",
    "Word ", "word. ", "a. ", "A. B. ", "By Ann Lee ", " and ", "Ann Lee, ", "President ", "Dr. ", "U.S. ", "(AP) ",
    "1", "1,", "1.", "1 ", "12 ", "3.5 ", "1/2/", "10:00 ", "3 May 2024 ", "May ", "Monday, ", "2024-05-03 ",
    "million ", "5 million ", "%", "$5 ", "€5 ", "first ", "twenty-", "hundred and ", "1年", "5月", "3日", "萬",
    "百", "千", "億", "一", "二〇", "市長", "。", "，", "「", "」", "이 ", "조 ", "천", "억 ", "원 ", "대통령 ",
    "다. ", "الرئيس ", "محمد ", "في ", "ที่", "มา", "triệu ", "năm ", "года ", "млн ", "der ", "Donau", "ß", "é",
    "e\u0301", "\u0301", "\u200b", "\u200d", "\u00ad", "\u202e", "\u2066", "\ufeff", "\u00a0", "\u2028", "\u3000",
    "\U0001f600", "\U0001f1e6", "\ufffd", "“", "”", "‘", "’", "«", "»", "–", "…", "- ", "* ", "> ", "# ", "## ",
    "```\n", "~~~\n", "---\n", "===\n", "[a](b)", "![", "](", "[a]: b\n", "| a |\n", "|-|\n", "  ", "    a\n",
    "\n\n", "a\n\n", "\r\n", "http://a.b/", "https://a.example/?q=", "www.a.example ", "a@b.example, ", "@a ",
    "#a ", "{{", "}}", "{%", '{"a":', '"a",', "[[", "]]", "[1,", "null,", "true", "\\u0000", "\\ud800", "\\",
    "a: b\n", "a = 1\n", "- a\n", "=?utf-8?q?a?= ", "=?", "?=", "=3D", "=\n", "--b1\n", "--b1--\n",
    "Content-Type: text/html\n", "X-A: b\n", "> a\n", "not ", "no ", "n't ", "who ", "which ", "said ", "says, ",
    "that ", "at least ", "more than ", "Photo: ", "Read more", "Subscribe", "Share", "Advertisement",
    "Copyright 2024 ", "© ", "Updated ", "ago ", "hours ", "minutes read ", "•", "· ", "| ",
)  # fmt: skip


def _prose(rng: random.Random) -> str:
    return "\n\n".join(rng.choice(LINES) for _ in range(rng.randint(1, 4)))


def _row(**fields: str) -> bytes:
    return json.dumps({"title": "Council", "text": TEXT, **fields}).encode()


def _html(head: str = "", body: str = "", title: str = "Council", attributes: str = "") -> bytes:
    page = f"<html><head><title>{title}</title>{head}</head><body {attributes}><article><h1>{title}</h1>"
    return (page + "".join(f"<p>{line}</p>" for line in LINES[:2]) + body).encode("utf-8", "replace")


def _ld(**fields: object) -> bytes:
    value = json.dumps({"@type": "NewsArticle", "headline": "Council", **fields}).replace("</", "<\\/")
    return _html(f'<script type="application/ld+json">{value}</script>')


def _header(name: str, text: str) -> bytes:
    lines = "\n ".join(text.splitlines()) if text.strip() else ""
    return f"{name}: {lines}\nSubject: Council\n\n{TEXT}".encode("utf-8", "replace")


PLACES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "page body": (".html", lambda text: _html(body=text)),
    "page head": (".html", lambda text: _html(head=text)),
    "page only": (".html", lambda text: f"<html><body>{text}".encode("utf-8", "replace")),
    "paragraph": (".html", lambda text: _html(body=f"<p>{text}</p>")),
    "heading": (".html", lambda text: _html(title=text)),
    "attribute": (".html", lambda text: _html(body=f'<p class="{text}">a</p>')),
    "attributes": (".html", lambda text: _html(body=f"<p {text}>a</p>")),
    "byline": (".html", lambda text: _html(body=f'<p class="byline">{text}</p>')),
    "time": (".html", lambda text: _html(body=f"<time>{text}</time>")),
    "meta date": (".html", lambda text: _html(f'<meta property="article:published_time" content="{text}">')),
    "meta author": (".html", lambda text: _html(f'<meta name="author" content="{text}">')),
    "meta title": (".html", lambda text: _html(f'<meta property="og:title" content="{text}">')),
    "canonical": (".html", lambda text: _html(f'<link rel="canonical" href="{text}">')),
    "ld body": (".html", lambda text: _ld(articleBody=text)),
    "ld headline": (".html", lambda text: _ld(headline=text)),
    "ld author": (".html", lambda text: _ld(author=text)),
    "ld date": (".html", lambda text: _ld(datePublished=text)),
    "ld raw": (".html", lambda text: _html(f'<script type="application/ld+json">{text}</script>')),
    "plain text": (".txt", lambda text: text.encode("utf-8", "replace")),
    "after prose": (".txt", lambda text: f"Council\n\n{TEXT}\n\n{text}".encode("utf-8", "replace")),
    "before prose": (".txt", lambda text: f"{text}\n\n{TEXT}".encode("utf-8", "replace")),
    "within prose": (".txt", lambda text: f"Council\n\n{LINES[0]} {text} {LINES[0]}".encode("utf-8", "replace")),
    "markdown": (".md", lambda text: f"# Council\n\n{TEXT}\n\n{text}".encode("utf-8", "replace")),
    "front matter": (".md", lambda text: f"---\ntitle: A\n{text}\n---\n\n{TEXT}".encode("utf-8", "replace")),
    "front toml": (".md", lambda text: f"+++\ntitle = 'A'\n{text}\n+++\n\n{TEXT}".encode("utf-8", "replace")),
    "row text": (".jsonl", lambda text: _row(text=f"{LINES[0]} {text}")),
    "row title": (".jsonl", lambda text: _row(title=text)),
    "row date": (".jsonl", lambda text: _row(date=text)),
    "row author": (".jsonl", lambda text: _row(author=text)),
    "row publisher": (".jsonl", lambda text: _row(publisher=text)),
    "row url": (".jsonl", lambda text: _row(url=f"https://a.example/{text}")),
    "row language": (".jsonl", lambda text: _row(language=text)),
    "json": (".json", lambda text: f"[{text}".encode("utf-8", "replace")),
    "table": (".csv", lambda text: f"title,text\n{text}\n".encode("utf-8", "replace")),
    "table head": (".csv", lambda text: f"title,text,{text}\na,b\n".encode("utf-8", "replace")),
    "table of tabs": (".tsv", lambda text: f"title\ttext\n{text}\n".encode("utf-8", "replace")),
    "feed": (".xml", lambda text: f"<rss><channel><title>A</title>{text}".encode("utf-8", "replace")),
    "feed item": (".xml", lambda text: f"<rss><channel><item><title>A</title>{text}".encode("utf-8", "replace")),
    "feed text": (
        ".xml",
        lambda text: f"<rss><channel><item><description><![CDATA[{text}]]></description></item>".encode(
            "utf-8", "replace"
        ),
    ),
    "feed date": (".xml", lambda text: f"<rss><channel><item><pubDate>{text}</pubDate>".encode("utf-8", "replace")),
    "entry": (".atom", lambda text: f"<feed><entry><title>A</title>{text}".encode("utf-8", "replace")),
    "sitemap": (".xml", lambda text: f"<urlset>{text}".encode("utf-8", "replace")),
    "mail": (".eml", lambda text: f"From: a@b.example\nSubject: A\n\n{text}".encode("utf-8", "replace")),
    "mail parts": (
        ".eml",
        lambda text: f"Subject: A\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b1\n\n{text}".encode(
            "utf-8", "replace"
        ),
    ),
    "mail page": (".eml", lambda text: b"Subject: A\nContent-Type: text/html\n\n" + _html(body=text)),
    "from": (".eml", lambda text: _header("From", text)),
    "subject": (".eml", lambda text: _header("Subject", text)),
    "sent": (".eml", lambda text: _header("Date", text)),
    "mail type": (".eml", lambda text: _header("Content-Type", f"text/plain; {text}")),
    "references": (".eml", lambda text: _header("References", text)),
    "headers": (".eml", lambda text: f"{text}\n\n{TEXT}".encode("utf-8", "replace")),
}  # fmt: skip
"""Where text can stand in a document: how its file's name ends, and the document with the text in it."""


def grown(rng: random.Random) -> tuple[str, Callable[[int], Sample]]:
    """A unit of a few tokens in a place, in words, and the document for a number of characters."""
    unit = "".join(rng.choice(TOKENS) for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 6))))
    place = rng.choice(tuple(PLACES))
    style = rng.choice(("again", "again", "again", "numbered", "mirrored", "lines", "once"))
    return f"{style} {unit!r} in {place}", lambda size: repeated(unit, place, style, size)


def repeated(unit: str, place: str, style: str, size: int) -> Sample:
    """The unit `again` and again, each `numbered`, `mirrored` after its half, by `lines`, or again and then a stop."""
    times = max(1, size // len(unit))
    if style == "numbered":
        text = "".join(f"{unit}{number}" for number in range(size // (len(unit) + 5)))
    elif style == "mirrored":
        text = unit * (times // 2) + "a" + unit[::-1] * (times // 2)
    elif style == "lines":
        text = f"{unit}\n\n" * (size // (len(unit) + 2))
    else:
        text = unit * times + ("" if style == "again" else "!")
    suffix, document = PLACES[place]
    return Sample(suffix, document(text))


def mixed(seed: int) -> tuple[str, Callable[[int], Sample]]:
    """Tokens in no order, in a place: soup."""

    def made(size: int) -> Sample:
        rng = random.Random(seed)
        suffix, document = PLACES[rng.choice(tuple(PLACES))]
        favourites = rng.sample(TOKENS, rng.randint(2, 12))
        parts: list[str] = []
        length = 0
        while length < size:
            parts.append(rng.choice(favourites) if rng.random() < 0.9 else rng.choice(TOKENS))
            length += len(parts[-1])
        return Sample(suffix, document("".join(parts)))

    return f"soup {seed}", made
