"""What an editor decided, in the issue: what is printed, where it stands, how it is marked, and what does not fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.article import Article, Sentence, Summary
from pipeline.config import IssueSection
from pipeline.issue.issue import Issue, build
from pipeline.issue.item import Item
from pipeline.issue.render import FORMATS
from pipeline.issue.wording import caution, colophon, disclosure
from pipeline.overlay.overlay import Edit, IssueEdits
from tests.issue.samples import (
    ARABIC,
    ECONOMY,
    ENGLISH,
    KOREAN,
    POLITICS,
    SAMPLE,
    SIMPLIFIED,
    SWAHILI,
    TRADITIONAL,
    VIETNAMESE,
    article,
    render,
)

NOTHING_SURE = replace(
    ARABIC, summary=Summary(text="", one_line="", method="none", headline=""), document=ENGLISH.document
)
BY_TOPIC = ["Economy, business and finance", "Politics and government", "More news"]


class Edited:
    """An issue as an editor has it, and what was said of decisions without effect."""

    def __init__(self, articles: tuple[Article, ...], edits: IssueEdits, **settings: Any) -> None:
        self.unfit: list[str] = []
        self.issue = build(
            articles,
            issue_id="2026-11-23",
            settings=IssueSection.model_validate(settings),
            edits=edits,
            unfit=self.unfit.append,
        )

    @property
    def built(self) -> Issue:
        assert self.issue is not None
        return self.issue

    def item(self, article: Article) -> Item:
        return next(item for item in self.built.items if item.id == article.id)

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.built.items]

    @property
    def titles(self) -> list[str]:
        return [section.title for section in self.built.sections]


def edited(*articles: Article, of: dict[Article, Edit] | None = None, **keys: Any) -> Edited:
    settings = {name: keys.pop(name) for name in ("max_items", "drafts") if name in keys}
    edits = IssueEdits(article={one.id: edit for one, edit in (of or {}).items()}, **keys)
    return Edited(articles or SAMPLE, edits, **settings)


def test_without_decisions_all_is_as_it_was() -> None:
    assert edited().built == build(SAMPLE, issue_id="2026-11-23", settings=IssueSection())
    assert edited().unfit == []


class TestWhatIsIn:
    def test_a_dropped_article_is_counted_apart(self) -> None:
        found = edited(of={ENGLISH: Edit(drop=True), KOREAN: Edit(drop=True)}, max_items=4)
        counts = found.built.counts
        assert ENGLISH.id not in found.ids
        assert (counts.dropped_by_editor, counts.left_out, counts.items) == (2, 1, 4)
        assert counts.articles == (
            counts.items + counts.dropped + counts.dropped_by_editor + counts.without_english + counts.left_out
        )
        assert found.unfit == []

    def test_all_dropped_is_no_issue(self) -> None:
        assert edited(ENGLISH, of={ENGLISH: Edit(drop=True)}).issue is None

    def test_a_pinned_one_has_room(self) -> None:
        oldest = edited().ids[-1]
        found = Edited(SAMPLE, IssueEdits(article={VIETNAMESE.id: Edit(pin=True)}), max_items=1)
        assert VIETNAMESE.id != oldest
        assert found.ids == [VIETNAMESE.id]

    def test_what_is_told_by_the_editor_is_not_dropped_as_a_draft(self) -> None:
        found = edited(of={KOREAN: Edit(headline="Vietnam and Korea")}, drafts="drop")
        assert found.item(KOREAN).told
        assert found.built.counts.dropped == 1


class TestWhereItStands:
    def test_pinned_ones_are_first_in_the_order_of_the_file(self) -> None:
        found = edited(of={ENGLISH: Edit(pin=True), VIETNAMESE: Edit(pin=True)})
        assert found.ids[:2] == [ENGLISH.id, VIETNAMESE.id]
        assert found.titles[0] == "Top stories"

    def test_pinned_ones_of_an_issue_without_headings(self) -> None:
        found = edited(*SAMPLE[:3], of={VIETNAMESE: Edit(pin=True)})
        assert found.titles == [""]
        assert found.ids[0] == VIETNAMESE.id

    def test_order_within_a_section(self) -> None:
        before = edited().built.sections[0].items
        assert [item.id for item in before] == [ARABIC.id, VIETNAMESE.id]
        found = edited(order=(VIETNAMESE.id,))
        assert [item.id for item in found.built.sections[0].items] == [VIETNAMESE.id, ARABIC.id]
        assert found.titles == edited().titles

    def test_order_after_the_pinned_ones(self) -> None:
        found = edited(*SAMPLE[:3], of={SIMPLIFIED: Edit(pin=True)}, order=(VIETNAMESE.id, SIMPLIFIED.id))
        assert found.ids == [SIMPLIFIED.id, VIETNAMESE.id, TRADITIONAL.id]
        assert found.unfit == []

    def test_a_section_of_the_editor_s_own(self) -> None:
        found = edited(of={ENGLISH: Edit(section="Climate")})
        assert found.titles == [*BY_TOPIC[:2], "Climate", "Not translated well enough to tell"]

    def test_a_section_there_is_whatever_its_capitals(self) -> None:
        found = edited(of={ENGLISH: Edit(section="politics and  GOVERNMENT")})
        assert [len(section.items) for section in found.built.sections] == [3, 2, 2]
        assert found.titles[0] == "Politics and government"

    def test_a_section_makes_headings_in_a_small_issue(self) -> None:
        found = edited(*SAMPLE[:3], of={VIETNAMESE: Edit(section="Lasers")})
        assert found.titles == ["Politics and government", "Lasers"]

    def test_the_rest_can_be_chosen_and_other_titles_are_taken(self) -> None:
        found = edited(of={VIETNAMESE: Edit(section="more news"), ENGLISH: Edit(section="Top stories")})
        assert VIETNAMESE.id in [item.id for item in found.built.sections[-2].items]
        assert found.unfit == [f"{_named(ENGLISH)}: “Top stories” is made up by itself and takes no `section`"]

    def test_order_of_sections(self) -> None:
        found = edited(sections=("More news", "politics and government"))
        assert found.titles == [BY_TOPIC[2], BY_TOPIC[1], BY_TOPIC[0], "Not translated well enough to tell"]


class TestWhatIsPrinted:
    def test_a_headline(self) -> None:
        item = edited(of={VIETNAMESE: Edit(headline="Laser  deal\n")}).item(VIETNAMESE)
        plain = edited().item(VIETNAMESE)
        assert item.headline == "Laser deal"
        assert (item.summary, item.sources) == (plain.summary, plain.sources)
        assert item.edited == ("headline",)
        assert disclosure(item).endswith(f". Headline by an editor; t{disclosure(plain).rpartition('. T')[2]}")

    def test_a_summary_is_no_quotation(self) -> None:
        found = edited(of={VIETNAMESE: Edit(summary="They agreed.")})
        item = found.item(VIETNAMESE)
        assert (item.summary, item.one_line, item.summary_method) == ("They agreed.", "They agreed.", "editor")
        assert item.sources == ()
        assert item.is_machine_translated
        said = "Machine-translated; seen by an editor. Summary by an editor; translated from Vietnamese by "
        assert disclosure(item).startswith(said)
        assert any("unless it says that an editor wrote it" in said for said in colophon(found.built))

    def test_a_headline_that_is_a_quoted_sentence_keeps_its_source(self) -> None:
        one = article("a", language="ko", english="", headline="", quoted=(("첫째.", "First."), ("둘째.", "Second.")))
        item = edited(one, of={one: Edit(summary="Mine.")}).item(one)
        assert item.headline == "First"
        assert [source.original for source in item.sources] == ["첫째."]

    def test_words_of_the_editor_alone_are_not_the_machine_s(self) -> None:
        found = edited(TRADITIONAL, of={TRADITIONAL: Edit(headline="Cho", summary="He spoke.")})
        item = found.built.items[0]
        assert not item.is_machine_translated
        assert disclosure(item) == "Headline and summary by an editor"
        assert caution(item) == ""
        assert found.built.models == ()
        assert colophon(found.built) == []

    def test_an_english_article(self) -> None:
        item = edited(of={ENGLISH: Edit(headline="Dry", note="See Tuesday.")}).item(ENGLISH)
        assert (item.headline, item.original_headline, item.note) == ("Dry", "", "See Tuesday.")
        assert disclosure(item).endswith("Headline by an editor")

    def test_a_withheld_one_is_told_with_what_is_sure(self) -> None:
        item = edited(of={KOREAN: Edit(tell=True)}).item(KOREAN)
        assert item.told
        assert item.saved
        assert item.headline == edited(drafts="tell").item(KOREAN).headline
        assert caution(item).startswith("Draft: ")

    def test_a_withheld_one_is_told_in_the_editor_s_words_and_no_others(self) -> None:
        item = edited(of={KOREAN: Edit(headline="Vietnam and Korea")}).item(KOREAN)
        assert (item.told, item.saved, item.summary, item.sources) == (True, True, "", ())
        assert item.entities == ()
        assert caution(item) == ""
        assert disclosure(item) == "Headline by an editor"

    def test_a_summary_alone_makes_the_headline(self) -> None:
        item = edited(of={SWAHILI: Edit(summary="Rain cut the road. It is shut.")}).item(SWAHILI)
        assert item.headline == "Rain cut the road"
        assert item.edited == ("headline", "summary")
        short = edited(of={SWAHILI: Edit(summary="Rain cut the road.")}).item(SWAHILI)
        assert (short.headline, short.summary, short.edited) == ("Rain cut the road", "", ("headline",))

    def test_nothing_to_print_stays_listed(self) -> None:
        found = edited(NOTHING_SURE, of={NOTHING_SURE: Edit(tell=True)})
        assert not found.item(NOTHING_SURE).told
        assert "stays listed: nothing of its translation is sure enough" in found.unfit[0]
        assert edited(NOTHING_SURE, of={NOTHING_SURE: Edit(tell=True, headline="Gas")}).unfit == []

    def test_sentences_that_an_editor_corrected_are_said(self) -> None:
        translation = VIETNAMESE.translation
        assert translation is not None
        sentences = [replace(sentence, corrected=True) for sentence in translation.sentences]
        all_by_editor = replace(VIETNAMESE, translation=replace(translation, sentences=tuple(sentences)))
        assert edited(all_by_editor).item(VIETNAMESE).corrected == len(sentences)
        assert ", corrected by an editor, by " in disclosure(edited(all_by_editor).item(VIETNAMESE))
        assert edited(all_by_editor).item(VIETNAMESE).label.endswith("; seen by an editor")
        one = replace(
            VIETNAMESE, translation=replace(translation, sentences=(sentences[0], *translation.sentences[1:]))
        )
        item = edited(one).item(VIETNAMESE)
        # It may have been corrected in another article: of this one nobody has seen the rest.
        assert item.label.endswith("; not checked by a person")
        assert f", 1 of {len(sentences)} sentences corrected by an editor, by " in disclosure(item)
        unprinted = (*translation.sentences, Sentence(paragraph=0, source="x", text="y", corrected=True))
        other = replace(VIETNAMESE, translation=replace(translation, sentences=unprinted))
        assert edited(other).item(VIETNAMESE).corrected == 0

    @pytest.mark.parametrize("name", FORMATS)
    def test_every_format_says_whose_words_they_are(self, name: str) -> None:
        of = {
            VIETNAMESE: Edit(headline="Laserdeal", summary="They agreed.", note="Notetold."),
            KOREAN: Edit(note="Notelisted."),
        }
        plain, found = edited(), edited(of=of, note="Notetop.")
        data = render(found.built, name)
        assert data != render(plain.built, name)
        if name in ("email", "parquet"):
            # Encoded; what they are made from is in the others.
            return
        text = data.decode()
        if name in ("json",):
            assert '"headline",\n            "summary"' in text
        else:
            assert "eadline and summary by an editor" in text
        for word in ("Laserdeal", "They agreed.", "Notetold.", "Notelisted."):
            assert word in text
        if name in ("markdown", "html", "text", "json", "post"):
            assert "Notetop." in text


class TestWhatDoesNotFit:
    def test_another_text_than_the_editor_saw(self) -> None:
        of = {KOREAN: Edit(revision="0" * 16, headline="Old", summary="Old.", tell=True, note="Kept")}
        found = edited(of=of)
        item = found.item(KOREAN)
        assert (item.told, item.note) == (False, "Kept")
        assert found.unfit == [
            f"{_named(KOREAN)}: has another text than the editor saw, so its headline, summary and tell have no effect;"
            f' once it is read again: revision = "{KOREAN.revision}"'
        ]
        seen = {KOREAN: Edit(revision=KOREAN.revision, headline="New")}
        assert edited(of=seen).item(KOREAN).headline == "New"

    def test_a_lost_article(self) -> None:
        lost = VIETNAMESE.id[:-1] + "0"
        found = Edited(SAMPLE, IssueEdits(article={lost: Edit(pin=True), "f" * 16: Edit(revision="x")}))
        assert found.unfit == [
            f"{lost}: no article of this issue has this id; the nearest is {VIETNAMESE.id}; nothing is done for it"
        ]

    def test_a_dropped_and_pinned_one(self) -> None:
        found = edited(of={ENGLISH: Edit(drop=True, pin=True)}, order=(ENGLISH.id,))
        assert ENGLISH.id not in found.ids
        assert found.unfit == [
            f"{_named(ENGLISH)}: is dropped, so its pin has no effect",
            f"order: {_named(ENGLISH)}: the editor dropped it",
        ]

    def test_order_and_sections_that_are_not_there(self) -> None:
        found = edited(order=("x" * 90, ENGLISH.id), sections=("Sport", "More news"))
        assert found.unfit == [
            f"order: {'x' * 39}…: no article of this issue has this id",
            f"sections: no section “Sport”; there are “{BY_TOPIC[2]}”, “{BY_TOPIC[0]}” and “{BY_TOPIC[1]}”",
        ]
        assert edited(*SAMPLE[:2], sections=("Sport",)).unfit == [
            "sections: no section “Sport”; the issue has no headings"
        ]

    def test_an_article_without_english_or_room(self) -> None:
        untranslated = replace(VIETNAMESE, translation=None)
        found = edited(untranslated, ENGLISH, of={VIETNAMESE: Edit(note="x")})
        assert found.unfit == [f"{_named(VIETNAMESE)}: it has no English text; nothing is done for it"]
        found = edited(of={VIETNAMESE: Edit(note="x")}, max_items=1)
        assert "there is no room for it (issue.max_items)" in found.unfit[0]

    def test_a_listed_one_is_not_moved_among_the_told(self) -> None:
        found = edited(of={SWAHILI: Edit(pin=True, section="Climate")})
        assert [said.partition(": ")[2][:14] for said in found.unfit] == ["is only listed"] * 2
        assert found.built.listed[0].id == SWAHILI.id

    def test_a_section_of_a_pinned_one(self) -> None:
        found = edited(of={ENGLISH: Edit(pin=True, section="Climate")})
        assert found.unfit == [f"{_named(ENGLISH)}: is pinned above the sections, so its section has no effect"]

    def test_one_article_twice_is_said_once(self) -> None:
        found = edited(ENGLISH, ENGLISH, of={ENGLISH: Edit(drop=True, note="x")})
        assert len(found.unfit) == 1


def test_topics_of_one_article_are_no_heading_unless_chosen() -> None:
    articles = [article(f"{n}", tags=(ECONOMY,)) for n in range(3)] + [article(f"p{n}", tags=(POLITICS,)) for n in "ab"]
    lone = article("lone", tags=(ECONOMY,))
    found = Edited((*articles, lone), IssueEdits(article={lone.id: Edit(section="Markets")}))
    assert "Markets" in found.titles


def _named(article: Article) -> str:
    from pipeline.issue.plain import line

    assert article.content is not None
    return f"{article.id} “{line(article.content.title, 60)}”"
