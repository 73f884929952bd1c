"""Lines with dates as pages of Ethiopia, Bangladesh, Nepal and the Arab world show them."""

import pytest

from pipeline.extraction.dates import date_line, labelled_dates, parse_date


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("ጥር 11 ቀን 2017 ዓ.ም", "am", "2025-01-19"),
        ("ታኅሣሥ 29፣ 2017", "am", "2025-01-07"),
        ("መስከረም 1 ቀን 2017 ዓ.ም.", "am", "2024-09-11"),
        ("ጥር 11 ቀን 2017 ዓ.ም", None, "2025-01-19"),
        # The same word is September in Tigrinya.
        ("መስከረም 1 2017", None, None),
        ("১ বৈশাখ ১৪৩২", "bn", "2025-04-14"),
        ("৮ই ফাল্গুন, ১৪৩১ বঙ্গাব্দ", "bn", "2025-02-21"),
        ("२०७२ असोज ३ गते", "ne", "2015-09-20"),
        ("१ बैशाख २०८१", "ne", "2024-04-13"),
        ("२०८१-०१-०१", "ne", "2024-04-13"),
        ("असोज ३, २०७२", "ne", "2015-09-20"),
        # An Indian almanac counts other years.
        ("१ वैशाख २०८१", "hi", None),
        ("10 ذو الحجة 1445 هـ", "ar", "2024-06-16"),
        ("١ شوال ١٤٤٥هـ", "ar", "2024-04-10"),
        ("1 من شهر محرم 1446", "ar", "2024-07-07"),
        ("1445/10/01 هـ", "ar", "2024-04-10"),
        ("01/10/1445هـ", None, "2024-04-10"),
        ("1445/10/01", "ar", None),
        ("یکم شوال", "ur", None),
        ("10 ذوالحجہ 1445ھ", "ur", "2024-06-16"),
        # Of a day in both the common one is exact.
        ("الأحد 12 شوال 1445 هـ - 21 أبريل 2024 م", "ar", "2024-04-21"),
        ("২৮ এপ্রিল ২০২৫, ১৫ বৈশাখ ১৪৩২", "bn", "2025-04-28"),
        ("45 ጥር 2017", "am", None),
    ],
)
def test_days(text: str, language: str | None, day: str | None) -> None:
    assert parse_date(text, language=language) == day


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("الأحد 12 شوال 1445 هـ - 21 أبريل 2024 م", "ar", "2024-04-21"),
        ("প্রকাশ: ১৫ বৈশাখ ১৪৩২", "bn", "2025-04-28"),
        ("ጥር 11 ቀን 2017 ዓ.ም", "am", "2025-01-19"),
    ],
)
def test_lines_that_say_no_more(text: str, language: str, day: str) -> None:
    assert date_line(text, language=language) == day
    assert [found for found, _ in labelled_dates(text, language=language)] == [day]
