"""The shipped lexicon."""

import unicodedata

import pytest

from pipeline.language.codes import normalise
from pipeline.text.names.lexicon import LANGUAGES, chinese_forms, entries, lexicon
from pipeline.text.names.term_index import Entry
from pipeline.text.names.terms import article_terms

SCRIPTS = {
    "ja": "CJK|HIRAGANA|KATAKANA", "ko": "HANGUL", "ar": "ARABIC", "ru": "CYRILLIC", "hi": "DEVANAGARI", "th": "THAI",
    "zh-Hans": "CJK", "zh-Hant": "CJK", "vi": "LATIN",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_well_formed(language: str) -> None:
    assert normalise(language) == language
    found = entries(language)
    assert len(found) > 300
    for entry in found:
        assert entry.source == unicodedata.normalize("NFC", entry.source).strip() != "", entry
        assert entry.english == entry.english.strip() != "", entry
        assert entry.kind in ("person", "place", "organisation", "term")


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_in_the_script_of_their_language(language: str) -> None:
    for entry in entries(language):
        names = {unicodedata.name(one, "").split()[0] for one in entry.source if one.isalpha()}
        assert names & set(SCRIPTS[language].split("|")) or entry.source.isascii(), entry


def _forms(table: str) -> list[tuple[str, str, str]]:
    from importlib.resources import files

    lines = files("pipeline.text.names.lexicon").joinpath(table).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    header = rows[0]
    assert all(len(row) == len(header) for row in rows), table
    return [
        (language, form, row[0])
        for row in rows[1:]
        for language, cell in zip(header[1:], row[1:], strict=True)
        for form in cell.split(" / ")
        if form
    ]


def test_no_form_has_two_senses() -> None:
    senses: dict[tuple[str, str], str] = {}
    for table in ("persons.tsv", "places.tsv", "organisations.tsv", "countries.tsv"):
        for language, form, english in _forms(table):
            assert senses.setdefault((language, form), english) == english, (language, form)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("台灣總統賴清德", "zh-Hant", {"賴清德": "Lai Ching-te"}),
        ("普丁和川普", "zh-Hant", {"普丁": "Putin", "川普": "Trump"}),
        ("普京和特朗普", "zh-Hans", {"普京": "Putin", "特朗普": "Trump"}),
        ("プーチン大統領", "ja", {"プーチン": "Putin"}),
        ("президентом Путиным", "ru", {"Путиным": "Putin"}),
        ("प्रधानमंत्री मोदी", "hi", {"मोदी": "Modi"}),
        ("الرئيس ماكرون", "ar", {"ماكرون": "Macron"}),
        ("โดนัลด์ ทรัมป์", "th", {"โดนัลด์ ทรัมป์": "Donald Trump"}),
        ("Tập Cận Bình", "vi", {"Tập Cận Bình": "Xi Jinping"}),
    ],
)
def test_names_in_the_news(text: str, language: str, expected: dict[str, str]) -> None:
    terms = {term.source: term.english for term in article_terms([text], language) if term.kind == "person"}
    assert expected.items() <= terms.items()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그것은 가나 마나 한 일이다", "ko"),
        ("タイトルを取った", "ja"),
        ("áo dài", "vi"),
        ("他信任你", "zh-Hans"),
        ("沿海地区", "zh-Hans"),
        ("سيول جارفة", "ar"),
        ("우리가 간다", "ko"),
        ("特拉法加广场", "zh-Hans"),
        ("чад", "ru"),
        ("ปรากฏในแอฟริกาใต้", "th"),
    ],
)
def test_common_words_are_no_names(text: str, language: str) -> None:
    expected = {"แอฟริกาใต้", "แอฟริกา"} if language == "th" else set()
    assert {term.source for term in article_terms([text], language)} <= expected


def test_countries_are_not_given_to_the_model() -> None:
    (term,) = [term for term in article_terms(["挪威总理"], "zh-Hans") if term.kind == "place"]
    assert term.english == "Norway"
    assert not term.hint


def test_customary_transliterations() -> None:
    assert "约翰" in chinese_forms("john")
    assert chinese_forms("zzz") == ()


def test_other_languages_have_none() -> None:
    assert entries("de") == ()
    assert Entry("x", "y") not in entries("und")


def test_a_name_looked_at_by_hand_goes_before_a_label_that_anybody_wrote() -> None:
    found = {term.source: term.english for term in lexicon("ko").find("오타니 쇼헤이와 에드워드 스노든, 존 하워드")}
    assert found == {
        "오타니 쇼헤이": "Shohei Ohtani",
        "에드워드 스노든": "Edward Snowden",
        "존 하워드": "John Howard",
    }
