from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.text.checks.numbers import check_numbers
from pipeline.text.judged import Judged
from pipeline.text.numbers import normalise_numbers, numbers_in
from pipeline.text.numbers.digits import fold
from tests.growth import TIMES, assert_in_proportion
from tests.rows import each
from tests.text.tables import Row, expressions

ROWS = expressions()


def values(text: str, language: str) -> list[str]:
    return [format(quantity.value.normalize(), "f") for quantity in numbers_in(text, language)]


def test_values_of_the_table() -> None:
    def read(row: Row) -> None:
        assert tuple(values(row.source, row.language)) == row.values

    each(ROWS, read)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("0만 명", "ko", "0"), ("0 triệu", "vi", "0"), ("0 million", "en", "0"), ("0万人", "zh-Hans", "0"),
        ("100만", "ko", "1000000"), ("cent", "fr", "100"), ("mille", "fr", "1000"),
    ],
)  # fmt: skip
def test_none_of_a_scale_is_none(text: str, language: str, expected: str) -> None:
    assert values(text, language) == [expected]


def test_two_numbers_that_touch_stay_two() -> None:
    assert values("5만3만", "ko") == ["50000", "30000"]
    assert normalise_numbers("5만3만", "ko") == "50,000 30,000"
    assert values("1천500만", "ko") == ["15000000"]


def test_offsets_point_at_the_text() -> None:
    def point(row: Row) -> None:
        folded = fold(row.source)
        assert len(folded) == len(row.source)
        for quantity in numbers_in(row.source, row.language):
            assert folded[quantity.start : quantity.end] == quantity.text

    each(ROWS, point)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("萬華、千葉、三星、五一、百貨、十分、九州、四川", "zh-Hant"),
        ("万科、万一、千万不要、成千上万、数百万、几十万、十几亿", "zh-Hans"),
        ("數十萬人、上百萬人、好幾萬人、億萬富翁、百萬富翁、千萬別去", "zh-Hant"),
        ("2成為焦點，3成長率，1成功", "zh-Hant"),
        ("100兆赫、500兆瓦、30千米、5千克", "zh-Hans"),
        ("何万人、数千万円、八百万の神、百万石、万博、千葉", "ja"),
        ("이천시, 만 19세, 수백만 명, 제3조, 만약, 조사, 억지, 천천히", "ko"),
        ("hàng triệu người, triệu phú, tỷ lệ, 3 tỷ phú, nửa triệu", "vi"),
        ("MH370、F-16、COVID-19、5G、A350-900", "zh-Hant"),
        ("https://example.org/116萬/1.234,5 và a1.234@example.vn", "vi"),
        ("1,400多位、22縣市、47都道府縣、2030年", "zh-Hant"),
        ("三、四萬元；七八千人", "zh-Hant"),
        ("El cantante, de 35 años, vendió 2 millones.", "es"),
    ],
)
def test_left_alone(text: str, language: str) -> None:
    assert normalise_numbers(text, language) == text


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("$150bn", "150000000000"),
        ("1.48 million", "1480000"),
        ("one and a half million", "1500000"),
        ("half a million", "500000"),
        ("two hundred and fifty thousand", "250000"),
        ("twenty-three", "23"),
        ("the twenty-third", "23"),
        ("the 42nd", "42"),
        ("a hundred", "100"),
        ("3 million 450 thousand", "3450000"),
        ("12k", "12000"),
        ("€5m", "5000000"),
        ("2.5 lakh crore", "2500000000000"),
        ("10 to 20 million", "10000000"),
        ("1,234,567.89", "1234567.89"),
        ("two-thirds", str(Decimal(2) / 3)),
        ("five decades", "50"),
    ],
)
def test_english_readings(english: str, expected: str) -> None:
    assert Decimal(expected) in {reading for quantity in numbers_in(english, "en") for reading in quantity.readings}


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        ("10%増えた。", "ja", "It rose by 10 per cent."),
        ("他有兩個孩子。", "zh-Hant", "He has two children."),
        ("双方签署备忘录。", "zh-Hans", "The two sides signed a memorandum."),
        ("양국 정상이 만났다.", "ko", "The two leaders met."),
        ("第2", "zh-Hant", "the second"),
        ("第二次世界大戰", "zh-Hant", "World War II"),
        ("15時に始まる", "ja", "It starts at 3 p.m."),
        ("下午3時30分", "zh-Hant", "15:30"),
        ("1990年代", "ja", "the 1990s"),
        ("90年代", "zh-Hans", "the 1990s"),
        ("新冠疫情", "zh-Hans", "the COVID-19 pandemic"),
        ("每周7天每天24小时", "zh-Hans", "24 hours a day, seven days a week"),
        ("星期三", "zh-Hans", "Wednesday"),
        ("thứ Hai", "vi", "Monday"),
        ("8月", "ja", "August"),
        ("二十多歲", "zh-Hant", "in his twenties"),
        ("112年", "zh-Hant", "2023"),
        ("數萬人", "zh-Hant", "tens of thousands of people"),
        ("半世紀", "ja", "half a century"),
        ("XXIe siècle", "fr", "the 21st century"),
        ("im Jahr 1995/96", "de", "in 1995-96"),
        ("10년", "ko", "a decade"),
        ("面积22平方公里", "zh-Hans", "an area of 22 km2"),
        ("一、签署备忘录：完成签署。", "zh-Hans", "1. Signing of the memorandum: completed."),
        ("5萬至10萬元", "zh-Hant", "between 50,000 and 100,000 dollars"),
        ("5~10万円", "ja", "50,000 to 100,000 yen"),
        ("（編輯：陳惠珍）1120911", "zh-Hant", "(Editor: Chen Hui-chen)"),
    ],
)
def test_accepted(source: str, language: str, english: str) -> None:
    assert check_numbers(Judged(source, language, english)) == []


