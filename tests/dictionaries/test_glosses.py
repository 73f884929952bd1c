from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dictionaries.glosses import LONGEST, FormOf, Gloss, gloss, name_kind


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("to break (to cause to end up in two pieces)", ("break",)),
        ("fire brigade (UK), fire department (US)", ("fire brigade", "fire department")),
        ("a gasket, seal, washer, which is round", ("gasket", "seal", "washer")),
        ("(transitive) to turn <b>off</b> &amp; on", ("turn off & on",)),
        ("code, law (any system of rules)", ("code", "law")),
        ("to do [+accusative = laundry]", ("do",)),
        ("form of government", ("form of government",)),
    ],
)
def test_a_gloss_is_what_could_be_written(text: str, english: tuple[str, ...]) -> None:
    assert gloss(text) == Gloss(english)


def test_what_explains_is_a_definition() -> None:
    found = gloss("group of many people who wait for one bus")
    assert found == Gloss(("group of many people who wait for one bus",), is_definition=True)
    assert gloss("a very long explanation that goes on and on until nobody knows any longer what it was about") is None
    old = gloss("(obsolete) knave")
    assert isinstance(old, Gloss)
    assert old.is_old


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("plural of calcário", "calcário"),
        ("Alternative spelling of kilo.", "kilo"),
        ("Short for mer Méditerranée (“Mediterranean”).", "mer Méditerranée"),
        ("Hanja form of 독립 (“independence”).", "독립"),
    ],
)
def test_grammar_points_to_another_word(text: str, lemma: str) -> None:
    assert gloss(text) == FormOf(lemma)


@pytest.mark.parametrize(
    "text", ["", "()", "the", "Used other than figuratively: see peut", "漢字", ";;;,", "<li></li>"]
)
def test_what_says_nothing_is_nothing(text: str) -> None:
    assert not isinstance(gloss(text), Gloss)


def test_of_a_name_only_the_name() -> None:
    assert gloss("Seville (a city in Spain)", is_name=True) == Gloss(("Seville",))
    assert gloss("Fuyu county in Qiqihar, Heilongjiang", is_name=True) == Gloss(("Fuyu county",))
    assert gloss("a municipality of Brazil", is_name=True) is None
    assert name_kind("Seville (a city in Spain)") == "P"
    assert name_kind("a male surname") == "H"
    assert name_kind("the ruling party of Japan") == "O"


@given(st.text(max_size=80), st.booleans())
def test_any_text_gives_short_glosses(text: str, is_name: bool) -> None:
    found = gloss(text, is_name=is_name)
    if isinstance(found, Gloss) and not found.is_definition:
        assert all(0 < len(english.split()) <= LONGEST for english in found.english)
    if isinstance(found, Gloss):
        assert not any(sign in english for english in found.english for sign in "\t\n|;")
