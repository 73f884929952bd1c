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
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import ValidationError

from pipeline.language.codes import base
from pipeline.language.naming import Countries, Names, Titles
from pipeline.language.pages import Pages
from pipeline.language.quantities import Currency, Limits, Numerals, Percent, Scales, Units, Writing
from pipeline.language.section import Regex, Section
from pipeline.language.times import Coming, Dates, DayHalves, Months, Weekdays
from pipeline.language.wording import Identification, Institutions, Negation, Offices, Sentences
from pipeline.language.words import Offers, Words


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
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")))


def facts(language: str) -> Facts:
    """Of a language (BCP 47 code; script and region do not matter); all empty where it has no file.

    Raises:
        ValueError: its file is no valid one.
    """
    return _facts(base(language))


@cache
def _facts(code: str) -> Facts:
    return read(code, _folder())


def read(code: str, folder: Traversable) -> Facts:
    """What the file of a language in a folder says, with that of those it inherits from; all empty without a file.

    Raises:
        ValueError: a file is no TOML, has a key or a value that it may not have, or inherits from none that is there or
            from itself. The message names the file.
    """
    data = _data(code, folder, ())
    try:
        # Through JSON, in which an array is a tuple; everything else stays strict.
        return Facts.model_validate_json(json.dumps(data))
    except (ValidationError, TypeError) as error:
        raise ValueError(f"{folder / f'{code}.toml'}: {error}") from None


def _folder() -> Traversable:
    return files("pipeline.language") / "data"


def _data(code: str, folder: Traversable, heirs: tuple[str, ...]) -> dict[str, Any]:
    """The tables of a file, with those of the language that it inherits from; `heirs` inherit from this one."""
    file = folder / f"{code}.toml"
    if not heirs and not file.is_file():
        return {}
    try:
        own = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from None
    if "inherits" not in own:
        return own
    parent = own["inherits"]
    if parent in (*heirs, code) or not (folder / f"{parent}.toml").is_file():
        raise ValueError(f"{file}: inherits from {parent!r}, which has no file here or inherits from it")
    return _over(_data(parent, folder, (*heirs, code)), own)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Tables put together key by key; an array is one value."""
    both = {**below, **above}
    inner = {name for name, value in above.items() if isinstance(value, dict) and isinstance(below.get(name), dict)}
    return {name: _over(below[name], above[name]) if name in inner else value for name, value in both.items()}
