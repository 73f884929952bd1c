"""Persons and places that an English sentence names, and whether its source names them."""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.codes import script
from pipeline.language.scripts import simplified
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.capitals import names_in
from pipeline.text.names.countries import is_country
from pipeline.text.names.latin import has_latin_names
from pipeline.text.names.lexicon import exonyms
from pipeline.text.names.lexicon import places as places_by_name
from pipeline.text.names.ordinary import WORD, is_common, is_ordinary, without_genitive
from pipeline.text.names.sounds import is_heard, is_judged, is_named, words_of
from pipeline.text.names.territories import is_territory, territory_names


def check_names(judged: Judged) -> list[Doubt]:
    """Doubts about persons named in an English sentence for whom its source has nothing that sounds like them.

    A person is accepted where a term of the sentence gives the name, whole or by its last word. For languages that
    `sounds.is_judged` does not know nothing is doubted; for those in Latin letters see `check_latin_names`.
    """
    source, language = judged.source, judged.language
    if not is_judged(language) or has_latin_names(language):
        return []
    given = {word for english in judged.term_english for word in words_of(english)}
    doubts: list[Doubt] = []
    for person in dict.fromkeys(judged.names.persons):
        # The recogniser takes many an abbreviation for a person.
        if re.search(r"\b[A-Z]{2,}\b", person) and person.split()[-1].isupper():
            continue
        words = words_of(person)
        if all(map(is_ordinary, words)) or words[-1] in given or is_named(person, source, language):
            continue
        doubts.append(Doubt("name-invented", f"nothing in the source sounds like “{person}”"))
    return doubts


def check_capitals(judged: Judged) -> list[Doubt]:
    """Doubts about words that must be names though the recogniser did not say whose, where nothing sounds like them.

    Chinese is not judged: it names companies, newspapers and feasts by meaning.
    """
    source, language = judged.source, judged.language
    if not is_judged(language) or script(language) in ("Hans", "Hant", "Latn"):
        return []
    known = " ".join([*judged.names.persons, *judged.names.places, *judged.term_english])
    doubts: list[Doubt] = []
    for word in dict.fromkeys(names_in(judged.english)):
        if without_genitive(word) in known or is_heard(word, source, language):
            continue
        if not any(form in source for form in exonyms(without_genitive(word))):
            doubts.append(Doubt("name-invented", f"nothing in the source sounds like “{word}”"))
    return doubts


_SHORT = 3
# Regions of the world and the like, which languages name by meaning, not by sound.
_BY_MEANING = re.compile(
    r"(?:north|south|east|west|middle|central|asia|pacific|africa|europe|america|atlantic|ocean|sea|gulf|river|lake"
    r"|mount|mountain|islands?|strait|peninsula|city|county|district|province|state|region|world|earth|airport|bay|road"
    r"|caribbean|balkan|baltic|arctic|antarctic|mediterranean|scandinavia|sahara|himalaya|alps|levant|maghreb"
    r"|street|square|bridge|port|park|hall|house|dam|river|valley|bank|strip|capital|union|kingdom|republic"
    r"|mercury|venus|mars|jupiter|saturn|uranus|neptune|pluto"
    r"|yangtze|ganges|persian|arabian|hemisphere|northern|southern|eastern|western)s?",
    re.IGNORECASE,
)


def check_places(judged: Judged) -> list[Doubt]:
    """Doubts about places named in an English sentence for which neither source nor context has the sound or a term.

    Countries have a check of their own. Regions, seas and mountains that languages call by meaning are judged where the
    lexicon has their name in the language.
    """
    source, language, context = judged.source, judged.language, judged.context
    if not is_judged(language):
        return []
    given = " ".join(judged.term_english).casefold()
    doubts: list[Doubt] = []
    for place in dict.fromkeys(judged.names.places):
        if is_territory(place):
            continue
        name = without_genitive(place.removeprefix("the ").removeprefix("The "))
        # A recogniser takes many an aeroplane for a place.
        if not name[:1].isupper() or name.isupper() or re.search(r"\d", name):
            continue
        by_meaning = name in places_by_name() and all(map(_is_by_meaning, WORD.findall(name)))
        if by_meaning and not _has_form(name, source, language, context, given):
            doubts.append(Doubt("place-unverified", f"nothing in the source names “{place}”"))
        if by_meaning or is_country(name):
            continue
        words = [word for word in words_of(name) if not is_common(word) and not _BY_MEANING.fullmatch(word)]
        # War, law and bay are not on the list of common words, which has no short ones.
        telling = " ".join(words if " " not in name else [word for word in words if len(word) > _SHORT])
        if not telling or name.casefold() in given or name in source or is_named(telling, source, language):
            continue
        near = simplified(f"{source}\n{context}")
        if name in context or any(_stands(form, near) for form in _forms(name, language)):
            continue
        doubts.append(Doubt("place-unverified", f"nothing in the source sounds like “{place}”"))
    return doubts


def _is_by_meaning(word: str) -> bool:
    return is_common(word) or _BY_MEANING.fullmatch(word) is not None


def _has_form(name: str, source: str, language: str, context: str, given: str) -> bool:
    """Whether source or context have what the language calls a place of the lexicon; true where that is not known."""
    forms = places_by_name()[name].forms(language)
    near = simplified(f"{source}\n{context}").casefold()
    named = name.casefold()
    return not forms or named in given or named in near or any(simplified(form).casefold() in near for form in forms)


# In these scripts a name begins a word, and a short one (Rom, Nil) is one.
_SPACED = re.compile(r"[A-Z\u00c0-\u024f\u0370-\u052f]")
_WHOLE = 4


def _stands(form: str, text: str) -> bool:
    if not _SPACED.match(form):
        return form in text
    end = r"(?!\w)" if len(form) <= _WHOLE else ""
    return re.search(rf"(?<!\w){re.escape(form)}{end}", text) is not None


@cache
def _forms(place: str, language: str) -> tuple[str, ...]:
    """What a country or territory is called in a language, from the Unicode CLDR, and a city that sounds otherwise."""
    codes = [code for code, name in territory_names("en").items() if name.replace("St. ", "Saint ") == place]
    territories = territory_names(language)
    return (*(simplified(territories[code]) for code in codes if code in territories), *exonyms(place))
