"""A morning: a list of feeds in many languages from a real server, through the whole pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, Fetch, IssueSection, Run, Translate
from pipeline.errors import ConfigError
from pipeline.forecast.preview import preview
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


def morning(
    folder: Path,
    web: Web,
    issue: str,
    model: str = "fake",
    *,
    logins: dict[str, str] | None = None,
    paths: tuple[str, ...] = (),
    **options: Any,
) -> job.Job:
    config = Config(
        translate=Translate(model=model),
        issue=IssueSection(drafts="tell"),
        fetch=Fetch(allow=(web.host,), full_text="feed", host_pause=0, max_age_days=36500, logins=logins or {}),
        run=Run(out=str(folder / issue), cache=str(folder / "cache"), models=str(folder / "models")),
    )
    given = paths or (str(folder / "feeds.opml"),)
    return job.Job(config=config, issue=issue, started="now", paths=given, **options)


def run(
    folder: Path,
    web: Web,
    issue: str,
    model: str = "fake",
    progress: NoProgress = NoProgress(),  # noqa: B008
    **options: Any,
) -> tuple[job.Result, dict[str, bytes]]:
    task = morning(folder, web, issue, model, **options)
    result = job.run(task, Models(task.config, None), progress)
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
    # It is said every morning: the feed is asked every morning.
    wednesday, _ = run(tmp_path, web, "2026-11-25")
    assert [failure.kind for failure in wednesday.report.failures] == ["fetch-later"]


def test_what_failed_is_tried_again_although_its_feed_has_it_no_more(tmp_path: Path, web: Web) -> None:
    (tmp_path / "feeds.opml").write_text(f"<opml><body><outline text='Paper' xmlUrl='{web.url}/late'/></body></opml>")
    web.answers["/late"] = (200, {}, feed("ko", TEXTS["ko"], 1, 2))
    for issue in ("2026-11-23", "2026-11-24"):  # a second day without a model
        failed, _ = run(tmp_path, web, issue, model="auto")
        assert failed.report.failure_counts == {"translate/no-model": 2}
        web.answers["/late"] = (304, {}, b"")
    task = morning(tmp_path, web, "2026-11-25")
    planned = preview(task, Models(task.config, None))
    assert (planned.articles, planned.total("translate").to_make) == (2, 2)
    again, files = run(tmp_path, web, "2026-11-25")
    assert (again.report.failures, again.items) == ([], 2)
    assert run(tmp_path, web, "2026-11-25")[1] == files
    # An issue that is made anew has nothing of a later one, and the next one has nothing twice.
    assert run(tmp_path, web, "2026-11-23")[0].report.articles == 2
    assert run(tmp_path, web, "2026-11-26")[0].report.articles == 0


class Killed(NoProgress):
    """Ends the run with the first articles."""

    def advance(self, stage: str, articles: int) -> None:
        raise KeyboardInterrupt


def test_what_came_for_an_issue_that_was_never_made_is_in_the_next(tmp_path: Path, web: Web) -> None:
    (tmp_path / "feeds.opml").write_text(f"<opml><body><outline text='Paper' xmlUrl='{web.url}/once'/></body></opml>")
    web.answers["/once"] = (200, {}, feed("ko", TEXTS["ko"], 1, 2))
    monday = morning(tmp_path, web, "2026-11-23")
    with pytest.raises(KeyboardInterrupt):
        job.run(monday, Models(monday.config, None), Killed())
    web.answers["/once"] = (304, {}, b"")
    assert run(tmp_path, web, "2026-11-24")[0].items == 2
    assert run(tmp_path, web, "2026-11-25")[0].report.articles == 0


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
