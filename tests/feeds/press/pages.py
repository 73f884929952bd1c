"""The pages of the papers: three ways in which sites are built, with the menus and lists around an article."""

# ruff: noqa: E501 - a line of a page is as long as it is

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

Page = tuple[int, Mapping[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    text: tuple[str, ...]

    @property
    def lead(self) -> str:
        """What a teaser has."""
        return self.text[0]

    @property
    def html(self) -> str:
        return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in self.text)


@dataclass(frozen=True, slots=True)
class Outlet:
    language: str
    name: str
    author: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be found. `published` is an instant, a day where no more is known, or None."""

    path: str
    title: str
    text: tuple[str, ...]
    published: str | None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A feed as it is sent; `{base}` in its text is the address of the paper."""

    text: str
    encoding: str = "utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """`pages` are by path below the paper's own address."""

    name: str
    outlet: Outlet
    odd: str
    """What is wrong with it, or unusual."""
    feed: Sent
    pages: Mapping[str, Page]
    items: Sequence[Item]

    def answers(self, root: str) -> dict[str, Page]:
        """What a server at `root` sends for it."""
        text = self.feed.text.replace("{base}", f"{root}/{self.name}")
        packed = self.feed.encoding == "gzip"
        body = gzip.compress(text.encode(), mtime=0) if packed else text.encode(self.feed.encoding, "xmlcharrefreplace")
        feed = (200, self.feed.headers, body)
        return {f"/{self.name}/feed": feed, **{f"/{self.name}/{path}": page for path, page in self.pages.items()}}


@cache
def outlets() -> dict[str, Outlet]:
    told = tomllib.loads(Path(__file__).with_name("stories.toml").read_text(encoding="utf-8"))
    return {
        language: Outlet(
            language,
            one["outlet"],
            one["author"],
            tuple(Story(story["title"], tuple(story["text"])) for story in one["story"]),
        )
        for language, one in told.items()
    }


def modern(story: Story, outlet: Outlet, published: str = "", *, encoding: str = "utf-8") -> Page:
    """A page with data for search engines."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "author": [{"@type": "Person", "name": outlet.author}],
        "publisher": {"@type": "Organization", "name": outlet.name},
        **({"datePublished": published} if published else {}),
    }
    told = json.dumps(data, ensure_ascii=False)
    return _html(
        f"""<!DOCTYPE html><html lang="{outlet.language}"><head><meta charset="{encoding}"><title>{story.title} - {outlet.name}</title>
<meta property="og:title" content="{escape(story.title)}"><script type="application/ld+json">{told}</script></head>
<body><header><nav><ul><li><a href="/1">A</a></li><li><a href="/2">B</a></li></ul></nav></header>
<main><article><h1>{story.title}</h1><div class="article-body">{story.html}</div></article>
<aside><ul><li><a href="/3">{outlet.stories[0].title}</a></li></ul></aside></main><footer><p>© {outlet.name}</p></footer></body></html>""",
        encoding,
    )


def plain(story: Story, outlet: Outlet, *, encoding: str = "utf-8", declared: str = "", told: bool = True) -> Page:
    """A page of a content system of old: its text in a `div`, its encoding in a meta element where `told`."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared or encoding}">' if told else ""
    return _html(
        f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head>{meta}<title>{story.title}</title></head>
<body><div id="menu"><a href="/">A</a> | <a href="/b">B</a> | <a href="/c">C</a></div>
<div id="content"><h2>{story.title}</h2><div class="text">{story.html}</div></div>
<div id="foot">© {outlet.name}</div></body></html>""",
        encoding,
        header="text/html",
    )


def table(story: Story, outlet: Outlet, *, encoding: str = "utf-8") -> Page:
    """A page laid out with tables, its paragraphs divided by line breaks."""
    text = "<br><br>\r\n".join(story.text)
    return _html(
        f"""<html><head><title>{story.title}</title></head><body><table width="100%"><tr><td class="nav"><a href="/">{outlet.name}</a></td>
<td><table><tr><td><h1>{story.title}</h1></td></tr><tr><td class="news">{text}</td></tr></table></td></tr></table></body></html>""",
        encoding,
    )


def _html(text: str, encoding: str, header: str = "") -> Page:
    return (
        200,
        {"Content-Type": header or f"text/html; charset={encoding}"},
        text.encode(encoding, "xmlcharrefreplace"),
    )
