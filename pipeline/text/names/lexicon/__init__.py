"""The shipped lexicon: names in the news and phrases whose English is known, by language.

Three sources: tables of persons, places and organisations (a row a name, a column a language), phrases that small
models get wrong, and the countries and territories of the Unicode CLDR.

Persons, organisations, cities and phrases are given to the model. Countries only serve to check what it wrote: models
know them, and a sentence full of given words comes out stiff.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import cast

from pipeline.language.facts import facts
from pipeline.text.names.term_index import Entry, Kind, TermIndex

_TABLES: dict[str, Kind] = {
    "persons.tsv": "person",
    "places.tsv": "place",
    "organisations.tsv": "organisation",
    "countries.tsv": "place",
}
_CHECK_ONLY = "countries.tsv"
_AMBIGUOUS = "-"
LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko", "vi", "ar", "ru", "hi", "th")
"""Those that the tables have a column for."""


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """The lexicon of a language (BCP 47 code); one entry a source form."""
    found: dict[str, Entry] = {}
    for entry in (*_phrases(language), *_names(language), *_countries(language)):
        found.setdefault(entry.source, entry)
    return tuple(found.values())


@cache
def lexicon(language: str) -> TermIndex:
    """The same, to be searched for in texts."""
    return TermIndex(entries(language), "lexicon")


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    text = files("pipeline.text.names.lexicon").joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(" / ")))


def _phrases(language: str) -> Iterator[Entry]:
    for row in _table("phrases.tsv"):
        if row["language"] == language:
            # An office may begin a sentence; a name has its capitals everywhere.
            minds_case = row["kind"] != "term" and _minds_case(row["source"])
            yield Entry(row["source"], row["english"], cast(Kind, row["kind"]), minds_case)


def _names(language: str) -> Iterator[Entry]:
    if language not in LANGUAGES:
        return
    for name, kind in _TABLES.items():
        for row in _table(name):
            if row["english"] == _AMBIGUOUS:
                continue
            for form in _forms(row[language]):
                yield Entry(form, row["english"], kind, _minds_case(form), hint=name != _CHECK_ONLY)
    if language == "ko":
        # After those looked at by hand, who have the form of the newspapers.
        for row in _table("korean_persons.tsv"):
            yield Entry(row["ko"], row["english"], "person")


def _countries(language: str) -> Iterator[Entry]:
    if language not in LANGUAGES:
        # Elsewhere nobody has looked through them for common words.
        return
    from babel import Locale

    english, called = Locale("en").territories, facts("en").countries.called
    ambiguous = _forms(next(row for row in _table(_CHECK_ONLY) if row["english"] == _AMBIGUOUS)[language])
    for code, name in Locale.parse(language.replace("-", "_")).territories.items():
        form = unicodedata.normalize("NFC", name)
        # Two letters are a country's code; Congo - Kinshasa and the like are written by nobody. AQ, Antarctica, is the
        # South Pole as well.
        if len(code) != 2 or code in ("EU", "EZ", "UN", "ZZ", "QO", "AQ") or set(form) & set("-–()（）,"):
            continue
        if form not in ambiguous and code in english:
            (common, *_) = called.get(code, (english[code],))
            plain = common.replace("&", "and").replace("St. ", "Saint ")
            yield Entry(form, plain, "place", _minds_case(form), hint=False)


def _minds_case(form: str) -> bool:
    """In scripts with capitals a name is one only with its own."""
    return form != form.lower()


@dataclass(frozen=True, slots=True)
class Known:
    """A row of a table: one place or organisation, whatever it is called."""

    english: str
    also: tuple[str, ...]
    """Other names of it in English."""
    by_language: tuple[tuple[str, tuple[str, ...]], ...]

    def forms(self, language: str) -> tuple[str, ...]:
        """Its names in a language (BCP 47 code); for Chinese those of both scripts."""
        asked = ("zh-Hans", "zh-Hant") if language.startswith("zh") else (language,)
        return tuple(form for code, forms in self.by_language if code in asked for form in forms)


@cache
def organisations() -> tuple[Known, ...]:
    """Those of the table, without the phrases, with what other languages in Latin letters call them."""
    rows = {row["english"]: row for row in _table("organisations_latin.tsv")}
    return tuple(
        replace(known, by_language=(*known.by_language, *_by_language(rows[known.english])))
        if known.english in rows
        else known
        for known in _known("organisations.tsv")
    )


@cache
def places() -> dict[str, Known]:
    """Cities, regions, seas and mountains of the table by their English names; no countries."""
    return {known.english: known for known in _known("places.tsv")}


def _known(table: str) -> Iterator[Known]:
    for row in _table(table):
        yield Known(row["english"], _forms(row.get("also", "")), _by_language(row))


def _by_language(row: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((language, _forms(cell)) for language, cell in row.items() if language not in ("english", "also"))


@cache
def korean_given_names() -> dict[str, str]:
    """Given names of two syllables, and how newspapers spell them: Min-soo."""
    return {row["ko"]: row["english"] for row in _table("korean_given_names.tsv")}


@cache
def _exonyms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in ("exonyms.tsv", "european_places.tsv"):
        for row in _table(name):
            found[row["english"]] = (*found.get(row["english"], ()), *_forms(row["forms"]))
    return found


def exonyms(city: str) -> tuple[str, ...]:
    """Names of a city that do not sound like its English, in any script; Chinese in simplified characters."""
    return _exonyms().get(city, ())


def is_place(name: str) -> bool:
    """Whether the table of places or GeoNames has a place of that name; it may be a word or a person as well."""
    return name in places() or bool(exonyms(name))


def renamed_places() -> tuple[str, ...]:
    """Cities, regions and rivers, in English, that languages in Latin letters name in their own way: Cologne."""
    return tuple(row["english"] for row in _table("european_places.tsv"))


@cache
def _name_parts() -> dict[str, tuple[str, ...]]:
    return {row["english"]: _forms(row["zh"]) for row in _table("name_parts.tsv")}


def chinese_forms(word: str) -> tuple[str, ...]:
    """How Chinese writes a part of a name (in lower case) by custom: john is 约翰, not a sound like "zhong"."""
    return _name_parts().get(word, ())
