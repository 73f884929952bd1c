"""What the files say of countries and titles: who asks for it finds it."""

from __future__ import annotations

import pytest
from babel import Locale

from pipeline.language.facts import facts, known


@pytest.mark.parametrize("code", [code for code in known() if facts(code).countries.named])
def test_every_named_country_has_its_english(code: str) -> None:
    # One that English has no pattern for would be looked for in no translation.
    assert set(facts(code).countries.named) <= set(facts("en").countries.named)


@pytest.mark.parametrize("code", [code for code in known() if facts(code).countries.begins])
def test_beginnings_are_of_countries_of_the_cldr(code: str) -> None:
    assert set(facts(code).countries.begins) <= set(Locale("en").territories)


def test_an_abbreviation_needs_partners() -> None:
    for code in known():
        countries = facts(code).countries
        forms = [form for forms in countries.named.values() for form in forms]
        assert countries.partners or not any(form.startswith("@") for form in forms), code


def test_titles_that_english_puts_before_a_name_are_of_phrases_that_go_there() -> None:
    said = {title for code in known() for title in facts(code).titles.after_name.values()} - {""}
    assert all(title[0].isupper() for title in said)
    assert {"President", "Prime Minister", "Minister"} <= set(facts("en").titles.offices)
