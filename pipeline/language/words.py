"""What is known of how a language writes its words: a section of `data/<code>.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.language.section import Section


class Words(Section):
    """How words are written, changed and joined: what it takes to find the entry that a word is a form of."""

    nouns_have_capitals: bool = False
    """Every noun has a capital, so that one says nothing of names."""
    dotless_i: bool = False
    """The capital of i is İ, and I is that of ı."""
    apostrophe_is_letter: bool = False
    """It stands within a word (об'єкт); elsewhere it parts two (l'accord, Ankara'da)."""
    syllables_apart: bool = False
    """Most words are of several syllables, each written as a word."""
    agglutinates: bool = False
    """Words take so many endings that no table has them all: the longest beginning that is a word will do."""
    prefixes: tuple[str, ...] = ()
    """Written together with the word that they stand before; closed classes, from grammars."""
    suffixes: tuple[str, ...] = ()
    """Written together with the word that they follow."""
    verbs: tuple[str, ...] = ()
    """How a noun is made a verb; what follows is the verb's ending."""
    links: tuple[str, ...] | None = None
    """What may join the parts of a compound, besides nothing; None where no compounds are written in one word."""
    stems: tuple[str, ...] = ()
    """Endings of the verb that a first part of a compound goes without."""
    dictionary: Mapping[str, str] = {}
    """By script (ISO 15924), the language whose dictionary serves texts of this one, which has none of its own."""
