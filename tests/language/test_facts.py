"""The files of the languages, and how they are read."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from pipeline.language.codes import CODES, base, normalise
from pipeline.language.facts import Facts, facts, known
from pipeline.language.section import patterns


@pytest.mark.parametrize("code", known())
def test_every_file_is_of_a_known_language_and_valid(code: str) -> None:
    assert code in {base(language) for language in CODES}
    assert facts(code) != Facts()


@pytest.mark.parametrize("code", known())
def test_every_file_has_its_sections_in_the_same_order(code: str) -> None:
    own = list(tomllib.loads((files("pipeline.language") / "data" / f"{code}.toml").read_text(encoding="utf-8")))
    assert own == [name for name in Facts.model_fields if name in own]


@pytest.mark.parametrize("code", known())
def test_a_file_inherits_from_one_that_exists(code: str) -> None:
    assert facts(code).inherits in ("", *known())


@pytest.mark.parametrize("code", known())
def test_what_is_a_pattern_compiles(code: str) -> None:
    for field, pattern in patterns(facts(code)):
        try:
            re.compile(pattern)
        except re.error as error:
            pytest.fail(f"{field}: {pattern}: {error}")


def test_patterns_are_found_wherever_they_stand() -> None:
    german = Facts.model_validate_json(
        """{"percent": {"words": ["Prozent"], "before": ["zu "]}, "currencies": {"pound": ["Pfund"]},
        "numerals": {"prefix": "zu", "words": {"2": ["zwei"]}}, "units": {"patterns": {"mu": "Mu"}}}"""
    )
    assert {pattern for _, pattern in patterns(german)} - {""} == {"Prozent", "Pfund", "zu", "Mu"}


@pytest.mark.parametrize("code", [code for code in known() if facts(code).identification.confused_with])
def test_relatives_name_each_other_and_have_words_that_tell_them_apart(code: str) -> None:
    own = facts(code).identification
    family = {code, *own.confused_with}
    for other in own.confused_with:
        assert {other, *facts(other).identification.confused_with} == family
    assert own.words


@pytest.mark.parametrize("code", [code for code in known() if facts(code).identification.standards])
def test_standards_of_a_language_name_each_other(code: str) -> None:
    for other in facts(code).identification.standards:
        assert code in {base(one) for one in facts(other).identification.standards}
        assert normalise(other) == other


def test_a_language_that_is_seldom_told_has_words() -> None:
    assert all(facts(code).identification.words for code in known() if facts(code).identification.seldom_sure)


def test_script_and_region_do_not_matter() -> None:
    assert facts("zh-Hant") is facts("zh-Hans")


def test_a_language_without_a_file_knows_nothing() -> None:
    assert facts("xx") == Facts()


def test_what_a_file_lacks_is_inherited() -> None:
    assert facts("yue").sentences == facts("zh").sentences
    assert facts("ms").negation == facts("id").negation
    assert facts("ms").offices != facts("id").offices


def test_a_table_inside_a_table_is_inherited_key_by_key() -> None:
    malay, indonesian = facts("ms").units.words, facts("id").units.words
    assert malay["minute"] == ("minit",) != indonesian["minute"]
    assert malay["hour"] == indonesian["hour"]


def test_the_data_travel_with_the_package() -> None:
    assert (files("pipeline.language") / "data" / "de.toml").is_file()
