from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.article import Article, TranslationWarning
from pipeline.issue import wording
from pipeline.issue.item import Caveat
from pipeline.issue.render import FORMATS
from pipeline.overlay.overlay import Edit, IssueEdits
from tests.issue.samples import ENGLISH, KOREAN, SAMPLE, SIMPLIFIED, SWAHILI, TRADITIONAL, VIETNAMESE, article, render
from tests.issue.test_hostile import parts
from tests.issue.test_issue import issue_of, item_of

WEAK = TranslationWarning(kind="weak-model", paragraph=-1, detail="the model has 10.2 BLEU for Hindi")


def edits_of(identity: str, **words: str) -> IssueEdits:
    return IssueEdits(article={identity: Edit.model_validate(words)})


def test_disclosure_says_who_made_it_and_names_language_and_model_without_revision() -> None:
    assert wording.disclosure(item_of(TRADITIONAL)) == (
        "Machine-translated and machine-summarised; not checked by a person. Quotes 2 of 3 sentences."
        " Translated from Traditional Chinese by worldbrief-qwen2.5-1.5b"
    )
    assert wording.disclosure(item_of(KOREAN)) == ""
    assert (
        wording.disclosure(item_of(ENGLISH)) == "Machine-summarised; not checked by a person. Quotes its only sentence"
    )
    assert wording.disclosure(item_of(article("a", summary=None))) == ""


def test_disclosure_without_a_label() -> None:
    assert wording.disclosure(item_of(TRADITIONAL, label="")) == (
        "Quotes 2 of 3 sentences. Machine translated from Traditional Chinese by worldbrief-qwen2.5-1.5b"
    )


def test_a_label_in_other_words() -> None:
    issue = issue_of(TRADITIONAL, ENGLISH, label="KI: {made} {0} {x}", label_edited="-")
    labels = {item.language: item.label for item in issue.items}
    assert labels["zh-Hant"] == "KI: machine-translated and machine-summarised {0} {x}"
    assert labels["en"] == "KI: machine-summarised {0} {x}"
    assert issue.label == labels["zh-Hant"]


def test_the_label_of_what_an_editor_has_seen() -> None:
    edits = edits_of(TRADITIONAL.id, headline="By hand")
    item = issue_of(TRADITIONAL, ENGLISH, edits=edits).told[0]
    assert item.label == "Machine-translated and machine-summarised; seen by an editor"
    said = wording.notices(issue_of(TRADITIONAL, ENGLISH, edits=edits, thin_below=0))
    assert said == ["Machine-summarised; not checked by a person.", "Of 2 articles told, 1 has been seen by an editor."]
    alone = issue_of(TRADITIONAL, edits=edits_of(TRADITIONAL.id, headline="By hand", summary="By hand, too."))
    assert alone.label == alone.items[0].label == ""


def test_what_a_summary_saw() -> None:
    def judged(number: int) -> Article:
        assert TRADITIONAL.translation is not None
        first, *body = TRADITIONAL.translation.sentences
        more = [replace(body[-1], confidence=0.9) for _ in range(number - len(body))]
        translation = replace(TRADITIONAL.translation, sentences=(first, *body, *more))
        return replace(TRADITIONAL, translation=translation)

    assert wording.coverage(item_of(judged(14))) == "Quotes 2 of the first 5 of 14 sentences"
    assert wording.coverage(item_of(judged(5))) == "Quotes 2 of 5 sentences"
    assert wording.coverage(item_of(KOREAN)) == ""
    quoted = (("", "One is here."), ("", "Two is here."))
    long = article("a", text="One is here. Two is here. Three is here.", quoted=quoted)
    assert wording.coverage(item_of(long)) == "Quotes 2 of 3 sentences"


def test_a_sentence_that_is_the_headline_is_not_counted_as_quoted() -> None:
    item = item_of(article("a", language="ko", title="x", english="", headline="", summary="A bridge fell."))
    assert item.headline.startswith("A bridge fell")
    assert (item.summary, item.quoted, wording.coverage(item)) == ("", 0, "")


