import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates.tense import check_tense
from pipeline.text.judged import Judged

ZH = "2025年，日本來臺旅客約148萬人次。"


@pytest.mark.parametrize(
    "english",
    [
        "In 2025, there will be about 1.48 million visitors from Japan.",
        "There will be about 1.48 million Japanese visitors in 2025.",
        "About 1.48 million Japanese will visit Taiwan in late 2025.",
        "In 2025 the number of visitors won't reach 1.48 million.",
        "Visitors are expected to number 1.48 million in 2025.",
        "In early 2025, visitors are going to number 1.48 million.",
    ],
)
def test_a_year_that_was_past_is_not_to_come(english: str) -> None:
    (doubt,) = check_tense(Judged(ZH, "zh-Hant", english, "2026-02-04"))
    assert doubt.kind == "date-changed"
    assert "2025 was past" in doubt.detail
    assert not check_tense(Judged(ZH, "zh-Hant", english, "2025-02-04"))
    assert not check_tense(Judged(ZH, "zh-Hant", english, None))
    assert not check_tense(Judged(ZH, "zh-Hant", english, "yesterday"))


@pytest.mark.parametrize(
    "english",
    [
        "In 2025, about 1.48 million visitors came.",
        "In 2025 the ministry said it will build ten parks.",
        "The figure will exceed that of 2025.",
        "Visitors will be more than in 2025.",
        "Arrivals will return to levels seen in 2025.",
        "The law, passed in 2025, will take effect next year.",
        "It will be their second meeting after the one in 2025.",
        "They showed the will to work together in 2025.",
        "In 2025, the political will of both sides grew.",
        "Will Smith visited in 2025.",
        "The park will open in 2027.",
        "Sales fell in 2025. They will rise.",
    ],
)
def test_what_is_told_as_it_was_is_not_doubted(english: str) -> None:
    assert not check_tense(Judged(ZH, "zh-Hant", english, "2026-02-04"))


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("他當時說，2025年將有148萬人次來臺。", "zh-Hant"),
        ("2025년에 148만 명이 올 것으로 전망됐다.", "ko"),
        ("2025年には148万人が訪れる見通しだった。", "ja"),
        ("Năm 2025 sẽ có 1,48 triệu lượt khách.", "vi"),
    ],
)
def test_a_source_that_looks_ahead_is_not_contradicted(source: str, language: str) -> None:
    assert not check_tense(Judged(source, language, "In 2025 there will be 1.48 million visitors.", "2026-02-04"))


@given(st.text(), st.sampled_from(("zh", "ko", "vi", "de")), st.text(), st.none() | st.dates().map(str))
def test_any_text_is_judged(source: str, language: str, english: str, published: str | None) -> None:
    for doubt in check_tense(Judged(source, language, english, published)):
        assert doubt.kind == "date-changed"