@pytest.mark.parametrize(
    ("source", "language", "english", "kind"),
    [
        ("約148萬人次", "zh-Hant", "about 14.8 million visits", "number-invented"),
        ("約148萬人次", "zh-Hant", "about 148 visits", "number-invented"),
        ("1,500억 달러", "ko", "150 million dollars", "number-invented"),
        ("3,5 triệu người", "vi", "3,500 people", "number-invented"),
        ("九大成果", "zh-Hans", "eight major results", "number-invented"),
        ("九大成果", "zh-Hans", "major results", "number-lost"),
        ("增長7.3", "zh-Hant", "a growth of 7.3%", "number-invented"),
        ("2030年まで", "ja", "by then", "number-lost"),
        ("세 나라", "ko", "five countries", "number-invented"),
        ("ein Plan", "de", "a plan of 50 points", "number-invented"),
        ("zwei Millionen", "de", "two billion", "number-invented"),
        ("MH370", "zh-Hant", "MH730", "number-invented"),
        ("第23條", "zh-Hant", "Article 32", "number-invented"),
        ("3成", "zh-Hant", "3%", "number-invented"),
        ("無數字", "zh-Hant", "Twelve people died.", "number-invented"),
    ],
)
def test_caught(source: str, language: str, english: str, kind: str) -> None:
    assert kind in [doubt.kind for doubt in check_numbers(Judged(source, language, english))]


def test_numbers_of_a_rewritten_source_count_as_stated() -> None:
    assert check_numbers(Judged("今(4)日", "zh-Hant", "On 2/4"))
    assert check_numbers(Judged("今(4)日", "zh-Hant", "On 2/4", "2026-02-04")) == []


@pytest.mark.parametrize(
    ("source", "language"), [("بسبب كوفيد-19", "ar"), ("코로나19 때문에", "ko"), ("aus Angst vor COVID-19", "de")]
)
def test_the_number_of_a_disease_may_go(source: str, language: str) -> None:
    assert check_numbers(Judged(source, language, "because of the coronavirus")) == []
    assert check_numbers(Judged("19명 때문에", "ko", "because of the coronavirus")) != []


def grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


def myriads(value: int, scales: tuple[str, str, str]) -> str:
    """`value` as East Asian newspapers write it: digits in front of each myriad."""
    out = ""
    for factor, word in zip((10**12, 10**8, 10**4), scales, strict=True):
        if value >= factor:
            out += f"{value // factor}{word}"
            value %= factor
    return out + (str(value) if value or not out else "")


HAN = "〇一二三四五六七八九"


