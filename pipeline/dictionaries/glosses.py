"""Definitions of a dictionary made into short glosses that could stand in an English sentence."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 4
"""Words of a gloss; what is longer explains and does not translate."""
_DEFINITION: Final = 9
SENSES: Final = 6
_SYNONYMS: Final = 3

_TAG = re.compile(r"<[^>]*>")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}|“[^”]*”|/[^/]*/")
_LABEL = re.compile(r"^\s*\(([^()]*)\)")
_OLD = re.compile(r"\b(?:obsolete|archaic|dated|poetic|dialectal?|rare|vulgar|slang|historical|literary|nonstandard)\b")
# Grammar in place of a meaning: "plural of X". What X is may be another word of the dictionary.
_FORM_OF = re.compile(
    r"(?:\b(?:plural|singular|participle|gerund|inflection|synonym|spelling|clipping|ellipsis|initialism|acronym|"
    r"abbreviation|contraction|diminutive|augmentative|comparative|superlative|degree|misspelling|romani[sz]ation|"
    r"transliteration|infinitive|imperative|indicative|subjunctive|optative|tense|passive|causative|equivalent|"
    r"counterpart|nominali[sz]ation|genitive|dative|accusative|nominative|vocative|locative|instrumental|partitive|"
    r"variant|past|present|aorist|conditional|future|imperfect|preterite|agent noun|noun) of"
    r"|\b(?:alternative|feminine|masculine|female|neuter|hanja|form|definite|indefinite|reflexive|short|negative|"
    r"archaic|obsolete|dated|old|verbal|apocopic|honou?rific|informal|formal|polite|contracted|combining|case|"
    r"causative|passive|imperfective|perfective|standard|nonstandard|rare|other|Hán) (?:form|name|noun) of"
    r"|\bshort for|\bmisspelling of|\bused (?:in|to|as|with|for|after|before|when|other than)\b"
    r"|\bsuperseded by|\bindicates\b|\bperson singular)"
    r"\s*(.*)",
    re.IGNORECASE,
)
# Sooner searched than the above.
_MAY_BE_FORM = re.compile("[a-z] of|[Ss]hort for|[Uu]sed |uperseded|ndicates|singular")
_LEAD = re.compile(r"^(?:to be an? |to |an? |the |\W+)+(?=\w)", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"^(?:which|that|who|whose|where|when|used|usually|especially|e\.?g|i\.?e|etc|such as|including|like|as|of|or|and|"
    r"see|literally|for example|chiefly|often|also|any|one who|someone|something|particularly|esp)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"[A-Za-z0-9À-ſ .'’&%°$-]+")
_LETTER = re.compile("[A-Za-z]")
_SYNONYM = re.compile(r"[;,]|\bor\b")
_FUNCTION = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "but",
        "not",
        "no",
        "it",
        "is",
        "be",
        "he",
        "she",
        "they",
        "we",
        "you",
        "i",
        "this",
        "that",
        "there",
    ]
)

_WHERE = re.compile(r"[;,:]| (?:in|on|near|at|between) |\bor\b")
_PLACE = re.compile(
    r"\b(?:city|town|village|municipality|commune|capital|river|country|island|islands|archipelago|peninsula|province|"
    r"state|district|county|prefecture|region|mountains?|sea|ocean|lake|gulf|bay|strait|desert|continent|borough|ward|"
    r"settlement|raion|oblast|governorate|emirate|republic|kingdom|nation|territory|suburb|neighbou?rhood|volcano|"
    r"canton|department|voivodeship|township|hamlet|port|valley|plateau|canal)\b"
)
_PERSON = re.compile(r"\b(?:surname|given name|family name|first name|patronymic|nickname)\b", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:company|corporation|party|organi[sz]ation|union|agency|ministry|newspaper|team|club|university|association|"
    r"alliance|army|police|bank|parliament|committee|council|court|federation|league|airline|institute|broadcaster)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Gloss:
    """One sense: what could be written for the word in English."""

    english: tuple[str, ...]
    """Synonyms, the first is the dictionary's first; a definition alone where `is_definition`."""
    is_definition: bool = False
    is_old: bool = False
    """The dictionary calls it dated, rare, poetic and the like."""


@dataclass(frozen=True, slots=True)
class FormOf:
    """In place of a sense: the word is a form or another spelling of this one."""

    lemma: str


def gloss(text: str, *, is_name: bool = False) -> Gloss | FormOf | None:
    """What one sense of a dictionary says; None where it says nothing of use."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", text))
    label = _LABEL.match(text)
    is_old = bool(label and _OLD.search(label[1]))
    bare = _without_brackets(text)
    form = _FORM_OF.search(bare) if _MAY_BE_FORM.search(bare) else None
    if form and not (form.start() and form[0].lower().startswith(("noun of", "past of", "present of", "future of"))):
        lemma = re.split(r"[.,;:(“]", form[1])[0].strip()
        return FormOf(lemma) if lemma and lemma[:1].isalpha() and len(lemma.split()) <= 3 else None
    found: list[str] = []
    # After the comma a name is explained.
    for part in [_WHERE.split(bare)[0]] if is_name else _SYNONYM.split(bare.split(":")[0]):
        part = " ".join(part.split()).strip(" .!?-")
        if _EXPLAINS.match(part):
            if found:
                break
            continue
        part = _LEAD.sub("", part)
        words = part.split()
        if not part or len(words) > LONGEST or not _ENGLISH.fullmatch(part) or not _LETTER.search(part):
            continue
        if is_name and part[0].islower():
            continue
        if all(word.lower() in _FUNCTION for word in words) or part in found:
            continue
        found.append(part)
    if found:
        return Gloss(tuple(found[:_SYNONYMS]), is_old=is_old)
    whole = _LEAD.sub("", " ".join(re.split(r"[;:]", bare)[0].split()).strip(" .,"))
    if is_name or not 0 < len(whole.split()) <= _DEFINITION or not _ENGLISH.fullmatch(whole.replace(",", "")):
        return None
    if all(word.lower() in _FUNCTION for word in whole.split()):
        return None
    return Gloss((whole,), is_definition=True, is_old=is_old)


def name_kind(text: str) -> str:
    """Code of what a name names, by its definition: P place, H person, O organisation, N something else."""
    text = html.unescape(_TAG.sub("", text))
    if _PERSON.search(text):
        return "H"
    if _PLACE.search(text):
        return "P"
    return "O" if _ORGANISATION.search(text) else "N"


def _without_brackets(text: str) -> str:
    for _ in range(4 if any(sign in text for sign in "([{“/") else 0):
        shorter = _BRACKETS.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return re.sub(r"\s+([,;.])", r"\1", " ".join(text.split())).strip()
