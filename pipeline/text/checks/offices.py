"""Offices that small models raise or lower: a prime minister who becomes president, a deputy who becomes minister."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged


@dataclass(frozen=True, slots=True)
class _Office:
    """An office in English.

    Attributes:
        name: of the words for it in a language's file.
        english: what a translation calls it, a regular expression.
        not_after: English before it that makes it another office.
    """

    name: str
    english: str
    not_after: str = ""


_OFFICES: Final = (
    _Office(
        "deputy",
        r"(?:[Vv]ice(?=[- ](?:[Pp]resident|[Pp]remier|[Mm]inister|[Cc]hair|[Mm]ayor|[Gg]overnor))|[Dd]eputy"
        r"|Under[- ]?Secretary|Assistant Secretary)",
    ),
    _Office(
        "president",
        r"(?<![Vv]ice )(?<![Vv]ice-)[Pp]residen(?:ts?|cy|tial)",
    ),
    _Office(
        "prime_minister",
        r"(?:[Pp]rime [Mm]inisters?|Premiers?(?! League))",
    ),
    _Office(
        "minister",
        "[Mm]inisters?",
        # "Deputy Foreign Minister" is a deputy; in "Deputy Minister and Minister of Economy" the second is none.
        not_after=r"(?:[Pp]rime|[Dd]eputy|[Vv]ice|[Aa]ssistant|[Ff]irst|[Jj]unior)[- ]"
        r"(?:(?!Minister)(?:[A-Z][\w'-]*|and|of|the),? ){0,6}",
    ),
    _Office(
        "mayor",
        "[Mm]ayors?",
    ),
    _Office(
        "governor",
        "[Gg]overnors?",
    ),
    _Office(
        "senator",
        "[Ss]enators?",
    ),
    _Office(
        "ambassador",
        "[Aa]mbassadors?",
    ),
    _Office(
        "king",
        r"(?:King(?= [A-Z])|(?<=[Tt]he )King)",
        # King is a surname too.
        not_after=r"\b[A-Z][\w.-]{0,30} ",
    ),
)


# In lower case; what an office is called in English has one of them.
_SIGNS: Final = (
    *("vice", "deputy", "secretary", "presiden", "prime", "premier", "minister", "mayor", "governor"),
    *("senator", "ambassador", "king"),
)


@cache
def _patterns(code: str) -> list[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None]]:
    """Of each office what stands for it in a language, its English, and what makes that another office."""
    words: dict[str, tuple[str, ...]] = dict(facts(code).offices)
    return [
        (
            re.compile("|".join(words[office.name]), re.IGNORECASE),
            re.compile(rf"\b{office.english}\b"),
            re.compile(rf"{office.not_after}\Z") if office.not_after else None,
        )
        for office in _OFFICES
        if words[office.name]
    ]


def check_offices(judged: Judged) -> list[Doubt]:
    """A doubt "office-changed" for each high office in the English for which the source has no word, or too few.

    English may say an office once more than the source, which has a pronoun or nothing there: in 2,996 sentences of
    Korean news (Park) and 1,000 of NTREX-128 in seventeen languages no translation by hand does so more than once.

    Judged where a language tells its words for the office; one in Latin letters (Vice President) may stand in a source
    of any script.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    lowered = english.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return []
    doubts: list[Doubt] = []
    folded = source.casefold()
    for words, office, not_after in _patterns(base(source_language)):
        said = [
            match[0]
            for match in office.finditer(english)
            if not (not_after and not_after.search(english, 0, match.start())) and match[0].casefold() not in folded
        ]
        if not said:
            continue
        named = sum(1 for _ in words.finditer(source))
        if not named:
            doubts.append(Doubt("office-changed", f"the source has no “{said[0]}”"))
        elif len(said) > named + 1:
            doubts.append(Doubt("office-changed", f"“{said[0]}” is there {len(said)} times, in the source {named}"))
    return doubts
