"""Every installed model on every language of a folder, and what is kept of it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import Config, Run
from pipeline.errors import ConfigError
from pipeline.evaluate.measure import Measured, measure
from pipeline.evaluate.record import registry_table, updated, write
from pipeline.models import registry
from pipeline.models.store import ModelStore
from pipeline.store.cache import Store
from tests.doubles import MemoryStore
from tests.fakes import ScriptedModels, ScriptedTranslator
from tests.installed import install

ROOT = Path(__file__).parents[2]
LINES = {
    "en": ("The school opens.", "The teachers are ready.", "The plan is new."),
    "ko": ("학교가 문을 연다.", "교사들은 준비가 되었다.", "계획은 새롭다."),
    "zh": ("学校开门。", "教师们准备好了。", "计划是新的。"),
    "nb": ("Skolen åpner.", "Lærerne er klare.", "Planen er ny."),
}
EVERYTHING = "worldbrief-qwen2.5-1.5b"
MARKED = "# x\n\n<!-- measured: written by worldbrief evaluate models --write -->\nold\n<!-- /measured -->\n\nafter\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "sentences"
    folder.mkdir()
    for code, lines in LINES.items():
        (folder / f"dev.{code}.txt").write_text("\n".join((*lines, "")), encoding="utf-8")
    (folder / "dev.xx-unknown.txt").write_text("?")
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(run=Run(models=str(tmp_path / "models")))


class Opened:
    """Makes the models of each configuration; the translator of each is named after the model."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.translators: list[ScriptedTranslator] = []

    def __call__(self, config: Config) -> ScriptedModels:
        self.opened.append(config.translate.model)
        translator = ScriptedTranslator(identity=f"{config.translate.model}@abc")
        self.translators.append(translator)
        return ScriptedModels(config, dict.fromkeys(("ko", "zh-Hans", "zh-Hant", "nb"), translator))

    @property
    def texts(self) -> set[str]:
        return {text for one in self.translators for texts in one.texts for text in texts}


def measured(
    data: Path, config: Config, store: Store | None = None, languages: Sequence[str] = (), limit: int | None = None
) -> tuple[list[Measured], Opened]:
    opened = Opened()
    found = measure(data, config, store or MemoryStore(), languages=languages, limit=limit, open_models=opened)
    return list(found), opened


