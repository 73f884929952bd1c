"""Faults planted into good translations, to see whether the gate finds them; None where there is no place for one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from pipeline.backends import EntityType
from pipeline.text.names.ordinary import is_common

Names = Sequence[tuple[str, EntityType]]

_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
# What the recogniser takes for a name, less its obvious mistakes.
_NAME = re.compile(
    r"(?!.*\d)(?!.*\b[A-Z]{2})[A-Z\u00c0-\u00de][\w.-]{3,}"
    r"(?: (?:of |the |de |al |and )?[A-Z\u00c0-\u00de][\w.-]+)*(?<!['’.])"
)
_SCALE = re.compile(r"(?<=\d )(thousand|million|billion|trillion)\b")
_NEGATIONS = (
    (re.compile(r"\b(?:do|does|did)(?:n['’]t| not) "), ""),
    (re.compile(r"\bcannot "), "can "),
    (re.compile(r"(?<=[a-z])n['’]t\b"), ""),
    (re.compile(r"\b(?:not|never) (?!only|just|least|more than)"), ""),
    (re.compile(r"\bno (?=[a-z])(?!longer|more|less|sooner|matter|doubt)"), "the "),
    (re.compile(r"\bnobody\b"), "somebody"),
    (re.compile(r"\bnothing\b"), "something"),
    (re.compile(r"\b[Nn]either (?!of)"), "both "),
)
_LEAST, _MOST = ("at least", "more than"), ("less than", "fewer than", "at most")
_LIMIT = re.compile(rf"\b(?:{'|'.join((*_LEAST, *_MOST))})(?= (?:US)?[$€£]?\d)", re.IGNORECASE)
_OFFICES = ("Prime Minister", "President", "Minister", "Governor", "Mayor", "Senator", "Ambassador")
_OFFICE = re.compile(rf"(?<![Vv]ice )\b(?:{'|'.join(_OFFICES)})\b", re.IGNORECASE)


def change_number(english: str, rng: random.Random) -> str | None:
    """One digit of a number is another, or its scale is."""
    scales = list(_SCALE.finditer(english))
    if scales and rng.random() < 0.5:
        match = rng.choice(scales)
        other = rng.choice([word for word in ("thousand", "million", "billion") if word != match[0]])
        return english[: match.start()] + other + english[match.end() :]
    numbers = list(_NUMBER.finditer(english))
    if not numbers:
        return None
    match = rng.choice(numbers)
    place = rng.choice([place for place, character in enumerate(match[0]) if character.isdigit()])
    start = match.start() + place
    least = 1 if place == 0 else 0
    digit = rng.choice([str(digit) for digit in range(least, 10) if str(digit) != english[start]])
    return english[:start] + digit + english[start + 1 :]


def lose_negation(english: str, rng: random.Random) -> str | None:
    """The only negation of the sentence is gone."""
    found = [(match, new) for pattern, new in _NEGATIONS for match in pattern.finditer(english)]
    places = {match.end() // 8 for match, _ in found}
    if not found or len(places) > 1:
        return None
    match, new = found[0]
    changed = english[: match.start()] + new + english[match.end() :]
    return changed[:1].upper() + changed[1:]


def cut(english: str, rng: random.Random) -> str | None:
    """30 to 70 % of the words are missing at the end."""
    words = english.split()
    if len(words) < 6:
        return None
    return " ".join(words[: max(2, round(len(words) * (1 - rng.uniform(0.3, 0.7))))]).rstrip(",;:. ")


def cut_before_period(english: str, rng: random.Random) -> str | None:
    """The same with the full stop left where it is."""
    shorter = cut(english, rng)
    return shorter and shorter + "."


def swap_name(english: str, names: Names, pool: Names, rng: random.Random, kind: EntityType) -> str | None:
    """A name of the kind is that of somebody or something else from `pool`, and no common word ("Earth")."""
    own = [name for name, found in names if found == kind and english.count(name) == 1 and _NAME.fullmatch(name)]
    if not own:
        return None
    name = rng.choice(own)
    mine = set(re.findall(r"\w+", english.casefold()))
    others = [
        other
        for other, found in pool
        if found == kind
        and _NAME.fullmatch(other)
        and not mine & set(re.findall(r"\w+", other.casefold()))
        and not all(map(is_common, other.split()))
    ]
    return english.replace(name, rng.choice(others)) if others else None


def swap_office(english: str, rng: random.Random) -> str | None:
    """The only office of the sentence is another: a minister is an ambassador."""
    found = list(_OFFICE.finditer(english))
    if len(found) != 1:
        return None
    match = found[0]
    other = rng.choice([office for office in _OFFICES if office.casefold() not in english.casefold()])
    return english[: match.start()] + (other if match[0][0].isupper() else other.lower()) + english[match.end() :]


def turn_limit(english: str, rng: random.Random) -> str | None:
    """The only limit beside a number is the other way round: at least 15 are less than 15."""
    found = list(_LIMIT.finditer(english))
    if len(found) != 1:
        return None
    match = found[0]
    other = rng.choice(_MOST if match[0].casefold() in _LEAST else _LEAST)
    return english[: match.start()] + (other if match[0].islower() else other.capitalize()) + english[match.end() :]


def planted(source: str, english: str, names: Names, pool: Names, rng: random.Random) -> dict[str, str]:
    """Kind of fault -> the translation with it."""
    makers: dict[str, Callable[[], str | None]] = {
        "number": lambda: change_number(english, rng),
        "negation": lambda: lose_negation(english, rng),
        "limit": lambda: turn_limit(english, rng),
        "cut": lambda: cut(english, rng),
        "cut, full stop kept": lambda: cut_before_period(english, rng),
        "copy": lambda: source,
        "person": lambda: swap_name(english, names, pool, rng, "person"),
        "place": lambda: swap_name(english, names, pool, rng, "place"),
        "office": lambda: swap_office(english, rng),
        "organisation": lambda: swap_name(english, names, pool, rng, "organisation"),
    }
    made = {kind: make() for kind, make in makers.items()}
    return {kind: text for kind, text in made.items() if text is not None and text != english}
