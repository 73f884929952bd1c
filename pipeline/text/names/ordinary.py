"""English words that are no names though they may have a capital: of the dictionary, the calendar, of nations."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.language.facts import facts
from pipeline.text.names.lexicon import renamed_places

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
INFLECTIONS = ("s", "es", "ing", "ed")
"""Endings that a word of the lists may have."""
_STEM, _ENDING = 5, 2
# Before a word of four letters or more: ultrafast, cybersecurity.
_PREFIX = re.compile("^(?:ultra|super|semi|multi|anti|cyber|nano|photo|electro|mega)(?=....)")


@cache
def _translated() -> re.Pattern[str]:
    """Words of the calendar, of nations and their countries, and others with a capital that have a meaning."""
    from babel import Locale

    calendar = (name for names in (Locale("en").days, Locale("en").months) for name in names["format"]["wide"].values())
    countries = facts("en").countries
    of_countries = (form for forms in countries.named.values() for form in forms)
    of_places = (form for forms in countries.people.values() for form in forms)
    kinds = tomllib.loads(files("pipeline.text.names").joinpath("translated.toml").read_text(encoding="utf-8"))
    others = (form for forms in kinds.values() for form in forms)
    cities = (word for name in renamed_places() for word in WORD.findall(name) if len(word) >= _STEM)
    return re.compile("|".join((*(f"{day}s?" for day in calendar), *of_countries, *of_places, *others, *cities)), re.I)


@cache
def _ordinary() -> frozenset[str]:
    """Printed by tests/benchmarks/ordinary_words.py."""
    text = files("pipeline.text.names").joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _territory_stems() -> frozenset[str]:
    """How the names of countries begin, and those of their people with them, from the Unicode CLDR."""
    from babel import Locale

    # Saint Martin, the Cook Islands and Diego Garcia have their names from persons.
    named = (name for name in Locale("en").territories.values() if not re.search("Saint|St\\.|Island|&|Garcia", name))
    names = " ".join(named)
    return frozenset(
        bare(word)[: max(_STEM, len(word) - _ENDING)] for word in WORD.findall(names) if len(word) >= _STEM
    )


@lru_cache(maxsize=65_536)
def _of_territory(plain: str) -> bool:
    stems = _territory_stems()
    return any(plain[:end] in stems for end in range(_STEM, len(plain) + 1))


@lru_cache(maxsize=65_536)
def bare(word: str) -> str:
    """A word in lower case, the letters a to z, without the s of the genitive."""
    from anyascii import anyascii

    return without_genitive(anyascii(word).lower())


_GENITIVE = re.compile(r"['’]s?$")


def without_genitive(word: str) -> str:
    """John of John's."""
    return _GENITIVE.sub("", word)


@cache
def _dictionary() -> frozenset[str]:
    """Printed by tests/benchmarks/dictionary.py."""
    return word_list("dictionary.txt")


def word_list(name: str) -> frozenset[str]:
    """The lines of a list beside this file, without its comments."""
    text = files("pipeline.text.names").joinpath(name).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def _is_form(word: str, known: frozenset[str]) -> bool:
    plain = _PREFIX.sub("", bare(word))
    return plain in known or any(plain.endswith(end) and plain[: -len(end)] in known for end in INFLECTIONS)


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Whether the word, in some form, is one that newspapers write in lower case: park, colonists."""
    return _is_form(word, _ordinary())


@lru_cache(maxsize=65_536)
def is_in_dictionary(word: str) -> bool:
    """Whether the word, in some form, is any word of English: auxiliary, moose, but also gore and grant."""
    return is_common(word) or _is_form(word, _dictionary())


def is_ordinary(word: str) -> bool:
    """Whether a language would translate the word rather than keep it: a common one, Monday, German, London."""
    plain = bare(word)
    return is_common(word) or _translated().fullmatch(plain) is not None or _of_territory(plain)
