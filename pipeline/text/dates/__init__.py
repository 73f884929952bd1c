"""Dates inside sentences: writing them out for the model, holding a translation against its source."""

from pipeline.text.dates.check import check_dates
from pipeline.text.dates.rewrite import normalise_dates
from pipeline.text.dates.tense import check_tense

__all__ = ["check_dates", "check_tense", "normalise_dates"]
