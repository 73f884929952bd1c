"""What an editor decided, through the whole pipeline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, IssueSection, Run
from pipeline.errors import ConfigError
from pipeline.overlay import file
from pipeline.run import job, lines
from pipeline.run.again import LastRun, last_run
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

TODAY = "2026-11-23"
ONE = (
    "새로운 교육 계획",
    "정부는 월요일에 새로운 교육 계획을 발표했다. 교육부 장관은 이 계획이 모든 학생에게 도움이 될 것이라고 말했다.",
    "새 학교는 다음 달에 문을 열고, 선생님들은 여름부터 일을 시작할 예정이다. 비용은 정부가 부담한다.",
)
TWO = (
    "항구 확장",
    "부산 항구가 내년에 두 배로 커진다고 시장이 화요일에 발표했다. 시민들은 이 계획을 오래 기다려 왔다.",
    "공사는 봄에 시작되고 삼 년 동안 계속될 예정이다. 많은 회사가 이미 관심을 보이고 있다.",
)


class Desk:
    """A folder with articles, results and an overlay."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.news = folder / "news"
        self.news.mkdir()
        self.overlay = folder / "overlay.toml"
        self.out = folder / "out"
        self.translator = ScriptedTranslator()

    def write(self, name: str, text: tuple[str, ...]) -> None:
        (self.news / name).write_text("\n\n".join(text) + "\n", encoding="utf-8")

    def run(self, issue: str = TODAY, *, keep_known: bool = False, **settings: Any) -> job.Result:
        config = Config(
            issue=IssueSection(**settings),
            run=Run(out=str(self.out), cache=str(self.folder / "cache"), overlay=str(self.overlay)),
        )
        models = ScriptedModels(config, {"ko": self.translator})
        task = job.Job(config=config, issue=issue, started="now", paths=(str(self.news),), keep_known=keep_known)
        return job.run(task, models, NoProgress())

    @property
    def issue(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "issue.json").read_bytes())
        return found

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item for section in self.issue["sections"] for item in section["items"]]

    @property
    def articles(self) -> list[dict[str, Any]]:
        lines = (self.out / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        return sorted((json.loads(line) for line in lines), key=lambda article: str(article["source"]))

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "report.json").read_bytes())
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.write("one.txt", ONE)
    made.write("two.txt", TWO)
    return made


def test_a_decision_is_in_the_next_run_and_nothing_is_done_again(desk: Desk) -> None:
    desk.run()
    one, two = (article["id"] for article in desk.articles)
    file.edit_article(desk.overlay, TODAY, two, {"headline": "Port to double", "pin": True, "note": "By the sea."})
    file.edit_issue(desk.overlay, TODAY, {"note": "Good morning."})
    found = desk.run()
    assert [stage.computed for stage in found.report.stages] == [0] * len(found.report.stages)
    assert [item["id"] for item in desk.items] == [two, one]
    assert (desk.items[0]["headline"], desk.items[0]["edited"]) == ("Port to double", ["headline"])
    assert (desk.items[0]["note"], desk.issue["note"]) == ("By the sea.", "Good morning.")
    assert desk.report["overlay"] == []


def test_decisions_of_another_issue_are_quiet(desk: Desk) -> None:
    file.edit_article(desk.overlay, "2026-11-22", "f" * 16, {"drop": True})
    file.edit_issue(desk.overlay, "2026-11-22", {"note": "Yesterday."})
    desk.run()
    assert (desk.report["overlay"], desk.issue["note"]) == ([], "")


def test_what_fits_nothing_is_in_the_report(desk: Desk) -> None:
    file.edit_article(desk.overlay, TODAY, "f" * 16, {"drop": True})
    desk.run()
    assert desk.report["overlay"] == [f"{'f' * 16}: no article of this issue has this id; nothing is done for it"]


def test_dropped_articles_are_counted_apart(desk: Desk) -> None:
    desk.run()
    one, two = (article["id"] for article in desk.articles)
    file.edit_article(desk.overlay, TODAY, one, {"drop": True})
    found = desk.run()
    assert (found.report.dropped_by_editor, found.report.dropped, found.items) == (1, 0, 1)
    digest = (desk.out / "digest.txt").read_bytes()
    file.edit_article(desk.overlay, TODAY, two, {"drop": True})
    found = desk.run()
    assert (found.report.dropped_by_editor, found.report.dropped, found.items) == (2, 0, 0)
    assert desk.report["overlay"] == ["no article is left: the digest of the run before was not replaced"]
    assert (desk.out / "digest.txt").read_bytes() == digest


def test_a_broken_overlay_is_told_before_anything_runs(desk: Desk) -> None:
    desk.overlay.write_text("[[name]\n")
    with pytest.raises(ConfigError, match="line 1"):
        desk.run()
    assert desk.translator.calls == []
    assert not desk.out.exists()