class TestMeasure:
    def test_each_model_on_each_of_its_languages(self, data: Path, config: Config) -> None:
        install(ModelStore(Path(config.run.models)), "firefox-ko-en", EVERYTHING, "all-minilm-l6-v2")
        found, opened = measured(data, config)
        assert [(one.name, one.language) for one in found] == [
            ("firefox-ko-en", "ko"),
            (EVERYTHING, "ko"),
            (EVERYTHING, "nb"),
            (EVERYTHING, "zh"),
            (EVERYTHING, "zh-Hant"),
        ]
        assert opened.opened[1:] == ["firefox-ko-en", EVERYTHING]
        for one in found:
            assert one.identity == f"{one.name}@abc"
            assert one.sentences == 3
            assert one.speed is not None
            assert 0 < one.chrf < 100
            assert one.sample.startswith("sentences dev")

    def test_traditional_chinese_is_made_from_simplified(self, data: Path, config: Config) -> None:
        install(ModelStore(Path(config.run.models)), EVERYTHING)
        found, opened = measured(data, config, languages=["zh-Hant"])
        assert [(one.language, one.sample) for one in found] == [("zh-Hant", "sentences dev, OpenCC s2t")]
        assert opened.texts == {"學校開門。", "教師們準備好了。", "計劃是新的。"}

    def test_a_file_of_its_own_goes_before(self, data: Path, config: Config) -> None:
        install(ModelStore(Path(config.run.models)), EVERYTHING)
        (data / "dev.zh-Hant.txt").write_text("學校開了門。\n\n計畫是新的。\n", encoding="utf-8")
        found, opened = measured(data, config, languages=["zh-Hant"])
        assert [(one.sample, one.sentences) for one in found] == [("sentences dev", 2)]
        assert opened.texts == {"學校開了門。", "計畫是新的。"}

    @pytest.mark.parametrize(("wanted", "languages"), [("zh", ["zh"]), ("no", ["nb"]), ("Korean", ["ko"])])
    def test_one_language_in_any_spelling(self, data: Path, config: Config, wanted: str, languages: list[str]) -> None:
        install(ModelStore(Path(config.run.models)), EVERYTHING)
        assert [one.language for one in measured(data, config, languages=[wanted])[0]] == languages

    def test_what_was_measured_is_not_measured_again(self, data: Path, config: Config) -> None:
        install(ModelStore(Path(config.run.models)), EVERYTHING)
        store = MemoryStore()
        first, _ = measured(data, config, store, languages=["ko"])
        again, opened = measured(data, config, store)
        assert again[0] == first[0]
        assert opened.texts.isdisjoint(LINES["ko"])
        # Fewer sentences are another measurement, made of the same translations.
        fewer, opened = measured(data, config, store, languages=["ko"], limit=2)
        assert (fewer[0].sentences, fewer[0].speed, opened.texts) == (2, None, set())

    def test_a_few_sentences_that_the_memory_lacked_are_no_speed(self, data: Path, config: Config) -> None:
        install(ModelStore(Path(config.run.models)), EVERYTHING)
        store = MemoryStore()
        measured(data, config, store, languages=["ko"], limit=2)
        (more,), opened = measured(data, config, store, languages=["ko"])
        assert (more.sentences, more.speed, opened.texts) == (3, None, {LINES["ko"][2]})

    def test_changed_references_are_measured_again(self, data: Path, config: Config) -> None:
        install(ModelStore(Path(config.run.models)), EVERYTHING)
        store = MemoryStore()
        (first,), _ = measured(data, config, store, languages=["ko"])
        (data / "dev.en.txt").write_text("x\ny\nz\n")
        (second,), _ = measured(data, config, store, languages=["ko"])
        assert second.chrf < first.chrf

    def test_what_is_missing_is_said(self, data: Path, config: Config, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="no translation model of the registry is installed"):
            measured(data, config)
        install(ModelStore(Path(config.run.models)), EVERYTHING)
        with pytest.raises(ConfigError, match=r"--language th: .*sentences has no dev\.th\.txt"):
            measured(data, config, languages=["th"])
        with pytest.raises(ConfigError, match=r"needs dev\.en\.txt"):
            measured(tmp_path / "nowhere", config)


def one(name: str, language: str, bleu: float = 33.3, speed: float | None = 1.5) -> Measured:
    return Measured(
        name=name,
        language=language,
        identity=f"{name}@abc",
        bleu=bleu,
        chrf=55.5,
        speed=speed,
        cores=2,
        sentences=300,
        sample="flores200 dev",
        flagged=0.1,
        bad_flagged=None,
        good_flagged=0.0,
    )


# A family, a model with its scores on one line, and one with a table of them.
ENTRIES = """# All models.
format = 1

[[model]]
name = "firefox-{language}-en"
task = "translate"
backend = "firefox"
languages = ["*"]
licence = "MPL-2.0"
commercial = true
size = 40_000_000
sources = [{ kind = "firefox-service" }]

[model.published]
ko = 27.9

# The floor.
[[model]]
name = "everything"
task = "translate"
backend = "firefox"
languages = ["*"]
licence = "MIT"
commercial = true
size = 1_000  # bytes
measured = { zh = 21.0, ja = 11.5 }  # a small sample
sources = [{ kind = "firefox-service" }]

# The last.
[[model]]
name = "few"
task = "translate"
backend = "firefox"
languages = ["th", "hi"]
licence = "MIT"
commercial = true
size = 1_000
sources = [{ kind = "firefox-service" }]

[model.measured]
th = 9.5  # rough
"""


