"""Years of eras."""

from __future__ import annotations

import pytest

from pipeline.language.calendars import ERAS, JAPANESE_ERAS


@pytest.mark.parametrize(
    ("era", "year", "common"), [("令和", 5, 2023), ("平成", 1, 1989), ("昭和", 64, 1989), ("大正", 12, 1923),
                                ("明治", 45, 1912), ("民國", 112, 2023), ("民国", 1, 1912)]
)  # fmt: skip
def test_years(era: str, year: int, common: int) -> None:
    assert ERAS[era] + year == common


def test_eras_of_japan() -> None:
    assert JAPANESE_ERAS == ("令和", "平成", "昭和", "大正", "明治")
