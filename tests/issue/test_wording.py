from __future__ import annotations

from dataclasses import replace
from typing import get_args

from pipeline.article import Sentence, TranslationWarning
from pipeline.issue import wording
from pipeline.issue.item import Caveat
from pipeline.text.doubts import DoubtKind
from tests.issue.samples import ENGLISH, KOREAN, SAMPLE, SIMPLIFIED, TRADITIONAL, article
from tests.issue.test_issue import issue_of, item_of


def test_disclosure_names_language_and_model_without_revision() -> None:
    assert wording.disclosure(item_of(KOREAN)) == "Machine translated from Korean by qwen2.5-coder-1.5b-instruct"
    assert wording.disclosure(item_of(ENGLISH)) == ""


def test_disclosure_names_the_models_of_single_sentences() -> None:
    assert KOREAN.translation is not None
    sentences = tuple(
        Sentence(paragraph=0, source="문장", text="A sentence.", model=model) for model in ("", "b@1/int8", "b@1/int8")
    )
    found = item_of(replace(KOREAN, translation=replace(KOREAN.translation, sentences=sentences)))
    said = "Machine translated from Korean by qwen2.5-coder-1.5b-instruct, single sentences by b"
    assert wording.disclosure(found) == said
    assert any(
        "b" in line
        for line in wording.colophon(
            issue_of(replace(KOREAN, translation=replace(KOREAN.translation, sentences=sentences)))
        )
    )


def test_doubts_are_sentences_for_a_reader() -> None:
    assert wording.notes(item_of(TRADITIONAL)) == [
        "One number may not be in the original: “1.48 million” against 148萬.",
        "Two numbers of the original may be missing: “116萬”; “今(4)日”.",
    ]
    assert wording.notes(item_of(KOREAN)) == [wording.DRAFT]


def test_many_doubts_are_counted() -> None:
    details = [TranslationWarning(kind="loop", paragraph=0, detail=f"sentence {number}") for number in range(12)]
    said = wording.notes(item_of(replace(article("a", language="ko", english="E", warnings=tuple(details)))))
    assert said == ["12 sentences repeat themselves: sentence 0; sentence 1; sentence 2; and 9 more."]


def test_a_name_doubted_twice_is_one_name() -> None:
    doubt = TranslationWarning(kind="name-invented", paragraph=0, detail="nothing in the source sounds like “Hida”")
    said = wording.notes(item_of(replace(article("a", language="ko", english="E", warnings=(doubt, doubt)))))
    assert said == ["One name may not be in the original: nothing in the source sounds like “Hida”."]


def test_every_kind_of_doubt_has_its_words() -> None:
    item = item_of(KOREAN)
    other = wording.notes(replace(item, draft=False, warnings=(Caveat(kind="of-another-sort", detail=""),)))
    assert other == ["One passage may be mistranslated."]
    for kind in get_args(DoubtKind):
        assert wording.notes(replace(item, draft=False, warnings=(Caveat(kind=kind, detail=""),))) != other


def test_extent() -> None:
    assert wording.extent(issue_of(*SAMPLE)) == "6 articles, 6 languages"
    assert wording.extent(issue_of(ENGLISH)) == "1 article"
    assert wording.extent(issue_of(KOREAN)) == "1 article from Korean"


def test_colophon_tells_what_was_left_out() -> None:
    said = wording.colophon(issue_of(*SAMPLE, article("x", language="ko"), max_items=5))
    assert said[1:] == [
        "Each summary consists of sentences taken from its article.",
        "Older articles and second copies left out of this issue: 1.",
        "Articles that could not be put into English: 1.",
    ]
    assert wording.colophon(issue_of(replace(ENGLISH, summary=None))) == []


def test_dates() -> None:
    assert wording.long_date("2025-08-01T00:15:00+09:00") == "1 August 2025"
    assert wording.dateline(issue_of(SIMPLIFIED)) == "Monday, 23 November 2026"
