"""Terms of an article: the words of it whose English is known before any model sees them.

In the order of trust: the user's glossaries; the article itself, where it gives a name in brackets; names that earlier
articles gave; the shipped lexicon; and, for persons named beside their office, a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.bound import bound_names
from pipeline.text.names.by_rule import persons
from pipeline.text.names.demonyms import names_place
from pipeline.text.names.kinds import kind_of
from pipeline.text.names.lexicon import lexicon
from pipeline.text.names.romanise import likeness, plain
from pipeline.text.names.short_forms import short_forms
from pipeline.text.names.term_index import Term, TermIndex, first_place, stands_alone
from pipeline.text.names.titles import without_title

__all__ = ["Term", "article_terms", "check_terms", "sentence_terms"]

_NOTHING = TermIndex((), "glossary")
_LIKE_ENOUGH = 0.8


def article_terms(
    texts: Sequence[str], language: str, glossary: TermIndex = _NOTHING, remembered: TermIndex = _NOTHING
) -> tuple[Term, ...]:
    """The terms that occur in the texts of one article; the first source to know a word decides.

    Args:
        glossary: the user's words for the language.
        remembered: names that earlier articles gave.
    """
    whole = "\n".join(texts)
    found: dict[str, Term] = {}
    for term in glossary.find(whole):
        found.setdefault(term.source, term)
    for source, english in bound_names(texts, language):
        found.setdefault(source, Term(source, english, kind_of(english), "article"))
    for index in (remembered, lexicon(language)):
        for term in index.find(whole):
            found.setdefault(term.source, term)
    for source, english in persons(_without_places(whole, found.values()), language):
        found.setdefault(source, Term(source, english, "person", "rule"))
    for term in list(found.values()):
        if term.kind == "person" and not term.verbatim:
            for source, english in short_forms(term, whole, language):
                found.setdefault(source, Term(source, english, "person", term.origin))
    return tuple(found.values())


def _without_places(text: str, terms: Iterable[Term]) -> str:
    for term in terms:
        if term.kind == "place":
            text = text.replace(term.source, "\n")
    return text


def sentence_terms(terms: Sequence[Term], sentence: str) -> tuple[Term, ...]:
    """The terms of an article that occur in one of its sentences; of overlapping ones the user's, then the longest."""
    here = [term for term in terms if term.source in sentence and first_place(term.source, sentence) >= 0]
    here.sort(key=lambda term: (term.origin != "glossary", -len(term.source), term.source))
    taken = [False] * len(sentence)
    kept: list[tuple[int, Term]] = []
    for term in here:
        places = [place for place in _places(term.source, sentence) if not any(taken[place : place + len(term.source)])]
        for place in places:
            taken[place : place + len(term.source)] = [True] * len(term.source)
        if places:
            kept.append((places[0], term))
    return tuple(term for _, term in sorted(kept, key=lambda one: one[0]))


def _places(source: str, sentence: str) -> list[int]:
    found: list[int] = []
    start = sentence.find(source)
    while start >= 0:
        if stands_alone(sentence, start, start + len(source)):
            found.append(start)
        start = sentence.find(source, start + len(source))
    return found


def check_terms(judged: Judged) -> list[Doubt]:
    """A doubt for each term of a sentence that its English does not have.

    Persons and places must be named, in any way English has. Words and organisations are held only against the user's
    glossaries: there the very form is wanted, for `do_not_translate` letter by letter.
    """
    english = judged.english
    folded = plain(english) if judged.terms else ""
    doubts: list[Doubt] = []
    for term in judged.terms:
        if term.kind in ("person", "place") and not term.verbatim:
            if not _named(term, folded, english):
                doubts.append(Doubt("name-lost", f"“{term.source}” ({term.english}) is missing from the English"))
        elif term.origin == "glossary" and not _has_form(term, folded, english):
            doubts.append(Doubt("term-lost", f"the glossary wants “{term.english}” for “{term.source}”"))
    return doubts


def _named(term: Term, folded: str, english: str) -> bool:
    if term.kind == "place" and names_place(term.english, english):
        return True
    # One word of a name is enough for a second mention: "Pham Minh Chinh" becomes "Chinh", "Joe Biden" "Biden".
    words = without_title(re.findall(r"[^\W\d_](?:[\w'-]*\w)?", plain(term.english).removeprefix("the ")))
    words = [word for word in words if word not in _EVERYWHERE] or words
    there = set(re.findall(r"[^\W\d_](?:[\w'-]*\w)?", folded))
    there |= {word.removesuffix("'s") for word in there}
    if any(_among(word, there, folded) for word in words):
        return True
    # Zhuo Rongtai is what the rule makes of 卓榮泰, who writes himself Cho Jung-tai.
    return term.origin == "rule" and likeness(term.english, english) >= _LIKE_ENOUGH


def _among(word: str, there: set[str], folded: str) -> bool:
    """Whether a word of a name is in a text; a long one also misspelt by a letter, or as a part of another word."""
    from rapidfuzz.distance import Levenshtein

    if word in there:
        return True
    if len(word) < _SHORTEST_PART:
        return False
    slips = len(word) // _SHORTEST_PART - (word in _COMMON)
    return word in folded or any(Levenshtein.distance(word, other, score_cutoff=slips) <= slips for other in there)


# To Lam is not named by "to".
_EVERYWHERE = frozenset((
    "a", "an", "and", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "on",
    "or", "so", "the", "to", "us", "we",
))  # fmt: skip
_SHORTEST_PART = 5
_COMMON = frozenset(("islands", "island", "republic", "state", "united"))


def _has_form(term: Term, folded: str, english: str) -> bool:
    if term.verbatim:
        return first_place(term.english, english) >= 0
    wanted = re.split(r"[\s\-–]+", plain(term.english).removeprefix("the "))
    return re.search(r"(?<!\w)" + r"[\s\-–]+".join(map(_any_ending, wanted)), folded) is not None


def _any_ending(word: str) -> str:
    """The word in the plural, the past or the genitive as well."""
    if word.endswith("y") and len(word) > 3:
        return re.escape(word[:-1]) + r"(?:y|ies|ied)(?!\w)"
    return re.escape(word) + r"(?:e?s|e?d|ing)?(?!\w)"
