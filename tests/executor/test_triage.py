"""What was refused or failed is tried again by rule, and told once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pipeline.article import Article, Content, Document
from pipeline.config import Config, Detect, Extract, Run
from pipeline.errors import ArticleError, Refused
from pipeline.executor import triage
from pipeline.executor.origins import Reason
from pipeline.executor.triage import QUARANTINE, beginning, is_tried_again
from pipeline.forecast.forecast import Forecast
from pipeline.forecast.preview import preview
from pipeline.report.report import Failure, RunReport
from pipeline.run import job
from pipeline.run.job import Job
from pipeline.stages import ALONE, Desk
from pipeline.stages.extract import Extract as ExtractStage
from pipeline.stages.extract import ExtractInput
from pipeline.store.quarantine import Entry, Mark, Quarantine
from tests.docs.markdown import Document as Readme
from tests.docs.markdown import rows, ticked
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

TEXT = "정부는 새 다리를 열었다. 공사는 삼 년이 걸렸다. 시장은 주민들에게 감사했다. " * 3
GREEK = "Ο δήμος άνοιξε τη νέα γέφυρα το πρωί της Δευτέρας. Τα έργα κράτησαν τρία χρόνια. " * 3


class Plain(ScriptedModels):
    """Without dictionaries, which take their time to open."""

    def dictionary(self, language: str) -> None:
        return None


@dataclass
class World:
    """A folder with one good article and one without text."""

    folder: Path
    config: Config = field(default_factory=Config)
    languages: tuple[str, ...] = ("ko",)
    read: list[str] = field(default_factory=list)
    """Sources whose bytes were read by the extract stage in the last run, as the beginning of their bytes."""
    asked: dict[str, object] = field(default_factory=lambda: {"until": "extract"})

    def __post_init__(self) -> None:
        self.news = self.folder / "news"
        self.news.mkdir()
        self.write("good.txt", f"다리\n\n{TEXT}")
        self.write("bad.txt", "Menu Home")

    def write(self, name: str, text: str) -> None:
        (self.news / name).write_text(text, encoding="utf-8")

    def job(self, day: int) -> Job:
        where = Run(out=str(self.folder / "out"), cache=str(self.folder / "cache"))
        issue = f"2026-11-{day:02}"
        task = Job(
            config=self.config.model_copy(update={"run": where}),
            issue=issue,
            started=f"{issue}T06:00:00+00:00",
            paths=(str(self.news),),
            keep_known=True,
        )
        return replace(task, **self.asked)  # type: ignore[arg-type]

    def models(self, task: Job) -> ScriptedModels:
        return Plain(task.config, dict.fromkeys(self.languages, ScriptedTranslator()))

    def run(self, day: int) -> RunReport:
        task = self.job(day)
        self.read.clear()
        report = job.run(task, self.models(task), NoProgress()).report
        for stage in report.stages:
            assert stage.articles == stage.cached + stage.computed + stage.skipped + stage.refused + stage.failed
        return report

    def exact(self, day: int) -> RunReport:
        """Plan, then run; the plan says what the run does."""
        planned = self.plan(day)
        report = self.run(day)
        for stage in report.stages:
            total = planned.total(stage.stage)
            assert (total.refused, total.failed) == (stage.refused, stage.failed), stage.stage
        return report

    def plan(self, day: int) -> Forecast:
        task = self.job(day)
        return preview(task, self.models(task))

    def mark(self, mark: Mark, name: str = "bad.txt") -> None:
        with Quarantine(self.folder / "cache" / QUARANTINE) as quarantine:
            quarantine.mark([entry.key for entry in quarantine.entries() if entry.source == f"news/{name}"], mark)

    @property
    def entries(self) -> dict[str, Entry]:
        with Quarantine(self.folder / "cache" / QUARANTINE) as quarantine:
            return {entry.source.removeprefix("news/"): entry for entry in quarantine.entries()}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path)
    process = ExtractStage.process

    def watched(
        self: ExtractStage, batch: Sequence[ExtractInput], desk: Desk = ALONE
    ) -> Sequence[Content | ArticleError]:
        made.read.extend(value.data[:4].decode(errors="replace") for value in batch)
        return process(self, batch, desk)

    monkeypatch.setattr(ExtractStage, "process", watched)
    return made


def kinds(failures: Sequence[Failure]) -> dict[str, str]:
    return {failure.source.removeprefix("news/"): failure.kind for failure in failures}


def test_a_bad_file_is_told_once_and_not_worked_on_again(world: World) -> None:
    first = world.exact(23)
    assert kinds(first.new_failures) == {"bad.txt": "no-article"}
    assert (first.quarantined, len(world.read)) == (0, 2)
    second = world.exact(24)
    assert world.read == []
    assert (second.new_failures, second.quarantined, second.stage("extract").refused) == ([], 1, 1)
    [failure] = second.failures
    assert (failure.kind, failure.since) == ("no-article", "2026-11-23T06:00:00+00:00")
    entry = world.entries["bad.txt"]
    assert (entry.first_seen[:10], entry.last_seen[:10], entry.last_tried[:10]) == (
        "2026-11-23", "2026-11-24", "2026-11-23",
    )  # fmt: skip
    assert (entry.tries, entry.begins) == (1, "Menu Home")
    lines = (world.folder / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["refused", "done"]


def test_another_text_is_tried(world: World) -> None:
    world.run(23)
    world.write("bad.txt", "Menu Home News")
    assert kinds(world.run(24).new_failures) == {"bad.txt": "no-article"}
    assert len(world.entries) == 1
    world.write("bad.txt", f"다리 둘\n\n{TEXT}")
    report = world.run(25)
    assert (report.failures, report.stage("extract").computed) == ([], 1)
    assert world.entries == {}


def test_the_same_text_under_another_name_is_known(world: World) -> None:
    world.run(23)
    (world.news / "bad.txt").rename(world.news / "moved.txt")
    assert world.run(24).new_failures == []
    assert set(world.entries) == {"moved.txt"}


def test_copies_in_one_run_are_both_new(tmp_path: Path) -> None:
    """However far apart they come; a first run in which all is refused says so in its report."""
    world = World(tmp_path, asked={})
    (world.news / "good.txt").unlink()
    world.write("copy.txt", "Menu Home")
    task = world.job(23)
    task = replace(
        task, config=task.config.model_copy(update={"run": task.config.run.model_copy(update={"window": 1})})
    )
    result = job.run(task, world.models(task), NoProgress())
    assert kinds(result.report.new_failures) == {"bad.txt": "no-article", "copy.txt": "no-article"}
    assert result.report.quarantined == 0
    assert (tmp_path / "out" / "report.json").exists()
    assert job.run(task, world.models(task), NoProgress()).report.quarantined == 2


def test_copies_under_two_names_are_forgotten_with_the_first(tmp_path: Path) -> None:
    with Quarantine(tmp_path / QUARANTINE) as quarantine:
        known = triage.Triage(quarantine, "2026-11-23T06:00:00+00:00")
        for source in ("a.txt", "b.txt"):
            copied = Article(document=Document(source=source, data=b"x", media_type="text/plain"))
            known.failed("extract", [triage.Failure("k", copied, Refused("no-article", "nothing in it"))])
        for source in ("b.txt", "a.txt"):
            known.passed("extract", [source])
        assert list(quarantine.entries()) == []


def test_another_version_and_another_option_try_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.run(23)
    world.config = Config(detect=Detect(threshold=0.4))
    assert world.run(24).new_failures == []  # which has nothing to do with it
    world.config = Config(extract=Extract(min_characters=70))
    assert kinds(world.run(25).new_failures) == {"bad.txt": "no-article"}
    world.config = Config(extract=Extract(min_characters=70, max_seconds=20))
    assert kinds(world.run(26).new_failures) == {"bad.txt": "no-article"}
    monkeypatch.setattr(ExtractStage, "version", ExtractStage.version + 1)
    assert kinds(world.run(27).new_failures) == {"bad.txt": "no-article"}
    assert len(world.entries) == 1


def test_it_is_tried_again_where_the_user_says_so(world: World) -> None:
    world.run(23)
    world.mark("retry")
    assert Reason("forced") not in {reason for _, _, reason in world.plan(24).why}
    assert kinds(world.run(24).new_failures) == {"bad.txt": "no-article"}
    assert (len(world.read), world.entries["bad.txt"].tries) == (1, 2)
    assert world.run(25).new_failures == []


def test_what_is_dropped_is_silent(world: World) -> None:
    world.exact(23)
    world.mark("dropped")
    report = world.exact(24)
    assert (report.failures, report.quarantined, report.quarantine_dropped) == ([], 1, 1)
    assert (report.stage("extract").refused, world.read) == (1, [])
    # Another text is tried; where it ends for the same reason, that is no news either.
    world.write("bad.txt", "Menu Home News")
    report = world.exact(25)
    assert (report.failures, report.quarantine_dropped, len(world.read)) == ([], 1, 1)
    world.write("bad.txt", "")
    assert kinds(world.exact(26).new_failures) == {"bad.txt": "empty"}


def test_forcing_a_stage_tries_what_is_not_dropped(world: World) -> None:
    world.write("worse.txt", "Home")
    world.exact(23)
    world.mark("dropped", "worse.txt")
    world.asked |= {"force": frozenset({"extract"})}
    assert kinds(world.exact(24).new_failures) == {"bad.txt": "no-article"}
    assert len(world.read) == 2


def test_an_article_that_is_named_is_tried_even_if_it_is_dropped(world: World) -> None:
    world.run(23)
    world.mark("dropped")
    world.asked |= {"only": ("news/bad.txt",)}
    # Whoever asks for it wants to know what comes of it; it stays dropped.
    assert kinds(world.run(24).new_failures) == {"bad.txt": "no-article"}
    assert (world.read, world.entries["bad.txt"].mark) == (["Menu"], "dropped")
    world.asked |= {"only": ("news/good.txt",)}
    world.run(25)
    assert world.read == []


def test_without_a_model_it_is_tried_every_time(world: World) -> None:
    world.asked.clear()
    world.write("el.txt", f"Γέφυρα\n\n{GREEK}")
    (world.news / "bad.txt").unlink()
    for day in (23, 24):
        assert kinds(world.exact(day).new_failures) == {"el.txt": "no-model"}
    assert world.entries["el.txt"].tries == 2
    world.languages = ("ko", "el")
    assert world.exact(25).failures == []
    assert world.entries == {}


def test_a_language_that_cannot_be_told_is_told_once(world: World) -> None:
    world.asked.clear()
    (world.news / "good.txt").unlink()
    world.write("odd.txt", "xq zt bb\n\n" + "zxq wvb kkj pqz trw mmn " * 12)
    world.config = Config(detect=Detect(threshold=1.0))
    assert kinds(world.run(23).new_failures)["odd.txt"] == "language-unknown"
    assert world.run(24).new_failures == []


def test_a_file_of_which_nothing_can_be_read(world: World) -> None:
    world.write("broken.json", '{"title": ')
    world.write("gone.txt", "")
    (world.news / "gone.txt").unlink()
    (world.news / "gone.txt").symlink_to("nowhere.txt")
    assert kinds(world.exact(23).new_failures) == {"bad.txt": "no-article", "broken.json": "bad-json",
                                                 "gone.txt": "unreadable"}  # fmt: skip
    # The disk may be another one tomorrow.
    assert kinds(world.exact(24).new_failures) == {"gone.txt": "unreadable"}
    world.write("broken.json", '{"title": x')
    assert kinds(world.exact(25).new_failures) == {"broken.json": "bad-json", "gone.txt": "unreadable"}
    world.write("broken.json", json.dumps([{"title": "다리", "text": TEXT}]))
    world.exact(26)
    assert "broken.json" not in world.entries


def test_a_file_of_broken_rows_is_no_million_entries(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "_MOST_ROWS", 3)
    world.write("list.json", "[1, 2, 3, 4, 5]")
    world.run(23)
    assert len(world.entries) == 1 + 3
    assert len(world.run(24).new_failures) == 2


def test_a_lost_cache_costs_no_decision(world: World) -> None:
    world.run(23)
    world.mark("dropped")
    for path in (world.folder / "cache").glob("cache.db*"):
        path.unlink()
    report = world.run(24)
    assert (report.failures, report.quarantine_dropped) == ([], 1)
    assert len(world.read) == 1


def test_a_damaged_entry_is_reported(world: World) -> None:
    world.run(23)
    with Quarantine(world.folder / "cache" / QUARANTINE) as quarantine:
        quarantine._file.database.connection.execute("UPDATE entries SET last_seen = '2020'")
    report = world.run(24)
    assert kinds(report.new_failures) == {"bad.txt": "no-article"}
    assert "1 entry was damaged and forgotten" in report.repairs[0]


class Killed(NoProgress):
    """Ends the run after so many batches."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def advance(self, stage: str, articles: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("batches", [1, 2])
