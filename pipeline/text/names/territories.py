"""Countries and territories that a translation names, against what the Unicode CLDR calls them in the source language.

For the languages that `countries` has no table for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from pipeline.language.codes import UNKNOWN, normalise, script, writes_without_spaces
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.countries import has_countries, is_country
from pipeline.text.names.romanise import fold, plain_letters

_BETWEEN = re.compile(r"[\s,()’'-]+")
# Endings change and adjectives are derived: this share of a name has to stand in the source, so many letters at least.
_STEM = 0.6
_SHORTEST_STEM = 3
_SOUNDS_ALIKE = 0.8
_SHORTEST_SOUND = 5
# Scripts in which a name begins a word, but for articles and prepositions that Arabic and Hebrew write with it.
_JOINED = {"Arab": r"\w{0,4}", "Hebr": r"\w{0,3}"}
_CONTINENTS = {"europe": "150", "asia": "142", "africa": "002"}
# Said of their people or of their language, or without the country's name: America, Britain, the Emirates.
_SKIPPED = frozenset({"US", "GB", "AE", "XK", "EU", "UN", "GE", "JO", "TD"})


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    names = {name.replace("St. ", "Saint ").casefold(): code for code, name in Locale("en").territories.items()}
    called = [(form.casefold(), code) for code, forms in facts("en").countries.called.items() for form in forms]
    shared = Counter(form for form, _ in called)
    # Two countries are Congo.
    names |= {form: code for form, code in called if shared[form] == 1}
    return {name: code for name, code in names.items() if len(code) == 2 and code not in _SKIPPED} | _CONTINENTS


@cache
def territory_names(language: str) -> Mapping[str, str]:
    """What a language calls countries and territories, by ISO 3166 code, from the Unicode CLDR; empty where unknown."""
    from babel import Locale, UnknownLocaleError

    if normalise(language) == UNKNOWN:
        return {}
    try:
        names: Mapping[str, str] = Locale.parse(normalise(language).replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return names


_LAND = re.compile("(?<=...)(?:an)?ista[no]$")


@cache
def _stems(code: str, language: str) -> tuple[str, ...]:
    """How the words of a country's name begin in a language: its longest one, and others that are long enough."""
    name = re.sub(r"\(.*", "", plain_letters(territory_names(language).get(code, "")))
    # The article of Arabic is joined to the word, and loses a letter behind a preposition: للبرازيل.
    words = [word.removeprefix("ال") for word in _BETWEEN.split(name) if word]
    longest = max(words, key=len, default="")
    stems = [
        # Afeganistão and afegã: the people go without the land.
        _LAND.sub("", word) if _LAND.search(word) else _begins(word, _STEM)
        for word in words
        if (word == longest and len(word) >= _SHORTEST_STEM) or len(word) > _SHORTEST_STEM
    ]
    return (*stems, *map(plain_letters, facts(language).countries.begins.get(code, ())))


def _begins(word: str, share: float) -> str:
    return word[: max(_SHORTEST_STEM, round(len(word) * share))]


# Names that are words, other names or parts of them in some language.
_AMBIGUOUS = frozenset(
    {"GN", "GW", "GQ", "PG", "NE", "ML", "TD", "CU", "OM", "TG", "JO", "GE", "CG", "CD", "DM", "LC", "AS", "WS"}
)
# Letters of a name that is looked for in a source: shorter ones are parts of other words.
_SHORTEST_NAME = {"Latn": 5, "Cyrl": 6, "Grek": 6, "Hans": 3, "Hant": 3, "Jpan": 4, "Hang": 4, "Thai": 6}
_SHARE_OF_ENGLISH = 0.5


