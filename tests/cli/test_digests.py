"""Several digests from one run, from the outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.issue import render
from pipeline.report.report import StageReport
from tests.cli.test_cli import DIGEST, FILES, ONE, TWO, Command, contents, records, report, worldbrief, write, written
from tests.publish.mail.mailserver import mail_server

__all__ = ["worldbrief"]

CONFIG = """
[translate]
model = "fake"
[issue]
drafts = "tell"
[publish.archive]
folder = "archive"
[[digest]]
name = "all"
title = "Everything"
[[digest]]
name = "school"
title = "Schools"
formats = ["json", "html", "email"]
take = [{ keywords = ["학교"] }]
leave = [{ sources = ["*dull*"] }]
[[digest]]
name = "english"
title = "In English"
take = [{ languages = ["en"] }]
"""
ENGLISH = (
    "The port of the town is to be twice as large by next year, its mayor said on Tuesday, after long debate.",
    "Work on it begins in spring and takes three years. Many firms want to move there, a spokesman said.",
)
KOREAN = (
    "부산 항구가 내년에 두 배로 커진다고 시장이 화요일에 발표했다. 시민들은 이 계획을 오래 기다려 왔다.",
    "공사는 봄에 시작되고 삼 년 동안 계속될 예정이다. 많은 회사가 이미 관심을 보이고 있다.",
)


@pytest.fixture
def desk(worldbrief: Command) -> Command:
    Path("worldbrief.toml").write_text(CONFIG, encoding="utf-8")
    write("port.txt", *ENGLISH, title="A larger port")
    write("school.txt")
    write("harbour.txt", *KOREAN, title="항구 확장")
    return worldbrief


def sources(digest: str) -> list[str]:
    return sorted(Path(record["source"]).stem for record in records(f"out/{digest}"))


def items(digest: str) -> list[str]:
    issue: dict[str, Any] = json.loads(Path(f"out/{digest}/issue.json").read_bytes())
    return [item["id"] for section in issue["sections"] for item in section["items"]]


def computed(folder: str = "out") -> int:
    return sum(stage["computed"] for stage in report(folder)["stages"])


def whole() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path("out").rglob("*") if path.is_file() and path.suffix != ".tmp"}


class TestRun:
    def test_each_article_is_worked_on_once_and_each_digest_has_its_own(self, desk: Command) -> None:
        ended = desk("run", "news", "--issue", ONE)
        assert ended.code == 0
        assert (sources("all"), sources("school"), sources("english")) == (
            ["harbour", "port", "school"], ["school"], ["port"],
        )  # fmt: skip
        counts = {stage["stage"]: stage["computed"] + stage["skipped"] for stage in report()["stages"]}
        assert set(counts.values()) == {3}
        assert written("out/all") == FILES
        assert [name for name in written("out/school") if name in DIGEST] == ["digest.eml", "digest.html", "issue.json"]
        assert sorted(Path(record["source"]).stem for record in records()) == ["harbour", "port", "school"]
        assert {one["name"]: (one["taken"], one["passed"], one["written"]) for one in report()["digests"]} == {
            "all": (3, 0, True), "school": (1, 2, True), "english": (1, 2, True),
        }  # fmt: skip
        own = report("out/school")
        assert (own["digest"], own["digests"], own["passed"], own["articles"]) == ("school", [], 2, 3)
        assert own["told"] + own["listed"] == 1
        assert "school: 1 article in issue 2026-02-04, 2 not for it" in ended.err
        assert "out/english/digest.md" in ended.out.splitlines()
        assert "Schools" in Path("out/school/digest.html").read_text(encoding="utf-8")

    @pytest.mark.slow
    def test_issues_of_one_day_are_told_apart_by_readers_programs(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        digests = ("all", "english")
        for name, mark in (("digest.eml", "Message-ID:"), ("feed.xml", "<id>"), ("issue.json", '"digest":')):
            found = [
                next(line for line in Path(f"out/{digest}/{name}").read_text().splitlines() if mark in line)
                for digest in digests
            ]
            assert found[0] != found[1], name

    @pytest.mark.slow
    def test_nothing_new_for_any(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        before = whole()
        ended = desk("run", "news", "--issue", TWO)
        assert ended.code == 3
        assert whole() == before
        assert "all: nothing new, 3 in earlier issues" in ended.err
        assert "school: nothing new, 1 in earlier issues, 2 not for it" in ended.err

    @pytest.mark.slow
    def test_what_is_new_for_one_leaves_the_others_as_they_are(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        before = {name: contents(f"out/{name}") for name in ("school", "english")}
        write("more.txt", *KOREAN[::-1], title="항구 반대")
        ended = desk("run", "news", "--issue", TWO)
        assert ended.code == 0
        assert sources("all") == ["more"]
        assert {name: contents(f"out/{name}") for name in before} == before
        assert [one["written"] for one in report()["digests"]] == [True, False, False]

    @pytest.mark.slow
    def test_a_digest_added_later_is_made_of_the_cache(self, desk: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        desk("run", "news", "--issue", ONE)
        before = {name: contents(f"out/{name}") for name in ("all", "school", "english")}
        with Path("worldbrief.toml").open("a", encoding="utf-8") as file:
            file.write('[[digest]]\nname = "ports"\ntake = [{ keywords = ["port", "항구"] }]\n')
        ended = desk("run", "news", "--issue", TWO)
        assert ended.code == 0
        assert computed() == 0
        assert sources("ports") == ["harbour", "port"]
        assert {name: contents(f"out/{name}") for name in before} == before
        # What it did not take is not looked at again.
        assert "3 in earlier issues" in desk("run", "news", "--issue", "2026-02-06").err

    @pytest.mark.slow
    def test_the_same_issue_again_is_the_same(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        before = {name: data for name, data in whole().items() if "report" not in name}
        desk("run", "news", "--issue", TWO)
        assert desk("run", "news", "--issue", ONE).code == 0
        assert {name: data for name, data in whole().items() if "report" not in name} == before

    @pytest.mark.slow
    def test_rules_that_change_look_again_and_tell_nothing_twice(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        text = CONFIG.replace('take = [{ languages = ["en"] }]', 'take = [{ languages = ["en", "ko"] }]')
        Path("worldbrief.toml").write_text(text, encoding="utf-8")
        desk("run", "news", "--issue", TWO)
        assert sources("english") == ["harbour", "school"]

    @pytest.mark.slow
    def test_what_is_for_none_is_not_translated(self, desk: Command) -> None:
        alone = CONFIG[: CONFIG.index("[[digest]]")] + CONFIG[CONFIG.rindex("[[digest]]") :]
        Path("worldbrief.toml").write_text(alone, encoding="utf-8")
        ended = desk("run", "news", "--issue", ONE)
        assert ended.code == 0
        stages = {stage["stage"]: stage for stage in report()["stages"]}
        assert stages["detect"]["computed"] == 3
        assert StageReport(**stages["translate"]).articles == 1
        assert report()["passed"] == 2
        plan = desk("plan", "news", "--issue", TWO)
        assert "3 articles found, 1 in earlier issues, 2 for no digest" in plan.out

    @pytest.mark.slow
    def test_a_refused_article_is_said_to_all_who_might_have_had_it(self, desk: Command) -> None:
        write("dull.txt", "Too short.", title="x")
        assert desk("run", "news", "--issue", ONE).code == 1
        assert "dull" in sources("all")
        assert "dull" in sources("english")
        # Its rules leave that source out.
        assert "dull" not in sources("school")

    @pytest.mark.slow
    def test_some_only(self, desk: Command) -> None:
        ended = desk("run", "news", "--issue", ONE, "--digest", "school", "--digest", "english")
        assert ended.code == 0
        assert written() == ["english", "school"]
        desk("run", "news", "--issue", ONE)
        assert sources("english") == ["port"]
        assert written() == ["all", "articles.jsonl", "english", "report.json", "school"]

    def test_a_run_that_dies_between_two_digests_is_simply_run_again(
        self, desk: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk("run", "news", "--issue", ONE, "--out", "unhurt")
        expected = {name: contents(f"unhurt/{name}") for name in ("all", "school", "english")}
        shutil.rmtree(".worldbrief")
        write_formats = render.write

        def dies(issue: Any, out: Path, channels: Any) -> list[Path]:
            if out.name == "school":
                raise KeyboardInterrupt
            return write_formats(issue, out, channels)

        with monkeypatch.context() as patch:
            patch.setattr(render, "write", dies)
            assert desk("run", "news", "--issue", ONE).code == 130
        # Nobody sees the one without the other.
        assert written("out/all") == written("out/school") == []
        assert desk("run", "news", "--issue", ONE).code == 0
        assert {name: contents(f"out/{name}") for name in expected} == expected

    @pytest.mark.slow
    def test_old_articles(self, desk: Command) -> None:
        for name, day in (("new", "2026-02-01"), ("old", "2026-01-31"), ("undated", "")):
            front = f"date: {day}" if day else "author: A. N. Other"
            write(f"{name}.txt", *ENGLISH, f"It is about {name}.", title=f"A port {name}", front=front)
        Path("worldbrief.toml").write_text(
            CONFIG.replace('name = "english"', 'name = "english"\nmax_age_days = 3'), encoding="utf-8"
        )
        desk("run", "news", "--issue", ONE)
        assert sources("english") == ["new", "port", "undated"]
        assert "old" in sources("all")
        assert report("out/english")["older"] == 1
        refused = desk("run", "news", "--issue", "special")
        assert refused.code == 2
        assert "issue.max_age_days" in refused.err

    @pytest.mark.slow
    def test_a_quiet_day_is_each_digests_own(self, desk: Command) -> None:
        Path("worldbrief.toml").write_text(
            CONFIG.replace('name = "school"', 'name = "school"\nquiet = "write"'), encoding="utf-8"
        )
        desk("run", "news", "--issue", ONE)
        before = contents("out/english")
        ended = desk("run", "news", "--issue", TWO)
        assert ended.code == 0
        assert json.loads(Path("out/school/issue.json").read_bytes())["id"] == TWO
        assert contents("out/english") == before


class TestWrong:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("take", "said"),
        [
            ("topics = ['sprot']", "topics: no topic 'sprot' among those that articles are tagged with; did you mean"),
            ("topics = ['99999999']", "topics: no topic '99999999'"),
            ("languages = ['xx']", "worldbrief.toml: digest.3.take.0.languages.0: no such language"),
        ],
    )
    def test_rules(self, desk: Command, take: str, said: str) -> None:
        with Path("worldbrief.toml").open("a", encoding="utf-8") as file:
            file.write(f'[[digest]]\nname = "ports"\ntake = [{{ {take} }}]\n')
        for command in ("run", "plan"):
            ended = desk(command, "news")
            assert ended.code == 2
            assert said in ended.err
        assert not Path("out").exists()

    def test_a_digest_that_is_none(self, desk: Command) -> None:
        ended = desk("run", "news", "--digest", "scholl")
        assert ended.code == 2
        assert "--digest scholl: the configuration has no such digest; did you mean 'school'?" in ended.err
        assert "makes no digest" in desk("run", "news", "--until", "detect", "--digest", "school").err

    def test_one_where_there_is_only_one(self, worldbrief: Command) -> None:
        ended = worldbrief("run", "news", "--digest", "school")
        assert ended.code == 2
        assert "has no [[digest]]" in ended.err

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "command",
        [
            ("edit", "show"), ("edit", "drop", "1"), ("review",), ("approve", ONE), ("publish", "archive"),
            ("unpublish", ONE),
        ],
    )  # fmt: skip
    def test_a_command_about_an_issue_asks_which(self, desk: Command, command: tuple[str, ...]) -> None:
        desk("run", "news", "--issue", ONE)
        ended = desk(*command)
        assert ended.code == 2
        assert "say which: --digest all or school or english" in ended.err

    @pytest.mark.slow
    def test_a_folder_of_another_digest(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        shutil.copy("out/all/issue.json", "out/school/issue.json")
        ended = desk("approve", ONE, "--digest", "school")
        assert ended.code == 2
        assert "holds an issue of the digest 'all', not of the digest 'school'" in ended.err
        Path("worldbrief.toml").write_text('[translate]\nmodel = "fake"\n', encoding="utf-8")
        ended = desk("approve", ONE, "--out", "out/english")
        assert ended.code == 2
        assert "which the configuration does not have" in ended.err


class TestDesk:
    """What an editor decides about one digest, approves and sends does not touch the others."""

    def test_from_decision_to_archive(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        others = {name: contents(f"out/{name}") for name in ("school", "english")}
        port = next(record["id"] for record in records("out/english"))
        ended = desk("edit", "headline", port, "A port grows", "--digest", "all")
        assert ended.code == 0
        assert ended.err.splitlines()[-1] == "to see it: worldbrief run --again --digest all"
        assert f'"all/{ONE}"' in Path("overlay.toml").read_text(encoding="utf-8")
        assert "A port grows" not in desk("edit", "show", "--digest", "english").out
        refused = desk("approve", ONE, "--digest", "all")
        assert refused.code == 2
        assert "has decided something since" in refused.err
        assert "`worldbrief run --again --digest all`" in refused.err
        assert desk("approve", ONE, "--digest", "english").code == 0
        assert desk("run", "--again", "--digest", "all").code == 0
        assert "A port grows" in Path("out/all/digest.md").read_text(encoding="utf-8")
        assert {name: contents(f"out/{name}") for name in others if name == "school"} == {"school": others["school"]}
        assert desk("publish", "archive", "--digest", "all").code == 2
        assert desk("publish", "archive", "--digest", "english").code == 0
        assert written("archive") == ["english"]
        assert desk("approve", ONE, "--digest", "all").code == 0
        assert desk("publish", "archive", "--digest", "all").code == 0
        assert desk("publish", "archive", "--digest", "english").code == 3
        assert desk("unpublish", ONE, "--digest", "all").code == 0
        assert Path(f"archive/english/{ONE}").is_dir()
        assert not Path(f"archive/all/{ONE}").exists()

    @pytest.mark.slow
    def test_all_of_the_last_run_again(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        before = {name: contents(f"out/{name}") for name in ("all", "school", "english")}
        assert desk("run", "--again").code == 0
        assert {name: contents(f"out/{name}") for name in before} == before

    @pytest.mark.slow
    def test_the_last_issue_of_one_is_not_that_of_the_run(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        write("more.txt", *KOREAN[::-1], title="항구 반대")
        desk("run", "news", "--issue", TWO)
        assert desk("edit", "note", "issue", "Read this.", "--digest", "english").code == 0
        assert desk("run", "--again", "--digest", "english").code == 0
        issue = json.loads(Path("out/english/issue.json").read_bytes())
        assert (issue["id"], issue["note"]) == (ONE, "Read this.")
        assert json.loads(Path("out/all/issue.json").read_bytes())["id"] == TWO
        assert report()["issue"] == TWO

    @pytest.mark.slow
    def test_a_folder_says_which_digest_it_is_of(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        ended = desk("edit", "note", "issue", "Read this.", "--out", "out/school")
        assert ended.code == 0
        assert ended.err.splitlines()[-1] == "to see it: worldbrief run --again --out out/school"
        assert desk("run", "--again", "--out", "out/school").code == 0
        assert json.loads(Path("out/school/issue.json").read_bytes())["note"] == "Read this."
        assert not Path("out/school/school").exists()
        assert desk("review", "out/school").out.strip() == "out/school/review.html"
        assert f'"id":"school/{ONE}","digest":"school"' in Path("out/school/review.html").read_text(encoding="utf-8")
        refused = desk("run", "news", "--out", "out/school")
        assert refused.code == 2
        assert "is the folder of the digest 'school'" in refused.err

    @pytest.mark.slow
    def test_a_name_is_fixed_for_all(self, desk: Command) -> None:
        desk("run", "news", "--issue", ONE)
        ended = desk("edit", "name", "부산", "Busan", "-l", "ko")
        assert ended.code == 0
        assert ended.err.splitlines()[-1] == "to see it: worldbrief run --again"

    @pytest.mark.slow
    def test_who_reads_two_digests_gets_both_and_none_twice(self, desk: Command) -> None:
        Path("readers.txt").write_text("reader@example.org\n", encoding="utf-8")
        with mail_server() as server:
            with Path("worldbrief.toml").open("a", encoding="utf-8") as file:
                file.write(
                    f'[publish]\ntargets = ["smtp"]\n[publish.smtp]\nhost = "127.0.0.1"\nport = {server.port}\n'
                    'security = "none"\nrecipients = "readers.txt"\n'
                )
            desk("run", "news", "--issue", ONE)
            for digest in ("all", "english"):
                assert desk("approve", ONE, "--digest", digest).code == 0
                assert desk("publish", "--digest", digest).code == 0
            assert desk("publish", "--digest", "all").code == 3
        assert dict(server.per_recipient) == {"reader@example.org": 2}
        marks = {line for _, mail in server.mails for line in mail.splitlines() if line.startswith(b"Message-ID")}
        assert len(marks) == 2
