"""English words that are no names though they may have a capital: of the dictionary, the calendar, of nations."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
INFLECTIONS = ("s", "es", "ing", "ed")
"""Endings that a word of the lists may have."""
_STEM, _ENDING = 5, 2
# Before a word of four letters or more: ultrafast, cybersecurity.
_PREFIX = re.compile("^(?:ultra|super|semi|multi|anti|cyber|nano|photo|electro|mega)(?=....)")

# Translated by meaning in most languages, and not in lower case in English.
_TRANSLATED = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october"
    r"|november|december|christmas|easter|europ\w*|asia\w*|africa\w*|america\w*|oceania|arctic|antarctica?|atlantic"
    r"|pacific|mediterranean|baltic|balkans?|caribbean|alps|earth|mars|venus|jupiter|saturn|scot\w+|wales|welsh|england"
    r"|english\w*|britons?|british|britain|dutch\w*|kurd\w*|catal\w+|basques?|bavaria\w*|saxony|prussia\w*|burgundy"
    r"|normandy|brittany|tuscany|sicily|sardinia|corsica|crete|flanders|flemish|german\w*|swedes?|danes?|danish|poles?"
    r"|polish|finns?|finnish|spaniards?|spanish|greeks?|greece|turks?|turkish|french\w*|swiss|slav\w*|latin\w*|nordic"
    r"|scandinavia\w*|iceland\w*|norwegians?|arab\w*|jew\w*|judai\w*|sikh\w*|muslim\w*|islam\w*|christian\w*|catholic\w*|protestant\w*"
    r"|methodist\w*|bible|biblical|hindu\w*|buddhis\w*|roman\w*|rome|egypt\w*|chin\w+|japan\w*|korea\w*|myanmar|burm\w+"
    r"|athens|cologne|munich|nuremberg|vienna|prague|warsaw|cracow|moscow|london|lisbon|copenhagen|brussels|antwerp"
    r"|bruges|ghent|hague|venice|florence|milan|naples|turin|genoa|geneva|zurich|lucerne|jerusalem|bethlehem|beijing"
    r"|peking|nanjing|canton|cairo|alexandria|damascus|mecca|tangier|algiers|havana|seville|zaragoza|thames|danube|rhine"
    r"|nile|tokyo|seoul|pyongyang|istanbul|bucharest|belgrade|sofia|tehran|baghdad|delhi|mumbai|kyiv|kiev|kremlin"
    r"|whitehall|mister|prof|jesus|christ|internet|renaissance|olympics?|republicans?|democrats?|labour|tory|tories"
    r"|united|states|kingdom|supreme|congress|prix|superintendent|symphony|brewery|cyclone|janissar\w+|cretaceous|aegean"
    r"|cesarean|federation|metropolitan|geological|dynasty|speedway|senate|corps|vikings?|sanskrit|aryan|uighur|irish|ireland|hungar\w+|norw\w+|croat\w+|serb\w+|bosnia\w*|sloven\w+|czech\w*|basic"
    r"|memoranda|york|brexit|democratic|institutes?|premier\w*|magistrates?|mandarin|prosecution|episcopal|halloween|protector"
    r"|majesty|boutique|enlightenment|reformation|botanic\w*|championships?|communis\w*|socialis\w*|nazis?|soviets?|nato|empire|fahrenheit|celsius"
    # kinds of places, parts of many a name: Cologne Cathedral, Saga Prefecture, the Grand Canyon
    r"|(?:township|borough|municipal\w*|prefectur(?:e|al)|oblast|governorate|voivodeship|subdistrict|canyon|gorge"
    r"|lagoon|archipelago|isthmus|estuary|cove|fjord|inlet|swamp|savanna|ridge|geyser|boulevard|promenade|motorway"
    r"|turnpike|aqueduct|viaduct|lighthouse|airfield|aerodrome|garrison|citadel|abbey|priory|convent|cathedral|synagogue"
    r"|mausoleum|cemetery|velodrome|gymnasium|auditorium|gallery|archive|seminary|polytechnic|conservatory|planetarium"
    r"|aquarium|zoo|hippodrome|racecourse)s?",
    re.IGNORECASE,
)


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
    return is_common(word) or _TRANSLATED.fullmatch(plain) is not None or _of_territory(plain)
