"""The time that one document may take."""

from __future__ import annotations

import re
import signal
import threading
import time
from contextlib import suppress

import pytest

from pipeline.article import Metadata
from pipeline.config import Extract as Settings
from pipeline.errors import ArticleError
from pipeline.extraction import read as reading
from pipeline.extraction.budget import budget
from pipeline.extraction.plain import plain_text
from pipeline.stages.extract import Extract, ExtractInput
from tests.growth import TIMES, assert_in_proportion


def spin() -> None:
    while True:
        pass


def stubborn() -> None:
    """As a parser that takes every exception for a broken page."""
    while True:
        with suppress(Exception):
            spin()


def backtrack() -> None:
    re.match(r"(a|aa)+$", "a" * 60 + "b")


@pytest.mark.parametrize("work", [spin, stubborn, backtrack])
def test_what_never_ends_is_stopped(work: object) -> None:
    assert callable(work)
    with pytest.raises(ArticleError, match="processor time") as caught, budget(0.05):
        work()
    assert caught.value.kind == "too-slow"


def test_what_ends_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with budget(5):
        result = sum(range(1000))
    assert result == 499_500
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_waiting_costs_nothing() -> None:
    with budget(0.05):
        time.sleep(0.2)


def test_an_error_of_its_own_comes_through() -> None:
    with pytest.raises(KeyError), budget(5):
        raise KeyError("a")


def test_other_threads_have_no_limit() -> None:
    done = []

    def work() -> None:
        with budget(1e-6):
            done.append(sum(range(100_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


def test_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading.read

    def slow(data: bytes, *rest: object) -> object:
        if b"hostile" in data:
            spin()
        return real(data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read", slow)
    inputs = [
        ExtractInput(sha256="", media_type="text/plain", metadata=Metadata(), data=f"Title\n\n{text} ".encode() * 9)
        for text in ("The mayor opened the bridge.", "A hostile page.", "The council met on Monday.")
    ]
    good, bad, other = Extract(Settings(max_seconds=0.1)).process(inputs)
    assert isinstance(bad, ArticleError)
    assert bad.kind == "too-slow"
    assert not isinstance(good, ArticleError)
    assert not isinstance(other, ArticleError)


@pytest.mark.parametrize("again", ["<!--", "<a", "</", "<script", "<style", "<a>", "<!---->", "<style></style>", "<b<"])
def test_plain_text_of_what_is_never_closed(again: str) -> None:
    small = "The mayor spoke. " + again * 2000
    assert_in_proportion(plain_text, small, "The mayor spoke. " + again * 2000 * TIMES)


@pytest.mark.parametrize("around", ["<{}a>", "<scr{}ipt>", "<!-{}-"])
def test_tags_made_by_taking_tags_out(around: str) -> None:
    text = "x"
    for _ in range(200):
        text = around.format(f"<b>{text}</b>")
    assert "<b" not in plain_text(text)
    assert not re.search(r"<[/a-z]", plain_text(text))


TEXT = "\n\n" + "The mayor opened the bridge on Monday. " * 10


@pytest.mark.parametrize(
    ("before", "again", "after"),
    [
        ("Content-Type: text/plain; ", "a=b; ", ""),
        ("Content-Disposition: inline; ", "a=b; ", ""),
        ("From: ", '"a" ', "<a@b.example>"),
        ("From: ", "a@b.example, ", ""),
        ("Subject: ", "=?utf-8?q?ab?= ", ""),
        ("Date: ", "1 May ", ""),
        ("X-A: ", "word\n ", ""),
    ],
)
def test_long_headers_of_mails(before: str, again: str, after: str) -> None:
    def mail(times: int) -> bytes:
        return f"Subject: A\n{before}{again * times}{after}{TEXT}".encode()

    assert_in_proportion(lambda data: reading.read(data, "message/rfc822", Metadata()), mail(4000), mail(4000 * TIMES))


def test_a_long_header_of_a_mail_leaves_its_text() -> None:
    data = f"Subject: A bridge\nContent-Type: text/plain; {'a=b; ' * 5000}{TEXT}".encode()
    parts = reading.read(data, "message/rfc822", Metadata())
    assert parts.title == "A bridge"
    assert "opened the bridge" in parts.paragraphs[0]


def test_comments_in_comments_of_a_header_leave_the_text() -> None:
    for name in ("Content-Type: text/plain; ", "From: a@b.example ", "Content-Disposition: inline; "):
        parts = reading.read(f"Subject: A bridge\n{name}{'(a ' * 3000}{TEXT}".encode(), "message/rfc822", Metadata())
        assert "opened the bridge" in parts.paragraphs[0], name


@pytest.mark.parametrize("again", ["1年", "1.", "May ", "Monday, ", "1 May 20"])
def test_long_dates(again: str) -> None:
    small, large = (Metadata(published=again * times) for times in (2000, 2000 * TIMES))
    assert_in_proportion(lambda said: reading.read(TEXT.encode(), "text/plain", said), small, large)


@pytest.mark.parametrize("again", ["<h1>a", "<div><span>"])
def test_elements_in_elements(again: str) -> None:
    def page(times: int) -> bytes:
        return f"<html><body><h1>Council</h1><p>{TEXT}</p>{again * times}".encode()

    assert_in_proportion(lambda data: reading.read(data, "text/html", Metadata()), page(250), page(250 * TIMES))


def test_text_within_very_many_elements_stays() -> None:
    for tag in ("font", "div", "h3"):
        data = f"<html><body><h1>Council</h1>{f'<{tag}>' * 1000}<p>{TEXT}</p>".encode()
        assert "opened the bridge" in reading.read(data, "text/html", Metadata()).paragraphs[0], tag
