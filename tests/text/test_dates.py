import pytest

from pipeline.text.dates import check_dates, normalise_dates


@pytest.mark.parametrize(
    ("text", "language", "published", "expected"),
    [
        ("卓榮泰今(4)日接見", "zh-Hant", "2026-02-04", "卓榮泰2月4日接見"),
        ("卓榮泰今（４）日接見", "zh-Hant", "2026-02-04T18:00:00+08:00", "卓榮泰2月4日接見"),
        ("今天（4日）舉行", "zh-Hant", "2026-02-04", "2月4日舉行"),
        ("昨(31)日宣布", "zh-Hant", "2026-02-01", "1月31日宣布"),
        ("明(1)日上路", "zh-Hant", "2026-01-31", "2月1日上路"),
        ("今(4)日接見", "zh-Hant", None, "今(4)日接見"),
        ("今(4)日接見", "zh-Hant", "2026-02-20", "今(4)日接見"),
        ("今(4)日接見", "zh-Hant", "not a date", "今(4)日接見"),
        ("去(2025)年、今(2026)年", "zh-Hant", None, "2025年、2026年"),
        ("去年（2025年）", "zh-Hant", None, "2025年"),
        ("今年(2)月", "zh-Hant", None, "2月"),
        ("民國112年9月11日", "zh-Hant", None, "2023年9月11日"),
        ("112年9月11日", "zh-Hant", None, "2023年9月11日"),
        ("民國38年", "zh-Hant", None, "1949年"),
        ("115年度", "zh-Hant", None, "2026年度"),
        ("112年9月11日", "zh-Hans", None, "112年9月11日"),
        ("歷經112年的老店", "zh-Hant", None, "歷經112年的老店"),
        ("11日專電", "zh-Hant", "2023-09-11", "11日專電"),
        ("令和7年4月、平成元年、昭和64年", "ja", None, "2025年4月、1989年、1989年"),
        ("พ.ศ. 2568", "th", None, "ค.ศ. 2025"),
        ("ngày 20/2 tại Đài Bắc", "vi", None, "ngày 20 tháng 2 tại Đài Bắc"),
        ("ngày 20/2/2023", "vi", None, "ngày 20 tháng 2 năm 2023"),
        ("tháng 9/2022", "vi", None, "tháng 9 năm 2022"),
        ("sáng 5/3", "vi", None, "sáng 5 tháng 3"),
        ("chiếm 2/3 dân số", "vi", None, "chiếm 2/3 dân số"),
        ("ngày 31/2", "vi", None, "ngày 31/2"),
        ("el 20/2/2023", "es", None, "el 20 de febrero de 2023"),
        ("le 20/02/2023", "fr", None, "le 20 février 2023"),
        ("am 20.2.2023", "de", None, "am 20. Februar 2023"),
        ("20.02.2023 г.", "ru", None, "20 февраля 2023 г."),
        ("el 20/13/2023", "es", None, "el 20/13/2023"),
        ("Version 1.2.2023.4", "de", None, "Version 1.2.2023.4"),
        ("on 20/2/2023", "en", None, "on 20/2/2023"),
    ],
)
def test_normalise(text: str, language: str, published: str | None, expected: str) -> None:
    assert normalise_dates(text, language, published) == expected


@pytest.mark.parametrize(
    ("source", "language", "english", "published"),
    [
        ("今(4)日接見", "zh-Hant", "received on February 4", "2026-02-04"),
        ("11日出席峰會", "zh-Hant", "attended the summit on September 11", "2023-09-11"),
        ("今年8月底", "zh-Hans", "at the end of August this year", None),
        ("八月十五日", "zh-Hant", "August 15", None),
        ("8월 11일", "ko", "Aug. 11", None),
        ("지난 30일", "ko", "on July 30", "2025-08-02"),
        ("ngày 20/2", "vi", "on the 20th of February", None),
        ("tháng mười hai", "vi", "in December", None),
        ("il 3 maggio", "it", "on May 3", None),
        ("в мае", "ru", "in May", None),
        ("ในเดือนเมษายน", "th", "in April", None),
        ("他可能參加遊行", "zh-Hant", "He may join the march; May Chen said so.", None),
        ("an unknown language", "sw", "in April", None),
    ],
)
def test_accepted(source: str, language: str, english: str, published: str | None) -> None:
    assert check_dates(source, language, english, published) == []


@pytest.mark.parametrize(
    ("source", "language", "english", "published"),
    [
        ("今(4)日接見", "zh-Hant", "received on April 4th", "2026-02-04"),
        ("今(4)日接見", "zh-Hant", "received on April 4th", None),
        ("11日出席峰會", "zh-Hant", "attended on June 11", "2023-09-11"),
        ("ngày 3/4/2023", "vi", "on March 4, 2023", None),
        ("8月", "ja", "in July", None),
        ("8월 11일, 12명", "ko", "on August 21 with 12 people", None),
        ("le 14 juillet", "fr", "on June 14", None),
        ("会谈举行。", "zh-Hans", "The talks were held in May 2020.", None),
    ],
)
def test_caught(source: str, language: str, english: str, published: str | None) -> None:
    assert [doubt.kind for doubt in check_dates(source, language, english, published)] == ["date-changed"]
