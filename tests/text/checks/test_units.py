import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.checks.units import check_units
from pipeline.text.judged import Judged

WORDS = {
    "zh-Hant": {"kilogram": "公斤", "tonne": "公噸", "kilometre": "公里", "metre": "公尺", "hour": "小時", "day": "天"},
    "zh-Hans": {"kilogram": "公斤", "tonne": "吨", "kilometre": "公里", "metre": "米", "hour": "小时", "month": "个月"},
    "ja": {"kilogram": "キログラム", "tonne": "トン", "kilometre": "キロメートル", "hour": "時間", "week": "週間"},
    "ko": {"kilogram": "킬로그램", "tonne": "톤", "kilometre": "킬로미터", "hour": "시간", "month": "개월"},
    "vi": {"kilogram": " kg", "tonne": " tấn", "kilometre": " km", "metre": " mét", "day": " ngày"},
    "de": {"kilogram": " Kilo", "tonne": " Tonnen", "kilometre": " Kilometer", "hour": " Stunden", "week": " Wochen"},
    "fr": {"kilogram": " kilos", "tonne": " tonnes", "kilometre": " km", "hour": " heures", "month": " mois"},
    "es": {"kilogram": " kilos", "tonne": " toneladas", "kilometre": " kilómetros", "day": " días", "year": " años"},
    "ru": {"kilogram": " кг", "tonne": " тонн", "kilometre": " км", "metre": " метров", "year": " лет"},
    "ar": {"kilogram": " كيلوغراما", "tonne": " طنا", "kilometre": " كيلومترا", "day": " يوما"},
    "hi": {"kilogram": " किलोग्राम", "tonne": " टन", "kilometre": " किलोमीटर", "hour": " घंटे"},
    "th": {"kilogram": " กิโลกรัม", "tonne": " ตัน", "kilometre": " กิโลเมตร", "hour": " ชั่วโมง"},
    "tr": {"kilogram": " kilogram", "tonne": " ton", "kilometre": " kilometre", "year": " yıl"},
    "id": {"kilogram": " kilogram", "tonne": " ton", "kilometre": " kilometer", "hour": " jam"},
    "pl": {"kilogram": " kg", "tonne": " ton", "kilometre": " kilometrów", "month": " miesięcy"},
    "tl": {"kilogram": " kilo", "tonne": " tonelada", "metre": " na metro", "hour": " oras", "year": " taon"},
    "uk": {"kilogram": " кг", "tonne": " тонн", "kilometre": " кілометрів", "year": " років"},
}


@pytest.mark.parametrize("language", sorted(WORDS))
@given(number=st.integers(3, 900), data=st.data())
def test_a_unit_is_kept_or_doubted(language: str, number: int, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(sorted(WORDS[language])))
    other = data.draw(st.sampled_from(sorted(set(WORDS[language]) - {unit})))
    source = f"{number}{WORDS[language][unit]}"
    assert check_units(Judged(source, language, f"They count {number} {unit}s here.")) == []
    doubts = check_units(Judged(source, language, f"They count {number} {other}s here."))
    assert [doubt.kind for doubt in doubts] == ["unit-changed"]


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        ("廠房占地1.2萬坪", "zh-Hant", "The plant covers 12,000 ping."),
        ("2023年3月", "zh-Hans", "in March 2023"),
        ("5年内", "zh-Hans", "within five years"),
        ("3日間", "ja", "three days"),
        ("12명이 3분의 1", "ko", "a third of the 12 people"),
        ("전용면적 34평", "ko", "34 pyeong"),
        ("tháng 3 năm 2023", "vi", "March 2023"),
        ("300 m", "de", "300 metres"),
        ("35 км/год", "uk", "35 km/h"),
        ("200ポイント", "ja", "200 points"),
        ("5 чего-то", "ru", "5 tonnes"),
        ("10 km", "my", "10 miles"),
        ("他21歲", "zh-Hant", "a 21-year-old"),
        ("50%", "ja", "half"),
        ("il 5 o 7 per cento", "it", "5 or 7 percent"),
        ("5 percent", "en", "5 tonnes"),
        ("saa 2 dakika 30", "sw", "2 hours and 30 minutes"),
        ("urefu wa 5 km", "sw", "5 km long"),
    ],
)
def test_accepted(source: str, language: str, english: str) -> None:
    assert check_units(Judged(source, language, english)) == []


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        ("1.5個百分點", "zh-Hant", "1.5 percent"),
        ("0.2ポイント低下", "ja", "fell 0.2 percent"),
        ("30%p 올랐다", "ko", "rose 30 percent"),
        ("0,25 điểm phần trăm", "vi", "0.25 percent"),
        ("通膨率為百分之三點五", "zh-Hant", "Inflation was 3.5."),
        ("25 % der Befragten", "de", "25 of those asked"),
        ("占地1.2萬坪", "zh-Hant", "covers 12,000 square metres, or 12,000 metres"),
        ("氣溫38°C", "zh-Hant", "It was 38 degrees Fahrenheit."),
        ("裝置容量500MW", "zh-Hant", "a capacity of 500 gigawatts"),
        ("kilomita 300 kutoka mji mkuu", "sw", "300 miles from the capital"),
        ("kwa miaka mitano", "sw", "for five months"),
    ],
)
def test_caught(source: str, language: str, english: str) -> None:
    assert [doubt.kind for doubt in check_units(Judged(source, language, english))] == ["unit-changed"]


@given(st.sampled_from([*WORDS, "", "x-y", "en", "yue", "sw"]), st.text(), st.text())
def test_never_raises(language: str, source: str, english: str) -> None:
    check_units(Judged(source, language, english))
