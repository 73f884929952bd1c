"""The command line from the outside: what is printed, written and returned."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from pipeline import __version__, config
from pipeline.cli.app import main
from pipeline.errors import BackendError
from pipeline.files import temporary_beside
from pipeline.models import registry
from pipeline.models.store import ModelStore
from pipeline.run.plan import STAGES
from tests.installed import install

ROOT = Path(__file__).parents[2]
ONE, TWO = "2026-02-04", "2026-02-05"
PARAGRAPHS = (
    "정부는 어린이들을 위한 새로운 교육 계획을 발표했다. 시민들은 이 계획을 크게 환영했다고 한다.",
    "학교들은 다음 학기부터 새 계획을 시작한다. 교사들은 준비가 되었다고 기자들에게 말했다.",
    "야당은 예산이 부족하다고 비판했다. 장관은 국회에서 다시 설명하겠다고 약속했다.",
)
DIGEST = [
    *("digest.csv", "digest.eml", "digest.html", "digest.md", "digest.txt", "feed.json", "feed.xml", "issue.json"),
    "rss.xml",
]
FILES = sorted([*DIGEST, "articles.jsonl", "report.json", "review.html"])


@dataclass
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def worldbrief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command, run in this process, in an empty folder whose `worldbrief.toml` asks for the fake translator."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORLDBRIEF_MODELS", str(tmp_path / "models"))
    (tmp_path / "worldbrief.toml").write_text('[translate]\nmodel = "fake"\n', encoding="utf-8")

    def run(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["worldbrief", *arguments])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return run


def write(name: str, *paragraphs: str, title: str = "새로운 교육 계획", front: str = "") -> Path:
    path = Path("news") / name
    path.parent.mkdir(exist_ok=True)
    text = "\n\n".join((title, *(paragraphs or PARAGRAPHS)))
    path.write_text(f"---\n{front}\n---\n{text}\n" if front else f"{text}\n", encoding="utf-8")
    return path


def written(folder: str = "out") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("[!.]*"))


def contents(folder: str = "out") -> dict[str, bytes]:
    return {name: (Path(folder) / name).read_bytes() for name in written(folder) if name != "report.json"}


def records(folder: str = "out") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (Path(folder) / "articles.jsonl").read_text(encoding="utf-8").splitlines()]


def report(folder: str = "out") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(folder) / "report.json").read_text(encoding="utf-8"))
    return found


class TestReview:
    def test_the_page_is_written_anew_with_what_was_decided(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--issue", ONE)
        before = Path("out/review.html").read_bytes()
        (article,) = records()
        Path("overlay.toml").write_text(f'[issue."{ONE}".article.{article["id"]}]\nnote = "Seen."\n', encoding="utf-8")
        ended = worldbrief("review")
        assert (ended.code, ended.out) == (0, "out/review.html\n")
        assert b"Seen." not in before
        assert b"Seen." in Path("out/review.html").read_bytes()

    def test_the_server_prints_its_address_and_ends_with_ctrl_c(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--issue", ONE)
        command = [sys.executable, "-m", "pipeline", "review", "--serve"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                assert b'"served":true,"can":["build","approve"]' in answer.read()
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
        assert process.returncode == 0
        assert f"issue {ONE}, decisions go to overlay.toml" in said
        assert "ended; what was decided is saved" in said
        assert "Traceback" not in said

    @pytest.mark.parametrize("option", [("--port", "8000"), ("--open",)])
    def test_what_goes_with_the_server_goes_with_nothing_else(
        self, worldbrief: Command, option: tuple[str, ...]
    ) -> None:
        ended = worldbrief("review", *option)
        assert ended.code == 2
        assert f"{option[0]} goes with --serve" in ended.err

    def test_a_folder_without_an_issue(self, worldbrief: Command) -> None:
        ended = worldbrief("review", "nowhere")
        assert ended.code == 2
        assert "nowhere/issue.json: cannot be read" in ended.err


class TestRun:
    def test_a_digest_is_made(self, worldbrief: Command) -> None:
        write("a.txt")
        ended = worldbrief("run", "news", "--issue", "2026-02-04")
        assert ended.code == 0
        assert ended.out.splitlines() == [f"out/digest.{kind}" for kind in ("html", "md", "txt", "eml", "csv")]
        assert "1 article in issue 2026-02-04" in ended.err
        assert written() == FILES

    def test_the_second_run_is_all_cached_and_identical(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--issue", ONE)
        before = contents()
        assert worldbrief("run", "news", "--issue", ONE).code == 0
        assert contents() == before
        for stage in report()["stages"]:
            assert (stage["cached"], stage["computed"]) == (1, 0), stage

    def test_nothing_new_is_said_where_that_is_wanted(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--issue", ONE)
        settings = Path("worldbrief.toml").read_text(encoding="utf-8")
        Path("worldbrief.toml").write_text(settings + '\n[issue]\nquiet = "write"\n', encoding="utf-8")
        ended = worldbrief("run", "news", "--issue", TWO, "--out", "second")
        assert ended.code == 0
        assert "second/digest.html" in ended.out.splitlines()
        assert "nothing new: 1 articles found, 1 of them in earlier issues" in ended.err
        assert "0 articles" not in ended.err
        assert "Nothing new came" in Path("second/digest.txt").read_text(encoding="utf-8")
        assert not {"feed.xml", "feed.json", "rss.xml", "articles.jsonl"} & set(written("second"))
        # The next one is none the worse for it.
        write("b.txt", title="다른 소식")
        assert worldbrief("run", "news", "--issue", TWO, "--out", "second").code == 0
        assert "Nothing new" not in Path("second/digest.txt").read_text(encoding="utf-8")
        # Where there is no article at all, old or new, something else is wrong.
        Path("empty").mkdir()
        assert worldbrief("run", "empty", "--issue", "2026-02-06", "--out", "third").code == 3
        assert written("third") == []

    def test_an_outlet_that_falls_silent_is_named(self, worldbrief: Command) -> None:
        for day in range(1, 5):
            front = "publisher: Daily" if day < 4 else "publisher: Weekly"
            write(f"{day}.txt", title=f"소식 {day}", front=front)
            settings = '[translate]\nmodel = "fake"\n[issue]\nsilent_sources = true\n'
            Path("worldbrief.toml").write_text(settings, encoding="utf-8")
            ended = worldbrief("run", "news", "--issue", f"2026-02-0{day}")
            assert ended.code == 0
            assert report()["silent"] == ({} if day < 4 else {"Daily": 3})
        assert "silent: Daily: nothing new, and something in 3 of the last 5 issues" in ended.err
        said = "Usually here, and without anything new: Daily."
        assert said in Path("out/digest.txt").read_text(encoding="utf-8")

    def test_nothing_new_writes_no_files(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--issue", ONE)
        ended = worldbrief("run", "news", "--issue", TWO, "--out", "second")
        assert ended.code == 3
        assert ended.out == ""
        assert "nothing new: 1 articles found, 1 of them in earlier issues" in ended.err
        assert written("second") == []

    def test_a_file_that_fails_every_day_makes_no_issue(self, worldbrief: Command) -> None:
        write("a.txt")
        Path("news/empty.txt").write_bytes(b"")
        assert worldbrief("run", "news", "--issue", ONE).code == 1
        ended = worldbrief("run", "news", "--issue", TWO, "--out", "second")
        assert ended.code == 3
        assert "1 article was refused or failed before and not tried again" in ended.err
        assert written("second") == []

    def test_an_empty_folder(self, worldbrief: Command) -> None:
        Path("none").mkdir()
        ended = worldbrief("run", "none")
        assert ended.code == 3
        assert ended.err == "nothing to do: no articles found in none\n"
        assert written() == []

    def test_all_takes_known_articles_in(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--issue", ONE)
        ended = worldbrief("run", "news", "--issue", TWO, "--out", "second", "--all")
        assert ended.code == 0
        assert [record["update"] for record in records("second")] == [False]

    def test_a_later_issue_has_only_what_is_new_and_says_what_changed(self, worldbrief: Command) -> None:
        write("a.txt")
        write("b.txt", *PARAGRAPHS[:2], front="url: https://example.org/b")
        worldbrief("run", "news", "--issue", ONE)
        first = contents()
        write("b.txt", *PARAGRAPHS[:2], "장관은 내용을 고쳤다고 밝혔다.", front="url: https://example.org/b")
        write("c.txt", *PARAGRAPHS[1:])
        assert worldbrief("run", "news", "--issue", TWO, "--out", "second").code == 0
        assert [(record["source"], record["update"]) for record in records("second")] == [
            ("news/b.txt", True),
            ("news/c.txt", False),
        ]
        found = report("second")
        assert (found["articles"], found["known"], found["updates"]) == (3, 1, 1)
        assert "update" in Path("second/digest.txt").read_text(encoding="utf-8").lower()
        write("b.txt", *PARAGRAPHS[:2], front="url: https://example.org/b")
        Path("news/c.txt").unlink()
        worldbrief("run", "news", "--issue", ONE, "--out", "again")
        assert contents("again") == first

    def test_the_same_article_twice_is_one(self, worldbrief: Command) -> None:
        for name in ("a.txt", "b.txt"):
            write(name, front="url: https://example.org/same?utm_source=x")
        worldbrief("run", "news", "--issue", ONE)
        assert len(records()) == 1
        assert report()["duplicates"] == 1

    def test_an_article_that_failed_is_in_the_next_issue(self, worldbrief: Command) -> None:
        write("a.txt")
        Path("none.toml").write_text("[run]\n")
        ended = worldbrief("run", "news", "--issue", ONE, "--config", "none.toml")
        assert ended.code == 1
        assert "no model for Korean is installed; get one: worldbrief models get ko" in ended.err
        assert "[translate/no-model]" in ended.err
        assert worldbrief("run", "news", "--issue", TWO).code == 0
        assert [record["status"] for record in records()] == ["done"]

    def test_the_issue_is_the_day_unless_it_is_named(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news")
        assert report()["issue"] == report()["started"][:10]

    def test_standard_input(self, worldbrief: Command) -> None:
        text = "\n\n".join(("새로운 교육 계획", *PARAGRAPHS)).encode()
        assert worldbrief("run", "-", "--issue", ONE, stdin=text).code == 0
        assert [record["source"] for record in records()] == ["-"]

    def test_without_a_terminal_no_line_is_broken_or_coloured(self, worldbrief: Command) -> None:
        write("a.txt")
        ended = worldbrief("run", "news", "--issue", ONE)
        assert "\x1b" not in ended.err + ended.out
        hints = [line for line in ended.err.splitlines() if line.startswith("hint: ")]
        assert all("worldbrief models get" in line for line in hints)
        assert any(len(line) > 80 for line in hints)


class TestUntil:
    AFTER: ClassVar = {
        "extract": ["language", "translation", "summary", "tags", "entities"],
        "detect": ["translation", "summary", "tags", "entities"],
        "translate": ["summary", "tags", "entities"],
        "summarise": ["tags", "entities"],
        "tag": [],
    }  # fmt: skip

    @pytest.mark.parametrize("stage", STAGES)
    def test_later_fields_are_null_and_there_is_no_digest(self, worldbrief: Command, stage: str) -> None:
        write("a.txt")
        assert worldbrief("run", "news", "--until", stage).code == 0
        (record,) = records()
        empty = [
            key for key in ("title", "language", "translation", "summary", "tags", "entities") if record[key] is None
        ]
        assert empty == self.AFTER[stage]
        assert written() == ["articles.jsonl", "report.json"]
        assert [counts["stage"] for counts in report()["stages"]] == [*STAGES[: STAGES.index(stage) + 1]]

    def test_it_does_not_count_as_an_issue(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--until", "tag", "--issue", ONE)
        assert worldbrief("run", "news", "--issue", TWO).code == 0

    def test_an_unknown_stage(self, worldbrief: Command) -> None:
        ended = worldbrief("run", "--until", "publish")
        assert ended.code == 2
        assert f"--until publish: no such stage; the stages are {', '.join(STAGES)}" in ended.err


class TestContract:
    def test_articles_jsonl(self, worldbrief: Command) -> None:
        write("a.txt", front="url: https://example.org/a\ndate: 2026-02-03\nauthor: 김기자")
        worldbrief("run", "news", "--issue", ONE)
        (record,) = records()
        assert list(record) == [
            "id", "revision", "source", "url", "language", "title", "kicker", "published", "authors", "publisher",
            "paragraphs", "extraction", "translation", "summary", "tags", "entities", "status", "update", "error",
        ]  # fmt: skip
        assert len(record["id"]) == 16
        assert (record["source"], record["url"]) == ("news/a.txt", "https://example.org/a")
        assert set(record["language"]) == {"code", "score"}
        assert record["language"]["code"] == "ko"
        assert (record["title"], record["published"], record["authors"]) == (
            "새로운 교육 계획",
            "2026-02-03",
            ["김기자"],
        )
        assert record["paragraphs"] == list(PARAGRAPHS)
        assert set(record["translation"]) == {
            *("title", "paragraphs", "model", "other_models", "warnings", "sentences", "confidence")
        }
        assert len(record["translation"]["paragraphs"]) == len(PARAGRAPHS)
        assert record["translation"]["model"] == "fake@2"
        for warning in record["translation"]["warnings"]:
            assert set(warning) == {"kind", "paragraph", "detail"}
        assert set(record["summary"]) == {"text", "one_line", "method", "headline", "quotes"}
        assert record["tags"]
        for tag in record["tags"]:
            assert set(tag) == {"scheme", "code", "label", "score"}
        for entity in record["entities"]:
            assert set(entity) == {"text", "type", "count"}
        assert record["status"] in ("done", "draft")
        assert record["error"] is None

    def test_an_english_article_has_no_translation(self, worldbrief: Command) -> None:
        text = "The government announced a new plan for schools on Monday. Citizens in the capital welcomed it warmly."
        write("a.txt", text, text.replace("Monday", "Friday"), title="A new plan")
        worldbrief("run", "news", "--issue", ONE)
        (record,) = records()
        assert record["language"]["code"] == "en"
        assert record["translation"] is None
        assert record["summary"]
        (stage,) = (stage for stage in report()["stages"] if stage["stage"] == "translate")
        assert stage["skipped"] == 1

    def test_report_json(self, worldbrief: Command) -> None:
        write("a.txt")
        worldbrief("run", "news", "--issue", ONE)
        found = report()
        for stage in found["stages"]:
            assert list(stage) == ["stage", "cached", "computed", "skipped", "refused", "failed", "seconds"]
        assert [stage["stage"] for stage in found["stages"]] == [*STAGES]
        assert found["models"] == {"translate/ko": "fake@2"}
        assert {"python", "worldbrief", "ctranslate2", "torch", "transformers"} <= set(found["versions"])
        assert found["versions"]["worldbrief"] == __version__


class TestBadInput:
    def bad(self) -> dict[str, tuple[str, str]]:
        """Make one file of each kind; name -> (status, kind) expected."""
        folder = Path("news")
        (folder / "empty.txt").write_bytes(b"")
        (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
        with (folder / "huge.txt").open("wb") as file:
            for _ in range(50):
                file.write("정부는 ".encode() * 100_000)
        (folder / "menu.html").write_text("<html><title>Menu</title><ul><li><a href='/'>Home</a></ul></html>")
        sound = "".join(PARAGRAPHS).encode()
        broken = b"".join(sound[place : place + 10] + b"\xff\xc0" for place in range(0, len(sound), 10))
        (folder / "bytes.txt").write_bytes(broken)
        (folder / "gone.txt").symlink_to("nowhere.txt")
        (folder / "loop.txt").symlink_to("loop.txt")
        (folder / "front.md").write_text("---\ntitle: [never closed\n---\n" + "\n\n".join(PARAGRAPHS), encoding="utf-8")
        (folder / "broken.json").write_text('{"title": "x", ')
        (folder / "broken.txt.gz").write_bytes(b"\x1f\x8b\x08\x00 not gzip")
        return {
            "empty.txt": ("refused", "empty"),
            "binary.txt": ("refused", "binary"),
            "huge.txt": ("failed", "too-large"),
            "menu.html": ("refused", "no-article"),
            "bytes.txt": ("refused", "undecodable"),
            "gone.txt": ("failed", "unreadable"),
            "loop.txt": ("failed", "unreadable"),
            "front.md": ("failed", "front-matter"),
            "broken.json": ("failed", "bad-json"),
            "broken.txt.gz": ("failed", "bad-gzip"),
        }

    def test_each_has_its_reason_and_the_others_are_done(self, worldbrief: Command) -> None:
        write("a.txt")
        write("z.txt", *PARAGRAPHS[1:])
        expected = self.bad()
        ended = worldbrief("run", "news", "--issue", ONE)
        assert ended.code == 1
        assert written() == FILES
        found = {failure["source"].removeprefix("news/"): failure for failure in report()["failures"]}
        assert {name: (failure["status"], failure["kind"]) for name, failure in found.items()} == expected
        for name, failure in found.items():
            assert failure["message"]
            assert name in ended.err
        by_source = {record["source"].removeprefix("news/"): record for record in records()}
        assert set(by_source) == {*expected, "a.txt", "z.txt"}
        for name, (status, kind) in expected.items():
            assert by_source[name]["status"] == status
            assert by_source[name]["error"]["kind"] == kind
            assert by_source[name]["translation"] is None
        assert by_source["a.txt"]["status"] == by_source["z.txt"]["status"] == "done"
        # Told once; but what could not be read may be readable now.
        ended = worldbrief("run", "news", "--issue", ONE)
        assert ended.code == 1
        assert [line.split(":")[1] for line in ended.err.splitlines() if line.startswith("failed")] == [
            " news/gone.txt", " news/loop.txt",
        ]  # fmt: skip
        assert "8 articles were refused or failed before" in ended.err

    def test_only_bad_input_leaves_a_report_and_no_digest(self, worldbrief: Command) -> None:
        Path("news").mkdir()
        expected = self.bad()
        assert worldbrief("run", "news", "--issue", ONE).code == 1
        assert written() == ["articles.jsonl", "report.json"]
        assert len(report()["failures"]) == len(expected)

    def test_text_is_never_markup(self, worldbrief: Command) -> None:
        hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        escaped = hostile.replace("<", "&lt;").replace(">", "&gt;")
        body = "".join(f"<p>{paragraph} {escaped}</p>" for paragraph in PARAGRAPHS)
        Path("news").mkdir()
        Path("news/a.html").write_text(
            f"<html><head><title>{escaped} 교육</title></head><body><article><h1>{escaped} 교육</h1>{body}</article>"
            f"<script>alert(3)</script></body></html>",
            encoding="utf-8",
        )
        write("b.txt", *PARAGRAPHS, title=f"{hostile} 교육 [x](javascript:alert(4))")
        assert worldbrief("run", "news", "--issue", ONE).code == 0
        assert len(records()) == 2
        page = Path("out/digest.html").read_text(encoding="utf-8").lower()
        for markup in ("<script", "<img", "alert(3)", 'href="javascript'):
            assert markup not in page
        assert "&lt;script&gt;" in page
        for feed in ("feed.xml", "rss.xml"):
            assert "<script" not in Path("out", feed).read_text(encoding="utf-8").lower()

    def test_half_a_surrogate_pair_ends_no_run(self, worldbrief: Command) -> None:
        Path("news").mkdir()
        text = "\\ud800 ".join(PARAGRAPHS)
        Path("news/a.json").write_text(
            json.dumps({"title": "교육 TITLE", "text": "TEXT"}, ensure_ascii=False)
            .replace("TITLE", "\\udc00")
            .replace("TEXT", text),
            encoding="utf-8",
        )
        write("b.txt")
        assert worldbrief("run", "news", "--issue", ONE).code == 0
        assert [record["status"] for record in records()] == ["done", "done"]

    def test_a_table_with_a_bad_row(self, worldbrief: Command) -> None:
        Path("news").mkdir()
        rows = [{"title": "교육 계획", "text": "\n\n".join(PARAGRAPHS)}, {"title": "교육", "text": None}]
        Path("news/a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        assert worldbrief("run", "news", "--issue", ONE).code == 1
        assert [record["status"] for record in records()] == ["done", "refused"]


EVALUATE = ["evaluate", "translation", "--language", "ko", "--source"]


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["run", "nowhere"], "worldbrief: nowhere: no such file or folder"),
            (["run", "--config", "nowhere.toml"], "worldbrief: nowhere.toml: cannot be read: No such file"),
            (["run", "news", "--issue", "../x"], "issue name '../x'"),
            (["run", "news", "--issue", "2026-02-30"], "there is no day 2026-02-30"),
            (["run", "--colour"], "No such option"),
            (["translate", "--from", "klingon"], "--from klingon: no such language"),
            (["models", "get", "klingon"], "klingon"),
            (["evaluate", "extraction", "nowhere"], "gold.jsonl: cannot be read"),
            ([*EVALUATE, "nowhere.txt", "--reference", "news/a.txt"], "nowhere.txt: cannot be read: No such file"),
            (
                [*EVALUATE, "news/a.txt", "--reference", "worldbrief.toml"],
                "news/a.txt has 7 lines and worldbrief.toml has",
            ),
            (["evaluate", "models", "--data", "news"], "news: needs dev.en.txt"),
        ],
    )
    def test_it_says_what_is_wrong(self, worldbrief: Command, arguments: list[str], message: str) -> None:
        write("a.txt")
        ended = worldbrief(*arguments, stdin=b"x\n")
        assert ended.code == 2
        assert message in ended.err
        assert "Traceback" not in ended.err
        assert written() == []

    def test_a_wrong_configuration_is_told_before_anything_runs(self, worldbrief: Command) -> None:
        Path("worldbrief.toml").write_text("[translate]\nmodle = 'x'")
        ended = worldbrief("run", "nowhere")
        assert ended.code == 2
        assert ended.err == "worldbrief: worldbrief.toml: translate.modle: unknown key; did you mean 'model'?\n"

    def test_an_out_folder_that_is_a_file(self, worldbrief: Command) -> None:
        write("a.txt")
        Path("out").write_text("")
        ended = worldbrief("run", "news")
        assert ended.code == 2
        assert "out: results cannot be written there" in ended.err

    def test_a_cache_that_is_no_cache(self, worldbrief: Command) -> None:
        write("a.txt")
        Path(".worldbrief").mkdir()
        Path(".worldbrief/cache.db").write_bytes(b"something else" * 1000)
        ended = worldbrief("run", "news")
        assert ended.code == 2
        assert ".worldbrief/cache.db: cannot be used as a cache" in ended.err

    def test_a_model_that_is_not_installed(self, worldbrief: Command) -> None:
        write("a.txt")
        Path("worldbrief.toml").write_text("[translate]\nmodel = 'worldbrief-qwen2.5-1.5b'")
        ended = worldbrief("run", "news")
        assert ended.code == 2
        assert "is not installed; worldbrief models get worldbrief-qwen2.5-1.5b" in ended.err

    def test_version_and_help(self, worldbrief: Command) -> None:
        assert worldbrief("--version").out == f"worldbrief {__version__}\n"
        ended = worldbrief("--help")
        assert ended.code == 0
        for command in ("run", "translate", "models", "config", "evaluate"):
            assert command in ended.out


VIETNAMESE = (
    "Bộ Giáo dục công bố kế hoạch mới cho các trường học trên cả nước vào ngày hôm nay tại Hà Nội.",
    "Các giáo viên cho biết họ sẽ cần thêm thời gian để chuẩn bị cho những thay đổi trong năm học tới.",
)


class TestModels:
    def test_list(self, worldbrief: Command) -> None:
        lines = worldbrief("models", "list").out.splitlines()
        assert lines[0].split() == ["model", "reads", "here", "BLEU", "sent/s", "licence", "size"]
        assert any(line.startswith("worldbrief-qwen2.5-1.5b ") and "CC-BY-SA-4.0" in line for line in lines)
        assert any(line.startswith("nllb-200-distilled-600M ") and "non-commercial" in line for line in lines)
        assert all(line.split()[2] in ("no", "0") or "ca gl" in line or "zh yue" in line for line in lines[1:])

    def test_list_for_a_language(self, worldbrief: Command, tmp_path: Path) -> None:
        Path("worldbrief.toml").write_text("[translate]\nrequire_commercial = true\n")
        install(ModelStore(tmp_path / "models"), "opus-mt-ko-en", "nllb-200-distilled-600M")
        ended = worldbrief("models", "list", "Korean")
        lines = [line.rstrip() for line in ended.out.splitlines()]
        assert lines[-1] == "Korean is translated by opus-mt-ko-en"
        remarks = {line.split()[0]: line for line in lines[1:-1]}
        assert remarks["opus-mt-ko-en"].endswith("used")
        assert remarks["firefox-ko-en"].endswith("not installed")
        assert remarks["nllb-200-distilled-600M"].endswith("licence: translate.require_commercial")
        assert worldbrief("models", "list", "en").out == "English needs no translation\n"
        assert worldbrief("models", "list", "klingon").code == 2
        missing = worldbrief("models", "list", "ja").out.splitlines()[-1]
        assert missing == "Japanese cannot be translated: worldbrief models get ja"

    def test_export_and_get_from(self, worldbrief: Command, tmp_path: Path) -> None:
        ended = worldbrief("models", "export", "disk")
        assert (ended.code, "no models are installed" in ended.err) == (2, True)
        store = install(ModelStore(tmp_path / "models"), "opus-mt-ko-en", "all-minilm-l6-v2", "en_core_web_sm")
        assert worldbrief("models", "export", "disk", "nothing").code == 2
        ended = worldbrief("models", "export", "disk")
        assert ended.out.splitlines() == [
            "exported all-minilm-l6-v2", "exported en_core_web_sm", "exported opus-mt-ko-en",
        ]  # fmt: skip
        assert "already there: opus-mt-ko-en" in worldbrief("models", "export", "disk", "opus-mt-ko-en").out
        assert worldbrief("models", "remove", *store.installed()).code == 0
        assert store.installed() == {}
        ended = worldbrief("models", "get", "--from", "disk", "ko")
        assert ended.code == 0
        assert "installed opus-mt-ko-en from a test" in ended.out
        assert sorted(store.installed()) == ["all-minilm-l6-v2", "en_core_web_sm", "opus-mt-ko-en"]
        ended = worldbrief("models", "get", "--from", "disk", "ja")
        assert (ended.code, "ja: disk has no model for it" in ended.err) == (1, True)
        assert worldbrief("models", "get", "--from", "nowhere").code == 2
        ended = worldbrief("models", "get", "--from", "disk", "--backend", "transformers")
        assert (ended.code, "--backend goes without --from" in ended.err) == (2, True)

    def test_check(self, worldbrief: Command, tmp_path: Path) -> None:
        install(ModelStore(tmp_path / "models"), "opus-mt-ko-en", "firefox-ko-en", "firefox-ja-en")
        ended = worldbrief("models", "check")
        assert ended.code == 0
        assert ended.out.splitlines()[0] == "whole: firefox-ja-en, 1 files"
        (tmp_path / "models/firefox-ko-en/model.bin").write_bytes(b"firefox-ko-XX" * 1000)
        (tmp_path / "models/firefox-ja-en/manifest.json").write_bytes(b"{")
        ended = worldbrief("models", "check")
        assert ended.code == 1
        assert ended.out.splitlines() == [
            "damaged: model firefox-ja-en is damaged: its manifest cannot be read; "
            "`worldbrief models get firefox-ja-en` gets it again",
            "damaged: model firefox-ko-en is damaged: model.bin is not what was installed; "
            "`worldbrief models get firefox-ko-en` gets it again",
            "whole: opus-mt-ko-en, 1 files",
        ]
        assert worldbrief("models", "check", "opus-mt-ko-en").code == 0

    def test_remove(self, worldbrief: Command, tmp_path: Path) -> None:
        store = install(ModelStore(tmp_path / "models"), "opus-mt-ko-en", "firefox-ko-en")
        ended = worldbrief("models", "remove", "opus-mt-ko-en", "opus-mt-kr-en")
        assert (ended.code, "did you mean 'opus-mt-ko-en'" in ended.err) == (2, True)
        assert len(store.installed()) == 2  # nothing is done by half
        ended = worldbrief("models", "remove", "opus-mt-ko-en")
        assert ended.out == "removed opus-mt-ko-en: 0.0 MB are free again\n"
        assert list(store.installed()) == ["firefox-ko-en"]

    @pytest.mark.parametrize("damage", ["is missing", "is not what was installed"])
    def test_a_damaged_model_fails_the_articles_of_its_language_alone(
        self, worldbrief: Command, tmp_path: Path, damage: str
    ) -> None:
        install(ModelStore(tmp_path / "models"), "firefox-ko-en")
        file = tmp_path / "models/firefox-ko-en/model.bin"
        if damage == "is missing":
            file.unlink()
        else:
            file.write_bytes(b"firefox-ko-XX" * 1000)  # of the same size
        Path("worldbrief.toml").write_text('[translate]\nmodel = "fake"\nmodels = { ko = "firefox-ko-en" }\n')
        write("a.txt")
        write("b.txt", *VIETNAMESE, title="Kế hoạch giáo dục mới")
        ended = worldbrief("run", "news", "--issue", ONE)
        assert ended.code == 1
        assert f"model firefox-ko-en is damaged: model.bin {damage}" in ended.err
        assert "[translate/model-damaged]" in ended.err
        assert sorted(record["status"] for record in records()) == ["done", "failed"]

    def test_a_wrong_route_is_told_before_anything_runs(self, worldbrief: Command) -> None:
        write("a.txt")
        Path("worldbrief.toml").write_text('[translate]\npivot = { gl = ["opus-mt-gl-es", "firefox-se-en"] }\n')
        ended = worldbrief("run", "news")
        assert ended.code == 2
        assert "translate.pivot.gl: opus-mt-gl-es writes Spanish, which firefox-se-en does not read" in ended.err or (
            "no model 'firefox-se-en'" in ended.err
        )


class TestOthers:
    def test_translate_gives_a_line_for_a_line(self, worldbrief: Command) -> None:
        lines = [PARAGRAPHS[0], "", "학교", "  ", PARAGRAPHS[1]]
        ended = worldbrief("translate", "--from", "ko", stdin="\r\n".join(lines).encode())
        assert ended.code == 0
        found = ended.out.split("\n")
        assert len(found) == len(lines) + 1
        assert [bool(line) for line in found] == [True, False, True, False, True, False]

    def test_translate_takes_bytes_that_are_no_text(self, worldbrief: Command) -> None:
        ended = worldbrief("translate", "--from", "ko", stdin=b"\xff\xfe\n\n")
        assert (ended.code, ended.out.count("\n")) == (0, 2)

    def test_translate_without_a_model(self, worldbrief: Command) -> None:
        Path("worldbrief.toml").write_text("")
        ended = worldbrief("translate", "--from", "ko", stdin=b"x\n")
        assert ended.code == 2
        assert "worldbrief models get ko" in ended.err

    def test_config_show_is_a_configuration(self, worldbrief: Command, tmp_path: Path) -> None:
        ended = worldbrief("config", "show")
        (tmp_path / "shown.toml").write_text(ended.out, encoding="utf-8")
        assert config.load(tmp_path / "shown.toml") == config.load(Path("worldbrief.toml"))
        assert 'model = "fake"' in ended.out

    def test_config_schema_is_json(self, worldbrief: Command) -> None:
        assert set(json.loads(worldbrief("config", "schema").out)["properties"]) == set(config.Config.model_fields)

    def test_evaluate_translation(self, worldbrief: Command) -> None:
        Path("ko.txt").write_text("\n".join((*PARAGRAPHS, "", "학교")), encoding="utf-8")
        Path("en.txt").write_text("The plan.\nThe schools.\nThe opposition.\n\nSchool", encoding="utf-8")
        arguments = (*EVALUATE, "ko.txt", "--reference", "en.txt", "--model", "fake")
        ended = worldbrief(*arguments, "--out", "lines.jsonl")
        assert ended.code == 0
        figures = {line[:23].strip(): line[23:].split() for line in ended.out.splitlines()}
        assert figures["system"] == ["fake@2"]
        assert figures["lines"] == ["4", "7", "sentences"]
        assert figures["from the cache"][0] == "0"
        assert "sentences a second" in figures
        assert "1 line left out: no text on one side or both" in ended.err
        rows = [json.loads(line) for line in Path("lines.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [row["line"] for row in rows] == [1, 2, 3, 5]
        assert [row["source"] for row in rows] == [*PARAGRAPHS, "학교"]
        assert set(rows[0]) == {
            "line", "model", "source", "reference", "translation", "chrf", "score", "doubts", "attempts",
        }  # fmt: skip
        ended = worldbrief(*arguments, "--limit", "2", "--against", "lines.jsonl")
        assert ended.code == 0
        assert "sentences a second" not in ended.out
        bleu = [line.split() for line in ended.out.splitlines() if line.startswith("BLEU")][-1]
        assert bleu[7] == "1.000"

    def test_evaluate_against_another_file(self, worldbrief: Command) -> None:
        Path("ko.txt").write_text("학교\n", encoding="utf-8")
        Path("en.txt").write_text("School\n", encoding="utf-8")
        ended = worldbrief(*EVALUATE, "ko.txt", "--reference", "en.txt", "--against", "worldbrief.toml")
        assert (ended.code, ended.out) == (2, "")
        assert "worldbrief.toml: line 1 is not one that --out wrote" in ended.err

    def test_evaluate_models(self, worldbrief: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        """The fake translator stands in for the installed model; the files of this checkout stay as they are."""
        from pipeline.backends.fake import FakeTranslator
        from pipeline.models.store import ModelStore
        from pipeline.run.installed import Models
        from pipeline.translation.routes import Route

        Path("data").mkdir()
        for code, text in (("en", "School\n"), ("ko", "학교\n"), ("th", "โรงเรียน\n")):
            Path(f"data/dev.{code}.txt").write_text(text, encoding="utf-8")
        name = "worldbrief-qwen2.5-1.5b"
        entry = registry.load().find(name)
        assert entry is not None
        with ModelStore(Path("models")).installing(name) as workspace:
            (workspace.staging / "model.bin").write_bytes(b"x")
            workspace.commit(entry, source="a test")
        fake = [Route(FakeTranslator.identity, FakeTranslator)]
        monkeypatch.setattr(Models, "routes", lambda models, language: fake)
        Path("checkout/models").mkdir(parents=True)
        place = Path("checkout/models/registry.toml")
        place.write_bytes(registry.location().read_bytes())
        monkeypatch.setattr(registry, "location", lambda: place)
        Path("checkout/models/README.md").write_bytes((ROOT / "models/README.md").read_bytes())
        ended = worldbrief("evaluate", "models", "--data", "data", "--language", "th", "--write")
        assert ended.code == 0
        assert [line.split()[:2] for line in ended.out.splitlines()[1:]] == [[name, "th"]]
        assert f"{name}: th: BLEU " in ended.err
        found = registry.parse(place.read_text(encoding="utf-8")).find(name)
        assert found is not None
        assert "th" in found.measured
        assert "| Thai | `fake` |" in Path("checkout/models/README.md").read_text(encoding="utf-8")

    def test_evaluate_extraction(self, worldbrief: Command) -> None:
        body = [*PARAGRAPHS]
        page = "".join(f"<p>{paragraph}</p>" for paragraph in body)
        Path("page.html").write_text(
            f"<html><body><article><h1>교육</h1>{page}</article></body></html>", encoding="utf-8"
        )
        gold = {"file": "page.html", "title": "교육", "body": body}
        Path("gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
        ended = worldbrief("evaluate", "extraction", ".")
        assert ended.code == 0
        assert "all 1" in ended.out

    def test_evaluate_tags(self, worldbrief: Command) -> None:
        subjects = ("sports", "health", "politics", "travel", "entertainment", "science/technology", "geography")
        rows = (f"{2 * place}\t{subject}\tNews of {subject} today.\ttest\n" for place, subject in enumerate(subjects))
        Path("sib200_eng_Latn.tsv").write_text("".join(rows), encoding="utf-8")
        ended = worldbrief("evaluate", "tags", ".", "--calibrate")
        assert ended.code == 0
        assert tomllib.loads(ended.out).keys() == {"slope", "bias", "threshold", "probe", "vector"}
        # Without an embedding model a run gives no topics either.
        ended = worldbrief("evaluate", "tags", ".")
        assert (ended.code, ended.out) == (2, "")
        assert "topics are not calibrated for this embedding model" in ended.err


class TestUnusableModel:
    def test_the_run_ends_with_one_line_and_goes_on_from_there(
        self, worldbrief: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from pipeline.backends.fake import FakeTranslator

        def fail(*arguments: object) -> None:
            raise BackendError("fake@2: the engine failed: no memory [left]")

        write("a.txt")
        with monkeypatch.context() as broken:
            broken.setattr(FakeTranslator, "translate", fail)
            ended = worldbrief("run", "news", "--issue", ONE)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == "worldbrief: fake@2: the engine failed: no memory [left]\n"
        assert written() == []
        assert worldbrief("run", "news", "--issue", ONE).code == 0
        assert [stage["cached"] for stage in report()["stages"]] == [1, 1, 0, 0, 0]


class TestAgain:
    def test_the_last_issue_with_what_the_editor_decided(self, worldbrief: Command) -> None:
        write("a.txt")
        write("b.txt", title="다른 계획")
        worldbrief("run", "news", "--issue", "2026-11-23")
        Path("overlay.toml").write_text(
            f"[issue.2026-11-23.article]\n{records()[0]['id']}.drop = true\nzzz.pin = true\n", encoding="utf-8"
        )
        ended = worldbrief("run", "--again")
        assert ended.code == 0
        assert "1 article in issue 2026-11-23" in ended.err
        assert "1 dropped by the editor" in ended.err
        assert "overlay: zzz: no article of this issue has this id" in ended.err
        assert {stage["computed"] for stage in report()["stages"]} == {0}

    def test_it_takes_all_from_the_last_run(self, worldbrief: Command) -> None:
        assert "a run comes before" in worldbrief("run", "--again").err
        ended = worldbrief("run", "news", "--again")
        assert (ended.code, "give none of them" in ended.err) == (2, True)
        worldbrief("run", "-", "--issue", "2026-11-23", stdin="\n\n".join(("제목", *PARAGRAPHS)).encode())
        ended = worldbrief("run", "--again")
        assert (ended.code, "worldbrief run - --issue 2026-11-23" in ended.err) == (2, True)

    def test_a_wrong_overlay_is_told_before_anything_runs(self, worldbrief: Command) -> None:
        write("a.txt")
        Path("overlay.toml").write_text("[[name]]\nlanguage = 'ko'\n")
        ended = worldbrief("run", "news")
        assert ended.code == 2
        assert "overlay.toml: name.0.source: field required" in ended.err
        assert not Path("out").exists()


class TestInterrupted:
    def test_one_line_and_nothing_half_written(self, worldbrief: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        from pipeline.backends.fake import FakeTranslator

        def interrupt(*arguments: object) -> None:
            raise KeyboardInterrupt

        write("a.txt")
        Path("news/empty.txt").write_bytes(b"")
        with monkeypatch.context() as interrupted:
            interrupted.setattr(FakeTranslator, "translate", interrupt)
            ended = worldbrief("run", "news", "--issue", ONE)
        assert ended.code == 130
        assert ended.err == (
            "worldbrief: interrupted; what was finished is kept, and the same command goes on from there\n"
        )
        assert written() == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
class TestFullDisk:
    @pytest.mark.parametrize("name", ["articles.jsonl", "digest.md", "report.json"])
    @pytest.mark.parametrize("times", [1, 40])
    def test_one_line_names_the_file_and_the_same_command_goes_on(
        self, worldbrief: Command, monkeypatch: pytest.MonkeyPatch, name: str, times: int
    ) -> None:
        def full(path: Path) -> Path:
            temporary = temporary_beside(path)
            if path.name == name:
                temporary.symlink_to("/dev/full")
            return temporary

        write("a.txt", *PARAGRAPHS * times)
        Path("out").mkdir()
        with monkeypatch.context() as disk:
            disk.setattr("pipeline.run.articles.temporary_beside", full)
            disk.setattr("pipeline.files.temporary_beside", full)
            ended = worldbrief("run", "news", "--issue", ONE)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == f"worldbrief: out/{name}: cannot be written: No space left on device\n"
        assert name not in written()
        assert not any(left.startswith(".") for left in written())
        assert worldbrief("run", "news", "--issue", ONE).code == 0
        assert written() == FILES


HEAVY = ("torch", "transformers", "spacy", "trafilatura", "datasets", "ctranslate2", "fxtranslate", "lxml", "sklearn")


def test_a_second_run_loads_no_model_and_no_library_of_models(tmp_path: Path) -> None:
    (tmp_path / "worldbrief.toml").write_text('[translate]\nmodel = "fake"\n')
    (tmp_path / "a.txt").write_text("\n\n".join(("새로운 교육 계획", *PARAGRAPHS)), encoding="utf-8")
    code = f"""
