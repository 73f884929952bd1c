"""Saved feeds: their items as documents, whatever the format, the script and the faults."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from pipeline.article import Article, Document
from pipeline.config import Ingest
from pipeline.ingest import Unreadable, read
from pipeline.ingest.feeds import read_feed
from pipeline.ingest.files import parse
from tests.growth import TIMES, assert_in_proportion

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>강변일보</title><link>https://example.kr/</link><language>ko</language>
<item><title>강변시, 새 다리 개통</title><link>https://example.kr/news/1</link><guid isPermaLink="false">a-1</guid>
<pubDate>Mon, 23 Nov 2026 09:00:00 +0900</pubDate><dc:creator>김하늘</dc:creator>
<description>강변시가 새 다리를 열었다.</description>
<content:encoded><![CDATA[<p>강변시가 월요일 다리를 열었다.</p><p>공사는 3년이 걸렸다.</p>]]></content:encoded></item>
<item><description>제목도 주소도 없는 소식이다.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>جريدة النهر</title>
<entry xml:lang="fr"><title>Un pont rouvert</title><id>urn:uuid:1</id><published>2026-11-23T09:00:00+01:00</published>
<link rel="enclosure" type="audio/mpeg" href="https://example.org/1.mp3"/>
<link rel="alternate" type="text/html" href="https://example.org/1"/>
<author><name>Inès Faure</name></author><author><name>Paul Roy</name></author>
<content type="html">&lt;p&gt;Le pont est rouvert.&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.cz/"><title>Noviny</title></channel>
<item rdf:about="https://example.cz/1"><title>Most</title><link>https://example.cz/1</link>
<dc:date>2026-11-23T08:00:00Z</dc:date><description>Most je otevřen.</description></item></rdf:RDF>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://example.gr/1</loc><news:news><news:publication><news:name>Ποτάμι</news:name>
<news:language>el</news:language></news:publication><news:publication_date>2026-11-23</news:publication_date>
<news:title>Νέα γέφυρα</news:title></news:news></url><url><loc>file:///etc/passwd</loc></url></urlset>"""


def items(folder: Path, text: str | bytes, name: str = "feed.xml") -> list[Document | Unreadable]:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    return list(read([str(folder / name)], Ingest(), None))


def documents(folder: Path, text: str | bytes, name: str = "feed.xml") -> list[Document]:
    found = items(folder, text, name)
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


@pytest.mark.parametrize("reference", ["&#55357;", "&#xDFFF;", "&#x110000;", f"&#{'9' * 5000};"])
def test_a_reference_to_no_character_costs_that_character_alone(tmp_path: Path, reference: str) -> None:
    first, _ = documents(tmp_path, RSS.replace("강변시, 새", f"강변시, {reference} 새"))
    assert first.metadata.title == "강변시, \ufffd 새 다리 개통"


def test_what_the_parser_does_not_expect_costs_one_feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug met this feed")

    monkeypatch.setattr("feedparser.parse", parse)
    (found,) = items(tmp_path, RSS)
    assert isinstance(found, Unreadable)
    assert "no feed that can be read (ZeroDivisionError: a bug met this feed)" in found.error.message


def test_rss_gives_the_whole_text_and_what_it_says_of_it(tmp_path: Path) -> None:
    first, second = documents(tmp_path, RSS)
    assert first.source.endswith("feed.xml#1")
    assert "공사는 3년이 걸렸다." in first.data.decode()
    assert first.media_type == "text/html"
    said = first.metadata
    assert (said.title, said.url, said.publisher) == ("강변시, 새 다리 개통", "https://example.kr/news/1", "강변일보")
    assert (said.published, said.language, said.authors) == ("Mon, 23 Nov 2026 09:00:00 +0900", "ko", ("김하늘",))
    assert (second.metadata.title, second.metadata.url) == (None, None)
    assert second.data.decode() == "제목도 주소도 없는 소식이다."


def test_atom_takes_the_page_and_the_items_own_language(tmp_path: Path) -> None:
    [entry] = documents(tmp_path, ATOM, "feed.atom")
    assert entry.metadata.url == "https://example.org/1"
    assert entry.metadata.language == "fr"
    assert entry.metadata.authors == ("Inès Faure", "Paul Roy")
    assert entry.data == b"<p>Le pont est rouvert.</p>"


def test_rdf_and_another_encoding(tmp_path: Path) -> None:
    [entry] = documents(tmp_path, f"<?xml version='1.0' encoding='iso-8859-2'?>{RDF}".encode("iso-8859-2"), "feed.rdf")
    assert entry.data.decode() == "Most je otevřen."
    assert entry.metadata.published == "2026-11-23T08:00:00Z"


