"""The translate stage against what people write first: a transformers loop, one sentence after the other.

    python -m tests.benchmarks.plain_loop [SENTENCES]

Both have the same Marian checkpoint of the size of an OPUS-MT model (random weights, 58,101 words, 6 + 6 layers of
512), the same sentences, and outputs of the same length, because the weights can never end one: the stage through
CTranslate2 in int8 with its own batches, the loop in float32, greedy. Prints sentences and tokens a second of both in
turn, and the ratio.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from pipeline.backends import Translator
from pipeline.backends.batches import output_limit
from pipeline.backends.families import load_codec
from pipeline.backends.load import load_translator
from pipeline.config import Translate
from pipeline.executor.memory import StoredMemory
from pipeline.models.convert import quantise
from pipeline.stages import Desk
from pipeline.stages.translate import TranslateStage
from pipeline.store.cache import SqliteStore
from pipeline.translation.routes import Route
from tests.backends.checkpoints import sentencepiece
from tests.benchmarks.translate_overhead import articles

_ROUNDS = 2
_WORDS = 58_101
_LANGUAGE = "fi"


def sentences(count: int) -> list[str]:
    """Of 6 to 22 made-up words, all different."""
    chance = random.Random(5)
    syllables = [first + second for first in "ptkmnlrsvh" for second in ("a", "e", "i", "o", "u", "ä", "aa", "in")]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(2000)]
    return [" ".join(chance.choices(words, k=chance.randint(6, 22))).capitalize() + "." for _ in range(count)]


def checkpoint(folder: Path, texts: list[str]) -> None:
    import torch
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir()
    pieces = sentencepiece(folder / "source.spm", 1000, texts=texts)
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    known = ["</s>", "<unk>", *[piece for piece in pieces if piece not in ("<s>", "</s>", "<unk>")]]
    words = [*known, *(f"▁w{number}" for number in range(_WORDS - 1 - len(known))), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}))
    settings = {"tokenizer_class": "MarianTokenizer", "model_max_length": 512, "target_lang": "en"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    torch.manual_seed(3)
    model: Any = MarianMTModel(
        MarianConfig(
            vocab_size=_WORDS, d_model=512, encoder_layers=6, decoder_layers=6, encoder_attention_heads=8,
            decoder_attention_heads=8, encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=512,
            activation_function="swish", scale_embedding=True, static_position_embeddings=True,
            pad_token_id=_WORDS - 1, eos_token_id=0, decoder_start_token_id=_WORDS - 1, forced_eos_token_id=None,
        )
    )  # fmt: skip
    with torch.no_grad():
        model.get_input_embeddings().weight[_WORDS - 1] = 0.0
        model.final_logits_bias[0, 0] = -1e4
    model.save_pretrained(folder)


def stage_seconds(translator: Translator, texts: list[str], folder: Path) -> float:
    with SqliteStore(folder / "cache.db") as store:
        stage = TranslateStage(Translate(retries=0), lambda _: [Route(translator.identity, lambda: translator)])
        start = time.perf_counter()
        inputs = [value for value in map(stage.read, articles(texts, _LANGUAGE)) if value is not None]
        results = stage.process(inputs, Desk(memory=StoredMemory(store)))
        seconds = time.perf_counter() - start
    translated = sum(len(result.sentences) for result in results if hasattr(result, "sentences"))
    assert translated == len(texts), (translated, len(texts))
    return seconds


def loop_seconds(folder: Path, texts: list[str], lengths: list[int]) -> float:
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Recommended: pip install sacremoses")
        tokenizer: Any = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    model: Any = AutoModelForSeq2SeqLM.from_pretrained(str(folder), local_files_only=True)
    start = time.perf_counter()
    with torch.inference_mode():
        for text, length in zip(texts, lengths, strict=True):
            tokens = model.generate(
                **tokenizer(text, return_tensors="pt"), num_beams=1, do_sample=False, max_length=None,
                max_new_tokens=length, min_new_tokens=length,
            )  # fmt: skip
            tokenizer.decode(tokens[0], skip_special_tokens=True)
            assert tokens.shape[1] == length + 1
    return time.perf_counter() - start


def main(count: int) -> None:
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    texts = sentences(count)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        checkpoint(folder / "checkpoint", texts)
        quantise(folder / "checkpoint", folder / "converted", "marian")
        codec = load_codec("marian", folder / "checkpoint", "benchmark")
        lengths = [output_limit(size, codec.limit - 1) for size in codec.count(texts)]
        translator = load_translator("ctranslate2", "marian", folder / "converted", "benchmark", Translate())
        stage: list[float] = []
        loop: list[float] = []
        for number in range(_ROUNDS):
            (folder / str(number)).mkdir()
            stage.append(stage_seconds(translator, texts, folder / str(number)))
            loop.append(loop_seconds(folder / "checkpoint", texts, lengths))
            for what, seconds in (("stage", stage[-1]), ("loop", loop[-1])):
                speed = f"{count / seconds:.2f} sentences/s, {sum(lengths) / seconds:.0f} tokens/s"
                print(f"round {number + 1}: {what} {speed}")
    ratio = statistics.median(loop) / statistics.median(stage)
    print(f"{count} sentences, {sum(lengths)} tokens out: the stage is {ratio:.1f} times as fast as the loop")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 48)
