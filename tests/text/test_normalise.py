from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.normalise import normalise_sentence
from pipeline.text.numbers.digits import decimal_comma
from tests.rows import each
from tests.text.tables import LANGUAGES, NUMBER_SOUP, Row, expressions

ROWS = expressions()
TABLED = [
    "ar",
    "bn",
    "cs",
    "da",
    "de",
    "es",
    "fa",
    "fr",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "mr",
    "ms",
    "nb",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "sw",
    "th",
    "tl",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh-Hans",
    "zh-Hant",
]


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(ROWS) >= 480
    counts = Counter(row.language for row in ROWS)
    assert set(counts) == set(TABLED)
    assert min(counts.values()) >= 8
    assert len({(row.language, row.source) for row in ROWS}) == len(ROWS)
    assert all(row.good != row.bad for row in ROWS)


def test_expressions() -> None:
    def normalised(row: Row) -> None:
        assert normalise_sentence(row.source, row.language) == row.normalised

    each(ROWS, normalised)


def test_dates_come_before_numbers() -> None:
    source = "行政院長今(4)日表示，去(2025)年約148萬人次來臺。"
    assert normalise_sentence(source, "zh-Hant", "2026-02-04") == "行政院長2月4日表示，2025年約1.48 million人次來臺。"


def test_english_is_left_alone() -> None:
    assert (
        normalise_sentence("On 20/2/2023 it grew 3.5% to 1.5 Mio.", "en", "2023-02-20")
        == "On 20/2/2023 it grew 3.5% to 1.5 Mio."
    )


def test_normalising_twice_changes_nothing_more() -> None:
    def unchanged(row: Row) -> None:
        once = normalise_sentence(row.source, row.language, "2026-02-04")
        assert normalise_sentence(once, row.language, "2026-02-04") == once

    each((row for row in ROWS if not decimal_comma(row.language)), unchanged)


@given(st.sampled_from(["zh-Hant", "zh-Hans", "ja", "ko", "th", "hi", "ar", "fa", "bn", "ms", "mr", "ur"]), NUMBER_SOUP)
@settings(max_examples=300, deadline=None)
def test_normalising_twice_changes_nothing_more_in_number_soup(language: str, text: str) -> None:
    once = normalise_sentence(text, language, "2026-02-04")
    assert normalise_sentence(once, language, "2026-02-04") == once


@given(
    st.sampled_from(LANGUAGES),
    st.text() | NUMBER_SOUP,
    st.sampled_from([None, "", "2026-02-04", "2026-02-04T10:00:00+08:00", "x"]),
)
@settings(max_examples=600)
def test_never_raises(language: str, source: str, published: str | None) -> None:
    normalise_sentence(source, language, published)
