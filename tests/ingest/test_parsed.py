"""Saved feeds that were read before: the same documents, without the parser."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.article import Document
from pipeline.config import Ingest
from pipeline.ingest import Unreadable, feeds, parsed, read
from pipeline.ingest.feeds import read_feed

RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Die Zeitung</title><language>de</language>
<item><title>Straße gesperrt</title><link>https://example.org/a?b=1</link><guid isPermaLink="false">x-1</guid>
<pubDate>Sun, 29 Nov 2026 08:15:00 GMT</pubDate><dc:creator>Anna Weiß</dc:creator>
<description>&lt;p&gt;Die Straße ist gesperrt.&lt;/p&gt;</description></item>
<item><title>Ohne Adresse</title><description>Nur Text, {extra}.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><title>Tidningen</title>
<entry><title>Bron</title><id>tag:example.org,2026:1</id><link href="/bron"/><updated>2026-11-29T08:00:00Z</updated>
<content type="html">&lt;p&gt;Bron är stängd.&lt;/p&gt;</content></entry></feed>"""


def rss(encoding: str = "utf-8", extra: str = "\u00fcberall") -> bytes:
    return RSS.format(encoding=encoding, extra=extra).encode(encoding)


class Dictionary(dict[str, str]):
    """A `Kept` in memory."""

    def put(self, key: str, text: str) -> None:
        self[key] = text


CASES = {
    "utf-8": (rss(), "", ""),
    "latin-1": (rss("iso-8859-1"), "", ""),
    "utf-16": (rss("utf-16"), "", ""),
    "atom": (ATOM.encode(), "https://example.org/feed", ""),
    "half a surrogate": (rss(extra="&#55357; &#xDFFF; &#1114112; &#x110000; &#99999999999;"), "", ""),
    "cut off": (rss()[:-60], "", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_same_documents_come_without_the_parser(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, base, charset = CASES[case]
    kept = Dictionary()
    first = list(read_feed("a.xml", data, base, charset))
    assert list(read_feed("a.xml", data, base, charset, kept)) == first
    monkeypatch.setattr(feeds, "_document", None)
    assert list(read_feed("a.xml", data, base, charset, kept)) == first
    moved = list(read_feed("b.xml", data, base, charset, kept))
    assert [found.source for found in moved] == [f"b.xml#{number}" for number in range(1, len(first) + 1)]
    assert all(isinstance(found, Document) for found in first)


def test_another_feed_base_or_encoding_is_read_anew() -> None:
    kept = Dictionary()
    for data, base, charset in ((rss(), "", ""), (rss() + b" ", "", ""), (rss(), "https://a.b/", ""), (rss(), "", "x")):
        before = len(kept)
        list(read_feed("a.xml", data, base, charset, kept))
        assert len(kept) == before + 1


def test_what_cannot_be_read_is_told_each_time() -> None:
    kept = Dictionary()
    broken = b"<rss><channel><title>x"
    first, again = (list(read_feed("a.xml", broken, kept=kept)) for _ in range(2))
    assert [type(found) for found in first] == [type(found) for found in again] == [Unreadable]
    assert not kept


@pytest.mark.parametrize("text", ["", "[1]", "{}", '[["a","text/plain",{"no":1}]]', '[["a","text/plain",{}]]', "null"])
def test_what_another_version_kept_is_not_believed(text: str) -> None:
    kept = Dictionary({parsed.key_of(rss(), "", ""): text})
    assert list(read_feed("a.xml", rss(), kept=kept)) == list(read_feed("a.xml", rss()))


def test_files_are_kept_too(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(rss())
    kept = Dictionary()
    first = list(read([str(tmp_path)], Ingest(), None, kept))
    assert len(kept) == 1
    assert list(read([str(tmp_path)], Ingest(), None, kept)) == first


def test_whoever_changes_what_a_feed_gives_raises_the_version() -> None:
    """Else what was kept before would still be believed: raise `parsed.VERSION`, then write the digest here."""
    found = [one for data, base, charset in CASES.values() for one in read_feed("a.xml", data, base, charset)]
    digest = hashlib.sha256(parsed.dumped([one for one in found if isinstance(one, Document)]).encode()).hexdigest()
    assert {parsed.VERSION: digest[:16]} == {1: "2000e2178db6560f"}
