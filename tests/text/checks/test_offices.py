"""Offices that a translation raises or lowers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.checks.offices import check_offices
from pipeline.text.judged import Judged
from tests.faults import swap_office

TRUE = [
    ("이 대통령은 회의에 참석해 말했다", "ko", "President Lee came to the meeting, the president said"),
    ("越南總理范明正今天", "zh-Hant", "Prime Minister Pham Minh Chinh today"),
    ("Thứ trưởng Bộ Kinh tế cho biết", "vi", "The Deputy Minister of Economy said"),
    ("Thứ trưởng Bộ Ngoại giao cho biết", "vi", "Deputy Foreign Minister Nguyen said"),
    ("外交部副部長吳志中表示", "zh-Hant", "Deputy Minister of Foreign Affairs François Wu said"),
    ("行政院政务委员邓振中", "zh", "Minister without Portfolio John Deng"),
    ("Phó Thủ tướng kiêm Bộ trưởng Ngoại giao", "vi", "Deputy Prime Minister and Foreign Minister"),
    ("이재명 대통령은", "ko", "President Lee"),
    ("부산시장은", "ko", "The mayor of Busan"),
    ("岸田首相は", "ja", "Prime Minister Kishida"),
    ("キング牧師は1964年に", "ja", "Martin Luther King Jr. in 1964"),
    ("行政院長卓榮泰", "zh-Hant", "Premier Cho Jung-tai"),
    ("그는 Vice President 로 불렸다", "ko", "He was called Vice President"),
    ("Der Oberbürgermeister sagte", "de", "The mayor said"),
    ("Sinabi ng pangalawang pangulo", "tl", "The Vice President said"),
    ("Sinabi ng Punong Ministro", "tl", "The Prime Minister said"),
    ("Makamu wa Rais alisema", "sw", "The Vice President said"),
    ("Mkuu wa Mkoa alisema", "sw", "The governor said"),
    ("Le chef du gouvernement a dit", "fr", "The prime minister said"),
    ("El mandatario dijo", "es", "The president said"),
    ("رئيس الوزراء العراقي", "ar", "The Iraqi prime minister"),
    ("Глава МИД России", "ru", "The Russian foreign minister"),
    ("Menlu Retno", "id", "Foreign Minister Retno"),
    ("นายกรัฐมนตรี", "th", "The prime minister"),
    ("प्रधानमंत्री ने कहा", "hi", "The prime minister said"),
    ("Timbalan Menteri Luar berkata", "ms", "The deputy foreign minister said"),
    ("行政院長今日話", "yue", "The premier said today"),
    ("Der neue OB von Köln sagte", "de", "The new mayor of Cologne said"),
    ("Zij is koningin", "nl", "She is president"),
]
FALSE = [
    ("越南總理范明正今天", "zh-Hant", "President Pham Minh Chinh today", "President"),
    ("Bộ trưởng Bộ Kinh tế cho biết", "vi", "The Deputy Minister of Economy said", "Deputy"),
    (
        "Thứ trưởng Bộ Kinh tế và Đổi mới Karolis Zemaitis",
        "vi",
        "Deputy Minister and Minister of Economy and Innovation, Karolis Zemaitis",
        "Minister",
    ),
    ("外交部副部長吳志中表示", "zh-Hant", "Minister of Foreign Affairs François Wu said", "Minister"),
    ("이재명 대통령은", "ko", "Prime Minister Lee", "Prime Minister"),
    ("부산시장은", "ko", "The deputy of Busan", "deputy"),
    # As often as the model stumbled over it.
    (
        "Đối thoại cấp Thứ trưởng dưới sự chủ trì của Thứ trưởng Bộ Kinh tế và Thứ trưởng Bộ Đổi mới",
        "vi",
        "The dialogue, Deputy Ministerial Deputy Minister, was organized by Deputy Minister of Economy Deputy Minister"
        " of Innovation and Deputy Minister of Economy",
        "Deputy",
    ),
    ("cựu Thị trưởng Sao Paolo, Marta Suplicy", "vi", "former Sao Paolo president Marta Suplicy", "president"),
    ("el Rey del Polvo declaró", "es", "the President of the Volcanoes declared", "President"),
    ("विमानक्षेत्र की गाड़ी", "hi", "the car of the Prime Minister", "Prime Minister"),
    ("Der Gouverneur von Texas", "de", "Senator of Texas", "Senator"),
    ("L'ambassadeur du Japon", "fr", "The mayor of Japan", "mayor"),
    ("Ang embahador ng Japan", "tl", "The Japanese governor", "governor"),
    ("Balozi wa Japani", "sw", "The Japanese governor", "governor"),
    ("Naibu Waziri wa Fedha", "sw", "The president of finance", "president"),
    ("Посол Японии", "ru", "The Japanese governor", "governor"),
    ("Gabenor Selangor", "ms", "The mayor of Selangor", "mayor"),
    ("市長今日話", "yue", "The senator said today", "senator"),
]


@pytest.mark.parametrize(("source", "language", "english"), TRUE)
def test_an_office_of_the_source_passes(source: str, language: str, english: str) -> None:
    assert not check_offices(Judged(source, language, english))


@pytest.mark.parametrize(("source", "language", "english", "office"), FALSE)
def test_another_office_is_doubted(source: str, language: str, english: str, office: str) -> None:
    (doubt,) = check_offices(Judged(source, language, english))
    assert doubt.kind == "office-changed"
    assert f"“{office}”" in doubt.detail


def test_planted_offices_are_other_offices() -> None:
    rng = random.Random(1)
    assert swap_office("The mayor said so.", rng) not in (None, "The mayor said so.")
    assert swap_office("Vice President Harris", rng) is None
    assert swap_office("The mayor met the governor.", rng) is None
    assert all(
        check_offices(Judged("市長がそう言った。", "ja", str(swap_office("The mayor said so.", rng))))
        for _ in range(20)
    )


@given(st.text(), st.sampled_from(["zh", "ja", "ko", "vi", "ar", "th", "fr", "xx"]), st.text())
def test_any_text_is_judged(source: str, language: str, english: str) -> None:
    # What stands in the source in the same letters is never doubted.
    assert not check_offices(Judged(f"{source} {english}", language, english))


@pytest.mark.parametrize("unit", ["Deputy ", "Deputy A Minister ", "A", "King A ", "the ", "President "])
def test_long_texts_are_judged(unit: str) -> None:
    check_offices(Judged("文", "zh", unit * (20_000 // len(unit)) + "King A"))
