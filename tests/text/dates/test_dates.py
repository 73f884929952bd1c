import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.text.checks.dates import check_dates, months_in
from pipeline.text.dates import normalise_dates
from pipeline.text.dates.clock import check_clock
from pipeline.text.dates.weekdays import check_weekdays
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged


def doubts_of(judged: Judged) -> list[Doubt]:
    return [*check_dates(judged), *check_weekdays(judged), *check_clock(judged)]


@pytest.mark.parametrize(
    ("text", "months"),
    [("trong tháng 5 và 6", {5, 6}), ("tháng 5, 6 và 7", {5, 6, 7}), ("tháng 5, 2023", {5}), ("tháng mười hai", {12})],
)
def test_a_list_of_months(text: str, months: set[int]) -> None:
    assert months_in(text, "vi") == months


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
        ("mwezi wa kumi na mbili", "sw", "in December", None),
        ("il 3 maggio", "it", "on May 3", None),
        ("в мае", "ru", "in May", None),
        ("ในเดือนเมษายน", "th", "in April", None),
        ("他可能參加遊行", "zh-Hant", "He may join the march; May Chen said so.", None),
        ("an unknown language", "my", "in April", None),
    ],
)
def test_accepted(source: str, language: str, english: str, published: str | None) -> None:
    assert doubts_of(Judged(source, language, english, published)) == []


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
    assert [doubt.kind for doubt in doubts_of(Judged(source, language, english, published))] == ["date-changed"]


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# How newspapers write a date: month names in order, then the pattern.
WRITTEN: dict[str, tuple[str, str]] = {
    "zh-Hant": ("1 2 3 4 5 6 7 8 9 10 11 12", "{y}年{m}月{d}日"),
    "ja": ("1 2 3 4 5 6 7 8 9 10 11 12", "{y}年{m}月{d}日"),
    "ko": ("1 2 3 4 5 6 7 8 9 10 11 12", "{y}년 {m}월 {d}일"),
    "vi": ("1 2 3 4 5 6 7 8 9 10 11 12", "ngày {d} tháng {m} năm {y}"),
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "el {d} de {m} de {y}",
    ),
    "pt": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "{d} de {m} de {y}",
    ),
    "fr": ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "le {d} {m} {y}"),
    "it": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "il {d} {m} {y}",
    ),
    "de": ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember", "am {d}. {m} {y}"),
    "nl": ("januari februari maart april mei juni juli augustus september oktober november december", "op {d} {m} {y}"),
    "sv": ("januari februari mars april maj juni juli augusti september oktober november december", "den {d} {m} {y}"),
    "da": ("januar februar marts april maj juni juli august september oktober november december", "den {d}. {m} {y}"),
    "nb": ("januar februar mars april mai juni juli august september oktober november desember", "{d}. {m} {y}"),
    "pl": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "{d} {m} {y} r.",
    ),
    "cs": ("ledna února března dubna května června července srpna září října listopadu prosince", "{d}. {m} {y}"),
    "ru": ("января февраля марта апреля мая июня июля августа сентября октября ноября декабря", "{d} {m} {y} года"),
    "uk": (
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "{d} {m} {y} року",
    ),
    "tr": ("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık", "{d} {m} {y}"),
    "id": (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "tanggal {d} {m} {y}",
    ),
    "ms": ("Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember", "pada {d} {m} {y}"),
    "tl": (
        "Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre",
        "ika-{d} ng {m} {y}",
    ),
    "sw": ("Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba", "tarehe {d} {m} {y}"),
    "th": ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม", "วันที่ {d} {m} {y}"),
    "hi": ("जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर", "{d} {m} {y} को"),
    "bn": ("জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর", "{d} {m} {y}"),
    "ur": ("جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر", "{d} {m} {y} کو"),
    "ar": ("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر", "في {d} {m} {y}"),
}


@pytest.mark.parametrize("language", sorted(WRITTEN))
@given(
    day=st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31)),
    months=st.integers(1, 11),
    days=st.integers(1, 15),
)
@settings(max_examples=40, deadline=None)
def test_a_date_is_kept_or_doubted(language: str, day: datetime.date, months: int, days: int) -> None:
    names, pattern = WRITTEN[language]
    source = pattern.format(d=day.day, m=names.split()[day.month - 1], y=day.year)
    assert doubts_of(Judged(source, language, f"on {MONTHS[day.month - 1]} {day.day}, {day.year}")) == []
    assert doubts_of(Judged(source, language, f"on {day.day} {MONTHS[day.month - 1]} {day.year}")) == []
    other = MONTHS[(day.month - 1 + months) % 12]
    assert doubts_of(Judged(source, language, f"on {other} {day.day}, {day.year}"))
    changed = (day.day + days - 1) % 28 + 1
    assume(changed != day.day)
    assert doubts_of(Judged(source, language, f"on {MONTHS[day.month - 1]} {changed}, {day.year}"))


