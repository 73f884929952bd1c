"""An editor's session: an issue of 20 articles, 6 of them withheld, is read, put right, built again and approved.

`pytest -m browser tests/browser/test_review_session.py -s` says how many actions it took, and how long the machine.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pipeline.config import Config, Run
from pipeline.publish import approval
from pipeline.publish.edition import read_edition
from pipeline.review.server import Actions, Desk, Server
from pipeline.run import job
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator
from tests.issue.test_run import SWAHILI, write

ISSUE = "2026-02-04"
TOWNS = (
    "부산",
    "대구",
    "인천",
    "광주",
    "대전",
    "울산",
    "수원",
    "창원",
    "성남",
    "고양",
    "용인",
    "포항",
    "제주",
    "강릉",
    "전주",
    "여수",
    "목포",
)
ROMANISED = (
    "Busan", "Daegu", "Incheon", "Gwangju", "Daejeon", "Ulsan", "Suwon", "Changwon", "Seongnam", "Goyang", "Yongin",
    "Pohang", "Jeju", "Gangneung", "Jeonju", "Yeosu", "Mokpo",
)  # fmt: skip
DOUBTED = 3
"""Of the Korean articles, those whose English has numbers that nobody wrote."""


def korean(place: int) -> dict[str, str]:
    """An article and what the translator makes of it: headline, then sentences."""
    town, name = TOWNS[place], ROMANISED[place]
    added = " 7,000" if place < DOUBTED else ""
    return {
        f"{town} 시, 새 도서관을 열다": f"{name} opens{added} new library",
        f"{town} 시는 월요일에 새 도서관을 열었다고 밝혔다.": f"The city of {name} said on Monday that it had opened"
        f" a new library{added and ' with 7,000 rooms'}.",
        f"{town} 시민들은 밤까지 책을 읽을 수 있다.": f"Citizens of {name} can read{added} books until night.",
        f"{town} 시장은 더 많은 도서관을 약속했다.": f"The mayor of {name} promised{added} more libraries.",
    }


def swahili(place: int) -> dict[str, str]:
    """Nobody has measured the model in this language, so each is withheld."""
    return {
        source.replace(".", f" {place}."): english.replace(".", f" {place}.") for source, english in SWAHILI.items()
    }


@dataclass
class Editor:
    """Reads and decides by keyboard and mouse; each key, click and typed text is an action."""

    page: Page
    actions: int = 0
    typed: int = 0
    began: float = field(default_factory=time.monotonic)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.actions += 1

    def click(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.actions += 1

    def type(self, text: str) -> None:
        """In place of all that is in the field."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.actions += 1
        self.typed += len(text)

    def saved(self) -> None:
        self.page.get_by_text("Saved.").wait_for()

    @property
    def article(self) -> str:
        found: str = self.page.evaluate("document.activeElement.closest('.card').id").removeprefix("a-")
        return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, Path]]:
    """The issue as a run makes it, and the page of it served."""
    monkeypatch.chdir(tmp_path)
    news = tmp_path / "news"
    news.mkdir()
    answers: dict[str, tuple[str]] = {}
    for place in range(len(TOWNS)):
        write(news, f"ko{place:02}.txt", "ko", korean(place), f"date: 2026-02-03T{place:02}:00:00Z")
        answers |= {source: (english,) for source, english in korean(place).items()}
    for place in range(3):
        write(news, f"sw{place}.txt", "sw", swahili(place), f"date: 2026-02-02T{place:02}:00:00Z")
        answers |= {source: (english,) for source, english in swahili(place).items()}
    config = Config(run=Run(out="out", cache="cache", models="models", overlay="overlay.toml"))
    task = job.Job(config=config, issue=ISSUE, started="now", paths=("news",))

    def run() -> str:
        translator = ScriptedTranslator(answers)
        models = ScriptedModels(config, dict.fromkeys(("ko", "sw"), translator), unmeasured=("sw",))
        report = job.run(task, models, NoProgress()).report
        return f"Built again: {report.told} told, {report.listed} withheld."

    def build(say: Callable[[str], None]) -> str:
        return run()

    def approve() -> str:
        edition = read_edition(tmp_path / "out")
        approval.approve(edition, now=0)
        return "Approved."

    run()
    server = Server(Desk(tmp_path / "out", tmp_path / "overlay.toml", Actions(build=build, approve=approve)))
    server.start()
    yield server, tmp_path
    server.close()


def items(folder: Path) -> list[dict[str, Any]]:
    issue = json.loads((folder / "out" / "issue.json").read_text(encoding="utf-8"))
    return [item for section in issue["sections"] for item in section["items"]]


def test_an_issue_is_reviewed_and_approved(
    desk: tuple[Server, Path], browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    server, folder = desk
    before = items(folder)
    assert (len(before), sum(not item["told"] for item in before)) == (20, 6)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(server.url)
    editor = Editor(page)

    # The told ones: read in turn, one dropped, one pinned, one with another headline.
    editor.click("Told 14")
    for number in range(14):
        editor.press("j")
        if number == 2:
            editor.press("d")
            dropped = editor.article
        elif number == 5:
            editor.press("p")
            pinned = editor.article
        elif number == 8:
            headed = editor.article
            editor.press("e")
            editor.type("A town reads at night")
            editor.press("Enter")
    # The withheld ones: the lines are confirmed, or corrected where a check found something, and they are told.
    editor.click("Withheld 6")
    for _ in range(6):
        editor.press("j")
        card = page.locator(f"#a-{editor.article}")
        article = editor.article
        doubted = card.locator(".doubts").count()
        if doubted:
            name = card.locator("h3").inner_text().split()[0]
            page.locator(f"#a-{article} .row").nth(0).click()
            editor.actions += 1
            editor.press("e")
            editor.type(f"{name} opens a library")
            editor.press("Enter")
            page.locator(f"#a-{article} .row").nth(1).click()
            editor.actions += 1
            editor.press("e")
            editor.type(f"{name} said on Monday that it had opened a new library.")
            editor.press("Enter")
        editor.press("t")
    editor.saved()
    page.get_by_text("Decisions are saved in overlay.toml").wait_for()
    editor.click("Build again")
    page.get_by_text("Built again: 19 told, 0 withheld.").wait_for()
    editor.click("Approve")
    page.get_by_text("Approved.").wait_for()
    seconds = time.monotonic() - editor.began
    page.close()

    after = {item["id"]: item for item in items(folder)}
    assert len(after) == 19
    assert all(item["told"] for item in after.values())
    assert dropped not in after
    assert next(iter(after)) == pinned
    assert after[headed]["headline"] == "A town reads at night"
    assert sum(item["saved"] for item in after.values()) >= 3
    approval.check_approved(read_edition(folder / "out"))
    with capsys.disabled():
        print(  # noqa: T201
            f"\n20 articles, 6 withheld: {editor.actions} actions, {editor.typed} characters typed,"
            f" {seconds:.1f} s of the machine's"
        )