def test_a_news_sitemap_names_articles(tmp_path: Path) -> None:
    first, second = items(tmp_path, SITEMAP)
    assert isinstance(first, Document)
    assert (first.metadata.title, first.metadata.language) == ("Νέα γέφυρα", "el")
    assert (first.metadata.publisher, first.metadata.published) == ("Ποτάμι", "2026-11-23")
    assert isinstance(second, Unreadable)
    assert second.error.kind == "bad-row"


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed", "feed.txt.bak"])
def test_a_feed_is_known_by_its_first_element(tmp_path: Path, name: str) -> None:
    assert len(documents(tmp_path, RSS, name)) == 2


def test_packed_in_a_folder_and_on_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(ATOM.encode()))
    (tmp_path / "b.rss").write_bytes(RSS.encode())
    assert len(list(read([str(tmp_path)], Ingest(), None))) == 3
    names = [item.source for item in read(["-"], Ingest(), io.BytesIO(RSS.encode()))]
    assert names == ["-#1", "-#2"]


def test_what_is_broken_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    cut = RSS[: RSS.index("<item><description>") + 40]
    assert documents(tmp_path, cut)[0].metadata.title == "강변시, 새 다리 개통"
    ampersand = RSS.replace("새 다리 개통", "새 다리 & 길 개통")
    assert documents(tmp_path, ampersand)[0].metadata.title == "강변시, 새 다리 & 길 개통"


@pytest.mark.parametrize(
    "text",
    [
        "<rss",
        "<rss><channel",
        "<feed>" + "<" * 50,
        '<?xml version="1.0"?><note><to>a</to></note>',
        "<urlset",
    ],
)
def test_what_is_no_feed_says_so(tmp_path: Path, text: str) -> None:
    found = items(tmp_path, text)
    assert all(item.error.kind == "bad-feed" for item in found if isinstance(item, Unreadable))
    assert len(found) == 1


def test_a_page_saved_as_xml_is_a_page(tmp_path: Path) -> None:
    [page] = documents(tmp_path, '<?xml version="1.0"?><html><body><p>Seite</p></body></html>')
    assert page.media_type == "text/html"


def test_an_empty_feed_is_a_quiet_one(tmp_path: Path) -> None:
    assert [item.data for item in documents(tmp_path, "\n")] == [b"\n"]  # no feed: an empty file, which is refused
    assert items(tmp_path, '<rss version="2.0"><channel><title>A</title></channel></rss>') == []


def test_entities_neither_explode_nor_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    kinds = f'<!DOCTYPE rss [<!ENTITY a0 "bomb">{bomb}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    found = items(tmp_path, f"{kinds}<rss><channel><item><title>x&a9;&file;</title></item></channel></rss>")
    assert "hidden" not in str(found)
    assert len(str(found)) < 2000


def test_an_article_without_address_is_known_by_the_feeds_name_for_it(tmp_path: Path) -> None:
    item = "<item><guid>tag:1</guid><title>A</title></item>"
    before = f"<rss><channel>{item}</channel></rss>"
    after = f"<rss><channel><item><guid>tag:2</guid><title>B</title></item>{item}</channel></rss>"
    [old] = documents(tmp_path, before)
    new, moved = documents(tmp_path, after)
    assert Article(document=moved).id == Article(document=old).id != Article(document=new).id


def test_an_article_with_neither_is_known_by_its_words(tmp_path: Path) -> None:
    first = documents(tmp_path, "<rss><channel><item><title>A</title></item></channel></rss>")
    later = documents(
        tmp_path, "<rss><channel><item><title>B</title></item><item><title>A</title></item></channel></rss>"
    )
    assert Article(document=later[1]).id == Article(document=first[0]).id != Article(document=later[0]).id


def test_what_a_feed_says_of_itself_is_not_repeated_without_limit(tmp_path: Path) -> None:
    items = "<item><title>One</title></item>" * 3
    channel = f"<channel><title>{'A' * 100_000}</title><language>fr</language>{items}</channel>"
    found = documents(tmp_path, f"<rss version='2.0'>{channel}</rss>")
    assert [(item.metadata.publisher, item.metadata.language) for item in found] == [(None, "fr")] * 3


def test_elements_that_are_there_and_empty(tmp_path: Path) -> None:
    item = "<item><author/><dc:creator/><title/><source/><link/><guid/><content:encoded/><description/></item>"
    spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    entry = "<entry><author><name/></author><title/><source><title/></source><link/><id/><content/><summary/></entry>"
    texts = (
        f"<rss version='2.0' {spaces}><channel>{item}</channel></rss>",
        f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>",
    )
    for text in texts:
        (found,) = documents(tmp_path, text)
        assert (found.metadata.title, found.metadata.authors, found.metadata.publisher) == (None, (), None)


