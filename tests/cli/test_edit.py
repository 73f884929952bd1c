"""`worldbrief edit` from the outside: an editor's decisions and the issue made again."""

from __future__ import annotations

import io
import json
import shlex
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.cli.app import main
from pipeline.overlay import file
from pipeline.overlay.overlay import Correction, Edit, IssueEdits, Name, Overlay
from tests.cli.test_cli import Command, Ended

ISSUE = "2026-11-23"
OVERLAY = Path("overlay.toml")
TITLES = ("새로운 교육 계획", "항구 확장", "공원의 개장")
TEXTS = (
    "정부는 월요일에 새로운 교육 계획을 발표했다. 교육부 장관은 이 계획이 모든 학생에게 도움이 될 것이라고 말했다.",
    "부산 항구가 내년에 두 배로 커진다고 시장이 화요일에 발표했다. 시민들은 이 계획을 오래 기다려 왔다.",
    "박초롱 시장은 수요일에 새 공원을 열었다. 많은 시민이 행사에 참석해 음악을 들었고 문은 아침에 열린다.",
)


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of three articles by the fake translator."""
    folder = tmp_path_factory.mktemp("issue")
    (folder / "news").mkdir()
    for number, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True)):
        (folder / "news" / f"{number}.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
    (folder / "worldbrief.toml").write_text('[translate]\nmodel = "fake"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert _run(patch, "run", "news", "--issue", ISSUE) == 0
    return folder


def _run(patch: pytest.MonkeyPatch, *arguments: str) -> int:
    patch.setenv("WORLDBRIEF_MODELS", "models")
    patch.setattr(sys, "argv", ["worldbrief", *arguments])
    patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture
def worldbrief(issue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command in that folder, without decisions."""
    monkeypatch.chdir(issue)
    OVERLAY.unlink(missing_ok=True)

    def run(*arguments: str) -> Ended:
        code = _run(monkeypatch, *arguments)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run


def items() -> list[dict[str, Any]]:
    data = json.loads(Path("out/issue.json").read_bytes())
    return [item for section in data["sections"] for item in section["items"]]


def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path("out/articles.jsonl").read_text(encoding="utf-8").splitlines()]


def overlay() -> Overlay:
    return file.read(OVERLAY)


def edit(number: int = 1) -> Edit:
    """What is decided about an article of the digest."""
    return overlay().of(ISSUE).article.get(items()[number - 1]["id"], Edit())


class TestArticles:
    def test_a_decision_is_saved_and_the_command_that_shows_it_does(self, worldbrief: Command) -> None:
        before = items()
        ended = worldbrief("edit", "headline", "2", "Port to double")
        assert ended.code == 0
        assert ended.out == f"headline: {before[1]['id']} “{before[1]['headline']}”\n"
        assert "saved in overlay.toml" in ended.err
        assert edit(2) == Edit(headline="Port to double", revision=before[1]["revision"])
        command = ended.err.rpartition("to see it: ")[2]
        assert command == "worldbrief run --again\n"
        again = worldbrief(*shlex.split(command)[1:])
        assert again.code == 0
        assert [item["headline"] for item in items() if item["edited"]] == ["Port to double"]
        assert "\nPort to double\n" in Path("out/digest.txt").read_text(encoding="utf-8")
        OVERLAY.unlink()
        worldbrief("run", "--again")
        assert items() == before

    def test_an_issue_without_what_was_decided_is_not_approved(self, worldbrief: Command) -> None:
        worldbrief("edit", "drop", "1")
        refused = worldbrief("approve", ISSUE)
        assert refused.code == 2
        assert "decided something since" in refused.err
        assert "run --again" in refused.err
        assert not Path("out/approval.json").exists()
        worldbrief("run", "--again")
        assert worldbrief("approve", ISSUE).code == 0
        worldbrief("edit", "pin", "1")
        assert worldbrief("approve", ISSUE, "--force").code == 0
        OVERLAY.unlink()
        worldbrief("run", "--again")

    @pytest.mark.parametrize("key", ["drop", "pin", "tell"])
    def test_marks(self, worldbrief: Command, key: str) -> None:
        assert worldbrief("edit", key, "1", "3").code == 0
        assert (getattr(edit(1), key), getattr(edit(2), key), getattr(edit(3), key)) == (True, False, True)
        ended = worldbrief("edit", key, "3", "--remove")
        assert f"{key} taken back: {items()[2]['id']}" in ended.out
        assert not edit(3).decides

    @pytest.mark.parametrize("key", ["section", "headline", "summary", "note"])
    def test_words(self, worldbrief: Command, key: str) -> None:
        assert worldbrief("edit", key, "1", "--", "-> 'x' \"y\" \\z").code == 0
        assert getattr(edit(), key) == "-> 'x' \"y\" \\z"
        assert worldbrief("edit", key, "1").code == 2
        assert worldbrief("edit", key, "1", "x", "--remove").code == 2
        assert getattr(edit(), key)
        assert worldbrief("edit", key, "1", "--remove").code == 0
        assert not edit().decides

    def test_one_that_is_not_found_leaves_all_as_it_is(self, worldbrief: Command) -> None:
        assert worldbrief("edit", "drop", "1", "99").code == 2
        assert overlay() == Overlay()

    def test_the_issue(self, worldbrief: Command) -> None:
        ids = [item["id"] for item in items()]
        worldbrief("edit", "note", "issue", "Good morning.")
        worldbrief("edit", "order", "3", ids[0])
        worldbrief("edit", "sections", "More news", "Sport")
        assert overlay().of(ISSUE) == IssueEdits(
            note="Good morning.", order=(ids[2], ids[0]), sections=("More news", "Sport")
        )
        worldbrief("edit", "order", "--remove")
        worldbrief("edit", "note", "issue", "--remove")
        worldbrief("edit", "sections", "--remove")
        assert overlay() == Overlay()
        for command in ("order", "sections"):
            assert worldbrief("edit", command).code == 2
            assert worldbrief("edit", command, "1", "--remove").code == 2


