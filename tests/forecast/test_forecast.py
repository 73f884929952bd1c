"""A plan says what the run then does, and changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline.config import Config, Extract, Run, Summarise, Translate
from pipeline.errors import ConfigError
from pipeline.executor import origins
from pipeline.executor.origins import Kind, Reason
from pipeline.executor.steps import Step
from pipeline.forecast.forecast import Fate, Forecast
from pipeline.forecast.preview import preview
from pipeline.report.report import RunReport
from pipeline.run import job
from pipeline.run.again import last_run
from pipeline.run.job import Job
from pipeline.run.plan import Parts, steps
from pipeline.run.selection import Selection
from pipeline.stages.translate import TranslateStage
from pipeline.store.cache import SqliteStore
from tests.docs.markdown import Document, rows, ticked
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ko", "vi", "zh-Hans", "zh-Hant", "pt", "ru")
SAMPLES = {
    "ru.txt": "Мост открыт\n\n"
    + "Городские власти открыли новый мост в понедельник утром. Строительство продолжалось три года. "
    "Мэр поблагодарил жителей за терпение. Движение по мосту начнётся завтра. " * 2,
    "pt.txt": "Ponte aberta\n\n" + "A cidade abriu a nova ponte na segunda-feira de manhã. As obras duraram três anos. "
    "O prefeito agradeceu aos moradores. O trânsito começa amanhã. " * 3,
    "en.txt": "Bridge opened\n\n" + "The city opened the new bridge on Monday morning. Construction took three years. "
    "The mayor thanked the residents. Traffic starts tomorrow. " * 3,
    "el.txt": "Η γέφυρα άνοιξε\n\n"
    + "Ο δήμος άνοιξε τη νέα γέφυρα το πρωί της Δευτέρας. Τα έργα κράτησαν τρία χρόνια. "
    "Ο δήμαρχος ευχαρίστησε τους κατοίκους. Η κυκλοφορία αρχίζει αύριο. " * 3,
    "empty.txt": "Nothing.",
    "broken.json": "{",
}


class Plain(ScriptedModels):
    """Without dictionaries, which take their time to open."""

    def dictionary(self, language: str) -> None:
        return None


@dataclass
class World:
    """A folder with a cache, articles and models whose translator is counted."""

    folder: Path
    seeds: bool = False
    translator: ScriptedTranslator = field(default_factory=ScriptedTranslator)
    config: Config = field(default_factory=Config)
    asked: dict[str, Any] = field(default_factory=dict)
    """Other fields of the job."""

    def __post_init__(self) -> None:
        self.articles = self.folder / "articles"
        self.articles.mkdir()
        for path in (ROOT / "seeds").glob("*.txt") if self.seeds else ():
            shutil.copy(path, self.articles)
        for name, text in SAMPLES.items():
            (self.articles / name).write_text(text, encoding="utf-8")

    def job(self, issue: str = "2026-11-23", paths: tuple[str, ...] = (), keep_known: bool = False) -> Job:
        where = Run(
            out=str(self.folder / "out"),
            cache=str(self.folder / "cache"),
            models=str(self.folder / "models"),
            window=self.config.run.window,
        )
        config = self.config.model_copy(update={"run": where})
        task = Job(config=config, issue=issue, started="", paths=paths or (str(self.articles),), keep_known=keep_known)
        return replace(task, **self.asked)

    def models(self, config: Config) -> ScriptedModels:
        return (ScriptedModels if self.seeds else Plain)(config, dict.fromkeys(LANGUAGES, self.translator))

    def plan(self, issue: str = "2026-11-23", stdin: bytes = b"", keep_known: bool = False) -> Forecast:
        task = self.job(issue, ("-",) if stdin else (), keep_known)
        return preview(task, self.models(task.config), io.BytesIO(stdin))

    def run(self, issue: str = "2026-11-23", stdin: bytes = b"", keep_known: bool = False) -> RunReport:
        task = self.job(issue, ("-",) if stdin else (), keep_known)
        return job.run(task, self.models(task.config), NoProgress(), io.BytesIO(stdin)).report

    def sentences(self) -> int:
        """First tries since the last time."""
        asked = sum(len(segments) for segments, decoding in self.translator.calls if decoding.attempt == 0)
        self.translator.calls.clear()
        return asked

    def exact(self, issue: str = "2026-11-23", stdin: bytes = b"", keep_known: bool = False) -> Forecast:
        """Plan, then run; the plan says what the run does."""
        before = contents(self.folder)
        forecast = self.plan(issue, stdin, keep_known)
        assert contents(self.folder) == before
        assert self.translator.calls == []
        report = self.run(issue, stdin, keep_known)
        assert forecast.articles == report.articles
        assert (forecast.known, forecast.duplicates, forecast.updates, forecast.left_out) == (
            report.known, report.duplicates, report.updates, report.left_out,
        )  # fmt: skip
        assert set(forecast.names) == {stage.stage for stage in report.stages} - {"ingest"}
        for stage in report.stages:
            planned = forecast.total(stage.stage)
            # What waits for another result may come out as it was before.
            again = stage.cached - planned.hit
            assert 0 <= again <= planned.follows, stage.stage
            assert stage.computed == planned.miss + planned.stale + planned.follows - again, stage.stage
            assert (planned.skipped, planned.refused, planned.failed) == (stage.skipped, stage.refused, stage.failed)
            if stage.stage in ("extract", "detect", "translate"):
                assert planned.follows == 0
        assert sum(part.number for part in forecast.sentences) == self.sentences()
        return forecast


def contents(folder: Path) -> dict[str, str]:
    """Every file by the sha256 of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def reasons(forecast: Forecast, stage: str) -> dict[str, tuple[str, ...]]:
    """Kinds by article."""
    return {
        Path(one.source).name: tuple(reason.kind for reason in one.why) for one in forecast.redone if one.stage == stage
    }


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.mark.parametrize("window", [2, 256])
def test_what_is_planned_is_what_is_done(tmp_path: Path, window: int) -> None:
    world = World(tmp_path, seeds=True, config=Config(run=Run(window=window)))
    shutil.copy(world.articles / "ru.txt", world.articles / "same.txt")
    first = world.exact()
    translate = {row.language: row for row in first.stages if row.stage == "translate"}
    assert {code for code, row in translate.items() if row.miss} == set(LANGUAGES)
    assert translate["el"].failed == 1  # no model
    assert translate["en"].skipped == 1
    assert first.total("extract").refused == 1
    assert first.total("ingest").failed == 1
    assert set(reasons(first, "translate").values()) == {("new",)}

    second = world.exact()
    assert second.total("translate").miss == second.total("translate").stale == 0
    assert second.redone == []
    assert second.opened == set()

    third = world.exact("2026-11-24")
    assert third.known == 9
    assert third.total("translate").hit == 0
    everything = world.exact("2026-11-24", keep_known=True)
    assert everything.total("tag").hit == first.total("tag").follows + first.total("tag").miss