def test_a_run_that_is_killed_loses_nothing(world: World, batches: int) -> None:
    for number in range(40):
        world.write(f"bad{number:02}.txt", f"Menu Home {number}")
    task = world.job(23)
    with pytest.raises(KeyboardInterrupt):
        job.run(task, world.models(task), Killed(batches))
    assert len(world.entries) == 16 * batches
    report = world.run(23)
    assert len(world.read) == 42 - 16 * batches
    assert (report.quarantined, report.stage("extract").refused, len(world.entries)) == (16 * batches, 41, 41)


def test_nothing_but_what_is_known_to_be_bad_is_nothing_new(world: World) -> None:
    world.asked.clear()
    (world.news / "good.txt").unlink()
    task = world.job(23)
    assert job.run(task, world.models(task), NoProgress()).files
    assert job.run(task, world.models(task), NoProgress()).files == []


@pytest.mark.parametrize(
    ("stage", "kind", "tries", "mark", "again"),
    [
        ("extract", "no-article", 1, "", False),
        ("extract", "unreadable", 1, "", False),
        ("ingest", "unreadable", 9, "", True),
        ("extract", "too-slow", 1, "", True),
        ("extract", "too-slow", 2, "", False),
        ("tag", "internal", 9, "", True),
        ("tag", "internal", 9, "dropped", False),
        ("translate", "no-model", 1, "", True),
        ("extract", "no-article", 1, "retry", True),
    ],
)
def test_the_rule(stage: str, kind: str, tries: int, mark: Mark, again: bool) -> None:
    assert is_tried_again(Entry(key="", source="", stage=stage, kind=kind, tries=tries, mark=mark)) == again


def test_the_readme_says_when_each_kind_is_tried_again() -> None:
    for cells in rows(Readme("pipeline/ingest/README.md").text, "kind"):
        entry = Entry(key="", source="", stage=cells[2], kind=ticked(cells[0])[0])
        again = is_tried_again(entry)
        twice = again and not is_tried_again(replace(entry, tries=2))
        assert cells[4] == ("once more" if twice else "each time" if again else "when it changes"), entry.kind


def test_the_beginning_of_a_page_is_what_it_shows() -> None:
    page = b"<html><head><title>x</title><style>a{}</style></head><body class='y'><p>One\n <b>two</b> &amp; three</p>"
    assert beginning(page_of(page)) == "One two &amp; three"
    assert beginning(page_of("한국".encode("utf-16"))) == "한국"
    assert len(beginning(page_of(b"x" * 100_000))) == 400
    assert beginning(page_of(b"\xff\x00<body")) != ""


def page_of(data: bytes) -> Article:
    return Article(document=Document(source="x", data=data, media_type="text/html"))
