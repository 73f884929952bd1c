"""Numbers in words: written by the rules of each language here, read by the tables there."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.text.checks.numbers import check_numbers
from pipeline.text.judged import Judged
from pipeline.text.numbers.spelled import is_read, spelled_values
from tests.growth import TIMES, assert_in_proportion


def _ones_first(ones: str, tens: str, link: str) -> Callable[[int], str]:
    """einundzwanzig: ones, a link, tens, in one word; `ones` lists 1 to 19."""
    small, decades = ones.split(), tens.split()

    def write(n: int) -> str:
        if n < 20:
            return small[n - 1]
        return decades[n // 10 - 2] if n % 10 == 0 else small[n % 10 - 1] + link + decades[n // 10 - 2]

    return write


def _tens_first(ones: str, tens: str, link: str) -> Callable[[int], str]:
    """двадцать пять: tens, a link, ones."""
    small, decades = ones.split(), tens.split()

    def write(n: int) -> str:
        if n < 20:
            return small[n - 1].replace("_", " ")
        return decades[n // 10 - 2] + (link + small[n % 10 - 1] if n % 10 else "")

    return write


def _italian(n: int) -> str:
    ones = [
        "uno",
        "due",
        "tre",
        "quattro",
        "cinque",
        "sei",
        "sette",
        "otto",
        "nove",
        "dieci",
        "undici",
        "dodici",
        "tredici",
        "quattordici",
        "quindici",
        "sedici",
        "diciassette",
        "diciotto",
        "diciannove",
    ]
    if n < 20:
        return ones[n - 1]
    tens = ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"][n // 10 - 2]
    if n % 10 in (1, 8):
        tens = tens[:-1]
    return tens + (ones[n % 10 - 1] if n % 10 else "")


def _french(n: int) -> str:
    ones = [
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
        "treize",
        "quatorze",
        "quinze",
        "seize",
        "dix-sept",
        "dix-huit",
        "dix-neuf",
    ]
    if n < 20:
        return ones[n - 1]
    tens = ["vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"][
        n // 10 - 2
    ]
    rest = n - {6: 60, 7: 60, 8: 80, 9: 80}.get(n // 10, n // 10 * 10)
    if rest == 0:
        return tens + ("s" if n == 80 else "")
    return f"{tens} et {ones[rest - 1]}" if rest in (1, 11) and n < 80 else f"{tens}-{ones[rest - 1]}"


def _spanish(n: int) -> str:
    ones = [
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "dieciséis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
        "veinte",
        "veintiuno",
        "veintidós",
        "veintitrés",
        "veinticuatro",
        "veinticinco",
        "veintiséis",
        "veintisiete",
        "veintiocho",
        "veintinueve",
    ]
    if n < 30:
        return ones[n - 1]
    tens = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"][n // 10 - 3]
    return tens + (f" y {ones[n % 10 - 1]}" if n % 10 else "")


def _thai(n: int) -> str:
    ones = ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
    if n < 10:
        return ones[n - 1]
    tens = {1: "สิบ", 2: "ยี่สิบ"}.get(n // 10) or ones[n // 10 - 1] + "สิบ"
    return tens + ("เอ็ด" if n % 10 == 1 else ones[n % 10 - 1] if n % 10 else "")


def _indonesian(n: int) -> str:
    ones = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
    if n < 12:
        return ones[n - 1]
    if n < 20:
        return ones[n - 11] + " belas"
    return ones[n // 10 - 1] + " puluh" + (" " + ones[n % 10 - 1] if n % 10 else "")


def _arabic(n: int) -> str:
    ones = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
    if n <= 10:
        return ones[n - 1]
    if n < 20:
        return ones[n - 11] + " عشر"
    tens = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"][n // 10 - 2]
    return (ones[n % 10 - 1] + " و" if n % 10 else "") + tens


def _persian(n: int) -> str:
    ones = [
        "یک",
        "دو",
        "سه",
        "چهار",
        "پنج",
        "شش",
        "هفت",
        "هشت",
        "نه",
        "ده",
        "یازده",
        "دوازده",
        "سیزده",
        "چهارده",
        "پانزده",
        "شانزده",
        "هفده",
        "هجده",
        "نوزده",
    ]
    if n < 20:
        return ones[n - 1]
    tens = ["بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"][n // 10 - 2]
    return tens + (f" و {ones[n % 10 - 1]}" if n % 10 else "")


WRITERS: dict[str, Callable[[int], str]] = {
    "de": _ones_first(
        "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
        " achtzehn neunzehn",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "und",
    ),
    "nl": _ones_first(
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
        " achttien negentien",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
        "en",
    ),
    "da": _ones_first(
        "en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
        "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
        "og",
    ),
    "sv": _tens_first(
        "ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton",
        "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
        "",
    ),
    "nb": _tens_first(
        "en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
        "tjue tretti førti femti seksti sytti åtti nitti",
        "",
    ),
    "ru": _tens_first(
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать"
        " пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
        " ",
    ),
    "uk": _tens_first(
        "один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять"
        " п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять",
        "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
        " ",
    ),
    "pl": _tens_first(
        "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście"
        " piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście",
        "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
        " ",
    ),
    "cs": _tens_first(
        "jeden dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct"
        " osmnáct devatenáct",
        "dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát",
        " ",
    ),
    "pt": _tens_first(
        "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito"
        " dezenove",
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        " e ",
    ),
    "tr": _tens_first(
        "bir iki üç dört beş altı yedi sekiz dokuz on on_bir on_iki on_üç on_dört on_beş on_altı on_yedi on_sekiz"
        " on_dokuz",
        "yirmi otuz kırk elli altmış yetmiş seksen doksan",
        " ",
    ),
    "it": _italian,
    "fr": _french,
    "es": _spanish,
    "th": _thai,
    "id": _indonesian,
    "ar": _arabic,
    "fa": _persian,
}


@pytest.mark.parametrize("language", sorted(WRITERS))
@pytest.mark.parametrize("number", range(3, 100))
def test_every_number_below_a_hundred(language: str, number: int) -> None:
    source = WRITERS[language](number)
    assert number in spelled_values(source, language)
    assert check_numbers(Judged(source, language, f"{number} people")) == []


@pytest.mark.parametrize("language", sorted(WRITERS))
@given(number=st.integers(11, 99), other=st.integers(11, 99))
@settings(max_examples=40, deadline=None)
def test_another_number_is_caught(language: str, number: int, other: int) -> None:
    source = WRITERS[language](number)
    assume(other not in spelled_values(source, language))
    assert check_numbers(Judged(source, language, f"{other} people"))


def test_few_other_numbers_are_supported() -> None:
    """Reading loosely must not come to mean that anything goes."""
    for language, write in WRITERS.items():
        for number in range(21, 100, 7):
            values = {value for value in spelled_values(write(number), language) if value > 10}
            assert len(values) <= 4, (language, number, values)


@pytest.mark.parametrize(
    ("language", "source", "value"),
    [
        ("de", "zweihundertfünfzig", 250),
        ("de", "anderthalb Millionen", 1_500_000),
        ("de", "eine dreijährige Laufzeit", 3),
        ("nl", "anderhalf miljoen", 1_500_000),
        ("fr", "un milliard et demi", 1_500_000_000),
        ("fr", "d'une centaine de blessés", 100),
        ("es", "medio millón", 500_000),
        ("es", "mil quinientos", 1500),
        ("pt", "duzentos mil", 200_000),
        ("it", "duemila", 2000),
        ("ru", "двести пятьдесят тысяч", 250_000),
        ("ru", "полтора миллиона", 1_500_000),
        ("ru", "восьмилетний срок", 8),
        ("pl", "półtora miliona", 1_500_000),
        ("cs", "půl milionu", 500_000),
        ("tr", "üç buçuk milyon", 3_500_000),
        ("tr", "bin beş yüz", 1500),
        ("id", "seratus ribu", 100_000),
        ("id", "setengah juta", 500_000),
        ("ar", "خمسة ملايين", 5_000_000),
        ("ar", "القرن الحادي والعشرين", 21),
        ("ar", "مليونا شخص", 2_000_000),
        ("th", "สองร้อยห้าสิบล้าน", 250_000_000),
        ("vi", "hai trăm ba mươi nghìn", 230_000),
        ("vi", "một triệu rưỡi", 1_500_000),
        ("hi", "पच्चीस", 25),
        ("hi", "ढाई करोड़", 25_000_000),
        ("hi", "डेढ़ लाख", 150_000),
    ],
)
def test_larger_numbers(language: str, source: str, value: int) -> None:
    assert value in spelled_values(source, language)
    assert check_numbers(Judged(source, language, f"{value:,}")) == []


@given(st.sampled_from([*WRITERS, "vi", "hi", "ms", "no", "zh", "", "x-y"]), st.text())
@settings(max_examples=300, deadline=None)
def test_never_raises(language: str, text: str) -> None:
    values = spelled_values(text, language)
    assert is_read(language) or not values


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("de", "zwei "),
        ("de", "zwei"),
        ("fr", "vingt-"),
        ("id", "dua-"),
        ("th", "สอง"),
        ("fr", "1 "),
        ("vi", "mười "),
        ("ar", "و"),
    ],
)
def test_time_in_proportion(language: str, unit: str) -> None:
    times = 5_000 // len(unit)
    assert_in_proportion(lambda text: spelled_values(text, language), unit * times, unit * times * TIMES)


@pytest.mark.parametrize(
    ("language", "source", "wrong", "right"),
    [
        ("id", "lebih dari dua puluh penghargaan", "more than 10 awards", "more than 20 awards"),
        ("vi", "hơn hai mươi giải thưởng", "more than 10 awards", "more than 20 awards"),
        ("id", "empat belas orang tewas", "Four people died", "Fourteen people died"),
        ("ms", "lapan belas orang", "eight people", "18 people"),
        ("tr", "on dört kişi öldü", "four people died", "14 people died"),
        ("vi", "mười lăm tảng đá", "ten rocks", "fifteen rocks"),
        ("de", "vierundzwanzig Leute", "twenty people", "24 people"),
        ("es", "treinta y cuatro personas", "four people", "34 people"),
        ("th", "ยี่สิบสี่คน", "four people", "24 people"),
    ],
)
def test_a_part_of_a_number_is_none(language: str, source: str, wrong: str, right: str) -> None:
    assert check_numbers(Judged(source, language, right)) == []
    assert [doubt.kind for doubt in check_numbers(Judged(source, language, wrong))] == ["number-invented"]


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        ("ar", "وخلال العقود الثلاثة الماضية", "During the last three decades"),
        ("th", "ทุก ๆ ยี่สิบสามสิบนาที", "every twenty or thirty minutes"),
    ],
)
def test_numbers_side_by_side_are_two(language: str, source: str, english: str) -> None:
    assert check_numbers(Judged(source, language, english)) == []
