"""What the two texts alone tell: all checks that need no more, together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.checks.all import doubts_of_text
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from tests.rows import each
from tests.text.tables import LANGUAGES, NUMBER_SOUP, Row, expressions

ROWS = expressions()


def kinds(doubts: list[Doubt]) -> list[str]:
    return [doubt.kind for doubt in doubts]


def test_a_good_translation_passes() -> None:
    def passes(row: Row) -> None:
        assert doubts_of_text(Judged(row.source, row.language, row.good)) == []

    each(ROWS, passes)


def test_a_bad_translation_is_caught() -> None:
    def caught(row: Row) -> None:
        assert doubts_of_text(Judged(row.source, row.language, row.bad)) != []

    each(ROWS, caught)


@pytest.mark.parametrize(
    ("source", "language", "english", "kind"),
    [
        ("1,500억 달러를 투자한다.", "ko", "It will invest 150 billion won.", "currency-changed"),
        ("3億ユーロを支払う。", "ja", "It will pay 300 million dollars.", "currency-changed"),
        ("投资5亿欧元。", "zh-Hans", "It is investing 500 million yen.", "currency-changed"),
        ("La multa es de 5 millones de euros.", "es", "The fine is 5 million pounds sterling.", "currency-changed"),
        ("양국 간 무역액이 증가했다.", "ko", "The US-China trade deficit has increased.", "country-invented"),
        ("双方将加强合作。", "zh-Hans", "India and Pakistan will step up cooperation.", "country-invented"),
        ("両国は合意した。", "ja", "Both countries, Russia and Ukraine, agreed.", "country-invented"),
        (
            "Hai bên đã ký thỏa thuận hợp tác.",
            "vi",
            "Japan and the other side signed an agreement.",
            "country-invented",
        ),
        ("詳見 https://www.cna.com.tw/news/1.aspx 。", "zh-Hant", "See the website for the details.", "link-changed"),
        ("Liên hệ: info@example.vn để biết thêm.", "vi", "Contact: info@exemple.vn for more.", "link-changed"),
        ("그는 회의에서 협력을 강조했다.", "ko", "그는 회의에서 협력을 강조했다.", "untranslated"),
        (
            "他们讨论了合作。",
            "zh-Hans",
            "They discussed, discussed, discussed, discussed, discussed, discussed it.",
            "loop",
        ),
        ("El presidente anunció ayer en Madrid una nueva ley de vivienda.", "es", "", "too-short"),
        ("这次会议由两国外长共同主持并讨论了多项议题和今后的合作计划。", "zh-Hans", "The meeting.", "too-short"),
        (
            "그는 웃었다.",
            "ko",
            "He laughed, and then he told the reporters a long story about his childhood by the sea.",
            "too-long",
        ),
    ],
)
def test_each_kind_of_doubt(source: str, language: str, english: str, kind: str) -> None:
    assert kind in kinds(doubts_of_text(Judged(source, language, english)))


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        (
            "台美伙伴关系再次提升。",
            "zh-Hans",
            "The partnership between Taiwan and the United States has been raised again.",
        ),
        ("越美關係連升兩級追上中俄。", "zh-Hant", "Vietnam-US relations rise two levels to match China and Russia."),
        ("한미일 정상이 만났다.", "ko", "The leaders of South Korea, the United States and Japan met."),
        ("미 해군이 조사 중이다.", "ko", "The US Navy is investigating."),
        ("日米首脳が会談した。", "ja", "The leaders of Japan and the United States met."),
        ("Mỹ và Trung Quốc đàm phán.", "vi", "The United States and China held talks."),
        ("拉丁美洲經濟成長。", "zh-Hant", "Latin American economies are growing."),
        ("印太地區和平重要。", "zh-Hant", "Peace in the Indo-Pacific region is important."),
        ("150円で買える。", "ja", "It can be bought for 150 yen."),
        ("立法院通過預算。", "zh-Hant", "The Legislative Yuan passed the budget."),
        ("赢得了12场比赛。", "zh-Hans", "They won 12 matches."),
    ],
)
def test_legitimate_names_pass(source: str, language: str, english: str) -> None:
    assert doubts_of_text(Judged(source, language, english)) == []


def test_context_allows_a_country_that_a_pronoun_stands_for() -> None:
    source, english = "양국은 협력을 강화하기로 했다.", "Vietnam and Korea agreed to step up cooperation."
    assert kinds(doubts_of_text(Judged(source, "ko", english))) == ["country-invented", "country-invented"]
    assert doubts_of_text(Judged(source, "ko", english, context="베트남-한국, 과학기술 협력")) == []


def test_a_loop_or_an_untranslated_sentence_gets_one_doubt_only() -> None:
    assert kinds(doubts_of_text(Judged("2024년 815억 달러로 증가했다.", "ko", "2024년 815억 달러로 증가했다."))) == [
        "untranslated"
    ]


def test_doubts_read_well() -> None:
    doubts = doubts_of_text(Judged("該館已吸引116萬人次參觀。", "zh-Hant", "The pavilion drew 116 million visitors."))
    assert [str(doubt) for doubt in doubts] == [
        "number-invented: “116 million” is not in the source",
        "number-lost: “116萬” (1,160,000) is missing from the English",
    ]


@given(
    st.sampled_from(LANGUAGES),
    st.text(),
    st.text(),
    st.sampled_from([None, "", "2026-02-04", "2026-02-04T10:00:00+08:00", "x"]),
)
@settings(max_examples=300)
def test_never_raises(language: str, source: str, english: str, published: str | None) -> None:
    doubts_of_text(Judged(source, language, english, published, context=source))


@given(st.sampled_from(LANGUAGES), NUMBER_SOUP, NUMBER_SOUP)
@settings(max_examples=600)
def test_never_raises_on_number_soup(language: str, source: str, english: str) -> None:
    doubts_of_text(Judged(source, language, english, "2026-02-04"))


def test_a_country_in_the_name_of_a_person_is_no_country() -> None:
    source = "Bộ trưởng Vương Mỹ Hoa cho biết hợp tác đã đạt được hiệu quả."
    english = "Minister Wang Mei-hua of the United States said that cooperation had brought results."
    china = "Minister Wang Mei-hua of the People's Republic of China said that cooperation had brought results."
    for text in (english, china):
        assert kinds(doubts_of_text(Judged(source, "vi", text, persons=["Vương Mỹ Hoa"]))) == ["country-invented"]
