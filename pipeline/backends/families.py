"""Families of encoder-decoder models: how a sentence becomes the tokens that a checkpoint was trained on, and back.

The tokens are made here, from the checkpoint's own files, for both engines: so they read the same, whatever the
tokenizer classes of a library make of old files. Language codes are converted here and nowhere else.

To add a family: name it in `Family`, write its `Codec` below and enter it in `_CODECS`, name its `model_type` in
`pipeline.models.convert.MODEL_TYPES`, and give it a tiny checkpoint in `tests/backends/checkpoints.py`; the engines
know no families.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from pipeline.backends import Segment
from pipeline.backends.codec import END, UNKNOWN, Codec, clean, unusable
from pipeline.language import codes
from pipeline.language.codes import LanguageError

Family = Literal["marian", "m2m100", "nllb", "t5", "instruct"]
"""marian: OPUS-MT, tc-big. m2m100: M2M-100. nllb: NLLB-200. t5: MADLAD-400. instruct: a chat model, asked by prompt
(`pipeline.backends.prompts`)."""


class Marian(Codec):
    """OPUS-MT: `>>spa<< ▁The ▁text </s>`, with the target only where the vocabulary has targets to choose from."""

    files = ("source.spm", "target.spm", "vocab.json")

    def _load(self, folder: Path, settings: Mapping[str, Any]) -> Mapping[str, int]:
        self._source = _sentencepiece(folder / "source.spm")
        self._target = _sentencepiece(folder / "target.spm")
        if settings.get("separate_vocabs"):
            raise unusable(folder, self.identity, "it has one vocabulary for each side, which is not supported")
        vocabulary = _words(folder / "vocab.json")
        self._targets = _by_language(vocabulary, r">>(\w+)<<")
        # Told of most pairs; groups such as `zle` or `mul` are no language here.
        self._only = codes.normalise(str(settings.get("target_lang") or ""))
        return vocabulary

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._target.decode_pieces(list(tokens)))

    def _pieces(self, texts: Sequence[str]) -> list[list[str]]:
        return _split(self._source, texts)

    def _tags(self, segment: Segment) -> tuple[list[str], list[str]]:
        wanted = codes.normalise(segment.target_language)
        if wanted in self._targets:
            return [self._targets[wanted]], []
        if self._targets and self._only != wanted:
            raise self._no(segment.target_language, "write")
        if self._only not in (wanted, codes.UNKNOWN):
            raise self._no(segment.target_language, "write")
        return [], []

    def _language_tokens(self) -> Iterable[str]:
        return (token for token in self.vocabulary if token.startswith(">>") and token.endswith("<<"))


class M2M100(Codec):
    """M2M-100: `__ko__ ▁The ▁text </s>`, the target begins with `__en__`."""

    files = ("sentencepiece.bpe.model", "vocab.json")
    _longest = 1024

    def _load(self, folder: Path, settings: Mapping[str, Any]) -> Mapping[str, int]:
        self._processor = _sentencepiece(folder / "sentencepiece.bpe.model")
        vocabulary = _words(folder / "vocab.json")
        # fairseq numbers the languages after the words, in alphabetical order.
        first = max(vocabulary.values()) + 1
        return {**vocabulary, **{f"__{code}__": first + at for at, code in enumerate(codes.M2M100)}}

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._processor.decode_pieces(list(tokens)))

    def _pieces(self, texts: Sequence[str]) -> list[list[str]]:
        return _split(self._processor, texts)

    def _tags(self, segment: Segment) -> tuple[list[str], list[str]]:
        return [self._tag(segment.source_language, "read")], [self._tag(segment.target_language, "write")]

    def _tag(self, code: str, what: str) -> str:
        try:
            return f"__{codes.m2m100(code)}__"
        except LanguageError:
            raise self._no(code, what) from None

    def _language_tokens(self) -> Iterable[str]:
        return (f"__{code}__" for code in codes.M2M100)


class _Fast(Codec):
    """A codec whose `tokenizer.json` says it all."""

    files = ("tokenizer.json",)

    def _load(self, folder: Path, settings: Mapping[str, Any]) -> Mapping[str, int]:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        # An article that says `</s>` does not end.
        self._tokenizer.encode_special_tokens = True
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        vocabulary: dict[str, int] = self._tokenizer.get_vocab(with_added_tokens=True)
        return vocabulary

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._tokenizer.decode([self.vocabulary[token] for token in tokens], skip_special_tokens=True))

    def _pieces(self, texts: Sequence[str]) -> list[list[str]]:
        return [item.tokens for item in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]


class Nllb(_Fast):
    """NLLB-200: `kor_Hang ▁The ▁text </s>`, the target begins with `eng_Latn`."""

    _longest = 1024

    def _tags(self, segment: Segment) -> tuple[list[str], list[str]]:
        return [self._tag(segment.source_language, "read")], [self._tag(segment.target_language, "write")]

    def _tag(self, code: str, what: str) -> str:
        try:
            tag = codes.flores(code)
        except LanguageError:
            raise self._no(code, what) from None
        if tag not in self.vocabulary:
            raise self._no(code, what)
        return tag

    def _language_tokens(self) -> Iterable[str]:
        return (token for token in self.vocabulary if re.fullmatch(r"[a-z]{3}_[A-Z][a-z]{3}", token))


class T5(_Fast):
    """MADLAD-400: `▁ <2en> ▁The ▁text </s>`; the source language is left to the model to see."""

    def _load(self, folder: Path, settings: Mapping[str, Any]) -> Mapping[str, int]:
        vocabulary = super()._load(folder, settings)
        self._targets = _by_language(vocabulary, r"<2(\w+)>")
        if not self._targets:
            raise unusable(folder, self.identity, "its vocabulary has no target languages such as <2en>")
        return vocabulary

    def _tags(self, segment: Segment) -> tuple[list[str], list[str]]:
        # It was trained both ways, so it reads what it writes.
        for code, what in ((segment.source_language, "read"), (segment.target_language, "write")):
            if codes.normalise(code) not in self._targets:
                raise self._no(code, what)
        return [], []

    def _text(self, segment: Segment) -> str:
        # Its vocabulary is also matched against the text: a tag or an end in it would be taken for ours.
        text = re.sub(r"<(?=(?:2\w+|/?s|unk|pad|extra_id_\d+)>)", "< ", clean(segment.text))
        return f"{self._targets[codes.normalise(segment.target_language)]} {text}"

    def _language_tokens(self) -> Iterable[str]:
        return (token for token in self.vocabulary if re.fullmatch(r"<2\w+>|<extra_id_\d+>", token))


_CODECS: Final[dict[Family, type[Codec]]] = {"marian": Marian, "m2m100": M2M100, "nllb": Nllb, "t5": T5}


def load_codec(family: Family, folder: Path, identity: str) -> Codec:
    """The codec of an encoder-decoder checkpoint or of the model converted from it.

    Raises:
        BackendError: its files are missing or broken.
    """
    return _CODECS[family](folder, identity)


def _words(path: Path) -> dict[str, int]:
    vocabulary: dict[str, int] = json.loads(path.read_bytes())
    if END not in vocabulary or UNKNOWN not in vocabulary:
        raise ValueError(f"{path.name} has no {END} or no {UNKNOWN}")
    return vocabulary


def _sentencepiece(path: Path) -> Any:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_proto=path.read_bytes())
    except RuntimeError as error:
        raise ValueError(f"{path.name} is not a SentencePiece model: {error}") from None


def _split(processor: Any, texts: Sequence[str]) -> list[list[str]]:
    pieces: list[list[str]] = processor.encode(list(texts), out_type=str)
    return pieces


def _by_language(vocabulary: Iterable[str], pattern: str) -> dict[str, str]:
    """Language -> the token that asks for it. Of several the shortest: `<2bn>`, not `<2bn_Latn>`."""
    found: dict[str, str] = {}
    for token in sorted(vocabulary, key=lambda token: (-len(token), token)):
        if (match := re.fullmatch(pattern, token)) and (code := codes.normalise(match[1])) != codes.UNKNOWN:
            found[code] = token
    return found
