"""The instruct backend on a tiny random Qwen2: the true architecture and engine, no sense in the answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends import Decoding, Segment
from pipeline.backends.instruct import InstructTranslator, prompt
from pipeline.errors import BackendError
from pipeline.models.convert import convert
from tests.models.test_convert import write_gguf

TEXTS = ["정부는 계획을 발표했다.", "학교", "시민들은 환영했다고 한다, 그리고 더 많은 것을 원했다."]
END = "<|im_end|>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("tiny")
    write_gguf(work / "tiny.gguf")
    (work / "model").mkdir()
    convert(work / "tiny.gguf", work / "model")
    return work / "model"


@pytest.fixture(scope="module")
def translator(folder: Path) -> InstructTranslator:
    return load(folder)


def load(folder: Path) -> InstructTranslator:
    return InstructTranslator(folder, "tiny@1/int8", compute_type="int8", threads=1, device="cpu")


def segments(*texts: str) -> list[Segment]:
    return [Segment(text, "ko") for text in texts]


def test_one_answer_for_each_segment_in_order(translator: InstructTranslator) -> None:
    forwards = translator.translate(segments(*TEXTS), Decoding())
    backwards = translator.translate(segments(*reversed(TEXTS)), Decoding())
    assert len(forwards) == len(TEXTS)
    assert [answer.text for answer in forwards] == [answer.text for answer in reversed(backwards)]
    assert len({answer.text for answer in forwards}) == len(TEXTS)


def test_the_same_again_gives_the_same(translator: InstructTranslator, folder: Path) -> None:
    first = translator.translate(segments(*TEXTS), Decoding())
    assert translator.translate(segments(*TEXTS), Decoding()) == first
    assert load(folder).translate(segments(*TEXTS), Decoding()) == first


def test_nothing_to_do(translator: InstructTranslator) -> None:
    assert translator.translate([], Decoding()) == []
    assert translator.count_tokens([]) == []


def test_an_answer_that_does_not_end_is_cut_and_says_so(translator: InstructTranslator) -> None:
    answers = translator.translate(segments(*TEXTS), Decoding())
    # A random model has no reason to stop.
    assert not any(answer.finished for answer in answers)
    longest = max(translator.count_tokens(TEXTS))
    for answer in answers:
        # A byte that is no text alone is written as three.
        assert translator.count_tokens([answer.text])[0] <= 3 * (3 * longest + 24)
        assert answer.score is not None
        assert answer.score < 0
        assert "\n" not in answer.text


def test_beams_and_penalties_are_taken(translator: InstructTranslator) -> None:
    wide = Decoding(beam_size=3, repetition_penalty=1.3, no_repeat_ngram_size=2, attempt=1)
    assert translator.translate(segments(*TEXTS), wide) != translator.translate(segments(*TEXTS), Decoding())


def test_tokens_are_those_of_the_model(translator: InstructTranslator) -> None:
    # Byte-level, with `th` as the one merge.
    assert translator.count_tokens(["", "abc", "the", "학교"]) == [0, 3, 2, 6]


@given(
    st.lists(st.sampled_from(["a", " ", "<", "|", "<|", "im_end", "|>", END, "<|im_start|>", "\n"]), max_size=12),
    st.sampled_from([0, 1, 2]),
    st.booleans(),
)
def test_no_text_can_end_its_turn(folder: Path, parts: list[str], attempt: int, as_term: bool) -> None:
    from tokenizers import Tokenizer

    text = "".join(parts)
    terms = (("a", text),) if as_term else ()
    asked = prompt(Segment("aa" if as_term else text, "ko", terms), attempt)
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(asked, add_special_tokens=False).tokens
    assert tokens.count(END) == 1
    assert tokens.count("<|im_start|>") == 1


def test_the_prompt_names_language_kind_and_names() -> None:
    asked = prompt(Segment("范明正說。", "zh-Hant", (("范明正", "Pham Minh Chinh"),)), 0)
    assert "Chinese" in asked
    assert "sentence" in asked
    assert "范明正 = Pham Minh Chinh" in asked
    assert "范明正說。" in asked
    assert "headline" in prompt(Segment("范明正", "zh-Hant", is_title=True), 0)
    assert prompt(Segment("范明正說。", "zh-Hant", (("范明正", "Pham Minh Chinh"),)), 1) != asked


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "model.bin").unlink(),
        lambda folder: (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:10_000]),
        lambda folder: (folder / "model.bin").write_bytes(b"no model" * 100),
        lambda folder: (folder / "tokenizer.json").unlink(),
        lambda folder: (folder / "tokenizer.json").write_text("{"),
    ],
    ids=["no-model", "half-a-model", "another-file", "no-tokenizer", "broken-tokenizer"],
)
def test_a_damaged_folder_is_an_unusable_model(folder: Path, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    spoil(damaged)
    with pytest.raises(BackendError, match=r"damaged: the model cannot be loaded: "):
        load(damaged)


def test_a_compute_type_that_does_not_exist(folder: Path) -> None:
    with pytest.raises(BackendError, match="cannot be loaded"):
        InstructTranslator(folder, "tiny", compute_type="int3", threads=1, device="cpu")
