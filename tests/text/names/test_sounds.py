"""Names by their sound: the units of each script, the tables, the alignment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.names.sounds import SUPPORTED, is_judged, is_named, tables
from pipeline.text.names.sounds.alignment import support
from pipeline.text.names.sounds.units import SEPARATOR, letters, units

# Cities and persons, with the name that stands beside each in no script.
NAMES = [
    ("Kharkiv", "Харьков", "ru"),
    ("Merkel", "Меркель", "ru"),
    ("Guterres", "Гутерриш", "ru"),
    ("Zelensky", "Зеленський", "uk"),
    ("Netanyahu", "نتنياهو", "ar"),
    ("Guterres", "غوتيريش", "ar"),
    ("Khamenei", "خامنه‌ای", "fa"),
    ("Modi", "मोदी", "hi"),
    ("Rahul", "राहुल", "hi"),
    ("Hasina", "হাসিনা", "bn"),
    ("Netanyahu", "נתניהו", "he"),
    ("Mitsotakis", "Μητσοτάκης", "el"),
    ("Prayut", "ประยุทธ์", "th"),
    ("Biden", "バイデン", "ja"),
    ("Zuckerberg", "ザッカーバーグ", "ja"),
    ("Trump", "트럼프", "ko"),
    ("Zelensky", "젤렌스키", "ko"),
    ("Macron", "马克龙", "zh-Hans"),
    ("Merkel", "梅克爾", "zh-Hant"),
    ("Guterres", "古特雷斯", "zh-Hans"),
    ("Melbourne", "墨尔本", "zh-Hans"),
    ("Xi Jinping", "习近平", "zh-Hans"),
    ("Lai Ching-te", "賴清德", "zh-Hant"),
]


@pytest.mark.parametrize(("name", "written", "language"), NAMES)
def test_a_name_is_heard_in_its_other_script(name: str, written: str, language: str) -> None:
    assert is_named(name, written, language)


@pytest.mark.parametrize(("name", "written", "language"), NAMES)
def test_it_is_heard_in_no_other_name_of_the_language(name: str, written: str, language: str) -> None:
    others = {other for other, _, _ in NAMES if other != name}
    heard = [other for other in others if is_named(other, written, language)]
    assert not heard


@pytest.mark.parametrize(
    ("name", "source", "named"),
    [
        ("Shih-yi Chou", "「日本台灣交流協會」片山和之代表曾說過,他已走遍全臺22縣市", False),
        ("Kazuyuki Katayama", "「日本台灣交流協會」片山和之代表曾說過,他已走遍全臺22縣市", True),
        ("Mr Chou", "周先生說", True),
        ("Mei-hua Wang", "王美花部長", True),
        ("Joe Biden", "拜登周一表示", True),
    ],
)
def test_one_character_does_not_stand_for_a_whole_name(name: str, source: str, named: bool) -> None:
    assert is_named(name, source, "zh-Hant") == named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("臺灣", ["台", "湾"]),
        ("ジョー・ジャパン", ["ジョー", SEPARATOR, "ジャ", "パ", "ン"]),
        ("とうきょう", ["ト", "ウ", "キョ", "ウ"]),
        ("한", ["ᄒ", "ᅡ", "ᆫ"]),
        ("เชียงใหม่", ["ช", "เ", "ี", "ย", "ง", "ห", "ใ", "ม", "่"]),
        ("مُحَمَّد", ["م", "ح", "م", "د"]),
        ("Škoda-Ⅳ", ["s", "k", "o", "d", "a", SEPARATOR, "ⅳ"]),
    ],
)
def test_units(text: str, expected: list[str]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize("script", tables.SCRIPTS)
def test_each_table_can_be_read(script: str) -> None:
    rows = tables.rows(script)
    assert len(rows) > 20
    for unit, row in rows.items():
        assert unit
        assert row[""] <= 0, unit
        assert all(score >= 0 and sound.isascii() and sound.islower() for sound, score in row.items() if sound), unit


def test_languages_that_have_no_table_are_not_judged() -> None:
    assert is_judged("ko")
    assert is_judged("vi")
    assert not is_judged("am")
    assert not is_judged("und")


@given(st.text(max_size=80), st.text(max_size=30))
def test_support_is_a_share(text: str, name: str) -> None:
    assert support(letters(name), text) <= 1.2


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=20), st.text(max_size=30))
def test_a_name_in_latin_letters_is_found_wherever_it_stands(name: str, around: str) -> None:
    assert support(name, f"{around} {name} {around}") >= SUPPORTED


@given(st.text(max_size=60))
def test_more_text_never_takes_support_away(text: str) -> None:
    assert support("guterres", f"{text} 古特雷斯") >= support("guterres", "古特雷斯") - 1e-9


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    assert support("guterres", "古" * 100_000) < SUPPORTED
