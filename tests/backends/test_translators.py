"""Both engines on tiny checkpoints of every family: the true architectures, no sense in the answers."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline.backends import Decoding, Hypothesis, Segment, Translator
from pipeline.backends.families import Family
from pipeline.backends.foreign import is_foreign
from pipeline.errors import BackendError
from tests.backends import checkpoints
from tests.backends.conftest import BAD, SEQ2SEQ, Engine, Tiny, load, segments

FAMILIES: tuple[Family, ...] = get_args(Family)
TEXTS = checkpoints.SOURCES


@pytest.mark.parametrize(
    "decoding",
    [Decoding(), Decoding(no_repeat_ngram_size=2), Decoding(repetition_penalty=1.3)],
    ids=["greedy", "no-repeats", "penalty"],
)
@pytest.mark.parametrize("family", FAMILIES)
def test_engines_agree_token_for_token(tiny: Tiny, family: Family, decoding: Decoding) -> None:
    # One by one, so that both stop at the same length.
    ours = [tiny.translator("transformers", family).translate([item], decoding)[0] for item in segments(*TEXTS)]
    theirs = [tiny.translator("ctranslate2", family).translate([item], decoding)[0] for item in segments(*TEXTS)]
    assert [item.text for item in ours] == [item.text for item in theirs]
    assert [item.finished for item in ours] == [item.finished for item in theirs]
    assert [item.score for item in ours] == pytest.approx([item.score for item in theirs], abs=2e-3)
    assert len({item.text for item in ours}) > 1


@pytest.mark.parametrize("family", FAMILIES)
def test_engines_agree_on_beams_too(tiny: Tiny, family: Family) -> None:
    decoding = Decoding(beam_size=3)
    for item in segments(*TEXTS):
        (ours,) = tiny.translator("transformers", family).translate([item], decoding)
        (theirs,) = tiny.translator("ctranslate2", family).translate([item], decoding)
        if ours.text == theirs.text:
            assert ours.score == pytest.approx(theirs.score, abs=1e-3)
        # Where they end the search differently neither finds much better.
        assert ours.score is not None
        assert theirs.score is not None
        assert abs(ours.score - theirs.score) < 0.5


@pytest.mark.parametrize("family", SEQ2SEQ)
def test_company_and_order_are_of_no_matter(tiny: Tiny, engine: Engine, family: Family) -> None:
    translator = tiny.translator(engine, family)
    texts = [*TEXTS, "정부", "정부는 " * 12]
    alone = [translator.translate([item], Decoding())[0] for item in segments(*texts)]
    for order in (texts, texts[::-1]):
        together = translator.translate(segments(*order), Decoding())
        expected = [alone[texts.index(text)] for text in order]
        assert [(item.text, item.finished) for item in together] == [(item.text, item.finished) for item in expected]
        for found, single in zip(together, expected, strict=True):
            if found.finished:
                assert found.score == pytest.approx(single.score, abs=2e-4)


@pytest.mark.parametrize("family", FAMILIES)
def test_scores_lengths_and_the_empty_batch(tiny: Tiny, engine: Engine, family: Family) -> None:
    translator: Translator = tiny.translator(engine, family)
    assert translator.translate([], Decoding()) == []
    assert translator.count_tokens([], 0) == []
    for decoding in (Decoding(), Decoding(beam_size=2)):
        answers = translator.translate(segments(*TEXTS, is_title=True), decoding)
        assert len(answers) == len(TEXTS)
        for answer in answers:
            assert answer.score is not None
            assert math.isfinite(answer.score)
            assert answer.score <= 0
            assert answer.text == " ".join(answer.text.split())
    assert translator.translate(segments(*TEXTS), Decoding()) == translator.translate(segments(*TEXTS), Decoding())


def test_some_translations_end_and_some_are_cut(tiny: Tiny, engine: Engine) -> None:
    answers = [
        answer
        for family in FAMILIES
        for answer in tiny.translator(engine, family).translate(segments(*TEXTS), Decoding(no_repeat_ngram_size=2))
    ]
    assert {answer.finished for answer in answers} == {True, False}


@pytest.mark.parametrize("family", FAMILIES)
def test_bad_text_is_translated_somehow(tiny: Tiny, engine: Engine, family: Family) -> None:
    translator = tiny.translator(engine, family)
    *odd, plain = translator.translate(segments(*BAD, TEXTS[1]), Decoding())
    for text, size, answer in zip(BAD, translator.count_tokens(segments(*BAD), 0), odd, strict=True):
        assert answer.text.encode() is not None
        assert answer.score <= 0
        if len(text) > 1000 and size > 10:  # many unknown letters may be one token
            assert not answer.finished
    # A chat model may go on longer in long company.
    assert family == "instruct" or plain.text == translator.translate(segments(TEXTS[1]), Decoding())[0].text


@pytest.mark.parametrize("family", ["m2m100", "nllb", "t5", "instruct"])
def test_a_batch_may_have_several_targets(tiny: Tiny, engine: Engine, family: Family) -> None:
    translator = tiny.translator(engine, family)
    asked = [Segment(TEXTS[0], "ko", target_language=code) for code in ("en", "es", "en")]
    english, spanish, again = translator.translate(asked, Decoding())
    assert english == again
    assert english != spanish
    assert spanish == translator.translate([asked[1]], Decoding())[0]


@pytest.mark.parametrize("family", SEQ2SEQ)
def test_english_has_no_foreign_letters(tiny: Tiny, engine: Engine, family: Family) -> None:
    translator = tiny.translator(engine, family)
    answers = translator.translate(segments(*TEXTS), Decoding(no_repeat_ngram_size=1))
    assert any(answer.text for answer in answers)
    assert not any(is_foreign(answer.text) for answer in answers)


@pytest.mark.parametrize("family", ["m2m100", "nllb"])
def test_a_language_of_another_script_has_its_letters(tiny: Tiny, engine: Engine, family: Family) -> None:
    asked = [Segment(text, "ko", target_language="ja") for text in TEXTS]
    answers = tiny.translator(engine, family).translate(asked, Decoding(no_repeat_ngram_size=1))
    assert any(is_foreign(answer.text) for answer in answers)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_control_token_is_written(tiny: Tiny, engine: Engine, family: Family) -> None:
    answers = tiny.translator(engine, family).translate(segments(*TEXTS), Decoding(no_repeat_ngram_size=1))
    for answer in answers:
        assert not any(sign in answer.text for sign in ("<pad>", "<s>", "__en__", "eng_Latn", "<2", "unused", "⁇"))


@pytest.mark.parametrize("family", SEQ2SEQ)
def test_a_later_attempt_hides_terms_from_the_model(tiny: Tiny, engine: Engine, family: Family) -> None:
    translator = tiny.translator(engine, family)
    told = segments("학교는 멀다.", terms=(("학교", "Seoul School"),))
    hidden = segments("ZQA는 멀다.")
    first = translator.translate(told, Decoding())
    assert first == translator.translate(segments("Seoul School는 멀다."), Decoding())
    later = Decoding(attempt=1)
    assert translator.translate(told, later)[0].score == translator.translate(hidden, later)[0].score


class Shortage:
    """An engine that runs out of memory above so many sentences."""

    def __init__(self, call: Callable[..., Any], most: int, error: Exception, argument: str | None) -> None:
        self.call, self.most, self.error, self.argument = call, most, error, argument
        self.sizes: list[int] = []

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        size = len(named[self.argument] if self.argument else arguments[0])
        self.sizes.append(size)
        if size > self.most:
            raise self.error
        return self.call(*arguments, **named)


def starve(translator: Any, monkeypatch: pytest.MonkeyPatch, engine: Engine, family: Family, most: int) -> Shortage:
    if engine == "transformers":
        import torch

        error: Exception = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        model = translator._engine.model
        shortage = Shortage(model.generate, most, error, "input_ids")
        monkeypatch.setattr(model, "generate", shortage)
        return shortage
    error = RuntimeError("CUDA failed with error out of memory")
    name = "_generator" if family == "instruct" else "_translator"
    method = "generate_batch" if family == "instruct" else "translate_batch"
    real = getattr(translator, name)
    shortage = Shortage(getattr(real, method), most, error, None)

    class Engine:
        pass

    setattr(Engine, method, staticmethod(shortage))
    monkeypatch.setattr(translator, name, Engine)
    return shortage


@pytest.mark.parametrize("family", ["marian", "instruct"])
def test_where_memory_is_short_batches_are_halved(
    tiny: Tiny, engine: Engine, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator = load(engine, family, tiny.folder(engine, family))
    asked = segments(*(f"정부는 {number}" for number in range(11, 19)))
    expected = translator.translate(asked, Decoding())
    shortage = starve(translator, monkeypatch, engine, family, 2)
    assert translator.translate(asked, Decoding()) == expected
    assert shortage.sizes == [8, 4, 2, 2, 2, 2]
    # The size that fits is kept.
    shortage.sizes.clear()
    assert translator.translate(asked, Decoding()) == expected
    assert max(shortage.sizes) == 2


def test_where_nothing_fits_the_error_says_what_to_do(
    tiny: Tiny, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator = load(engine, "marian", tiny.folder(engine, "marian"))
    starve(translator, monkeypatch, engine, "marian", 0)
    with pytest.raises(BackendError, match=r"tiny@1: memory ran out on one sentence of \d+ tokens; translate.device"):
        translator.translate(segments(*TEXTS), Decoding())


def test_another_failure_of_the_engine_is_told(tiny: Tiny, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    translator = load(engine, "marian", tiny.folder(engine, "marian"))
    starve(translator, monkeypatch, engine, "marian", 0).error = RuntimeError("device lost")
    with pytest.raises(BackendError, match="tiny@1: the engine failed: device lost"):
        translator.translate(segments(*TEXTS), Decoding())


SPOILT: Sequence[tuple[str, Callable[[Path], object]]] = (
    ("no weights", lambda path: path.unlink()),
    ("half", lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])),
    ("another file", lambda path: path.write_bytes(b"no model" * 100)),
    ("empty", lambda path: path.write_bytes(b"")),
)


@pytest.mark.parametrize(("what", "spoil"), SPOILT, ids=[what for what, _ in SPOILT])
@pytest.mark.parametrize("family", ["marian", "t5", "instruct"])
def test_a_damaged_folder_is_an_unusable_model(
    tiny: Tiny, tmp_path: Path, engine: Engine, family: Family, what: str, spoil: Callable[[Path], object]
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(tiny.folder(engine, family), damaged)
    names = {
        "ctranslate2": "model.bin",
        "transformers": "pytorch_model.bin" if family == "marian" else "model.safetensors",
    }
    spoil(damaged / names[engine])
    with pytest.raises(BackendError, match=r"damaged: the model cannot be loaded: .*; `worldbrief models get tiny`"):
        load(engine, family, damaged)


def test_a_folder_without_a_model(tmp_path: Path, engine: Engine) -> None:
    with pytest.raises(BackendError, match=r"the model cannot be loaded: source\.spm is missing"):
        load(engine, "marian", tmp_path)
    with pytest.raises(BackendError, match=r"the model cannot be loaded: tokenizer\.json is missing"):
        load(engine, "instruct", tmp_path)


def test_a_compute_type_that_does_not_exist(tiny: Tiny, engine: Engine) -> None:
    with pytest.raises(BackendError, match="cannot be loaded"):
        load(engine, "marian", tiny.folder(engine, "marian"), compute_type="int3")


def test_what_the_checkpoint_sets_for_generation_does_not_count(tiny: Tiny, tmp_path: Path) -> None:
    # The fixtures set beams, sampling, a length and a forced token; without them nothing changes.
    plain = tmp_path / "plain"
    shutil.copytree(tiny.checkpoint("m2m100"), plain)
    (plain / "generation_config.json").write_text(json.dumps({"decoder_start_token_id": 2}))
    answers: list[Hypothesis] = load("transformers", "m2m100", plain).translate(segments(*TEXTS), Decoding())
    assert answers == tiny.translator("transformers", "m2m100").translate(segments(*TEXTS), Decoding())


def test_half_precision_says_about_the_same(tiny: Tiny) -> None:
    exact = tiny.translator("transformers", "marian").translate(segments(*TEXTS), Decoding())
    rough = load("transformers", "marian", tiny.checkpoint("marian"), compute_type="bfloat16")
    for ours, theirs in zip(exact, rough.translate(segments(*TEXTS), Decoding()), strict=True):
        assert abs(ours.score - theirs.score) < 1