class TestFinding:
    def test_by_number_id_and_the_beginning_of_one(self, worldbrief: Command) -> None:
        ids = [item["id"] for item in items()]
        for word in ("2", ids[1], ids[1][:6], ids[1][:6].upper()):
            worldbrief("edit", "pin", word)
            assert overlay().of(ISSUE).article == {ids[1]: Edit(pin=True)}, word
            OVERLAY.unlink()

    def test_a_wrong_one_gets_the_nearest_with_their_headlines(self, worldbrief: Command) -> None:
        first = items()[0]
        ended = worldbrief("edit", "pin", first["id"][:-1] + "z")
        assert ended.code == 2
        assert f"1  {first['id']}  {first['headline']}" in ended.err
        ended = worldbrief("edit", "pin", "교육 계획")
        assert f"no article '교육 계획' in issue {ISSUE}. The nearest are:" in ended.err
        assert next(item["id"] for item in items() if item["original_headline"] == TITLES[0]) in ended.err
        assert "worldbrief edit show" in worldbrief("edit", "pin", "99").err

    def test_a_dropped_one_and_a_lost_one_can_be_taken_back(self, worldbrief: Command) -> None:
        dropped = items()[0]["id"]
        worldbrief("edit", "drop", "1")
        file.edit_article(OVERLAY, ISSUE, "f" * 16, {"pin": True})
        worldbrief("run", "--again")
        assert dropped not in [item["id"] for item in items()]
        shown = worldbrief("edit", "show").out
        assert f"   -  {dropped}" in shown
        assert f"   -  {'f' * 16}  (not in the digest)\n        pin\n" in shown
        worldbrief("edit", "drop", dropped[:8], "--remove")
        worldbrief("edit", "pin", "ffff", "--remove")
        assert overlay() == Overlay()
        worldbrief("run", "--again")

    def test_without_an_issue(self, worldbrief: Command) -> None:
        ended = worldbrief("edit", "pin", "1", "--out", "nowhere")
        assert ended.code == 2
        assert "nowhere/issue.json: cannot be read" in ended.err

    def test_the_command_to_see_it_has_the_options_it_needs(self, worldbrief: Command, tmp_path: Path) -> None:
        ended = worldbrief("edit", "pin", "1", "--out", "out", "--config", "worldbrief.toml")
        assert ended.err.endswith("worldbrief run --again --config worldbrief.toml --out out\n")

    def test_standard_input_is_not_read_again(self, worldbrief: Command) -> None:
        report = Path("out/report.json")
        kept = report.read_bytes()
        report.write_text(json.dumps({**json.loads(kept), "inputs": ["-"]}), encoding="utf-8")
        ended = worldbrief("edit", "pin", "1")
        report.write_bytes(kept)
        assert ended.code == 0
        assert f"worldbrief run - --issue {ISSUE}" in ended.err


