"""Time and memory of documents of hostile shapes, by their size.

    python -m tests.benchmarks.shapes [--sizes MEGABYTES...] [--only WORDS]

Each shape in each size goes through a whole run without models, in a process of its own: seconds of processor time and
the most memory. A line is marked that has more than 10 seconds or 1.5 GB, or seconds that grow faster than the size.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing as mp
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

from tests.grown import repeated
from tests.malformed import Sample, sound
from tests.tried import MEGABYTES, SECONDS, Tried, settings, through

_OPEN = ("<!--", "<a", "</", "<script", "<style", "[", "![", "*", "`", "&#")
_DATES = ("1", "1.", "1年", "May ", "Monday, ", "1/", " ")
_ELEMENTS = (
    "<p>Some words here.</p>", "<div>", "<div>word</div>", "<article><p>Some words here.</p>", '<a href="/a">word</a> ',
    "<h1>A heading</h1>", "<h2>A heading</h2><p>Some words.</p>", "<span>w</span>", "word<br>", "<ul><li>word",
    "<li>word", "<table><tr><td>a<td>b", "<table><tr><td>", '<time datetime="2024-01-01">1 May</time>',
    "<script>a</script>", "<!-- a -->", "<p>a &amp; b</p>", "word ", "市長説。", "<font>", "<h1>", "<h2>a",
)  # fmt: skip
_PAIRS = (
    *((unit, place) for place in ("row text", "markdown", "ld body", "page body", "after prose") for unit in _OPEN),
    *((unit, place) for place in ("row date", "time", "meta date", "sent", "ld date") for unit in _DATES),
    *((unit, "page body") for unit in _ELEMENTS),
    *(("word ", place) for place in ("heading", "meta title", "meta author", "byline", "attribute", "ld headline")),
    *(("word ", place) for place in ("row title", "row author", "row publisher", "row language", "references")),
    *(("Ann Lee, ", place) for place in ("meta author", "byline", "ld author", "row author")),
    *((unit, "from") for unit in ("a@b.example, ", "(", '"a" ')),
    *((unit, "subject") for unit in ("=?utf-8?q?ab?= ", "=?")),
    ('<meta property="og:title" content="A">', "page head"),
    ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"A"}</script>', "page head"),
    ('{"@graph":[', "ld raw"),
    ("a=b; ", "mail type"),
    ("X-A: b\n", "headers"),
    ("--b1\nContent-Type: text/plain\n\nThe mayor spoke.\n", "mail parts"),
    ("> a\n", "mail"),
    ("|a", "markdown"),
    ("> ", "markdown"),
    ("- a\n", "markdown"),
    ("a: b\n", "front matter"),
    ("a. ", "after prose"),
    ("\n", "after prose"),
    ("  * Home\n", "before prose"),
    ("a\u0301", "within prose"),
    ("<item><title>a</title></item>", "feed"),
    ("<url><loc>https://a.example/</loc></url>", "sitemap"),
    ("{},", "json"),
    ("a,b,c,d\n", "table"),
    ('"', "table"),
)  # fmt: skip


def _shapes() -> dict[str, Callable[[int], Sample]]:
    shapes: dict[str, Callable[[int], Sample]] = {
        f"{unit!r} in {place}": lambda size, unit=unit, place=place: repeated(unit, place, "again", size)  # type: ignore[misc]
        for unit, place in _PAIRS
    }
    shapes["attributes"] = lambda size: repeated("a", "attributes", "numbered", size)
    shapes["empty objects in a JSON list"] = lambda size: Sample(
        ".json", f"[{','.join(['{}'] * (size // 3))}]".encode()
    )
    shapes["bad rows of JSON Lines"] = lambda size: Sample(".jsonl", b"{\n" * (size // 2))
    shapes["line breaks, packed a thousandfold"] = lambda size: Sample(
        ".txt.gz", gzip.compress(b"\n" * (size * 30), 9, mtime=0)
    )
    return shapes


def _child(pipe: Connection, make: Callable[[int], Sample], size: int, models: Tried) -> None:
    sample = make(size)
    ended = through([sample], models)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pipe.send((ended.seconds, most, len(sample.data), ended.problems))


def _measured(make: Callable[[int], Sample], size: int, models: Tried) -> tuple[float, int, int, list[str]]:
    context = mp.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(there, make, size, models))
    process.start()
    there.close()
    try:
        found: tuple[float, int, int, list[str]] = here.recv()
    except EOFError:
        found = (0.0, 0, size, [f"died: {process.exitcode}"])
    process.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.1, 0.5, 2, 8, 9.9])
    parser.add_argument("--only", default="", help="shapes whose name has these words")
    given = parser.parse_args()
    models = Tried(settings(Path("unused")))
    for sample in sound():  # what is loaded once belongs to no shape
        through([sample], models)
    began = time.monotonic()
    bad = 0
    for name, make in _shapes().items():
        if given.only not in name:
            continue
        rows = [_measured(make, int(size * 1e6), models) for size in given.sizes]
        # What is refused for its size or its time grows no more.
        grows = any(
            after[0] > 1 and after[0] / max(before[0], 0.1) > 2 * after[2] / before[2]
            for before, after in pairwise(rows)
        )
        is_bad = grows or any(seconds > SECONDS or most > MEGABYTES for seconds, most, *_ in rows)
        bad += is_bad
        figures = "  ".join(f"{seconds:.2f} s {most} MB" for seconds, most, *_ in rows)
        sys.stdout.write(f"{'BAD' if is_bad else 'ok '} {name}: {figures}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{bad} bad, {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
