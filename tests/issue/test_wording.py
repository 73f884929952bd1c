from __future__ import annotations

from dataclasses import replace
from typing import get_args

from pipeline.article import Sentence, TranslationWarning
from pipeline.issue import wording
from pipeline.issue.item import Caveat
from pipeline.text.doubts import DoubtKind
from tests.issue.samples import ENGLISH, KOREAN, SAMPLE, SIMPLIFIED, SWAHILI, TRADITIONAL, article
from tests.issue.test_issue import issue_of, item_of

WEAK = TranslationWarning(kind="weak-model", paragraph=-1, detail="the model has 10.2 BLEU for Hindi")


def test_disclosure_names_language_and_model_without_revision() -> None:
    assert wording.disclosure(item_of(TRADITIONAL)) == (
        "Machine translated from Traditional Chinese by worldbrief-qwen2.5-1.5b"
    )
    assert wording.disclosure(item_of(KOREAN)) == ""
    assert wording.disclosure(item_of(ENGLISH)) == ""


def test_disclosure_names_the_models_of_single_sentences() -> None:
    assert TRADITIONAL.translation is not None
    sentences = tuple(
        Sentence(paragraph=0, source="문장", text="A sentence.", model=model) for model in ("", "b@1/int8", "b@1/int8")
    )
    mixed = replace(TRADITIONAL, translation=replace(TRADITIONAL.translation, sentences=sentences))
    said = "Machine translated from Traditional Chinese by worldbrief-qwen2.5-1.5b, single sentences by b"
    assert wording.disclosure(item_of(mixed)) == said
    assert "(b, worldbrief-qwen2.5-1.5b)" in wording.colophon(issue_of(mixed))[0]


def test_doubts_are_sentences_for_a_reader() -> None:
    assert wording.notes(item_of(TRADITIONAL)) == [
        "One number may not be in the original: “1.48 million” against 148萬.",
        "Two numbers of the original may be missing: “116萬”; “今(4)日”.",
    ]
    assert wording.notes(item_of(KOREAN, drafts="tell")) == [wording.DRAFT]
    assert wording.notes(item_of(KOREAN)) == []


def test_a_listed_article_says_why_and_what_would_help() -> None:
    assert wording.remedy(item_of(KOREAN, better={"ko": "firefox-ko-en"})) == (
        "Too much of the translation is in doubt. A better model (firefox-ko-en):",
        "worldbrief models get ko",
    )
    assert wording.remedy(item_of(KOREAN)) == (
        "Too much of the translation is in doubt. No better model is known here: read the original.",
        "",
    )
    assert wording.remedy(item_of(SWAHILI)) == (
        "Nobody has measured how well worldbrief-qwen2.5-1.5b translates Swahili. To measure it:",
        "worldbrief evaluate models",
    )
    weak = item_of(article("a", language="hi", english="E", warnings=(WEAK,), is_draft=True), better={"hi": "b"})
    assert wording.remedy(weak) == (
        "worldbrief-qwen2.5-1.5b is weak in Hindi. A better model (b):",
        "worldbrief models get hi",
    )


def test_many_doubts_are_counted() -> None:
    details = [TranslationWarning(kind="loop", paragraph=0, detail=f"sentence {number}") for number in range(12)]
    said = wording.notes(item_of(replace(article("a", language="ko", english="E", warnings=tuple(details)))))
    assert said == ["12 sentences repeat themselves: sentence 0; sentence 1; sentence 2; and 9 more."]


def test_a_name_doubted_twice_is_one_name() -> None:
    doubt = TranslationWarning(kind="name-invented", paragraph=0, detail="nothing in the source sounds like “Hida”")
    said = wording.notes(item_of(replace(article("a", language="ko", english="E", warnings=(doubt, doubt)))))
    assert said == ["One name may not be in the original: nothing in the source sounds like “Hida”."]


def test_every_kind_of_doubt_has_its_words() -> None:
    item = item_of(TRADITIONAL)
    other = wording.notes(replace(item, draft=False, warnings=(Caveat(kind="of-another-sort", detail=""),)))
    assert other == ["One passage may be mistranslated."]
    for kind in get_args(DoubtKind):
        assert wording.notes(replace(item, draft=False, warnings=(Caveat(kind=kind, detail=""),))) != other


def test_extent() -> None:
    assert wording.extent(issue_of(*SAMPLE)) == "5 articles told, 2 listed, 7 languages"
    assert wording.extent(issue_of(*SAMPLE, drafts="drop")) == "5 articles, 5 languages"
    assert wording.extent(issue_of(ENGLISH)) == "1 article"
    assert wording.extent(issue_of(TRADITIONAL)) == "1 article from Traditional Chinese"
    assert wording.extent(issue_of(KOREAN)) == "1 article listed, none told, from Korean"


def test_colophon_tells_what_was_left_out() -> None:
    said = wording.colophon(issue_of(*SAMPLE, article("x", language="ko"), max_items=6))
    assert said[1:] == [
        "Each summary consists of sentences taken from its article.",
        "Articles listed and not told: 1, because too much of the translation is in doubt.",
        "Articles for which there was no room, and second copies, left out: 1.",
        "Articles that could not be put into English: 1.",
    ]
    assert wording.colophon(issue_of(replace(ENGLISH, summary=None))) == []
    both = wording.colophon(issue_of(KOREAN, SWAHILI, ENGLISH))
    assert both[1] == (
        "Articles listed and not told: 2, because too much of the translation is in doubt (1); "
        "nobody has measured the translation model in the language (1)."
    )
    dropped = wording.colophon(issue_of(KOREAN, ENGLISH, drafts="drop"))
    assert dropped[1] == "Articles left out because their translation is not reliable enough: 1."


def test_dates() -> None:
    assert wording.long_date("2025-08-01T00:15:00+09:00") == "1 August 2025"
    assert wording.dateline(issue_of(SIMPLIFIED)) == "Monday, 23 November 2026"
