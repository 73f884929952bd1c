"""Facts of one sentence put right before translation: what a small model copies, it copies right."""

from __future__ import annotations

from pipeline.text.dates.rewrite import normalise_dates
from pipeline.text.numbers.rewrite import normalise_numbers


def normalise_sentence(text: str, language: str, published: str | None = None) -> str:
    """A source sentence with dates, then numbers, written as a small model copies them right.

    `published` is the article's ISO 8601 date. See `normalise_dates` and `normalise_numbers`; English stays as it is.
    """
    return normalise_numbers(normalise_dates(text, language, published), language)