class TestMemory:
    def test_a_name(self, worldbrief: Command) -> None:
        ended = worldbrief("edit", "name", "--language", "ko", "박초롱", "Pak Chorong")
        assert ended.code == 0
        assert "it stands in 1 of the articles in out" in ended.err
        assert overlay().name == (Name(language="ko", source="박초롱", english="Pak Chorong"),)
        assert worldbrief("edit", "name", "-l", "ko", "박초롱").code == 2
        worldbrief("edit", "name", "-l", "ko", "박초롱", "--remove")
        assert overlay() == Overlay()
        ended = worldbrief("edit", "name", "-l", "qqq", "a", "b")
        assert (ended.code, "no such language" in ended.err) == (2, True)

    def test_a_name_before_there_is_an_issue(self, worldbrief: Command) -> None:
        ended = worldbrief("edit", "name", "-l", "ko", "박초롱", "Pak Chorong", "--out", "nowhere")
        assert ended.code == 0
        assert "a run comes before its repetition" in ended.err

    def test_a_sentence_in_full(self, worldbrief: Command) -> None:
        worldbrief("edit", "sentence", "-l", "ko", "시민들은 왔다.", "Citizens came.")
        assert overlay().sentence == (Correction(language="ko", source="시민들은 왔다.", english="Citizens came."),)
        assert worldbrief("edit", "sentence", "-l", "ko", "시민들은 왔다.").code == 2
        assert worldbrief("edit", "sentence", "-l", "ko", "1", "2", "3").code == 2
        worldbrief("edit", "sentence", "-l", "ko", "시민들은  왔다.", "--remove")
        assert overlay() == Overlay()

    def test_a_sentence_by_its_number(self, worldbrief: Command) -> None:
        one = next(record for record in records() if record["title"] == TITLES[0])
        sentences = one["translation"]["sentences"]
        listed = worldbrief("edit", "sentence", one["id"]).out
        assert listed.startswith("  0   ")
        for sentence in sentences:
            assert sentence["source"] in listed
            assert sentence["text"] in listed
        assert worldbrief("edit", "sentence", one["id"], "1", "A new plan.").code == 0
        assert worldbrief("edit", "sentence", one["id"], "2").code == 0
        assert [(entry.source, entry.english) for entry in overlay().sentence] == [
            (sentences[1]["source"], "A new plan."),
            (sentences[2]["source"], sentences[2]["text"]),
        ]
        worldbrief("run", "--again")
        one = next(record for record in records() if record["title"] == TITLES[0])
        assert [sentence["corrected"] for sentence in one["translation"]["sentences"]] == [False, True, True]
        assert "editor" in worldbrief("edit", "sentence", one["id"]).out
        for number in ("1", "2"):
            worldbrief("edit", "sentence", one["id"], number, "--remove")
        assert overlay() == Overlay()
        worldbrief("run", "--again")

    def test_a_number_there_is_not(self, worldbrief: Command) -> None:
        for number in ("17", "-1", "x", "²"):
            ended = worldbrief("edit", "sentence", "1", "--", number)
            assert ended.code == 2
            assert "they have the numbers 0 to 2" in ended.err


class TestShow:
    def test_articles_by_number_with_what_is_decided(self, worldbrief: Command) -> None:
        worldbrief("edit", "headline", "2", "Port")
        worldbrief("edit", "pin", "2")
        worldbrief("edit", "note", "issue", "Good morning.")
        worldbrief("edit", "name", "-l", "ko", "박초롱", "Pak Chorong")
        shown = worldbrief("edit", "show").out.splitlines()
        two = items()[1]
        assert shown[:2] == ["name ko: 박초롱 = Pak Chorong", "note: Good morning."]
        at = shown.index(f"   2  {two['id']}  {two['headline']}")
        assert shown[at + 1 : at + 3] == ["        pin", "        headline: Port"]
        assert len(shown) == 2 + 3 + 2

    def test_nothing_of_a_file_steers_the_terminal(self, worldbrief: Command) -> None:
        file.put_name(OVERLAY, "ko", "가\x1b[31m", "a\x07\u202eb\nc")
        file.edit_article(OVERLAY, ISSUE, items()[0]["id"], {"note": "x\x1b]0;y\x07"})
        shown = worldbrief("edit", "show").out
        assert not set(shown) & set("\x1b\x07\u202e")
        assert "a" in shown
