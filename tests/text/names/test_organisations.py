"""Organisations of the lexicon: lost ones and invented ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.judged import Judged
from pipeline.text.names.lexicon import LANGUAGES, Known, organisations
from pipeline.text.names.organisations import check_lost_organisations, check_organisations
from pipeline.text.names.terms import article_terms, sentence_terms
from tests.text.judging import told

# (source, its language, English that names what it names)
RIGHT = [
    ("世卫组织周二发布了报告。", "zh-Hans", "The World Health Organization published a report on Tuesday."),
    ("世卫组织周二发布了报告。", "zh-Hans", "The WHO published a report on Tuesday."),
    ("國民黨周二發表聲明。", "zh-Hant", "The KMT issued a statement on Tuesday."),
    ("聯合國安理會週二開會。", "zh-Hant", "The U.N. Security Council met on Tuesday."),
    ("国連安保理は火曜日に会合を開いた。", "ja", "The United Nations Security Council met on Tuesday."),
    ("유럽 연합은 화요일에 회의를 열었다.", "ko", "The EU held a meeting on Tuesday."),
    ("유럽연합은 화요일에 회의를 열었다.", "ko", "The European Union held a meeting on Tuesday."),
    ("Гость выступил в Организации Объединённых Наций.", "ru", "The guest spoke at the United Nations."),
    ("قالت الأمم المتحدة إن الوضع صعب.", "ar", "The United Nations said the situation was difficult."),
    ("وقال للأمم المتحدة إن الوضع صعب.", "ar", "He told the United Nations that the situation was difficult."),
    ("Liên Hợp Quốc cho biết tình hình khó khăn.", "vi", "The UN said the situation was difficult."),
    ("Samsung cho biết doanh thu tăng.", "vi", "Samsung said its revenue rose."),
    ("Die Taliban äußerten sich nicht.", "de", "The Taliban did not comment."),
    ("Ein Sprecher der Europäischen Kommission sagte das.", "de", "A European Commission spokesman said so."),
    ("La Croix Rouge l'a indiqué.", "fr", "The Red Cross said so."),
    # The lexicon has no form of these in the language.
    ("काकाओ ने मंगलवार को बताया।", "hi", "Kakao said so on Tuesday."),
    ("Kakao ने मंगलवार को बताया।", "hi", "Kakao said so on Tuesday."),
    ("Rada Bezpieczeństwa ONZ zebrała się we wtorek.", "pl", "The UN Security Council met on Tuesday."),
]
# (source, its language, English that names another)
INVENTED = [
    ("世卫组织周二发布了报告。", "zh-Hans", "The World Bank published a report on Tuesday.", "World Bank"),
    ("회사는 보고서를 냈다.", "ko", "Samsung Electronics released a report.", "Samsung Electronics"),
    ("国際連盟は火曜日に会合を開いた。", "ja", "The United Nations met on Tuesday.", "United Nations"),
    ("Tập đoàn Gazprom công bố báo cáo.", "vi", "Rosneft published a report.", "Rosneft"),
    ("Der Konzern legte Zahlen vor.", "de", "Gazprom presented its figures.", "Gazprom"),
    ("Организация сообщила о числах.", "ru", "NATO reported the numbers.", "NATO"),
    ("कंपनी ने मंगलवार को बताया।", "hi", "Kakao said so on Tuesday.", "Kakao"),
    ("Храм Артемиды был разрушен.", "ru", "The temple of Naver was destroyed.", "Naver"),
    ("Que faire ? La banque l'a indiqué.", "fr", "The EU said so.", "EU"),
    ("El banco publicó un informe.", "es", "The World Bank published a report.", "World Bank"),
]


@pytest.mark.parametrize(("source", "language", "english"), RIGHT)
def test_right_names_pass(source: str, language: str, english: str) -> None:
    known = sentence_terms(article_terms([source], language), source)
    assert check_lost_organisations(Judged(source, language, english, terms=known)) == []
    assert check_organisations(Judged(source, language, english)) == []


@pytest.mark.parametrize(("source", "language", "english", "name"), INVENTED)
def test_an_invented_one_is_named(source: str, language: str, english: str, name: str) -> None:
    (doubt,) = check_organisations(Judged(source, language, english))
    assert doubt.kind == "name-invented"
    assert f"“{name}”" in doubt.detail
    # It may have been named before, and the user may want it so.
    assert check_organisations(Judged(source, language, english, context=f"… {name} …")) == []
    assert check_organisations(Judged(source, language, english, terms=told(("x", name)))) == []


def test_each_lost_one_is_named() -> None:
    source = "美國在台協會與駐美國台北經濟文化代表處簽署備忘錄。"
    known = sentence_terms(article_terms([source], "zh-Hant"), source)
    lost = check_lost_organisations(Judged(source, "zh-Hant", "The two sides signed a memorandum.", terms=known))
    assert [doubt.kind for doubt in lost] == ["name-lost", "name-lost"]
    assert "American Institute in Taiwan" in lost[0].detail
    assert check_lost_organisations(Judged(source, "zh-Hant", "AIT and TECRO signed a memorandum.", terms=known)) == []


@pytest.mark.parametrize("language", [*LANGUAGES, "de", "es", "fr", "pt", "it", "nl", "pl", "tr", "id"])
def test_every_organisation_passes_as_its_own_translation(language: str) -> None:
    for known in organisations():
        for form in known.forms(language):
            assert check_organisations(Judged(f"“{form}”", language, f"He spoke for {known.english} today.")) == [], (
                form
            )


def test_a_name_inside_another_one_is_not_judged() -> None:
    source = "自民党は火曜日に会議を開いた。"
    assert check_organisations(Judged(source, "ja", "The Liberal Democratic Party met on Tuesday.")) == []


def test_what_is_a_fruit_or_a_river_as_well_is_not_judged() -> None:
    assert check_organisations(Judged("事情如此。", "zh-Hans", "Apple trees grow along the Amazon.")) == []


@given(st.text(), st.sampled_from([*LANGUAGES, "de", "xx"]), st.sampled_from(organisations()), st.text())
def test_any_text_is_judged(source: str, language: str, known: Known, english: str) -> None:
    check_organisations(Judged(source, language, english))
    known_terms = sentence_terms(article_terms([source], language), source)
    check_lost_organisations(Judged(source, language, english, terms=known_terms))
    # What stands in the source in the same letters is never doubted.
    assert (
        check_organisations(Judged(f"{source} {known.english} {source}", language, f"{known.english} said so.")) == []
    )