import sys, time
start = time.process_time()
sys.argv = ["worldbrief", "run", "a.txt", "--issue", {ONE!r}]
from pipeline.cli.app import main
try:
    main()
finally:
    print("loaded:", *[name for name in {HEAVY!r} if name in sys.modules])
    print("seconds:", round(time.process_time() - start, 2))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WORLDBRIEF_MODELS": str(tmp_path / "models")}
    for _ in range(2):
        ended = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
    *_, loaded, seconds = ended.stdout.splitlines()
    assert loaded == "loaded:"
    # Half a second on an idle machine; the bound only catches a model being loaded.
    assert float(seconds.split()[1]) < 5


class TestTemplates:
    def test_they_are_written_changed_and_used(self, worldbrief: Command) -> None:
        write("a.txt")
        ended = worldbrief("templates", "export", "mine")
        assert ended.code == 0
        assert sorted(ended.out.splitlines()) == sorted(f"mine/{name}" for name in written("mine"))
        assert worldbrief("templates", "export", "mine").code == 2
        assert worldbrief("templates", "export", "mine", "--force").code == 0
        Path("mine/digest.css").write_text("/* mine */", encoding="utf-8")
        Path("worldbrief.toml").write_text(
            Path("worldbrief.toml").read_text(encoding="utf-8") + '\n[issue]\ntemplates = "mine"\n', encoding="utf-8"
        )
        assert worldbrief("run", "news", "--issue", ONE).code == 0
        assert "/* mine */" in Path("out/digest.html").read_text(encoding="utf-8")

    def test_a_broken_one_stops_the_run_before_it_begins(self, worldbrief: Command) -> None:
        write("a.txt")
        Path("mine").mkdir()
        Path("mine/entry.html").write_text("\n{{ itm }}", encoding="utf-8")
        Path("worldbrief.toml").write_text(
            Path("worldbrief.toml").read_text(encoding="utf-8") + '\n[issue]\ntemplates = "mine"\n', encoding="utf-8"
        )
        ended = worldbrief("run", "news", "--issue", ONE)
        assert ended.code == 2
        assert "mine/entry.html, line 2: 'itm' is not known there; known are" in ended.err
        assert written() == []
        assert not list(Path(".worldbrief").glob("*results*"))
