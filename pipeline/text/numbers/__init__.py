"""Numbers of a sentence: reading them, rewriting the dangerous ones, holding a translation against its source."""

from pipeline.text.numbers.digits import Quantity
from pipeline.text.numbers.read import numbers_in
from pipeline.text.numbers.rewrite import normalise_numbers

__all__ = ["Quantity", "normalise_numbers", "numbers_in"]
