"""What many articles cost: ten thousand made ones cold, then with nothing new, with one new, planned, and built again.

    python -m tests.benchmarks.many FOLDER [--articles N] [--rounds N] [--only NAME...]

Half are pages, the others rows of tables and items of saved feeds, in seven languages. Each measurement is the command
line in a process of its own with the fake translator, so the start of the process counts. FOLDER keeps the articles and
the cache: a second call of the command makes neither anew.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[2]
_ROWS, _ITEMS = 500, 50
"""Articles of one table, and of one feed."""
_CONFIG = """[translate]
model = "fake"
retries = 0
[issue]
drafts = "tell"
max_items = 10000
[run]
cache = "cache"
models = "none"
"""
NAMES = ("cold", "nothing", "one", "plan", "again")


@dataclass(frozen=True, slots=True)
class Text:
    """A made article."""

    number: int
    language: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://outlet{self.number % 40}.example/{self.language}/news/{self.number}"

    @property
    def date(self) -> str:
        return f"2026-11-{1 + self.number % 28:02}T{self.number % 24:02}:15:00+00:00"


def texts(count: int) -> Iterator[Text]:
    """Articles of 4 to 8 paragraphs out of the sentences of `tests/quality`, each a little changed; English ones of
    their translations."""
    pools: dict[str, list[str]] = {"en": []}
    for path in sorted((ROOT / "tests" / "quality").glob("*.tsv")):
        pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        pools[path.stem] = [source for source, _ in pairs]
        pools["en"] += [english for _, english in pairs]
    languages = sorted(pools)
    for number in range(count):
        rng = random.Random(number)
        language = languages[number % len(languages)]
        gap = "" if language in ("ja", "zh-Hans", "zh-Hant") else " "
        pool = pools[language]
        paragraphs = tuple(
            gap.join(sentence.replace("1", str(rng.randrange(1, 99)), 1) for sentence in rng.choices(pool, k=2))
            + f" ({number}.{place})"
            for place in range(rng.randrange(4, 9))
        )
        yield Text(number, language, f"{rng.choice(pool).rstrip('.。')} {number}", paragraphs)


def page(text: Text) -> str:
    """With a head, menus, neighbours and a foot around the article, as a newspaper has them; 15 to 30 KB."""
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": text.title,
        "datePublished": text.date, "publisher": {"@type": "Organization", "name": f"Outlet {text.number % 40}"},
    }  # fmt: skip
    menu = "".join(f'<li class="nav-item"><a href="/section/{n}">Section {n}</a></li>' for n in range(60))
    others = "".join(f'<div class="card"><a href="/news/{n}"><h3>Other news {n}</h3></a></div>' for n in range(40))
    script = "".join(f"window.dataLayer.push({{event:'e{n}',value:{n * 7}}});" for n in range(120))
    body = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in text.paragraphs)
    return (
        f'<!doctype html><html lang="{text.language}"><head><meta charset="utf-8"><title>{html.escape(text.title)}'
        f'</title><link rel="canonical" href="{text.url}"><meta property="og:type" content="article">'
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script><script>{script}</script>'
        f"</head><body><nav><ul>{menu}</ul></nav><main><article><h1>{html.escape(text.title)}</h1>\n{body}</article>"
        f"<aside>{others}</aside></main><footer><ul>{menu}</ul></footer></body></html>"
    )


def row(text: Text, paragraphs: int | None = None) -> str:
    """A line of a table, with so many of the paragraphs."""
    body = "\n\n".join(text.paragraphs[:paragraphs])
    values = {"url": text.url, "title": text.title, "text": body, "published": text.date}
    return json.dumps({**values, "language": text.language}, ensure_ascii=False)


def item(text: Text) -> str:
    body = escape("".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.paragraphs))
    return (
        f"<item><title>{escape(text.title)}</title><link>{text.url}</link><guid>{text.url}</guid>"
        f"<pubDate>Sun, {1 + text.number % 28:02} Nov 2026 08:15:00 GMT</pubDate>"
        f"<description>{body}</description></item>"
    )


def make(folder: Path, count: int) -> None:
    """Half pages, three tenths rows, two tenths items."""
    made = list(texts(count))
    pages, rest = made[: count // 2], made[count // 2 :]
    rows, items = rest[: count * 3 // 10], rest[count * 3 // 10 :]
    for text in pages:
        place = folder / f"{text.number // 250:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{text.number}.html").write_text(page(text), encoding="utf-8")
    for start in range(0, len(rows), _ROWS):
        lines = "".join(row(text) + "\n" for text in rows[start : start + _ROWS])
        (folder / f"table{start // _ROWS:03}.jsonl").write_text(lines, encoding="utf-8")
    for start in range(0, len(items), _ITEMS):
        found = "".join(map(item, items[start : start + _ITEMS]))
        (folder / f"feed{start // _ITEMS:03}.xml").write_text(
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {start}</title>{found}</channel></rss>',
            encoding="utf-8",
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process took. `said` is what it printed."""

    clock: float
    cpu: float
    megabytes: float
    code: int
    said: str


def measured(folder: Path, *arguments: str) -> Measured:
    """Run the command line in a folder."""
    with (folder / "said.txt").open("w+", encoding="utf-8") as said:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *arguments, "--config", "many.toml"],
            cwd=folder,
            # As it is installed, with compiled modules.
            env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
            | {"PYTHONPATH": str(ROOT)},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read()
    return Measured(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode, words)


def say(name: str, found: Measured, *, long: bool) -> None:
    sys.stdout.write(
        f"{name}: {found.clock:.2f} s, {found.cpu:.2f} s of CPU, {found.megabytes:.0f} MB, exit {found.code}\n"
    )
    if long:
        sys.stdout.write("".join(f"    {line}\n" for line in found.said.splitlines() if "of CPU" not in line)[:3000])
    sys.stdout.flush()


def main(folder: Path, count: int, rounds: int, only: Sequence[str]) -> None:
    articles = folder / "articles"
    if not articles.exists():
        make(articles, count)
    (folder / "many.toml").write_text(_CONFIG, encoding="utf-8")
    if not (folder / "cache" / "state.db").exists():
        say("cold", measured(folder, "run", "articles", "--issue", "2026-11-29"), long=True)
        shutil.copytree(folder / "cache", folder / "whole")
    new = folder / "new"
    new.mkdir(exist_ok=True)
    [text] = list(texts(count + 1))[count:]
    (new / "one.html").write_text(page(text), encoding="utf-8")
    runs = {
        "nothing": ("run", "articles", "--issue", "2026-11-30", "--out", "nothing"),
        "one": ("run", "articles", "new", "--issue", "2026-11-30", "--out", "one"),
        "plan": ("plan", "articles", "--issue", "2026-11-30"),
        "again": ("run", "articles", "--issue", "2026-11-29", "--out", "again"),
    }
    for name, arguments in runs.items():
        if only and name not in only:
            continue
        for number in range(rounds):
            if name == "one":  # new each time
                shutil.rmtree(folder / "cache")
                shutil.copytree(folder / "whole", folder / "cache")
            say(name, measured(folder, *arguments), long=number == 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="many articles")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=NAMES, default=())
    arguments = parser.parse_args()
    main(arguments.folder, arguments.articles, arguments.rounds, arguments.only)
