from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from pipeline.dictionaries import Dictionary, carried, compact
from pipeline.language import codes

FOLDER = Path(__file__).parents[2] / "models" / "builtin" / "dictionaries"
FILES = sorted(FOLDER.glob(f"*{compact.SUFFIX}"))

# Of the news, with the English that belongs to them; one line a kind of language.
NEWS = {
    "de": ("Der Streik; die Waffenruhe; Drohnen; am Dünndarm; das Hakenkreuz", "strike truce drone swastika"),
    "sv": ("strejken, vapenvilan, drönare, tunntarm, hakkorset", "strike truce drone swastika"),
    "nb": ("streiken, våpenhvilen, droner, stavsprang", "strike ceasefire drone pole"),
    "fr": ("la grève, le cessez-le-feu, les drones, intestin grêle", "strike ceasefire drone small"),
    "it": ("lo sciopero, il cessate il fuoco, due svastiche", "strike ceasefire swastika"),
    "es": ("la huelga, el alto el fuego, dos esvásticas", "strike ceasefire swastika"),
    "pt": ("a greve, o cessar-fogo, duas suásticas", "strike ceasefire swastika"),
    "pl": ("strajk, zawieszenie broni, jelito cienkie", "strike ceasefire small"),
    "cs": ("stávka, příměří, vláda podala demisi", "strike armistice resignation"),
    "ru": ("забастовка, перемирия, свастика", "strike truce swastika"),
    "tr": ("grev, ateşkes, depremin", "strike cease-fire earthquake"),
    "vi": ("đình công, ung thư ruột non, động đất", "strike cancer small earthquake"),
    "ko": ("파업과 휴전, 청송군에서 지진이", "strike ceasefire Cheongsong earthquake"),
    "ar": ("والزلزال, سرطان", "earthquake cancer"),
    "hi": ("हड़ताल, भूकंप, चमोली", "strike earthquake Chamoli"),
    "th": ("แผ่นดินไหว", "earthquake"),
    "sr": ("Штрајк и земљотрес", "strike earthquake"),
    "fi": ("Lakko ja tulitauko", "strike ceasefire"),
    "hu": ("A sztrájk és a fegyverszünet", "strike armistice"),
}


def test_the_extracts_are_small_and_say_where_they_are_from() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 20_000_000
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for licence in ("CC BY-SA 3.0", "CC BY-SA 4.0", "CC BY 4.0", "Wiktionary", "GeoNames", "wordfreq"):
        assert licence in readme


def test_they_are_found_and_belong_to_languages() -> None:
    assert carried() == FOLDER
    for path in FILES:
        name = path.name.removesuffix(compact.SUFFIX)
        if not name.startswith("places-"):
            assert codes.normalise(name) == name
    pyproject = tomllib.loads((FOLDER.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    included = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["models/builtin/dictionaries"] == "pipeline/models/builtin/dictionaries"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_can_be_read(path: Path) -> None:
    tables = compact.read(path)
    assert tables.entries
    for value in tables.entries.values():
        _, parts = compact.parse(value)
        assert parts
        assert all(len(gloss.split()) <= 6 for part in parts for sense in part.senses for gloss in sense)
    missing = [
        form for form, rules in tables.forms.items()
        if rules and not any(compact.apply(rule, form) in tables.entries for rule in rules.split("|"))
    ]  # fmt: skip
    assert missing == []


@pytest.mark.parametrize("language", NEWS)
def test_words_of_the_news_are_known(language: str) -> None:
    opened = Dictionary.open(language, FOLDER)
    assert opened is not None
    sentence, expected = NEWS[language]
    told = {word for found in opened.entries(sentence) for gloss in found.glosses for word in gloss.split()}
    assert {*expected.split()} - told == set()


def test_the_largest_is_opened_at_once() -> None:
    largest = max(FILES, key=lambda path: path.stat().st_size)
    start = time.process_time()
    assert Dictionary.open(largest.name.removesuffix(compact.SUFFIX), FOLDER)
    assert time.process_time() - start < 2  # a quarter of a second on an idle machine
