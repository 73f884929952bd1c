"""Translation as the stage promises it, with translators that say what the test tells them to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article import Article, Content, Document, Language, Translation
from pipeline.backends import Decoding, EntityRecogniser, EntityType, Hypothesis, Segment
from pipeline.config import Config, Translate
from pipeline.errors import ArticleError, BackendError, Refused
from pipeline.executor.memory import StoredMemory
from pipeline.run.plan import Parts, translate_stage
from pipeline.stages import ALONE, Desk
from pipeline.stages.english import read_english
from pipeline.stages.translate import TranslateStage
from pipeline.text.english.headline import as_headline
from pipeline.translation.corrections import Corrections
from pipeline.translation.routes import Route
from tests.doubles import MemoryStore
from tests.fakes import ScriptedModels, ScriptedTranslator

KOREAN = {
    "정부는 새로운 교육 계획을 발표했다.": "The government announced a new education plan.",
    "시민들은 계획을 환영했다.": "Citizens welcomed the plan.",
    "학교는 다시 문을 연다.": "Schools open again.",
    "교사들은 준비가 되었다고 말했다.": "Teachers said they were ready.",
}
CHINESE = {
    "政府宣布新的教育計畫。": "The government announced a new education plan.",
    "市民表示歡迎。": "Citizens welcomed it.",
    "學校將再次開放。": "Schools will open again.",
}
KO = tuple(KOREAN)
LOOP = "the plan of " * 30


def article(*paragraphs: str, title: str = "", language: str = "ko") -> Article:
    return Article(
        document=Document(source="x.txt", data=b"", media_type="text/plain"),
        content=Content(title=title, paragraphs=paragraphs),
        language=Language(code=language, score=1.0),
    )


def scripted(answers: Mapping[str, Sequence[str | Hypothesis]] | None = None) -> ScriptedTranslator:
    """Right answers for the sentences above, and the given ones over them."""
    right: dict[str, Sequence[str | Hypothesis]] = {
        source: (english,) for source, english in {**KOREAN, **CHINESE}.items()
    }
    return ScriptedTranslator({**right, **(answers or {})})


def stage(translator: ScriptedTranslator, **options: object) -> TranslateStage:
    config = Config(translate=Translate.model_validate(options))
    models = ScriptedModels(config, {"ko": translator, "zh-Hant": translator, "pt": translator})
    return translate_stage(Parts(config=config, models=models))


def remembering() -> Desk:
    return Desk(memory=StoredMemory(MemoryStore()))


def translate(made: TranslateStage, *articles: Article, desk: Desk = ALONE) -> list[Translation]:
    inputs = [made.read(one) for one in articles]
    results = made.process([value for value in inputs if value is not None], desk)
    translations = []
    for result in results:
        assert isinstance(result, Translation), result
        translations.append(result)
    return translations


class TestRead:
    def test_english_is_skipped(self) -> None:
        assert stage(scripted()).read(article("The end.", language="en")) is None

    def test_an_unknown_language_is_refused(self) -> None:
        with pytest.raises(Refused) as caught:
            stage(scripted()).read(article("…", language="und"))
        assert caught.value.kind == "language-unknown"

    def test_a_language_without_a_model_names_the_command(self) -> None:
        with pytest.raises(ArticleError, match=r"no model for Thai is installed.*worldbrief models get th") as caught:
            stage(scripted()).read(article("…", language="th"))
        assert caught.value.kind == "no-model"
        assert caught.value.status == "failed"

    def test_the_model_is_opened_only_for_work_and_only_once(self) -> None:
        config = Config()
        translator = scripted()
        models = ScriptedModels(config, {"ko": translator})
        desk = remembering()
        made = translate_stage(Parts(config=config, models=models))
        value = made.read(article(KO[0]))
        assert value is not None
        assert models.opened == []
        made.process([value], desk)
        made.process([made.read(article(KO[1])) or value], desk)
        assert models.opened == ["ko"]
        again = ScriptedModels(config, {"ko": translator})
        translate(translate_stage(Parts(config=config, models=again)), article(KO[0], KO[1]), desk=desk)
        assert again.opened == []

    def test_the_key_has_what_the_result_depends_on(self) -> None:
        made = stage(scripted())
        value = made.read(article(KO[0], title=KO[1]))
        assert value is not None
        assert made.key(value) != made.key(made.read(article(KO[1], title=KO[1])) or value)
        other = stage(ScriptedTranslator(identity="scripted@2"))
        assert made.key(value) != other.key(other.read(article(KO[0], title=KO[1])) or value)
        for wide in ({"beam_size": 4}, {"beam_sizes": {"ko": 4}}):
            wider = stage(scripted(), **wide)
            assert made.key(value) != wider.key(wider.read(article(KO[0], title=KO[1])) or value)
        other = stage(scripted(), beam_sizes={"ja": 4})
        assert made.key(value) == other.key(other.read(article(KO[0], title=KO[1])) or value)
        assert stage(scripted(), retries=0).settings != made.settings
        assert stage(scripted(), batch_tokens=7, threads=3, beam_sizes={"ja": 4}).settings == made.settings


class TestParagraphs:
    def test_one_english_paragraph_for_each_of_the_source(self) -> None:
        (found,) = translate(stage(scripted()), article(f"{KO[0]} {KO[1]}", KO[2], "", KO[3], title=KO[1]))
        assert found.title == "Citizens welcomed the plan"
        assert found.paragraphs == (
            "The government announced a new education plan. Citizens welcomed the plan.",
            "Schools open again.",
            "",
            "Teachers said they were ready.",
        )
        assert found.model == "scripted@1"
        assert (found.warnings, found.is_draft) == ((), False)

    def test_what_is_no_prose_stays_as_it_is_and_counts_for_nothing(self) -> None:
        translator = scripted({KO[0]: (LOOP,)})
        credit = "  사진: 산촌일보"
        (found,) = translate(stage(translator), article(credit, KO[0], KO[1], "$$AD$$", title=KO[1]))
        assert (found.paragraphs[0], found.paragraphs[3]) == (credit.strip(), "$$AD$$")
        lines = [one for one in found.sentences if one.is_apart]
        assert [(one.paragraph, one.doubts, one.confidence) for one in lines] == [(0, (), None), (3, (), None)]
        assert not any("$$" in warning.detail or warning.paragraph in (0, 3) for warning in found.warnings)
        read = read_english(replace(article(KO[0]), translation=found))
        assert read is not None
        assert not any("$$" in text or "사진" in text for text in read.sentences)

    def test_a_script_without_blanks_gets_them(self) -> None:
        (found,) = translate(stage(scripted()), article("".join(CHINESE), language="zh-Hant"))
        assert found.paragraphs == (" ".join(CHINESE.values()),)

    @settings(max_examples=40)
    @given(
        st.lists(st.lists(st.lists(st.sampled_from(KO), max_size=4), min_size=1, max_size=4), min_size=1, max_size=3),
        st.integers(1, 200),
    )
    def test_whatever_the_batches_everything_is_back_in_its_place(
        self, articles: list[list[list[str]]], batch_tokens: int
    ) -> None:
        made = stage(scripted(), batch_tokens=batch_tokens)
        found = translate(
            made, *(article(*(" ".join(paragraph) for paragraph in one), title=KO[0]) for one in articles)
        )
        for one, translation in zip(articles, found, strict=True):
            assert translation.title == KOREAN[KO[0]].removesuffix(".")
            assert translation.paragraphs == tuple(
                " ".join(KOREAN[sentence] for sentence in paragraph) for paragraph in one
            )
            assert [(sentence.paragraph, sentence.source) for sentence in translation.sentences] == [
                (-1, KO[0]),
                *((number, sentence) for number, paragraph in enumerate(one) for sentence in paragraph),
            ]

    def test_an_article_without_a_title(self) -> None:
        (found,) = translate(stage(scripted()), article(KO[0]))
        assert found.title == ""
        assert [sentence.paragraph for sentence in found.sentences] == [0]

    def test_a_title_is_translated_as_one(self) -> None:
        translator = scripted()
        translate(stage(translator), article(KO[0], title=KO[0]))
        assert sorted(segment.is_title for segments, _ in translator.calls for segment in segments) == [False, True]

    @pytest.mark.parametrize(
        ("text", "headline"),
        [
            ("Schools open again.", "Schools open again"),
            ('"Schools open again."', "Schools open again"),
            ("“Schools open again”", "Schools open again"),
            ('"Schools" open "again"', '"Schools" open "again"'),
            ("Schools open in the U.S.", "Schools open in the U.S."),
            ("And then...", "And then..."),
            (" . ", ""),
            ('"', '"'),
        ],
    )
    def test_a_headline_loses_what_models_put_around_it(self, text: str, headline: str) -> None:
        assert as_headline(text) == headline


class TestBatches:
    def test_sentences_of_all_articles_share_a_batch_sorted_by_length(self) -> None:
        translator = scripted()
        translate(stage(translator), article(KO[0], KO[1]), article(KO[2], KO[3]))
        assert translator.texts == [sorted(KO, key=len, reverse=True)]

    def test_names_that_the_model_is_told_count_as_length(self) -> None:
        class Told(ScriptedTranslator):
            def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
                return [len(f"{segment.text} {segment.terms}") for segment in segments]

        source = "트럼프가 말했다."  # the shortest, but for its name
        translator = Told(scripted({source: ("Trump spoke.",)}).answers)
        translate(stage(translator), article(*KO, source))
        assert translator.texts[0][0] == source
        assert len(translator.texts) == 1

    def test_a_batch_stays_within_the_tokens_it_is_given(self) -> None:
        translator = scripted()
        paragraphs = [f"{word}은 학교에 갔다." for word in ("소년", "소녀들", "선생님들", "할아버지들", "아이")] + list(
            KO
        )
        translate(stage(translator, batch_tokens=60), article(*paragraphs))
        assert len(translator.calls) > 1
        assert sorted(text for call in translator.texts for text in call) == sorted(paragraphs)
        for call, _ in translator.calls:
            sizes = translator.count_tokens(call, 0)
            assert max(sizes) * len(sizes) <= 60 or len(sizes) == 1
        lengths = [len(text) for call in translator.texts for text in call]
        assert lengths == sorted(lengths, reverse=True)

    def test_a_wider_search_has_smaller_batches(self) -> None:
        translator = scripted()
        translator.answers = {text: [""] for text in KO}  # doubted, whatever is asked
        translate(stage(translator, batch_tokens=100), article(*KO))
        widths = {decoding.beam_size for _, decoding in translator.calls}
        assert widths == {1, 2}
        for call, decoding in translator.calls:
            sizes = translator.count_tokens(call, decoding.attempt)
            assert max(sizes) * len(sizes) * decoding.beam_size <= 100
        assert sum(len(call) for call, decoding in translator.calls if decoding.beam_size == 1) == len(KO)
        first, retried = (sum(d.beam_size == width for _, d in translator.calls) for width in (1, 2))
        assert first < retried

    def test_languages_in_one_batch_are_searched_as_wide_as_each_is_to_be(self) -> None:
        translator = scripted()
        made = stage(translator, beam_size=1, beam_sizes={"zh": 3, "pt": 2}, retries=0)
        chinese = article(*CHINESE, language="zh-Hant")
        translate(made, article(*KO), chinese)
        widths = {segment.source_language: d.beam_size for call, d in translator.calls for segment in call}
        assert widths == {"ko": 1, "zh-Hant": 3}

    def test_a_sentence_beyond_the_budget_stands_alone(self) -> None:
        translator = scripted()
        translate(stage(translator, batch_tokens=1), article(*KO))
        assert [len(call) for call in translator.texts] == [1, 1, 1, 1]

    def test_languages_of_one_model_share_batches_and_keep_their_codes(self) -> None:
        translator = scripted()
        translate(stage(translator), article(KO[0]), article(*CHINESE, language="zh-Hant"))
        ((segments, _),) = translator.calls
        assert {segment.source_language for segment in segments} == {"ko", "zh-Hant"}

    def test_models_do_not_share_batches(self) -> None:
        one, other = ScriptedTranslator(identity="one"), ScriptedTranslator(identity="other")
        models = ScriptedModels(Config(), {"ko": one, "zh-Hant": other})
        made = translate_stage(Parts(config=Config(), models=models))
        found = translate(made, article(KO[0]), article(*CHINESE, language="zh-Hant"))
        assert [translation.model for translation in found] == ["one", "other"]
        assert (one.texts, len(other.calls)) == ([[KO[0]]], 1)

    def test_progress_counts_the_sentences(self) -> None:
        seen: list[tuple[int, int]] = []
        translator = scripted()
        config = Config(translate=Translate(batch_tokens=50))
        models = ScriptedModels(config, {"ko": translator})
        made = translate_stage(Parts(config=config, models=models))
        translate(made, article(*KO), desk=Desk(progress=lambda done, total: seen.append((done, total))))
        assert seen[0] == (0, 4)
        assert seen[-1] == (4, 4)
        assert len(seen) == len(translator.calls) + 1

    def test_missing_results_are_a_fault_of_the_engine(self) -> None:
        class Short(ScriptedTranslator):
            def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
                return super().translate(segments, decoding)[:-1]

        with pytest.raises(BackendError, match="1 results for 2 sentences"):
            translate(stage(Short()), article(KO[0], KO[1]))


class TestMixedLanguages:
    ENGLISH = "The minister said that the two sides had signed an agreement on trade."
    CHINESE = "政府宣布新的教育計畫，市民表示歡迎。"

    def made(self, *languages: str) -> tuple[TranslateStage, dict[str, ScriptedTranslator]]:
        translators = {code: ScriptedTranslator(identity=code) for code in languages}
        config = Config(translate=Translate(retries=0))
        return translate_stage(Parts(config=config, models=ScriptedModels(config, translators))), translators

    def test_english_stays_as_it_is(self) -> None:
        made, translators = self.made("ko")
        (found,) = translate(made, article(f"{KO[0]} {self.ENGLISH}", self.ENGLISH, title=KO[1]))
        assert found.paragraphs[0].endswith(self.ENGLISH)
        assert found.paragraphs[1] == self.ENGLISH
        assert not any(warning.paragraph == 1 for warning in found.warnings)
        assert sorted(text for call in translators["ko"].texts for text in call) == sorted(KO[:2])

    def test_a_sentence_in_another_language_goes_to_the_model_for_it(self) -> None:
        made, translators = self.made("ko", "zh-Hant")
        (found,) = translate(made, article(KO[0], self.CHINESE))
        assert (translators["ko"].texts, translators["zh-Hant"].texts) == ([[KO[0]]], [[self.CHINESE]])
        assert (found.model, found.other_models) == ("ko", ("zh-Hant",))

    def test_without_a_model_for_it_it_goes_with_the_others(self) -> None:
        made, translators = self.made("ko")
        (found,) = translate(made, article(KO[0], self.CHINESE))
        assert sorted(translators["ko"].texts[0]) == sorted([KO[0], self.CHINESE])
        assert len(found.paragraphs) == 2


class TestMemory:
    def test_a_repeated_sentence_is_translated_once(self) -> None:
        translator = scripted()
        found = translate(stage(translator), article(KO[0], KO[1], KO[0]), article(KO[0]))
        assert sorted(translator.texts[0]) == sorted([KO[0], KO[1]])
        assert found[0].paragraphs[0] == found[0].paragraphs[2] == found[1].paragraphs[0]

    def test_an_edited_article_costs_only_its_new_sentences(self) -> None:
        desk = remembering()
        translate(stage(scripted()), article(KO[0], KO[1]), desk=desk)
        translator = scripted()
        translate(stage(translator), article(KO[0], KO[2], KO[1]), desk=desk)
        assert translator.texts == [[KO[2]]]

    def test_another_model_or_setting_does_not_find_it(self) -> None:
        desk = remembering()
        translate(stage(scripted()), article(KO[0]), desk=desk)
        for made, translator in (
            (stage(other := ScriptedTranslator(identity="scripted@2")), other),
            (stage(wider := scripted(), beam_size=4), wider),
        ):
            translate(made, article(KO[0]), desk=desk)
            assert translator.texts == [[KO[0]]]

    def test_after_a_kill_the_same_batches_are_planned(self) -> None:
        class Killed(BaseException):
            pass

        articles = [
            article(*(f"{word} {sentence}" for sentence in KO), title=KO[0]) for word in ("어제", "내일", "지금")
        ]
        whole = scripted()
        expected = translate(stage(whole, batch_tokens=90), *articles)
        assert len(whole.calls) >= 4
        for at in range(len(whole.calls)):

            def kill(number: int, at: int = at) -> None:
                if number == at:
                    raise Killed

            desk = remembering()
            killed = scripted()
            killed.before = kill
            with pytest.raises(Killed):
                translate(stage(killed, batch_tokens=90), *articles, desk=desk)
            assert killed.calls == whole.calls[:at]
            rest = scripted()
            assert translate(stage(rest, batch_tokens=90), *articles, desk=desk) == expected
            assert rest.calls == whole.calls[at:]


class TestRetries:
    NUMBER = "학생 25명이 상을 받았다."

    @pytest.mark.parametrize(
        ("source", "bad", "good", "kind"),
        [
            (KO[0], LOOP, KOREAN[KO[0]], "loop"),
            (KO[0], KO[0], KOREAN[KO[0]], "untranslated"),
            (KO[0], "", KOREAN[KO[0]], "too-short"),
            (KO[0], Hypothesis(KOREAN[KO[0]], finished=False), KOREAN[KO[0]], "truncated"),
            (NUMBER, "35 students received a prize.", "25 students received a prize.", "number-invented"),
            (NUMBER, "Students received a prize.", "25 students received a prize.", "number-lost"),
        ],
    )
    def test_a_bad_sentence_is_tried_once_more_and_flagged_only_if_it_stays_bad(
        self, source: str, bad: str | Hypothesis, good: str, kind: str
    ) -> None:
        translator = scripted({source: (bad, good)})
        (found,) = translate(stage(translator), article(source, KO[1]))
        assert found.paragraphs == (good, KOREAN[KO[1]])
        assert found.warnings == ()
        assert translator.texts[1:] == [[source]]
        assert [decoding.attempt for _, decoding in translator.calls] == [0, 1]

        (found,) = translate(stage(scripted({source: (bad,)})), article(KO[1], source))
        assert kind in {warning.kind for warning in found.warnings}
        assert {warning.paragraph for warning in found.warnings} == {1}
        assert [bool(sentence.doubts) for sentence in found.sentences] == [False, True]

    def test_dates_and_names_are_asked_for_in_english_the_second_time(self) -> None:
        source = "캄보디아 정부는 9월 24일 화요일에 계획을 발표했다."
        again = "캄보디아 정부는 on September 24 Tuesday 에 계획을 발표했다."
        right = "Cambodia's government announced the plan on Tuesday, September 24."
        translator = scripted({source: ("The government announced the plan.",), again: (right,)})
        (found,) = translate(stage(translator), article(source))
        assert translator.texts == [[source], [again]]
        assert [segments[0].terms for segments, _ in translator.calls] == [(), (("캄보디아", "Cambodia"),)]
        assert found.paragraphs == (right,)
        assert found.warnings == ()

    def test_what_has_its_dates_and_names_right_is_asked_as_it_is(self) -> None:
        source = "캄보디아 정부는 9월 24일 화요일에 계획을 발표했다."
        right = "Cambodia's government announced the plan on Tuesday, September 24."
        translator = scripted({source: (Hypothesis(right, finished=False), right)})
        translate(stage(translator), article(source))
        assert translator.texts == [[source], [source]]
        assert [segments[0].terms for segments, _ in translator.calls] == [(), ()]

    def test_the_second_try_searches_in_another_way(self) -> None:
        translator = scripted({KO[0]: (LOOP, KOREAN[KO[0]])})
        translate(stage(translator), article(KO[0]))
        (_, first), (_, second) = translator.calls
        assert first.repetition_penalty == 1.0
        assert second.repetition_penalty > 1.0
        assert second.beam_size > first.beam_size

    def test_a_second_try_that_is_no_better_is_not_taken(self) -> None:
        first = "35 students received a prize."
        translator = scripted({self.NUMBER: (first, "45 students received a prize.")})
        (found,) = translate(stage(translator), article(self.NUMBER))
        assert found.paragraphs == (first,)

    @pytest.mark.parametrize(
        ("scores", "kept"),
        [((-0.2, -0.1), 1), ((-0.1, -0.2), 0), ((-0.1, -0.1), 0)],
    )
    def test_of_two_tries_as_doubtful_the_surer_is_kept(self, scores: tuple[float, ...], kept: int) -> None:
        texts = ("35 students received a prize.", "45 students received a prize.")
        tries = [Hypothesis(text, score, weakest=score) for text, score in zip(texts, scores, strict=True)]
        (found,) = translate(stage(scripted({self.NUMBER: tries})), article(self.NUMBER))
        assert found.paragraphs == (texts[kept],)
        assert found.sentences[0].attempts == 2

    def test_another_model_is_no_better_for_being_surer(self) -> None:
        texts = ("35 students received a prize.", "45 students received a prize.")
        one = scripted({self.NUMBER: (Hypothesis(texts[0], -0.2),)})
        other = ScriptedTranslator({self.NUMBER: (Hypothesis(texts[1], -0.1),)}, identity="scripted@2")
        routes = [Route(one.identity, lambda: one), Route(other.identity, lambda: other)]
        made = TranslateStage(Translate(retries=3), lambda language: routes)
        (found,) = translate(made, article(self.NUMBER))
        assert other.calls
        assert found.paragraphs == (texts[0],)

    @pytest.mark.parametrize(("retries", "calls"), [(0, 1), (1, 2), (3, 2)])
    def test_as_many_tries_as_the_settings_say_and_a_model_has_ways(self, retries: int, calls: int) -> None:
        translator = scripted({KO[0]: (LOOP,)})
        translate(stage(translator, retries=retries), article(KO[0]))
        assert len(translator.calls) == calls

    def test_what_one_model_cannot_another_one_may(self) -> None:
        bad, good = "35 students received a prize.", "25 students received a prize."
        first = ScriptedTranslator({self.NUMBER: (bad,), KO[0]: (KOREAN[KO[0]],)}, identity="first")
        second = ScriptedTranslator({self.NUMBER: (good,)}, identity="second")

        def translated(retries: int) -> Translation:
            routes = [Route("first", lambda: first, 30.0), Route("second", lambda: second, 20.0)]
            made = TranslateStage(Config(translate=Translate(retries=retries)).translate, lambda language: routes)
            (found,) = translate(made, article(KO[0], self.NUMBER))
            return found

        assert translated(1).paragraphs == (KOREAN[KO[0]], bad)
        assert second.calls == []
        found = translated(2)
        assert found.paragraphs == (KOREAN[KO[0]], good)
        assert (found.model, [sentence.model for sentence in found.sentences]) == ("first", ["", "second"])
        assert found.warnings == ()
        assert second.texts == [[self.NUMBER]]

    def test_a_model_that_is_never_reached_does_not_change_the_key(self) -> None:
        def key(retries: int, *names: str) -> object:
            routes = [Route(name, scripted) for name in names]
            settings = Config(translate=Translate(retries=retries)).translate
            made = TranslateStage(settings, lambda language: routes)
            value = made.read(article(KO[0]))
            assert value is not None
            return made.key(value)

        assert key(1, "first") == key(1, "first", "second")
        assert key(2, "first") != key(2, "first", "second")

    def test_a_bad_title_is_flagged_as_the_title(self) -> None:
        (found,) = translate(stage(scripted({KO[0]: (LOOP,)})), article(KO[1], title=KO[0]))
        assert {(warning.kind, warning.paragraph) for warning in found.warnings} == {("loop", -1)}

    def test_sentences_say_how_often_they_were_translated_and_how_sure_the_model_was(self) -> None:
        desk = remembering()
        answers: dict[str, Sequence[str | Hypothesis]] = {
            KO[0]: (LOOP, LOOP),
            KO[1]: (LOOP, Hypothesis("Citizens welcomed it.", -0.25)),
        }
        for answered in (scripted(answers), scripted()):
            (found,) = translate(stage(answered, retries=1), article(*KO[:3]), desk=desk)
            assert [(one.attempts, one.score) for one in found.sentences] == [(2, None), (2, -0.25), (1, None)]

    def test_warnings_are_the_same_from_the_memory(self) -> None:
        desk = remembering()
        first = translate(stage(scripted({KO[0]: (LOOP,)})), article(*KO), desk=desk)
        assert translate(stage(scripted()), article(*KO), desk=desk) == first

    @pytest.mark.parametrize("forged", ['{"txt": "A"}', "[]", '{"text": 5}', "no json", '{"text": "A", "score": "b"}'])
    def test_what_is_no_sentence_in_the_memory_is_asked_for_again(self, forged: str) -> None:
        store = MemoryStore()
        kept: list[str] = []

        class Forged(StoredMemory):
            def put(self, items: Mapping[str, str]) -> None:
                kept.extend(items)
                super().put(dict.fromkeys(items, forged))

        first = translate(stage(scripted()), article(*KO), desk=Desk(memory=Forged(store)))
        translator = scripted()
        assert translate(stage(translator), article(*KO), desk=Desk(memory=StoredMemory(store))) == first
        assert kept
        assert sorted(text for batch in translator.texts for text in batch) == sorted(KO)


class TestCorrections:
    """Sentences whose English an editor gave."""

    GIVEN = (("ko", KO[1], "The public liked it."),)

    @staticmethod
    def stage(translator: ScriptedTranslator, given: Sequence[tuple[str, str, str]] = GIVEN) -> TranslateStage:
        models = ScriptedModels(Config(), {"ko": translator, "zh-Hant": translator})
        return translate_stage(Parts(config=Config(), models=models, corrections=Corrections(given)))

    def test_no_model_is_asked_and_it_is_sure(self) -> None:
        translator = scripted({KO[0]: (Hypothesis(KOREAN[KO[0]], score=-0.1, weakest=-0.2),)})
        (result,) = translate(self.stage(translator), article(f"{KO[0]} {KO[1]}"))
        assert translator.texts == [[KO[0]]]
        assert result.paragraphs == (f"{KOREAN[KO[0]]} The public liked it.",)
        machine, mine = result.sentences
        assert (mine.corrected, mine.confidence, mine.doubts, mine.attempts, mine.model) == (True, 1.0, (), 0, "")
        assert (machine.corrected, machine.attempts) == (False, 1)
        assert result.other_models == ()

    def test_a_headline_stands_as_the_editor_wrote_it(self) -> None:
        made = self.stage(scripted(), [("ko", KO[2], "“Schools” open again.")])
        (result,) = translate(made, article(KO[0], title=KO[2]))
        assert result.title == "“Schools” open again."
        assert result.sentences[0].corrected

    def test_everywhere_the_sentence_stands_whatever_its_white_space(self) -> None:
        translator = scripted()
        made = self.stage(translator, [("ko", f"  {KO[1].replace(' ', '  ')}\n", "The public liked it.")])
        results = translate(made, article(KO[1], KO[1]), article(KO[0], KO[1]))
        assert [sentence.corrected for result in results for sentence in result.sentences] == [True, True, False, True]
        assert translator.texts == [[KO[0]]]

    def test_a_line_that_is_no_prose_and_one_in_english_too(self) -> None:
        made = self.stage(scripted(), [("ko", "홍길동 기자", "By Hong Gil-dong"), ("ko", "It is over.", "It is done.")])
        (result,) = translate(made, article(KO[0], "홍길동 기자", "It is over."))
        assert result.paragraphs[1:] == ("By Hong Gil-dong", "It is done.")

    def test_another_article_has_the_input_it_had(self) -> None:
        plain, made = stage(scripted()), self.stage(scripted())
        for one in (article(KO[0]), article(KO[0], title=KO[2]), article(*CHINESE, language="zh-Hant")):
            value, before = made.read(one), plain.read(one)
            assert value is not None
            assert before is not None
            assert made.key(value) == plain.key(before)
        with_it, before = made.read(article(KO[1])), plain.read(article(KO[1]))
        assert with_it is not None
        assert before is not None
        assert made.key(with_it) != plain.key(before)
        assert "corrections" not in plain.key(before)  # type: ignore[operator]

    def test_what_others_say_of_the_same_letters_in_another_language(self) -> None:
        made = self.stage(scripted(), [("ja", KO[1], "No.")])
        (result,) = translate(made, article(KO[1]))
        assert not result.sentences[0].corrected


class TestWeakModels:
    def test_a_model_known_to_be_weak_makes_drafts(self) -> None:
        translator = scripted()
        limit = Config().translate.draft_below

        def made(bleu: float | None) -> Translation:
            route = Route(translator.identity, lambda: translator, bleu)
            (found,) = translate(TranslateStage(Config().translate, lambda language: [route]), article(*KO))
            return found

        assert made(limit - 1).is_draft
        assert [warning.kind for warning in made(limit - 1).warnings] == ["weak-model"]
        assert not made(limit).is_draft

    def test_a_model_that_nobody_measured_makes_drafts(self) -> None:
        translator = scripted()
        route = Route(translator.identity, lambda: translator)
        made = TranslateStage(Config().translate, lambda language: [route])
        (found,) = translate(made, article(*KO))
        assert found.is_draft
        assert [(warning.kind, warning.paragraph, warning.detail) for warning in found.warnings] == [
            ("unmeasured-model", -1, "nobody has measured the model for Korean")
        ]


class TestScores:
    def made(self, offset: float) -> Translation:
        unsure = Hypothesis(KOREAN[KO[0]], -1.0, weakest=-1.2)
        translator = scripted({KO[0]: (unsure, unsure)})
        route = Route(translator.identity, lambda: translator, bleu=30.0, score_offset=offset)
        (found,) = translate(TranslateStage(Config().translate, lambda language: [route]), article(KO[0]))
        return found

    def test_a_model_may_be_less_sure_than_others_where_it_is_right(self) -> None:
        assert [warning.kind for warning in self.made(0.0).warnings] == ["low-confidence"]
        assert self.made(0.9).warnings == ()
        assert self.made(0.9).sentences[0].score == -1.0
        sure, unsure = (self.made(offset).sentences[0].confidence for offset in (0.9, 0.0))
        assert sure is not None
        assert unsure is not None
        assert sure > 0.5 > unsure

    def test_another_offset_is_another_input(self) -> None:
        def key(offset: float) -> object:
            route = Route("model@1", scripted, score_offset=offset)
            stage = TranslateStage(Config().translate, lambda language: [route])
            value = stage.read(article(*KO))
            assert value is not None
            return stage.key(value)

        assert key(0.0) != key(0.1)


class TestNames:
    class Recogniser:
        """Finds the names it was made with."""

        identity = "names@1"

        def __init__(self, *names: str) -> None:
            self._names = names

        def recognise(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
            return [[(name, "person") for name in self._names if name in text] for text in texts]

    def made(self, translator: ScriptedTranslator, recogniser: EntityRecogniser) -> TranslateStage:
        route = Route(translator.identity, lambda: translator, bleu=30.0)
        return TranslateStage(
            Config().translate,
            lambda language: [route],
            recogniser_identity=recogniser.identity,
            open_recogniser=lambda: recogniser,
        )

    def test_a_person_the_source_does_not_name_is_a_doubt(self) -> None:
        bad = "Barack Obama announced a new education plan."
        translator = scripted({KO[0]: (bad, bad)})
        (found,) = translate(self.made(translator, self.Recogniser("Barack Obama")), article(KO[0]))
        assert [warning.kind for warning in found.warnings] == ["name-invented"]
        assert "Barack Obama" in found.warnings[0].detail

    def test_names_the_article_gives_in_latin_letters_reach_the_model(self) -> None:
        translator = scripted()
        source = "范明正（Pham Minh Chinh）宣布新的教育計畫。"
        translate(stage(translator), article(source, "市民歡迎范明正。", language="zh-Hant"))
        terms = {segment.text: segment.terms for segments, _ in translator.calls for segment in segments}
        assert ("范明正", "Pham Minh Chinh") in terms["市民歡迎范明正。"]
