"""The first twenty papers."""

# ruff: noqa: E501 - a line of a feed is as long as it is

from __future__ import annotations

import json
import unicodedata
from html import escape

from tests.feeds.press.pages import Item, Paper, Sent, Story, modern, outlets, plain, table

NINE = "2026-11-23T09:00:00"
RSS = "application/rss+xml"


def sent(text: str, encoding: str = "utf-8", kind: str = RSS) -> Sent:
    return Sent(text, encoding, {"Content-Type": kind})


def channel(title: str, items: str, *, prolog: str = '<?xml version="1.0"?>', rest: str = "", more: str = "") -> str:
    return (
        f'{prolog}\n<rss version="2.0"{more}>\n<channel>\n<title>{title}</title>\n<link>{{base}}/</link>\n'
        f"<description>{title}</description>\n{rest}{items}</channel>\n</rss>"
    )


def entry(story: Story, place: str, date: str, *, text: str | None = None, more: str = "", title: str = "") -> str:
    """An item as most write it; `place` is below the paper's address."""
    described = escape(story.lead, quote=False) if text is None else text
    return (
        f"<item>\n<title>{title or escape(story.title, quote=False)}</title>\n<link>{{base}}/{place}</link>\n"
        f"<description>{described}</description>\n<pubDate>{date}</pubDate>\n{more}</item>\n"
    )


def found(story: Story, place: str, published: str | None, *authors: str, text: tuple[str, ...] | None = None) -> Item:
    return Item(place, story.title, story.text if text is None else text, published, authors)


def papers() -> list[Paper]:
    made = []
    for make in (_east, _cyrillic, _arabic, _west, _others):
        made += make()
    return made


