"""Persons and places of an English sentence against their source."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.checks.names import check_capitals, check_names, check_places
from pipeline.text.judged import Judged, Named
from pipeline.text.names.tagged import known_places
from tests.text.judging import told


def placed(places: list[str], source: str, language: str, **more: Any) -> Judged:
    """A sentence with English of which nothing is known but the names of places in it."""
    return Judged(source, language, "", names=Named(places=places), **more)


@pytest.mark.parametrize(
    ("person", "source", "language"),
    [
        ("Zhuo Rongtai", "行政院長卓榮泰今日接見", "zh-Hant"),
        ("Cho Jung-tai", "行政院長卓榮泰今日接見", "zh-Hant"),
        ("Lee Jae-myung", "이재명 대통령은 회담에서", "ko"),
        ("Park Geun-hye", "박근혜 전 대통령", "ko"),
        ("Vladimir Putin", "Президент Владимир Путин заявил", "ru"),
        ("Tran Chinh Ky", "Thứ trưởng Trần Chính Kỳ cho biết", "vi"),
        ("Shinzo Abe", "安倍晋三元首相は", "ja"),
        ("Yuriko Koike", "小池百合子知事が会見した", "ja"),
        ("Elon Musk", "イーロン・マスク氏は", "ja"),
        ("John Howard", "总理约翰·霍华德表示", "zh-Hans"),
        ("Emmanuel Macron", "قال الرئيس إيمانويل ماكرون", "ar"),
        ("Narendra Modi", "प्रधानमंत्री नरेंद्र मोदी ने कहा", "hi"),
        ("Mr. King", "他說", "zh-Hant"),  # nothing in it that could tell one from another
        ("Anutin", "อนุทิน ชาญวีรกูล กล่าวว่า", "th"),
        ("Abiy Ahmed", "ጠቅላይ ሚኒስትሩ", "am"),  # not judged
    ],
)
def test_a_name_that_the_source_has_is_believed(person: str, source: str, language: str) -> None:
    assert check_names(Judged(source, language, "", names=Named([person]))) == []


@pytest.mark.parametrize(
    ("person", "source", "language"),
    [
        ("Tsai Peng-wei", "接見訪問團時表示,臺灣正全力推動", "zh-Hant"),
        ("Kim Jong-il", "이재명 대통령은 또럼 서기장의 방문이", "ko"),
        ("Moon Jae-in", "이재명 대통령은 또럼 서기장의 방문이", "ko"),
        ("Donald Trump", "Президент Владимир Путин заявил", "ru"),
        ("Jih-Ren Tsai", "行政院長卓榮泰今日接見", "zh-Hant"),
        ("Shigeru Ishiba", "岸田文雄首相は会見した", "ja"),
        ("Joe Biden", "イーロン・マスク氏は", "ja"),
        ("Vladimir Putin", "प्रधानमंत्री नरेंद्र मोदी ने कहा", "hi"),
        ("Anutin", "นายกรัฐมนตรีกล่าว", "th"),
    ],
)
def test_a_name_from_nowhere_is_doubted(person: str, source: str, language: str) -> None:
    (doubt,) = check_names(Judged(source, language, "", names=Named([person])))
    assert doubt.kind == "name-invented"
    assert person in doubt.detail


def test_a_given_term_is_believed() -> None:
    names, terms = Named(["Frank Hsieh"]), told(("謝長廷", "Frank Hsieh"))
    assert check_names(Judged("駐日代表謝長廷", "zh-Hant", "", names=names, terms=terms)) == []


@pytest.mark.parametrize(
    ("place", "source", "language", "doubted"),
    [
        ("Kobe", "台積電在熊本設廠", "zh-Hant", True),
        ("Kumamoto", "台積電在熊本設廠", "zh-Hant", False),
        ("San Francisco", "他從舊金山出發", "zh-Hant", False),  # by meaning: a city's other name
        ("San Francisco", "他從洛杉磯出發", "zh-Hant", True),
        ("Iceland", "挪威总理", "zh-Hans", False),  # a country: see `check_territories`
        ("Washington", "Вашингтон объявил", "ru", False),
        ("South Asia", "南亚各国", "zh-Hans", False),
        ("the moon", "月亮", "zh-Hans", False),
        ("Cologne", "在科隆和汉堡", "zh-Hans", False),
        ("London", "À Londres, 200 personnes", "fr", False),
        ("London", "À Paris, 200 personnes", "fr", True),
        ("Scotland", "Glasgow na Escócia", "pt", False),
        ("Rome", "ein Hotel in Prag", "de", True),
        ("Rome", "nach Rom", "de", False),
        ("Barcelona", "se unió al Barça", "es", False),
        ("Mars", "火星起源であることが確認された", "ja", False),
    ],
)
def test_places(place: str, source: str, language: str, doubted: bool) -> None:
    assert bool(check_places(placed([place], source, language))) is doubted


def test_a_place_given_as_a_term_is_believed() -> None:
    assert check_places(placed(["Kumamoto"], "台積電在熊本設廠", "zh-Hant", terms=told(("熊本", "Kumamoto")))) == []


@pytest.mark.parametrize(
    ("english", "source", "language", "doubted"),
    [
        ("Police in Monrovia said so.", "По словам полиции Монровии", "ru", False),
        ("Police in Monrovia said so.", "По словам полиции Каракаса", "ru", True),
        ("The court ordered Esplanade to pay.", "법원은 이스트베이에 지급을 명령했다", "ko", True),
        ("Shares of Maybelline fell.", "美宝莲股价下跌", "zh-Hans", False),  # Chinese names firms by meaning
        ("The Democratic candidate won on Monday.", "Он победил", "ru", False),
    ],
)
def test_words_that_must_be_names(english: str, source: str, language: str, doubted: bool) -> None:
    assert bool(check_capitals(Judged(source, language, english))) is doubted


def test_what_was_judged_or_given_is_not_judged_again() -> None:
    english, source = "Police in Monrovia said so.", "По словам полиции Каракаса"
    assert check_capitals(Judged(source, "ru", english, names=Named(places=["Monrovia"]))) == []
    assert check_capitals(Judged(source, "ru", english, terms=told(("Каракаса", "Monrovia")))) == []


@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from(["zh-Hant", "ko", "ja", "vi", "ru", "und"]))
@settings(deadline=None)  # the first call loads the lexicon
def test_any_text_is_survived(texts: list[str], language: str) -> None:
    check_names(Judged("".join(texts), language, "", names=Named(texts)))
    check_capitals(Judged("".join(texts), language, " ".join(texts), names=Named(texts[:1])))
    check_places(placed(texts, "".join(texts), language))


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        ("船只驶过黑海。", "zh-Hans", "Ships cross the Dead Sea."),
        ("船隻駛過黑海。", "zh-Hant", "Ships cross the Dead Sea."),
        ("東南アジアの市場は伸びている。", "ja", "Markets in South America are growing."),
        ("Thị trường Đông Nam Á tăng trưởng.", "vi", "Markets in South America are growing."),
        ("Судно пересекло Чёрное море.", "ru", "The ship crossed the Dead Sea."),
    ],
)
def test_a_sea_by_another_name_is_doubted(source: str, language: str, english: str) -> None:
    (place,) = known_places(english, [])
    assert [doubt.kind for doubt in check_places(placed([place], source, language))] == ["place-unverified"]
    assert check_places(placed([place], source, language, context=place)) == []
    assert check_places(placed([place], source, language, terms=told(("x", f"the {place}")))) == []


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        ("船只驶过黑海。", "zh-Hans", "Ships cross the Black Sea."),
        ("東南アジアの市場は伸びている。", "ja", "Markets in Southeast Asia are growing."),
        ("Судно было в Чёрном море.", "ru", "The ship was in the Black Sea."),
        ("Das Schiff fuhr ins Schwarze Meer.", "de", "The ship went to the Dead Sea."),  # not known in German
    ],
)
def test_a_sea_by_its_name_is_not(source: str, language: str, english: str) -> None:
    assert check_places(placed(known_places(english, []), source, language)) == []


def test_known_places_are_found_but_not_in_other_names_nor_where_they_are_words() -> None:
    assert known_places("Talks in Ulaanbaatar and New York, then in Zagreb.", []) == [
        "Ulaanbaatar",
        "New York",
        "Zagreb",
    ]
    assert known_places("Paris Hilton met Zagreb Times reporters.", ["Paris Hilton", "Zagreb Times"]) == []
    assert known_places("Nice weather, said Reading in Of.", []) == []


@given(st.text(), st.lists(st.text()))
def test_known_places_stand_in_the_text(english: str, names: list[str]) -> None:
    assert all(place in english for place in known_places(english, names))