def test_a_new_text_is_told_and_costs_its_new_sentences(world: World) -> None:
    world.exact()
    path = world.articles / "pt.txt"
    path.write_text(path.read_text(encoding="utf-8") + "Os vizinhos estão muito contentes.", encoding="utf-8")
    forecast = world.exact("2026-11-24")
    assert (forecast.updates, forecast.known) == (1, 2)
    assert reasons(forecast, "extract") == {"pt.txt": ("text",)}
    assert reasons(forecast, "translate") == {"pt.txt": ("text",)}
    assert [(part.language, part.number) for part in forecast.sentences] == [("pt", 1)]
    assert forecast.remembered > 0


@pytest.mark.parametrize(
    ("change", "stage", "reason"),
    [
        ({"translate": Translate(min_confidence=0.2)}, "translate", Reason("option", ("min_confidence",))),
        ({"translate": Translate(beam_size=3)}, "translate", Reason("option", ("beam_sizes",))),
        ({"extract": Extract(max_characters=99_999)}, "extract", Reason("option", ("max_characters",))),
        ({"summarise": Summarise(max_words=11)}, "summarise", Reason("option", ("max_words",))),
    ],
    ids=["a setting", "a setting in the input", "of the first stage", "of a late stage"],
)
def test_a_setting_is_named(world: World, change: dict[str, object], stage: str, reason: Reason) -> None:
    world.exact()
    world.config = world.config.model_copy(update=change)
    forecast = world.exact(keep_known=True)
    assert {one.why for one in forecast.redone} == {(reason,)}
    assert {one.stage for one in forecast.redone} == {stage}
    assert {one.fate for one in forecast.redone} == {"stale"}
    # The texts are the same: nothing else is made anew, as far as it does not wait for this one.
    if stage == "extract":
        assert forecast.total("translate").hit == 2


def test_another_model_and_another_version_are_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.exact()
    world.translator = ScriptedTranslator(identity="scripted@2")
    forecast = world.exact()
    assert {one.why for one in forecast.redone} == {(Reason("model", ("models",)),)}
    assert sum(part.number for part in forecast.sentences) > 5
    assert {part.model for part in forecast.sentences} == {"scripted@2"}
    monkeypatch.setattr(TranslateStage, "version", TranslateStage.version + 1)
    forecast = world.exact()
    [why] = {one.why for one in forecast.redone}
    assert why == (Reason("version", (f"{TranslateStage.version - 1} to {TranslateStage.version}",)),)
    assert forecast.sentences == []
    assert forecast.remembered > 5


def test_a_result_that_is_gone_is_told(world: World) -> None:
    world.exact()
    with SqliteStore(world.folder / "cache" / "cache.db") as store, store._database.transaction() as connection:
        connection.execute("DELETE FROM results")
    forecast = world.exact()
    assert {one.why for one in forecast.redone} == {(Reason("lost"),)}


def test_standard_input_is_planned(world: World) -> None:
    text = SAMPLES["ru.txt"].encode()
    assert world.exact(stdin=text).total("translate").miss == 1


