from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.dates import date_line, parse_date

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2020-11-21T11:08:55.000Z", None, "2020-11-21T11:08:55+00:00"),
        ("2024-07-18T08:01:58+0200", None, "2024-07-18T08:01:58+02:00"),
        ("2024-08-05 20:59:59.0", None, "2024-08-05T20:59:59"),
        ("2026-02-04", None, "2026-02-04"),
        ("20240805", None, "2024-08-05"),
        ("1605956935", None, "2020-11-21T11:08:55+00:00"),
        ("1605956935000", None, "2020-11-21T11:08:55+00:00"),
        ("Mon, 11 Aug 2025 10:00:00 +0900", None, "2025-08-11T10:00:00+09:00"),
        ("2025.08.11 19:15:20", None, "2025-08-11T19:15:20"),
        ("등록 2025.08.11 19:15:20", "ko", "2025-08-11T19:15:20"),
        ("2025년 8월 11일 오후 7시 15분", "ko", "2025-08-11T19:15:00"),
        ("2025年8月11日", "zh", "2025-08-11"),
        ("2025年8月11日 午後7時15分", "ja", "2025-08-11T19:15:00"),
        ("民國112年9月11日", "zh-Hant", "2023-09-11"),
        ("112年9月11日", None, "2023-09-11"),
        ("1120911", "zh-Hant", "2023-09-11"),
        ("1120911", None, None),
        ("令和7年3月4日", "ja", "2025-03-04"),
        ("令和元年5月1日", "ja", "2019-05-01"),
        ("14 กุมภาพันธ์ พ.ศ. 2568", "th", "2025-02-14"),
        ("ngày 20 tháng 2 năm 2023", "vi", "2023-02-20"),
        ("20/2/2023", "vi", "2023-02-20"),
        ("3/4/2023", "vi", "2023-04-03"),
        ("3/4/2023", "en-GB", "2023-04-03"),
        ("3/4/2023", "en-US", "2023-03-04"),
        ("3/4/2023", "en", None),
        ("3/4/2023", None, None),
        ("3.4.2023", None, "2023-04-03"),
        ("13/4/2023", None, "2023-04-13"),
        ("20 de agosto de 2025", "es", "2025-08-20"),
        ("20. August 2025, 14.30 Uhr", "de", "2025-08-20T14:30:00"),
        ("1er août 2024", "fr", "2024-08-01"),
        ("5 мая 2024 г., 12:30", "ru", "2024-05-05T12:30:00"),
        ("٢٠ أغسطس ٢٠٢٥", "ar", "2025-08-20"),
        ("१५ अगस्त २०२५", "hi", "2025-08-15"),
        ("August 5th, 2024 7:05 p.m.", "en", "2024-08-05T19:05:00"),
        ("12 March 2025, 10:15 GMT", "en", "2025-03-12T10:15:00+00:00"),
        ("7/6/2024 | 14:05 GMT+7", "vi", "2024-06-07T14:05:00+07:00"),
        ("5 listopada 2024", "pl", "2024-11-05"),
        ("5 listopada 2024", "hr", "2024-10-05"),
        ("20/2", "vi", None),
        ("8월 11일", "ko", None),
        ("hôm nay", "vi", None),
        ("yesterday at 10:00", "en", None),
        ("2026-06-03", None, "2026-06-03"),
        ("2026-06-04", None, None),
        ("1989-12-31", None, None),
        ("2024-02-30", None, None),
        ("", None, None),
    ],
)
def test_parse_date(text: str, language: str | None, expected: str | None) -> None:
    assert parse_date(text, language=language, now=NOW) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Updated: 3 May 2025, 10:15 | Politics", "2025-05-03T10:15:00"),
        ("Publié le 24 août 2023 à 18h12 - Mis à jour le 25 août 2023 à 09h00", "2023-08-24T18:12:00"),
        ("What we know of the election of 3 May 2025 in the provinces", None),
        ("No date here", None),
    ],
)
def test_date_line(line: str, expected: str | None) -> None:
    assert date_line(line) == expected


@given(st.text(alphabet="0123456789/-.: TZ+年月日 March", max_size=40))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = parse_date(text, now=NOW)
    assert found is None or datetime.fromisoformat(found).year >= 1990


@given(st.dates(min_value=datetime(1990, 1, 1).date(), max_value=NOW.date()))
def test_every_day_is_read_back(day: object) -> None:
    assert parse_date(str(day), now=NOW) == str(day)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("15 Hulyo 2024", "fil", "2024-07-15"),
        ("15 Hulyo 2024", "tl-PH", "2024-07-15"),
        ("3 Medi 2024", "cy", "2024-09-03"),
        ("3 Ogosto 2024", "so", "2024-08-03"),
        # Elsewhere a short word is a word.
        ("3 Ogosto 2024", "en", None),
        # October in Croatia, November in Poland.
        ("3 listopada 2024", None, None),
        ("3 listopada 2024", "hr", "2024-10-03"),
        # A script that one language has tells it.
        ("14 ማርች 2024", None, "2024-03-14"),
    ],
)
def test_months_of_the_language_of_the_page(text: str, language: str | None, expected: str | None) -> None:
    assert parse_date(text, language=language, now=NOW) == expected
