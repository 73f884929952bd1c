"""Institutions that a translation puts in: a ministry, a party, a court for which the source has no word."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

# What an institution is called in English, by the name of the words for it in a language's file.
_INSTITUTIONS: Final = {
    "ministry": r"Ministr(?:y|ies)",
    "party": r"Part(?:y|ies)",
    "parliament": "Congress|Parliament|Assembly|Duma",
    "council": r"Councils?|Commissions?|Committees?",
    "court": r"Courts?",
    "university": r"Universit(?:y|ies)",
    # The West Bank is none.
    "bank": r"(?<!West |East |Left )(?<!South |North |Right |Outer )Banks?",
}
# The word in a name: "Party officials" and "the court" are not judged.
_BEFORE = r"(?!(?:The|An?) )(?:[A-Z\u00c0-\u00de][\w.'’-]*[ -](?:and |for )?){1,6}"
# Initials are those of any institution: CDU, IOC, ЛДПР.
_INITIALS = r"(?-i:(?<![^\W_])[A-ZÀ-ÞŞİĞĄĆĘŁŃŚŹŻА-ЯІЇЄ]{2,6}(?![^\W_]))"
_AFTER = r" (?:of|for|on) (?:the )?[A-Z\u00c0-\u00de][\w-]+"
_ANY: Final = re.compile("|".join(_INSTITUTIONS.values()))


@cache
def _patterns(code: str) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Of each institution its name in English, and what may stand for it in a language, the English word among it."""
    told: dict[str, tuple[str, ...]] = dict(facts(code).institutions)
    return [
        (
            re.compile(rf"\b(?:{_BEFORE}(?:{head})|(?:{head}){_AFTER})\b"),
            re.compile("|".join((*told[name], head, _INITIALS, *told["initials"])), re.IGNORECASE),
        )
        for name, head in _INSTITUTIONS.items()
        if told[name]
    ]


def check_institutions(judged: Judged) -> list[Doubt]:
    """A doubt "name-invented" for each kind of institution that the English names and for which the source has no word.

    Judged where a language tells its words for the institution. On the human translations of FLORES-200 dev and
    NTREX-128, with some 63 institutions in 1,997 sentences, none to two in a language are doubted, most of them put in
    by the translator. An institution of a term of the sentence is right.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    if not _ANY.search(english):
        return []
    given = " ".join(judged.term_english)
    doubts: list[Doubt] = []
    for institution, words in _patterns(base(source_language)):
        said = institution.search(english)
        if said and not words.search(source) and not institution.search(given):
            doubts.append(Doubt("name-invented", f"nothing in the source names “{said[0]}”"))
    return doubts