def test_a_cache_of_an_earlier_version_is_read_and_not_brought_up(world: World) -> None:
    world.exact()
    path = world.folder / "cache" / "cache.db"
    with SqliteStore(path) as store, store._database.transaction() as connection:
        for table in ("origins", "rates", "uses", "lookups", "identities"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 2")
    forecast = world.exact()
    assert forecast.redone == []
    assert forecast.total("translate").hit == 2


def test_damage_is_planned_as_the_run_mends_it(world: World) -> None:
    world.exact()
    path = world.folder / "cache" / "cache.db"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE memory", b"CREATE GABLE memory"))
    assert world.exact().total("translate").hit > 0


def test_without_a_cache_nothing_is_made(world: World) -> None:
    world.plan()
    assert not (world.folder / "cache").exists()


def test_feeds_are_not_asked(world: World) -> None:
    task = replace(world.job(), paths=("https://nobody.invalid/feed",))
    forecast = preview(task, world.models(task.config))
    assert (forecast.articles, forecast.feeds_not_asked) == (0, 1)


def test_what_was_measured_says_how_long_it_takes(world: World) -> None:
    first = world.plan()
    assert "sentence/scripted@1" in first.unmeasured
    world.run()
    world.translator.identity = "scripted@1"
    shutil.rmtree(world.folder / "out")
    with SqliteStore(world.folder / "cache" / "cache.db") as store, store._database.transaction() as connection:
        connection.execute("DELETE FROM results")
        connection.execute("DELETE FROM memory")
    again = world.plan()
    assert again.unmeasured == []
    assert again.seconds > 0
    assert json.loads(again.to_json())["seconds"] == round(again.seconds, 1)


def test_what_is_no_option_is_not_called_one() -> None:
    """Settings of a stage that its section does not have are identities of models."""
    config = Config()
    made = steps(Parts(config=config, models=ScriptedModels(config, {})))
    for step in made:
        if isinstance(step, Step):
            section = getattr(config, step.stage.name)
            assert set(step.stage.settings) - set(type(section).model_fields) <= origins._MODELS


def test_the_readme_has_every_fate_and_reason() -> None:
    text = Document("pipeline/forecast/README.md").text
    fates = {word for cells in rows(text, "fate") for word in cells[0].split(", ")}
    kinds = {word for cells in rows(text, "why") for word in ticked(cells[0])}
    assert fates == set(get_args(Fate))
    assert kinds == set(get_args(Kind))


@pytest.mark.parametrize("window", [1, 256])
def test_a_stage_that_is_forced_is_made_anew_once(tmp_path: Path, window: int) -> None:
    world = World(tmp_path, config=Config(run=Run(window=window)))
    world.exact()
    files = contents(world.folder / "out")
    shutil.copy(world.articles / "ru.txt", world.articles / "same.txt")
    world.asked = {"force": frozenset({"translate"})}
    forecast = world.exact()
    total = forecast.total("translate")
    assert (total.hit, total.stale + total.miss) == ((1, 2) if window == 1 else (0, 3))
    assert {reason for _, _, reason in forecast.why} >= {Reason("forced")}
    assert sum(part.number for part in forecast.sentences) > 5
    assert forecast.remembered == 0
    world.asked = {"force": frozenset({"extract", "detect", "summarise", "tag"})}
    (world.articles / "same.txt").unlink()
    assert world.exact().sentences == []
    changed = {name for name, digest in contents(world.folder / "out").items() if files[name] != digest}
    assert changed <= {"report.json"}


def test_one_article_only(world: World) -> None:
    source = "articles/ru.txt"
    world.asked = {"only": (source,)}
    forecast = world.exact()
    assert (forecast.left_out, forecast.total("translate").miss) == (3, 1)
    world.asked = {"only": (source,), "until": "extract"}
    assert world.exact().left_out == 3
    world.asked = {"only": ("abcdef0123",)}
    task = world.job("2026-11-24")
    result = job.run(task, world.models(task.config), NoProgress())
    assert result.files == []
    assert "--only abcdef0123: no article found has this id" in result.report.hints


def test_from_a_day_on(world: World) -> None:
    for name, day in (("ru.txt", 22), ("pt.txt", 23)):
        path = world.articles / name
        path.write_text(f"---\ndate: 2026-11-{day}\n---\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    world.asked = {"since": "2026-11-23"}
    forecast = world.exact()
    assert forecast.left_out == 1
    assert {row.language for row in forecast.stages if row.stage == "translate"} == {"pt", "en", "el"}


@pytest.mark.parametrize(
    ("since", "only", "said"),
    [("yesterday", (), "--since yesterday: no date"), ("", ("abc",), "--only abc: give at least 4")],
)
def test_a_choice_that_is_none(since: str, only: tuple[str, ...], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Selection(since, only)


def test_a_repetition_has_the_same_choice(world: World) -> None:
    world.asked = {"only": ("articles/ru.txt",), "since": "2020-01-01"}
    world.run()
    again = last_run(world.folder / "out")
    assert (again.only, again.since) == (world.asked["only"], "2020-01-01")
