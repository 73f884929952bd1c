from hypothesis import given
from hypothesis import strategies as st

from pipeline.dictionaries.coverage import coverage, stem
from pipeline.dictionaries.found import Found

SOURCE = "Hundar och drönare söker efter bombhunden"
DOGS = Found(start=0, end=6, surface="Hundar", lemma="hund", glosses=("dog",), pos="noun", frequency=5.0)
DRONES = Found(start=11, end=18, surface="drönare", lemma="drönare", glosses=("drone",), pos="noun", frequency=3.0)
SEARCH = Found(start=19, end=24, surface="söker", lemma="söka", glosses=("seek", "search"), pos="verb", frequency=5.1)
FOUND = (DOGS, DRONES, SEARCH)


def test_what_is_told_and_what_is_explained() -> None:
    whole = coverage(SOURCE, FOUND, "Dogs and drones are searching")
    assert whole.told == 1.0
    assert whole.unexplained == 0.0


def test_a_word_that_became_another_is_missed() -> None:
    ghosts = coverage(SOURCE, FOUND, "Dogs and ghosts are searching")
    assert ghosts.told is not None
    assert 0.2 < ghosts.told < 0.8
    assert ghosts.unexplained is not None
    assert 0.3 < ghosts.unexplained < 0.4


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    without_drones = coverage(SOURCE, FOUND, "Dogs are searching").told
    without_dogs = coverage(SOURCE, FOUND, "Drones are searching").told
    assert without_drones is not None
    assert without_dogs is not None
    assert without_drones < without_dogs


def test_what_stands_in_the_source_needs_no_dictionary() -> None:
    found = coverage("Icardi möter Fenerbahçe", (DOGS,), "Icardi meets Fenerbahçe")
    assert found.unexplained == 1 / 3


def test_grammar_and_compounds_are_not_missed() -> None:
    common = Found(start=0, end=2, surface="är", lemma="vara", glosses=("exist",), pos="verb", frequency=7.0)
    guess = Found(
        start=0, end=9, surface="bombhund", lemma="bombhund", glosses=("bomb dog",), pos="noun", is_compound=True
    )
    assert coverage("är bombhund", (common, guess), "something else").told is None


def test_nothing_is_known_of_nothing() -> None:
    empty = coverage("", (), "")
    assert (empty.told, empty.unexplained) == (None, None)
    assert coverage("…", (), "A fluent sentence").unexplained is None


def test_stems_meet() -> None:
    assert stem("Negotiating") == stem("negotiate")
    assert stem("children’s") == stem("children's")


@given(st.text(), st.text())
def test_shares_are_shares(source: str, english: str) -> None:
    found = coverage(source, FOUND, english)
    for share in (found.told, found.unexplained):
        assert share is None or 0.0 <= share <= 1.0
