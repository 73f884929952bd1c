import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.checks.lengths import check_length, expected_length, length_deviation
from pipeline.text.judged import Judged

# Our own sentences with faithful translations.
PAIRS = [
    ("zh-Hans", "市长周二宣布，新的公共图书馆将于明年春天在老火车站附近开放。",
     "The mayor announced on Tuesday that the new public library will open near the old railway station next spring."),
    ("ja", "市長は火曜日、新しい公立図書館が来春、旧駅の近くに開館すると発表した。",
     "The mayor announced on Tuesday that the new public library will open near the old station next spring."),
    ("ko", "시장은 화요일 새 공공 도서관이 내년 봄 옛 기차역 근처에 문을 연다고 발표했다.",
     "The mayor announced on Tuesday that the new public library will open near the old railway station next spring."),
    ("th", "นายกเทศมนตรีประกาศเมื่อวันอังคารว่าห้องสมุดสาธารณะแห่งใหม่จะเปิดใกล้สถานีรถไฟเก่าในฤดูใบไม้ผลิหน้า",
     "The mayor announced on Tuesday that the new public library will open near the old railway station next spring."),
    ("de", "Die Bürgermeisterin kündigte am Dienstag an, dass die neue Bücherei im Frühjahr am alten Bahnhof öffnet.",
     "The mayor announced on Tuesday that the new library will open at the old railway station in spring."),
    ("ar", "أعلن رئيس البلدية يوم الثلاثاء أن المكتبة العامة الجديدة ستفتح قرب محطة القطار القديمة في الربيع المقبل.",
     "The mayor announced on Tuesday that the new public library will open near the old railway station next spring."),
    ("sw", "Meya alitangaza Jumanne kwamba maktaba mpya ya umma itafunguliwa karibu na kituo cha zamani cha treni.",
     "The mayor announced on Tuesday that the new public library will open near the old railway station."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "english"), PAIRS)
def test_a_whole_translation_passes_and_a_third_of_it_does_not(language: str, source: str, english: str) -> None:
    assert check_length(Judged(source, language, english)) == []
    (doubt,) = check_length(Judged(source, language, english[: len(english) // 3]))
    assert doubt.kind == "too-short"
    (doubt,) = check_length(Judged(source, language, f"{english} {english} {english}"))
    assert doubt.kind == "too-long"


def test_a_name_given_twice_counts_once() -> None:
    source = "柯拉克（Keith J. Krach）與黎明宏（Le Minh Hoan）昨天見面。"
    assert check_length(Judged(source, "zh-Hant", "Keith J. Krach and Le Minh Hoan met yesterday.")) == []


def test_japanese_kana_are_worth_less_than_kanji() -> None:
    names = "ウォルター・マシュー、ジェームズ・コバーン、リチャード・バートン、フレデリック・フォーサイスも来た。"
    assert (
        check_length(Judged(names, "ja", "Walter Matthau, James Coburn, Richard Burton and Frederick Forsyth came."))
        == []
    )
    half = "首相は会見で来年度予算案の概算要求基準を閣議決定し、社会保障費増額分を特別会計から充当する方針を表明した。"
    (doubt,) = check_length(
        Judged(half, "ja", "The prime minister said at a press conference that the guidelines were adopted.")
    )
    assert doubt.kind == "too-short"


def test_figures_and_latin_letters_keep_their_length() -> None:
    plain = expected_length("会议", "zh-Hans")
    assert expected_length("会议 ABC 2024", "zh-Hans") < plain + 3.3 * len(" ABC 2024")
    assert expected_length("会议ABC", "zh-Hans") == pytest.approx(plain + 3)


@pytest.mark.parametrize(("language", "english"), [("ko", "Schools open again."), ("zh-Hans", "The two."), ("xx", "")])
def test_short_ones_are_not_judged_by_the_letter(language: str, english: str) -> None:
    assert check_length(Judged("学校", language, english)) == []


@given(st.text(), st.text(), st.sampled_from(["zh-Hans", "de", "th", "und", "", "x"]))
def test_never_raises(source: str, english: str, language: str) -> None:
    assert length_deviation(source, language, english) == length_deviation(source, language, english)
    check_length(Judged(source, language, english))


@given(st.text(alphabet="abc déf", min_size=1))
def test_the_longer_the_higher(source: str) -> None:
    assert length_deviation(source, "fr", "a" * 50) <= length_deviation(source, "fr", "a" * 90)
