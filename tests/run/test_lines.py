"""Lines in, lines out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.config import Config, Run
from pipeline.errors import BackendError, ConfigError
from pipeline.run import lines
from tests.fakes import ScriptedModels, ScriptedTranslator


def translated(source: Sequence[str], folder: Path, translator: ScriptedTranslator, language: str = "ko") -> list[str]:
    config = Config(run=Run(cache=str(folder / "cache")))
    return list(lines.translate(source, language, config, ScriptedModels(config, {"ko": translator})))


def test_a_line_that_would_be_no_prose_in_an_article_is_translated(tmp_path: Path) -> None:
    translator = ScriptedTranslator({"하나다.": ("One.",), "사진: 없음": ("Photo: none",)})
    assert translated(["하나다.", "사진: 없음"], tmp_path, translator) == ["One.", "Photo: none"]


def test_one_line_for_each_in_order(tmp_path: Path) -> None:
    translator = ScriptedTranslator({"하나다.": ("One.",), "둘이다.": ("Two.",), "셋이다.": ("Three.",)})
    source = ["둘이다.", "", "하나다. 셋이다.", "   ", "하나다."]
    assert translated(source, tmp_path, translator) == ["Two.", "", "One. Three.", "", "One."]


def test_an_answer_of_several_lines_is_made_one(tmp_path: Path) -> None:
    translator = ScriptedTranslator({"하나다.": ("One\nmore\u2028line.",)})
    assert translated(["하나다."], tmp_path, translator) == ["One more line."]


def test_what_nobody_sees_does_not_reach_the_model(tmp_path: Path) -> None:
    translator = ScriptedTranslator({"하나다.": ("One.",)})
    hidden = ["\u202e하\u200b나\u2069다.", "\ufeff하나다.\u0000", "\u200b\u202e", "👩‍👩‍👧 하나다."]
    assert translated(hidden, tmp_path, translator)[:3] == ["One.", "One.", ""]
    assert sorted(text for call in translator.texts for text in call) == ["하나다.", "👩‍👩‍👧 하나다."]


def test_more_lines_than_one_pool_as_they_come(tmp_path: Path) -> None:
    taken: list[int] = []

    def source() -> Iterator[str]:
        for number in range(1200):
            taken.append(number)
            yield f"{number}번 학교."

    config = Config(run=Run(cache=str(tmp_path)))
    results = lines.translate(source(), "ko", config, ScriptedModels(config, {"ko": ScriptedTranslator()}))
    first = next(results)
    assert first
    assert len(taken) < 1200
    assert len([first, *results]) == 1200


def test_lines_are_remembered(tmp_path: Path) -> None:
    first, second = ScriptedTranslator(), ScriptedTranslator()
    assert translated(["하나다."], tmp_path, first) == translated(["하나다."], tmp_path, second)
    assert (len(first.calls), len(second.calls)) == (1, 0)


def test_english_passes_through(tmp_path: Path) -> None:
    source = ["Hello  there.", "", "(x)"]
    assert translated(source, tmp_path, ScriptedTranslator(), "en") == source


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("klingon", "--from klingon: no such language"),
        ("th", "no model for Thai is installed; get one: worldbrief models get th"),
    ],
)
def test_what_cannot_be_translated_is_said_at_once(tmp_path: Path, language: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        translated(["x"], tmp_path, ScriptedTranslator(), language)


def test_a_failing_engine_ends_it(tmp_path: Path) -> None:
    class Broken(ScriptedTranslator):
        def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
            raise BackendError("the engine failed")

    with pytest.raises(BackendError):
        translated(["하나다."], tmp_path, Broken())
