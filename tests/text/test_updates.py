"""What is new in a later text, and what is no news."""

from __future__ import annotations

import pytest

from pipeline.text.updates import is_new, traces, what_is_new

TITLE = "Mayor opens bridge"
TEXT = (
    "The mayor of Riverton opened a new bridge on Monday. It cost 3.5 million euros and took three years.",
    "Residents had asked for lights on the northern side.",
    "Updated: 23 November 2026, 10:15",
)
KO = ("한들시가 다음 달 버스 노선 12개를 개편한다고 밝혔다. 요금은 지금과 같은 1400원이다.", "주민들은 환영했다.")
ZH = ("清溪市新图书馆将于本周六正式开放。该馆藏书六十万册，面积两万平方米。", "市民担心停车位不足。")
TH = ("เทศบาลเปิดตลาดสดแห่งใหม่เมื่อวันจันทร์ หลังจากซ่อมแซมนานสองปี ตลาดมีแผงค้า 210 แผง",)


def fresh(*paragraphs: str, title: str = TITLE, before: tuple[str, ...] = TEXT) -> list[str]:
    return sorted(what_is_new(title, paragraphs, [traces(TITLE, before)]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("opened a", "opened, a"),
        ("bridge on", "“bridge” on"),
        ("10:15", "11:30"),
        ("23 November", "24 November"),
        ("opened", "OPENED"),
        ("Residents", "Ｒesidents"),
        ("Residents had asked for lights on the northern side.", ""),
        ("northern", "northrn"),
        ("northern", "norhtern"),
        ("Monday. It", "Monday; it"),
        ("euros and took", "euros. And took"),
    ],
)
def test_what_is_no_news(old: str, new: str) -> None:
    changed = tuple(paragraph.replace(old, new) for paragraph in TEXT)
    assert changed != TEXT
    assert fresh(*changed) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3.5", "35"),
        ("3.5", "3.6"),
        ("Riverton", "Riverten"),
        ("euros", "dollars"),
        ("opened", "did not open"),
        ("Monday", "Sunday"),
        ("three", "throe"),
    ],
)
def test_a_number_a_name_or_a_word_that_was_corrected_is_news(old: str, new: str) -> None:
    found = fresh(*(paragraph.replace(old, new) for paragraph in TEXT))
    assert len(found) == 1
    assert new.casefold() in found[0]


def test_only_what_is_new_of_a_longer_text() -> None:
    found = frozenset(fresh(TEXT[0] + " It was closed again on Tuesday.", "A lamp fell.", *TEXT[1:]))
    assert found == {"it was closed again on tuesday", "a lamp fell"}
    assert is_new("It was closed again on Tuesday.", found)
    # Translators get a long sentence in parts, and two short ones as one.
    assert is_new("closed again on Tuesday", found)
    assert is_new("The mayor smiled. A lamp fell.", found)
    assert not is_new(TEXT[0], found)
    assert not is_new("on", found)


def test_another_order_is_no_news() -> None:
    assert fresh(*reversed(TEXT)) == []


def test_another_headline_is_news_only_by_its_figures() -> None:
    assert fresh(*TEXT, title="A bridge for Riverton, at last") == []
    assert fresh(*TEXT, title="A bridge for 3.5 million euros") == []
    assert fresh(*TEXT, title="A bridge for 9 million euros") == ["a bridge for 9 million euros"]


def test_what_any_earlier_text_said_is_not_new() -> None:
    second = (*TEXT, "It was closed again on Tuesday.")
    before = [traces(TITLE, TEXT), traces(TITLE, second)]
    assert what_is_new(TITLE, (*TEXT, "It was closed again on Tuesday!"), before) == frozenset()


@pytest.mark.parametrize(
    ("text", "same", "other", "number"),
    [
        (KO, ("밝혔다. 요금은", "밝혔다! 요금은"), ("12개", "13개"), 1),
        (KO, ("주민들은 환영했다.", "주민들은, 환영했다."), ("주민들은", "상인들은"), 1),
        (ZH, ("册，面积", "册、面积"), ("六十万", "七十万"), 1),
        (TH, ("210 แผง", "210  แผง"), ("210", "220"), 1),
    ],
)
def test_scripts_without_blanks_or_capitals(
    text: tuple[str, ...], same: tuple[str, str], other: tuple[str, str], number: int
) -> None:
    before = [traces("", text)]
    assert what_is_new("", [paragraph.replace(*same) for paragraph in text], before) == frozenset()
    changed = [paragraph.replace(*other) for paragraph in text]
    assert len(what_is_new("", changed, before)) == number


def test_vowel_signs_count() -> None:
    before = [traces("", ["राम ने किताब पढ़ी।"])]
    assert what_is_new("", ["राम ने किताबी पढ़ी।"], before)


def test_what_is_kept_is_small_and_bounded() -> None:
    assert len(traces(TITLE, TEXT)) == 8 * 4
    assert len(traces("", ["A b c d. " * 5000])) == 8 * 1000


@pytest.mark.parametrize("damaged", [b"", b"abc", b"\0" * 15])
def test_traces_that_are_cut_short(damaged: bytes) -> None:
    assert len(what_is_new(TITLE, TEXT, [damaged])) == 4
