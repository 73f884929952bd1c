"""Inputs that nobody should send, made from sound ones and from a seed: bent, cut, spliced, and grown without end."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import random
import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES = (
    "The city council said on Friday that it would close the old bridge over the river after three years of work.",
    "„Wir haben 3,5 Millionen Euro bewilligt“, sagte Bürgermeisterin Anna Müller am Montag, 3. Mai 2024, in Köln.",
    "시 의회는 금요일에 강의 오래된 다리를 닫는다고 밝혔다. 이재명 대통령은 3조 5천억 원을 약속했다.",
    "碼頭工人星期一回到崗位，港口的罷工已經結束。116萬3千5百元的賠償金將於六月發放。",
    "قال مجلس المدينة يوم الجمعة إنه سيغلق الجسر القديم فوق النهر. ورحب السكان بالقرار.",
    "Городской совет заявил в пятницу, что закроет старый мост через реку до 12 июня 2025 года.",
    "Hội đồng thành phố cho biết sẽ chi 3,5 triệu đồng để sửa cầu cũ vào thứ Hai tuần tới.",
    "町の新しい図書館が日曜日に開館し、多くの人が訪れた。二〇二四年五月三日のことである。",
)
TEXT = "\n\n".join(LINES[:2] * 2)
_JSONLD = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "NewsArticle",
            "headline": "Council closes bridge",
            "datePublished": "2024-05-03T10:00:00+02:00",
            "author": [{"@type": "Person", "name": "Ann Lee"}, {"@id": "#b"}],
            "articleBody": TEXT,
        },
        {"@id": "#b", "@type": "Person", "name": "Bo Berg"},
    ],
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: what its name ends in, and what is in it."""

    suffix: str
    data: bytes


def _page(line: str, language: str = "en") -> bytes:
    paragraphs = "".join(f"<p>{line} <a href='/a'>more</a></p>" for _ in range(3))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Council closes bridge</title>'
        '<meta property="og:title" content="Council closes bridge"><meta name="author" content="Ann Lee">'
        '<meta property="article:published_time" content="2024-05-03T10:00:00Z">'
        '<link rel="canonical" href="https://a.example/1">'
        f'<script type="application/ld+json">{json.dumps(_JSONLD)}</script></head><body><nav><ul><li><a href="/">Home'
        f'</a></ul></nav><article><h1>Council closes bridge</h1><p class="byline">By Ann Lee and Bo Berg</p>'
        f'<time datetime="2024-05-03">3 May 2024</time>{paragraphs}<table><tr><td>a<td>b</table><figure><img src=x>'
        "<figcaption>Photo: AP</figcaption></figure></article><aside><h2>Related</h2></aside></body></html>"
    ).encode()


def _mail() -> bytes:
    html = base64.encodebytes(_page(LINES[0])).decode()
    return (
        'From: "The Post" <news@post.example>\nTo: a@b.example\nSubject: =?utf-8?q?Council_closes_br=C3=BCcke?=\n'
        "Date: Fri, 03 May 2024 10:00:00 +0200\nMessage-ID: <1@post.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/alternative; boundary="b1"\n\n--b1\nContent-Type: text/plain; charset="utf-8"\n'
        f"Content-Transfer-Encoding: 8bit\n\n{TEXT}\n\n> quoted\n-- \nThe Post\n--b1\nContent-Type: text/html\n"
        f"Content-Transfer-Encoding: base64\n\n{html}\n--b1--\n"
    ).encode()


