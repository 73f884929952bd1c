"""Which host an article is of."""

from __future__ import annotations

import pytest

from pipeline.article import Article, Document
from pipeline.executor.hosts import host_of


@pytest.mark.parametrize(
    ("head", "host"),
    [
        ("<link rel='canonical' href='https://www.paper.example/a'>", "paper.example"),
        ('<meta content="https://paper.example/a" property="og:url">', "paper.example"),
        ("<link href=https://paper.example rel=canonical>", "paper.example"),
        ("<link rel='stylesheet' href='https://cdn.example/a.css'>", ""),
        ("<link rel='canonical' href='/a'>", ""),
        ("<link rel='canonical' href='https://[bad/a'>", ""),
        ("<link " * 20_000, ""),
    ],
)
def test_the_host_of_a_page_that_could_not_be_read(head: str, host: str) -> None:
    page = Document(source="a.html", data=f"<html><head>{head}</head>".encode(), media_type="text/html")
    assert host_of(Article(document=page)) == host
