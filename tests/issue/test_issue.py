from __future__ import annotations

import email
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, replace
from functools import partial
from pathlib import Path

import pytest

from pipeline.article import Article, Quote, Summary, Tag, Tags
from pipeline.config import IssueSection
from pipeline.errors import ConfigError
from pipeline.issue.channels import channels_of
from pipeline.issue.identity import check_issue_id
from pipeline.issue.issue import Issue, build, quiet
from pipeline.issue.item import Item
from pipeline.issue.render import FEEDS, FORMATS, write
from pipeline.issue.silence import silent_outlets
from pipeline.overlay.overlay import IssueEdits
from tests.issue.samples import (
    CHANNELS,
    ECONOMY,
    ENGLISH,
    KOREAN,
    POLITICS,
    SAMPLE,
    SWAHILI,
    TRADE,
    VIETNAMESE,
    article,
    render,
)

NO_EDITS = IssueEdits()


def issue_of(
    *articles: Article,
    issue_id: str = "2026-11-23",
    better: Mapping[str, str] | None = None,
    edits: IssueEdits = NO_EDITS,
    **settings: object,
) -> Issue:
    """`better`: name of a better model that could be got, by language."""
    built = build(
        articles,
        issue_id=issue_id,
        settings=IssueSection.model_validate(settings),
        better=lambda language: (better or {}).get(language, ""),
        edits=edits,
    )
    assert built is not None
    return built


def item_of(one: Article, better: Mapping[str, str] | None = None, **settings: object) -> Item:
    return issue_of(one, issue_id="2026-11-23", better=better, edits=NO_EDITS, **settings).items[0]


def test_an_issue_cannot_be_changed() -> None:
    issue = issue_of(ENGLISH)
    with pytest.raises(FrozenInstanceError):
        issue.title = "Other"  # type: ignore[misc]


def test_sections_by_first_top_level_topic_and_size() -> None:
    issue = issue_of(*SAMPLE)
    assert [(section.title, len(section.items)) for section in issue.sections] == [
        ("Economy, business and finance", 2),
        ("Politics and government", 2),
        ("More news", 1),
        ("Not translated well enough to tell", 2),
    ]


def test_few_items_have_no_headings() -> None:
    assert [section.title for section in issue_of(*SAMPLE[:3]).sections] == [""]


def test_one_section_has_no_heading() -> None:
    articles = [article(f"{number}.txt", tags=(TRADE, ECONOMY)) for number in range(6)]
    assert [section.title for section in issue_of(*articles).sections] == [""]


def test_newest_first_and_undated_last() -> None:
    days = ["2026-01-02", None, "2026-01-03T01:00:00+09:00", "2026-01-02T23:00:00Z", "yesterday"]
    issue = issue_of(*(article(f"{number}.txt", title=str(number), published=day) for number, day in enumerate(days)))
    assert [item.headline for item in issue.items][:3] == ["3", "2", "0"]
    assert {item.published for item in issue.items[3:]} == {""}


def test_keeps_the_newest_and_counts_the_rest() -> None:
    articles = [article(f"{day}.txt", title=f"{day}", published=f"2026-01-{day:02}") for day in range(1, 29)]
    untranslated = article("und.txt", language="und")
    issue = issue_of(*articles, untranslated, max_items=3)
    assert [item.headline for item in issue.items] == ["28", "27", "26"]
    counts = issue.counts
    assert (counts.articles, counts.items, counts.without_english, counts.left_out) == (29, 3, 1, 25)
    assert counts.articles == counts.items + counts.dropped + counts.without_english + counts.left_out


def test_an_article_not_translated_well_enough_is_listed_with_nothing_of_its_translation() -> None:
    assert KOREAN.translation is not None
    assert KOREAN.content is not None
    item = item_of(KOREAN, better={"ko": "firefox-ko-en"})
    assert (item.told, item.reason, item.better_model) == (False, "weak-model", "firefox-ko-en")
    assert item.headline == item.original_headline == KOREAN.content.title
    assert (item.summary, item.one_line, item.entities) == ("", "", ())
    assert item_of(SWAHILI).reason == "unmeasured-model"
    issue = issue_of(KOREAN, SWAHILI, better={"ko": "firefox-ko-en"})
    for name in FORMATS:
        output = render(issue, name).decode(errors="replace")
        if name != "email":
            assert KOREAN.translation.title not in output
            assert "Heavy rains" not in output