WEEK: dict[str, str] = {
    "zh-Hant": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "zh-Hans": "周一 周二 周三 周四 周五 周六 周日",
    "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    "vi": "thứ_Hai thứ_Ba thứ_Tư thứ_Năm thứ_Sáu thứ_Bảy Chủ_nhật",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ru": "понедельник вторник среду четверг пятницу субботу воскресенье",
    "uk": "понеділок вівторок середу четвер п'ятницю суботу неділю",
    "pl": "poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
    "cs": "pondělí úterý středu čtvrtek pátek sobotu neděli",
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
    "tl": "Lunes Martes Miyerkules Huwebes Biyernes Sabado Linggo",
    "sw": "Jumatatu Jumanne Jumatano Alhamisi Ijumaa Jumamosi Jumapili",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "hi": "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    "th": "วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์",
}


@pytest.mark.parametrize("language", sorted(WEEK))
@pytest.mark.parametrize("day", range(7))
def test_a_weekday_is_kept_or_doubted(language: str, day: int) -> None:
    source = WEEK[language].split()[day].replace("_", " ")
    for other in range(7):
        doubts = doubts_of(Judged(source, language, f"They met on {WEEKDAYS[other]}."))
        assert [doubt.kind for doubt in doubts] == ([] if other == day else ["date-changed"])


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        ("星期一、三、五", "zh-Hant", "on Monday, Wednesday and Friday"),
        ("週一至週五", "zh-Hant", "Monday to Friday"),
        ("周末", "zh-Hans", "on Saturday and Sunday"),
        ("3日(水)", "ja", "Wednesday the 3rd"),
        ("土日", "ja", "Saturdays and Sundays"),
        ("2일(월)", "ko", "Monday the 2nd"),
        ("ブラックフライデー", "ja", "Black Friday"),
        ("el domingo", "es", "on Sunday"),
        ("တနင်္လာနေ့", "my", "on Monday"),
    ],
)
def test_weekdays_accepted(source: str, language: str, english: str) -> None:
    assert doubts_of(Judged(source, language, english)) == []


CLOCK: dict[str, tuple[str, str]] = {
    "zh-Hant": ("上午{h}點{m:02}分", "下午{h}點{m:02}分"),
    "ja": ("午前{h}時{m}分", "午後{h}時{m}分"),
    "ko": ("오전 {h}시 {m}분", "오후 {h}시 {m}분"),
    "vi": ("{h} giờ {m} sáng", "{h} giờ {m} chiều"),
    "es": ("a las {h}:{m:02} de la mañana", "a las {h}:{m:02} de la tarde"),
    "fr": ("à {h}h{m:02} du matin", "à {h}h{m:02} de l'après-midi"),
    "ru": ("в {h}:{m:02} утра", "в {h}:{m:02} дня"),
    "hi": ("सुबह {h}:{m:02} बजे", "दोपहर {h}:{m:02} बजे"),
    "ar": ("الساعة {h}:{m:02} صباحا", "الساعة {h}:{m:02} مساء"),
    "id": ("pukul {h}.{m:02} pagi", "pukul {h}.{m:02} sore"),
    "tl": ("{h}:{m:02} ng umaga", "alas-{h}:{m:02} ng hapon"),
}


@pytest.mark.parametrize("language", sorted(CLOCK))
@given(hour=st.integers(1, 11), minute=st.integers(10, 59), half=st.sampled_from([0, 1]))
@settings(max_examples=40, deadline=None)
def test_a_time_of_day_is_kept_or_doubted(language: str, hour: int, minute: int, half: int) -> None:
    source = CLOCK[language][half].format(h=hour, m=minute)
    right, wrong = ("a.m.", "p.m.") if half == 0 else ("p.m.", "a.m.")
    assert doubts_of(Judged(source, language, f"at {hour}:{minute} {right}")) == []
    assert doubts_of(Judged(source, language, f"at {hour}:{minute} {wrong}"))


@given(
    hour=st.integers(13, 23),
    minute=st.integers(10, 59),
    language=st.sampled_from(["de", "fr", "ko", "ru", "zh-Hans", "ja"]),
)
@settings(max_examples=60, deadline=None)
def test_a_time_after_noon_on_24_hours(hour: int, minute: int, language: str) -> None:
    source = {"de": f"{hour}:{minute} Uhr", "fr": f"{hour}h{minute}", "ru": f"{hour}:{minute}"}.get(
        language, f"{hour}:{minute}"
    )
    assert doubts_of(Judged(source, language, f"at {hour - 12}:{minute} p.m.")) == []
    assert doubts_of(Judged(source, language, f"at {hour}:{minute}")) == []
    assert doubts_of(Judged(source, language, f"at {hour - 12}:{minute} a.m."))


@given(st.sampled_from([*WRITTEN, *WEEK, "fa", "sw", ""]), st.text(), st.text())
def test_never_raises(language: str, source: str, english: str) -> None:
    doubts_of(Judged(source, language, english, "2026-02-04"))
