"""Countries of an English sentence against its source."""

from __future__ import annotations

import pytest

from pipeline.text.judged import Judged
from pipeline.text.names.countries import check_countries, has_countries


@pytest.mark.parametrize(
    ("language", "source", "english", "invented"),
    [
        ("zh-Hant", "中華民國總統訪問日本", "The president of Taiwan visits Japan.", []),
        ("zh-Hant", "中華民國總統訪問日本", "The president of China visits Japan.", ["China"]),
        ("zh-Hans", "华盛顿方面拒绝评论", "The United States declined to comment.", []),
        ("zh-Hans", "华盛顿方面拒绝评论", "China declined to comment.", ["China"]),
        ("vi", "Trung Hoa Dân Quốc bác bỏ", "Taiwan denied it.", []),
        ("vi", "Trung Hoa Dân Quốc bác bỏ", "China denied it.", ["China"]),
        ("ko", "한미 양국은 합의했다", "South Korea and the United States agreed.", []),
        ("ko", "한미 양국은 합의했다", "Korea and Japan agreed.", ["Japan"]),
        ("ja", "日米首脳が会談した", "The leaders of Japan and the U.S. met.", []),
        # A day is no Japan.
        ("zh-Hant", "4日上午開會", "Japan met in the morning.", ["Japan"]),
        # Who holds an office changes: his name does not stand for the country.
        ("ko", "마크롱은 회담에서 말했다", "France said so at the meeting.", ["France"]),
        ("de", "Er sagte es", "France said so.", []),
    ],
)
def test_countries(language: str, source: str, english: str, invented: list[str]) -> None:
    found = check_countries(Judged(source, language, english))
    assert [doubt.detail.split("”")[0].strip("“") for doubt in found] == invented


def test_languages_with_countries() -> None:
    assert has_countries("yue")
    assert has_countries("zh-Hant")
    assert not has_countries("de")