def test_a_thin_issue_says_so() -> None:
    thin = issue_of(TRADITIONAL, KOREAN)
    assert thin.thin
    assert wording.notices(thin)[-1] == "A thin issue: 1 of 2 articles is told."
    assert wording.notices(issue_of(KOREAN)) == ["A thin issue: none of 1 article is told."]
    # Nobody but the editor kept it from the reader.
    dropped = IssueEdits(article={TRADITIONAL.id: Edit(drop=True)})
    assert wording.notices(issue_of(TRADITIONAL, KOREAN, edits=dropped))[-1].startswith(
        "A thin issue: none of 1 article"
    )
    assert not issue_of(TRADITIONAL, thin_below=1).thin
    assert not issue_of(*SAMPLE).thin


def test_one_line_for_feeds() -> None:
    assert wording.imprint(issue_of(*SAMPLE)) == (
        "5 articles told, 2 listed, 7 languages. Machine-translated and machine-summarised; not checked by a person."
        " Articles listed and not told: 2, because the translation model is weak in the language (1); nobody has"
        " measured the translation model in the language (1)."
    )


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "csv"])
def test_every_format_says_who_made_the_issue_and_what_is_withheld(name: str) -> None:
    issue = issue_of(*SAMPLE)
    said = render(issue, name).decode(errors="replace")
    if name == "email":
        said = "".join(parts(issue)[1:])
    flat = " ".join(said.split())
    assert "Machine-translated and machine-summarised; not checked by a person" in flat
    assert "Articles listed and not told: 2" in flat or "weak-model" in flat or name == "parquet"


def test_disclosure_names_the_models_of_single_sentences() -> None:
    assert TRADITIONAL.translation is not None
    sentences = tuple(replace(one, model="b@1/int8") for one in TRADITIONAL.translation.sentences)
    mixed = replace(TRADITIONAL, translation=replace(TRADITIONAL.translation, sentences=sentences))
    said = "Translated from Traditional Chinese by worldbrief-qwen2.5-1.5b, single sentences by b"
    assert wording.disclosure(item_of(mixed)).endswith(said)
    assert "(b, worldbrief-qwen2.5-1.5b)" in wording.colophon(issue_of(mixed))[0]


def test_one_line_of_caution() -> None:
    assert wording.caution(item_of(TRADITIONAL)) == (
        "1 of 4 sentences of the translation is in doubt; it is not printed here."
    )
    assert wording.caution(item_of(VIETNAMESE)) == wording.caution(item_of(ENGLISH)) == ""
    some = replace(item_of(TRADITIONAL), doubtful=2, sentences=20)
    assert wording.caution(some) == "2 of 20 sentences of the translation are in doubt; none of them is printed here."
    assert wording.caution(replace(some, sentences=21)) == ""
    assert wording.caution(item_of(KOREAN)) == ""


def test_a_doubtful_reading_is_said_before_the_translation() -> None:
    read = Caveat(kind="text-incomplete", detail="d")
    some = replace(item_of(ENGLISH), warnings=(read,))
    assert wording.caution(some) == (
        "The page was hard to read: the article may go on beyond what was found. "
        "Check it against the original before use."
    )
    assert "may go on" in wording.caution(replace(item_of(TRADITIONAL), warnings=(read,)))
    assert wording.caution(replace(some, told=False)) == ""


def test_a_doubtful_date_is_said_where_nothing_graver_is() -> None:
    when, who = Caveat(kind="date-uncertain", detail="d"), Caveat(kind="writers-uncertain", detail="d")
    check = "Check it against the original before use."
    assert wording.caution(replace(item_of(ENGLISH), warnings=(who, when))) == (
        f"When the article was published is uncertain. {check}"
    )
    assert wording.caution(replace(item_of(VIETNAMESE), warnings=(who,))) == (
        f"Who wrote the article is uncertain. {check}"
    )
    assert "sentences" in wording.caution(replace(item_of(TRADITIONAL), warnings=(when,)))


