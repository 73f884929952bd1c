"""Tiny checkpoints with random weights: the true architecture and tokenizer of each family, as a hub would hold them.

The SentencePiece models are trained here on a few sentences.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from pipeline.backends.families import Family

SOURCES: Final = (
    "정부는 새로운 계획을 발표했다.",
    "학교",
    "시민들은 환영했다고 한다, 그리고 더 많은 것을 원했다.",
    "중앙은행은 금리를 4,5 퍼센트로 유지했다.",
)
_ENGLISH = (
    "The government announced a new plan on Tuesday, and citizens welcomed it.",
    "Schools in the north stay closed after the heavy rain of 2025.",
    "The central bank kept its interest rate at 4.5 per cent, it said (again).",
    "Two countries signed a trade agreement: Perú and São Tomé, naïve as it is; café, Köln!",
    "Пётр сказал: правительство объявило план. Η κυβέρνηση ανακοίνωσε.",
    "政府は計画を発表した。总理会见了代表。 0123456789 \"quotes\" 'single' - % $ & / ? @ #",
    "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
TEMPLATE: Final = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# Generation settings such as the hub's checkpoints carry; none of them may reach a translation.
_GENERATION: Final = {"num_beams": 4, "max_length": 20, "forced_bos_token_id": 5, "do_sample": True, "temperature": 0.1}
_ENDING: Final[dict[Family, float]] = {"marian": 2.0, "m2m100": 2.0, "nllb": 1.2, "t5": 1.4, "instruct": 1.0}
MARIAN_TARGETS: Final = (">>eng<<", ">>spa<<", ">>cmn_Hans<<")


def write(family: Family, folder: Path, **options: Any) -> Path:
    """A snapshot of a checkpoint of the family; the same for the same options."""
    import torch

    torch.manual_seed(7)
    folder.mkdir(parents=True, exist_ok=True)
    model = _WRITERS[family](folder, **options)
    _spread(model, family)
    model.generation_config.update(**_GENERATION)
    model.config.save_pretrained(folder)
    state = model.state_dict()
    if family in ("marian", "m2m100", "nllb"):
        # As the hub holds most of them: pickled, without safetensors.
        torch.save(state, folder / "pytorch_model.bin")
    else:
        from safetensors.torch import save_file

        save_file({name: weight.clone() for name, weight in state.items()}, folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text())
    if family == "t5":
        # Saving forgets it: the output layer of MADLAD-400 is its own.
        (folder / "config.json").write_text(json.dumps({**config, "tie_word_embeddings": False}))
    settings = {"decoder_start_token_id": config.get("decoder_start_token_id"), **_GENERATION}
    (folder / "generation_config.json").write_text(json.dumps(settings))
    return folder


def _spread(model: Any, family: Family) -> None:
    """Weights large enough that outputs are long, various, and the best token is so by a wide margin."""
    import torch

    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() > 1 and "position" not in name:
                weight.normal_(0.0, 0.1 if "shared" in name or "embed" in name else 0.6)
        if model.config.model_type == "t5":
            head = torch.nn.Linear(model.config.d_model, model.config.vocab_size, bias=False)
            head.weight.normal_(0.0, 0.3)
            model.lm_head = head
        # Or a translation would seldom come to an end.
        model.get_output_embeddings().weight[model.config.eos_token_id] *= _ENDING[family]
        if model.config.model_type == "marian":
            # In the true ones, too, the decoder begins with nothing.
            model.get_input_embeddings().weight[model.config.pad_token_id] = 0.0


def sentencepiece(
    path: Path,
    size: int,
    kind: str = "unigram",
    symbols: tuple[str, ...] = (),
    texts: Iterable[str] = (*SOURCES, *_ENGLISH) * 4,
    **ids: Any,
) -> list[str]:
    """Train a model and write it; returns its pieces in order."""
    import io

    import sentencepiece as spm

    out = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=out,
        vocab_size=size,
        model_type=kind,
        character_coverage=1.0,
        user_defined_symbols=list(symbols),
        hard_vocab_limit=False,
        minloglevel=2,
        num_threads=1,
        **ids,
    )
    path.write_bytes(out.getvalue())
    processor = spm.SentencePieceProcessor(model_proto=out.getvalue())
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


def _marian(folder: Path, targets: tuple[str, ...] = (), target_language: str = "en", **config: Any) -> Any:
    from transformers import MarianConfig, MarianMTModel

    pieces = sentencepiece(folder / "source.spm", 300)
    sentencepiece(folder / "target.spm", 280)
    # Marian's numbers are not those of SentencePiece: `</s>` first, the target languages and `<pad>` last.
    ordered = ["</s>", "<unk>", *sorted(set(pieces) - {"<s>", "</s>", "<unk>"}), *targets, "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(ordered)}))
    _tokenizer_config(
        folder, tokenizer_class="MarianTokenizer", source_lang="ko", target_lang=target_language, model_max_length=64
    )
    size = len(ordered)
    return MarianMTModel(
        MarianConfig(
            vocab_size=size, decoder_vocab_size=size, d_model=32, encoder_layers=2, decoder_layers=2,
            encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=64, decoder_ffn_dim=64,
            max_position_embeddings=64, pad_token_id=size - 1, eos_token_id=0, forced_eos_token_id=0,
            decoder_start_token_id=size - 1, scale_embedding=True, activation_function="swish",
            static_position_embeddings=True, **config,
        )
    )  # fmt: skip


def _m2m100(folder: Path) -> Any:
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    pieces = sentencepiece(folder / "sentencepiece.bpe.model", 300)
    ordered = ["<s>", "<pad>", "</s>", "<unk>", *[piece for piece in pieces if piece not in ("<s>", "</s>", "<unk>")]]
    (folder / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(ordered)}))
    _tokenizer_config(folder, tokenizer_class="M2M100Tokenizer", model_max_length=64)
    # 100 languages and 8 words that stand for nothing follow the vocabulary.
    return M2M100ForConditionalGeneration(M2M100Config(**_fairseq(len(ordered) + 108)))


def _nllb(folder: Path) -> Any:
    import sentencepiece as spm
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    pieces = sentencepiece(folder / "sentencepiece.bpe.model", 300, "bpe")
    processor = spm.SentencePieceProcessor(model_file=str(folder / "sentencepiece.bpe.model"))
    ordered = ["<s>", "<pad>", "</s>", "<unk>", *[piece for piece in pieces if piece not in ("<s>", "</s>", "<unk>")]]
    vocabulary = {piece: number for number, piece in enumerate(ordered)}
    ranks = {piece: number for number, piece in enumerate(pieces)}
    # SentencePiece's BPE keeps pieces in the order of their merges: the two parts of each, the earliest known first.
    merges = [
        (piece[:cut], piece[cut:])
        for piece in pieces
        for _, cut in sorted((ranks.get(piece[:at], len(pieces)), at) for at in range(1, len(piece)))
        if piece[:cut] in vocabulary and piece[cut:] in vocabulary and processor.get_score(ranks[piece]) <= 0
    ]
    NllbTokenizer(vocab=vocabulary, merges=merges).save_pretrained(folder)
    config = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps({**config, "model_max_length": 64}))
    size = len(vocabulary) + 202 + 1 + 2
    return M2M100ForConditionalGeneration(M2M100Config(**_fairseq(size)))


def _fairseq(size: int) -> dict[str, Any]:
    return {
        "vocab_size": size, "d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
        "decoder_attention_heads": 4, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": 64,
        "scale_embedding": True, "activation_function": "relu", "pad_token_id": 1, "bos_token_id": 0,
        "eos_token_id": 2, "decoder_start_token_id": 2,
    }  # fmt: skip


def _t5(folder: Path, **config: Any) -> Any:
    import sentencepiece as spm
    from tokenizers import Tokenizer, decoders, pre_tokenizers
    from tokenizers.models import Unigram
    from transformers import T5Config, T5ForConditionalGeneration

    tags = ("<2en>", "<2es>", "<2ko>", "<2zh>", "<2zh_Latn>", "<2iw>")
    path = folder / "spiece.model"
    pieces = sentencepiece(path, 480, symbols=tags, unk_id=0, bos_id=1, eos_id=2, pad_id=-1, byte_fallback=True)
    processor = spm.SentencePieceProcessor(model_file=str(path))
    scores = [(piece, processor.get_score(number)) for number, piece in enumerate(pieces)]
    tokenizer = Tokenizer(Unigram(scores, unk_id=0, byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace(replacement="▁")])
    tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
    tokenizer.save(str(folder / "tokenizer.json"))
    # As MADLAD-400 has it: no limit of its own, `<unk>` to start from, `<s>` to pad with.
    _tokenizer_config(
        folder, tokenizer_class="T5Tokenizer", extra_ids=0, pad_token="<s>", model_max_length=10**30,
        additional_special_tokens=[],
    )  # fmt: skip
    settings = {
        "vocab_size": len(pieces) + 3, "d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_decoder_layers": 2,
        "num_heads": 4, "feed_forward_proj": "gated-gelu", "tie_word_embeddings": False, "pad_token_id": 1,
        "eos_token_id": 2, "decoder_start_token_id": 0, "relative_attention_num_buckets": 8,
    }  # fmt: skip
    return T5ForConditionalGeneration(T5Config(**{**settings, **config}))


def _tokenizer_config(folder: Path, **settings: Any) -> None:
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))


def _instruct(folder: Path) -> Any:
    from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers
    from tokenizers.models import BPE
    from transformers import Qwen2Config, Qwen2ForCausalLM

    letters = {letter: number for number, letter in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    tokenizer = Tokenizer(BPE({**letters, "th": 256, "íķ": 257, "íķĻ": 258}, [("t", "h"), ("í", "ķ"), ("íķ", "Ļ")]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    words = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
    tokenizer.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in words])
    tokenizer.save(str(folder / "tokenizer.json"))
    _tokenizer_config(
        folder, tokenizer_class="Qwen2Tokenizer", eos_token="<|im_end|>", pad_token="<|endoftext|>",
        bos_token=None, model_max_length=32768, chat_template=TEMPLATE,
    )  # fmt: skip
    return Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=tokenizer.get_vocab_size(), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
            num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=4096, eos_token_id=261,
            pad_token_id=259, bos_token_id=None, tie_word_embeddings=False,
        )
    )  # fmt: skip


_WRITERS: dict[str, Callable[..., Any]] = {
    "instruct": _instruct,
    "marian": _marian,
    "m2m100": _m2m100,
    "nllb": _nllb,
    "t5": _t5,
}
