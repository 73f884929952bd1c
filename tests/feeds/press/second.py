"""The other twenty papers."""

# ruff: noqa: E501 - a line of a feed is as long as it is

from __future__ import annotations

import json
from html import escape

from tests.feeds.press.first import NINE, RSS, channel, entry, found, sent
from tests.feeds.press.pages import Paper, Sent, modern, outlets, plain, table

MEDIA = ' xmlns:media="http://search.yahoo.com/mrss/"'
DC = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTENT = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def papers() -> list[Paper]:
    return [*_east(), *_right_to_left(), *_east_of_europe(), *_west(), *_others()]


def _east() -> list[Paper]:
    ja, ko, zh, tw = (outlets()[code] for code in ("ja", "ko", "zh", "zh-Hant"))
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet href="/s.xsl" type="text/xsl"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja-JP"><title>{ja.name}</title><id>urn:k</id>'
        + "".join(
            f'<entry><id>urn:k:{n}</id><title>{story.title}</title><link rel="self" href="{{base}}/{n}.atom"/>'
            f'<link rel="enclosure" type="audio/mpeg" href="{{base}}/{n}.mp3"/><link href="{{base}}/{n}"/>'
            f"<published>2026-11-23T1{n}:00:00+09:00</published><author><name>{ja.author}</name></author>"
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{story.html}</div></content></entry>'
            for n, story in enumerate(ja.stories, 1)
        )
        + "</feed>"
    )
    told = {
        "version": "https://jsonfeed.org/version/1",
        "title": ko.name,
        "items": [
            {
                "id": f"{{base}}/{n}",
                "url": f"{{base}}/{n}",
                "title": story.title,
                "content_text": "\n\n".join(story.text),
                "date_published": f"2026-11-23T1{n}:00:00+09:00",
                "author": {"name": ko.author},
            }
            for n, story in enumerate(ko.stories, 1)
        ],
    }
    twice = "".join(
        f"<item><title>{story.title}</title><link>{{base}}/{n}?from=rss</link><guid isPermaLink='false'>{mark}{n}</guid>"
        f"<description>{story.lead}</description><pubDate>Mon, 23 Nov 2026 0{n}:00:00 +0800</pubDate></item>"
        for mark in ("a", "b")
        for n, story in enumerate(zh.stories, 1)
    )
    return [
        Paper(
            "kawabe-atom", ja, "Atom with XHTML inside, links to itself and to sound; no pages for us",
            sent(xhtml, kind="application/atom+xml"),
            {str(n): (403, {}, b"") for n in (1, 2)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00+09:00", ja.author) for n, story in enumerate(ja.stories, 1)],
        ),
        Paper(
            "handeul-json", ko, "JSON Feed 1.0 in plain text, sent as application/json",
            sent(json.dumps(told), kind="application/json"),
            {str(n): (404, {}, b"") for n in (1, 2)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00+09:00", "이서연") for n, story in enumerate(ko.stories, 1)],
        ),
        Paper(
            "qingxi-twice", zh, "each item twice under two names, sent as text/html",
            sent(channel(zh.name, twice), kind="text/html; charset=utf-8"),
            {f"{n}?from=rss": modern(story, zh) for n, story in enumerate(zh.stories, 1)},
            [
                found(story, f"{n}?from=rss", f"2026-11-23T0{n}:00:00+08:00", zh.author)
                for n, story in enumerate(zh.stories, 1)
            ],
        ),
        Paper(
            "haiwan-future", tw, "a date years ahead in the feed, the right one on the page",
            sent(channel(tw.name, entry(tw.stories[0], "1", "Tue, 23 Nov 2066 09:00:00 +0800"))),
            {"1": modern(tw.stories[0], tw, "2026-11-23T09:00:00+08:00")},
            [found(tw.stories[0], "1", "2026-11-23T09:00:00+08:00", tw.author)],
        ),
    ]  # fmt: skip


def _right_to_left() -> list[Paper]:
    ar, fa, he = (outlets()[code] for code in ("ar", "fa", "he"))
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>{ar.name}</title><id>urn:m</id>'
        + "".join(
            f'<entry><id>{{base}}/{n}</id><title type="html"><![CDATA[{story.title}]]></title>'
            f'<link rel="alternate" type="text/html" href="{{base}}/{n}"/><published>2026-11-23T1{n}:00:00+03:00</published>'
            f"<updated>2026-11-25T18:00:00+03:00</updated><author><name>{ar.author}</name><email>s@m.example</email></author>"
            f'<content type="html">{escape(story.html)}</content></entry>'
            for n, story in enumerate(ar.stories, 1)
        )
        + "</feed>"
    )
    wrapped = "".join(
        f"<item><title>\n   {story.title}\n  </title><link>\n   {{base}}/{n}\n  </link>"
        f"<pubDate>\n   23 Nov 2026 1{n}:00\n  </pubDate><description>\n<![CDATA[\n  {story.lead}  \n]]>\n</description></item>"
        for n, story in enumerate(he.stories, 1)
    )
    return [
        Paper(
            "mina-atom", ar, "Atom without a prolog, changed two days later; no pages for us",
            sent(atom, kind="text/plain"),
            {str(n): (403, {}, b"") for n in (1, 2)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00+03:00", ar.author) for n, story in enumerate(ar.stories, 1)],
        ),
        Paper(
            "koh-solar", fa, "dates of the Persian calendar, in Persian figures",
            sent(
                channel(
                    fa.name,
                    "".join(entry(story, f"{n}", f"دوشنبه ۲ آذر ۱۴۰۵ - ۰۹:۱{n}") for n, story in enumerate(fa.stories, 1)),
                )
            ),
            {f"{n}": plain(story, fa) for n, story in enumerate(fa.stories, 1)},
            [found(story, f"{n}", "2026-11-23") for n, story in enumerate(fa.stories, 1)],
        ),
        Paper(
            "emek-wide", he, "blanks and line breaks around everything, times without a zone",
            sent(channel(he.name, wrapped, rest="<language>he</language>")),
            {f"{n}": modern(story, he) for n, story in enumerate(he.stories, 1)},
            [found(story, f"{n}", "2026-11-23", he.author) for n, story in enumerate(he.stories, 1)],
        ),
    ]  # fmt: skip


def _east_of_europe() -> list[Paper]:
    ru, el, pl, tr = (outlets()[code] for code in ("ru", "el", "pl", "tr"))
    pictures = "".join(
        f"<item><title>{story.title}</title><link>{{base}}/{n}</link><pubDate>Mon, 23 Nov 2026 1{n}:00:00 +0300</pubDate>"
        f"<media:group><media:content url='{{base}}/{n}.jpg'/><media:title>Фото</media:title>"
        f"<media:description type='plain'>{story.lead}</media:description></media:group>"
        f"<enclosure url='{{base}}/{n}.jpg' type='image/jpeg' length='1'/></item>"
        for n, story in enumerate(ru.stories, 1)
    )
    relative = "".join(
        f"<item><title>{story.title}</title><link>/nadrzecze-relative/wiadomosci/{n}</link><guid isPermaLink='false'>{n}</guid>"
        f"<pubDate>pon., 23 lis 2026 1{n}:00:00 +0100</pubDate><description>&lt;img src=&quot;/i.png&quot;/&gt;{story.lead}"
        "</description></item>"
        for n, story in enumerate(pl.stories, 1)
    )
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        + "".join(
            f"<url><loc>{{base}}/{n}</loc><lastmod>2026-11-25</lastmod><n:news><n:publication><n:name>{pl.name}</n:name>"
            f"<n:language>pl</n:language></n:publication><n:publication_date>2026-11-23</n:publication_date>"
            f"<n:title>{escape(story.title)}</n:title></n:news></url>"
            for n, story in enumerate(pl.stories, 1)
        )
        + "</urlset>"
    )
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": tr.name,
        "home_page_url": "{base}/",
        "items": [
            {
                "id": n,
                "url": f"haber/{n}",
                "title": story.title,
                "summary": story.lead,
                "date_modified": f"2026-11-23T1{n}:00:00+03:00",
                "authors": [{"name": tr.author}, {"name": ""}],
            }
            for n, story in enumerate(tr.stories, 1)
        ],
    }
    return [
        Paper(
            "zarechny-foto", ru, "no description but that of a picture; empty tags",
            sent(channel(ru.name, pictures, more=MEDIA)),
            {str(n): modern(story, ru) for n, story in enumerate(ru.stories, 1)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00+03:00", ru.author) for n, story in enumerate(ru.stories, 1)],
        ),
        Paper(
            "kolpos-undeclared", el, "windows-1253 that nothing names, neither in the feed nor on its pages",
            sent(
                channel(
                    el.name,
                    "".join(
                        entry(story, f"{n}", f"Mon, 23 Nov 2026 1{n}:00:00 +0200") for n, story in enumerate(el.stories, 1)
                    ),
                ),
                "cp1253", "text/xml",
            ),
            {str(n): plain(story, el, encoding="cp1253", told=False) for n, story in enumerate(el.stories, 1)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00+02:00") for n, story in enumerate(el.stories, 1)],
        ),
        Paper(
            "nadrzecze-relative", pl, "relative links in RSS, the day and month in Polish, a picture before the text",
            sent(channel(pl.name, relative)),
            {f"wiadomosci/{n}": modern(story, pl) for n, story in enumerate(pl.stories, 1)},
            [
                found(story, f"wiadomosci/{n}", f"2026-11-23T1{n}:00:00+01:00", pl.author)
                for n, story in enumerate(pl.stories, 1)
            ],
        ),
        Paper(
            "nadrzecze-sitemap", pl, "a news sitemap packed with gzip and sent as such; days without a time",
            Sent(sitemap, "gzip", {"Content-Type": "application/gzip"}),
            {str(n): modern(story, pl) for n, story in enumerate(pl.stories, 1)},
            [found(story, str(n), "2026-11-23", pl.author) for n, story in enumerate(pl.stories, 1)],
        ),
        Paper(
            "camliova-json", tr, "JSON Feed with relative addresses, numbers for names, and only the time of a change",
            sent(json.dumps(told, ensure_ascii=False), kind="application/json; charset=utf-8"),
            {f"haber/{n}": modern(story, tr) for n, story in enumerate(tr.stories, 1)},
            [
                found(story, f"haber/{n}", f"2026-11-23T1{n}:00:00+03:00", tr.author)
                for n, story in enumerate(tr.stories, 1)
            ],
        ),
    ]  # fmt: skip


def _west() -> list[Paper]:
    de, fr, es = (outlets()[code] for code in ("de", "fr", "es"))
    twice_escaped = "".join(
        f"<item><title>{escape(escape(story.title).replace('ü', '&uuml;').replace('ö', '&ouml;'))}</title>"
        f"<link>{{base}}/{n}</link><pubDate>Mon, 23 Nov 2026 0{n}:00:00 +0100</pubDate><description>"
        f"{escape(escape(story.html, quote=False).replace('ß', '&szlig;'), quote=False)}</description></item>"
        for n, story in enumerate(de.stories, 1)
    )
    share = "".join(
        f"<p><a href='https://share.example/{network}?u={{base}}/1&amp;t={'x' * 300}'><img src='https://i.example/"
        f"{network}.png' width='16' height='16' alt='{network}'/></a></p>"
        for network in ("facebook", "twitter", "whatsapp", "telegram", "mail", "print")
    )
    buttons = "".join(
        f"<item><title><![CDATA[{story.title}]]></title><link>{{base}}/{n}</link>"
        f"<pubDate>lun., 23 nov. 2026 1{n}:00:00 +0100</pubDate>"
        f"<description><![CDATA[<p>{story.lead}</p>{share}]]></description></item>"
        for n, story in enumerate(fr.stories, 1)
    )
    burner = "".join(
        f"<item><title>{story.title}</title><link>http://feedproxy.example/~r/x/~3/{n}/</link>"
        f"<feedburner:origLink>{{base}}/{n}</feedburner:origLink><guid isPermaLink='false'>{n}</guid>"
        f"<pubDate>Mon, 23 Nov 2026 1{n}:00:00 PST</pubDate><description>{story.lead}</description></item>"
        for n, story in enumerate(es.stories, 1)
    )
    return [
        Paper(
            "weser-entities", de, "entities escaped twice, in titles and in the whole text; no pages for us",
            sent(channel(de.name, twice_escaped)),
            {str(n): (403, {}, b"") for n in (1, 2)},
            [found(story, str(n), f"2026-11-23T0{n}:00:00+01:00") for n, story in enumerate(de.stories, 1)],
        ),
        Paper(
            "weser-windows", de, "windows-1252 that calls itself ISO-8859-1, quotation marks and dashes in it",
            sent(
                channel(
                    de.name + " – „Land“",
                    "".join(
                        entry(story, f"{n}", f"Mon, 23 Nov 2026 1{n}:00:00 MEZ") for n, story in enumerate(de.stories, 1)
                    ),
                    prolog='<?xml version="1.0" encoding="ISO-8859-1"?>',
                ),
                "cp1252", "text/xml",
            ),
            {
                str(n): plain(story, de, encoding="cp1252", declared="iso-8859-1")
                for n, story in enumerate(de.stories, 1)
            },
            [found(story, str(n), f"2026-11-23T1{n}:00:00+01:00") for n, story in enumerate(de.stories, 1)],
        ),
        Paper(
            "vallee-buttons", fr, "a teaser under two thousand bytes of buttons; UTF-8 that calls itself ISO-8859-15; the day in French",
            sent(channel(fr.name, buttons, prolog='<?xml version="1.0" encoding="ISO-8859-15"?>')),
            {str(n): table(story, fr) for n, story in enumerate(fr.stories, 1)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00+01:00") for n, story in enumerate(fr.stories, 1)],
        ),
        Paper(
            "faro-burner", es, "links that count clicks, the address itself beside them; Pacific time",
            sent(channel(es.name, burner, more=' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"')),
            {str(n): modern(story, es) for n, story in enumerate(es.stories, 1)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00-08:00", es.author) for n, story in enumerate(es.stories, 1)],
        ),
        Paper(
            "faro-words", es, "RSS 0.92, dates in Spanish words",
            sent(
                channel(
                    es.name,
                    "".join(
                        entry(story, f"{n}", f"lunes, 23 de noviembre de 2026 - 1{n}:00")
                        for n, story in enumerate(es.stories, 1)
                    ),
                ).replace('version="2.0"', 'version="0.92"'),
            ),
            {str(n): plain(story, es) for n, story in enumerate(es.stories, 1)},
            [found(story, str(n), "2026-11-23") for n, story in enumerate(es.stories, 1)],
        ),
    ]  # fmt: skip


def _others() -> list[Paper]:
    vi, th, ko = (outlets()[code] for code in ("vi", "th", "ko"))
    return [
        Paper(
            "lamthuy-words", vi, "dates in Vietnamese words with the zone in brackets",
            sent(
                channel(
                    vi.name,
                    "".join(
                        entry(story, f"{n}", f"Thứ Hai, 23/11/2026, 1{n}:30 (GMT+7)") for n, story in enumerate(vi.stories, 1)
                    ),
                )
            ),
            {str(n): modern(story, vi) for n, story in enumerate(vi.stories, 1)},
            [found(story, str(n), "2026-11-23", vi.author) for n, story in enumerate(vi.stories, 1)],
        ),
        Paper(
            "rimnam-buddhist", th, "years of the Buddhist calendar",
            sent(
                channel(
                    th.name,
                    "".join(entry(story, f"{n}", f"23 พ.ย. 2569 1{n}:00 น.") for n, story in enumerate(th.stories, 1)),
                )
            ),
            {str(n): plain(story, th) for n, story in enumerate(th.stories, 1)},
            [found(story, str(n), "2026-11-23") for n, story in enumerate(th.stories, 1)],
        ),
        Paper(
            "pureungot-broken", ko, "a bare ampersand, a tag that is not closed, control characters, no end",
            sent(
                channel(
                    ko.name + " A&B\x08",
                    "".join(
                        entry(story, f"{n}", f"Mon, 23 Nov 2026 1{n}:00:00 +0900", text=f"{story.lead}<br> & \x0b ")
                        for n, story in enumerate(ko.stories, 1)
                    ),
                ).removesuffix("</channel>\n</rss>"),
                kind=RSS,
            ),
            {str(n): modern(story, ko, f"{NINE}Z" if n == 3 else "") for n, story in enumerate(ko.stories, 1)},
            [found(story, str(n), f"2026-11-23T1{n}:00:00+09:00", "이서연") for n, story in enumerate(ko.stories, 1)],
        ),
    ]  # fmt: skip
