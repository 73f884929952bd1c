"""The gate on translations that are right and on the same with a planted fault."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.backends import EntityType, Hypothesis
from pipeline.backends.langid import FastTextIdentifier
from pipeline.text.doubts import Doubt
from pipeline.translation.gate import Gate
from pipeline.translation.units import Unit, units
from tests import faults
from tests.growth import TIMES, assert_in_proportion
from tests.rows import each

# Two sentences that say the same in each language; our own.
ENGLISH = (
    "Mayor Marina Kovalenko said on Tuesday that 340 families would move into the new houses near the harbour.",
    "The council did not approve the plan, which would have cost 25 million euros and closed two schools.",
)
SOURCES = {
    "de": (
        "Bürgermeisterin Marina Kovalenko sagte am Dienstag, dass 340 Familien in neue Häuser am Hafen ziehen.",
        "Der Rat billigte den Plan nicht, der 25 Millionen Euro gekostet und zwei Schulen geschlossen hätte.",
    ),
    "fr": (
        "La maire Marina Kovalenko a déclaré mardi que 340 familles s'installeraient dans les maisons neuves du port.",
        "Le conseil n'a pas approuvé le projet, qui aurait coûté 25 millions d'euros et fermé deux écoles.",
    ),
    "es": (
        "La alcaldesa Marina Kovalenko dijo el martes que 340 familias se mudarían a las nuevas casas junto al puerto.",
        "El consejo no aprobó el plan, que habría costado 25 millones de euros y cerrado dos escuelas.",
    ),
    "vi": (
        "Thị trưởng Marina Kovalenko hôm thứ Ba cho biết 340 gia đình sẽ chuyển đến những ngôi nhà mới gần bến cảng.",
        "Hội đồng đã không thông qua kế hoạch, vốn sẽ tốn 25 triệu euro và đóng cửa hai trường học.",
    ),
    "ru": (
        "Мэр Марина Коваленко заявила во вторник, что 340 семей переедут в новые дома у гавани.",
        "Совет не одобрил план, который обошёлся бы в 25 миллионов евро и закрыл бы две школы.",
    ),
    "zh-Hans": (
        "市长玛丽娜·科瓦连科（Marina Kovalenko）周二表示，340个家庭将搬进港口附近的新房子。",
        "市议会没有批准这项计划，该计划将耗资2500万欧元并关闭两所学校。",
    ),
    "ja": (
        "マリナ・コワレンコ市長は火曜日、340世帯が港の近くの新しい住宅に引っ越すと述べた。",
        "議会はこの計画を承認しなかった。計画には2500万ユーロの費用がかかり、二つの学校が閉鎖されるはずだった。",
    ),
    "ko": (
        "마리나 코발렌코 시장은 화요일 340가구가 항구 근처의 새 주택으로 이사할 것이라고 말했다.",
        "의회는 2500만 유로가 들고 학교 두 곳을 닫게 될 그 계획을 승인하지 않았다.",
    ),
}
CASES = [(language, number) for language in SOURCES for number in range(len(ENGLISH))]
POOL: faults.Names = [("Johannes Brandt", "person"), ("Elif Yildirim", "person"), ("Pedro Quintana", "person")]


@dataclass
class Recogniser:
    """Finds the names it is told."""

    known: faults.Names = field(default_factory=lambda: [("Marina Kovalenko", "person"), *POOL])
    identity: str = "told"
    read: list[str] = field(default_factory=list)

    def recognise(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
        self.read += texts
        return [[(name, kind) for name, kind in self.known if name in text] for text in texts]


def judge(language: str, source: str, *texts: str | Hypothesis) -> list[list[Doubt]]:
    gate = Gate(Recogniser, FastTextIdentifier)
    found = [text if isinstance(text, Hypothesis) else Hypothesis(text) for text in texts]
    return gate.judge([whole(language, source)] * len(texts), found)


def whole(language: str, source: str) -> Unit:
    """The source as one unit, though it might hold two sentences, or none."""
    made = next(units(source if source.strip() else "x", [], language, None, []))
    return replace(made, source=source, paragraph=0, segment=replace(made.segment, is_title=False))


@pytest.mark.parametrize(("language", "number"), CASES)
def test_a_right_translation_passes(language: str, number: int) -> None:
    assert judge(language, SOURCES[language][number], ENGLISH[number]) == [[]]


@pytest.mark.parametrize(("language", "number"), CASES)
@pytest.mark.parametrize("seed", range(5))
def test_planted_faults_are_found(language: str, number: int, seed: int) -> None:
    source, english = SOURCES[language][number], ENGLISH[number]
    names = Recogniser().recognise([english])[0]
    made = faults.planted(source, english, names, POOL, random.Random(seed))
    assert {"number", "cut", "cut, full stop kept", "copy"} <= set(made)
    assert ("person" in made) == (number == 0)
    # Cut by less than half and closed again, a sentence may pass for a short one.
    del made["cut, full stop kept"]
    # Names in Japanese sentences with kanji are not judged.
    if language == "ja":
        made.pop("person", None)
    for kind, doubts in zip(made, judge(language, source, *made.values()), strict=True):
        assert doubts, f"{kind}: {made[kind]}"


@pytest.mark.parametrize("language", SOURCES)
def test_half_a_sentence_with_a_full_stop_is_found(language: str) -> None:
    for source, english in zip(SOURCES[language], ENGLISH, strict=True):
        words = english.split()
        (doubts,) = judge(language, source, " ".join(words[: len(words) * 2 // 5]) + ".")
        assert doubts


@pytest.mark.parametrize("language", SOURCES)
def test_a_lost_negation_is_found(language: str) -> None:
    wrong = "The council approved the plan, which would have cost 25 million euros and closed two schools."
    (doubts,) = judge(language, SOURCES[language][1], wrong)
    assert [doubt.kind for doubt in doubts] == ["negation-changed"]


@pytest.mark.parametrize("language", SOURCES)
def test_the_translation_of_another_sentence_is_found(language: str) -> None:
    (doubts,) = judge(language, SOURCES[language][0], ENGLISH[1])
    assert doubts


def test_output_in_a_third_language_is_found() -> None:
    text = "Die Bürgermeisterin sagte am Dienstag, dass 340 Familien in die neuen Häuser ziehen würden."
    (doubts,) = judge("vi", SOURCES["vi"][0], text)
    assert "untranslated" in {doubt.kind for doubt in doubts}


def test_the_length_limit_is_held_against_a_hypothesis() -> None:
    source, english = SOURCES["de"][0], ENGLISH[0]
    whole_, cut = judge("de", source, Hypothesis(english), Hypothesis(english, finished=False))
    assert [[doubt.kind for doubt in doubts] for doubts in (whole_, cut)] == [[], ["truncated"]]


def test_names_are_not_looked_for_in_what_is_no_translation() -> None:
    recogniser = Recogniser()
    gate = Gate(lambda: recogniser, FastTextIdentifier)
    source = SOURCES["ru"][0]
    texts = [source, "the plan of " * 30, "", ENGLISH[0]]
    judged = gate.judge([whole("ru", source)] * 4, [Hypothesis(text) for text in texts])
    assert [bool(doubts) for doubts in judged] == [True, True, True, False]
    assert recogniser.read == [ENGLISH[0]]


def test_nothing_is_opened_for_nothing() -> None:
    def refuse() -> Recogniser:
        raise AssertionError("opened")

    assert Gate(refuse).judge([], []) == []


def test_the_details_tell_an_editor_what_to_look_at() -> None:
    (doubts,) = judge(
        "de", SOURCES["de"][1], "The council did not approve the plan, which would have cost 35 million euros and"
    )
    assert {doubt.kind for doubt in doubts} >= {"number-lost", "truncated"}
    assert all(len(doubt.detail) > 10 for doubt in doubts)


ODD = [
    "",
    " ",
    "😀" * 50,
    "\u202eabc\u202c def",
    "a\u200bb\u200dc",
    "\ufeff",
    "x" * 20_000,
    "的" * 20_000,
    "Aa " * 6_000,
    "\0",
]


@pytest.mark.parametrize("language", ["de", "zh-Hans", "ja", "ru", "th", "und"])
def test_odd_input_never_raises(language: str) -> None:
    gate = Gate(Recogniser, FastTextIdentifier)
    plain = whole(language, "Москва 中文 Wort 25.")
    gate.judge([plain] * len(ODD), [Hypothesis(text) for text in ODD])
    odd = [whole(language, text) for text in ODD]
    gate.judge(odd, [Hypothesis("A short sentence of 25 words.")] * len(odd))
    gate.judge(odd, [Hypothesis(text) for text in ODD])


@pytest.mark.parametrize("language", ["de", "zh-Hans", "ja", "ru", "th", "und"])
def test_long_texts_take_time_in_proportion(language: str) -> None:
    gate = Gate(Recogniser, FastTextIdentifier)

    def judged(text: str) -> None:
        gate.judge([whole(language, text)], [Hypothesis("A short sentence of 25 words.")])
        gate.judge([whole(language, "Москва 中文 Wort 25.")], [Hypothesis(text)])
        gate.judge([whole(language, text)], [Hypothesis(text)])

    each(("x", "的", "Aa "), lambda unit: assert_in_proportion(judged, unit * 2_000, unit * 2_000 * TIMES))


@given(st.sampled_from(sorted(SOURCES)), st.text(min_size=1), st.text())
@settings(max_examples=40, deadline=None)
def test_never_raises(language: str, source: str, english: str) -> None:
    if source.strip():
        Gate(Recogniser, FastTextIdentifier).judge([whole(language, source)], [Hypothesis(english)])
