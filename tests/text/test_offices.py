"""Offices that a translation raises or lowers."""

import pytest

from pipeline.text.offices import check_offices


@pytest.mark.parametrize(
    ("source", "language", "english", "doubted"),
    [
        ("越南總理范明正今天", "zh-Hant", "President Pham Minh Chinh today", True),
        ("越南總理范明正今天", "zh-Hant", "Prime Minister Pham Minh Chinh today", False),
        ("Bộ trưởng Bộ Kinh tế cho biết", "vi", "The Deputy Minister of Economy said", True),
        ("Thứ trưởng Bộ Kinh tế cho biết", "vi", "The Deputy Minister of Economy said", False),
        ("이재명 대통령은", "ko", "Prime Minister Lee", True),
        ("이재명 대통령은", "ko", "President Lee", False),
        ("岸田首相は", "ja", "Prime Minister Kishida", False),
        ("行政院長卓榮泰", "zh-Hant", "Premier Cho Jung-tai", False),
        ("그는 Vice President 로 불렸다", "ko", "He was called Vice President", False),
        ("Le ministre", "fr", "President", False),
    ],
)
def test_offices(source: str, language: str, english: str, doubted: bool) -> None:
    assert bool(check_offices(source, language, english)) is doubted