def test_a_draft_that_is_told_says_why_it_is_one() -> None:
    check = "Check it against the original before use."
    assert wording.caution(item_of(KOREAN, drafts="tell")) == (
        f"Draft: 2 of 4 sentences of the translation are in doubt. {check}"
    )
    assert wording.caution(item_of(SWAHILI, drafts="tell")) == (
        f"Draft: nobody has measured how well the model translates Swahili. {check}"
    )
    hindi = article("a", language="hi", english="E", warnings=(WEAK,), is_draft=True)
    assert wording.caution(item_of(hindi, drafts="tell")) == f"Draft: the model is weak in Hindi. {check}"


def test_a_listed_article_says_why_and_leaves_commands_to_the_desk() -> None:
    korean = "worldbrief-qwen2.5-1.5b is weak in Korean."
    assert wording.why_listed(item_of(KOREAN, better={"ko": "firefox-ko-en"})) == korean
    assert wording.why_listed(item_of(KOREAN)) == korean
    swahili = "Nobody has measured how well worldbrief-qwen2.5-1.5b translates Swahili."
    assert wording.why_listed(item_of(SWAHILI)) == swahili


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
        "Articles listed and not told: 1, because the translation model is weak in the language.",
        "Articles for which there was no room, and second copies, left out: 1.",
        "Articles that could not be put into English: 1.",
    ]
    assert wording.colophon(issue_of(replace(ENGLISH, summary=None))) == []
    both = wording.colophon(issue_of(KOREAN, SWAHILI, ENGLISH))
    assert both[1] == (
        "Articles listed and not told: 2, because the translation model is weak in the language (1); "
        "nobody has measured the translation model in the language (1)."
    )
    dropped = wording.colophon(issue_of(KOREAN, ENGLISH, drafts="drop"))
    assert dropped[1] == "Articles left out because their translation is not reliable enough: 1."


def test_dates() -> None:
    assert wording.long_date("2025-08-01T00:15:00+09:00") == "1 August 2025"
    assert wording.dateline(issue_of(SIMPLIFIED)) == "Monday, 23 November 2026"


def test_what_is_new_in_an_update_or_how_much_of_it() -> None:
    told, listed = item_of(TRADITIONAL), item_of(SWAHILI)
    assert (told.told, listed.told) == (True, False)
    assert wording.what_is_new(told) == ""
    # Of an update of long ago nothing is known.
    assert wording.what_is_new(replace(told, is_update=True)) == ""
    update = replace(told, is_update=True, new_sentences=3, news="A lamp fell.")
    assert wording.what_is_new(update) == "What is new: A lamp fell."
    assert wording.with_news(update) == f"A lamp fell. {told.summary}"
    unsure = replace(update, news="")
    assert (
        wording.what_is_new(unsure)
        == "What is new could not be translated surely enough to print: 3 sentences are new."
    )
    assert wording.what_is_new(replace(unsure, edited=("summary",))) == ""
    headline = replace(unsure, new_sentences=0, new_headline=True)
    assert wording.what_is_new(headline) == "What is new is in the headline."
    few = replace(listed, is_update=True, new_sentences=1)
    assert wording.what_is_new(few) == "Updated since an earlier issue had it: 1 sentence is new."


@pytest.mark.parametrize("name", ["html", "markdown", "text", "email", "atom", "jsonfeed", "rss"])
def test_a_listed_update_says_so_where_it_is_listed(name: str) -> None:
    update = replace(SWAHILI, is_update=True, news=frozenset({"habari mpya"}))
    assert update.translation is not None
    sentences = update.translation.sentences
    new = replace(sentences[-1], source="Habari mpya.", paragraph=0, attempts=1)
    update = replace(update, translation=replace(update.translation, sentences=(*sentences, new)))
    issue = issue_of(update)
    texts = parts(issue)[1:] if name == "email" else [render(issue, name).decode()]
    for text in texts:
        assert "Updated since an earlier issue had it: 1 sentence is new." in " ".join(text.split())
