"""Facts of one sentence: put right before translation, held against the source after it.

`normalise` writes numbers and dates so that a small model copies them; `check` lists every reason not to trust what
the model made of the sentence. A doubt costs a good sentence its place in the summary, so each check stays silent
where it cannot judge; what it does say is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.text.countries import check_countries
from pipeline.text.currencies import check_currencies
from pipeline.text.dates import check_dates, normalise_dates
from pipeline.text.doubts import Doubt, DoubtKind
from pipeline.text.loops import is_loop, is_untranslated
from pipeline.text.numbers import normalise_numbers
from pipeline.text.numbers.check import check_numbers
from pipeline.text.numbers.digits import LINK, base
from pipeline.text.offices import check_offices
from pipeline.text.protect import check_protected
from pipeline.text.units import check_units

__all__ = ["Doubt", "DoubtKind", "check", "normalise"]

# English characters for one of the source, least and most, over FLORES-200 dev with a third to spare on either side.
_DENSE = {"zh": (1.2, 7.0), "yue": (1.2, 7.0), "ja": (0.9, 5.0), "ko": (0.9, 5.0), "th": (0.5, 2.6), "my": (0.4, 2.4)}
_OTHERS = (0.4, 2.4)
_SHORTEST_JUDGED = 12
_SLACK = 30


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
    if is_untranslated(source, english, source_language):
        return [Doubt("untranslated", f"still in the source language: “{english[:60].strip()}”")]
    dated = normalise_dates(source, source_language, published)
    return [
        *check_numbers(source, source_language, english, also=(dated,)),
        *check_dates(source, source_language, english, published),
        *check_currencies(source, source_language, english),
        *check_units(source, source_language, english),
        *check_countries(_without(source, persons), source_language, english, _without(context, persons)),
        *check_offices(source, source_language, english),
        *_check_residue(english),
        *check_protected(source, english),
        *_check_length(source, source_language, english),
    ]


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, "\n")
    return text


# Greek, Cyrillic, Hebrew, Arabic, the scripts of South and South-East Asia, Georgian, kana, Han and Hangul.
_RESIDUE = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f"
    r"\u10a0-\u10ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
)


def _check_residue(english: str) -> list[Doubt]:
    """Words left in their script inside an otherwise English sentence."""
    left = _RESIDUE.findall(english)
    return [Doubt("untranslated", f"“{'”, “'.join(left[:3])}” was left as it is")] if left else []


def _check_length(source: str, language: str, english: str) -> list[Doubt]:
    """Loose: only a translation that must have lost or made up most of its text."""
    before, after = LINK.sub("", source).strip(), len(LINK.sub("", english).strip())
    least, most = _DENSE.get(base(language), _OTHERS)
    # Latin letters in Chinese or Thai keep their length, or go where the name is spelled out before them.
    copied = sum(character.isascii() for character in before)
    own = len(before) - copied
    shortest = own * least + copied * min(least, _OTHERS[0])
    longest = own * most + copied * max(most / 2, _OTHERS[1])
    if len(before) >= _SHORTEST_JUDGED and after < shortest - _SHORTEST_JUDGED:
        return [Doubt("too-short", f"{after} characters for {len(before)} of the source: part of it is missing")]
    if after > longest + _SLACK:
        return [Doubt("too-long", f"{after} characters for {len(before)} of the source: part of it is invented")]
    return []
