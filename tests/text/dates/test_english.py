"""Dates written in English into the sentence that is asked for once more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.calendars import DAYS, MONTHS
from pipeline.language.facts import facts, known
from pipeline.text.checks.dates import months_in
from pipeline.text.dates.english import in_english, ordinal
from pipeline.text.dates.weekdays import weekdays_in

NAMED = [code for code in known() if facts(code).months.names]
LANGUAGES = ["zh-Hans", "zh-Hant", "ja", "ko", "yue", "vi", "th", "und", *NAMED]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh-Hans", "外交部11月21日表示，成果丰硕。", "外交部 on November 21 表示，成果丰硕。"),
        ("zh-Hant", "蔡英文21日在臉書表示", "蔡英文 on the 21st 在臉書表示"),
        ("zh-Hans", "2020年11月，周三停赛", "November 2020 ， Wednesday 停赛"),
        ("ja", "8月3日の水曜日に結審しました。", "August 3 の Wednesday に結審しました。"),
        ("ko", "1759년 9월 24일 화요일에", "on September 24, 1759 Tuesday 에"),
        ("vi", "Vào ngày 24 tháng 9 năm 1759, thứ Tư tuần này", "Vào September 24, 1759, Wednesday tuần này"),
        ("vi", "Vào thứ 3 tháng 9 vừa qua", "Vào Tuesday September vừa qua"),
        ("ru", "В понедельник, 26 ноября 2008 года", "В Monday, 26 November 2008 года"),
        ("pl", "rozpocznie się w czerwcu, a zakończy w sierpniu", "rozpocznie się w June, a zakończy w August"),
        ("pt", "na segunda-feira, 26 de março", "na Monday, 26 de March"),
        ("id", "antara bulan Juni dan hari Sabtu", "antara bulan June dan hari Saturday"),
        ("th", "ระหว่างเดือนมิถุนายนจนถึงสิงหาคม", "ระหว่างเดือน June จนถึง August"),
        ("ar", "في يوم الاثنين", "في يوم Monday"),
        ("zh-Hans", "5月3日至5日，3月1日的会议", "May 3 至5日， March 1 的会议"),
        # Lists, ranges, lengths of time and people of Japan are left alone.
        ("zh-Hans", "10日至12日、14日本人、三個月、星期一至五", "10日至12日、14日本人、三個月、星期一至五"),
        ("ja", "3日間、月・水曜、3ヶ月", "3日間、月・水曜、3ヶ月"),
        ("ko", "3일간 2개월, 주말", "3일간 2개월, 주말"),
        ("en", "on Monday 3 May", "on Monday 3 May"),
        ("und", "Montag", "Montag"),
    ],
)
def test_dates_are_written_in_english(language: str, text: str, expected: str) -> None:
    assert in_english(text, language) == expected


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_taken(text: str, language: str) -> None:
    assert isinstance(in_english(text, language), str)


@given(
    st.sampled_from(["zh-Hans", "ja", "ko"]), st.integers(1, 12), st.integers(1, 31), st.text("的は는 ，。", max_size=4)
)
def test_every_day_of_the_year(language: str, month: int, day: int, after: str) -> None:
    written = f"{month}월 {day}일{after}" if language == "ko" else f"{month}月{day}日{after}"
    found = in_english(written, language)
    assert f"{MONTHS[month - 1]} {day}" in found
    assert not re.search("[月日월일]", found)


@given(st.sampled_from([code for code in NAMED if code != "en"]), st.integers(1, 12))
def test_the_month_stays_the_same(language: str, month: int) -> None:
    name = [*facts(language).months.names.values()][month - 1][0]
    found = in_english(f"x {name} x", language)
    assert months_in(found, "en") == {month}


@given(st.sampled_from(["de", "fr", "es", "pt", "it", "pl", "tr", "id", "vi", "ru", "uk"]), st.text(max_size=30))
def test_no_weekday_comes_in(language: str, text: str) -> None:
    before = weekdays_in(text, language) or frozenset()
    assert {DAYS.index(day) for day in DAYS if day in in_english(text, language)} <= before


@given(st.integers(1, 31))
def test_ordinals(day: int) -> None:
    assert re.fullmatch(r"(?:[123]?1st|[2]?2nd|[2]?3rd|\d{1,2}th)", ordinal(day))
