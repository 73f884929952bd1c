from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Translate
from pipeline.errors import ConfigError
from pipeline.models import routing
from pipeline.models.routing import allowed, better, check, choices, explain
from tests.models.conftest import FIREFOX, PARTS_MODEL, VECTORS, entry, registry_of

NOT_FREE = entry(
    "notfree", 'published = {ko = 40.0, es = 41.0}\nby_name = true\nsources = [{kind = "firefox-service"}]'
).replace("commercial = true", "commercial = false")
GALICIAN = entry(
    "gl-es",
    'family = "marian"\ntarget = "es"\ncheckpoint = ["*"]\nsources = [{kind = "hub", repo = "a/b"}]',
    backend="transformers",
    language="gl",
)
REGISTRY = registry_of(FIREFOX, PARTS_MODEL, VECTORS, NOT_FREE, GALICIAN)
ALL = {"firefox-ko-en", "firefox-es-en", "joined", "notfree", "gl-es"}


def found(language: str, usable: set[str], **settings: Any) -> list[tuple[str, ...]]:
    return [choice.names for choice in choices(language, Translate(**settings), REGISTRY, usable)]


def test_the_installed_models_come_by_score() -> None:
    assert found("ko", ALL) == [("notfree",), ("firefox-ko-en",), ("joined",)]
    assert found("ko", ALL - {"notfree"}) == [("firefox-ko-en",), ("joined",)]
    assert found("ja", ALL) == [("joined",), ("notfree",)]
    assert found("ko", set()) == []
    assert found("en", ALL) == []


def test_a_licence_can_be_asked_for() -> None:
    assert found("ko", ALL, require_commercial=True) == [("firefox-ko-en",), ("joined",)]


def test_a_configured_model_stands_alone() -> None:
    assert found("ko", ALL, models={"ko": "joined"}) == [("joined",)]
    assert found("ko", ALL - {"joined"}, models={"ko": "joined"}) == []
    assert found("es", ALL, models={"ko": "joined"})[0] == ("notfree",)
    assert found("ko", ALL, model="joined") == [("joined",)]
    assert found("zh-Hant", ALL, models={"zh": "joined"}) == [("joined",)]
    # A model for some languages says nothing about the others.
    assert found("es", ALL, model="firefox-ko-en")[0] == ("notfree",)