def test_a_topic_of_a_listed_article_is_a_sure_one() -> None:
    assert [topic.label for topic in item_of(replace(KOREAN, tags=Tags(tags=(ECONOMY, POLITICS)))).topics] == [
        "Economy, business and finance"
    ]
    assert item_of(replace(KOREAN, tags=Tags(tags=(TRADE,)))).topics == ()


def test_a_listed_article_without_headline_begins() -> None:
    untitled = article("a", language="ko", title="", text="본문이 시작된다.", english="It begins", is_draft=True)
    assert item_of(untitled).headline == "본문이 시작된다."


@pytest.mark.parametrize(
    ("drafts", "told", "listed", "dropped"), [("list", 5, 2, 0), ("tell", 7, 0, 0), ("drop", 5, 0, 2)]
)
def test_what_becomes_of_drafts(drafts: str, told: int, listed: int, dropped: int) -> None:
    issue = issue_of(*SAMPLE, drafts=drafts)
    counts = issue.counts
    assert (counts.told, counts.listed, counts.dropped) == (told, listed, dropped)
    assert (len(issue.told), len(issue.listed)) == (told, listed)
    assert counts.items == told + listed == issue.count
    assert counts.articles == counts.items + counts.dropped + counts.without_english + counts.left_out


def test_nothing_is_left_where_all_is_dropped() -> None:
    assert build([KOREAN], issue_id="2026-11-23", settings=IssueSection(drafts="drop")) is None


def test_a_listed_article_takes_no_place_from_one_that_is_told() -> None:
    new = replace(KOREAN, document=replace(KOREAN.document, source="new.txt"))
    issue = issue_of(new, *(article(f"{day}.txt", published=f"2024-01-{day:02}") for day in range(1, 9)), max_items=4)
    assert [item.told for item in issue.items] == [True] * 4
    assert issue.counts.left_out == 5


def test_an_issue_of_listed_articles_is_one() -> None:
    issue = issue_of(KOREAN, SWAHILI, issue_id="week-47")
    assert issue.date == "2025-08-11"
    assert [section.told for section in issue.sections] == [False]
    for name in FORMATS:
        assert render(issue, name)


def test_of_two_copies_the_newer_stays() -> None:
    old = article("a", title="Old", url="https://example.org/a", published="2026-01-01")
    new = article("b", title="New", url="https://example.org/a?utm_source=x", published="2026-01-02")
    for pair in ((old, new), (new, old)):
        assert [item.headline for item in issue_of(*pair).items] == ["New"]


def test_nothing_in_english_is_no_issue() -> None:
    assert build([], issue_id="2026-11-23", settings=IssueSection.model_validate({})) is None
    assert build([article("x", language="ko")], issue_id="2026-11-23", settings=IssueSection.model_validate({})) is None


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_quiet_issue_says_so_and_is_no_entry_of_a_feed(name: str) -> None:
    issue = quiet("2026-11-24", IssueSection())
    if name in FEEDS:
        with pytest.raises(ValueError, match="no items"):
            render(issue, name)
        return
    said = render(issue, name)
    assert b"None" not in said
    if name == "email":
        text = email.message_from_bytes(said).get_payload(0)
        assert isinstance(text, email.message.Message)
        said = bytes(text.get_payload(decode=True))
    if name not in ("json", "csv", "parquet"):
        assert b"Nothing new came" in said


def test_a_quiet_issue_leaves_the_feeds_of_the_one_before(tmp_path: Path) -> None:
    write(issue_of(ENGLISH), tmp_path, CHANNELS)
    before = {file: (tmp_path / file).read_bytes() for file in ("feed.xml", "feed.json", "rss.xml")}
    written = write(quiet("2026-11-24", IssueSection()), tmp_path, CHANNELS)
    assert not {path.name for path in written} & before.keys()
    assert {file: (tmp_path / file).read_bytes() for file in before} == before
    assert ENGLISH.content is not None
    assert ENGLISH.content.title not in (tmp_path / "digest.md").read_text(encoding="utf-8")


