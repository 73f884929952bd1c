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


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("۱۵ فروردین ۱۴۰۳", "fa", "2024-04-03"),
        ("سه‌شنبه ۱ خرداد ۱۴۰۳ - ۱۰:۳۰", "fa", "2024-05-21T10:30:00"),
        ("1403/03/01", "fa", "2024-05-21"),
        ("1403/03/01", None, "2024-05-21"),
        ("۳۰ اسفند ۱۴۰۳", "fa", "2025-03-20"),
        ("۳۰ اسفند ۱۴۰۲", "fa", None),
        ("۱ جوزا ۱۴۰۳", "fa-AF", "2024-05-21"),
        ("۱ آذر ۱۴۰۲", "fa", "2023-11-22"),
        # Of the lunar calendar nobody can tell without tables.
        ("13/11/1445", "ar", None),
        ("21 أيار 2024", "ar", "2024-05-21"),
        ("21 آذار 2024", "ar", "2024-03-21"),
        ("21 كانون الثاني 2024", "ar", "2024-01-21"),
        ("21 تشرين الأول/أكتوبر 2023", "ar", "2023-10-21"),
        ("21 أيار (مايو) 2024", "ar", "2024-05-21"),
        ("21 ماي 2024", "ar-TN", "2024-05-21"),
        ("21 جويلية 2024", "ar", "2024-07-21"),
        ("21 غشت 2024", "ar-MA", "2024-08-21"),
        ("21 دجنبر 2023", None, "2023-12-21"),
        ("21 ابريل 2024", "ar", "2024-04-21"),
        ("21 במאי 2024", "he", "2024-05-21"),
        ("3 בינואר 2024, 10:30", "he", "2024-01-03T10:30:00"),
        ("21 Jänner 2024", "de", "2024-01-21"),
    ],
)
def test_calendars_and_countries(text: str, language: str | None, expected: str | None) -> None:
    assert parse_date(text, language=language, now=NOW) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("21/05/2024 10:30 م", "ar", "T22:30:00"),
        ("21/05/2024 10:30 ص", "ar", "T10:30:00"),
        ("21/05/2024 - 10:30 مساءً", "ar", "T22:30:00"),
        ("21/05/2024 12:15 ص", "ar", "T00:15:00"),
        ("21/05/2024 10:30 μ.μ.", "el", "T22:30:00"),
        ("21/05/2024 10:30 SA", "vi", "T10:30:00"),
        ("21/05/2024 10:30 CH", "vi", "T22:30:00"),
        ("21 मई 2024, शाम 6:30", "hi", "T18:30:00"),
        ("21 de mayo de 2024, 10:30 p. m.", "es", "T22:30:00"),
        ("21 de mayo de 2024, 10:30 de la mañana", "es", "T10:30:00"),
        ("21 Mayıs 2024 ÖS 6:30", "tr", "T18:30:00"),
        ("2024年5月21日 晚上10:30", "zh", "T22:30:00"),
        ("2024年5月21日 凌晨2点30分", "zh", "T02:30:00"),
        ("2024年5月21日 午後7時15分", None, "T19:15:00"),
        ("۲۱ مه ۲۰۲۴ ساعت ۱۰:۳۰ بعدازظهر", "fa", "T22:30:00"),
        ("May 21, 2024 at 5 PM", "en", "T17:00:00"),
        ("May 21, 2024, 5:15 p.m. EDT", "en", "T17:15:00-04:00"),
        ("21 May 2024 10:30 WIB", "id", "T10:30:00+07:00"),
        # India, Israel or Ireland.
        ("21 May 2024 10:30 IST", "en", "T10:30:00"),
        ("10:30, 21 мая 2024", "ru", "T10:30:00"),
        ("10:30 م | 21 مايو 2024", "ar", "T22:30:00"),
        ("21 May 2024, page 5", "en", ""),
    ],
)
def test_times_of_day(text: str, language: str | None, expected: str) -> None:
    assert parse_date(text, language=language, now=NOW) == "2024-05-21" + expected
