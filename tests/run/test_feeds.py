"""A morning: a list of feeds in many languages from a real server, through the whole pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, Fetch, IssueSection, Run, Translate
from pipeline.errors import ConfigError
from pipeline.run import job
from pipeline.run.installed import Models
from tests.fakes import NoProgress
from tests.fetch.web import Web, serving

TEXTS = {
    "ko": "강변시가 월요일 아침 새 다리를 열었다. 공사는 3년이 걸렸고 시장은 주민들에게 감사한다고 말했다. ",
    "ru": "Городские власти открыли новый мост в понедельник утром. Строительство продолжалось три года. ",
    "ar": "افتتحت البلدية الجسر الجديد صباح يوم الاثنين. استغرقت أعمال البناء ثلاث سنوات كاملة. ",
    "vi": "Thành phố đã khánh thành cây cầu mới vào sáng thứ Hai. Công trình kéo dài ba năm. ",
    "el": "Ο δήμος άνοιξε τη νέα γέφυρα το πρωί της Δευτέρας. Τα έργα κράτησαν τρία χρόνια. ",
}


def feed(language: str, text: str, *numbers: int) -> bytes:
    items = "".join(
        f"<item><title>{text.split('.')[0]} {number}</title><link>https://{language}.example/{number}</link>"
        f"<guid>{language}-{number}</guid><pubDate>Mon, 23 Nov 2026 0{number}:00:00 GMT</pubDate>"
        f"<description>{text * 6} {number}</description></item>"
        for number in numbers
    )
    return f"<rss version='2.0'><channel><language>{language}</language>{items}</channel></rss>".encode()


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


def run(
    folder: Path,
    web: Web,
    issue: str,
    *,
    logins: dict[str, str] | None = None,
    progress: NoProgress = NoProgress(),  # noqa: B008
    paths: tuple[str, ...] = (),
    **options: Any,
) -> tuple[job.Result, dict[str, bytes]]:
    config = Config(
        translate=Translate(model="fake"),
        issue=IssueSection(drafts="tell"),
        fetch=Fetch(allow=(web.host,), full_text="feed", host_pause=0, max_age_days=36500, logins=logins or {}),
        run=Run(out=str(folder / issue), cache=str(folder / "cache"), models=str(folder / "models")),
    )
    given = paths or (str(folder / "feeds.opml"),)
    task = job.Job(config=config, issue=issue, started="now", paths=given, **options)
    result = job.run(task, Models(config, None), progress)
    written = {path.name: path.read_bytes() for path in (folder / issue).glob("*") if path.name != "report.json"}
    return result, written


def test_two_mornings(tmp_path: Path, web: Web) -> None:
    outlines = "".join(f"<outline text='Paper {code}' xmlUrl='{web.url}/{code}'/>" for code in TEXTS)
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    for code, text in TEXTS.items():
        web.answers[f"/{code}"] = (200, {"ETag": f'"{code}"'}, feed(code, text, 1, 2))
    monday, files = run(tmp_path, web, "2026-11-23")
    assert monday.report.failures == []
    assert monday.items == 2 * len(TEXTS)
    records = [json.loads(line) for line in files["articles.jsonl"].splitlines()]
    assert {record["language"]["code"] for record in records} == set(TEXTS)
    assert {record["publisher"] for record in records} == {f"Paper {code}" for code in TEXTS}
    assert all(record["published"].startswith("2026-11-23T0") for record in records)

    # The same issue again, with the server gone quiet: the same bytes.
    for code in TEXTS:
        web.answers[f"/{code}"] = (304, {}, b"")
    assert run(tmp_path, web, "2026-11-23")[1] == files

    # The next morning one feed has an item more, one is broken: only the new one is told.
    web.answers["/ko"] = (200, {}, feed("ko", TEXTS["ko"], 2, 3))
    web.answers["/ru"] = (500, {}, b"")
    tuesday, _ = run(tmp_path, web, "2026-11-24")
    assert tuesday.items == 1
    [failure] = tuesday.report.failures
    assert (failure.source, failure.kind) == (f"{web.url}/ru", "fetch-later")


def test_made_again_from_what_was_fetched_without_a_network(tmp_path: Path, web: Web) -> None:
    (tmp_path / "feeds.opml").write_text(f"<opml><body><outline xmlUrl='{web.url}/again'/></body></opml>")
    web.answers["/again"] = (200, {}, feed("ko", TEXTS["ko"], 1, 2))
    first, files = run(tmp_path, web, "2026-11-25")
    web.answers["/again"] = (500, {}, b"")
    web.asked.clear()
    again, made = run(tmp_path, web, "2026-11-25", again=True)
    assert (made, again.report.failures, web.asked) == (files, [], [])
    assert first.items == again.items == 2


def test_a_login_reaches_the_feed_and_nothing_that_is_written(tmp_path: Path, web: Web) -> None:
    with_name = web.url.replace("http://", "http://desk:s3cret@")
    (tmp_path / "feeds.opml").write_text(f"<opml><body><outline xmlUrl='{with_name}/paid'/></body></opml>")
    web.answers["/paid"] = (401, {}, b"")
    result, _ = run(tmp_path, web, "2026-11-26")
    assert "name one in fetch.logins" in result.report.failures[0].message
    web.answers["/paid"] = (200, {}, feed("ko", TEXTS["ko"], 1))
    web.asked.clear()
    result, _ = run(tmp_path, web, "2026-11-26", logins={web.host: "PAID"}, environment={"PAID": "desk:s3cret"})
    assert result.items == 1
    assert web.asked[0][1]["authorization"] == "Basic ZGVzazpzM2NyZXQ="
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix != ".opml":
            data = path.read_bytes()
            assert b"s3cret" not in data, path
            assert b"ZGVzazpzM2NyZXQ" not in data, path


def test_an_address_with_a_password_is_refused_without_showing_it(tmp_path: Path, web: Web) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.logins") as raised:
        run(tmp_path, web, "2026-11-26", paths=(f"{web.url.replace('//', '//desk:s3cret@')}/feed",))
    assert "s3cret" not in str(raised.value)


def test_how_many_feeds_have_been_asked_is_told(tmp_path: Path, web: Web) -> None:
    class Told(NoProgress):
        def __init__(self) -> None:
            self.asked_so_far: list[tuple[int, int]] = []

        def asked(self, feeds: int, total: int) -> None:
            self.asked_so_far.append((feeds, total))

    outlines = "".join(f"<outline xmlUrl='{web.url}/told/{number}'/>" for number in range(3))
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    told = Told()
    run(tmp_path, web, "2026-11-27", progress=told)
    assert told.asked_so_far == [(0, 3), (1, 3), (2, 3), (3, 3)]
