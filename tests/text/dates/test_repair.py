"""Dates without what their source does not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates.repair import repair_dates


@pytest.mark.parametrize(
    ("language", "source", "english", "mended"),
    [
        ("zh-Hans", "总统21日在脸书表示。", "The President said on Facebook on March 21st.",
         "The President said on Facebook on the 21st."),
        ("zh-Hans", "对话于11月20日举行。", "The dialogue was held on November 20th, 2019, in Washington.",
         "The dialogue was held on November 20th, in Washington."),
        ("zh-Hans", "对话于11月20日举行。", "It was held on 20 November 2019.", "It was held on 20 November."),
        ("zh-Hans", "对话于2020年11月20日举行。", "It was held on November 20, 2020.",
         "It was held on November 20, 2020."),
        ("zh-Hant", "去年11月20日舉行。", "It was held on November 20, 2019.", "It was held on November 20, 2019."),
        ("ja", "首相は3日、記者団に語った。", "The prime minister told reporters on May 3.",
         "The prime minister told reporters on the 3rd."),
        ("ja", "5月3日から4日まで開かれた。", "It was held from May 3 to May 4.", "It was held from May 3 to the 4th."),
        ("ko", "대통령은 11일 서울에서 만났다.", "The president met them in Seoul on August 11.",
         "The president met them in Seoul on the 11th."),
        ("ko", "8월 11일 만났다.", "They met on August 11th, 2023.", "They met on August 11th."),
        ("vi", "Hội nghị diễn ra ngày 20/2.", "The meeting took place on February 20, 2023.",
         "The meeting took place on February 20."),
        ("vi", "Hội nghị diễn ra ngày 20/2 năm 2024.", "It took place on February 20, 2024.",
         "It took place on February 20, 2024."),
        ("de", "Am 20. traf er sie.", "He met them on March 20, 2019.", "He met them on March 20, 2019."),
        ("zh-Hant", "會議今天舉行。", "It was held on May 3, 2019.", "It was held on May 3, 2019."),
        ("zh-Hans", "他12日抵达。", "He may arrive on the 12th.", "He may arrive on the 12th."),
    ],
)  # fmt: skip
def test_a_date_says_what_its_source_says(language: str, source: str, english: str, mended: str) -> None:
    assert repair_dates(english, source, language) == mended
    assert repair_dates(mended, source, language) == mended


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["zh-Hant", "ja", "ko", "vi", "de"]))
def test_never_raises_and_keeps_what_is_no_date(english: str, source: str, language: str) -> None:
    found = repair_dates(english, source, language)
    if not any(character.isdigit() for character in english):
        assert found == english
