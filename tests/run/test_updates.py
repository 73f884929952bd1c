"""Articles whose text changes from one issue to the next: what is news of it, and how readers see what is new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, IssueSection, Run, Translate
from pipeline.config.digest import DigestSection
from pipeline.run import job
from pipeline.run.installed import Models
from tests.fakes import NoProgress

OLD = (
    "The mayor of Riverton opened a new bridge over the Lam on Monday after three years of work.",
    "It cost 3.5 million euros, of which the region paid half, according to the town hall.",
    "Residents of the northern bank had asked for lights along the approach for many years.",
    "The old ferry stopped running in spring because of the low water in the river.",
)
FOURTH = "Two people were hurt on Tuesday when a lamp post fell onto the new bridge."
KO = (
    "한들시가 다음 달 1일부터 시내버스 노선 12개를 전면 개편한다고 월요일 밝혔다.",
    "주민들은 버스가 더 자주 다니게 됐다며 환영했다.",
)
KO_NEW = "시는 요금을 1500원으로 올리기로 화요일 결정했다."


class Desk:
    """Runs issues over one folder of articles."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "in").mkdir()
        self.config = Config(
            translate=Translate(model="fake"),
            issue=IssueSection(drafts="tell", thin_below=0),
            run=Run(out=str(folder / "out"), cache=str(folder / "cache"), models=str(folder / "models")),
        )

    def write(self, title: str, paragraphs: Sequence[str], name: str = "a") -> None:
        text = {"title": title, "text": "\n\n".join(paragraphs), "url": f"https://e.example/{name}"}
        (self.folder / "in" / f"{name}.json").write_text(json.dumps(text), encoding="utf-8")

    def run(self, issue: str, **options: Any) -> job.Result:
        task = job.Job(config=self.config, issue=issue, started="now", paths=(str(self.folder / "in"),), **options)
        return job.run(task, Models(self.config, None), NoProgress())

    def item(self, digest: str = "") -> dict[str, Any]:
        issue = json.loads((self.folder / "out" / digest / "issue.json").read_bytes())
        [item] = [item for section in issue["sections"] for item in section["items"]]
        assert isinstance(item, dict)
        return item

    def text(self, name: str) -> str:
        return (self.folder / "out" / name).read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_is_new_comes_first_in_every_format(desk: Desk) -> None:
    desk.write("New bridge in Riverton", OLD)
    desk.run("2026-11-23")
    assert "news" not in desk.item()
    desk.write("New bridge in Riverton", (*OLD, FOURTH))
    result = desk.run("2026-11-24")
    assert result.report.updates == 1
    item = desk.item()
    assert (item["news"], item["new_sentences"], item["new_headline"]) == (FOURTH, 1, False)
    # Of what was told before there is one sentence, so that a reader knows what it is about.
    assert item["summary"] in OLD
    assert item["one_line"] == FOURTH
    said = f"What is new: {FOURTH}"
    for name in ("digest.html", "digest.md", "feed.xml", "feed.json", "rss.xml"):
        text = desk.text(name)
        assert text.index(said) < text.index(item["summary"]), name
    assert said in " ".join(desk.text("digest.txt").split())
    mail = message_from_bytes((desk.folder / "out" / "digest.eml").read_bytes(), policy=policy.default)
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None
        assert said in " ".join(part.get_content().split())
    assert f"{FOURTH} {item['summary']}" in desk.text("digest.csv")
    record = json.loads(desk.text("articles.jsonl"))
    assert record["update"]
    assert [quote["text"] for quote in record["summary"]["news"]] == [FOURTH]


@pytest.mark.parametrize(
    ("old", "new"),
    [("bridge over", "bridge, over"), ("euros", "Euros"), ("according", "acording"), (OLD[2], "")],
    ids=["a comma", "a capital", "a slip", "less"],
)
def test_a_text_without_anything_new_is_in_no_later_issue(desk: Desk, old: str, new: str) -> None:
    desk.write("New bridge in Riverton", OLD)
    desk.run("2026-11-23")
    desk.write("New bridge in Riverton", [paragraph.replace(old, new) for paragraph in OLD])
    for issue in ("2026-11-24", "2026-11-25"):
        result = desk.run(issue)
        assert (result.report.known, result.report.updates, result.files) == (1, 0, [])
    # What is asked for all the same is there.
    assert desk.run("2026-11-26", keep_known=True).items == 1


def test_a_corrected_number_is_news(desk: Desk) -> None:
    desk.write("New bridge in Riverton", OLD)
    desk.run("2026-11-23")
    desk.write("New bridge in Riverton", [paragraph.replace("3.5", "4.5") for paragraph in OLD])
    desk.run("2026-11-24")
    assert desk.item()["news"] == OLD[1].replace("3.5", "4.5")


def test_only_the_headline(desk: Desk) -> None:
    desk.write("New bridge in Riverton", OLD)
    desk.run("2026-11-23")
    desk.write("New bridge in Riverton: 2 hurt", OLD)
    desk.run("2026-11-24")
    assert (desk.item()["news"], desk.item()["new_headline"]) == ("", True)
    assert "What is new is in the headline." in desk.text("digest.txt")


def test_an_update_is_new_to_each_digest_that_has_not_told_it(desk: Desk) -> None:
    desk.config = desk.config.model_copy(update={"digest": (DigestSection(name="am"), DigestSection(name="pm"))})
    desk.write("New bridge in Riverton", OLD)
    desk.run("2026-11-23")
    desk.write("New bridge in Riverton", (*OLD, FOURTH))
    for digest in ("am", "pm", "am"):  # the last again
        assert desk.run("2026-11-24", digests=(digest,)).items == 1
        assert desk.item(digest)["news"] == FOURTH
    assert desk.run("2026-11-25").report.known == 1


def test_an_issue_made_again_says_the_same(desk: Desk) -> None:
    desk.write("New bridge in Riverton", OLD)
    desk.run("2026-11-23")
    desk.write("New bridge in Riverton", (*OLD, FOURTH))
    desk.run("2026-11-24")
    first = desk.text("issue.json")
    desk.write(
        "New bridge in Riverton", (*OLD, FOURTH, "The bridge was closed on Wednesday evening for an inspection.")
    )
    desk.run("2026-11-25")
    assert desk.item()["news"].startswith("The bridge was closed")
    # What later issues told does not count.
    desk.write("New bridge in Riverton", (*OLD, FOURTH))
    desk.run("2026-11-24")
    assert desk.text("issue.json") == first


def test_a_translation_is_quoted_by_its_source(desk: Desk) -> None:
    desk.write("버스 노선 개편", KO)
    desk.run("2026-11-23")
    desk.write("버스 노선 개편", (KO[0], KO_NEW, KO[1]))
    desk.run("2026-11-24")
    item = desk.item()
    assert item["new_sentences"] == 1
    assert (item["sources"][0]["original"], item["sources"][0]["english"]) == (KO_NEW, item["news"])
