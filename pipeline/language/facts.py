"""What is known of a language, from its file: `data/<code>.toml`.

A module that needs a word, a form or a habit of a language asks for its section here and does nothing where that is
empty; it names no language. So a language is added by writing its file.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic import ValidationError

from pipeline.language.codes import base
from pipeline.language.naming import Countries, Names, Titles
from pipeline.language.pages import Pages
from pipeline.language.quantities import Currency, Limits, Numerals, Percent, Scales, Units, Writing
from pipeline.language.section import Regex, Section
from pipeline.language.times import Coming, Dates, DayHalves, Months, Weekdays
from pipeline.language.wording import Identification, Institutions, Negation, Offices, Sentences
from pipeline.language.words import Offers, Words

_DATA: Final = "data"


class Facts(Section):
    """All that is known of one language; a section that its file lacks is empty."""

    inherits: str = ""
    """Code of the language whose values hold where this file has none."""
    sentences: Sentences = Sentences()
    writing: Writing = Writing()
    numerals: Numerals = Numerals()
    scales: Scales = Scales()
    percent: Percent = Percent()
    units: Units = Units()
    currencies: Mapping[Currency, tuple[Regex, ...]] = {}
    """Words for each currency, beside the signs and codes that all languages share."""
    limits: Limits = Limits()
    months: Months = Months()
    weekdays: Weekdays = Weekdays()
    dates: Dates = Dates()
    day_halves: DayHalves = DayHalves()
    coming: Coming = Coming()
    words: Words = Words()
    offers: Offers = Offers()
    negation: Negation = Negation()
    offices: Offices = Offices()
    institutions: Institutions = Institutions()
    identification: Identification = Identification()
    names: Names = Names()
    titles: Titles = Titles()
    countries: Countries = Countries()
    pages: Pages = Pages()


@cache
def known() -> tuple[str, ...]:
    """Codes of the languages that have a file, in alphabetical order."""
    folder = files("pipeline.language") / _DATA
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def facts(language: str) -> Facts:
    """Of a language (BCP 47 code; script and region do not matter); all empty where it has no file.

    Raises:
        ValueError: its file is no valid one.
    """
    return _facts(base(language))


@cache
def _facts(code: str) -> Facts:
    try:
        # Through JSON, in which an array is a tuple; everything else stays strict.
        return Facts.model_validate_json(json.dumps(_data(code)))
    except ValidationError as error:
        raise ValueError(f"language/{_DATA}/{code}.toml: {error}") from None


def _data(code: str) -> dict[str, Any]:
    """The tables of a file, with those of the language that it inherits from."""
    if code not in known():
        return {}
    text = (files("pipeline.language") / _DATA / f"{code}.toml").read_text(encoding="utf-8")
    own = tomllib.loads(text)
    return _over(_data(own["inherits"]), own) if "inherits" in own else own


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Tables put together key by key; an array is one value."""
    both = {**below, **above}
    inner = {name for name, value in above.items() if isinstance(value, dict) and isinstance(below.get(name), dict)}
    return {name: _over(below[name], above[name]) if name in inner else value for name, value in both.items()}