@cache
def _natives(language: str) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Name, its pattern in the source and what then has to stand in the English, for names of one word."""
    least = _SHORTEST_NAME.get(script(language), 0)
    territories = territory_names(language) if least else {}
    begins_in_english = facts("en").countries.begins
    found = []
    for name, code in _codes().items():
        native = str(territories.get(code, ""))
        # Numbers stand for continents.
        if code in _AMBIGUOUS or code.isdigit() or len(native) < least or not native.isalpha():
            continue
        # Capital, the word as it is or with another ending.
        inflected = rf"(?<!\w){re.escape(native[:-1])}\w{{0,3}}(?!\w)"
        source = re.escape(native) if writes_without_spaces(language) or not native.istitle() else inflected
        longest = max(_BETWEEN.split(plain_letters(name)), key=len)
        begins = longest[: max(4, round(len(longest) * _SHARE_OF_ENGLISH))]
        english = "|".join((re.escape(begins), *begins_in_english.get(code, ())))
        found.append((native, re.compile(source), re.compile(rf"\b(?:{english})")))
    return tuple(found)


@cache
def _any_native(language: str) -> re.Pattern[str] | None:
    """How each name begins: bare letters, which are found ten times as fast as the patterns."""
    begins = [re.escape(native[:-1]) for native, _, _ in _natives(language)]
    return re.compile("|".join(begins)) if begins else None


def check_lost_territories(judged: Judged) -> list[Doubt]:
    """A doubt "name-lost" for each country that the source names and the English does not, in any form of its name.

    Longer names in one word only, in the scripts where such a name is no part of another word; none that the source of
    a term gives, which is judged as a term.
    """
    source, language, english = judged.source, judged.language, judged.english
    any_name = _any_native(language)
    if any_name is None or not any_name.search(source):
        return []
    target = plain_letters(english)
    given = "\n".join(judged.term_sources)
    return [
        Doubt("name-lost", f"the country “{native}” is missing from the English")
        for native, pattern, wanted in _natives(language)
        if pattern.search(source) and not wanted.search(target) and not pattern.search(given)
    ]


def _is_heard(name: str, text: str) -> bool:
    """Whether a word of the text sounds like a name; not two together: "los reconocidos" begins like Russia."""
    sound = fold(name)
    return len(sound) >= _SHORTEST_SOUND and any(_begins(sound, _SOUNDS_ALIKE) in fold(word) for word in text.split())


def _begins_word(stem: str, text: str, language: str) -> bool:
    # A short one is part of many words.
    if writes_without_spaces(language) or len(stem) > _SHORTEST_STEM:
        return stem in text
    return re.search(rf"(?<!\w){_JOINED.get(script(language), '')}{re.escape(stem)}", text) is not None


def _name(place: str) -> str:
    return re.sub(r"^[Tt]he |['’]s$", "", place)


@cache
def _any_english() -> re.Pattern[str]:
    names = sorted(_codes(), key=len, reverse=True)
    # New Mexico, Northern Ireland and the like are others.
    before = r"(?<!New )(?<!Northern )(?<!North )(?<!South )(?<!West )(?<!East )(?<!Papua )(?<!Indo-)"
    named = rf"(?:{'|'.join(map(re.escape, names))})(?![\w-]| Sea| Ocean)"
    return re.compile(rf"(?-i:(?=[A-Z\u00c0-\u00de])){before}(?<![\w-]){named}", re.IGNORECASE)


def territories_in(english: str) -> list[str]:
    """Countries and territories that an English text names, as it writes them."""
    return [match[0] for match in _any_english().finditer(english)]


def is_territory(place: str) -> bool:
    """Whether an English name is that of a country or territory."""
    return _name(place).casefold() in _codes()


def check_territories(judged: Judged) -> list[Doubt]:
    """A doubt "country-invented" for each country of the English that neither source nor context names.

    Those that `check_countries` judges are left to it.
    """
    language = judged.language
    named = [*filter(is_territory, judged.names.places), *territories_in(judged.english)]
    if has_countries(language):
        named = [place for place in named if not is_country(place)]
    doubts: list[Doubt] = []
    names = dict.fromkeys(map(_name, named))
    text = plain_letters(f"{judged.source}\n{judged.context}") if names else ""
    for name in names:
        code = _codes().get(name.casefold())
        stems = _stems(code, language) if code else ()
        if not stems or any(_begins_word(stem, text, language) for stem in stems):
            continue
        if name.casefold() in text or name.casefold().replace(" ", "") in text:
            continue
        if script(language) != "Latn" and _is_heard(name, text):
            continue
        doubts.append(Doubt("country-invented", f"“{name}” is not in the source"))
    return doubts
