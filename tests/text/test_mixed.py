"""Sentences in another language than their article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import codes
from pipeline.text.mixed import languages_in, sentence_language

ENGLISH = "The minister said that the two sides had signed an agreement on trade."


@pytest.mark.parametrize(
    ("sentence", "article", "found"),
    [
        (ENGLISH, "ko", "en"),
        (ENGLISH, "vi", "en"),
        (ENGLISH, "nl", "en"),
        (ENGLISH, "en", "en"),
        (ENGLISH, "und", "und"),
        ("Samsung Electronics, SK Hynix, LG Energy Solution, POSCO, Hyundai Motor", "ko", "ko"),
        ("De minister zei dat het akkoord in de nacht van zondag op maandag is getekend.", "nl", "nl"),
        ("Bộ trưởng cho biết hai bên đã ký thỏa thuận thương mại.", "ko", "ko"),
        ("대한민국 정부는 새로운 교육 계획을 발표했다.", "ko", "ko"),
        ("대한민국 정부는 새로운 교육 계획을 발표했다.", "zh-Hant", "ko"),
        ("政府宣布新的教育計畫，市民表示歡迎。", "ko", "zh-Hant"),
        ("政府宣布新的教育计划，市民表示欢迎。", "vi", "zh-Hans"),
        ("政府宣布新的教育计划，市民表示欢迎。", "ja", "ja"),
        ("政府は新しい教育計画を発表し、市民は歓迎した。", "ja", "ja"),
        ("政府は新しい教育計画を発表し、市民は歓迎した。", "ko", "ja"),
        ("日本経済新聞社", "ja", "ja"),
        ("國泰民安", "ko", "ko"),
        ("กระทรวงการคลังประกาศแผนใหม่เมื่อวันจันทร์", "vi", "th"),
        ("Министр заявил, что стороны подписали соглашение.", "ko", "ko"),
        ("2026", "ko", "ko"),
        ("", "ko", "ko"),
    ],
)
def test_the_language_of_a_sentence(sentence: str, article: str, found: str) -> None:
    assert sentence_language(sentence, article) == found


def test_the_languages_of_an_article() -> None:
    korean = "정부는 새로운 교육 계획을 발표했다."
    assert languages_in([korean, korean], "ko") == {"ko"}
    assert languages_in([f"{korean} {ENGLISH}", "政府は新しい教育計画を発表し、市民は歓迎した。"], "ko") == {
        "ko",
        "en",
        "ja",
    }
    assert languages_in([], "ko") == {"ko"}


@given(st.text(max_size=200), st.sampled_from(sorted(codes.CODES)))
def test_any_text_has_a_known_language(text: str, language: str) -> None:
    assert sentence_language(text, language) in codes.CODES
    assert language in languages_in([text], language)
