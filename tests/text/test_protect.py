import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.judged import Judged
from pipeline.text.protect import _PATTERNS, _TELLING, check_protected, protected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("詳見 https://www.cna.com.tw/news/1.aspx 。", ("https://www.cna.com.tw/news/1.aspx",)),
        ("Liên hệ: info@example.vn để biết thêm.", ("info@example.vn",)),
        ("粉絲專頁@taiwan_news，請見", ("@taiwan_news",)),
        ("트위터 @president_kr 계정", ("@president_kr",)),
        ("Más en #EleccionesMX hoy", ("#EleccionesMX",)),
        ("#台灣 不是拉丁字母", ()),
        ("台積電（2330-TW）與鴻海（2317.TW）", ("2330-TW", "2317.TW")),
        ("삼성전자(005930.KS) 주가", ("005930.KS",)),
        ("Apple (NASDAQ: AAPL) tăng", ("NASDAQ: AAPL",)),
        ("トヨタ（TSE: 7203）", ("TSE: 7203",)),
        ("$TSLA steigt", ("$TSLA",)),
        ("空軍購買66架F-16V戰機", ("F-16V",)),
        ("MH370班機、A350-900、KF-21", ("MH370", "A350-900", "KF-21")),
        ("Сбит беспилотник MQ-9.", ("MQ-9",)),
        ("聯絡電話02-2345-6789或(02)2345-6789", ("02-2345-6789", "(02)2345-6789")),
        ("Appelez le +33 1 23 45 67 89.", ("+33 1 23 45 67 89",)),
        ("ハッシュ値はd41d8cd98f00b204e9800998ecf8427eです", ("d41d8cd98f00b204e9800998ecf8427e",)),
        ("該片US$500萬、NT$300、RM1.2、USD500、R$ 5", ()),
        ("3,5 triệu, 116萬, 2023-09-11, 15:30, 20.02.2026, 1995-96", ()),
        ("G7首脳とCOVIDと5G", ()),
        ("El 11-S y la OTAN", ()),
        ("", ()),
    ],
)
def test_protected(text: str, expected: tuple[str, ...]) -> None:
    assert protected(text) == expected


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("空軍購買F-16V戰機", "The air force is buying F-16Vs."),
        ("KF-21 전투기", "the KF21 fighter"),
        ("台積電（2330-TW）", "TSMC (2330.TW)"),
        ("電話02-2345-6789", "Phone: (02) 2345-6789"),
        ("Le COVID-19", "Covid-19"),
        ("#台灣 加油", "#Taiwan"[1:]),
    ],
)
def test_accepted(source: str, english: str) -> None:
    assert check_protected(Judged(source, "und", english)) == []


@pytest.mark.parametrize(
    ("source", "english", "kind"),
    [
        ("見 https://example.org/a", "See the site.", "link-changed"),
        ("見網站", "See https://example.org/a.", "link-changed"),
        ("请见@taiwan_news", "See @taiwannews", "code-changed"),
        ("#EleccionesMX", "#MexicoElections", "code-changed"),
        ("트위터", "On #Twitter", "code-changed"),
        ("NASDAQ: AAPL", "NASDAQ: APPL", "code-changed"),
        ("L'avion F-16", "The B-16", "code-changed"),
        ("電話02-2345-6789", "Phone 02-2345-6798", "code-changed"),
    ],
)
def test_caught(source: str, english: str, kind: str) -> None:
    assert kind in [doubt.kind for doubt in check_protected(Judged(source, "und", english))]


@given(st.text())
def test_spans_stand_in_the_text_and_the_text_agrees_with_itself(text: str) -> None:
    assert all(span in text for span in protected(text))
    assert check_protected(Judged(text, "und", text)) == []


CODES = st.one_of(
    st.from_regex(r"[A-Z]{1,2}-[1-9][0-9]{1,2}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{3}\.(TW|HK)", fullmatch=True),
    st.from_regex(r"@[a-z]{3,10}_[a-z]{2}", fullmatch=True),
    st.from_regex(r"https://[a-z]{3,9}\.org/[a-z]{1,8}", fullmatch=True),
    st.from_regex(r"\+886 [1-9] [0-9]{4} [0-9]{4}", fullmatch=True),
)


@given(CODES)
def test_every_code_is_found_kept_and_missed(code: str) -> None:
    source = f"請見 {code} 的說明"
    assert protected(source) == (code,)
    assert check_protected(Judged(source, "und", f"See {code} for details.")) == []
    changed = code[:-1] + ("b" if code[-1] != "b" else "c")
    assert check_protected(Judged(source, "und", f"See {changed} for details.")) or code[-1].isdigit()


@pytest.mark.parametrize("number", range(len(_PATTERNS)))
def test_what_a_pattern_matches_has_one_of_the_telling_characters(number: int) -> None:
    @given(st.from_regex(_PATTERNS[number]))
    def is_telling(text: str) -> None:
        assert _TELLING.search(text)

    is_telling()


def test_linear_time() -> None:
    for unit in ("@a", "#", "A-1 ", "02-", "+33 1 ", "a@b.", "deadbeef0", "A", "1-"):
        protected(unit * (20_000 // len(unit)))
