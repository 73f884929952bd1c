"""Institutions that a translation puts in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.checks.institutions import check_institutions
from pipeline.text.judged import Judged
from tests.text.judging import told

TRUE = [
    ("外交部表示", "zh-Hant", "The Ministry of Foreign Affairs said"),
    ("日本经济产业省说", "zh", "Japan's Ministry of Economy, Trade and Industry said"),
    ("中共中央总书记习近平", "zh", "Chinese Communist Party general secretary Xi Jinping"),
    ("国連総会で演説した", "ja", "He spoke at the UN General Assembly"),
    ("経済産業省は", "ja", "The Ministry of Economy, Trade and Industry"),
    ("통일부가 승인할 경우", "ko", "Should the Ministry of Unification approve"),
    ("노동부가 긴급조정권을", "ko", "the Ministry of Labor"),
    ("유엔 안보리의 요청", "ko", "the UN Security Council's appeal"),
    ("Bộ Kinh tế cho biết", "vi", "The Ministry of Economy said"),
    ("В МИД России заявили", "ru", "The Russian Foreign Ministry said"),
    ("Лидер ЛДПР", "ru", "The leader of the Liberal Democratic Party"),
    ("представлені Шотландською радою", "uk", "represented by the Scottish Council"),
    ("وزارة الخارجية", "ar", "the Foreign Ministry"),
    ("संसद ने", "hi", "the Indian Parliament"),
    ("Kementerian Keuangan", "id", "the Ministry of Finance"),
    ("กระทรวงการคลัง", "th", "the Ministry of Finance"),
    ("Ayon sa Kagawaran ng Pananalapi", "tl", "The Ministry of Finance said"),
    ("Wizara ya Fedha ilisema", "sw", "The Ministry of Finance said"),
    ("Die CDU will das nicht", "de", "The Christian Democratic Party does not want that"),
    ("Der Bundestag stimmte zu", "de", "The German Parliament agreed"),
    ("Vorsitz im Subcommittee on Oversight", "de", "He heads the Oversight Committee"),
    ("Le Quai d’Orsay", "fr", "The Foreign Ministry"),
    ("la pretura di Belfast", "it", "Belfast Magistrates' Court"),
    ("Sąd Najwyższy", "pl", "the Supreme Court"),
    ("Çin Danıştayı", "tr", "China's State Council"),
    ("zona de la ribera", "es", "the West Bank"),
    ("バッハIOC会長は", "ja", "President Bach of the International Olympic Committee"),
    ("आईओसी द्वारा", "hi", "by the International Olympic Committee"),
    ("Kementerian Kewangan", "ms", "the Ministry of Finance"),
    # No word of a name.
    ("その人々は言った", "ja", "Party officials said in court that the bank and a committee agreed"),
    ("Zij zei dat", "nl", "The Ministry of Finance said that"),
]
FALSE = [
    ("MySpaceは3番目に人気がある", "ja", "Ministry of Industry is the third most popular", "Ministry of Industry"),
    ("阿里亚斯在声明中表示全部工作", "zh", "Ministry of Justice said", "Ministry of Justice"),
    ("Vidal đã chơi 49 trận", "vi", "The Ministry of Finance has played 49 games", "Ministry of Finance"),
    ("Il a battu Caboolture", "fr", "He beat the Democratic Progressive Party", "Democratic Progressive Party"),
    ("a Apple vai reinventar", "pt", "The Liberal Democratic Party will reinvent", "Liberal Democratic Party"),
    ("Hesperonychus significa", "pt", "Indian National Congress means", "Indian National Congress"),
    ("그는 정부에 말했다", "ko", "He told the Ministry of Health", "Ministry of Health"),
    ("Он сказал вчера", "ru", "The Supreme Court said yesterday", "Supreme Court"),
    ("Apple के सीईओ ने बदलाव किया", "hi", "Democratic Party leader Jobs made a change", "Democratic Party"),
    ("审判在皇家法院进行", "zh", "The trial took place at the Ministry of Finance", "Ministry of Finance"),
    ("Nagtatrabaho siya sa Maynila", "tl", "He works at the University of Manila", "University of Manila"),
    ("Anafanya kazi mjini Nairobi", "sw", "He works at the University of Nairobi", "University of Nairobi"),
    ("Er arbeitet in Köln", "de", "He works at the University of Cologne", "University of Cologne"),
    ("يعمل في القاهرة", "ar", "He works for the Central Bank", "Central Bank"),
]


@pytest.mark.parametrize(("source", "language", "english"), TRUE)
def test_what_the_source_names_is_not_doubted(source: str, language: str, english: str) -> None:
    assert check_institutions(Judged(source, language, english)) == []


@pytest.mark.parametrize(("source", "language", "english", "named"), FALSE)
def test_what_it_does_not_name_is_doubted(source: str, language: str, english: str, named: str) -> None:
    [doubt] = check_institutions(Judged(source, language, english))
    assert doubt.kind == "name-invented"
    assert named in doubt.detail


def test_a_term_may_give_the_institution() -> None:
    source, english = "Folkketinget'te konuşuldu", "It was debated in the Danish Parliament"
    assert check_institutions(Judged(source, "tr", english))
    assert check_institutions(Judged(source, "tr", english, terms=told(("Folketing", "the Danish Parliament")))) == []


_WORDS = ["The", "West", "Supreme", "Finance", "Bank", "Ministry", "Party", "Court", "of", "for", "and", "said"]
_ENGLISH = st.lists(st.sampled_from(_WORDS))


@given(st.text(max_size=80), st.sampled_from(["zh", "ja", "ko", "ru", "de", "th"]), _ENGLISH.map(" ".join))
def test_only_what_is_written_in_the_english_is_doubted(source: str, language: str, english: str) -> None:
    for doubt in check_institutions(Judged(source, language, english)):
        assert doubt.detail.split("“")[1].rstrip("”") in english


def test_a_very_long_name_takes_no_time() -> None:
    assert check_institutions(Judged("", "zh", "Big and Red " * 20_000)) == []
