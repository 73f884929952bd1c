"""The archive: whole at any time, readable without a server and without a script."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from lxml import html

from pipeline.config import Config
from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Edition, Receipt
from pipeline.publish.archive import archive as module
from pipeline.publish.archive.archive import Archive
from pipeline.publish.archive.shelf import pages, read_shelved
from pipeline.publish.edition import read_edition
from pipeline.publish.journal import FILE, SqliteJournal
from tests.issue.samples import ARABIC, ENGLISH, KOREAN, article
from tests.issue.test_hostile import PAYLOADS
from tests.publish.desk import ISSUE, Clock, edited, edition, settings

BASE = "https://example.org/brief"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</script><script>alert(1)</script>\u2028\"'<img src=x onerror=alert(1)>"


class Desk:
    def __init__(self, folder: Path, journal: SqliteJournal | None = None) -> None:
        self.folder = folder
        self.site = folder / "site"
        self.journal = journal or SqliteJournal(folder / FILE)

    def target(self, **more: Any) -> Archive:
        config: Config = settings(archive={"folder": str(self.site), "base_url": BASE} | more)
        return Archive(config, Clock().means())

    def publish(self, issue: Edition, **more: Any) -> Receipt:
        return self.target(**more).publish(issue, self.journal)

    def issue(self, issue_id: str = ISSUE, title: str = "World Brief", articles: tuple[Any, ...] = ()) -> Edition:
        return edition(self.folder / "out", *articles, issue_id=issue_id, title=title)

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.site)): path.read_bytes()
            for path in sorted(self.site.rglob("*"))
            if path.is_file() and path.name != ".archive.lock"
        }


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.journal.close()


def found(path: Path, expression: str) -> Any:
    """What an XPath expression finds in a page."""
    return html.fromstring(path.read_bytes()).xpath(expression)


def broken_links(site: Path) -> list[str]:
    """What the index names and is not there."""
    index = site / "index.html"
    if not index.exists():
        return []
    named = [link for link in found(index, "//@href | //@src") if not link.startswith("#")]
    named += [f"search-{year}.js" for years in found(index, "//@data-years") for year in years.split()]
    return [name for name in named if not (site / unquote(urlsplit(name).path)).is_file()]


def test_three_issues(desk: Desk) -> None:
    for issue_id in ("2026-02-04", "2025-12-31", "2026-02-05"):
        receipt = desk.publish(desk.issue(issue_id))
        assert receipt.new
        assert receipt.url == f"{BASE}/{issue_id}/index.html"
    page = desk.site / "index.html"
    assert found(page, "//section//a/@href") == [
        "2026-02-05/index.html", "2026-02-04/index.html", "2025-12-31/index.html",
    ]  # fmt: skip
    assert found(page, "//section/h2/text()") == ["2026", "2025"]
    assert found(page, "string(//header//a)") == "The latest issue, 5 February 2026"
    assert broken_links(desk.site) == []
    assert (desk.site / "2025-12-31/index.html").read_bytes() == desk.issue("2025-12-31").files["digest.html"]
    assert (desk.site / "digest.html").read_bytes() == desk.issue("2026-02-05").files["digest.html"]


def test_the_mail_with_its_recipients_is_not_published(desk: Desk) -> None:
    desk.publish(desk.issue())
    assert "digest.eml" in desk.issue().files
    assert not [name for name in desk.files() if name.endswith(".eml")]


def test_the_second_time_nothing_is_written(desk: Desk) -> None:
    desk.publish(desk.issue())
    before = {path: path.stat().st_mtime_ns for path in desk.site.rglob("*")}
    assert not desk.publish(desk.issue()).new
    assert {path: path.stat().st_mtime_ns for path in desk.site.rglob("*")} == before


def test_the_same_issues_give_the_same_bytes_in_any_order(desk: Desk, tmp_path: Path) -> None:
    for issue_id in ("2026-02-04", "2026-02-05"):
        desk.publish(desk.issue(issue_id))
    other = Desk(tmp_path / "other")
    for issue_id in ("2026-02-05", "2026-02-04"):
        other.publish(other.issue(issue_id))
    other.journal.close()
    assert other.files() == desk.files()


def test_an_issue_is_replaced(desk: Desk) -> None:
    desk.publish(desk.issue())
    receipt = desk.publish(desk.issue(articles=(edited(ENGLISH, "Corrected headline"),)))
    assert "is replaced" in receipt.detail
    assert b"Corrected headline" in (desk.site / ISSUE / "index.html").read_bytes()
    assert b"Corrected headline" in (desk.site / "index.html").read_bytes()


def test_a_format_that_the_new_text_lacks_goes(desk: Desk) -> None:
    desk.publish(desk.issue())
    issue = desk.issue()
    files = {name: data for name, data in issue.files.items() if name != "feed.xml"}
    desk.publish(replace(issue, files=files))
    assert not (desk.site / ISSUE / "feed.xml").exists()
    assert not (desk.site / "feed.xml").exists()
    assert (desk.site / "rss.xml").exists()


def test_unpublish(desk: Desk) -> None:
    for issue_id in ("2025-12-31", "2026-02-04"):
        desk.publish(desk.issue(issue_id))
    desk.target().withdraw("2026-02-04")
    assert broken_links(desk.site) == []
    assert not (desk.site / "2026-02-04").exists()
    assert not (desk.site / "search-2026.js").exists()
    assert b"2026" not in (desk.site / "index.html").read_bytes()
    assert (desk.site / "digest.html").read_bytes() == (desk.site / "2025-12-31/index.html").read_bytes()
    with pytest.raises(ConfigError, match="has no issue 2026-02-04"):
        desk.target().withdraw("2026-02-04")
    with pytest.raises(ConfigError, match="issue name"):
        desk.target().withdraw("../out")
    desk.target().withdraw("2025-12-31")
    assert set(desk.files()) == {"index.html", "archive.css", "archive.js"}
    assert "There is no issue yet." in (desk.site / "index.html").read_text(encoding="utf-8")
    assert desk.publish(desk.issue()).new


class Killed(BaseException):
    """What nothing catches."""


@pytest.mark.parametrize("act", ["new", "replaced", "withdrawn"])
def test_whoever_is_killed_leaves_a_site_that_works(
    act: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # The disk is no part of this, and a hundred sites are slow to reach it.
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    before, after = desk.issue("2026-02-04"), desk.issue("2026-02-05")
    corrected = desk.issue("2026-02-04", title="Corrected")

    def work(desk: Desk) -> None:
        if act == "withdrawn":
            if (desk.site / "2026-02-04").exists():
                desk.target().withdraw("2026-02-04")
        else:
            desk.publish(after if act == "new" else corrected)

    desk.publish(before)
    desk.publish(desk.issue("2025-12-31"))

    def start(folder: Path) -> Desk:
        shutil.copytree(desk.site, folder / "site")
        return Desk(folder, desk.journal)

    whole = start(tmp_path / "whole")
    work(whole)
    real = os.replace
    steps = 0
    for fatal in range(100):
        steps = 0

        def step(source: Any, to: Any, fatal: int = fatal) -> None:
            nonlocal steps
            if steps == fatal:
                raise Killed
            steps += 1
            real(source, to)

        made = start(tmp_path / f"killed-{fatal}")
        monkeypatch.setattr(os, "replace", step)
        try:
            work(made)
            died = False
        except Killed:
            died = True
        monkeypatch.setattr(os, "replace", real)
        assert broken_links(made.site) == []
        for path in made.site.glob("*/issue.json"):
            json.loads(path.read_bytes())
        work(made)
        assert made.files() == whole.files()
        if not died:
            break
    assert steps > 3


def test_without_an_address_there_is_no_feed(desk: Desk) -> None:
    receipt = desk.publish(desk.issue(), base_url="")
    assert receipt.url == ""
    assert "issues.xml" not in desk.files()
    assert b"issues.xml" not in (desk.site / "index.html").read_bytes()
    assert broken_links(desk.site) == []


def test_the_feed_of_all_issues(desk: Desk) -> None:
    one = read_shelved(desk.issue(articles=(ENGLISH,)).files["issue.json"])
    issues = [replace(one, id=day, date=day) for day in (f"2026-02-{number:02}" for number in range(22, 0, -1))]
    issues += [replace(one, id=day, date=day) for day in (f"2026-01-{number:02}" for number in range(31, 0, -1))]
    feed = ElementTree.fromstring(pages(issues, BASE)["issues.xml"])
    assert feed.findtext(f"{ATOM}id") == f"{BASE}/"
    assert feed.findtext(f"{ATOM}updated") == "2026-02-22T00:00:00Z"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert entries[0].findtext(f"{ATOM}id") == f"{BASE}/2026-02-22/"
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{BASE}/2026-02-22/index.html"
    assert entries[0].findtext(f"{ATOM}title") == "World Brief, 22 February 2026"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 50


def search_data(site: Path, year: str = "2026") -> list[Any]:
    text = (site / f"search-{year}.js").read_text(encoding="ascii")
    whole = re.fullmatch(r"worldbriefIssues\((.*)\);\n", text)
    assert whole
    data: list[Any] = json.loads(whole[1])
    return data


def test_the_index_of_the_search(desk: Desk) -> None:
    desk.publish(desk.issue())
    ((issue, date, items),) = search_data(desk.site)
    assert (issue, date) == (ISSUE, ISSUE)
    page = desk.site / ISSUE / "index.html"
    for item_id, headline, language, direction, _outlet, _written_in, _text in items:
        assert found(page, f"//article[@id='a-{item_id}']")
        assert headline
        assert language
        assert direction in ("ltr", "rtl")
    assert len(items) == desk.issue().issue.count


def test_a_headline_in_its_own_language_says_so(desk: Desk) -> None:
    listed = article("a.html", language="ar", title="عنوان الخبر", english="The headline", summary=None)
    desk.publish(desk.issue(articles=(listed,)))
    (shown,) = found(desk.site / "index.html", "//p[@class='item']")
    assert (shown.text, shown.get("lang"), shown.get("dir")) == ("عنوان الخبر", "ar", "rtl")


def test_hostile_text_stays_text(desk: Desk) -> None:
    desk.publish(desk.issue(title=HOSTILE, articles=(edited(ENGLISH, HOSTILE), KOREAN, ARABIC)))
    page = desk.site / "index.html"
    assert found(page, "//script/@src") == ["archive.js"]
    assert found(page, "//script[text()] | //img | //@onerror") == []
    script = (desk.site / "search-2026.js").read_text(encoding="ascii")
    assert "<" not in script
    assert "alert(1)" in search_data(desk.site)[0][2][0][1]
    ElementTree.fromstring((desk.site / "issues.xml").read_bytes())


def test_every_hostile_text_stays_text(desk: Desk) -> None:
    articles = [
        article(f"{number}.html", title=payload, publisher=payload, summary=payload)
        for number, payload in enumerate(text.encode(errors="ignore").decode() for text in PAYLOADS)
    ]
    desk.publish(desk.issue(articles=tuple(articles)))
    ((_, _, items),) = search_data(desk.site)
    assert len(items) == len(PAYLOADS)
    shown = found(desk.site / "index.html", "//p[@class='item']")
    assert [element.text_content() for element in shown] == [headline for _, headline, *_ in items][:3]
    tags = {element.tag for element in found(desk.site / "index.html", "//body//*")}
    known = "a body div form h1 h2 header input label li main ol p section span time ul"
    assert tags <= set(known.split())


def test_a_script_takes_nothing_from_elsewhere(desk: Desk) -> None:
    desk.publish(desk.issue())
    script = (desk.site / "archive.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|https?:", script)


def test_files_of_others_are_left_alone(desk: Desk) -> None:
    (desk.site / "notes").mkdir(parents=True)
    (desk.site / "CNAME").write_text("example.org", encoding="utf-8")
    (desk.site / "notes" / "a.txt").write_text("a", encoding="utf-8")
    desk.publish(desk.issue())
    desk.target().withdraw(ISSUE)
    assert (desk.site / "CNAME").exists()
    assert (desk.site / "notes" / "a.txt").exists()


def test_the_page_of_another_site_is_not_overwritten(desk: Desk) -> None:
    desk.site.mkdir()
    (desk.site / "index.html").write_text("<h1>My site</h1>", encoding="utf-8")
    acts: tuple[Callable[[], Receipt], ...] = (
        lambda: desk.publish(desk.issue()),
        lambda: desk.target().withdraw(ISSUE),
    )
    for act in acts:
        with pytest.raises(ConfigError, match="somebody else"):
            act()
    assert list(desk.files()) == ["index.html"]


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b'{"id": "2026-02-04", "sections": [{}]}'])
def test_a_damaged_issue_in_the_archive_is_named(damage: bytes, desk: Desk) -> None:
    desk.publish(desk.issue("2026-02-05"))
    (desk.site / "2026-02-05" / "issue.json").write_bytes(damage)
    with pytest.raises(ConfigError, match=r"2026-02-05/issue\.json: is damaged"):
        desk.publish(desk.issue("2026-02-04"))
    desk.publish(desk.issue("2026-02-05"))


def test_an_issue_of_an_earlier_version_is_still_shown(desk: Desk) -> None:
    desk.publish(desk.issue())
    path = desk.site / ISSUE / "issue.json"
    data = json.loads(path.read_bytes())
    data["schema"] = "worldbrief-issue/0"
    needed = ("id", "headline", "told")
    for section in data["sections"]:
        section["items"] = [{key: item[key] for key in needed} for item in section["items"]]
    path.write_text(json.dumps(data), encoding="utf-8")
    desk.publish(desk.issue("2026-02-05"))
    assert broken_links(desk.site) == []


# A disk that is full when data are written names no file.
@pytest.mark.parametrize(("named", "said"), [("index.html", r"index\.html"), (None, "2026-02-04")])
def test_what_cannot_be_written_is_said(
    named: str | None, said: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device", named)

    monkeypatch.setattr(module, "write_atomically", full)
    with pytest.raises(PublishError, match=rf"{said}: No space left.*every page there is whole"):
        desk.publish(desk.issue())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"folder": ""}, r"publish\.archive\.folder"),
        ({"base_url": "example.org"}, r"publish\.archive\.base_url"),
        ({"base_url": "https://example.org/?a"}, r"publish\.archive\.base_url"),
        ({"base_url": "javascript:alert(1)"}, r"publish\.archive\.base_url"),
        ({"base_url": 'https://example.org/"><script>'}, r"publish\.archive\.base_url"),
    ],
)
def test_wrong_settings(more: dict[str, Any], said: str, desk: Desk) -> None:
    with pytest.raises(ConfigError, match=said):
        desk.target(**more).preview(desk.issue(), desk.journal)
    assert not desk.site.exists()


def test_the_folder_of_the_results_is_not_the_archive(desk: Desk) -> None:
    issue = desk.issue()
    with pytest.raises(ConfigError, match="the archive needs its own"):
        desk.publish(issue, folder=str(issue.folder))


def test_without_a_page_there_is_nothing_to_show(desk: Desk) -> None:
    (desk.issue().folder / "digest.html").unlink()
    with pytest.raises(ConfigError, match=r"digest\.html: is not there"):
        desk.publish(read_edition(desk.folder / "out"))


def test_preview(desk: Desk) -> None:
    def said() -> str:
        (line,) = desk.target().preview(desk.issue(), desk.journal)
        return line

    assert "is new" in said()
    assert not desk.site.exists()
    desk.publish(desk.issue())
    assert "is there as it is" in said()
    (desk.site / ISSUE / "index.html").write_text("x", encoding="utf-8")
    assert "replaces" in said()
