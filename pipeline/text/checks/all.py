"""The list of checks: every reason not to trust what a model made of a sentence, in the order in which they are told.

A doubt costs a good sentence its place in the summary, so each check stays silent where it cannot judge; what it does
say is meant. None raises. A new check is its module, a line here, and a row in `pipeline.text.doubts.KINDS` if nothing
there says what it finds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.text.checks.currencies import check_currencies
from pipeline.text.checks.dates import check_dates
from pipeline.text.checks.endings import check_ending, check_finished
from pipeline.text.checks.institutions import check_institutions
from pipeline.text.checks.lengths import check_length
from pipeline.text.checks.loops import check_blank, check_whole
from pipeline.text.checks.names import check_capitals, check_names, check_places
from pipeline.text.checks.negation import check_negation
from pipeline.text.checks.numbers import check_numbers
from pipeline.text.checks.offices import check_offices
from pipeline.text.checks.residue import check_language, check_residue
from pipeline.text.checks.units import check_units
from pipeline.text.dates.clock import check_clock
from pipeline.text.dates.tense import check_tense
from pipeline.text.dates.weekdays import check_weekdays
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.countries import check_countries
from pipeline.text.names.given_names import check_given_names
from pipeline.text.names.katakana import check_katakana
from pipeline.text.names.latin import check_latin_names
from pipeline.text.names.organisations import check_lost_organisations, check_organisations
from pipeline.text.names.terms import check_terms
from pipeline.text.names.territories import check_lost_territories, check_territories
from pipeline.text.numbers.limits import check_limits
from pipeline.text.protect import check_protected

Judge = Callable[[Judged], list[Doubt]]

Need = Literal["text", "terms", "models"]
"""What a check takes: the two texts, or the terms of the article too, or what models find in the English: its names and
its language."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list."""

    judge: Judge
    needs: Need = "text"
    unless: tuple[Judge, ...] = ()
    """It is not asked where one of these has said something: the names in a text that is none need no check, and what
    is not in the source once is not said twice."""


_NO_TEXT = (check_blank, check_whole)
_UNTRANSLATED = (check_whole, check_residue)
_NOTHING = (check_blank, check_whole, check_residue)
CHECKS: Final = (
    Check(check_blank),
    Check(check_whole, unless=(check_blank,)),
    Check(check_numbers, unless=_NO_TEXT),
    Check(check_limits, unless=_NO_TEXT),
    Check(check_dates, unless=_NO_TEXT),
    Check(check_weekdays, unless=_NO_TEXT),
    Check(check_clock, unless=_NO_TEXT),
    Check(check_tense, unless=_NO_TEXT),
    Check(check_currencies, unless=_NO_TEXT),
    Check(check_units, unless=_NO_TEXT),
    Check(check_countries, unless=_NO_TEXT),
    Check(check_offices, unless=_NO_TEXT),
    Check(check_residue, unless=_NO_TEXT),
    Check(check_protected, unless=_NO_TEXT),
    Check(check_length, unless=_NO_TEXT),
    Check(check_ending, unless=_NO_TEXT),
    Check(check_negation, unless=_NO_TEXT),
    Check(check_terms, "terms"),
    Check(check_lost_territories, "terms", unless=_UNTRANSLATED),
    Check(check_lost_organisations, "terms", unless=_UNTRANSLATED),
    Check(check_katakana, "terms", unless=_UNTRANSLATED),
    Check(check_given_names, "terms", unless=_UNTRANSLATED),
    Check(check_organisations, "terms", unless=_UNTRANSLATED),
    Check(check_institutions, "terms", unless=(*_UNTRANSLATED, check_organisations)),
    Check(check_language, "models", unless=_NOTHING),
    Check(check_places, "models", unless=_NOTHING),
    Check(check_territories, "models", unless=_NOTHING),
    Check(check_latin_names, "models", unless=_NOTHING),
    Check(check_names, "models", unless=_NOTHING),
    Check(
        check_capitals,
        "models",
        unless=(*_NOTHING, check_places, check_territories, check_latin_names, check_names),
    ),
    Check(check_finished),
)


class Findings:
    """What the checks say of one translation.

    They are asked in the order of the list, by what they need: models read many sentences at once, and none of those
    that the text alone tells to be no translation.
    """

    def __init__(self) -> None:
        self._said: dict[Judge, list[Doubt]] = {}

    def ask(self, judged: Judged, *needs: Need) -> None:
        """Ask the checks that need no more than this of the translation."""
        for check in CHECKS:
            if check.needs in needs and self._is_asked(check):
                self._said[check.judge] = check.judge(judged)

    def wants(self, need: Need) -> bool:
        """Whether a check with this need would be asked, after what has been said."""
        return any(check.needs == need and self._is_asked(check) for check in CHECKS)

    @property
    def doubts(self) -> list[Doubt]:
        return [doubt for check in CHECKS for doubt in self._said.get(check.judge, ())]

    def _is_asked(self, check: Check) -> bool:
        return not any(self._said.get(other) for other in check.unless)


def doubts_of_text(judged: Judged) -> list[Doubt]:
    """What the two texts alone tell; without the terms of an article, and without models."""
    findings = Findings()
    findings.ask(judged, "text")
    return findings.doubts
