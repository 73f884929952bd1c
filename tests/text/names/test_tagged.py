"""What a recogniser calls a name, and what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends import EntityType
from pipeline.text.names.tagged import put_right

KINDS: tuple[EntityType, ...] = ("person", "organisation", "place")


@pytest.mark.parametrize("kind", KINDS)
def test_a_city_is_a_place_whatever_it_is_called(kind: EntityType) -> None:
    assert put_right([("Copenhagen", kind)]).places == ("Copenhagen",)
    assert put_right([("South China Sea", kind)]).places == ("South China Sea",)


@pytest.mark.parametrize("name", ["Frantisek Langer", "Masafumi Maeda"])
def test_a_few_words_that_are_no_words_are_a_person(name: str) -> None:
    assert put_right([(name, "organisation")]).persons == (name,)


@pytest.mark.parametrize(
    "name", ["Deutsche Bank", "Delta Air Lines", "Gazprom", "Trinity College", "Goldman Sachs Group"]
)
def test_other_organisations_stay_what_they_are(name: str) -> None:
    found = put_right([(name, "organisation")])
    assert (found.persons, found.places, found.others) == ((), (), (name,))


def test_a_single_person_in_a_headline_is_not_taken_for_one() -> None:
    assert put_right([("Backstrom", "person")], is_title=True).persons == ()
    assert put_right([("Nicklas Backstrom", "person")], is_title=True).persons == ("Nicklas Backstrom",)


@given(st.lists(st.tuples(st.text(), st.sampled_from(KINDS))), st.booleans())
def test_nothing_is_added_and_nothing_said_twice(names: list[tuple[str, EntityType]], is_title: bool) -> None:
    found = put_right(names, is_title=is_title)
    all_of_them = [*found.persons, *found.places, *found.others]
    assert len(all_of_them) <= len(names)
    assert {*all_of_them} <= {name for name, _ in names}
