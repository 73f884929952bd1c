"""Dates inside sentences: writing them out for the model, holding a translation against its source."""

from pipeline.text.dates.check import check_dates
from pipeline.text.dates.rewrite import normalise_dates

__all__ = ["check_dates", "normalise_dates"]
