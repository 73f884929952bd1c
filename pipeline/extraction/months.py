"""Which month a name means, in the language of a page or in all of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from pipeline.language.codes import base, normalise
from pipeline.language.facts import facts, known
from pipeline.language.other_calendars import Calendar
from pipeline.language.scripts import LANGUAGES
from pipeline.language.times import Month

_ORDER: tuple[Month, ...] = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
# One letter to readers and to typists, two to Unicode.
_ALIKE = str.maketrans("أإآٱيىك", "ااااییک")


def month(name: str, language: str | None, *, solar: bool = False) -> int | None:
    """The month a name means in `language`, or else in all other languages that know it; None where they differ.

    Args:
        name: one word or two, in any case.
        language: BCP 47 code.
        solar: of the Iranian calendar: آذر is a month of autumn there and March in Damascus.
    """
    key = _key(name)
    own = _months_of(base(normalise(language)), solar).get(key) if language else None
    if own is not None:
        return own
    # መስከረም is September in Tigrinya and a month of the Ethiopian year in Amharic.
    if key in _other_meanings():
        return None
    meanings = _meanings(solar).get(key, ())
    return meanings[0] if len(meanings) == 1 else None


def other_months(name: str, language: str | None) -> tuple[tuple[Calendar, int], ...]:
    """The months of other calendars that a name means: in `language`, or in all languages where it can be nothing else.

    Args:
        name: one word or two, in any case.
        language: BCP 47 code.
    """
    key = _key(name)
    own = _other_months_of(base(normalise(language))) if language else {}
    if key in own:
        return own[key]
    return () if key in _meanings(False) else _other_meanings().get(key, ())


@cache
def _other_meanings() -> dict[str, tuple[tuple[Calendar, int], ...]]:
    """In all languages. Nepal's months are those of Indian almanacs, too, which count other years."""
    names: dict[str, dict[tuple[Calendar, int], None]] = {}
    for code in known():
        for name, meanings in _other_months_of(code).items():
            names.setdefault(name, {}).update({each: None for each in meanings if each[0] != "bikram_sambat"})
    return {name: tuple(meanings) for name, meanings in names.items() if meanings}


@cache
def _other_months_of(code: str) -> dict[str, tuple[tuple[Calendar, int], ...]]:
    found: dict[str, tuple[tuple[Calendar, int], ...]] = {}
    for calendar, months in facts(code).months.other.items():
        for number, names in enumerate(months, 1):
            for name in names:
                found[_key(name)] = (*found.get(_key(name), ()), (calendar, number))
    return found


@cache
def _meanings(solar: bool) -> dict[str, tuple[int, ...]]:
    """The months that a name or abbreviation means in languages that have a file or a script of their own.

    Of others the page has to say that it is in them: they would make many a short word a month.
    """
    names: dict[str, set[int]] = {}
    for code in {*known(), *(language for group in LANGUAGES.values() for language in group)}:
        for name, number in _months_of(code, solar).items():
            names.setdefault(name, set()).add(number)
    return {name: tuple(sorted(numbers)) for name, numbers in names.items()}


@cache
def _months_of(code: str, solar: bool) -> dict[str, int]:
    """Names and abbreviations in a language, with what may be written onto them."""
    section = facts(code).months
    found: dict[str, int] = {}
    for name, number in _solar(section.solar_hijri) if solar else (*_locale(code), *_ours(code)):
        found.setdefault(_key(name), number)
    for prefix in section.prefixes:
        for name, number in tuple(found.items()):
            found.setdefault(prefix + name, number)
    return found


def _solar(months: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, int]]:
    return ((name, number) for number, names in enumerate(months, 1) for name in names)


def _ours(code: str) -> Iterator[tuple[str, int]]:
    section = facts(code).months
    for names in (section.names, section.regional):
        yield from ((form, _ORDER.index(name) + 1) for name, forms in names.items() for form in forms)


def _locale(code: str) -> Iterator[tuple[str, int]]:
    """What the Unicode locale data have, which know Tagalog as Filipino."""
    from babel import Locale
    from babel.localedata import exists

    locale = {"tl": "fil"}.get(code, code)
    if not exists(locale):
        return
    months = Locale.parse(locale).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from ((name, number) for number, name in months[context][width].items() if not name[:1].isdigit())


def _key(name: str) -> str:
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", name).casefold().translate(_ALIKE)
        # Vowel signs of Arabic and Hebrew are written or not.
        if not (unicodedata.category(character) == "Mn" and "\u0590" <= character <= "\u065f")
    )
    return " ".join(plain.split()).strip(".'’")