class TestTomorrow:
    """A correction made today changes what is translated tomorrow."""

    TOMORROW = "2026-11-24"
    SENTENCE = "새 학교는 다음 달에 문을 열고, 선생님들은 여름부터 일을 시작할 예정이다."
    NAMED = (
        "장관의 방문",
        "해람시 시장 박초롱은 수요일에 새 공원을 열었다. 많은 시민이 행사에 참석해 음악을 들었다.",
        "공원에는 나무 천 그루가 있으며 누구나 무료로 들어갈 수 있다. 문은 아침 여섯 시에 열린다.",
    )

    def computed(self, found: job.Result) -> dict[str, int]:
        return {stage.stage: stage.computed for stage in found.report.stages}

    def sentences(self, desk: Desk, number: int) -> dict[str, dict[str, Any]]:
        translation = desk.articles[number]["translation"]
        return {
            sentence["source"]: {**sentence, "confidence": sure}
            for sentence, sure in zip(translation["sentences"], translation["confidence"], strict=True)
        }

    def test_the_same_sentence_in_another_article(self, desk: Desk) -> None:
        desk.run()
        file.put_sentence(desk.overlay, "ko", self.SENTENCE, "New schools open next month.")
        # Of the articles of today the one that has it is translated again, and the other is not.
        asked = len(desk.translator.calls)
        today = desk.run()
        assert self.computed(today)["translate"] == 1
        assert len(desk.translator.calls) == asked
        assert desk.articles[0]["summary"]["text"].find("New schools open next month.") >= 0
        desk.write("three.txt", ("내일의 기사", f"{self.SENTENCE} {TWO[2]}", *ONE[1:2]))
        desk.run(self.TOMORROW)
        (article,) = desk.articles
        assert article["source"].endswith("three.txt")
        found = self.sentences(desk, 0)[self.SENTENCE]
        assert (found["text"], found["corrected"], found["confidence"]) == ("New schools open next month.", True, 1.0)
        assert "New schools open next month." in article["summary"]["text"]
        assert not any(self.SENTENCE in texts for texts in desk.translator.texts[asked:])
        (item,) = desk.items
        assert item["corrected"] == 1

    def test_a_headline(self, desk: Desk) -> None:
        desk.run()
        file.put_sentence(desk.overlay, "ko", TWO[0], "The port grows")
        desk.run()
        assert [item["headline"] for item in desk.items if item["original_headline"] == TWO[0]] == ["The port grows"]

    def test_a_name_in_another_article(self, desk: Desk) -> None:
        desk.write("three.txt", self.NAMED)
        desk.run()
        before = len(desk.translator.calls)
        file.put_name(desk.overlay, "ko", "박초롱", "Pak Chorong")
        today = desk.run()
        assert self.computed(today)["translate"] == 1
        told = {term for segments, _ in desk.translator.calls[before:] for one in segments for term in one.terms}
        assert told == {("박초롱", "Pak Chorong")}
        before = len(desk.translator.calls)
        desk.write("four.txt", ("다른 도시", "박초롱은 목요일에 부산을 방문했다. 시민들이 반갑게 맞았다.", TWO[1]))
        desk.write("five.txt", ("다른 나라", *ONE[2:], TWO[2]))
        tomorrow = desk.run(self.TOMORROW)
        assert self.computed(tomorrow)["translate"] == 2
        with_name = [one for segments, _ in desk.translator.calls[before:] for one in segments if one.terms]
        assert {one.text for one in with_name if ("박초롱", "Pak Chorong") in one.terms} == {
            "박초롱은 목요일에 부산을 방문했다."
        }

    def test_the_plain_translation_of_lines_knows_both(self, desk: Desk) -> None:
        file.put_sentence(desk.overlay, "ko", self.SENTENCE, "New schools open next month.")
        file.put_name(desk.overlay, "ko", "박초롱", "Pak Chorong")
        config = Config(run=Run(cache=str(desk.folder / "cache"), overlay=str(desk.overlay)))
        models = ScriptedModels(config, {"ko": desk.translator})
        first, _ = lines.translate([self.SENTENCE, "박초롱은 왔다."], "ko", config, models)
        assert first == "New schools open next month."
        ((segment,), _) = desk.translator.calls[0]
        assert ("박초롱", "Pak Chorong") in segment.terms


class TestAgain:
    def test_it_knows_what_was_run(self, desk: Desk) -> None:
        desk.run(keep_known=True)
        assert last_run(desk.out) == LastRun(TODAY, (str(desk.news),), keep_known=True)

    def test_standard_input_is_gone(self, desk: Desk) -> None:
        desk.run()
        report = desk.out / "report.json"
        report.write_text(json.dumps({**desk.report, "inputs": ["-"]}), encoding="utf-8")
        with pytest.raises(ConfigError, match=f"worldbrief run - --issue {TODAY}"):
            last_run(desk.out)

    def test_no_report_or_none_of_this_version(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="cannot be read: No such file"):
            last_run(tmp_path)
        for text in ("{", "[]", '{"issue": "x"}', '{"issue": 1, "inputs": []}'):
            (tmp_path / "report.json").write_text(text)
            with pytest.raises(ConfigError, match="does not say what was run"):
                last_run(tmp_path)