def han(value: int) -> str:
    """`value` below 10**8 in Chinese numerals."""
    if value >= 10**4:
        rest = value % 10**4
        return han(value // 10**4) + "萬" + (("零" if rest < 1000 else "") + han(rest) if rest else "")
    out, zero = "", False
    for factor, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // factor % 10
        if digit:
            out += ("零" if zero and out else "") + HAN[digit] + word
            zero = False
        else:
            zero = True
    return out


WRITERS = {
    "zh-Hant": lambda n: myriads(n, ("兆", "億", "萬")),
    "zh-Hans": lambda n: myriads(n, ("万亿", "亿", "万")),
    "ja": lambda n: myriads(n, ("兆", "億", "万")),
    "ko": lambda n: myriads(n, ("조 ", "억 ", "만 ")).strip(),
    "vi": lambda n: grouped(n, "."),
    "de": lambda n: grouped(n, "."),
    "fr": lambda n: grouped(n, " "),
    "ru": lambda n: grouped(n, "\u00a0"),
    "hi": lambda n: str(n).translate(str.maketrans("0123456789", "०१२३४५६७८९")),
    "ar": lambda n: str(n).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "th": lambda n: f"{n:,}",
    "en": lambda n: f"{n:,}",
}


@pytest.mark.parametrize("language", sorted(WRITERS))
@given(number=st.integers(3, 10**14))
@settings(max_examples=60, deadline=None)
def test_round_trip(language: str, number: int) -> None:
    source = WRITERS[language](number)
    assert Decimal(number) in {quantity.value for quantity in numbers_in(source, language)}
    assert check_numbers(Judged(source, language, f"{number:,}")) == []


@pytest.mark.parametrize("language", sorted(set(WRITERS) - {"en"}))
@given(number=st.integers(1001, 10**13), position=st.integers(0, 12), step=st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_changed_digit_is_caught(language: str, number: int, position: int, step: int) -> None:
    digits = list(str(number))
    position %= len(digits)
    digits[position] = str((int(digits[position]) + step) % 10)
    wrong = int("".join(digits))
    # a part of the number alone (1億 of 1億2000) may be stated in its own right
    assume(
        wrong > 20
        and wrong != number
        and wrong not in {q.value for q in numbers_in(WRITERS[language](number), language)}
    )
    assert check_numbers(Judged(WRITERS[language](number), language, f"{wrong:,}"))


@given(tenths=st.integers(11, 9999), power=st.sampled_from([10, 100, 1000, 10**-1]))
@settings(max_examples=100, deadline=None)
def test_a_changed_scale_is_caught(tenths: int, power: float) -> None:
    source = f"{tenths / 10}萬人"
    assert check_numbers(Judged(source, "zh-Hant", f"{tenths * 1000:,} people")) == []
    assert check_numbers(Judged(source, "zh-Hant", f"{int(tenths * 1000 * power):,} people"))


@given(number=st.integers(1, 10**8 - 1))
@settings(max_examples=200, deadline=None)
def test_chinese_numerals(number: int) -> None:
    assert values(han(number), "zh-Hant") == [str(number)]


@given(st.integers(10**4, 10**14))
@settings(max_examples=200, deadline=None)
def test_rewriting_keeps_the_value(number: int) -> None:
    for language in ("zh-Hant", "ja", "ko"):
        source = f"約{WRITERS[language](number)}人"
        rewritten = normalise_numbers(source, language)
        assert Decimal(number) in {quantity.value for quantity in numbers_in(rewritten, "en")}
        assert check_numbers(Judged(source, language, rewritten)) == []


@pytest.mark.parametrize("language", ["zh-Hant", "ko", "vi", "fr", "en"])
def test_time_in_proportion(language: str) -> None:
    def read(text: str) -> None:
        normalise_numbers(text, language)
        check_numbers(Judged(text, language, text[:2000]))

    def grows(unit: str) -> None:
        times = 2_500 // len(unit)
        assert_in_proportion(read, unit * times, unit * times * TIMES)

    units = (
        "1", "萬", "一", "1,", "1.", "1 ", "a1-", "十", "3萬", "억", "1억 ", " triệu", "two ", "「", "1/", "今(",
        "million ",
    )  # fmt: skip
    each(units, grows)


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("hi", "{a} लाख {b} हजार"), ("mr", "{a} लाख {b} हजार"), ("bn", "{a} লাখ {b} হাজার"), ("ur", "{a} لاکھ {b} ہزار"),
        ("th", "{a} แสน {b} พัน"),
    ],
)  # fmt: skip
@given(upper=st.integers(2, 9), lower=st.integers(2, 99))
@settings(max_examples=40, deadline=None)
def test_two_scales_are_one_number(language: str, pattern: str, upper: int, lower: int) -> None:
    source, value = pattern.format(a=upper, b=lower), upper * 10**5 + lower * 1000
    assert values(source, language) == [str(value)]
    assert normalise_numbers(source, language) == f"{value:,}"
    assert check_numbers(Judged(source, language, f"{value:,} people")) == []
    assert check_numbers(Judged(source, language, f"{upper * 10**5:,} people"))


