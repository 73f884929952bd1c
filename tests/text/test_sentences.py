import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.sentences import split_sentences, split_with_separators
from tests.growth import TIMES, assert_in_proportion
from tests.rows import each

LANGUAGES = ["zh-Hant", "zh-Hans", "ja", "ko", "vi", "th", "ar", "hi", "ru", "de", "en", "und", ""]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("vi", ["Ông TS. Nguyễn Văn A cho biết.", "GS. TS. Trần B nói v.v...", "Giá tăng 3.5 lần."]),
        ("vi", ["PGS. TS. Lê C ở TP. Hồ Chí Minh phát biểu.", "Hai bên ký kết."]),
        ("vi", ["Ngoài chuyển đổi xanh, chuyển đổi số, v.v..., Thứ trưởng hai nước sẽ đối thoại.", "Hai bên ký kết."]),
        ("ru", ["Нефть, газ и т. д.; цены растут.", "Рубль падает."]),
        ("en", ["“Will it rain?”, he asked.", "It did."]),
        ("zh-Hant", ["他說：「今天很好。我們走。」", "然後離開了。"]),
        ("zh-Hant", ["他喊「好！」的時候，大家都笑了。", "真的嗎？", "（編輯：陳惠珍）1120911"]),
        ("zh-Hans", ["“未来我们会持续努力，创造双赢！”", "他说。"]),
        ("zh-Hans", ["范围包括半导体、晶片、5G、人才等领域，增长7.3%。", "双方同意。"]),
        ("ja", ["彼は「行く。戻らない。」と言った。", "次の文。"]),
        ("ko", ["7.3% 증가했다.", "그는 말했다."]),
        ("en", ["The U.S. economy grew 3.5%.", "Mr. Smith agreed.", "See https://a.example/b.c?d=e.f for more."]),
        ("en", ["He opened the Vietnam-U.S. Investment Summit.", "J.K. Smith agreed."]),
        ("de", ["Am 3. Mai kam Dr. Meier z. B. nach Berlin.", "Er ging."]),
        ("de", ["Er traf in der 2. Halbzeit.", "Danach gewann sein 1. FC Adler das K.-o.-Spiel.", "Er ist 34."]),
        ("de", ["Es fiel in der 34.", "Die Fans jubelten."]),
        ("nb", ["Hun ledet etter 2. omgang.", "Han ble nr. to."]),
        ("tr", ["Takım 34. haftada kazandı.", "Ligde 3. oldu."]),
        ("hu", ["A XIX. század végén a 2. helyen állt.", "Nyert."]),
        ("pl", ["To wysłannik ds. pokoju, tzw. negocjator.", "Przyszedł 5. raz."]),
        ("cs", ["Hrál 2. ligu.", "Vyhrál."]),
        ("bn", ["আবু মো. করিম বলেন।", "তিনি গেলেন।"]),
        ("th", ["ผอ.รพ.ตำรวจ เผยว่า เวลา 15.00 น. ตชด.ไปแล้ว"]),
        ("ru", ["Он ушёл домой.", "потом вернулся."]),
        ("hi", ["यह पहला वाक्य है।", "यह दूसरा है।"]),
    ],
)
def test_sentences(language: str, sentences: list[str]) -> None:
    space = "" if language[:2] in ("zh", "ja") else " "
    assert split_sentences(space.join(sentences), language) == sentences


def test_line_breaks_end_sentences_and_come_back() -> None:
    text = "  One\ntwo. Three\n\n four "
    assert split_sentences(text, "en") == ["One", "two.", "Three", "four"]
    assert "".join(a + b for a, b in split_with_separators(text, "en")) == text


def test_blank() -> None:
    assert split_sentences("", "zh") == []
    assert split_sentences(" \n ", "zh") == []
    assert split_with_separators(" \n ", "zh") == [("", " \n ")]


@pytest.mark.parametrize(
    ("language", "clause", "limit"),
    [
        ("zh-Hant", "臺灣正全力推動關鍵技術的發展與應用，", 400),
        ("ja", "政府は新しい計画を進めており、", 400),
        ("vi", "hai bên trao đổi ý kiến về chuỗi cung ứng, ", 900),
        ("th", "รัฐบาลประกาศแผนเศรษฐกิจใหม่ ", 300),
        ("en", "and nothing at all stops here, ", 900),
    ],
)
def test_a_long_sentence_is_cut_between_clauses(language: str, clause: str, limit: int) -> None:
    text = clause * 80
    parts = split_with_separators(text, language)
    assert "".join(a + b for a, b in parts) == text
    assert len(parts) > 1
    assert all(len(sentence) <= limit for sentence, _ in parts)
    assert all((clause * 2).find(sentence[:5]) == 0 for sentence, _ in parts)


def test_a_long_list_of_figures_is_not_cut_inside_a_number() -> None:
    parts = split_sentences("增加1,234,567人，" * 60, "zh-Hant")
    assert all(part.endswith("，") and part.startswith("增") for part in parts)


@given(st.sampled_from(LANGUAGES), st.text())
@settings(max_examples=300, deadline=None)
def test_rebuilds_any_text(language: str, text: str) -> None:
    parts = split_with_separators(text, language)
    assert "".join(sentence + space for sentence, space in parts) == text
    assert all(not space.strip() and sentence == sentence.strip() for sentence, space in parts)


PIECES = st.lists(
    st.sampled_from(
        [
            *"。！？，；、「」（）“”.!?,; \n",
            "今天",
            "Dr.",
            "TS.",
            "3.5",
            "U.S.",
            "http://a.b/c.",
            "하다",
            "word",
            "der 2.",
            "ds.",
        ]
    ),
    max_size=60,
)


@given(st.sampled_from(LANGUAGES), PIECES.map("".join))
@settings(max_examples=400, deadline=None)
def test_rebuilds_punctuation(language: str, text: str) -> None:
    parts = split_with_separators(text, language)
    assert "".join(sentence + space for sentence, space in parts) == text


@pytest.mark.parametrize("language", ["zh-Hant", "vi", "th"])
def test_time_in_proportion(language: str) -> None:
    def grows(unit: str) -> None:
        times = 5_000 // len(unit)
        assert_in_proportion(lambda text: split_with_separators(text, language), unit * times, unit * times * TIMES)

    each(("a", "。", "（", ".", "「", " ", "1,", "萬", "\n", "http://", "a@", "ก", "## 1.", "के."), grows)


def test_quotations_that_never_begin_take_no_time_that_matters() -> None:
    # sentencex takes sixteen times as long for four times as many: 0.2 s for these, half a page.
    started = time.process_time()
    split_with_separators("。」" * 10_000, "zh-Hant")
    assert time.process_time() - started < 5
