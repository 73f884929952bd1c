"""What a check holds against one translated sentence, and what follows from each kind of doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

DoubtKind = Literal[
    "number-invented",
    "number-lost",
    "limit-changed",
    "date-changed",
    "currency-changed",
    "unit-changed",
    "country-invented",
    "name-invented",
    "name-lost",
    "term-lost",
    "office-changed",
    "place-unverified",
    "link-changed",
    "code-changed",
    "loop",
    "untranslated",
    "too-short",
    "too-long",
    "low-confidence",
    "truncated",
    "negation-changed",
    "weak-model",
    "unmeasured-model",
]

Severity = Literal["unusable", "fact", "soft"]
"""The text is no whole translation; a fact differs: a number, a date, a name, a link, a negation; or there is reason to
look again."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader is told of a doubt about the model, which stands for the whole article."""

    one: str
    """Of one article: a clause with {model} and {language}."""
    several: str
    """Of articles in any language."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind of doubt."""

    severity: Severity
    label: str
    """What an editor reads before the detail, in few words."""
    held_against: str
    """What is looked at, for the README."""
    is_told: bool = False
    """A model that is told the English of dates and names gets it right: the next attempt is."""
    of_model: Words | None = None
    """It is a doubt about the model, and the article a draft."""


KINDS: Final[Mapping[DoubtKind, Kind]] = {
    "number-invented": Kind(
        "fact", "number added", "a number of which the source says nothing, in figures or words", is_told=True
    ),
    "number-lost": Kind(
        "fact",
        "number missing",
        "a number of the source that is missing, also 116萬, 1조 2천억, 3,5 triệu and numbers in words",
        is_told=True,
    ),
    "limit-changed": Kind("fact", "limit turned round", '"at least 15" for "less than 15", and the other way round'),
    "date-changed": Kind(
        "fact",
        "date changed",
        "months, days, weekdays and times of day, also 今(4)日, 20/2, 112年, 下午3點; a year that was past when the "
        "article appeared, told as to come",
        is_told=True,
    ),
    "currency-changed": Kind("fact", "currency changed", "currencies of sums"),
    "unit-changed": Kind("fact", "unit changed", "units of measure, percentages and percentage points"),
    "country-invented": Kind(
        "fact", "country added", "countries and continents named, by what the Unicode CLDR calls them", is_told=True
    ),
    "name-invented": Kind(
        "fact",
        "name added",
        "persons and other words that must be names, by their sound or, from Latin letters, their spelling; "
        "organisations of the lexicon, by what eighteen languages call them; a ministry, party, parliament, council, "
        "court, university or bank for which the source has no word",
    ),
    "name-lost": Kind(
        "fact",
        "name missing",
        "names of the article, the glossaries and the lexicon; countries; names in katakana, and persons told by their "
        "given name in Latin or Cyrillic letters, of whom the English has nothing",
        is_told=True,
    ),
    "term-lost": Kind(
        "fact", "not the glossary’s word", "the words and organisations of your glossaries, in the form given there"
    ),
    "office-changed": Kind(
        "fact",
        "office changed",
        "a president, prime minister, minister, deputy, governor, mayor, senator, ambassador or king for whom the "
        "source has no word",
    ),
    "place-unverified": Kind(
        "soft",
        "place not found in the original",
        "a place of which the source has neither the sound nor a known name; regions and seas, which languages name by "
        "meaning, in the nine languages of the lexicon",
    ),
    "link-changed": Kind("fact", "address changed", "addresses"),
    "code-changed": Kind("fact", "code changed", "@names, hashtags, tickers, telephone numbers, codes such as F-16"),
    "loop": Kind("unusable", "repeats itself", "a text that repeats itself"),
    "untranslated": Kind(
        "unusable", "not translated", "talk about the task, another language than English, words left as they are"
    ),
    "too-short": Kind(
        "unusable", "too short", "nothing, or a length far below that of human translations from the same language"
    ),
    "too-long": Kind("soft", "too long", "a length far above it"),
    "low-confidence": Kind(
        "soft",
        "the machine was unsure",
        "the probability that the sentence is right (`translate.min_confidence`), where no check says more",
    ),
    "truncated": Kind("unusable", "breaks off", "a sentence that breaks off"),
    "negation-changed": Kind("fact", "a “not” came or went", "a clear negation on one side and none on the other"),
    "weak-model": Kind(
        "soft",
        "weak model",
        "the score of the model for the language (`translate.draft_below`)",
        of_model=Words("{model} is weak in {language}", "the translation model is weak in the language"),
    ),
    "unmeasured-model": Kind(
        "soft",
        "unmeasured model",
        "whether anybody has measured the model for the language, or the pivot",
        of_model=Words(
            "nobody has measured how well {model} translates {language}",
            "nobody has measured the translation model in the language",
        ),
    ),
}
"""All that follows from what kind of doubt it is, in the order in which kinds are told."""


def _kinds(severity: Severity) -> frozenset[DoubtKind]:
    return frozenset(name for name, kind in KINDS.items() if kind.severity == severity)


UNUSABLE: Final = _kinds("unusable")
SOFT: Final = _kinds("soft")
TOLD: Final = frozenset(name for name, kind in KINDS.items() if kind.is_told)
OF_MODEL: Final[Mapping[DoubtKind, Words]] = {name: kind.of_model for name, kind in KINDS.items() if kind.of_model}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason not to trust a translation; `detail` is written for the editor and quotes the text in question."""

    kind: DoubtKind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"
