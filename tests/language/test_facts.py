"""The files of the languages, and how they are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.language.codes import CODES, base, normalise
from pipeline.language.facts import Facts, facts, known, read
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


def test_no_list_says_a_word_twice() -> None:
    def lists(value: object, path: str) -> Iterator[tuple[str, list[object]]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from lists(inner, f"{path}.{key}")
        elif isinstance(value, list):
            yield path, value

    said = (found for code in known() for found in lists(facts(code).model_dump(mode="json"), code))
    assert {path: words for path, words in said if len({*map(str, words)}) < len(words)} == {}


def test_every_key_is_in_some_file() -> None:
    every = [facts(code) for code in known()]
    for name, section in Facts.model_fields.items():
        values = [getattr(one, name) for one in every]
        for key in getattr(section.annotation, "model_fields", ()):
            assert any(key in value.model_fields_set for value in values), f"{name}.{key}"


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words = [", "Invalid value"),
        ("[weather]\nrain = 1", "weather"),
        ("[scales]\nmroe = 'x'", "scales.mroe"),
        ("[scales]\nmore = 1", "scales.more"),
        ("[scales]\nmore = 2026-11-29", "date is not JSON serializable"),
        ("[months.names]\njanuary = ['Januar']", "no name for february"),
        ("inherits = 'xx'", "inherits from 'xx', which has no file here"),
        ("inherits = 'de'", "inherits from 'de'"),
        ("inherits = 'at'", "at.toml: inherits from 'de'"),
        ("inherits = 5", "inherits from 5"),
        ("inherits = 'bad'", "bad.toml: 'utf-8'"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "de.toml").write_text(text, encoding="utf-8")
    (tmp_path / "at.toml").write_text("inherits = 'de'", encoding="utf-8")
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(ValueError, match=r"(?:de|at|bad)\.toml") as caught:
        read("de", tmp_path)
    assert said in str(caught.value)


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
