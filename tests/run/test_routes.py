"""Which installed model a run takes, what it says of the others, and what a damaged one does."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest

from pipeline.backends import Decoding, Segment
from pipeline.config import Config, Run, Translate
from pipeline.errors import ArticleError, BackendError, ConfigError
from pipeline.models.get import GetReport
from pipeline.models.store import ModelStore
from pipeline.run import installed
from pipeline.run.installed import Models
from pipeline.translation.routes import Route
from tests.doubles import Silent
from tests.fakes import ScriptedTranslator
from tests.installed import install

BUILT_IN = "worldbrief-qwen2.5-1.5b"


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


def models(store: ModelStore, **settings: Any) -> Models:
    return Models(Config(translate=Translate(**settings), run=Run(models=str(store.root))), None)


def first(found: Models, language: str) -> Route | None:
    return next(iter(found.routes(language)), None)


def names(found: Models, language: str) -> list[str]:
    return [route.identity.partition("@")[0] for route in found.routes(language)]


def test_all_installed_models_for_a_language_the_best_first(store: ModelStore) -> None:
    install(store, BUILT_IN, "opus-mt-ko-en", "firefox-ko-en", "firefox-ja-en")
    found = models(store)
    assert names(found, "ko") == ["firefox-ko-en", "opus-mt-ko-en", BUILT_IN]
    assert [route.bleu for route in found.routes("ko")][:2] == [27.9, 20.6]
    assert found.used == {"translate/ko": found.routes("ko")[0].identity}
    assert names(found, "ja") == ["firefox-ja-en", BUILT_IN]
    assert first(found, "en") is None


def test_the_compute_type_is_part_of_what_an_engine_computes_with(store: ModelStore) -> None:
    install(store, "opus-mt-ko-en", "firefox-ko-en")
    found = models(store, compute_type="int8_float32")
    identities = [route.identity for route in found.routes("ko")]
    assert [identity.endswith("/int8_float32") for identity in identities] == [False, True]


def test_a_better_model_is_a_hint(store: ModelStore) -> None:
    install(store, "opus-mt-ko-en")
    found = models(store)
    found.routes("ko")
    assert found.hints == [
        "firefox-ko-en would translate Korean better (BLEU 27.9 against 20.6): worldbrief models get ko"
    ]


def test_no_score_is_told_that_nobody_has_measured(store: ModelStore) -> None:
    install(store, BUILT_IN)
    found = models(store)
    for language in ("gl", "so"):
        found.routes(language)
    assert found.hints == [
        f"opus-mt-gl-en would translate Galician better (BLEU 20.9; nobody has measured {BUILT_IN}):"
        " worldbrief models get gl",
        "firefox-so-en may translate Somali better, though nobody has measured it: worldbrief models get so",
    ]
    assert [found.better(language) for language in ("gl", "so", "ko")] == ["opus-mt-gl-en", "", "firefox-ko-en"]
    install(store, "firefox-ko-en")
    assert models(store).better("ko") == ""
    assert models(store, model="fake").better("gl") == ""


def test_a_licence_that_is_asked_for_is_kept_to(store: ModelStore) -> None:
    install(store, "nllb-200-distilled-600M", "m2m100_418M")
    found = models(store)
    assert names(found, "ko") == ["nllb-200-distilled-600M", "m2m100_418M"]
    assert "nllb-200-distilled-600M, which translates Korean, is for non-commercial use only" in found.hints
    assert names(models(store, require_commercial=True), "ko") == ["m2m100_418M"]
    store.remove("m2m100_418M")
    alone = models(store, require_commercial=True)
    assert first(alone, "ko") is None
    assert alone.hints == []
    with pytest.raises(ConfigError, match=r"CC-BY-NC-4\.0, allows no commercial use"):
        models(store, require_commercial=True, models={"ko": "nllb-200-distilled-600M"})


def test_a_configured_model_must_be_installed(store: ModelStore) -> None:
    install(store, BUILT_IN)
    found = models(store, models={"ko": "opus-mt-ko-en"})
    with pytest.raises(
        ConfigError, match=r"translate\.models\.ko: 'opus-mt-ko-en' is not installed; worldbrief models"
    ):
        first(found, "ko")
    assert names(found, "ja") == [BUILT_IN]


def test_a_model_named_for_all_leaves_the_languages_it_does_not_read(store: ModelStore) -> None:
    install(store, BUILT_IN, "firefox-ko-en")
    found = models(store, model="firefox-ko-en")
    assert names(found, "ko") == ["firefox-ko-en"]
    assert found.hints == []
    assert names(found, "ja") == [BUILT_IN]
    assert f"translate.model: firefox-ko-en does not read Japanese; {BUILT_IN} translates it" in found.hints


class TestDamage:
    def test_the_next_best_stands_in_with_a_hint(self, store: ModelStore) -> None:
        install(store, BUILT_IN, "firefox-ko-en")
        (store.root / "firefox-ko-en" / "model.bin").unlink()
        found = models(store)
        assert names(found, "ko") == [BUILT_IN]
        assert "model firefox-ko-en is damaged: model.bin is missing; `worldbrief models get firefox-ko-en`" in str(
            found.hints
        )

    def test_where_it_is_the_only_one_the_articles_of_its_language_fail(self, store: ModelStore) -> None:
        install(store, "firefox-ko-en", "firefox-ja-en")
        (store.root / "firefox-ko-en" / "model.bin").write_bytes(b"short")
        found = models(store)
        with pytest.raises(
            ArticleError, match=r"model\.bin is not what was installed; `worldbrief models get"
        ) as error:
            first(found, "ko")
        assert error.value.kind == "model-damaged"
        assert names(found, "ja") == ["firefox-ja-en"]

    def test_nothing_stands_in_for_a_configured_one(self, store: ModelStore) -> None:
        install(store, BUILT_IN, "firefox-ko-en")
        (store.root / "firefox-ko-en" / "model.bin").unlink()
        with pytest.raises(ArticleError):
            first(models(store, models={"ko": "firefox-ko-en"}), "ko")

    def test_contents_are_looked_at_where_a_model_cannot_be_loaded(self, store: ModelStore) -> None:
        install(store, "firefox-ko-en")
        route = first(models(store), "ko")
        assert route is not None
        with pytest.raises(BackendError, match="the model cannot be loaded"):  # whole, but no model
            route.load()
        (store.root / "firefox-ko-en" / "model.bin").write_bytes(b"firefox-XX-en" * 1000)  # of the same size
        route = first(models(store), "ko")
        assert route is not None
        for _ in range(2):
            with pytest.raises(ArticleError, match=r"firefox-ko-en is damaged: model\.bin is not what was installed"):
                route.load()

    def test_a_manifest_that_cannot_be_read_is_a_hint(self, store: ModelStore) -> None:
        install(store, BUILT_IN, "firefox-ko-en")
        (store.root / "firefox-ko-en" / "manifest.json").write_text("{")
        found = models(store)
        assert names(found, "ko") == [BUILT_IN]
        assert "model firefox-ko-en is damaged: its manifest cannot be read" in found.hints[0]

    def test_a_run_does_without_a_damaged_supporting_model(self, store: ModelStore) -> None:
        install(store, "all-minilm-l6-v2", "en_core_web_sm")
        for name in store.installed():
            (store.root / name / "model.bin").unlink()
        found = models(store)
        assert found.embedder()[0].startswith("hash")
        assert found.recogniser() == ("", None)
        assert sum("is damaged: model.bin is missing" in hint for hint in found.hints) == 2


class TestAdequacy:
    """Which model compares translations with their sources."""

    def test_the_model_that_knows_the_language(self, store: ModelStore) -> None:
        install(store, "use-multilingual-v3", "multilingual-e5-small")
        found = models(store)
        chosen = {code: found.adequacy(code) for code in ("ja", "zh-Hant", "vi", "en", "und", "yue")}
        names = {code: each and each[0].partition("@")[0] for code, each in chosen.items()}
        assert names == {
            "ja": "use-multilingual-v3", "zh-Hant": "use-multilingual-v3", "vi": "multilingual-e5-small",
            "en": None, "und": None, "yue": None,
        }  # fmt: skip
        assert found.hints == []
        assert set(found.used) == {"adequacy/ja", "adequacy/zh-Hant", "adequacy/vi"}

    def test_without_one_there_is_a_hint_once(self, store: ModelStore) -> None:
        found = models(store)
        assert [found.adequacy(code) for code in ("sv", "vi", "sv")] == [None] * 3
        (hint,) = found.hints
        assert hint.endswith("not compared with their sources: worldbrief models get multilingual-e5-small")

    def test_a_damaged_one_is_as_none(self, store: ModelStore) -> None:
        install(store, "use-multilingual-v3")
        (store.root / "use-multilingual-v3" / "model.bin").unlink()
        found = models(store)
        assert found.adequacy("ja") is None
        assert "use-multilingual-v3 is damaged: model.bin is missing" in found.hints[0]

    def test_it_is_opened_once(self, store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
        install(store, "multilingual-e5-small")
        opened: list[tuple[Any, ...]] = []

        def load_embedder(*how: Any) -> object:
            opened.append(how)
            return object()

        monkeypatch.setattr(installed, "load_embedder", load_embedder)
        found = models(store, threads=3)
        loads = [each[1] for code in ("vi", "sv") if (each := found.adequacy(code))]
        assert loads[0]() is loads[1]()
        ((backend, path, identity, threads),) = opened
        assert (backend, path.name, threads) == ("e5", "multilingual-e5-small", 3)
        assert identity.startswith("multilingual-e5-small@")

    def test_it_is_got_first_where_that_is_allowed(self, store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def get(languages: object, store: ModelStore, registry: object, progress: object, names: list[str],
                **options: object) -> GetReport:  # fmt: skip
            asked.extend(names)
            install(store, *names)
            return GetReport(installed=tuple(names), present=(), chosen={}, hints=(), errors=())

        monkeypatch.setattr("pipeline.models.get.get", get)
        install(store, BUILT_IN)
        config = Config(translate=Translate(model=BUILT_IN), run=Run(models=str(store.root)))
        found = Models(config, Silent())
        assert found.adequacy("ja") is None
        assert asked == []
        found.prepare([("ja", "de"), ("de",)])
        assert found.adequacy("ja") is not None
        assert found.adequacy("de") is not None
        assert asked == [BUILT_IN, BUILT_IN, "use-multilingual-v3"]  # the first with each language, the other once


class TestPivot:
    SETTINGS: ClassVar[dict[str, Any]] = {"pivot": {"gl": ("opus-mt-gl-es", "firefox-es-en")}}

    def test_two_models_make_a_route(self, store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
        install(store, "opus-mt-gl-es", "firefox-es-en", BUILT_IN)
        legs = {"opus-mt-gl-es": {"Bo": ["Buen"]}, "firefox-es-en": {"Buen": ["Good"]}}

        def load(
            backend: str, family: str | None, path: Path, identity: str, settings: Translate
        ) -> ScriptedTranslator:
            return ScriptedTranslator(legs[path.name], identity)

        monkeypatch.setattr("pipeline.run.routes.load_translator", load)
        found = models(store, **self.SETTINGS)
        (route,) = found.routes("gl")
        assert route.bleu is None
        first, _, second = route.identity.partition("+")
        assert (first.partition("@")[0], second.partition("@")[0]) == ("opus-mt-gl-es", "firefox-es-en")
        translator = route.load()
        assert translator.identity == route.identity
        assert [hypothesis.text for hypothesis in translator.translate([Segment("Bo", "gl")], Decoding())] == ["Good"]
        # Spanish alone shares the second leg.
        assert names(found, "es")[0] == "firefox-es-en"

    def test_a_missing_leg_is_named(self, store: ModelStore) -> None:
        install(store, "opus-mt-gl-es")
        with pytest.raises(ConfigError, match=r"translate\.pivot\.gl: 'firefox-es-en' is not installed"):
            first(models(store, **self.SETTINGS), "gl")

    def test_both_legs_are_got(self, store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[list[str], list[str]]] = []

        def got(languages: list[str], store: ModelStore, *rest: Any, **how: Any) -> GetReport:
            names = rest[2]
            asked.append((languages, names))
            install(store, *names)
            return GetReport(installed=tuple(names), present=(), chosen={}, hints=(), errors=())

        monkeypatch.setattr("pipeline.models.get.get", got)
        config = Config(translate=Translate(**self.SETTINGS), run=Run(models=str(store.root)))
        found = Models(config, Silent())
        found.prepare([("gl",), ("gl",)])
        assert len(found.routes("gl")) == 1
        assert asked == [([], ["opus-mt-gl-es", "firefox-es-en"]), ([], ["multilingual-e5-small"])]  # once each
