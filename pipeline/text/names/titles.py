"""Offices that stand after a name, and before it in English: 이재명 대통령 is President Lee Jae-myung.

Told the name and the office apart, a small model leaves them in the order of a Korean source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.language.facts import facts, known
from pipeline.text.names.term_index import Term, stands_alone


@cache
def _title_words() -> frozenset[str]:
    """Words of offices as English puts them before a name, in lower case."""
    every = (facts(code).titles for code in known())
    said = (title for titles in every for title in (*titles.offices, *titles.after_name.values()))
    return frozenset(word.lower() for title in said for word in re.findall(r"\w+", title))


def without_title(words: Sequence[str]) -> list[str]:
    """The words (in lower case) that are the name itself."""
    return [word for word in words if word not in _title_words()] or [*words]


def with_titles(terms: Sequence[Term], sentence: str, language: str) -> list[tuple[str, str]]:
    """What a model is told of a sentence's terms, source and English: a person and the office after the name as one.

    A name, or an office, that stands in the sentence by itself as well is told by itself, too.
    """
    here, english = facts(language).titles, facts("en").titles
    apart = [(term.source, term.english) for term in terms]
    if not here.goes_on:
        return apart
    offices = {
        **{office: title for office, title in here.after_name.items() if title},
        **{term.source: term.english for term in terms if term.kind == "term" and term.english in english.offices},
    }
    listed = "|".join(map(re.escape, sorted(offices, key=len, reverse=True)))
    goes_on = "|".join(here.goes_on)
    told: dict[str, str] = {}
    rest = sentence
    for term in terms:
        if term.kind != "person" or term.verbatim or term.origin == "glossary":
            continue
        for match in re.finditer(rf"{re.escape(term.source)}\s?({listed})(?!{goes_on})", sentence):
            if stands_alone(sentence, match.start(), match.end()):
                told[match[0]] = f"{offices[match[1]]} {term.english}"
                rest = rest.replace(match[0], "\n", 1)
    if not told:
        return apart
    for term in terms:
        if term.source in rest:
            told.setdefault(term.source, term.english)
    return sorted(told.items(), key=lambda pair: sentence.find(pair[0]))
