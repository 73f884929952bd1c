"""Facts of one sentence: put right before translation, held against the source after it.

`normalise` writes numbers and dates so that a small model copies them; `check` lists every reason not to trust what
the model made of the sentence. A doubt costs a good sentence its place in the summary, so each check stays silent
where it cannot judge; what it does say is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text.checks.currencies import check_currencies
from pipeline.text.checks.endings import check_ending
from pipeline.text.checks.lengths import check_length
from pipeline.text.checks.loops import is_loop, is_talk, is_untranslated
from pipeline.text.checks.negation import check_negation
from pipeline.text.checks.offices import check_offices
from pipeline.text.checks.residue import check_residue
from pipeline.text.checks.units import check_units
from pipeline.text.dates import check_dates, check_tense, normalise_dates
from pipeline.text.doubts import Doubt, DoubtKind
from pipeline.text.names.countries import check_countries
from pipeline.text.numbers import normalise_numbers
from pipeline.text.numbers.check import check_numbers
from pipeline.text.numbers.limits import check_limits
from pipeline.text.protect import check_protected

__all__ = ["Doubt", "DoubtKind", "check", "normalise"]


def normalise(text: str, language: str, published: str | None = None) -> str:
    """A source sentence with dates, then numbers, as a small model copies them right.

    `published` is the article's ISO 8601 date. See `normalise_dates` and `normalise_numbers`; English stays as it is.
    """
    return normalise_numbers(normalise_dates(text, language, published), language)


def check(
    source: str,
    source_language: str,
    english: str,
    published: str | None = None,
    *,
    context: str = "",
    persons: Sequence[str] = (),
) -> list[Doubt]:
    """Reasons to doubt `english` as a translation of the sentence `source` (as published, not normalised).

    Args:
        source_language: BCP 47 code; checks that do not know the language say nothing.
        published: ISO 8601 date of the article, which 今(4)日 and a bare 11日 refer to.
        context: source text around the sentence, such as the title and the two sentences before; countries named
            there may stand in the English for "the two sides".
        persons: names of persons as the source writes them: the Mỹ in Vương Mỹ Hoa is no America.

    Never raises. An output that is a loop or no translation gets that one doubt only.
    """
    if not english.strip():
        return [Doubt("too-short", "the translation is empty")] if source.strip() else []
    if is_loop(english) and not is_loop(source):
        return [Doubt("loop", f"the translation repeats itself: “{english[:60].strip()}…”")]
    if is_talk(source, english):
        return [Doubt("untranslated", f"the model speaks of its task: “{english[:60].strip()}…”")]
    if is_untranslated(source, english, source_language):
        return [Doubt("untranslated", f"still in the source language: “{english[:60].strip()}”")]
    dated = normalise_dates(source, source_language, published)
    return [
        *check_numbers(source, source_language, english, also=(dated,)),
        *check_limits(source, source_language, english),
        *check_dates(source, source_language, english, published),
        *check_tense(source, source_language, english, published),
        *check_currencies(source, source_language, english),
        *check_units(source, source_language, english),
        *check_countries(_without(source, persons), source_language, english, _without(context, persons)),
        *check_offices(source, source_language, english),
        *check_residue(source, english),
        *check_protected(source, english),
        *check_length(source, source_language, english),
        *check_ending(source, english),
        *check_negation(source, source_language, english),
    ]


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, "\n")
    return text
