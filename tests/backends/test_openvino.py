"""OpenVINO on the tiny chat model, converted for real; its graph is held against transformers in tests/models."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.backends import Decoding
from pipeline.backends.foreign import is_foreign
from pipeline.backends.openvino_ import InstructTranslator
from pipeline.errors import BackendError
from pipeline.models.openvino_graph import MODEL
from tests.backends.checkpoints import SOURCES
from tests.backends.conftest import BAD, Tiny, segments

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from pipeline.models.convert import draw

    made = tmp_path_factory.mktemp("openvino") / "drawn"
    draw(tiny.checkpoint("instruct"), made)
    return made


@pytest.fixture(scope="module")
def translator(folder: Path) -> Any:
    return InstructTranslator(folder, "tiny@1", threads=1)


@pytest.mark.parametrize("decoding", [Decoding(), Decoding(repetition_penalty=1.3)], ids=["greedy", "penalty"])
def test_it_writes_what_transformers_writes(
    tiny: Tiny, translator: Any, decoding: Decoding, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To a random model a line break says as much as anything.
    monkeypatch.setattr(translator._prompter, "padded", lambda more: translator._prompter.static)
    # Eight bits make some tokens others, and every later one with them: most of what is written first is the same.
    theirs = tiny.translator("transformers", "instruct").translate(segments(*SOURCES), decoding)
    ours = translator.translate(segments(*SOURCES), decoding)
    begun = [one.text[:2] == other.text[:2] for one, other in zip(ours, theirs, strict=True)]
    assert sum(begun) >= len(begun) - 1
    assert len({item.text for item in ours}) > 1


def test_company_order_and_what_was_read_before_are_of_no_matter(folder: Path, translator: Any) -> None:
    texts = [*SOURCES, "정부", "정부는 " * 12]
    alone = {text: translator.translate(segments(text), Decoding())[0] for text in texts}
    fresh = InstructTranslator(folder, "tiny@1", threads=2)
    for order in (texts, texts[::-1]):
        for text, found in zip(order, fresh.translate(segments(*order), Decoding()), strict=True):
            # A chat model may go on longer in long company.
            length = min(len(found.text), len(alone[text].text))
            assert found.text[:length] == alone[text].text[:length]
    assert translator.translate(segments(*texts), Decoding()) == translator.translate(segments(*texts), Decoding())


def test_what_questions_share_is_read_once(folder: Path) -> None:
    translator = InstructTranslator(folder, "tiny@1", threads=1)
    asked: list[int] = []
    real = translator._pipeline.add_request

    class Engine:
        step = translator._pipeline.step
        has_non_finished_requests = translator._pipeline.has_non_finished_requests

        @staticmethod
        def add_request(number: int, tokens: Any, settings: Any) -> Any:
            asked.append(tokens.shape[1])
            return real(number, tokens, settings)

    translator._pipeline = Engine
    translator.translate(segments("학교", "정부"), Decoding())
    translator.translate(segments("시민", "은행"), Decoding())
    ahead, *rest = asked
    # Whole pages, and all but what is the text's own.
    assert ahead % 32 == 0
    assert len(rest) == 4
    assert all(ahead < size < ahead + 64 for size in rest)


@pytest.mark.parametrize("decoding", [Decoding(), Decoding(beam_size=2), Decoding(beam_size=3, attempt=1)])
def test_scores_lengths_and_the_empty_batch(translator: Any, decoding: Decoding) -> None:
    assert translator.translate([], decoding) == []
    assert translator.count_tokens([], 0) == []
    answers = translator.translate(segments(*SOURCES, is_title=True), decoding)
    assert len(answers) == len(SOURCES)
    for answer in answers:
        assert -50 < answer.score <= 0
        assert answer.text == " ".join(answer.text.split())


@pytest.mark.parametrize("text", SOURCES)
def test_two_hypotheses_find_what_is_no_less_likely(translator: Any, text: str) -> None:
    (one,), (two,) = (translator.translate(segments(text), Decoding(beam_size=size)) for size in (1, 2))
    assert two.score > one.score - 0.05
    assert two.text != one.text or two.score == pytest.approx(one.score, abs=1e-3)


def test_bad_text_is_translated_somehow(translator: Any) -> None:
    *odd, plain = translator.translate(segments(*BAD, SOURCES[1]), Decoding())
    for text, answer in zip(BAD, odd, strict=True):
        assert answer.text.encode() is not None
        assert answer.score <= 0
        if len(text) > 1000:
            assert not answer.finished
    assert plain.score <= 0


def test_english_has_no_foreign_letters(translator: Any) -> None:
    answers = translator.translate(segments(*SOURCES, *BAD[:5]), Decoding())
    # Letters can still be spelled out in bytes, of which no token is one.
    assert not any(is_foreign(token) for answer in answers for token in translator._prompter.vocabulary
                   if is_foreign(token) and token in answer.text)  # fmt: skip
    with pytest.raises(BackendError, match=r"prepared for languages in Latin letters; .* --backend ctranslate2"):
        translator.translate(segments("학교", target_language="ja"), Decoding())


def test_where_memory_is_short_batches_are_halved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translator = InstructTranslator(folder, "tiny@1", threads=1)
    asked = segments(*(f"정부는 {number}" for number in range(11, 19)))
    expected = translator.translate(asked, Decoding())
    sizes: list[int] = []
    real = InstructTranslator._answers

    def starved(self: Any, prompts: Any, settings: Any) -> Any:
        sizes.append(len(prompts))
        if len(prompts) > 2:
            # Some are under way when it fails; the engine must not go on with them.
            self._pipeline.add_request(0, self._openvino.Tensor(prompts[0]), settings)
            raise RuntimeError("std::bad_alloc")
        return real(self, prompts, settings)

    monkeypatch.setattr(InstructTranslator, "_answers", starved)
    assert [item.text for item in translator.translate(asked, Decoding())] == [item.text for item in expected]
    assert [size for size in sizes if size > 1] == [8, 4, 2, 2, 2, 2]


@pytest.mark.parametrize("name", [MODEL, "openvino_model.bin"])
@pytest.mark.parametrize("size", [0, 100, None], ids=["empty", "half", "missing"])
def test_a_damaged_folder_is_an_unusable_model(folder: Path, tmp_path: Path, name: str, size: int | None) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    if size is None:
        (damaged / name).unlink()
    else:
        (damaged / name).write_bytes((damaged / name).read_bytes()[:size])
    with pytest.raises(BackendError, match=r"damaged: the model cannot be loaded: .*; `worldbrief models get tiny`"):
        InstructTranslator(damaged, "tiny@1", threads=1)


def test_nobody_is_told_that_it_is_used() -> None:
    code = """
import sys
from pipeline.backends.openvino_ import libraries
libraries()
import openvino.tools.ovc.telemetry_utils as used
print(used.tm.__name__, sys.modules["openvino_telemetry"])
"""
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["openvino.tools.ovc.telemetry_stub", "None"]