def test_a_parser_that_fails_ends_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise IndexError("pop from empty list")

    monkeypatch.setattr("pipeline.ingest.files.read_feed", fail)
    (tmp_path / "a.xml").write_text("<rss><channel/></rss>", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The mayor spoke.", encoding="utf-8")
    bad, good = read([str(tmp_path)], Ingest(), None)
    assert isinstance(bad, Unreadable)
    assert bad.error.kind == "unreadable"
    assert "IndexError" in bad.error.message
    assert isinstance(good, Document)


def test_a_tag_of_very_many_attributes_is_refused(tmp_path: Path) -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(5000))
    [found] = items(tmp_path, f"<rss><channel><item {attributes}/></channel></rss>")
    assert isinstance(found, Unreadable)
    assert "attributes" in found.error.message


@pytest.mark.parametrize(
    ("before", "again"),
    [
        ("", "<item><title>a</title><description>b &lt;p&gt;c</description></item>"),
        ("<&", "<item><title>a</title><description>b &lt;p&gt;c</item>"),
        ("", "<item>"),
        ("", "<a"),
        ("<item>", "<description>"),
        ("<item><description>", "&lt;script"),
        ("<item><description>", "&lt;div&gt;"),
        ("<item><title>", "&amp;amp;"),
        ("<item><author>", "a@b.example ("),
        ("", '<item a="1"/>'),
    ],
)
def test_the_time_grows_as_the_feed_does(before: str, again: str) -> None:
    small = f"<rss><channel>{before}{again * 500}".encode()
    large = f"<rss><channel>{before}{again * 500 * TIMES}".encode()
    assert_in_proportion(lambda data: list(read_feed("f", data)), small, large)


GREEK = (
    "<rss version='2.0'><channel><title>Νέα</title><item>"
    "<title>Άνοιξε το νέο λιμάνι για τα μικρά πλοία</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (GREEK.encode("cp1253"), "windows-1253"),
        (GREEK.encode("cp1253"), ""),
        (GREEK.encode("cp1253"), "no-such-charset"),
        (b"<?xml version='1.0' encoding='utf-8'?>" + GREEK.encode("cp1253"), ""),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?>" + GREEK.encode(), "iso-8859-1"),
        (b"<?xml version='1.0' encoding='no-such'?>" + GREEK.encode(), ""),
        (GREEK.encode("utf-16"), "utf-8"),
    ],
)
def test_what_a_feed_or_its_server_says_of_its_encoding_may_be_wrong(data: bytes, charset: str) -> None:
    [item] = read_feed("f", data, charset=charset)
    assert isinstance(item, Document)
    assert item.metadata.title == "Άνοιξε το νέο λιμάνι για τα μικρά πλοία"


def test_a_damaged_byte_costs_one_letter() -> None:
    [item] = read_feed("f", GREEK.encode().replace("λιμάνι".encode(), b"\xce" + "ιμάνι".encode()))
    assert isinstance(item, Document)
    assert (item.metadata.title or "").replace("\ufffd", "") == "Άνοιξε το νέο ιμάνι για τα μικρά πλοία"


def test_links_are_relative_to_the_place_of_the_feed() -> None:
    rss = (
        b"<rss version='2.0'><channel><item><link>news/1</link></item><item><title>None</title></item></channel></rss>"
    )
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/news/1'/></entry></feed>"
    told = b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": 7, "url": "news/1", "summary": "S"}]}'
    found = [
        *read_feed("f", rss, "https://e.example/rss/"),
        *read_feed("f", atom, "https://e.example/rss/"),
        *parse("f", told, "application/json", base="https://e.example/rss/"),
    ]
    said = [item.metadata for item in found if isinstance(item, Document)]
    addresses = ["https://e.example/rss/news/1", None, "https://e.example/news/1", "https://e.example/rss/news/1"]
    assert [item.url for item in said] == addresses
    assert said[-1].guid == "7"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("root", "item", "most"),
    [("rss", "<item><title>a</title></item>", 20_000), ("urlset", "<url><loc>https://a.example/</loc></url>", 50_000)],
)
def test_a_feed_without_end_is_refused_unread(root: str, item: str, most: int, encoding: str) -> None:
    (found,) = read_feed("a.xml", f"<{root}>{item * (most + 1)}</{root}>".encode(encoding))
    assert isinstance(found, Unreadable)
    assert found.error.kind == "too-large"
    assert f"{most + 1:,} items" in found.error.message
