import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.article import Entity
from pipeline.backends import EntityType
from pipeline.text.english.entities import clean_name, merge_entities


def names(*mentions: tuple[str, EntityType]) -> list[tuple[str, str, int]]:
    return [(entity.text, entity.type, entity.count) for entity in merge_entities(mentions)]


def test_spellings_of_one_name_are_one_entity() -> None:
    found = names(
        ("the World Bank", "organisation"),
        ("World Bank", "organisation"),
        ("World Bank's", "organisation"),
        ("WORLD BANK", "organisation"),
    )
    assert found == [("World Bank", "organisation", 4)]
    assert [count for _, _, count in names(("U.S.", "place"), ("US", "place"), ("the U.S", "place"))] == [3]


def test_a_last_name_counts_for_the_one_who_bears_it() -> None:
    found = names(("Lee Jae-myung", "person"), ("Lee", "person"), ("To Lam", "person"), ("Lam", "organisation"))
    assert found == [("Lee Jae-myung", "person", 2), ("To Lam", "person", 2)]


def test_a_last_name_that_two_bear_stays_alone() -> None:
    found = names(("Anna Berg", "person"), ("Tom Berg", "person"), ("Berg", "person"))
    assert ("Berg", "person", 1) in found


def test_a_place_is_not_taken_for_its_namesake() -> None:
    assert ("London", "place", 1) in names(("Jack London", "person"), ("London", "place"))


def test_the_last_word_of_an_organisation_counts_for_it() -> None:
    assert names(("Portmere Rovers", "organisation"), ("Rovers", "organisation")) == [
        ("Portmere Rovers", "organisation", 2)
    ]


def test_the_type_is_that_of_most_mentions() -> None:
    found = names(("Karvala", "person"), ("Karvala", "place"), ("Karvala", "place"))
    assert found == [("Karvala", "place", 3)]


def test_order_is_by_count_then_by_place_in_the_text() -> None:
    found = names(("Oslo", "place"), ("Rome", "place"), ("Bonn", "place"), ("Bonn", "place"))
    assert [name for name, _, _ in found] == ["Bonn", "Oslo", "Rome"]


def test_no_more_than_the_limit() -> None:
    mentions: list[tuple[str, EntityType]] = [(f"Town{chr(97 + n)}{chr(97 + n)}", "place") for n in range(26)]
    assert len(merge_entities(mentions)) == 20
    assert len(merge_entities(mentions, 3)) == 3


@pytest.mark.parametrize(
    "junk",
    ["", "  ", "A", "42", "Monday", "$3", "1.2", "covid", "http://x.y/Z", "@Name", "’s", "A b c d e f g h", "9/11"],
)
def test_junk_is_dropped(junk: str) -> None:
    assert clean_name(junk, "organisation") == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("President Milan Dravic", "Milan Dravic"),
        ("Mr. Berg’s", "Berg"),
        ("the United States'", "United States"),
        ("Anna Milan", "Anna Milan"),
        ("King", "King"),
        ("(Oslo),", "Oslo"),
        ("大阪", "大阪"),
        ("Prince\nHarry", "Harry"),
    ],
)
def test_what_surrounds_a_name_goes(written: str, name: str) -> None:
    assert clean_name(written, "person") == name


def test_the_hague_keeps_its_article() -> None:
    assert clean_name("The Hague", "place") == "The Hague"
    assert clean_name("The Gambia", "place") == "Gambia"


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["person", "organisation", "place"]))))
def test_any_mentions(mentions: list[tuple[str, EntityType]]) -> None:
    found = merge_entities(mentions)
    assert all(isinstance(entity, Entity) and entity.text.strip() and entity.count > 0 for entity in found)
    assert sum(entity.count for entity in found) <= len(mentions)
    assert found == merge_entities(mentions)
