"""Terms of an article: the words of it whose English is known before any model sees them.

From the article itself (a name followed by its Latin form in brackets), from the shipped glossary, and made by rule
for persons named beside their office, in this order of trust.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from pipeline.text.countries import names_country
from pipeline.text.doubts import Doubt
from pipeline.text.names import bound_names
from pipeline.text.persons import persons
from pipeline.text.romanise import likeness

Kind = Literal["person", "place", "organisation", "term"]


@dataclass(frozen=True, slots=True)
class Term:
    """`source` as the article writes it, `english` as the translation must."""

    source: str
    english: str
    kind: Kind


@cache
def _glossary_file() -> str:
    return files("pipeline.text").joinpath("glossary.tsv").read_text(encoding="utf-8")


@cache
def glossary(language: str) -> tuple[Term, ...]:
    """The shipped terms of a language (BCP 47 code); () where there are none."""
    rows = [line.split("\t") for line in _glossary_file().splitlines() if line and not line.startswith("#")]
    return tuple(Term(source, english, cast(Kind, kind)) for source, english, kind, code in rows if code == language)


def article_terms(texts: Sequence[str], language: str) -> tuple[Term, ...]:
    """The terms that occur in the texts of one article; the first source to know a word decides."""
    whole = "\n".join(texts)
    found: dict[str, Term] = {}
    for source, english in bound_names(texts, language):
        is_person = len(english.split()) <= 4 and not english.isupper()
        found.setdefault(source, Term(source, english, "person" if is_person else "organisation"))
    for term in glossary(language):
        if term.source in whole:
            found.setdefault(term.source, term)
    without_places = whole
    for term in found.values():
        if term.kind == "place":
            without_places = without_places.replace(term.source, "\n")
    for source, english in persons(without_places, language):
        found.setdefault(source, Term(source, english, "person"))
    for term in list(found.values()):
        if term.kind == "person":
            for source, english in _short_forms(term, whole, language):
                found.setdefault(source, Term(source, english, "person"))
    return tuple(found.values())


def sentence_terms(terms: Sequence[Term], sentence: str) -> tuple[Term, ...]:
    """The terms of an article that occur in one of its sentences; of overlapping ones the longest."""
    here = sorted(
        (term for term in terms if term.source in sentence), key=lambda term: (-len(term.source), term.source)
    )
    kept: list[Term] = []
    for term in here:
        rest = sentence
        for longer in kept:
            rest = rest.replace(longer.source, "\n")
        if term.source in rest:
            kept.append(term)
    return tuple(sorted(kept, key=lambda term: sentence.index(term.source)))


def check_terms(terms: Sequence[Term], english: str) -> list[Doubt]:
    """A doubt for each person or country of a sentence that its English does not name."""
    folded = english.casefold()
    return [
        Doubt("name-lost", f"“{term.source}” ({term.english}) is missing from the English")
        for term in terms
        if term.kind in ("person", "place") and not _named(term, folded, english)
    ]


def _named(term: Term, folded: str, english: str) -> bool:
    if term.kind == "place" and names_country(term.english, english):
        return True
    # One word of a name is enough for a second mention: "Pham Minh Chinh" becomes "Chinh", "Joe Biden" "Biden".
    words = [word for word in term.english.casefold().replace("the ", "").split() if len(word) > 2]
    return any(word in folded for word in words or [term.english.casefold()])


# A surname and an office stand for a person whose full name the article gives elsewhere.
_CHINESE_SHORT = {
    **dict.fromkeys(("總統", "总统"), "President"),
    **dict.fromkeys(("總理", "总理", "首相"), "Prime Minister"),
    **dict.fromkeys(("部長", "部长"), "Minister"),
    **dict.fromkeys(("市長", "市长"), "Mayor"),
    "揆": "Premier",
    "教授": "Professor",
    # What these are called in English depends on the house: the surname alone is never wrong.
    **dict.fromkeys(("院長", "院长", "主席", "縣長", "县长", "委員", "委员", "議員", "议员", "次卿"), ""),
    **dict.fromkeys(("董事長", "董事长", "會長", "会长", "總會長", "总会长", "秘書長", "秘书长"), ""),
}


def _short_forms(term: Term, whole: str, language: str) -> list[tuple[str, str]]:
    """卓院長 and 卓揆 beside 卓榮泰 = Cho Jung-tai."""
    if not language.startswith("zh") or len(term.source) != 3:
        return []
    # Cho Jung-tai puts the surname first, John Deng last: the character tells by its sound.
    surname = max(term.english.split(), key=lambda word: likeness(word, term.source[0]))
    forms = []
    for office, english in _CHINESE_SHORT.items():
        source = term.source[0] + office
        if source in whole:
            forms.append((source, f"{english} {surname}".strip()))
    return forms