def _rss() -> bytes:
    items = "".join(
        f"<item><title>Council {number}</title><link>https://a.example/{number}</link><guid>{number}</guid>"
        f"<pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description><![CDATA[<p>{line}</p>]]></description></item>"
        for number, line in enumerate(LINES)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'.encode()


def _atom() -> bytes:
    said = "<title>A</title><id>urn:1</id><updated>2024-05-03T10:00:00Z</updated>"
    entry = f"<entry>{said}<content>{TEXT}</content></entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post</title>{entry * 2}</feed>'.encode()


def _rows() -> list[dict[str, object]]:
    return [
        {"title": f"Council {number}", "text": f"{line} {line}", "url": f"https://a.example/{number}",
         "date": "3 May 2024", "language": "", "author": "Ann Lee; Bo Berg"}
        for number, line in enumerate(LINES)
    ]  # fmt: skip


def _csv(delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(_rows()[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(_rows())
    return text.getvalue().encode()


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_rows()), sink)
    return sink.getvalue()


@cache
def sound() -> tuple[Sample, ...]:
    """One file of each kind, the seeds, and what an issue is written in."""
    front = f'---\ntitle: "Council closes bridge"\ndate: 2024-05-03\nlanguage: en\n---\n\n# Bridge\n\n{TEXT}\n'
    toml = f'+++\ntitle = "Council closes bridge"\ndate = 2024-05-03\n+++\n\n{TEXT}\n'
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post",
        "items": [{"id": str(number), "content_html": f"<p>{line}</p>"} for number, line in enumerate(LINES)],
    }
    places = "".join(f"<url><loc>https://a.example/{number}</loc></url>" for number in range(3))
    lines = "".join(json.dumps(row, ensure_ascii=bool(number % 2)) + "\n" for number, row in enumerate(_rows()))
    made = [
        *(Sample(".html", _page(line)) for line in LINES),
        Sample(".htm", _page(LINES[1], "de").decode().encode("cp1252", "replace")),
        Sample(".html", _page(LINES[5], "ru").decode().encode("utf-16")),
        *(Sample(".txt", f"Council\n\n3 May 2024\n\nBy Ann Lee\n\n{line}\n\n{line}\n".encode()) for line in LINES),
        Sample(".md", front.encode()),
        Sample(".md", toml.encode()),
        Sample(".md", f"# Council\n\n> quote\n\n- [a](b)\n- ![c](d)\n\n| a | b |\n|---|---|\n\n{TEXT}".encode()),
        Sample(".eml", _mail()),
        Sample(".xml", _rss()),
        Sample(".atom", _atom()),
        Sample(".rdf", b"<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><item><title>A</title></item></rdf:RDF>"),
        Sample(".xml", f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</urlset>".encode()),
        Sample(".json", json.dumps(feed).encode()),
        Sample(".json", json.dumps(_rows()).encode()),
        Sample(".json", json.dumps(_rows()[0]).encode()),
        Sample(".json", json.dumps({"entries": _rows()}).encode()),
        Sample(".jsonl", lines.encode()),
        Sample(".csv", _csv(",")),
        Sample(".csv", _csv(";").decode().encode("utf-8-sig")),
        Sample(".tsv", _csv("\t")),
        Sample(".parquet", _parquet()),
    ]  # fmt: skip
    seeds = [Sample(path.suffix, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    golden = ROOT / "tests" / "golden" / "issue"
    written = [Sample(path.suffix, path.read_bytes()) for path in sorted(golden.iterdir()) if path.suffix != ".jsonl"]
    packed = [
        Sample(f"{sample.suffix}.gz", gzip.compress(sample.data, mtime=0)) for sample in (made[0], made[-4], made[-5])
    ]
    return (*made, *seeds, *written, *packed)


_MARKS = (
    *"<>&\"'()[]{}*_`|#-=:;,.\n\t \x00", "<!--", "</", "<a ", "<p>", "<div>", "<script>", "<table>", "]]>", "--b1\n",
    "---\n", '{"a":', "[", "\\ud800", "=?utf-8?q?a?=", "\u0301", "\u202e", "\u2028", "1", "1年", "May ", "http://",
    "a@b, ", "萬", "“",
)  # fmt: skip
_CODECS = (
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "shift_jis",
    "gb18030",
    "euc-kr",
    "utf-7",
    "cp037",
    "big5",
    "koi8-r",
)
_SUFFIXES = (
    ".html",
    ".txt",
    ".md",
    ".eml",
    ".xml",
    ".json",
    ".jsonl",
    ".csv",
    ".tsv",
    ".parquet",
    ".txt.gz",
    ".csv.gz",
)


def mutated(rng: random.Random, samples: Sequence[Sample]) -> Sample:
    """A sample with one to four things done to it."""
    sample = rng.choice(samples)
    suffix, data = sample.suffix, sample.data
    packed = suffix.endswith(".gz") and rng.random() < 0.7
    if packed:  # what is in it is bent, not the wrapping
        data = gzip.decompress(data)
    for _ in range(rng.choice((1, 1, 2, 3, 4))):
        data = rng.choice(_CHANGES)(rng, data, samples)
        if len(data) > 2_000_000:
            data = data[:2_000_000]
    if packed:
        data = gzip.compress(data, 1, mtime=0)
    if rng.random() < 0.08:
        suffix = rng.choice(_SUFFIXES)
    return Sample(suffix, data)


def _flip(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    bent = bytearray(data)
    for _ in range(rng.choice((1, 3, 10, 100, len(data) // 20)) if data else 0):
        bent[rng.randrange(len(bent))] ^= 1 << rng.randrange(8)
    return bytes(bent)


def _cut(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    return data[: rng.randrange(len(data) + 1)] if rng.random() < 0.7 else data[rng.randrange(len(data) + 1) :]


def _splice(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    other = rng.choice(samples).data
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _double(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    start = rng.randrange(len(data) + 1)
    part = data[start : start + rng.choice((1, 4, 20, 200, 2000))]
    at = rng.randrange(len(data) + 1)
    return data[:at] + part * rng.choice((2, 50, 1000)) + data[at:]


def _drop(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.choice((1, 5, 100, 1000)) :]


def _insert(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    at = rng.randrange(len(data) + 1)
    token = "".join(rng.choice(_MARKS) for _ in range(rng.choice((1, 1, 2, 3))))
    return data[:at] + token.encode("utf-8", "replace") * rng.choice((1, 1, 3, 100, 5000)) + data[at:]


def _recode(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(_CODECS), "replace")


def _bytes(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    at = rng.randrange(len(data) + 1)
    bad = rng.choice(
        (b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f", b"\xef\xbb\xbf", b"\x1f\x8b\x08", rng.randbytes(50))
    )
    return data[:at] + bad * rng.choice((1, 10, 1000)) + data[at:]


def _shuffle(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    mark = rng.choice((b"<", b"\n", b",", b'"', b" "))
    parts = data.split(mark)
    rng.shuffle(parts)
    return mark.join(parts)


def _number(rng: random.Random, data: bytes, samples: Sequence[Sample]) -> bytes:
    digits = "".join(rng.choice(string.digits) for _ in range(rng.choice((5, 30, 5000)))).encode()
    at = next((at for at in range(rng.randrange(len(data) + 1), len(data)) if data[at : at + 1].isdigit()), len(data))
    return data[:at] + digits + data[at + 1 :]


_CHANGES = (_flip, _cut, _splice, _double, _drop, _insert, _insert, _recode, _bytes, _shuffle, _number)