def test_a_pivot_only_where_it_is_configured() -> None:
    pivot = {"gl": ("gl-es", "firefox-es-en")}
    assert found("gl", ALL, pivot=pivot) == [("gl-es", "firefox-es-en")]
    assert found("gl", ALL - {"gl-es"}, pivot=pivot) == []
    assert found("es", ALL, pivot=pivot)[0] == ("notfree",)
    assert all("gl-es" not in names for names in found("gl", ALL))


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"models": {"KO": "joined"}}, "translate.models: 'KO' should be written ko"),
        ({"beam_sizes": {"Korean": 2}}, "translate.beam_sizes: 'Korean' should be written ko"),
        ({"models": {"klingon": "joined"}}, "'klingon' is no language known here"),
        ({"models": {"ko": "joind"}}, "translate.models.ko: no model 'joind'; did you mean 'joined'"),
        ({"model": "joind"}, "translate.model: no model 'joind'; did you mean 'joined'"),
        ({"models": {"ko": "vectors"}}, "translate.models.ko: vectors does not translate into English"),
        ({"models": {"gl": "gl-es"}}, "gl-es does not translate into English"),
        ({"models": {"ko": "firefox-es-en"}}, "firefox-es-en does not read Korean"),
        (
            {"models": {"ko": "notfree"}, "require_commercial": True},
            "the licence of notfree, MIT, allows no commercial",
        ),
        ({"model": "notfree", "require_commercial": True}, "translate.model: the licence of notfree"),
        ({"pivot": {"gl": ("gl-es", "notfree")}, "require_commercial": True}, "translate.pivot.gl: the licence"),
        ({"pivot": {"ko": ("gl-es", "firefox-es-en")}}, "translate.pivot.ko: gl-es does not read Korean"),
        ({"pivot": {"gl": ("gl-es", "firefox-ko-en")}}, "gl-es writes Spanish, which firefox-ko-en does not read"),
        ({"pivot": {"gl": ("gl-es", "gl-es")}}, "translate.pivot.gl: gl-es does not translate into English"),
        ({"pivot": {"gl": ("gl-es", "joined")}, "models": {"gl": "joined"}}, "gl is in both `models` and `pivot`"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused(settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint.replace(".", r"\.")):
        check(Translate(**settings), REGISTRY)


def test_settings_that_can_be_followed_pass() -> None:
    check(Translate(), REGISTRY)
    check(Translate(model="fake", models={"ko": "fake", "es": "notfree"}), REGISTRY)
    check(Translate(pivot={"gl": ("gl-es", "joined")}, require_commercial=True), REGISTRY)


def test_a_better_model_is_one_that_the_command_would_get() -> None:
    def hint(usable: set[str], **settings: Any) -> list[str]:
        pair = better("ko", Translate(**settings), REGISTRY, usable)
        return [entry.name for entry in pair] if pair else []

    assert hint({"joined"}) == ["firefox-ko-en", "joined"]  # not the one that is got only by name
    assert hint({"joined", "firefox-ko-en"}) == []
    assert hint(set()) == []
    assert hint({"joined"}, models={"ko": "joined"}) == []


def test_the_explanation_says_why_of_each() -> None:
    def remarks(installed: dict[str, str], **settings: Any) -> dict[str, str]:
        candidates = explain("ko", Translate(**settings), REGISTRY, installed)
        return {" ".join(candidate.choice.names): candidate.remark for candidate in candidates}

    assert remarks({"joined": ""}) == {
        "notfree": "not installed, got only by name",
        "firefox-ko-en": "not installed",
        "joined": "used",
    }
    assert remarks({"joined": "", "notfree": "", "firefox-ko-en": "is damaged"}, require_commercial=True) == {
        "notfree": "licence: translate.require_commercial",
        "firefox-ko-en": "is damaged",
        "joined": "used",
    }
    assert remarks({"joined": "", "firefox-ko-en": ""}, models={"ko": "joined"}) == {
        "joined": "used (translate.models.ko)",
        "notfree": "not installed, got only by name",
        "firefox-ko-en": "translate.models.ko names another",
    }
    assert remarks({"joined": "", "firefox-ko-en": "", "notfree": ""})["joined"] == "a better one is installed"
    assert explain("en", Translate(), REGISTRY, {}) == []


@given(st.sets(st.sampled_from(sorted(ALL))), st.booleans(), st.sampled_from(["ko", "es", "ja", "zh-Hant", "gl"]))
def test_the_first_choice_is_the_best_that_is_there(usable: set[str], commercial: bool, language: str) -> None:
    settings = Translate(require_commercial=commercial)
    ranked = choices(language, settings, REGISTRY, usable)
    scores = [choice.entries[0].score(language)[0] for choice in ranked]
    assert scores == sorted(scores, reverse=True)
    assert {choice.names[0] for choice in ranked} == usable & {e.name for e in allowed(language, settings, REGISTRY)}
    used = [c.choice for c in explain(language, settings, REGISTRY, dict.fromkeys(usable, "")) if c.remark == "used"]
    assert used == ranked[:1]


def test_the_fake_translator_is_asked_for_by_name() -> None:
    assert routing.is_fake("ko", Translate(model="fake"))
    assert routing.is_fake("ko", Translate(models={"ko": "fake"}))
    assert not routing.is_fake("ko", Translate(model="fake", models={"ko": "joined"}))
    assert not routing.is_fake("gl", Translate(model="fake", pivot={"gl": ("gl-es", "joined")}))
