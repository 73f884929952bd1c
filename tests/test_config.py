"""The configuration file: what it takes, what it refuses and how it says so."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.config import Config, Section, Translate, digests_of, json_schema, load, to_toml, with_model
from pipeline.errors import ConfigError

CONFIGS = Path(__file__).parents[1] / "configs"


def loaded(folder: Path, text: str) -> Config:
    path = folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def sections(section: Section, name: str = "") -> Iterator[tuple[str, Section]]:
    yield name, section
    for key in type(section).model_fields:
        value = getattr(section, key)
        if isinstance(value, Section):
            yield from sections(value, f"{name}.{key}".strip("."))


class TestDefaults:
    def test_no_file_gives_them(self) -> None:
        assert load(None) == Config()

    def test_the_file_of_defaults_has_every_key_with_its_default(self) -> None:
        assert load(CONFIGS / "default.toml") == Config()
        written = tomllib.loads((CONFIGS / "default.toml").read_text(encoding="utf-8"))
        assert written == tomllib.loads(to_toml(Config()))

    @pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
    def test_every_file_shipped_is_valid(self, path: Path) -> None:
        load(path)

    @pytest.mark.parametrize(("name", "section"), list(sections(Config())))
    def test_every_section_and_field_says_what_it_is(self, name: str, section: Section) -> None:
        assert type(section).__doc__
        for key, field in type(section).model_fields.items():
            if not isinstance(getattr(section, key), Section):
                assert field.description, f"{name}.{key}"

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(ValidationError, match="frozen"):
            Config().run.out = "elsewhere"  # type: ignore[misc]


class TestFile:
    def test_what_it_says_goes_over_the_defaults(self, tmp_path: Path) -> None:
        config = loaded(tmp_path, '[translate]\nbeam_size = 4\nmodels = {ko = "a"}\n[ingest]\npaths = ["x", "y"]')
        assert config.translate.beam_size == 4
        assert config.translate.models == {"ko": "a"}
        assert config.ingest.paths == ("x", "y")
        assert config.translate.retries == Config().translate.retries

    def test_a_whole_number_may_stand_for_a_share(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, "[detect]\nthreshold = 1").detect.threshold == 1.0

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("[translate]\nbeamsize = 4", "translate.beamsize: unknown key; did you mean 'beam_size'?"),
            ("[translat]\nbeam_size = 4", "translat: unknown key; did you mean 'translate'?"),
            ("[ingest.columns]\ntitel = 'x'", "ingest.columns.titel: unknown key; did you mean 'title'?"),
            ("[summarise]\nqqq = 1", "summarise.qqq: unknown key; known keys: max_sentences, max_words"),
            ("[translate]\nbeam_size = '4'", "translate.beam_size: input should be a valid integer (got '4')"),
            ("[translate]\nbeam_size = 0", "translate.beam_size: input should be greater than 0 (got 0)"),
            ("[translate]\nbeam_size = 1.0", "translate.beam_size: input should be a valid integer (got 1.0)"),
            ("[translate]\nbeam_size = true", "translate.beam_size: input should be a valid integer (got True)"),
            ("[translate]\nmodel = 1", "translate.model: input should be a valid string (got 1)"),
            ("[translate]\nmodel = 2026-01-01T00:00:00\nbeam_size = -1", "translate.beam_size: input should be"),
            ("[translate]\nmodels = {ko = 1}", "translate.models.ko: input should be a valid string (got 1)"),
            ("[translate]\ndevice = 'gpu'", "translate.device: input should be 'auto', 'cpu' or 'cuda' (got 'gpu')"),
            (
                "[issue]\ndrafts = 'lists'",
                "issue.drafts: input should be 'list', 'tell' or 'drop' (got 'lists'); did you",
            ),
            ("[issue]\nformats = ['html', 'htm']", "issue.formats.1: input should be"),
            ("[issue]\nformats = []", "issue.formats: tuple should have at least 1 item"),
            ("[detect]\nthreshold = 1.5", "detect.threshold: input should be less than or equal to 1 (got 1.5)"),
            ("[detect]\nthreshold = nan", "detect.threshold: input should be"),
            ("[ingest]\npaths = 'x'", "ingest.paths: input should be a valid"),
            ("translate = 3", "translate: input should be"),
            ("[translate", "is not valid TOML: "),
            ("[run]\nout = 'a'\nout = 'b'", "is not valid TOML: "),
        ],
    )
    def test_what_is_wrong_is_named_with_file_and_key(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(ConfigError) as caught:
            loaded(tmp_path, text)
        assert f"{tmp_path / 'my.toml'}: {message}" in str(caught.value)

    def test_a_wrong_word_of_a_list_names_the_nearest(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"issue\.formats\.0: .* \(got 'jsonfed'\); did you mean 'jsonfeed'\?"):
            loaded(tmp_path, "[issue]\nformats = ['jsonfed']")

    def test_all_errors_are_named_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError) as caught:
            loaded(tmp_path, "[translate]\nbeam_size = 0\nretrys = 2\n[tag]\nmax_topics = 'five'")
        assert len(str(caught.value).splitlines()) == 3

    def test_a_long_wrong_value_is_not_shown_whole(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError) as caught:
            loaded(tmp_path, f"[translate]\nbeam_size = '{'x' * 5_000}'")
        assert len(str(caught.value)) < 500

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"my\.toml: cannot be read: No such file or directory"):
            load(tmp_path / "my.toml")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
            load(tmp_path)

    def test_a_file_in_another_encoding(self, tmp_path: Path) -> None:
        (tmp_path / "my.toml").write_bytes("[issue]\ntitle = 'Événements'".encode("latin-1"))
        with pytest.raises(ConfigError, match="is not UTF-8 text"):
            load(tmp_path / "my.toml")


class TestShown:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            '[translate]\nmodels = {ko = "a", "zh-Hant" = "b \\"quoted\\""}',
            '[issue]\ntitle = "Line one\\nline two \\\\ [x] \\"quoted\\" 漢字"',
            '[ingest]\npaths = ["a b", "c, d", "e  f", "g\\"h"]\n[ingest.columns]\ntitle = "T"',
            "[ingest]\npaths = []",
        ],
    )
    def test_it_reads_back_as_it_was(self, tmp_path: Path, text: str) -> None:
        config = loaded(tmp_path, text)
        assert loaded(tmp_path, to_toml(config)) == config

    def test_every_key_stands_under_its_description(self) -> None:
        lines = to_toml(Config()).splitlines()
        for key in ("beam_size", "paths", "max_bytes", "models"):
            at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
            assert lines[at - 1].startswith("# ")

    def test_the_schema_has_every_key_and_allows_no_other(self) -> None:
        schema = json.loads(json_schema())
        assert schema["additionalProperties"] is False
        assert set(schema["properties"]) == set(Config.model_fields)
        translate = schema["$defs"]["Translate"]
        assert translate["additionalProperties"] is False
        assert translate["properties"]["beam_size"]["description"]
        assert translate["properties"]["beam_size"]["default"] == 1


def test_settings_that_say_how_to_run_do_not_change_a_key() -> None:
    settings = Config().translate.output_settings()
    assert {"beam_size", "compute_type", "retries", "min_confidence"} <= set(settings)
    assert not {"batch_tokens", "threads", "device"} & set(settings)
    assert Config().run.output_settings() == {}


def test_one_model_for_all_languages() -> None:
    config = Config(translate=Translate(model="a", models={"pt": "b"}, retries=3))
    assert with_model(config, None) is config
    assert with_model(config, "c").translate == Translate(model="c", retries=3)


DIGESTS = """
[issue]
title = "The Desk"
max_items = 5
base_url = "https://example.org/brief/"
[publish]
targets = ["archive"]
[publish.smtp]
host = "mail.example.org"
[publish.archive]
folder = "archive"
[[digest]]
name = "all"
[[digest]]
name = "taiwan"
title = "Taiwan Watch"
out = "tw"
take = [{ places = ["Taiwan"] }, { languages = ["zh-TW"], topics = ["politics and government"] }]
[digest.publish.smtp]
recipients = "tw.csv"
[digest.publish.archive]
folder = "elsewhere"
"""


class TestDigests:
    def test_each_has_what_all_have_and_its_own_over_it(self, tmp_path: Path) -> None:
        every, taiwan = digests_of(loaded(tmp_path, DIGESTS))
        assert (every.name, taiwan.name) == ("all", "taiwan")
        assert (every.config.issue.title, taiwan.config.issue.title) == ("The Desk", "Taiwan Watch")
        assert every.config.issue.max_items == taiwan.config.issue.max_items == 5
        assert taiwan.config.publish.smtp.model_dump(exclude_unset=True) == {
            "host": "mail.example.org", "recipients": "tw.csv",
        }  # fmt: skip
        assert every.config.publish.smtp.recipients == ""
        assert every.config.publish.targets == taiwan.config.publish.targets == ("archive",)
        assert taiwan.take[1].languages == ("zh-Hant",)
        assert every.config.digest == taiwan.config.digest == ()

    def test_folders_and_addresses_are_not_shared(self, tmp_path: Path) -> None:
        every, taiwan = digests_of(loaded(tmp_path, DIGESTS))
        assert (every.config.run.out, taiwan.config.run.out) == ("out/all", "out/tw")
        assert every.config.issue.base_url == "https://example.org/brief/all"
        assert (every.config.publish.archive.folder, taiwan.config.publish.archive.folder) == (
            "archive/all",
            "elsewhere",
        )

    def test_without_one_there_is_the_one_of_the_issue(self) -> None:
        (only,) = digests_of(Config())
        assert (only.name, only.config) == ("", Config())

    def test_what_is_shown_reads_as_the_same(self, tmp_path: Path) -> None:
        config = loaded(tmp_path, DIGESTS)
        shown = to_toml(config)
        assert shown.count("[[digest]]") == 2
        again = loaded(tmp_path, shown)
        assert again == config
        assert digests_of(again) == digests_of(config)

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ("[[digest]]\nname = 'ALL'", "digest: two digests are called 'all'"),
            ("[[digest]]\nname = 'b'\nout = 'TW'", "digest: two digests write to the folder 'out/tw'"),
            ("[[digest]]\nname = 'b'\nout = '.'", "digest.2.out: use letters and digits"),
            ("[[digest]]\nname = 'b'\nout = '/tmp/b'", "digest.2.out: use letters and digits"),
            (
                "[[digest]]\nname = 'b'\nbase_url = 'https://example.org/brief/all/'",
                "digest: two digests have the address (base_url) 'https://example.org/brief/all'",
            ),
            (
                "[[digest]]\nname = 'b'\n[digest.publish.archive]\nfolder = 'elsewhere'",
                "digest: two digests have the archive (publish.archive.folder)",
            ),
            ("[[digest]]\ntitle = 'x'", "digest.2.name: field required"),
            ("[[digest]]\nname = 'a/b'", "digest.2.name: use letters and digits"),
            ("[[digest]]\nname = 'b'\ntitel = 'x'", "digest.2.titel: unknown key; did you mean 'title'?"),
            (
                "[[digest]]\nname = 'b'\ntake = [{ language = ['ko'] }]",
                "digest.2.take.0.language: unknown key; did you mean 'languages'?",
            ),
            (
                "[[digest]]\nname = 'b'\ntake = [{ languages = ['ko', 'xx'] }]",
                "digest.2.take.0.languages.1: no such language",
            ),
            ("[[digest]]\nname = 'b'\nleave = [{ keywords = ['*'] }]", "digest.2.leave.0.keywords.0: has no letter"),
            ("[[digest]]\nname = 'b'\nmax_items = 0", "digest.2.max_items: input should be greater than 0"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, more: str, message: str) -> None:
        with pytest.raises(ConfigError) as caught:
            loaded(tmp_path, f"{DIGESTS}\n{more}")
        assert f"{tmp_path / 'my.toml'}: {message}" in str(caught.value)

    def test_an_empty_table_of_rules_is_a_slip(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"digest\.2\.take\.0: names nothing"):
            loaded(tmp_path, f"{DIGESTS}\n[[digest]]\nname = 'b'\ntake = [{{}}]")
