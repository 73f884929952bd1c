"""Names that a text says again and again, in scripts with capitals, without, and without spaces; invented texts."""

import pytest

from pipeline.extraction.dump_topics import common, said, share, topics

TEXTS = {
    "en": (
        "The ferry Lotte left the pier at Brakel on Monday for the last time.",
        "About two hundred people came to see Lotte off, and the captain let the horn sound.",
        "In spring a small museum opens in Brakel, and visitors will hear the horn again.",
    ),
    "pl": (
        "Stary prom Lotka odpłynął w poniedziałek z przystani w Brzegach po raz ostatni.",
        "Około dwustu osób przyszło pożegnać Lotkę, a kapitan pozwolił dzieciom zatrąbić.",
        "Wiosną w Brzegach otworzy się małe muzeum, w którym znów usłyszymy syrenę.",
    ),
    "hi": (
        "पुरानी नौका चंद्रिका सोमवार को आखिरी बार रामपुर घाट से चली।",
        "करीब दो सौ लोग चंद्रिका को विदा करने आए और कप्तान ने भोंपू बजाया।",
        "वसंत में रामपुर घाट पर एक छोटा संग्रहालय खुलेगा।",
    ),
    "th": (
        "เรือข้ามฟากลำเก่าชื่อแสงจันทร์ออกจากท่าบางปลาเป็นครั้งสุดท้ายเมื่อวันจันทร์",
        "ชาวบ้านราวสองร้อยคนมาส่งแสงจันทร์และกัปตันให้เด็กเป่าแตรอีกครั้ง",
        "ฤดูใบไม้ผลิปีหน้าที่ท่าบางปลาจะมีพิพิธภัณฑ์เล็กแห่งหนึ่ง",
    ),
    "zh": (
        "老渡船春风号周一最后一次驶离白浜码头。",
        "约两百人前来为春风号送行，船长让孩子们再次鸣笛。",
        "明年春天，白浜码头将开设一座小型展览馆。",
    ),
}
OTHER = {
    "en": "Read our letter every morning, free of charge, and cancel it whenever you like.",
    "pl": "Czytaj nasz list każdego ranka, bezpłatnie, i zrezygnuj z niego, kiedy zechcesz.",
    "hi": "हमारा पत्र हर सुबह मुफ्त पढ़ें और जब चाहें बंद कर दें।",
    "th": "อ่านจดหมายของเราทุกเช้าโดยไม่มีค่าใช้จ่ายและยกเลิกได้ตลอดเวลา",
    "zh": "每天早上免费阅读我们的来信，随时可以取消。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_says_its_names_and_another_does_not(language: str) -> None:
    known = topics(TEXTS[language])
    assert share(TEXTS[language], known) == 1.0
    assert said(TEXTS[language], known) >= 2
    assert share([OTHER[language]], known) == 0.0


@pytest.mark.parametrize("language", TEXTS)
def test_a_line_shares_words_with_its_text(language: str) -> None:
    first, *rest = TEXTS[language]
    assert common(first, rest) > common(OTHER[language], rest)


def test_names_of_the_frame_are_the_outlets() -> None:
    assert topics(TEXTS["en"], ["Brakel Post"]) == topics(TEXTS["en"]) - {"brake"}


def test_no_text_has_no_names() -> None:
    assert (topics([]), share([], frozenset()), said([], frozenset()), common("", [])) == (frozenset(), 0.0, 0, 0.0)
