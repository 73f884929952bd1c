"""Whether an English sentence names a place, be it by what its people and things are called: Norway, Norwegian."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text.names.countries import names_country
from pipeline.text.names.romanise import plain

# Those that no ending makes.
_IRREGULAR = {
    "rome": r"romans?",
    "denmark": r"danish|danes?|danelaw",
    "ireland": r"irish",
    "greece": r"greeks?|hellenic",
    "norway": r"norwegians?|norse",
    "wales": r"welsh",
    "scotland": r"scots?|scottish",
    "finland": r"finnish|finns?",
    "iceland": r"icelandic",
    "catalonia": r"catalans?",
    "naples": r"neapolitans?",
    "venice": r"venetians?",
    "moscow": r"muscovites?",
    "manchester": r"mancunians?",
    "vatican": r"holy see",
    "czech republic": r"czechs?|czechia",
    "croatia": r"croats?",
    "serbia": r"serbs?",
    "slovakia": r"slovaks?",
    "cyprus": r"cypriots?",
    "peru": r"peruvians?",
    "congo": r"congolese",
    "lebanon": r"lebanese",
    "argentina": r"argentin\w+",
    "burkina faso": r"burkinabe",
    "madagascar": r"malagasy",
    "europe": r"eu",
    "north america": r"american",
    "barcelona": r"barca",
    "mecca": r"makkah",
    "kyiv": r"kiev",
    "odesa": r"odessa",
    "kharkiv": r"kharkov",
    "lviv": r"lvov",
    "mumbai": r"bombay",
    "kolkata": r"calcutta",
    "chennai": r"madras",
    "bengaluru": r"bangalore",
    "macau": r"macao",
    "philippines": r"filipin\w+",
    "tibet": r"tibetans?",
    "united kingdom": r"britons?|english|scottish",
    "kazakhstan": r"kazakhs?",
    "uzbekistan": r"uzbeks?",
    "tajikistan": r"tajiks?",
    "turkmenistan": r"turkmens?",
    "kyrgyzstan": r"kyrgyz",
    "bangladesh": r"bangladeshis?",
    "new york": r"nyc|ny",
    "los angeles": r"la",
    "united arab emirates": r"emirat\w+|uae",
    "crimea": r"crimean",
}
_ENDINGS = "(?:n|an|ian|ean|ese|i|ic|ish|er|ine|ite|nese)?s?"


@lru_cache(maxsize=4096)
def _pattern(place: str) -> re.Pattern[str]:
    name = plain(place).removeprefix("the ")
    last = name.split()[-1]
    stem = re.sub("(?:ium|ia|a|e|o|y|s)$", "", last) if len(last) > 4 else last
    known = [name, name.removesuffix(last) + f"(?:{re.escape(last)}|{re.escape(stem)}){_ENDINGS}"]
    if name in _IRREGULAR:
        known.append(_IRREGULAR[name])
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)")


def names_place(place: str, english: str) -> bool:
    """Whether `english` names the place, its people or what is theirs."""
    return names_country(place, english) or _pattern(place).search(plain(english)) is not None
