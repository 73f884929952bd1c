"""Which tokens a translation is written with, and the vocabulary with those first."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.prompts import Prompter
from pipeline.models.vocabulary import may_be_written, renumber, written_first
from tests.backends import checkpoints

PROSE = [
    *("the", " Kyiv", "thouse", " É", "façade", " YouTube", "(NATO", ' "The', "'s", "n't", "’s", "-old", " $", "$m"),
    *(
        ".S",
        ".m",
        " .",
        ".",
        "...",
        '."',
        ",”",
        "%",
        " –",
        " €",
        "2",
        "2026",
        ".com",
        "/km",
        " ",
        "\n",
        "\n\n",
        "°",
        "½",
    ),
]
NOT_PROSE = [
    *("日本", " при", "สวัสดี", "한", "ά", ".append", "_name", "());\n", "        ", "\t\t", "\r\n", "});", "=="),
    *("://", "\n\n\n", " đường", "🚼🚼", "{}\n", "<div", "ab_cd", "x=y", ""),
]


@pytest.mark.parametrize("text", PROSE)
def test_what_prose_has(text: str) -> None:
    assert may_be_written("token", text)


@pytest.mark.parametrize("text", NOT_PROSE)
def test_what_it_has_not(text: str) -> None:
    assert not may_be_written("token", text)


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=60))
def test_every_ascii_text_can_be_spelt(text: str) -> None:
    assert all(may_be_written(character, character) for character in text)


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    return checkpoints.write("instruct", tmp_path / "qwen")


def test_the_written_come_first_and_none_is_lost(checkpoint: Path) -> None:
    prompter = Prompter(checkpoint, "tiny")
    rows = len(prompter.vocabulary) + 7
    order, written = written_first(prompter, rows)
    assert sorted(order) == list(range(rows))
    tokens = {number: token for token, number in prompter.vocabulary.items()}
    assert prompter.end in {tokens[number] for number in order[:written]}
    spelled = dict(prompter.spelled())
    left = [tokens[number] for number in order[written:] if number in tokens]
    assert 0 < written < rows - 7
    assert not any(may_be_written(token, spelled[token]) for token in left)


def test_tokens_that_the_model_has_no_row_for_keep_their_numbers(checkpoint: Path) -> None:
    prompter = Prompter(checkpoint, "tiny")
    rows = len(prompter.vocabulary) - 3
    order, _ = written_first(prompter, rows)
    assert sorted(order) == list(range(rows))
    before = prompter.vocabulary
    renumber(checkpoint / "tokenizer.json", order)
    after = Prompter(checkpoint, "tiny").vocabulary
    assert {token for token, number in after.items() if number >= rows} == {
        token for token, number in before.items() if number >= rows
    }


def test_a_renumbered_tokenizer_reads_and_writes_the_same(checkpoint: Path, tmp_path: Path) -> None:
    before = Prompter(checkpoint, "tiny")
    order, _ = written_first(before, len(before.vocabulary))
    made = tmp_path / "made"
    shutil.copytree(checkpoint, made)
    renumber(made / "tokenizer.json", order)
    after = Prompter(made, "tiny")
    assert (after.static, after.end) == (before.static, before.end)
    place = {old: new for new, old in enumerate(order)}
    assert after.vocabulary == {token: place[number] for token, number in before.vocabulary.items()}
    for text in checkpoints.SOURCES:
        tokens = before._tokens(text)
        assert after._tokens(text) == tokens
        assert after.decode(tokens) == before.decode(tokens)
    assert after.decode_ids([after.vocabulary[before.end]]) == before.decode_ids([before.vocabulary[before.end]])


def test_a_vocabulary_without_a_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps({"model": {"type": "Unigram", "vocab": [["a", -1.0]]}}))
    with pytest.raises(ValueError, match="does not know a vocabulary of the type 'Unigram'"):
        renumber(path, [0])
