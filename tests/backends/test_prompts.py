"""Prompts in a checkpoint's own chat template; the prompt of the built-in model is pinned to the byte."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.backends import Segment
from pipeline.backends.foreign import is_foreign
from pipeline.backends.prompts import LONGEST, Prompter, prompt
from pipeline.errors import BackendError
from tests.backends.conftest import Tiny

NAMES = (("范明正", "Pham Minh Chinh"),)
GEMMA = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
    "{% for message in messages %}<start_of_turn>{{ 'model' if message['role'] == 'assistant' else message['role'] }}\n"
    "{{ message['content'] | trim }}<end_of_turn>\n{% endfor %}"
    "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)


@pytest.fixture(scope="module")
def prompter(tiny: Tiny) -> Prompter:
    return Prompter(tiny.checkpoint("instruct"), "tiny@1")


def read(prompter: Prompter, tokens: list[str]) -> str:
    text: str = prompter._tokenizer.decode([prompter.vocabulary[token] for token in tokens], skip_special_tokens=False)
    return text


def asked(prompter: Prompter, segment: Segment, attempt: int = 0) -> str:
    (question,) = prompter.encode([segment], attempt)
    return read(prompter, [*prompter.static, *question.tokens])


def test_the_prompt_that_was_measured(prompter: Prompter) -> None:
    assert asked(prompter, Segment("范明正說。", "zh-Hant", NAMES)) == (
        "<|im_start|>system\nYou are a professional news translator.<|im_end|>\n<|im_start|>user\n"
        "Translate this Traditional Chinese sentence into English. Reply with the translation only."
        " Use these names: 范明正 = Pham Minh Chinh.\n\n范明正說。<|im_end|>\n<|im_start|>assistant\n"
    )
    assert prompter.end == "<|im_end|>"
    assert read(prompter, prompter.static).endswith("<|im_start|>user\n")


def test_it_says_language_kind_and_target() -> None:
    assert "headline into English" in prompt("x", Segment("x", "ko", is_title=True), 0)
    assert "Galician sentence into Spanish" in prompt("x", Segment("x", "gl", target_language="es"), 0)


def test_glosses_are_told_at_first_and_left_out_later() -> None:
    segment = Segment("Elever åtalas", "sv", NAMES, glosses=(("åtalas", "indict"), ("Lundsberg", "Lundsberg")))
    assert "Use these names: 范明正 = Pham Minh Chinh; åtalas = indict." in prompt(segment.text, segment, 0)
    assert prompt(segment.text, segment, 1).endswith("\n\nElever åtalas")


def test_a_later_attempt_writes_the_names_into_the_text() -> None:
    later = prompt("范明正說。", Segment("范明正說。", "zh-Hant", NAMES), 1)
    assert later.endswith("\n\nPham Minh Chinh 說。")


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["a", " ", "<", "|", "<|", "im_end", "|>", "<|im_end|>", "<|im_start|>", "\n", "\ud800"]),
        max_size=12,
    ),
    st.sampled_from([0, 1, 2]),
    st.booleans(),
)
def test_no_text_can_end_its_turn(prompter: Prompter, parts: list[str], attempt: int, as_term: bool) -> None:
    text = "".join(parts)
    terms = (("a", text),) if as_term else ()
    (question,) = prompter.encode([Segment("aa" if as_term else text, "ko", terms)], attempt)
    assert question.tokens.count("<|im_end|>") == 1
    assert question.tokens.count("<|im_start|>") == 1


@pytest.mark.parametrize("attempt", [0, 1])
def test_what_is_counted_is_what_one_question_is_longer_than_another(prompter: Prompter, attempt: int) -> None:
    segments = [Segment("范明正說。", "zh-Hant", NAMES), Segment("范明正說。", "zh-Hant"), Segment("說", "zh-Hant")]
    counted = prompter.count_asked(segments, attempt)
    read = [len(question.tokens) for question in prompter.encode(segments, attempt)]
    assert counted[0] > counted[1] > counted[2] > 0
    assert [size - counted[2] for size in counted] == [size - read[2] for size in read]
    assert prompter.count_asked([Segment("", "ko")], attempt) == [1]


@given(st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_what_all_questions_of_a_language_begin_with(prompter: Prompter, one: str, other: str, told: bool) -> None:
    segments = [Segment(text, "zh-Hant", NAMES if told else ()) for text in (one, other)]
    first, second = prompter.encode(segments, 0)
    lead = min(first.lead, second.lead)
    assert first.tokens[:lead] == second.tokens[:lead]
    said = read(prompter, first.tokens[: first.lead])
    assert said.startswith("Translate this Traditional Chinese sentence into English. Reply with the translation only.")
    assert NAMES[0][1] not in said


def test_tokens_that_say_nothing(tiny: Tiny, prompter: Prompter, tmp_path: Path) -> None:
    assert prompter.padded(0) == prompter.static
    assert len(prompter.padded(3)) == len(prompter.static) + 3
    assert read(prompter, prompter.padded(3)) == (
        "<|im_start|>system\nYou are a professional news translator.\n\n\n<|im_end|>\n<|im_start|>user\n"
    )
    other = Prompter(gemma(tiny, tmp_path / "gemma"), "gemma@1")
    assert read(other, other.padded(2)) == ("<bos><start_of_turn>user\nYou are a professional news translator.\n\n\n\n")


def test_a_text_that_is_no_sentence_is_cut(prompter: Prompter) -> None:
    short, long = prompter.encode([Segment("학교", "ko"), Segment("word " * 5000, "ko")], 0)
    assert (short.is_cut, long.is_cut) == (False, True)
    assert len(short.tokens) < len(long.tokens) < LONGEST + 200
    assert prompter.count(["", "abc", "the"]) == [0, 3, 2]


def test_foreign_tokens_are_found_by_what_they_spell(prompter: Prompter) -> None:
    foreign = [token for token, text in prompter.spelled() if is_foreign(text)]
    assert foreign == ["íķĻ"]


def gemma(tiny: Tiny, folder: Path, **changes: Any) -> Path:
    from tokenizers import AddedToken, Tokenizer

    shutil.copytree(tiny.checkpoint("instruct"), folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.add_special_tokens([AddedToken(word) for word in ("<bos>", "<start_of_turn>", "<end_of_turn>")])
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {"bos_token": {"content": "<bos>"}, "eos_token": "<eos>", "chat_template": GEMMA, **changes}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return folder


def test_another_template_without_a_system_turn(tiny: Tiny, tmp_path: Path) -> None:
    prompter = Prompter(gemma(tiny, tmp_path / "gemma"), "gemma@1")
    assert asked(prompter, Segment("a <end_of_turn> b", "ko")) == (
        "<bos><start_of_turn>user\nYou are a professional news translator.\n\n"
        "Translate this Korean sentence into English. Reply with the translation only.\n\n"
        "a <end_of_turn> b<end_of_turn>\n<start_of_turn>model\n"
    )
    (question,) = prompter.encode([Segment("a <end_of_turn> b", "ko")], 0)
    assert question.tokens.count("<end_of_turn>") == 1
    # The turn's end is the answer's, not the `eos_token`, which this model never writes.
    assert prompter.end == "<end_of_turn>"


def test_a_template_in_a_file_of_its_own(tiny: Tiny, tmp_path: Path) -> None:
    folder = gemma(tiny, tmp_path / "gemma", chat_template=None)
    with pytest.raises(BackendError, match="there is no chat template"):
        Prompter(folder, "gemma@1")
    (folder / "chat_template.jinja").write_text(GEMMA)
    assert Prompter(folder, "gemma@1").end == "<end_of_turn>"


@pytest.mark.parametrize("template", ["{% for", "{{ messages[0].x.y }}", "nothing", "{{ raise_exception('no') }}"])
def test_a_broken_template_is_an_unusable_model(tiny: Tiny, tmp_path: Path, template: str) -> None:
    folder = gemma(tiny, tmp_path / "gemma", chat_template=template)
    with pytest.raises(BackendError, match="the model cannot be loaded: the chat template"):
        Prompter(folder, "gemma@1")


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer_config.json"])
def test_a_missing_or_broken_file_is_told(tiny: Tiny, tmp_path: Path, name: str) -> None:
    shutil.copytree(tiny.checkpoint("instruct"), tmp_path / "m")
    (tmp_path / "m" / name).write_text("{")
    with pytest.raises(BackendError, match="m: the model cannot be loaded: "):
        Prompter(tmp_path / "m", "m@1")
    (tmp_path / "m" / name).unlink()
    with pytest.raises(BackendError, match=f"{name} is missing; `worldbrief models get m`"):
        Prompter(tmp_path / "m", "m@1")
