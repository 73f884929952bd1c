"""Figures of the translate stage, with translators that say what the test tells them to."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.config import Config, Translate
from pipeline.errors import BackendError, ConfigError
from pipeline.evaluate.compare import compare, read_lines, write_lines
from pipeline.evaluate.parallel import Pair
from pipeline.evaluate.translation import (
    Doubted,
    LineScore,
    TranslationScores,
    evaluate,
)
from pipeline.store.cache import Store
from pipeline.translation.routes import Route
from tests.doubles import MemoryStore
from tests.fakes import ScriptedModels, ScriptedTranslator

PAIRS = (
    Pair(1, "정부는 새로운 교육 계획을 발표했다.", "The government announced a new education plan."),
    Pair(3, "시민들은 계획을 환영했다. 학교는 다시 문을 연다.", "Citizens welcomed the plan. Schools open again."),
    Pair(4, "교사들은 준비가 되었다고 말했다.", "Teachers said they were ready."),
)
RIGHT: Mapping[str, Sequence[str | Hypothesis]] = {
    "정부는 새로운 교육 계획을 발표했다.": (Hypothesis("The government announced a new education plan.", -0.05),),
    "시민들은 계획을 환영했다.": (Hypothesis("Citizens welcomed the plan.", -0.06),),
    "학교는 다시 문을 연다.": (Hypothesis("Schools open again.", -0.08),),
    "교사들은 준비가 되었다고 말했다.": (Hypothesis("Teachers said they were ready.", -0.1),),
}
LOOP = "the plan of " * 30
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def score(
    translator: ScriptedTranslator, store: Store | None = None, pairs: Sequence[Pair] = PAIRS, **options: object
) -> TranslationScores:
    config = Config(translate=Translate.model_validate(options))
    models = ScriptedModels(config, {"ko": translator, "en": translator})
    return evaluate(pairs, "ko", config, models, store or MemoryStore())


def scripted(answers: Mapping[str, Sequence[str | Hypothesis]] | None = None) -> ScriptedTranslator:
    return ScriptedTranslator({**RIGHT, **(answers or {})})


class TestScores:
    def test_what_is_right_scores_a_hundred(self) -> None:
        found = score(scripted())
        assert [found.bleu, found.chrf] == pytest.approx([100, 100])
        assert found.model == "scripted@1"
        assert (found.sentences, len(found.lines)) == (4, 3)
        assert found.gate.flagged == 0
        assert found.retried == 0
        assert "tok:13a" in found.bleu_signature
        assert "nc:6" in found.chrf_signature

    def test_lines_are_scored_whole_and_keep_their_numbers(self) -> None:
        first, second, third = score(scripted()).lines
        assert (first.line, second.line, third.line) == (1, 3, 4)
        assert second.translation == PAIRS[1].reference
        assert (second.score, second.attempts, second.chrf) == (-0.08, 1, 100)

    def test_an_answer_of_several_lines_is_made_one(self) -> None:
        found = score(scripted({PAIRS[0].source: ("The government\nannounced a new\u2028education plan.",)}))
        assert found.lines[0].translation == PAIRS[0].reference

    def test_lines_are_cleaned_as_articles_are(self) -> None:
        dirty = replace(PAIRS[0], source=PAIRS[0].source.replace(" ", "\u200b \u202a"))
        found = score(scripted(), pairs=(dirty, Pair(2, "\u200b", "Nothing.")))
        assert [line.translation for line in found.lines] == [PAIRS[0].reference, ""]
        assert found.lines[0].source == dirty.source

    def test_a_loop_is_tried_again_doubted_and_counted(self) -> None:
        found = score(scripted({PAIRS[0].source: (LOOP,)}), retries=1)
        assert "loop" in {doubt.kind for doubt in found.lines[0].doubts}
        assert [line.attempts for line in found.lines] == [2, 1, 1]
        assert found.retried == 0.25
        assert (found.gate.bad, found.gate.bad_flagged) == (1, 1.0)
        assert (found.gate.good, found.gate.good_flagged) == (2, 0.0)
        assert found.bleu < 100

    def test_a_line_is_judged_without_its_neighbours(self) -> None:
        """A number of the line before is no excuse for one that the line itself has not."""
        pairs = (
            Pair(1, "학교 417곳이 문을 연다.", "417 schools open."),
            Pair(2, "교사들은 기뻐했다.", "Teachers rejoiced."),
        )
        answers = {pairs[0].source: ("417 schools open.",), pairs[1].source: ("417 teachers rejoiced.",)}
        first, second = score(scripted(answers), pairs=pairs, retries=0).lines
        assert first.doubts == ()
        assert [doubt.kind for doubt in second.doubts] == ["number-invented"]

    def test_a_model_said_to_be_weak_is_no_doubt_about_a_line(self) -> None:
        class Weak(ScriptedModels):
            def routes(self, language: str) -> list[Route]:
                return [replace(found, bleu=1.0) for found in super().routes(language)]

        found = evaluate(PAIRS, "ko", Config(), Weak(Config(), {"ko": scripted()}), MemoryStore())
        assert found.gate.flagged == 0


class TestSpeed:
    def test_only_what_the_model_did_counts(self) -> None:
        store = MemoryStore()
        first = score(scripted(), store, PAIRS[:2])
        assert (first.speed.computed, first.speed.cached) == (3, 0)
        assert first.speed.sentences_per_second
        assert first.speed.wall_seconds >= first.speed.model_seconds > 0
        second = score(scripted(), store)
        assert (second.speed.computed, second.speed.cached) == (1, 3)
        third = score(scripted(), store)
        assert (third.speed.computed, third.speed.cached) == (0, 4)
        assert third.speed.sentences_per_second is None
        assert third.speed.sentences_per_wall_second is None
        assert third.lines == second.lines

    def test_a_retry_with_another_model_is_no_sentence_more(self) -> None:
        class Two(ScriptedModels):
            def routes(self, language: str) -> list[Route]:
                best = scripted({PAIRS[0].source: (LOOP,)})
                other = replace(scripted(), identity="other@1")
                return [Route(best.identity, lambda: best), Route(other.identity, lambda: other)]

        config = Config(translate=Translate(retries=2))
        found = evaluate(PAIRS, "ko", config, Two(config, {}), MemoryStore())
        assert found.bleu == pytest.approx(100)
        assert [line.attempts for line in found.lines] == [3, 1, 1]
        assert (found.speed.computed, found.speed.cached) == (4, 0)

    def test_english_is_neither_translated_nor_from_the_cache(self) -> None:
        english = (
            "The government said on Monday that all schools in the north of the country will open again in spring."
        )
        pair = Pair(1, english, english)
        found = score(scripted(), pairs=(pair, *PAIRS))
        assert found.lines[0].translation == pair.reference
        assert (found.sentences, found.speed.computed, found.speed.cached) == (5, 4, 0)

    def test_retries_take_time_but_are_no_sentences(self) -> None:
        found = score(scripted({PAIRS[0].source: (LOOP,)}), retries=2)
        assert found.speed.computed == 4

    def test_loading_the_model_is_not_translating(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = [0.0]
        monkeypatch.setattr("pipeline.evaluate.translation.time.perf_counter", lambda: clock[0])

        class Slow(ScriptedModels):
            def routes(self, language: str) -> list[Route]:
                (found,) = super().routes(language)

                def load() -> ScriptedTranslator:
                    clock[0] += 100
                    return scripted()

                return [replace(found, load=load)]

        class Working(ScriptedTranslator):
            def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
                clock[0] += 2
                return super().translate(segments, decoding)

        slow = Slow(Config(), {"ko": scripted()})
        assert evaluate(PAIRS, "ko", Config(), slow, MemoryStore()).speed.wall_seconds == 0
        found = score(Working(dict(RIGHT)), retries=0)
        assert (found.speed.model_seconds, found.speed.sentences_per_second) == (2, 2)


class TestUsage:
    @pytest.mark.parametrize(
        ("language", "message"),
        [
            ("klingon", "--language klingon: no such language"),
            ("en", "English is not translated"),
            ("th", "no model for Thai is installed"),
        ],
    )
    def test_what_cannot_be_translated_is_said_at_once(self, language: str, message: str) -> None:
        models = ScriptedModels(Config(), {"ko": scripted()})
        with pytest.raises(ConfigError, match=message):
            evaluate(PAIRS, language, Config(), models, MemoryStore())
        assert models.opened == []

    def test_a_failing_engine_ends_it(self) -> None:
        class Broken(ScriptedTranslator):
            def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
                raise BackendError("the engine failed")

        with pytest.raises(BackendError):
            score(Broken())


DOUBT = st.builds(Doubted, st.sampled_from(("loop", "number-lost")), TEXT)
LINES = st.builds(
    LineScore,
    line=st.integers(1, 10**6),
    model=TEXT,
    source=TEXT,
    reference=TEXT,
    translation=TEXT,
    chrf=st.floats(0, 100),
    score=st.none() | st.floats(-20, 0),
    doubts=st.lists(DOUBT, max_size=2).map(tuple),
    attempts=st.integers(1, 4),
)


class TestFile:
    @settings(deadline=None)
    @given(lines=st.lists(LINES, max_size=5))
    def test_what_is_written_is_read(self, lines: list[LineScore]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "deep" / "out.jsonl"
            write_lines(path, lines)
            assert path.read_text(encoding="utf-8").count("\n") == len(lines)
            assert read_lines(path) == lines

    @pytest.mark.parametrize("text", ["[]", '{"line": 1}', "x", '{"line": 1, "model": "m"'])
    def test_another_file_is_refused_with_the_line(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "out.jsonl"
        write_lines(path, score(scripted()).lines)
        with path.open("a", encoding="utf-8") as file:
            file.write(text + "\n")
        with pytest.raises(ConfigError, match=r"out\.jsonl: line 4 is not one that --out wrote"):
            read_lines(path)

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"nowhere\.jsonl: cannot be read: No such file or directory$"):
            read_lines(tmp_path / "nowhere.jsonl")

    def test_a_folder_is_no_file_to_write(self, tmp_path: Path) -> None:
        (tmp_path / "taken").mkdir()
        with pytest.raises(ConfigError, match="taken: cannot be written"):
            write_lines(tmp_path / "taken", score(scripted()).lines)


def lines(*translations: str) -> list[LineScore]:
    """Forty lines, with the translations in turn."""
    return [
        LineScore(
            line=number,
            model=f"m{len(translations)}",
            source=f"{number}",
            reference=f"School number {number} opens again in the spring of next year.",
            translation=translations[number % len(translations)].format(number),
            chrf=0,
            score=None,
            doubts=(),
            attempts=1,
        )
        for number in range(1, 41)
    ]


GOOD = "School number {} opens again in the spring of next year."
WORSE = "The school opens in a year."


class TestComparison:
    def test_a_difference_that_is_none(self) -> None:
        found = compare(lines(GOOD), lines(GOOD))
        assert (found.baseline, found.system, found.lines) == ("m1", "m1", 40)
        assert [(one.metric, one.p_value) for one in found.metrics] == [("BLEU", 1.0), ("chrF2", 1.0)]
        for one in found.metrics:
            assert [one.baseline, one.system] == pytest.approx([100, 100])

    def test_a_difference_that_is_one(self) -> None:
        found = compare(lines(WORSE), lines(GOOD, WORSE))
        for one in found.metrics:
            assert one.system > one.baseline
            assert one.p_value < 0.01
            assert one.system_interval > 0
            assert "bs:1000" in one.signature

    def test_a_difference_that_may_be_luck(self) -> None:
        same = lines(GOOD, WORSE)
        other = [replace(same[0], translation=GOOD.format(1)), *same[1:]]
        assert all(one.p_value > 0.05 for one in compare(same, other).metrics)

    def test_only_lines_of_both_count(self) -> None:
        assert compare(lines(GOOD)[:10], lines(WORSE)[5:]).lines == 5
        with pytest.raises(ConfigError, match="not among those"):
            compare(lines(GOOD)[:5], lines(WORSE)[5:])

    def test_other_sentences_cannot_be_compared(self) -> None:
        other = [replace(line, source="x") for line in lines(GOOD)]
        with pytest.raises(ConfigError, match="line 1 is another sentence"):
            compare(other, lines(GOOD))