def test_a_quiet_issue_has_a_date() -> None:
    with pytest.raises(ConfigError, match="begin the name with one"):
        quiet("monday", IssueSection())


def test_outlets_that_are_missed() -> None:
    before = {"Daily": 5, "Weekly": 2, "Gazette": 3, "Courier": 4}
    assert silent_outlets(before, {"Courier", "New"}) == {"Daily": 5, "Gazette": 3}
    issue = replace(issue_of(ENGLISH), silent=("Daily; <b>", "Gazette"))
    assert "Usually here, and without anything new: Daily; <b>; Gazette." in render(issue, "text").decode()
    assert "Usually here" not in render(issue_of(ENGLISH), "text").decode()


def test_sources_that_may_be_broken_stand_at_the_foot() -> None:
    issue = replace(issue_of(ENGLISH), alarms=("Daily <b>: silent for 9 days", "Gazette: no dates any more"))
    said = "For the desk, sources that may be broken: Daily <b>: silent for 9 days; Gazette: no dates any more."
    assert said in " ".join(render(issue, "text").decode().split())
    assert "Daily &lt;b&gt;: silent for 9 days" in render(issue, "html").decode()
    assert "For the desk" not in render(issue_of(ENGLISH), "text").decode()


@pytest.mark.parametrize("name", ["", "../x", "a b", "x" * 65, "a\n", "2026-02-30", "2026-02-30-late", "a..b", "-a"])
def test_unusable_issue_names(name: str) -> None:
    with pytest.raises(ConfigError):
        check_issue_id(name)
    with pytest.raises(ConfigError):
        build([ENGLISH], issue_id=name, settings=IssueSection.model_validate({}))


def test_the_date_of_the_issue() -> None:
    assert issue_of(ENGLISH, issue_id="2026-11-23-evening").date == "2026-11-23"
    assert issue_of(*SAMPLE, issue_id="week-47").date == "2026-02-04"
    with pytest.raises(ConfigError, match="no article has a date"):
        issue_of(article("x"), issue_id="week-47")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email_from": ""},
        {"email_from": "a@example.org, b@example.org"},
        {"email_from": "Desk"},
        {"email_to": "a@example.org, Desk"},
        {"email_to": "a@example.org\nBcc: <b@example.org>"},
        {"email_to": "dé@example.org"},
    ],
)
def test_what_is_no_mail_address_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="mail address"):
        channels_of(IssueSection.model_validate(wrong))


@pytest.mark.parametrize(
    ("publisher", "url", "source", "outlet"),
    [
        ("Yonhap", "https://www.yna.co.kr/1", "a.txt", "Yonhap"),
        (None, "https://www.yna.co.kr/1", "a.txt", "yna.co.kr"),
        (" ", "javascript:alert(1)", "in/a.txt", ""),
        (None, None, "-", ""),
    ],
)
def test_outlet(publisher: str | None, url: str | None, source: str, outlet: str) -> None:
    assert item_of(article(source, publisher=publisher, url=url)).outlet == outlet


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https://example.org/a b\"<>'", "https://example.org/a%20b%22%3C%3E'"),
        ("https://example.org/" + "x" * 2000, ""),
        ("https://example.org/\u202egnp", "https://example.org/gnp"),
    ],
)
def test_address(url: str, shown: str) -> None:
    assert item_of(article("a.txt", url=url)).url == shown


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2023-09-11", "2023-09-11"),
        ("2023-09-11T12:40:00.000Z", "2023-09-11T12:40:00+00:00"),
        ("2023-09-11T12:40", "2023-09-11T12:40:00+00:00"),
        ("2023-09-11T12:40:00+09:00", "2023-09-11T12:40:00+09:00"),
        ("0001-01-01T00:00:00+23:00", ""),
        ("9999-12-31", ""),
        ("11 September", ""),
    ],
)
def test_published(published: str, kept: str) -> None:
    assert item_of(article("a.txt", published=published)).published == kept


