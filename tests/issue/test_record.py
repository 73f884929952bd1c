"""What articles.jsonl says of a sentence: which of the warnings of a translation are its own."""

from __future__ import annotations

from pipeline.article import Sentence, Translation, TranslationWarning
from pipeline.issue.record import doubts_of


def sentence(source: str, english: str, *kinds: str, paragraph: int = 0) -> Sentence:
    return Sentence(paragraph=paragraph, source=source, text=english, doubts=kinds)


def warning(kind: str, detail: str, paragraph: int = 0) -> TranslationWarning:
    return TranslationWarning(kind=kind, paragraph=paragraph, detail=detail)


def details(sentences: list[Sentence], warnings: list[TranslationWarning]) -> list[list[str]]:
    translation = Translation(
        title="", paragraphs=("",), model="m", sentences=tuple(sentences), warnings=tuple(warnings)
    )
    return [[one.detail for one in mine] for mine in doubts_of(translation)]


def test_each_sentence_has_its_own() -> None:
    found = details(
        [
            sentence("標題", "Title 40", "number-invented", paragraph=-1),
            sentence("一", "One."),
            sentence("二", "Two in the year 2024.", "number-invented", "too-long"),
            sentence("三", "Three.", "negation-changed"),
        ],
        [
            warning("number-invented", "“40” is not in the source", -1),
            warning("number-invented", "“2024” is not in the source"),
            warning("too-long", "long"),
            warning("negation-changed", "not"),
        ],
    )
    assert found == [
        ["“40” is not in the source"],
        [],
        ["“2024” is not in the source", "long"],
        ["not"],
    ]


def test_two_of_a_kind_at_one_sentence_and_one_at_the_next() -> None:
    found = details(
        [sentence("一", "5 and 6 men.", "number-invented"), sentence("二", "7 men.", "number-invented")],
        [
            warning("number-invented", "“5” is not in the source"),
            warning("number-invented", "“6” is not in the source"),
            warning("number-invented", "“7” is not in the source"),
        ],
    )
    assert found == [["“5” is not in the source", "“6” is not in the source"], ["“7” is not in the source"]]


def test_without_a_quotation_each_of_two_sentences_has_one() -> None:
    found = details(
        [sentence("一", "One.", "truncated"), sentence("二", "Two.", "truncated")],
        [warning("truncated", "the length limit"), warning("truncated", "the length limit")],
    )
    assert found == [["the length limit"], ["the length limit"]]


def test_what_is_said_of_the_model_is_no_sentence_s() -> None:
    found = details(
        [sentence("標題", "Title", paragraph=-1)], [warning("unmeasured-model", "nobody has measured it", -1)]
    )
    assert found == [[]]
