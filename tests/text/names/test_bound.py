"""Names that an article gives itself, in brackets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.names.bound import bound_names


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        (["越南總理范明正（Pham Minh Chinh）今天。", "范明正表示。"], "zh-Hant", {"范明正": "Pham Minh Chinh"}),
        # An office shows where the name begins, even if it stands only once.
        (["亚太助卿史达伟（David Stilwell）今年8月底"], "zh-Hans", {"史达伟": "David Stilwell"}),
        # Neither office nor repetition: the beginning cannot be told.
        (["他說某某某（David Stilwell）來"], "zh-Hant", {}),
        (["首届“台美对话”（Taiwan-US Dialogue）在"], "zh-Hans", {"台美对话": "Taiwan-US Dialogue"}),
        (["호아락(Hoa Lac)에 있는 연구원. 호아락은"], "ko", {"호아락": "Hoa Lac"}),
        # What stands elsewhere too is a name only where it sounds like the bracket: the lexicon knows 台積電.
        (["台積電（TSMC）表示，台積電"], "zh-Hant", {}),
        (["猪传染性胃肠炎病毒 (TGEV) 被分离出来。这种病毒"], "zh-Hans", {}),
        (["冠状病毒疾病 (COVID-19)。相关疾病"], "zh-Hans", {}),
        (["无国界记者组织 (Reporter ohne Grenzen) 和其他组织"], "zh-Hans", {}),
        (["인디맥 연방은행(IndyMac Federal Bank)로 이름을 변경한 이 은행은"], "ko", {}),
        (["投資部長阮志勇（Nguyen Chi Dung）說，阮志勇"], "zh-Hant", {"阮志勇": "Nguyen Chi Dung"}),
        (["主任委員會（Committee of Directors）"], "zh-Hant", {}),
        (["ワクチン（mRNA）の接種。ワクチンは"], "ja", {}),
        # The bracket within the quotation marks.
        (["‘세계 청년의 날(World Youth Day)’ 3번째 날에"], "ko", {"세계 청년의 날": "World Youth Day"}),
        # Where something is, is no translation of it.
        (["由 Themis Bioscience（奥地利维也纳）组成"], "zh-Hans", {}),
        (["第一次（2023）會議，第一次"], "zh-Hant", {}),
        # The other way round.
        (["次卿Keith J. Krach（柯拉克）访台"], "zh-Hans", {"柯拉克": "Keith J. Krach"}),
        (["애플의 Tim Cook(팀 쿡) 최고경영자"], "ko", {"팀 쿡": "Tim Cook"}),
        (["生成式AI（人工智慧）的GDP（國內生產毛額）"], "zh-Hant", {}),
        # Katakana tells where a foreign name begins.
        (["社長のイーロン・マスク（Elon Musk）氏"], "ja", {"イーロン・マスク": "Elon Musk"}),
        # As many words as sound like those in the bracket.
        (["Президент Сербии Александр Вучич (Aleksandar Vucic) заявил"], "ru", {"Александр Вучич": "Aleksandar Vucic"}),
        (["قال الرئيس إيمانويل ماكرون (Emmanuel Macron) إن"], "ar", {"إيمانويل ماكرون": "Emmanuel Macron"}),
        (["प्रधानमंत्री नरेंद्र मोदी (Narendra Modi) ने"], "hi", {"नरेंद्र मोदी": "Narendra Modi"}),
        (["นายกรัฐมนตรีอนุทิน ชาญวีรกูล (Anutin Charnvirakul)"], "th", {"อนุทิน ชาญวีรกูล": "Anutin Charnvirakul"}),
        (["Международный валютный фонд (IMF) выделил"], "ru", {}),
        (["Лионель Месси (Inter Miami) забил"], "ru", {}),
        (["Emmanuel Macron (президент) заявил"], "ru", {}),
        (
            ["ký với Tổng hội Công nghiệp Quốc gia (National Federation of Industries) để"],
            "vi",
            {"Tổng hội Công nghiệp Quốc gia": "National Federation of Industries"},
        ),
        (["“Ngày hội kinh doanh” (Business Day 2023) tại"], "vi", {"Ngày hội kinh doanh": "Business Day 2023"}),
        (["Viện Nghiên cứu Công nghiệp (ITRI) và"], "vi", {}),
        (["Trần Chính Kỳ (Chen Chern-chyi)"], "vi", {}),  # a person's bracket may hold a club or a town
        (["Le ministre (Jean Dupont)"], "fr", {}),
    ],
)
def test_an_article_binds_its_own_names(texts: list[str], language: str, expected: dict[str, str]) -> None:
    assert dict(bound_names(texts, language)) == expected


@given(
    st.lists(st.text(alphabet='范明正（）()Pham 卓ー・ァ김이 ваб कม "”“A', max_size=60), max_size=4),
    st.sampled_from(["zh-Hant", "ko", "ja", "vi", "ru", "th", "hi", "ar", "und"]),
)
@settings(deadline=None)  # the first call loads the lexicon
def test_any_text_is_survived(texts: list[str], language: str) -> None:
    for source, english in bound_names(texts, language):
        assert source in "\n".join(texts)
        assert english