class TestRegistry:
    def test_only_the_scores_change(self) -> None:
        found = [
            one("everything", "ja", 12.5, 2.5),
            one("everything", "th"),
            one("few", "th"),
            one("firefox-ko-en", "ko"),
        ]
        new = updated(ENTRIES, found)
        gone = [line for line in ENTRIES.splitlines() if line not in new.splitlines()]
        assert gone == ["measured = { zh = 21.0, ja = 11.5 }  # a small sample", "th = 9.5  # rough"]
        assert "\nmeasured = { zh = 21.0, ja = 12.5, th = 33.3 }  # a small sample\n" in new
        assert "\nmeasured = { ko = 33.3 }\n" in new
        assert "\nth = 33.3  # rough\n" in new
        family, everything, few = registry.parse(new).model
        assert (family.measured, few.measured) == ({"ko": 33.3}, {"th": 33.3})
        # The speed of a model is the median over its languages.
        assert (family.speed, everything.speed, few.speed) == (1.5, 2.0, 1.5)
        assert [row.language for row in everything.measured_with] == ["ja", "th"]

    def test_the_real_one_takes_scores_of_every_model(self) -> None:
        """And loses nothing: without the scores it is what it was."""
        text = (ROOT / "models" / "registry.toml").read_text(encoding="utf-8")
        models = [model for model in tomllib.loads(text)["model"] if model["task"] == "translate"]
        names = [model["name"].replace("{language}", model["languages"][0].replace("*", "ko")) for model in models]
        new = updated(text, [one(name, "th") for name in names])
        before, after = tomllib.loads(text), tomllib.loads(new)
        for model in (*before["model"], *after["model"]):
            for key in ("measured", "measured_with", "speed"):
                model.pop(key, None)
        assert before == after
        assert [line for line in text.splitlines() if line.startswith("#")] == [
            line for line in new.splitlines() if line.startswith("#")
        ]

    def test_routing_sees_the_score(self) -> None:
        found = registry.parse(updated(ENTRIES, [one("everything", "th")])).find("everything")
        assert found is not None
        assert found.score("th") == (33.3, "measured")

    def test_a_second_time_replaces_the_first(self) -> None:
        once = updated(ENTRIES, [one("everything", "th", 10.0), one("everything", "hi")])
        both = [one("everything", "th"), one("everything", "hi")]
        assert updated(once, [one("everything", "th")]) == updated(ENTRIES, both)

    def test_the_speed_stays_where_all_came_from_the_cache(self) -> None:
        once = updated(ENTRIES, [one("everything", "th", speed=1.5)])
        again = updated(once, [one("everything", "th", speed=None)])
        assert again == once
        other = updated(once, [replace(one("everything", "th", speed=None), identity="other@1")])
        entry = registry.parse(other).find("everything")
        assert entry is not None
        assert [row.speed for row in entry.measured_with] == [None]

    def test_a_model_that_is_not_in_it(self) -> None:
        with pytest.raises(ConfigError, match="no model unheard-of"):
            updated(ENTRIES, [one("unheard-of", "th")])

    def test_how_needs_what(self) -> None:
        once = updated(ENTRIES, [one("few", "hi")])
        with pytest.raises(ConfigError, match="`measured_with` has a language that `measured` has not"):
            registry.parse(once.replace("hi = 33.3\n", ""))


class TestReadme:
    def files(self, folder: Path, readme: str = MARKED) -> tuple[Path, Path]:
        paths = folder / "registry.toml", folder / "README.md"
        for path, text in zip(paths, (ENTRIES, readme), strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    def test_the_table_is_between_its_marks(self, tmp_path: Path) -> None:
        entries, readme = self.files(tmp_path)
        write([one("firefox-ko-en", "ko"), one("everything", "th", speed=None)], entries, readme)
        text = readme.read_text(encoding="utf-8")
        assert text.startswith("# x\n\n<!-- measured: ")
        assert text.endswith("<!-- /measured -->\n\nafter\n")
        assert "old" not in text
        row = "| Korean | `firefox-ko-en` | 33.3 | 55.5 | 1.50 on 2 cores | 300 sentences of flores200 dev, worldbrief "
        assert row in text
        assert "| Thai | `everything` | 33.3 | 55.5 |  | 300 sentences of flores200 dev, worldbrief " in text

    def test_without_a_place_for_the_table_nothing_is_written(self, tmp_path: Path) -> None:
        entries, readme = self.files(tmp_path, "# x\n")
        with pytest.raises(ConfigError, match="no place for the measured scores"):
            write([one("everything", "th")], entries, readme)
        assert entries.read_text(encoding="utf-8") == ENTRIES

    def test_an_installation_has_no_readme(self, tmp_path: Path) -> None:
        entries, readme = self.files(tmp_path)
        readme.unlink()
        with pytest.raises(ConfigError, match="--write needs a checkout"):
            write([one("everything", "th")], entries, readme)

    def test_the_readme_has_the_scores_of_the_registry(self) -> None:
        text = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
        _, mark, rest = text.partition("<!-- measured: written by worldbrief evaluate models --write -->\n")
        assert mark
        assert rest.partition("<!-- /measured -->")[0] == registry_table(registry.load())
