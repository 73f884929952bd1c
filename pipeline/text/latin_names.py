"""Names in translations from languages in Latin script, where a name keeps its letters.

Word by word: "Alonso" has a word like it in the Spanish, Polish or Vietnamese sentence, or the translation has put
somebody else in. Words that a language translates (University, Monday, Germany) are told from names by a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.languages import script
from pipeline.text.countries import is_country
from pipeline.text.doubts import Doubt
from pipeline.text.numbers.digits import base, blank_links
from pipeline.text.romanise import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORTEST = 4
# Measured on FLORES-200 dev in German, Spanish and Vietnamese: of the persons that the recogniser finds in the human
# translations 3 in 1,000 have a word less like every word of the source.
_LIKE_PERSON = 0.7
_LIKE = 0.5
_LIKE_SOURCE = 0.6
_STEM = 5
_SOUNDS = 0.8
_SHORTEST_SOUND = 5
# More than any sentence; what is longer is a loop or no sentence.
_LONGEST = 4_000
# A word with a capital after one of these begins a sentence or a quotation: its capital says nothing.
_BEFORE_START = ".!?:;\"“”«»„'‘’-–—(["
_CAPITALISES_NOUNS = frozenset({"de", "lb", "nds", "bar", "gsw"})

# Translated by meaning in most languages, and not in lower case in English.
_TRANSLATED = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october"
    r"|november|december|christmas|easter|europ\w*|asia\w*|africa\w*|america\w*|oceania|arctic|antarctica?|atlantic"
    r"|pacific|mediterranean|baltic|balkans?|caribbean|alps|earth|mars|venus|jupiter|saturn|scot\w+|wales|welsh|england"
    r"|english\w*|britons?|british|britain|dutch\w*|kurd\w*|catal\w+|basques?|bavaria\w*|saxony|prussia\w*|burgundy"
    r"|normandy|brittany|tuscany|sicily|sardinia|corsica|crete|flanders|flemish|german\w*|swedes?|danes?|danish|poles?"
    r"|polish|finns?|finnish|spaniards?|spanish|greeks?|greece|turks?|turkish|french\w*|swiss|slav\w*|latin\w*|nordic"
    r"|scandinavia\w*|iceland\w*|norwegians?|arab\w*|jew\w*|muslim\w*|islam\w*|christian\w*|catholic\w*|protestant\w*"
    r"|methodist\w*|bible|biblical|hindu\w*|buddhis\w*|roman\w*|rome|egypt\w*|chin\w+|japan\w*|korea\w*|myanmar|burm\w+"
    r"|athens|cologne|munich|nuremberg|vienna|prague|warsaw|cracow|moscow|london|lisbon|copenhagen|brussels|antwerp"
    r"|bruges|ghent|hague|venice|florence|milan|naples|turin|genoa|geneva|zurich|lucerne|jerusalem|bethlehem|beijing"
    r"|peking|nanjing|canton|cairo|alexandria|damascus|mecca|tangier|algiers|havana|seville|zaragoza|thames|danube|rhine"
    r"|nile|tokyo|seoul|pyongyang|istanbul|bucharest|belgrade|sofia|tehran|baghdad|delhi|mumbai|kyiv|kiev|kremlin"
    r"|whitehall|mister|prof|jesus|christ|internet|renaissance|olympics?|republicans?|democrats?|labour|tory|tories"
    r"|united|states|kingdom|supreme|congress|prix|superintendent|symphony|brewery|cyclone|janissar\w+|cretaceous|aegean"
    r"|cesarean|federation|metropolitan|geological|dynasty|speedway|senate|corps|vikings?|sanskrit|aryan|uighur|irish|ireland|hungar\w+|norw\w+|croat\w+|serb\w+|bosnia\w*|sloven\w+|czech\w*|basic"
    r"|communis\w*|socialis\w*|nazis?|soviets?|nato|empire|fahrenheit|celsius",
    re.IGNORECASE,
)


@cache
def _ordinary() -> frozenset[str]:
    """Printed by tests/benchmarks/ordinary_words.py."""
    text = files("pipeline.text").joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _territory_stems() -> frozenset[str]:
    """How the names of countries begin, and those of their people with them, from the Unicode CLDR."""
    from babel import Locale

    names = " ".join(Locale("en").territories.values())
    return frozenset(_plain(word)[:_STEM] for word in _WORD.findall(names) if len(word) >= _STEM)


def _is_ordinary(word: str) -> bool:
    plain, known = _plain(word), _ordinary()
    return plain in known or any(
        plain.endswith(end) and plain[: -len(end)] in known for end in ("s", "es", "ing", "ed")
    )


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    from anyascii import anyascii

    return re.sub(r"['’]s?$", "", anyascii(word).lower())


def has_latin_names(language: str) -> bool:
    """Whether names in texts of this language are written as in English, or nearly."""
    return script(language) == "Latn"


def check_latin_names(
    source: str, language: str, english: str, persons: Iterable[str] = (), terms: Iterable[tuple[str, str]] = ()
) -> list[Doubt]:
    """Doubts "name-invented" about names in the English that no word of the source resembles.

    Args:
        persons: names of persons in `english`, as a recogniser finds them; each of their words is judged. Of other
            words those with a capital inside a sentence that are no ordinary word, if a name of the source is missing
            in turn.
        terms: (source, English) pairs that hold for this sentence; the words of their English are right.
    """
    if not has_latin_names(language):
        return []
    source, english = source[:_LONGEST], english[:_LONGEST]
    given = " ".join(target for _, target in terms)
    own = _Words(f"{source}\n{given}")
    found: dict[str, Doubt] = {}
    for person in dict.fromkeys(persons):
        words = [word for word in _WORD.findall(person) if _is_name(word)]
        if not all(own.like(word, _LIKE_PERSON) for word in words):
            found[person] = Doubt("name-invented", f"nothing in the source sounds like “{person}”")
    strange = [] if found else [word for word in dict.fromkeys(_inside(english)) if not own.like(word, _LIKE)]
    if strange and _lacks_a_name(source, language, english):
        found.update({word: Doubt("name-invented", f"nothing in the source sounds like “{word}”") for word in strange})
    return list(found.values())


class _Words:
    """The different words of a text, to ask for one like another."""

    def __init__(self, text: str) -> None:
        self._spelt = sorted({_plain(word) for word in _WORD.findall(text)})
        self._sounds = sorted({fold(word) for word in self._spelt})

    def like(self, word: str, least: float) -> bool:
        """Whether some word is spelt like `word`, to this share of its letters, or sounds like it.

        By sound Owieczkin is Ovechkin and Felluce Fallujah.
        """
        sound = fold(word)
        return _any_like(_plain(word), self._spelt, least) or (
            len(sound) >= _SHORTEST_SOUND and _any_like(sound, self._sounds, _SOUNDS)
        )


def _any_like(word: str, others: Sequence[str], least: float) -> bool:
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    return process.extractOne(word, others, scorer=Indel.normalized_similarity, score_cutoff=least) is not None


def _lacks_a_name(source: str, language: str, english: str) -> bool:
    """Whether a word with a capital inside a sentence of the source has none like it in the English."""
    if base(language) in _CAPITALISES_NOUNS:
        return True
    theirs = _Words(english)
    return not all(theirs.like(word, _LIKE_SOURCE) for word in dict.fromkeys(_capitals(source)))


def _is_name(word: str) -> bool:
    return (
        len(word) >= _SHORTEST
        and word[0].isupper()
        and not word.isupper()
        and not _is_ordinary(word)
        and not _TRANSLATED.fullmatch(_plain(word))
        and not is_country(word)
        and _plain(word)[:_STEM] not in _territory_stems()
    )


def _capitals(text: str) -> Iterator[str]:
    text = blank_links(text)
    for match in _WORD.finditer(text):
        before = text[max(0, match.start() - 3) : match.start()].rstrip()
        if match[0][0].isupper() and len(match[0]) >= _SHORTEST and before and before[-1] not in _BEFORE_START:
            yield match[0]


def _inside(english: str) -> list[str]:
    """Words that must be names: a capital inside a sentence, and no other reason for it."""
    words = _WORD.findall(english)
    lower = sum(word.islower() for word in words)
    # A headline has a capital for every word.
    return [word for word in _capitals(english) if _is_name(word)] if lower * 3 >= len(words) else []
