import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.judged import Judged
from pipeline.text.names.katakana import check_katakana
from tests.text.judging import told


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("マーガレット・ウィルソンは木曜日に辞任した。", "Margaret Wilson resigned on Thursday."),
        ("ウィルソン氏は木曜日に辞任した。", "Wilson resigned on Thursday."),
        ("デヴリース容疑者が逮捕された。", "The suspect, De Vries, was arrested."),
        ("キング氏は発言を撤回した。", "King withdrew the remark."),
        ("ジャン=ピエール・レオーが出演する。", "Jean-Pierre Léaud is in the cast."),
        # Names that the lexicon knows do not always sound like their English; its own check looks for them.
        ("オランダ・イギリスの両政府が発表した。", "The Dutch and British governments announced it."),
        # No names.
        ("彼女はスケート選手だ。", "She is a skater."),
        ("ゴールデン・ウィークが始まる。", "Golden Week begins."),
        ("氏は語らなかった。", "He did not say."),
        ("", "Nothing."),
    ],
)
def test_a_name_that_is_there_in_any_spelling(source: str, english: str) -> None:
    assert check_katakana(Judged(source, "ja", english)) == []


@pytest.mark.parametrize(
    ("source", "english", "name"),
    [
        (
            "マーガレット・ウィルソンは木曜日に辞任した。",
            "Barbara Thompson resigned on Thursday.",
            "マーガレット・ウィルソン",
        ),
        ("ウィルソン氏は木曜日に辞任した。", "The captain resigned on Thursday.", "ウィルソン"),
        ("ロバートソン前首相が訪れた。", "The Lord was there.", "ロバートソン"),
        ("アリアス大統領は陽性だった。", "The president tested positive.", "アリアス"),
    ],
)
def test_a_name_that_became_another_or_none(source: str, english: str, name: str) -> None:
    (doubt,) = check_katakana(Judged(source, "ja", english))
    assert doubt.kind == "name-lost"
    assert name in doubt.detail


def test_what_the_terms_know_is_left_to_them() -> None:
    source, terms = "ゼレンスキー氏は述べた。", [("ゼレンスキー", "Volodymyr Zelenskyy")]
    assert check_katakana(Judged(source, "ja", "The president said.", terms=told(*terms))) == []


@given(st.text(alphabet="ァアンー・＝氏首相漢a."), st.text())
def test_never_raises(source: str, english: str) -> None:
    check_katakana(Judged(source, "ja", english))