def test_an_english_article_has_no_original_and_no_model() -> None:
    item = item_of(ENGLISH)
    assert (item.original_headline, item.model, item.warnings) == ("", "", ())


def test_a_missing_headline_is_replaced() -> None:
    assert item_of(article("a", title="", one_line="One line.")).headline == "One line."
    assert (
        item_of(article("a", title=" ", summary=None, text="The first paragraph.")).headline == "The first paragraph."
    )
    assert item_of(article("a", title="\u202e", summary=None, text="\x00")).headline == "Untitled"


def test_only_iptc_topics_are_topics() -> None:
    phrase = Tag(scheme="keyphrase", code="11000000", label="not a topic", score=1.0)
    tagged = replace(ENGLISH, tags=Tags(tags=(phrase, POLITICS)))
    assert [topic.label for topic in item_of(tagged).topics] == ["Politics and government"]


def test_long_texts_are_bounded() -> None:
    quotes = (Quote(text="word " * 9000, sentence=-1),)
    item = item_of(
        replace(ENGLISH, summary=Summary(text="", one_line="w" * 9000, method="", headline="h", quotes=quotes))
    )
    assert len(item.summary) <= 2000
    assert item.summary.endswith("word…")
    assert len(item.one_line) == 300


def test_update_and_draft_are_marked() -> None:
    item = item_of(replace(KOREAN, is_update=True), drafts="tell")
    assert item.is_update
    assert item.draft


def test_write_leaves_only_the_files(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    first = {path.name: path.read_bytes() for path in write(issue_of(*SAMPLE), out, CHANNELS)}
    assert set(first) == {entry.name for entry in out.iterdir()} == {name for name, _ in FORMATS.values()}
    assert {path.name: path.read_bytes() for path in write(issue_of(*SAMPLE), out, CHANNELS)} == first


def test_a_failing_renderer_leaves_the_old_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(issue_of(*SAMPLE), tmp_path, CHANNELS)
    before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
    monkeypatch.setitem(FORMATS, "jsonfeed", ("feed.json", "pipeline.issue.render.feeds:no_such_function"))
    with pytest.raises(AttributeError):
        write(issue_of(ENGLISH), tmp_path, CHANNELS)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before


def test_a_headline_that_may_not_be_printed_is_replaced_by_a_quoted_sentence() -> None:
    korean = partial(article, "a", language="ko", english="Five million people came", headline="")
    told = item_of(korean(quoted=(("그들이 왔다.", "They came on Monday."), ("비가 왔다.", "It rained."))))
    assert (told.told, told.headline, told.summary) == (True, "They came on Monday", "It rained.")
    assert [source.english for source in told.sources] == ["They came on Monday.", "It rained."]
    long = item_of(korean(quoted=(("긴 문장.", f"They came on Monday, {'very ' * 40}late."),)))
    assert long.headline == f"They came on Monday, {'very ' * 22}very…"
    assert long.summary.startswith("They came on Monday, very")


def test_without_a_line_to_print_an_article_is_listed() -> None:
    nothing = article("a", language="ko", title="제목", english="A title", headline="", summary="")
    item = item_of(nothing)
    assert (item.told, item.reason, item.headline) == (False, "nothing-sure", "제목")
    assert not item_of(nothing, drafts="tell").told
    headline_alone = item_of(article("a", language="ko", english="A title", summary=""))
    assert (headline_alone.told, headline_alone.headline, headline_alone.summary) == (True, "A title", "")


def test_sources_of_a_summary() -> None:
    assert [(one.original[:2], one.english[:6]) for one in item_of(VIETNAMESE).sources] == [
        ("Đà", "Taiwan"),
        ("Th", "Deputy"),
    ]
    assert item_of(ENGLISH).sources == ()
    assert item_of(KOREAN).sources == ()
    assert VIETNAMESE.summary is not None
    quotes = tuple(Quote(text=text, sentence=1) for text in ("It split.", "In two."))
    split = item_of(replace(VIETNAMESE, summary=replace(VIETNAMESE.summary, quotes=quotes)))
    assert [one.english for one in split.sources] == ["It split. In two."]
