"""How often a text names a place: in English by its name and its people, in other languages by what they call it.

For choosing articles, so a name that is part of other words does not count; the checks of translations, which ask
whether a name can be meant at all, are more lenient.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from pipeline.language.codes import script, writes_without_spaces
from pipeline.language.facts import facts
from pipeline.text.names.demonyms import times_named
from pipeline.text.names.territories import territory_names

# Endings of cases and of what is of a place, in scripts that write words apart; Hangul takes any.
_ENDING = {"Latn": r"\w{0,6}", "Cyrl": r"\w{0,6}", "Grek": r"\w{0,4}", "Hang": r"\w*"}
# What is written together with the word that follows: articles and prepositions.
_JOINED = {"Arab": r"\w{0,3}", "Hebr": r"\w{0,3}"}
# Shorter names begin other words, so they keep their last letter and take short endings only: Mali is not in malicia.
_LONG = 6
_SHORT_ENDING = r"\w{0,2}"


def times_in(place: str, text: str, language: str) -> int:
    """How often a text in a language (BCP 47 code) names a place.

    Args:
        place: its name in English. A country is looked for as the Unicode CLDR calls it in the language, another place
            as it is written here.
    """
    if language == "en":
        return times_named(place, text)
    # Two spellings of one word.
    return len(_native(place, language).findall(text.casefold().replace("臺", "台")))


@lru_cache(maxsize=4096)
def _native(place: str, language: str) -> re.Pattern[str]:
    code = _codes().get(place.casefold().removeprefix("the "))
    called = str(territory_names(language).get(code, "")) if code else ""
    names = dict.fromkeys(name.casefold().replace("臺", "台") for name in (called, place) if name)
    return re.compile("|".join(_form(name, language) for name in names))


def _form(name: str, language: str) -> str:
    if writes_without_spaces(language):
        return re.escape(name)
    writing = script(language)
    ending, stem = _ENDING.get(writing, ""), name
    if ending and writing != "Hang":
        ending, stem = (ending, name[:-1]) if len(name) >= _LONG else (_SHORT_ENDING, name)
    return rf"(?<!\w){_JOINED.get(writing, '')}{re.escape(stem)}{ending}(?!\w)"


@cache
def _codes() -> Mapping[str, str]:
    """ISO 3166 code by the English name of a country or territory, as the CLDR and newspapers call it."""
    from babel import Locale

    names = {str(name).casefold(): code for code, name in Locale("en").territories.items() if len(code) == 2}
    called = {form.casefold(): code for code, forms in facts("en").countries.called.items() for form in forms}
    return {**called, **names}
