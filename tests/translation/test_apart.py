"""Which paragraphs are no prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.apart import apart

PROSE = (
    "Der Rat der Stadt hat am Montag einen neuen Plan für die Schulen beschlossen.",
    "Die Eltern begrüßten ihn, und die Lehrer sagten, sie seien darauf vorbereitet.",
    "Im Herbst soll der Unterricht in allen Häusern wieder beginnen.",
)


@pytest.mark.parametrize(
    "line",
    [
        "Von Jana Petersen",
        "Jana Petersen, Bremen",
        "記者王小明／台北報導",
        "[산촌일보 김하늘 기자]",
        "Foto: dpa",
        "Der Rat bei seiner Sitzung am Montag. Foto: Petersen",
        "Quelle: dpa",
        "Newsletter: Sport inside",
        "Read also: Council to vote on schools",
        "【関連記事】",
        "Jetzt abonnieren und alle Artikel lesen.",
        "有料会員になると記事をお読みいただけます。",
        "$$ARTICLEAD$$",
        "* * *",
        "#schulen #bremen",
        "https://example.org/a",
        "DALLA NOSTRA CORRISPONDENTE",
        "Schulen",
    ],
)
def test_no_prose(line: str) -> None:
    assert apart([PROSE[0], line, *PROSE[1:]], ("Jana Petersen", "王小明")) == {1}


@pytest.mark.parametrize(
    "line",
    [
        "Nein.",
        "Der Sprecher sagte:",
        "„Das war gut so“, sagte Jana Petersen.",
        "„Wir fangen wieder an.“",
        "Eltern wollen mehr Lehrer",
        "EN GOLCÜ TÜRK, AYTAÇ KARA",
        "구독자가 100만 명을 넘었다.",
        "Das Portal https://example.org/a nennt den Beschluss der Stadt einen Erfolg.",
        "Von Montag an gilt ein neuer Plan",
        "",
    ],
)
def test_prose(line: str) -> None:
    assert apart([PROSE[0], line, *PROSE[1:]], ("Jana Petersen",)) == set()


def test_where_few_paragraphs_end_as_sentences_a_short_line_may_be_one() -> None:
    lists = ["Brot", "Milch und Eier", "Käse", "Salz"]
    assert apart([*PROSE[:2], *lists]) == set()
    assert apart(["Jana Petersen", *PROSE[:2], *lists]) == {0}
    assert apart(["รัฐบาล", "ประกาศแผนใหม่"]) == set()


def test_an_article_of_nothing_else_is_prose() -> None:
    assert apart(["Foto: dpa", "Von Jana Petersen"]) == set()


@given(st.lists(st.text(max_size=40), max_size=8), st.lists(st.text(max_size=10), max_size=2))
def test_never_all_and_never_a_blank_one(paragraphs: list[str], authors: list[str]) -> None:
    found = apart(paragraphs, authors)
    assert all(paragraphs[number].strip() for number in found)
    assert not found or len(found) < sum(bool(paragraph.strip()) for paragraph in paragraphs)
