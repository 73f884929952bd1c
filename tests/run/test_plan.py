"""The list of stages, and what happens between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest

from pipeline.article import Article, Content, Document, Entity, Language, Summary, Tags
from pipeline.config import Config, Run, Translate
from pipeline.executor.steps import Between, Step
from pipeline.overlay.overlay import Overlay
from pipeline.report.report import RunReport
from pipeline.run import job
from pipeline.run.digests import Digests
from pipeline.run.installed import Models
from pipeline.run.plan import READ_BY_NONE, STAGES, Parts, steps, translate_stage
from pipeline.stages.translate import languages_of
from pipeline.store.state import State
from tests.doubles import Silent
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

KOREAN = "정부는 새로운 교육 계획을 발표했다. 시민들은 계획을 환영했다. 교사들은 준비가 되었다고 말했다. " * 3
CHINESE = "政府宣布新的教育計畫，市民表示歡迎。"


def article(*paragraphs: str, language: str = "ko", title: str = "") -> Article:
    return Article(
        document=Document(source="x", data=b"", media_type="text/plain"),
        content=Content(title=title, paragraphs=paragraphs),
        language=Language(code=language, score=1.0),
    )


@pytest.mark.parametrize("until", [None, *STAGES])
def test_the_plan_ends_with_the_stage_that_is_asked_for(until: str | None) -> None:
    config = Config()
    made = steps(Parts(config=config, models=ScriptedModels(config, {})), until)
    names = [step.stage.name for step in made if isinstance(step, Step)]
    assert names == list(STAGES[: STAGES.index(until) + 1] if until else STAGES)
    assert isinstance(made[-1], Step)


def test_nobody_is_asked_for_admission_where_all_are_let_in(tmp_path: Path) -> None:
    config = Config()
    models = ScriptedModels(config, {})
    with closing(State(tmp_path / "state.db")) as state:
        digests = Digests(
            config,
            (),
            issue_id="monday",
            state=state,
            report=RunReport(issue="monday", started=""),
            overlay=Overlay(),
            better=models.better,
            keep_known=False,
        )
        bare, asked = (steps(Parts(config=config, models=models, digests=given)) for given in (None, digests))
    assert len(asked) == len(bare) + 1
    assert isinstance(asked[1], Between)


class Preparing(ScriptedModels):
    """Remembers what it was to get, and what was looked up before."""

    def __init__(self, config: Config) -> None:
        super().__init__(config, {"ko": ScriptedTranslator()})
        self.prepared: list[list[tuple[str, ...]]] = []

    def prepare(self, articles: Iterable[Sequence[str]]) -> None:
        assert "translate/ko" not in self.used
        self.prepared.append([tuple(languages) for languages in articles])


@pytest.mark.parametrize(("until", "prepared"), [("detect", []), (None, [[("ko",), ()]])])
def test_models_are_got_once_the_languages_are_known_and_before_they_are_looked_up(
    tmp_path: Path, until: str | None, prepared: list[list[tuple[str, ...]]]
) -> None:
    (tmp_path / "a.txt").write_text(f"제목\n\n{KOREAN}", encoding="utf-8")
    (tmp_path / "b.txt").write_text("A title\n\n" + "The ministers met in the capital to talk of trade. " * 4)
    config = Config(run=Run(out=str(tmp_path / "out"), cache=str(tmp_path / "cache")))
    models = Preparing(config)
    task = job.Job(
        config=config,
        issue="2026-02-02",
        started="now",
        paths=(str(tmp_path / "a.txt"), str(tmp_path / "b.txt")),
        until=until,
    )
    job.run(task, models, NoProgress())
    assert models.prepared == prepared


def test_a_stage_that_reads_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config(translate=Translate(model="fake"), run=Run(models=str(tmp_path / "models")))
    allowed = []
    monkeypatch.setattr(Models, "_fetch", lambda models, wanted: allowed.append(wanted))
    stage = translate_stage(Parts(config=config, models=Models(config, Silent())))
    # The supporting models are known to every run: they are got when its stages are made.
    assert allowed == [[]]

    def refuse(*arguments: object, **how: object) -> None:
        raise AssertionError

    monkeypatch.setattr("pipeline.models.get.get", refuse)
    monkeypatch.setattr(Models, "_fetch", refuse)
    value = stage.read(article(KOREAN))
    assert value is not None
    assert value.encoders == {}


class TestLanguages:
    def test_those_of_its_sentences_after_its_own(self) -> None:
        assert languages_of(article(KOREAN, CHINESE)) == ("ko", "zh-Hant")
        assert languages_of(article(KOREAN, "The minister said that the two sides had signed it.")) == ("ko",)

    @pytest.mark.parametrize("language", ["en", "und"])
    def test_none_where_nothing_is_translated(self, language: str) -> None:
        assert languages_of(article(KOREAN, CHINESE, language=language)) == ()

    def test_none_where_nothing_is_known(self) -> None:
        assert languages_of(Article(document=Document(source="x", data=b"", media_type="text/plain"))) == ()


def test_what_is_read_by_none_changes_no_other_input() -> None:
    config = Config()
    made = steps(Parts(config=config, models=ScriptedModels(config, {})))
    stages = [step.stage for step in made if isinstance(step, Step)]
    plain = article("The city opened the new bridge.", language="en", title="Bridge")
    tags = Tags(entities=(Entity(text="A", type="place", count=1),))
    full = replace(plain, summary=Summary(text="x", one_line="y", method="z"), tags=tags)
    assert {field.name for field in fields(Article)} - {"summary", "tags"} == {
        "document", "content", "language", "translation", "is_update", "news",
    }  # fmt: skip
    assert frozenset({"summarise", "tag"}) == READ_BY_NONE
    for stage in stages:
        read = [stage.read(one) for one in (plain, full)]
        assert read[0] == read[1], stage.name
