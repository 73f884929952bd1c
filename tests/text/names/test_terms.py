"""Terms: the English that is known before a model sees the text."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.judged import Judged
from pipeline.text.names.by_rule import chinese_name, korean_name, persons
from pipeline.text.names.lexicon import LANGUAGES
from pipeline.text.names.term_index import Kind
from pipeline.text.names.terms import Term, article_terms, check_terms, sentence_terms


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("僑務委員會李姸慧副委員長陪同", "zh-Hant", {"李姸慧": "Li Yanhui"}),
        ("交通部林國顯次長也在座", "zh-Hant", {"林國顯": "Lin Guoxian"}),
        ("科技部长吴政忠出席", "zh-Hans", {"吴政忠": "Wu Zhengzhong"}),
        ("外交部政务次长曾厚仁等", "zh-Hans", {"曾厚仁": "Zeng Houren"}),
        ("官員與企業代表不斷強調", "zh-Hant", {}),
        ("總統府秘書長表示", "zh-Hant", {}),
        ("김민수 장관은 최영희 의원과", "ko", {"김민수": "Kim Min-soo", "최영희": "Choi Young-hee"}),
        ("이 대통령은", "ko", {}),
        ("Bộ trưởng Nguyễn Văn An nói", "vi", {"Nguyễn Văn An": "Nguyen Van An"}),
        ("Trung tâm Thương mại Hà Nội", "vi", {}),
        ("Le ministre Jean Dupont", "fr", {}),
        # Foreigners, parties, peoples, oceans: a name of the rule's making would be nobody's.
        ("존 하워드 총리 뒤를 이을", "ko", {}),
        ("공화당 후보와 민주당 의원, 노동당 대변인", "ko", {}),
        ("오바마 대통령과 이라크 총리", "ko", {}),
        ("구글 차이나 지사장이", "ko", {}),
        ("美国总统唐纳德·特朗普宣布", "zh-Hans", {}),
        ("馬其頓總統在峰會上", "zh-Hant", {}),
        ("朝鲜外交部长于周六向联合国表示", "zh-Hans", {}),
        ("總理朱塞佩·孔特宣布,總理孔特通話後", "zh-Hant", {}),
        ("越南總理范明正訪問", "zh-Hant", {}),
        ("星期四，莫斯科市长", "zh-Hans", {}),
        ("ra Thái Bình Dương và Châu Phi Albert", "vi", {}),
    ],
)
def test_persons_beside_their_office(text: str, language: str, expected: dict[str, str]) -> None:
    assert dict(persons(text, language)) == expected


def test_names_by_rule() -> None:
    assert chinese_name("卓榮泰") == "Zhuo Rongtai"
    assert chinese_name("謝長廷") == "Xie Changting"
    assert korean_name("김민수") == "Kim Min-soo"
    assert korean_name("백국밥") == "Baek Guk-bap"


def test_the_article_is_trusted_before_the_glossary_and_the_glossary_before_rules() -> None:
    terms = {term.source: term.english for term in article_terms(["總統拜登（Joe Biden）會見賴清德總統"], "zh-Hant")}
    assert terms["拜登"] == "Joe Biden"
    assert terms["賴清德"] == "Lai Ching-te"


def test_a_surname_with_an_office_stands_for_the_person() -> None:
    terms = {term.source: term.english for term in article_terms(["行政院長卓榮泰表示,卓院長說,卓揆也說"], "zh-Hant")}
    assert terms["卓院長"] == "Cho"
    assert terms["卓揆"] == "Premier Cho"


def test_the_longest_of_overlapping_terms_wins() -> None:
    terms = [Term("양국", "the two countries", "term"), Term("양국 정상", "the leaders of the two countries", "term")]
    assert [term.source for term in sentence_terms(terms, "양국 정상은 회담")] == ["양국 정상"]
    assert [term.source for term in sentence_terms(terms, "양국 정상은 양국의")] == ["양국 정상", "양국"]


@pytest.mark.parametrize(
    ("term", "english", "lost"),
    [
        (Term("Đài Loan", "Taiwan", "place"), "Loan and Lithuania signed", True),
        (Term("Đài Loan", "Taiwan", "place"), "Taiwanese firms signed", False),
        (Term("Hoa Kỳ", "United States", "place"), "The U.S. agreed", False),
        (Term("范明正", "Pham Minh Chinh", "person"), "Chinh said", False),
        (Term("范明正", "Pham Minh Chinh", "person"), "The leader said", True),
        (Term("양측", "both sides", "term"), "They agreed", False),
    ],
)
def test_a_lost_name_is_doubted(term: Term, english: str, lost: bool) -> None:
    assert bool(check_terms(Judged("", "und", english, terms=[term]))) is lost


@pytest.mark.parametrize(
    ("source", "english", "kind", "verbatim", "sentence", "lost"),
    [
        ("半導體", "semiconductor", "term", False, "Semiconductors are exported.", False),
        ("半導體", "semiconductor", "term", False, "Chips are exported.", True),
        ("政策", "policy", "term", False, "New policies were announced.", False),
        ("供應鏈", "supply chain", "term", False, "The supply-chain is secure.", False),
        ("證交所", "the Taiwan Stock Exchange", "organisation", False, "Taiwan Stock Exchange said", False),
        ("證交所", "the Taiwan Stock Exchange", "organisation", False, "The stock exchange said", True),
        ("iPhone", "iPhone", "term", True, "The iPhone is new.", False),
        ("iPhone", "iPhone", "term", True, "The Iphone is new.", True),
        ("Rom", "Rom", "term", True, "Roman days", True),
        ("柯拉克", "Keith Krach", "person", False, "Krach said", False),
    ],
)
def test_the_glossary_is_held_against_the_english(
    source: str, english: str, kind: Kind, verbatim: bool, sentence: str, lost: bool
) -> None:
    term = Term(source, english, kind, "glossary", verbatim=verbatim)
    assert [doubt.kind for doubt in check_terms(Judged("", "und", sentence, terms=[term]))] == (
        ["term-lost"] if lost else []
    )
    if kind != "person" and not verbatim:
        assert check_terms(Judged("", "und", "Nothing of it.", terms=[replace(term, origin="lexicon")])) == []


def test_a_word_of_the_user_comes_before_a_longer_one() -> None:
    terms = [Term("外交部", "MFA", "term", "glossary"), Term("中華民國外交部", "Taiwan's Ministry", "organisation")]
    assert [term.english for term in sentence_terms(terms, "中華民國外交部說")] == ["MFA"]


def test_a_term_is_not_found_in_another_word() -> None:
    assert sentence_terms([Term("Rom", "Rome", "place")], "Romane") == ()


@pytest.mark.parametrize(
    ("term", "english", "lost"),
    [
        (Term("挪威", "Norway", "place"), "The Norwegian fleet", False),
        (Term("希腊", "Greece", "place"), "Greek lawyers", False),
        (Term("奥地利", "Austria", "place"), "Australian lawyers", True),
        (Term("Рим", "Rome", "place"), "Roman days", False),
        (Term("马英九", "Ma Ying-jeou", "person"), "Ma said", False),
        (Term("马英九", "Ma Ying-jeou", "person"), "Many said", True),
        (Term("乌克兰总统", "Zelenskyy", "person"), "Zelensky said", False),
        (Term("卓榮泰", "Zhuo Rongtai", "person", "rule"), "Cho Jung-tai said", False),
    ],
)
def test_names_count_in_the_forms_that_english_has(term: Term, english: str, lost: bool) -> None:
    assert bool(check_terms(Judged("", "und", english, terms=[term]))) is lost


@given(st.lists(st.text(max_size=60), max_size=4), st.sampled_from([*LANGUAGES, "de", "und"]))
@settings(deadline=None)  # the first call loads the lexicon
def test_any_text_is_survived(texts: list[str], language: str) -> None:
    terms = article_terms(texts, language)
    for text in texts:
        for term in sentence_terms(terms, text):
            assert term.source in text