def _east() -> list[Paper]:
    ja, ko, zh, tw = (outlets()[code] for code in ("ja", "ko", "zh", "zh-Hant"))
    rdf = (
        '<?xml version="1.0" encoding="Shift_JIS"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" xml:lang="ja"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{{base}}/feed"><title>{ja.name}</title><link>{{base}}/</link><description/>'
        '<items><rdf:Seq><rdf:li rdf:resource="{base}/a1.html"/><rdf:li rdf:resource="{base}/a2.html"/></rdf:Seq></items>'
        "</channel>\n"
        + "".join(
            f'<item rdf:about="{{base}}/a{n}.html"><title>{story.title}</title><link>{{base}}/a{n}.html</link>'
            f"<description>{story.lead}</description><dc:date>2026-11-23T0{n}:00:00+09:00</dc:date></item>\n"
            for n, story in enumerate(ja.stories, 1)
        )
        + "</rdf:RDF>"
    )
    ko_full = (
        f"<content:encoded><![CDATA[{ko.stories[0].html}<p><img src='/i.jpg' alt=''></p>]]></content:encoded>\n"
        f"<author>{ko.author}</author>\n"
    )
    return [
        Paper(
            "kawabe",
            ja,
            "RSS 1.0 in Shift_JIS; so are its pages, laid out with tables",
            sent(rdf, "shift_jis", "application/xml"),
            {f"a{n}.html": table(story, ja, encoding="shift_jis") for n, story in enumerate(ja.stories, 1)},
            [found(story, f"a{n}.html", f"2026-11-23T0{n}:00:00+09:00") for n, story in enumerate(ja.stories, 1)],
        ),
        Paper(
            "kawabe-sports",
            ja,
            "RSS 2.0 in EUC-JP, times in JST",
            sent(
                channel(ja.name, entry(ja.stories[0], "1", "Mon, 23 Nov 2026 18:00:00 JST"),
                        prolog='<?xml version="1.0" encoding="EUC-JP" ?>'),
                "euc_jp", "text/xml",
            ),
            {"1": plain(ja.stories[0], ja, encoding="euc-jp")},
            [found(ja.stories[0], "1", f"{NINE}+00:00")],
        ),
        Paper(
            "handeul",
            ko,
            "EUC-KR, CDATA in titles, times without a zone",
            sent(
                channel(
                    ko.name,
                    "".join(
                        entry(story, f"view.php?id={n}&amp;s=1", f"2026-11-23 0{n}:30:00",
                              title=f"<![CDATA[{story.title}]]>", text=f"<![CDATA[{story.lead}...]]>")
                        for n, story in enumerate(ko.stories, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="euc-kr"?>',
                    rest="<language>ko</language>",
                ),
                "euc_kr", "text/xml; charset=euc-kr",
            ),
            {f"view.php?id={n}&s=1": plain(story, ko, encoding="euc-kr") for n, story in enumerate(ko.stories, 1)},
            [found(story, f"view.php?id={n}&s=1", "2026-11-23") for n, story in enumerate(ko.stories, 1)],
        ),
        Paper(
            "pureungot",
            ko,
            "the whole text in content:encoded, pages behind a wall, a date in Korean words",
            sent(
                channel(
                    ko.name,
                    entry(ko.stories[0], "n/1", "2026년 11월 23일 (월) 오후 3:30", more=ko_full),
                    more=' xmlns:content="http://purl.org/rss/1.0/modules/content/"',
                )
            ),
            {"n/1": (403, {}, b"")},
            [found(ko.stories[0], "n/1", "2026-11-23", "이서연")],
        ),
        Paper(
            "qingxi",
            zh,
            "GB18030 that calls itself gb2312, dates with slashes",
            sent(
                channel(
                    zh.name,
                    "".join(entry(story, f"n{n}.shtml", f"2026/11/23 9:0{n}:00") for n, story in enumerate(zh.stories, 1)),
                    prolog='<?xml version="1.0" encoding="gb2312"?>',
                    rest="<language>zh-cn</language><!-- 镕喆 -->",
                ),
                "gb18030", "text/xml",
            ),
            {
                f"n{n}.shtml": plain(story, zh, encoding="gb18030", declared="gb2312")
                for n, story in enumerate(zh.stories, 1)
            },
            [found(story, f"n{n}.shtml", "2026-11-23") for n, story in enumerate(zh.stories, 1)],
        ),
        Paper(
            "haiwan",
            tw,
            "a byte-order mark and blank lines before the prolog; pages in Big5",
            sent(
                "\ufeff\r\n\r\n"
                + channel(
                    tw.name,
                    "".join(
                        entry(story, f"story/{n}", f"Mon, 23 Nov 2026 1{n}:15:00 +0800")
                        for n, story in enumerate(tw.stories, 1)
                    ),
                    rest="<language>zh-TW</language>",
                ),
                kind="text/xml; charset=utf-8",
            ),
            {f"story/{n}": plain(story, tw, encoding="big5") for n, story in enumerate(tw.stories, 1)},
            [found(story, f"story/{n}", f"2026-11-23T1{n}:15:00+08:00") for n, story in enumerate(tw.stories, 1)],
        ),
    ]  # fmt: skip


def _cyrillic() -> list[Paper]:
    ru = outlets()["ru"]
    full = "\n".join(ru.stories[0].text)
    atom = (
        '<?xml version="1.0" encoding="koi8-r"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"'
        f' xml:base="{{base}}/blog/"><title>{ru.name}</title><id>tag:zar.example,2026:feed</id>'
        "<updated>2026-11-23T12:00:00+03:00</updated>\n"
        + "".join(
            f'<entry><title type="html">&lt;b&gt;{story.title}&lt;/b&gt;</title><link href="{n}.html"/>'
            f"<id>tag:zar.example,2026:{n}</id><published>2026-11-23T1{n}:00:00+03:00</published>"
            f"<updated>2026-11-23T12:00:00+03:00</updated><author><name>{ru.author}</name></author>"
            f'<summary type="html">&lt;p&gt;{story.lead}&lt;/p&gt;</summary></entry>\n'
            for n, story in enumerate(ru.stories, 1)
        )
        + "</feed>"
    )
    return [
        Paper(
            "zarechny",
            ru,
            "windows-1251, the whole text in yandex:full-text, day and month in Russian; no pages for us",
            sent(
                channel(
                    ru.name,
                    entry(
                        ru.stories[0], "news/1", "Пн, 23 ноя 2026 12:00:00 +0300",
                        more=f"<author>{ru.author}</author><yandex:full-text>{full}</yandex:full-text>",
                    ),
                    prolog='<?xml version="1.0" encoding="windows-1251"?>',
                    more=' xmlns:yandex="http://news.yandex.ru"',
                ),
                "cp1251",
            ),
            {"news/1": (403, {}, b"")},
            [found(ru.stories[0], "news/1", f"{NINE}+00:00", ru.author)],
        ),
        Paper(
            "zarechny-blog",
            ru,
            "Atom in KOI8-R, links relative to xml:base, markup in titles",
            sent(atom, "koi8_r", "application/atom+xml"),
            {f"blog/{n}.html": plain(story, ru, encoding="koi8-r", told=True) for n, story in enumerate(ru.stories, 1)},
            [
                found(story, f"blog/{n}.html", f"2026-11-23T1{n}:00:00+03:00", ru.author)
                for n, story in enumerate(ru.stories, 1)
            ],
        ),
    ]  # fmt: skip


def _arabic() -> list[Paper]:
    ar, fa, he = (outlets()[code] for code in ("ar", "fa", "he"))
    atom = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{fa.name}</title><id>urn:koh</id><updated>2026-11-23T09:00:00Z</updated>"
        + "".join(
            f'<entry><title>{story.title}</title><link rel="alternate" href="/koh/news/{n}"/><id>urn:koh:{n}</id>'
            f"<updated>2026-11-23T0{n}:00:00+03:30</updated><summary>{story.lead}</summary></entry>"
            for n, story in enumerate(fa.stories, 1)
        )
        + "</feed>"
    )
    return [
        Paper(
            "mina",
            ar,
            "windows-1256 that only the header names",
            sent(
                channel(
                    ar.name,
                    "".join(
                        entry(story, f"{n}", f"Mon, 23 Nov 2026 1{n}:00:00 +0300") for n, story in enumerate(ar.stories, 1)
                    ),
                ),
                "cp1256", "text/xml; charset=windows-1256",
            ),
            {f"{n}": plain(story, ar, encoding="windows-1256") for n, story in enumerate(ar.stories, 1)},
            [found(story, f"{n}", f"2026-11-23T1{n}:00:00+03:00") for n, story in enumerate(ar.stories, 1)],
        ),
        Paper(
            "koh",
            fa,
            "Atom with links relative to its own address, and no time but that of the last change",
            sent(atom, kind="application/atom+xml; charset=utf-8"),
            {f"news/{n}": modern(story, fa) for n, story in enumerate(fa.stories, 1)},
            [
                found(story, f"news/{n}", f"2026-11-23T0{n}:00:00+03:30", fa.author)
                for n, story in enumerate(fa.stories, 1)
            ],
        ),
        Paper(
            "emek",
            he,
            "windows-1255; its pages say iso-8859-8-i",
            sent(
                channel(
                    he.name,
                    "".join(
                        entry(story, f"{n}.asp", f"Mon, 23 Nov 2026 1{n}:00:00 +0200") for n, story in enumerate(he.stories, 1)
                    ),
                    prolog="<?xml version='1.0' encoding='windows-1255'?>",
                ),
                "cp1255", "text/xml",
            ),
            {
                f"{n}.asp": plain(story, he, encoding="cp1255", declared="iso-8859-8-i")
                for n, story in enumerate(he.stories, 1)
            },
            [found(story, f"{n}.asp", f"2026-11-23T1{n}:00:00+02:00") for n, story in enumerate(he.stories, 1)],
        ),
    ]  # fmt: skip


def _west() -> list[Paper]:
    el, de, fr, es, pl = (outlets()[code] for code in ("el", "de", "fr", "es", "pl"))
    german = [
        (story, escape(story.title).replace("ü", "&uuml;").replace("ö", "&ouml;").replace("ä", "&auml;"))
        for story in de.stories
    ]
    wordpress = "".join(
        f"<item><title>{story.title.replace('’', '&#8217;')}</title><link>{{base}}/2026/11/23/{n}/</link>"
        f"<dc:creator><![CDATA[{fr.author}]]></dc:creator><pubDate>Mon, 23 Nov 2026 0{n}:00:00 +0000</pubDate>"
        f"<category><![CDATA[Actualités]]></category><guid isPermaLink='false'>{{base}}/?p={n}</guid>"
        f"<description><![CDATA[<p>{story.lead[:80]}[&#8230;]</p>\n<p>L’article <a rel='nofollow' href='{{base}}/{n}/'>"
        f"{story.title}</a> est apparu en premier sur <a rel='nofollow' href='{{base}}'>{fr.name}</a>.</p>]]></description>"
        f"<content:encoded><![CDATA[\n{story.html}\n<p>L’article <a rel='nofollow' href='{{base}}/{n}/'>{story.title}</a>"
        f" est apparu en premier sur <a rel='nofollow' href='{{base}}'>{fr.name}</a>.</p>]]></content:encoded>"
        f"<media:content url='{{base}}/i.jpg' medium='image'><media:title>i</media:title></media:content></item>"
        for n, story in enumerate(fr.stories, 1)
    )
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        + "".join(
            f"<url><loc>{{base}}/artikel/{n}</loc><news:news><news:publication><news:name>{de.name}</news:name>"
            f"<news:language>de</news:language></news:publication><news:publication_date>2026-11-23T0{n}:00:00+01:00"
            f"</news:publication_date><news:title>{escape(story.title)}</news:title></news:news></url>"
            for n, story in enumerate(de.stories, 1)
        )
        + "</urlset>"
    )
    return [
        Paper(
            "kolpos",
            el,
            "RSS 0.91 in ISO-8859-7, day and month in Greek",
            sent(
                channel(
                    el.name,
                    "".join(
                        entry(story, f"{n}.htm", f"Δευ, 23 Νοε 2026 1{n}:00:00 +0200") for n, story in enumerate(el.stories, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="ISO-8859-7"?>',
                ).replace('version="2.0"', 'version="0.91"'),
                "iso8859_7", "text/xml",
            ),
            {f"{n}.htm": plain(story, el, encoding="iso-8859-7") for n, story in enumerate(el.stories, 1)},
            [found(story, f"{n}.htm", f"2026-11-23T1{n}:00:00+02:00") for n, story in enumerate(el.stories, 1)],
        ),
        Paper(
            "weser",
            de,
            "ISO-8859-1, entities of HTML that XML does not know, the day in German",
            sent(
                channel(
                    de.name,
                    "".join(
                        entry(story, f"a{n}.html", f"Mo, 23 Nov 2026 1{n}:00:00 +0100", title=title)
                        for n, (story, title) in enumerate(german, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="ISO-8859-1"?>',
                ),
                "latin-1",
            ),
            {f"a{n}.html": plain(story, de, encoding="iso-8859-1") for n, story in enumerate(de.stories, 1)},
            [found(story, f"a{n}.html", f"2026-11-23T1{n}:00:00+01:00") for n, story in enumerate(de.stories, 1)],
        ),
        Paper(
            "vallee",
            fr,
            "WordPress: dc:creator, the whole text in content:encoded with a line of advertising, a guid that is no link",
            sent(
                channel(
                    fr.name,
                    wordpress,
                    prolog='<?xml version="1.0" encoding="UTF-8"?>',
                    more=' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
                    ' xmlns:media="http://search.yahoo.com/mrss/"',
                    rest="<language>fr-FR</language>",
                )
            ),
            {f"2026/11/23/{n}/": (402, {}, b"") for n in (1, 2)},
            [
                found(story, f"2026/11/23/{n}/", f"2026-11-23T0{n}:00:00+00:00", fr.author)
                for n, story in enumerate(fr.stories, 1)
            ],
        ),
        Paper(
            "faro",
            es,
            "UTF-16 with a mark, no link but the guid",
            sent(
                channel(
                    es.name,
                    "".join(
                        f"<item><title>{story.title}</title><guid>{{base}}/noticia/{n}</guid>"
                        f"<description>{story.lead}</description><pubDate>Mon, 23 Nov 2026 0{n}:00:00 GMT</pubDate></item>"
                        for n, story in enumerate(es.stories, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="UTF-16"?>',
                ),
                "utf-16", "text/xml",
            ),
            {f"noticia/{n}": modern(story, es) for n, story in enumerate(es.stories, 1)},
            [
                found(story, f"noticia/{n}", f"2026-11-23T0{n}:00:00+00:00", es.author)
                for n, story in enumerate(es.stories, 1)
            ],
        ),
        Paper(
            "nadrzecze",
            pl,
            "ISO-8859-2, items without titles",
            sent(
                channel(
                    pl.name,
                    "".join(
                        f"<item><link>{{base}}/{n}</link><description>{story.lead}</description>"
                        f"<dc:date>2026-11-23T1{n}:00:00+01:00</dc:date></item>"
                        for n, story in enumerate(pl.stories, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="ISO-8859-2"?>',
                    more=' xmlns:dc="http://purl.org/dc/elements/1.1/"',
                ),
                "iso8859_2",
            ),
            {f"{n}": plain(story, pl, encoding="iso-8859-2") for n, story in enumerate(pl.stories, 1)},
            [found(story, f"{n}", f"2026-11-23T1{n}:00:00+01:00") for n, story in enumerate(pl.stories, 1)],
        ),
        Paper(
            "weser-sitemap",
            de,
            "a news sitemap",
            sent(sitemap, kind="application/xml"),
            {f"artikel/{n}": modern(story, de) for n, story in enumerate(de.stories, 1)},
            [
                found(story, f"artikel/{n}", f"2026-11-23T0{n}:00:00+01:00", de.author)
                for n, story in enumerate(de.stories, 1)
            ],
        ),
    ]  # fmt: skip


def _others() -> list[Paper]:
    tr, vi, th = (outlets()[code] for code in ("tr", "vi", "th"))
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": vi.name,
        "language": "vi",
        "items": [
            {
                "id": str(n),
                "url": f"{{base}}/{n}.html",
                "title": unicodedata.normalize("NFD", story.title),
                "content_html": unicodedata.normalize("NFD", story.html),
                "date_published": f"2026-11-23T1{n}:00:00+07:00",
                "authors": [{"name": vi.author}],
            }
            for n, story in enumerate(vi.stories, 1)
        ],
    }
    return [
        Paper(
            "camliova",
            tr,
            "ISO-8859-9, dates in Turkish words without a zone",
            sent(
                channel(
                    tr.name,
                    "".join(
                        entry(story, f"haber-{n}", f"23 Kasım 2026 Pazartesi 1{n}:00") for n, story in enumerate(tr.stories, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="iso-8859-9"?>',
                ),
                "iso8859_9",
            ),
            {f"haber-{n}": plain(story, tr, encoding="iso-8859-9") for n, story in enumerate(tr.stories, 1)},
            [found(story, f"haber-{n}", "2026-11-23") for n, story in enumerate(tr.stories, 1)],
        ),
        Paper(
            "lamthuy",
            vi,
            "JSON Feed with the whole text, its letters taken apart (NFD); no pages for us",
            sent(json.dumps(told, ensure_ascii=False), kind="application/feed+json"),
            {f"{n}.html": (403, {}, b"") for n in (1, 2)},
            [
                found(story, f"{n}.html", f"2026-11-23T1{n}:00:00+07:00", vi.author)
                for n, story in enumerate(vi.stories, 1)
            ],
        ),
        Paper(
            "rimnam",
            th,
            "windows-874",
            sent(
                channel(
                    th.name,
                    "".join(
                        entry(story, f"{n}", f"Mon, 23 Nov 2026 1{n}:00:00 +0700") for n, story in enumerate(th.stories, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="windows-874"?>',
                ),
                "cp874",
            ),
            {f"{n}": plain(story, th, encoding="cp874", declared="tis-620") for n, story in enumerate(th.stories, 1)},
            [found(story, f"{n}", f"2026-11-23T1{n}:00:00+07:00") for n, story in enumerate(th.stories, 1)],
        ),
    ]  # fmt: skip
