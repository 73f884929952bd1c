"""What the built-in translator's training reads how often, and the glosses that its questions tell."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import pytest

from pipeline.backends import Segment
from pipeline.backends.prompts import prompt
from pipeline.dictionaries import Dictionary
from pipeline.dictionaries.compact import Tables, entry, write
from pipeline.text.normalise import normalise_sentence
from pipeline.translation.lexicon import Lexicon
from pipeline.translation.units import units

FOLDER = Path(__file__).parents[2] / "models" / "builtin"
SENTENCE = "Der Schlichter hat im Hafen {} Streiks beendet."
TARGET = "The mediator ended {} strikes in the port."


@pytest.fixture
def words(tmp_path: Path) -> Lexicon:
    """Schlichter is rare and told, Hafen common and not; of Streik there are too many senses."""
    entries = {
        "Schlichter": entry(3.0, {"n": ["arbitrator"]}),
        "Hafen": entry(5.2, {"n": ["port"]}),
        "Streiks": entry(3.5, {"n": ["strike", "walkout", "stroke", "hit"]}),
    }
    write(tmp_path / "de.dict.xz", Tables(entries=entries))
    return Lexicon(lambda language: Dictionary.open(language, tmp_path))


def pairs_of(module: Any, count: int) -> list[Any]:
    return [module.Pair("de", "ntrex", SENTENCE.format(n + 10), TARGET.format(n + 10), n) for n in range(count)]


def test_a_share_of_the_questions_tells_glosses_and_the_same_ones_again(recipe: Any, words: Lexicon) -> None:
    pairs = recipe("pairs")
    made = pairs_of(pairs, 200)
    mixture = pairs.Mixture(seed=3, glosses=0.5)

    def told(asked: list[Any], mixture: Any) -> set[str]:
        asker = pairs.Asker(random.Random(1), mixture, words)
        return {pair.source for pair in asked if "glosses" in asker.example(pair)}

    first = told(made, mixture)
    assert 70 < len(first) < 130
    assert told(made[::-1], mixture) == first
    assert told(made, pairs.Mixture(seed=4, glosses=0.5)) != first
    assert told(made, pairs.Mixture(seed=3)) == set()
    assert len(told(made, pairs.Mixture(glosses=1.0))) == 200


def test_a_question_tells_what_the_product_tells_though_the_english_has_another_word(
    recipe: Any, words: Lexicon
) -> None:
    pairs = recipe("pairs")
    (pair,) = pairs_of(pairs, 1)
    row = pairs.Asker(random.Random(1), pairs.Mixture(glosses=1.0), words).example(pair)
    (unit,) = units("", [pair.source], "de", None, [], lexicon=words)
    assert row["glosses"] == unit.segment.glosses == (("Schlichter", "arbitrator"),)
    assert row["prompt"] == prompt(unit.segment.text, unit.segment, 0)
    assert row["target"] == pair.english
    assert pairs.told([row, row]) == {"de": {"questions": 2, "glosses": 2, "in the English": 0}}


def test_the_development_set_is_asked_with_all_glosses_or_none(recipe: Any, words: Lexicon) -> None:
    pairs = recipe("pairs")
    asker = pairs.Asker(random.Random(1), pairs.Mixture(glosses=0.5), words)
    made = pairs_of(pairs, 20)
    assert all("glosses" in asker.example(pair, is_dev=True) for pair in made)
    plain = [asker.example(pair, is_dev=True, is_told=False) for pair in made]
    assert not any("glosses" in row or "Schlichter =" in row["prompt"] for row in plain)


def test_a_later_attempt_and_a_language_without_a_dictionary_have_no_glosses(recipe: Any, words: Lexicon) -> None:
    pairs = recipe("pairs")
    asker = pairs.Asker(random.Random(1), pairs.Mixture(glosses=1.0), words)
    pair = pairs.Pair("fr", "ntrex", "Le médiateur a parlé.", "The mediator spoke.")
    row = asker.example(pair)
    assert "glosses" not in row
    assert row["prompt"] == prompt(normalise_sentence(pair.source, "fr"), Segment(pair.source, "fr"), 0)


def test_glosses_without_dictionaries_are_refused(recipe: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = recipe("pairs")
    monkeypatch.setattr(pairs, "carried", lambda: None)
    with pytest.raises(SystemExit, match="no dictionary"):
        pairs.dictionaries(pairs.Mixture(glosses=0.5), [tmp_path])
    pairs.dictionaries(pairs.Mixture(), [])


def test_sources_are_read_as_often_as_the_recipe_says(recipe: Any) -> None:
    mixture = recipe("mixture")
    settings = mixture.Mixture(
        sources={
            name: mixture.Source("free", "english", weight)
            for name, weight in {"a": 1.0, "b": 0.5, "c": 2.0, "d": 0.0}.items()
        }
    )
    made = [mixture.Pair("de", f"{name}_dev", f"{name} {n}", "English.") for name in "abcd" for n in range(200)]
    found = [pair.corpus[0] for pair in settings.weighted(made)]
    assert (found.count("a"), found.count("c"), found.count("d")) == (200, 400, 0)
    assert 70 < found.count("b") < 130
    with pytest.raises(SystemExit, match=r"sources\.e is missing"):
        settings.source(mixture.Pair("de", "e_dev", "", ""))


def test_the_recipe_has_each_source_and_no_line_is_read_a_fifth_time(recipe: Any, tmp_path: Path) -> None:
    mixture = recipe("mixture")
    settings = mixture.Mixture.read(FOLDER / "recipe.toml")
    assert {"tatoeba", "tico19", "park", "jhe", "ntrex"} <= settings.sources.keys()
    path = tmp_path / "recipe.toml"
    path.write_text('[pairs]\n[sources.ntrex]\nkind = "lines"\norigin = "english"\nweight = 2.0\n')
    with pytest.raises(SystemExit, match="cannot be read"):
        mixture.Mixture.read(path)
    path.write_text("[pairs]\nglosses = 50\n[sources]\n")
    with pytest.raises(SystemExit, match="no share"):
        mixture.Mixture.read(path)


@pytest.mark.parametrize(
    ("source", "english", "wanted"),
    [
        (
            "部長は「交渉は来週も続く、」と述べた。", 'The minister said: "The talks go on next week," and left.',
            ("「交渉は来週も続く」", '"The talks go on next week."'),
        ),
        ("Er sagte: „Wir bleiben.“", 'He said "we" stay.', None),
        ("Er sagte: „Wir bleiben.“", '"We stay," he said, "and fight."', None),
        ("Er sagte nichts.", 'He said: "Nothing."', None),
    ],
)  # fmt: skip
def test_a_quotation_stands_alone_where_both_sides_have_just_one(
    recipe: Any, source: str, english: str, wanted: tuple[str, str] | None
) -> None:
    mixture = recipe("mixture")
    found = mixture.quotation(mixture.Pair("ja", "ntrex", source, english))
    assert (found and (found.source, found.english)) == wanted


@pytest.mark.parametrize(
    ("corpus", "source", "english", "is_one"),
    [
        ("ntrex", "ベルリンで交渉が再開", "Talks resume in Berlin", True),
        ("park_news_dev", "베를린에서 협상 재개", "Talks resume in Berlin", True),
        # Cut off on one side only.
        ("park_news_dev", "베를린에서 협상이 재개되었다.", "Talks resume in Berlin", False),
        ("park_news_dev", "문제는 분명하다", "The problem is obvious:", False),
        ("tatoeba_anki", "ベルリンで会おう", "See you in Berlin", False),
    ],
)
def test_a_line_of_news_without_a_full_stop_is_a_headline(
    recipe: Any, corpus: str, source: str, english: str, is_one: bool
) -> None:
    pairs = recipe("pairs")
    assert pairs.is_headline(pairs.Pair("ja", corpus, source, english)) is is_one


@pytest.mark.parametrize(
    ("english", "gloss", "found"),
    [
        ("Two Arbitrators met.", "arbitrator", True),
        ("The police  radio was off.", "police radio", True),
        ("They walked.", "walk", True),
        ("The passport was lost.", "port", False),
        ("The portal opened.", "port", False),
    ],
)
def test_a_gloss_is_found_in_english(recipe: Any, english: str, gloss: str, found: bool) -> None:
    assert recipe("mixture").says(english, gloss) is found


def test_before_and_after_tell_which_glosses_are_obeyed(
    recipe: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answers(name: str, hypothesis: str) -> str:
        row = {"language": "de", "prompt": "?", "target": "The mediator is in the port.", "hypothesis": hypothesis}
        glosses = {"glosses": [["Schlichter", "arbitrator"], ["Hafen", "port"]]}
        path = tmp_path / name
        path.write_text(json.dumps(row | glosses) + "\n")
        return str(path)

    before, after = answers("b", "The arbitrator is in the port."), answers("a", "The mediator is in the port.")
    monkeypatch.setattr("sys.argv", ["compare.py", before, after])
    recipe("compare").main()
    assert capsys.readouterr().out.splitlines()[-1] == "| de | 1 | 100% | 100% | 1 | 100% | 0% |"


def test_one_command_does_all_steps_and_goes_on_where_it_was(
    recipe: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = recipe("whole")
    done: list[str] = []

    def run(command: list[str], **_: object) -> argparse.Namespace:
        script = Path(command[1]).name
        done.append(script)
        if script != "compare.py":
            out = Path(command[command.index("--out") + 1])
            name = {"pairs.py": "pairs.json", "train.py": "training.json", "prefer.py": "preferred-held.jsonl"}
            path = out / name[script] if script in name else out
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
        return argparse.Namespace(returncode=int(fails(script)), stdout=b"| table |")

    def fails(script: str) -> bool:
        return script == "prefer.py" and done.count("prefer.py") == 1

    monkeypatch.setattr(whole.subprocess, "run", run)
    monkeypatch.setattr("sys.argv", ["whole.py", "--base", "base.gguf", "--out", str(tmp_path / "run")])
    with pytest.raises(SystemExit, match="prefer"):
        whole.main()
    assert done == ["pairs.py", "train.py", "generate.py", "prefer.py"]
    (tmp_path / "run" / "preferences1" / "preferred-held.jsonl").unlink()
    done[:] = ["prefer.py"]
    whole.main()
    assert done[1:] == [
        *["prefer.py", "train.py", *["generate.py", "prefer.py", "train.py"] * 2],
        *["generate.py"] * 4, *["compare.py"] * 3,
    ]  # fmt: skip
    assert (tmp_path / "run" / "dictionaries.md").read_text() == "| table |"
    done.clear()
    whole.main()
    assert done == []
