"""Dates inside sentences: reading them, and writing them out for the model."""

from pipeline.text.dates.rewrite import normalise_dates

__all__ = ["normalise_dates"]
