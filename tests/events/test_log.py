"""Lines of a log, as a collector reads them."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from pipeline.events import tell
from pipeline.events.log import JsonLines


class Kept(logging.Handler):
    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def last(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.lines[-1])
        return found


@pytest.fixture
def kept() -> Any:
    handler = Kept(JsonLines({"run": "r1"}, ["hunter2"]))
    root, ours = logging.getLogger(), logging.getLogger("pipeline")
    root.addHandler(handler)
    level = ours.level
    ours.setLevel(logging.INFO)
    yield handler
    ours.setLevel(level)
    root.removeHandler(handler)


def test_a_line(kept: Kept) -> None:
    tell("fetched", url="https://example.org/a", status=200, bytes=12, seconds=0.12345)
    line = kept.last()
    assert list(line)[:4] == ["time", "level", "event", "run"]
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info", "event": "fetched", "run": "r1", "url": "https://example.org/a", "status": 200, "bytes": 12,
        "seconds": 0.123,
    }  # fmt: skip


def test_what_a_terminal_or_a_reader_of_lines_acts_on_is_shown(kept: Kept) -> None:
    tell("hint", message="a\nb\x1b[31m\u2028c\u202e\ud800")
    assert len(kept.lines[0].splitlines()) == 1
    assert "\x1b" not in kept.lines[0]
    kept.lines[0].encode()
    assert kept.last()["message"] == "a\nb\x1b[31m\u2028c\u202e\ud800"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://u:p@example.org/feed", "https://***@example.org/feed"),
        ("https://example.org/f?a=1&api_key=abc&b=2: gone", "https://example.org/f?a=1&api_key=***&b=2: gone"),
        ("https://example.org/f?a=1&key=abc: gone", "https://example.org/f?a=1&key=***: gone"),
        ("https://example.org/f?access_token=a%20b", "https://example.org/f?access_token=***"),
        ("https://example.org/f?X-Amz-Signature=abc", "https://example.org/f?X-Amz-Signature=***"),
        ("the server says hunter2", "the server says ***"),
        ("https://example.org/author?page=2", "https://example.org/author?page=2"),
    ],
)
def test_what_is_secret_is_blotted_out(kept: Kept, text: str, shown: str) -> None:
    tell("said", message=text)
    assert kept.last()["message"] == shown


def test_long_texts_and_lists_are_cut(kept: Kept) -> None:
    tell("started", command="run", version="1", issue="x" * 3000, inputs=[str(number) for number in range(50)])
    assert kept.last()["issue"] == "x" * 2000 + "…"
    assert kept.last()["inputs"] == [*(str(number) for number in range(20)), "… 30 more"]


def test_a_warning_of_a_library_is_an_event(kept: Kept) -> None:
    try:
        raise ValueError("no such thing")
    except ValueError:
        logging.getLogger("somebody.elses").warning("cannot %s", "reach it", exc_info=True)
    assert kept.last()["event"] == "library"
    assert kept.last()["logger"] == "somebody.elses"
    assert kept.last()["message"] == "cannot reach it\nValueError: no such thing\n"


def test_nothing_is_written_where_nobody_listens(capsys: pytest.CaptureFixture[str]) -> None:
    tell("failed", kind="x", message="y")
    assert capsys.readouterr() == ("", "")
