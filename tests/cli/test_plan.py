"""`worldbrief plan`: what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.cli.forecasts import lines, reasons_table
from pipeline.errors import ConfigError
from pipeline.executor.origins import Reason
from pipeline.forecast.forecast import Forecast, Sentences

TEXT = (
    "도시는 월요일 아침에 새 다리를 열었다. 공사는 3년이 걸렸다. 시장은 주민들에게 감사를 전했다. 내일부터 다닌다. "
) * 3


def plan(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["plan", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "worldbrief.toml").write_text('[translate]\nmodel = "fake"\n[run]\nmodels = "models"\n')
    (tmp_path / "a.txt").write_text(f"새 다리\n\n{TEXT}", encoding="utf-8")
    return tmp_path / "a.txt"


def test_a_plan_before_the_first_run(articles: Path) -> None:
    shown = plan(str(articles))
    assert "not done before" in shown
    assert "Korean" in shown
    assert "sentences to translate; time unknown: not measured here" in shown
    assert not (articles.parent / ".worldbrief").exists()
    found = json.loads(plan(str(articles), "--json", "--until", "translate"))
    assert found["names"] == ["extract", "detect", "translate"]
    assert [(part["language"], part["model"]) for part in found["sentences"]] == [("ko", "fake@2")]
    assert {(one["stage"], one["fate"], one["why"][0]["kind"]) for one in found["redone"]} == {
        (stage, "miss", "new") for stage in found["names"]
    }


def test_nothing_to_do(tmp_path: Path, articles: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert plan(str(tmp_path / "empty")) == "nothing to do: no articles found\n"


def test_a_stage_that_is_none(articles: Path) -> None:
    with pytest.raises(ConfigError, match="--until print: no such stage"):
        plan(str(articles), "--until", "print")


def test_the_lines_below_the_tables() -> None:
    forecast = Forecast(issue="x", articles=3, known=1, feeds_not_asked=2, seconds=7300, remembered=4)
    forecast.sentences = [Sentences("ko", "a@1+b@2", 1)]
    assert list(lines(forecast)) == [
        "3 articles found, 1 in earlier issues",
        "2 feeds not asked: what they have new by now comes on top",
        "1 sentence to translate, 4 to be judged again; about 2.0 h",
    ]
    forecast.unmeasured = ["sentence/a@1+b@2", "work/tag", "look/tag"]
    assert list(lines(forecast))[2:] == [
        "1 sentence to translate, 4 to be judged again; about 2.0 h and what was never measured here",
        "not measured here: sentences by a+b",
        "not measured here: the tag stage",
    ]


def test_many_names_stay_a_line() -> None:
    forecast = Forecast(issue="x", names=["tag"])
    forecast.why["tag", "stale", Reason("option", tuple("abcdef"))] = 2
    [cells] = zip(*(column.cells for column in reasons_table(forecast).columns), strict=True)
    assert [str(cell) for cell in cells] == ["tag", "2", "stale", "another setting: a, b, c, d, ..."]
