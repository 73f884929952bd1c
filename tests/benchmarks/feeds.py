"""What many feeds cost on a morning on which none has anything new.

    python -m tests.benchmarks.feeds FOLDER [--feeds N] [--items N] [--rounds N]

A server on this machine, in a process of its own, has the feeds; those of even number answer 304 to who has their
ETag, the others know no such thing and send all of it again. Of each feed one item is of yesterday, the others are a
month old and passed over. The first morning makes an issue of what is new; the next ones are measured, as the command
line in a process of its own, so its start counts. FOLDER is to be a new one.
"""

from __future__ import annotations

import argparse
import multiprocessing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benchmarks.many import measured, say
from tests.fetch.web import Handler, serving

_SENTENCES = (
    "Городские власти открыли новый мост в понедельник утром.",
    "Строительство продолжалось три года.",
    "Мэр поблагодарил жителей за терпение.",
    "Движение по мосту начнётся завтра.",
)
# More than `fetch.teaser_bytes`, so that no page is asked for.
_TIMES = 10
_CONFIG = """[translate]
model = "fake"
retries = 0
[issue]
drafts = "tell"
[fetch]
allow = ["{host}"]
host_pause = 0.0
per_host = 16
[run]
cache = "cache"
models = "none"
"""


def feed(number: int, items: int) -> bytes:
    """RSS with the whole text of each item."""
    now = datetime.now(UTC)
    entries = "".join(
        f"<item><title>Новость {number} {item}</title><link>https://paper{number}.example/{item}</link>"
        f"<guid>{number}-{item}</guid>"
        f"<pubDate>{format_datetime(now - timedelta(days=30 if item else 1))}</pubDate>"
        f"<description>{' '.join(_SENTENCES * _TIMES)} {number}-{item}.</description></item>"
        for item in range(items)
    )
    return f"<rss version='2.0'><channel><title>Paper {number}</title>{entries}</channel></rss>".encode()


def serve(feeds: int, items: int, pipe: Connection) -> None:
    """Serve until something comes through the pipe; what it is told first is the host."""
    with serving() as web:
        for number in range(feeds):
            body = feed(number, items)
            if number % 2:
                web.answers[f"/{number}"] = (200, {}, body)
                continue

            def answer(handler: Handler, body: bytes = body) -> None:
                if handler.headers.get("If-None-Match"):
                    handler.reply(304, {}, b"")
                else:
                    handler.reply(200, {"ETag": '"1"'}, body)

            web.answers[f"/{number}"] = answer
        pipe.send(web.host)
        pipe.recv()


def main(folder: Path, feeds: int, items: int, rounds: int) -> None:
    folder.mkdir(parents=True)
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(feeds, items, theirs))
    server.start()
    try:
        host = ours.recv()
        (folder / "many.toml").write_text(_CONFIG.format(host=host), encoding="utf-8")
        outlines = "".join(f"<outline text='Paper {n}' xmlUrl='http://{host}/{n}'/>" for n in range(feeds))
        (folder / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
        for number in range(1 + rounds):
            name = "nothing new" if number else "first morning"
            found = measured(folder, "run", "feeds.opml", "--issue", f"2026-11-{1 + number:02}")
            say(name, found, long=number < 2)
    finally:
        ours.send("end")
        server.join()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="many feeds with nothing new")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    main(arguments.folder, arguments.feeds, arguments.items, arguments.rounds)
