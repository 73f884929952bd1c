"""Dictionaries and gazetteers: what a word, expression or name of another language is in English."""

from pipeline.dictionaries.dictionary import Dictionary, carried, identity
from pipeline.dictionaries.found import Found

__all__ = ["Dictionary", "Found", "carried", "identity"]
