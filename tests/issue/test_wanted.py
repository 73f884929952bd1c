"""Which articles a digest takes."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.article import Article, Content, Document, Entity, Language, Summary, Tag, Tags, Translation
from pipeline.config import Config, Digest, IssueSection, Rule
from pipeline.issue.wanted import Reading, Wanted

TOPICS = {"economy": {"04000000", "20000346"}, "sport": {"15000000"}}


def article(
    *,
    language: str = "ko",
    title: str = "대만의 새로운 계획",
    text: str = "정부는 월요일에 계획을 발표했다.",
    english: tuple[str, str] | None = ("A new plan", "The government announced a plan on Monday."),
    tags: tuple[tuple[str, float], ...] = (),
    entities: tuple[str, ...] = (),
    withheld: bool = False,
    url: str | None = "https://news.example.org/a",
    publisher: str | None = "The Example",
    source: str = "wire/a.txt",
) -> Article:
    return Article(
        document=Document(source=source, data=b"", media_type="text/plain"),
        content=Content(title=title, paragraphs=(text,), url=url, publisher=publisher),
        language=Language(code=language, score=1.0),
        translation=Translation(title=english[0], paragraphs=(english[1],), model="m@1") if english else None,
        summary=Summary(text="", one_line="", method="m", headline="" if withheld else "A new plan"),
        tags=Tags(
            tags=tuple(Tag(scheme="medtop", code=code, label=code, score=score) for code, score in tags),
            entities=tuple(Entity(text=name, type="person", count=1) for name in entities),
        ),
    )


def wanted(
    take: tuple[dict[str, Any], ...] = (), leave: tuple[dict[str, Any], ...] = (), drafts: str = "list"
) -> Wanted:
    config = Config(issue=IssueSection.model_validate({"drafts": drafts}))
    rules = tuple(tuple(Rule.model_validate(rule) for rule in part) for part in (take, leave))
    return Wanted(Digest(name="d", config=config, take=rules[0], leave=rules[1]), lambda topic: TOPICS[topic])


def takes(rule: dict[str, Any], found: Article, drafts: str = "list") -> bool | None:
    return wanted((rule,), drafts=drafts).judge(Reading(found, finished=True))


@pytest.mark.parametrize(
    ("languages", "code", "taken"),
    [
        (("ko",), "ko", True),
        (("vi", "ko"), "ko", True),
        (("vi",), "ko", False),
        (("zh",), "zh-Hant", True),
        (("zh",), "zh-Hans", True),
        (("zh-TW",), "zh-Hant", True),
        (("zh-TW",), "zh-Hans", False),
    ],
)
def test_languages(languages: tuple[str, ...], code: str, taken: bool) -> None:
    assert takes({"languages": languages}, article(language=code)) is taken


def test_topics_of_what_is_withheld_count_where_the_tagger_is_sure() -> None:
    rule = {"topics": ("economy",)}
    assert takes(rule, article(tags=(("20000346", 0.65),)))
    assert not takes(rule, article(tags=(("15000000", 0.65),)))
    assert not takes(rule, article(tags=(("20000346", 0.65),), withheld=True))
    assert takes(rule, article(tags=(("20000346", 0.85),), withheld=True))


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("bank", "A bank failed.", True),
        ("Bank", "A BANK failed.", True),
        ("bank", "The firm is bankrupt.", False),
        ("bank*", "The firm is bankrupt.", True),
        ("bank", "A riverbank.", False),
        ("central bank", "The central\nbank said so.", True),
        ("central bank*", "Central  banks said so.", True),
        ("central bank", "A bank in central Oslo.", False),
        ("U.S.", "The U.S. said so.", True),
        ("C++", "Written in C++ by hand.", True),
        ("naïve", "A nai\u0308ve plan.", True),
        ("日銀", "きのう日銀が決めた。", True),
        ("경제", "한국경제가 어렵다.", True),
        ("a.b", "axb", False),
    ],
)
def test_keywords_in_the_original(keyword: str, text: str, found: bool) -> None:
    assert takes({"keywords": (keyword,)}, article(text=text, english=None)) is found


def test_keywords_in_the_english_also_of_what_is_withheld() -> None:
    assert takes({"keywords": ("announced",)}, article(withheld=True))


@pytest.mark.parametrize(
    ("place", "title", "text", "taken"),
    [
        ("Taiwan", "A plan of Taiwan", "", True),
        ("Taiwan", "Taiwanese firms grow", "", True),
        ("Taiwan", "A plan", "Ships left Taiwan.", False),
        ("Taiwan", "A plan", "Ships left Taiwan. Taiwan said so.", True),
        ("Oman", "A woman and a human", "A woman and a human met a woman.", False),
        ("Oman", "The Omani navy", "", True),
        ("South Korea", "North Korea fires", "North Korea said so.", False),
        ("Seoul", "Protests in Seoul", "", True),
    ],
)
def test_places_named_in_the_headline_or_twice(place: str, title: str, text: str, taken: bool) -> None:
    found = article(language="en", title=title, text=text, english=None)
    assert takes({"places": (place,)}, found) is taken


def test_a_place_in_the_original_where_the_english_lost_it() -> None:
    assert takes({"places": ("Taiwan",)}, article(title="대만의 계획"))
    assert not takes({"places": ("Japan",)}, article(title="대만의 계획"))


def test_entities_are_found_by_their_words() -> None:
    found = article(entities=("Lai Ching-te", "TSMC"))
    assert takes({"entities": ("lai ching-te",)}, found)
    assert takes({"entities": ("Lai",)}, found)
    assert not takes({"entities": ("La",)}, found)


@pytest.mark.parametrize("outlet", ["the example", "The Example", "example.org", "news.example.org"])
def test_outlets_by_name_and_host(outlet: str) -> None:
    assert takes({"outlets": (outlet,)}, article())
    assert not takes({"outlets": (outlet,)}, article(publisher="Other", url="https://badexample.org/"))


def test_sources_by_pattern() -> None:
    assert takes({"sources": ("wire/*",)}, article())
    assert not takes({"sources": ("wire",)}, article())


def test_keys_of_one_table_hold_together_and_tables_by_themselves() -> None:
    both = {"languages": ("ko",), "topics": ("economy",)}
    assert not takes(both, article())
    assert takes(both, article(tags=(("04000000", 0.9),)))
    either = wanted(({"languages": ("vi",)}, {"topics": ("economy",)}))
    assert either.judge(Reading(article(tags=(("04000000", 0.9),)), finished=True))
    assert not either.judge(Reading(article(), finished=True))


def test_what_is_left_goes_over_what_is_taken() -> None:
    rules = wanted(({"languages": ("ko",)},), ({"topics": ("sport",)},))
    assert rules.judge(Reading(article(), finished=True))
    assert not rules.judge(Reading(article(tags=(("15000000", 0.9),)), finished=True))


def test_without_rules_all_is_taken_and_nothing_need_be_remembered() -> None:
    rules = wanted()
    assert rules.said is None
    assert rules.judge(Reading(None, source="a", finished=False))


def test_it_is_told_as_soon_as_it_is_known() -> None:
    rules = wanted(({"outlets": ("other",)}, {"languages": ("vi",), "topics": ("economy",)}))
    read = article(language="und")
    before = Article(document=read.document, content=read.content)
    assert rules.judge(Reading(before, finished=False)) is None
    korean = Article(document=read.document, content=read.content, language=Language(code="ko", score=1.0))
    assert rules.judge(Reading(korean, finished=False)) is False
    vietnamese = Article(document=read.document, content=read.content, language=Language(code="vi", score=1.0))
    assert rules.judge(Reading(vietnamese, finished=False)) is None
    left = wanted((), ({"languages": ("vi",)},))
    assert left.judge(Reading(before, finished=False)) is None
    assert left.judge(Reading(vietnamese, finished=False)) is False
    assert left.judge(Reading(korean, finished=False)) is True


def test_other_rules_are_told_apart() -> None:
    said = [
        wanted(({"keywords": ("a",)},)).said,
        wanted((), ({"keywords": ("a",)},)).said,
        wanted(({"keywords": ("b",)},)).said,
        wanted(({"keywords": ("a",)},), drafts="tell").said,
    ]
    assert len({str(one) for one in said}) == len(said)
