"""What is known of names in a language: of persons, institutions and countries; sections of `data/<code>.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.language.section import Regex, Section

_Words = tuple[str, ...]
_Patterns = tuple[Regex, ...]


class Names(Section):
    """How persons and institutions are told from other words."""

    surnames: _Words = ()
    """The commonest, of several letters."""
    surname_characters: str = ""
    """The commonest, of one character each."""
    surname_spellings: Mapping[str, str] = {}
    """In Latin letters, where that is not what a rule makes of them."""
    given_characters: str = ""
    """Characters of given names."""
    given_spellings: Mapping[str, str] = {}
    """Of characters in given names, where they are read otherwise than elsewhere."""
    not_given: _Words = ()
    """Words made of characters of given names."""
    foreign_goes_on: str = ""
    """Characters with which the name of a foreigner goes on."""
    read_otherwise: _Words = ()
    """Where names in the same characters are read in another way."""
    places: _Words = ()
    """Places that begin like a surname."""
    offices: _Words = ()
    """Beside a name they make it that of a person."""
    address: _Words = ()
    """Offices and forms of address; a name begins after them."""
    person_suffixes: _Patterns = ()
    """Behind a name they make it that of a person; each a regular expression."""
    institution_heads: _Words = ()
    """What the names of institutions begin with."""
    joiners: _Words = ()
    """Words between two institutions."""
    accented_are_words: bool = False
    """A given name with accents is rather a word of the language."""


class Titles(Section):
    """Offices beside names, and what English puts before a name for them."""

    offices: _Words = ()
    """Of the lexicon's phrases those that go before a name; of English."""
    after_name: Mapping[str, str] = {}
    """Behind a surname: its English, empty where that depends on the country or the house."""
    before_name: Mapping[str, str] = {}
    """Before a given name alone: its English, empty where English says none."""
    goes_on: _Patterns = ()
    """What makes the office before it another thing or another person's; each a regular expression. A model is told a
    person and the office behind the name as one only where there are some."""


class Countries(Section):
    """What countries, their people and what is theirs are called, where the Unicode CLDR does not say it."""

    named: Mapping[str, _Patterns] = {}
    """By ISO 3166 code, or the letters of a bloc: each form a regular expression, with capitals. `@` and a letter is an
    abbreviation that counts only beside another one."""
    partners: str = ""
    """Characters that are abbreviations of countries, beside which another one is."""
    means: Mapping[str, str] = {}
    """Names with a form of another country in them, and a form of the one that they name: 華府 is Washington."""
    begins: Mapping[str, _Patterns] = {}
    """By ISO 3166 or UN M.49 code: how words for them begin that do not begin like their name in the CLDR."""
    called: Mapping[str, _Words] = {}
    """By ISO 3166 code: names in newspapers, the commonest first."""
    people: Mapping[str, _Patterns] = {}
    """By the name of a place, in small letters: regular expressions for its people, what is theirs and other names."""
