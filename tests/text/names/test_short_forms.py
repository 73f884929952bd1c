"""A surname and an office for a person whose full name is known."""

import pytest

from pipeline.text.names.short_forms import short_forms
from pipeline.text.names.term_index import Term


@pytest.mark.parametrize(
    ("source", "english", "text", "language", "expected"),
    [
        ("卓榮泰", "Cho Jung-tai", "卓院長與卓揆", "zh-Hant", {"卓院長": "Cho", "卓揆": "Premier Cho"}),
        ("鄧振中", "John Deng", "鄧部長", "zh-Hant", {"鄧部長": "Minister Deng"}),
        ("이재명", "Lee Jae-myung", "이 대통령은", "ko", {"이 대통령": "President Lee"}),
        ("김정은", "Kim Jong Un", "김 위원장은 김밥", "ko", {"김 위원장": "Kim"}),
        (
            "石破茂",
            "Shigeru Ishiba",
            "石破首相と石破氏",
            "ja",
            {"石破首相": "Prime Minister Ishiba", "石破氏": "Ishiba"},
        ),
        ("岸田文雄", "Fumio Kishida", "岸田氏は", "ja", {"岸田氏": "Kishida"}),
        ("習近平", "Xi Jinping", "習主席は", "ja", {"習主席": "Xi"}),
        ("Nguyễn Văn Thanh", "Nguyen Van Thanh", "ông Thanh nói", "vi", {"ông Thanh": "Thanh"}),
        ("Phạm Minh Chính", "Pham Minh Chinh", "Thủ tướng Chính", "vi", {"Thủ tướng Chính": "Prime Minister Chinh"}),
        # Which word of Xi Jinping is Bình cannot be told.
        ("Tập Cận Bình", "Xi Jinping", "ông Bình nói", "vi", {}),
        ("Владимир Путин", "Vladimir Putin", "Путин", "ru", {}),
    ],
)
def test_short_forms(source: str, english: str, text: str, language: str, expected: dict[str, str]) -> None:
    assert dict(short_forms(Term(source, english, "person"), text, language)) == expected