@given(tenths=st.integers(1, 9), rest=st.integers(1, 9))
def test_tenths_in_chinese_and_japanese(tenths: int, rest: int) -> None:
    for source, language in ((f"{HAN[tenths]}成{HAN[rest]}的人", "zh-Hant"), (f"{tenths}割{rest}分の人", "ja")):
        assert values(source, language)[0] == str(tenths * 10 + rest)
        assert check_numbers(Judged(source, language, f"{tenths}{rest}% of people")) == []
        assert check_numbers(Judged(source, language, f"{tenths}{10 - rest}% of people")) or rest == 5


@given(paid=st.integers(1, 9))
def test_discounts(paid: int) -> None:
    assert check_numbers(Judged(f"全面{HAN[paid]}折", "zh-Hant", f"{100 - paid * 10}% off")) == []
    assert check_numbers(Judged(f"全面{HAN[paid]}折", "zh-Hant", f"{101 - paid * 10}% off"))


@given(number=st.integers(1, 999))
def test_half_a_scale_more_in_vietnamese(number: int) -> None:
    source = f"{number} triệu rưỡi đồng"
    assert normalise_numbers(source, "vi") == f"{number}.5 million đồng"
    assert check_numbers(Judged(source, "vi", f"{number}.5 million dong")) == []
    assert check_numbers(Judged(source, "vi", f"{number} million dong"))


@given(tens=st.integers(0, 8), ones=st.integers(0, 8))
def test_native_korean_numerals(tens: int, ones: int) -> None:
    word = ("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")[tens]
    word += ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")[ones]
    number = (tens + 1) * 10 + ones + 1
    assert values(f"{word} 명이 왔다", "ko") == [str(number)]
    assert check_numbers(Judged(f"{word} 명이 왔다", "ko", f"{number} people came")) == []
    assert check_numbers(Judged(f"{word} 명이 왔다", "ko", f"{number + 1} people came"))


@given(year=st.integers(1350, 1410))
def test_persian_solar_years(year: int) -> None:
    assert check_numbers(Judged(f"سال {year}", "fa", f"in {year + 621}")) == []
    assert check_numbers(Judged(f"سال {year}", "fa", f"in {year + 622}")) == []
    assert check_numbers(Judged(f"سال {year}", "fa", f"in {year + 632}"))


@pytest.mark.parametrize(
    ("source", "english", "doubted"),
    [
        ("vers 9 h 30 (0230 UTC)", "around 9:30 (02:30 UTC)", False),
        ("vers 9 h 30 (02:30 UTC)", "around 9:30 (0230 UTC)", False),
        ("vers 9 h 30 (02:30 UTC)", "around 9:30 (0240 UTC)", True),
        ("0230 personnes", "02:30 people", True),
    ],
)
def test_universal_times(source: str, english: str, doubted: bool) -> None:
    assert bool(check_numbers(Judged(source, "fr", english))) is doubted


@pytest.mark.parametrize(
    ("source", "language", "english", "kinds"),
    [
        ("他演出於Six Days in Fallujah。", "zh-Hant", "He starred in Six Days in Fallujah.", []),
        ("Это круглосуточная новостная сеть.", "ru", "It is a 24-hour news network.", []),
        # The end of a word is no number.
        ("Die Aktivitäten gehen weiter.", "de", "The ten activities go on.", ["number-invented"]),
    ],
)
def test_words_of_a_source_that_english_has_a_number_for(
    source: str, language: str, english: str, kinds: list[str]
) -> None:
    assert [doubt.kind for doubt in check_numbers(Judged(source, language, english))] == kinds


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        ("ja", "今朝10時頃に崩壊した。", "It collapsed at about 70 a.m."),
        ("vi", "bị giữ hơn 24 giờ", "held for more than 64 hours"),
        ("vi", "bị giữ hơn 24 giờ", "held for more than 12 hours"),
        ("zh-Hant", "超過24小時", "a 36-hour period"),
    ],
)
def test_a_wrong_hour_is_no_other_way_to_tell_the_time(language: str, source: str, english: str) -> None:
    assert "number-invented" in [doubt.kind for doubt in check_numbers(Judged(source, language, english))]


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        ("vi", "bị giữ hơn 24 giờ", "held for more than 24 hours"),
        ("vi", "lúc 20 giờ", "at 8 p.m."),
        ("ja", "19時30分", "at 1930 hours"),
        ("ja", "24時", "at 12 midnight"),
        ("es", "a las 20 horas", "at 20:00"),
    ],
)
def test_the_time_of_day_told_another_way(language: str, source: str, english: str) -> None:
    assert check_numbers(Judged(source, language, english)) == []


def test_scales_are_read_in_the_genitive() -> None:
    assert values("περιουσία 2,3 δισεκατομμυρίων δολαρίων", "el") == ["2300000000"]
