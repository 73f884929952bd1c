"""Codecs against the tokenizers of transformers, on checkpoints as a hub holds them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.backends import Segment
from pipeline.backends.codec import Codec
from pipeline.backends.families import Family, load_codec
from pipeline.errors import BackendError
from pipeline.language.codes import LanguageError
from tests.backends import checkpoints
from tests.backends.conftest import SEQ2SEQ, Tiny

TEXTS = (*checkpoints.SOURCES, "Café: 25 %!", "  spaced   out ", "日本語 و العربية", "a" * 50)


def codec_of(tiny: Tiny, family: Family) -> Codec:
    return load_codec(family, tiny.checkpoint(family), f"tiny-{family}@1")


def numbers(codec: Codec, tokens: list[str]) -> list[int]:
    return [codec.vocabulary.get(token, codec.vocabulary["<unk>"]) for token in tokens]


@pytest.mark.filterwarnings("ignore:Recommended")  # a normaliser that the Marian tokenizer never calls
@pytest.mark.parametrize(
    ("family", "source", "target"), [("marian", None, None), ("m2m100", "ko", "es"), ("nllb", "kor_Hang", "spa_Latn")]
)
def test_tokens_are_those_of_the_published_tokenizer(
    tiny: Tiny, family: Family, source: str | None, target: str | None
) -> None:
    from transformers import AutoTokenizer

    languages: dict[str, Any] = {"src_lang": source, "tgt_lang": target} if source else {}
    tokenizer = AutoTokenizer.from_pretrained(str(tiny.checkpoint(family)), local_files_only=True, **languages)
    codec = codec_of(tiny, family)
    target_language = "es" if target else "en"
    encoded = codec.encode([Segment(text, "ko", target_language=target_language) for text in TEXTS])
    for text, item in zip(TEXTS, encoded, strict=True):
        assert numbers(codec, item.source) == tokenizer(text)["input_ids"]
    if target:
        (labels,) = tokenizer(text_target=["학교"])["input_ids"]
        assert numbers(codec, encoded[0].prefix) == labels[:1]
    pieces = encoded[0].source[:-1]
    assert codec.decode(pieces[1:] if source else pieces) == TEXTS[0]


def test_the_tokens_of_madlad_are_those_of_its_sentencepiece_model(tiny: Tiny) -> None:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(tiny.checkpoint("t5") / "spiece.model"))
    codec = codec_of(tiny, "t5")
    for text in checkpoints.SOURCES:
        (item,) = codec.encode([Segment(text, "ko")])
        assert item.source == [*processor.encode(f"<2en> {text}", out_type=str), "</s>"]
        assert item.prefix == []
        assert numbers(codec, item.source) == [*processor.encode(f"<2en> {text}"), 2]


@pytest.mark.parametrize(
    ("family", "english", "spanish"),
    [
        ("marian", [], None),
        ("m2m100", ["__ko__", "__en__"], ["__ko__", "__es__"]),
        ("nllb", ["kor_Hang", "eng_Latn"], ["kor_Hang", "spa_Latn"]),
        ("t5", ["<2en>"], ["<2es>"]),
    ],
)
def test_language_tokens(tiny: Tiny, family: Family, english: list[str], spanish: list[str] | None) -> None:
    codec = codec_of(tiny, family)
    known = {">>eng<<", ">>spa<<", *(english + (spanish or []))}
    for target, expected in (("en", english), ("es", spanish)):
        segment = Segment("학교", "ko", target_language=target)
        if expected is None:
            with pytest.raises(LanguageError, match=rf"tiny-{family} does not write Spanish \(es\)"):
                codec.encode([segment])
        else:
            (item,) = codec.encode([segment])
            assert [token for token in (*item.source, *item.prefix) if token in known] == expected


def test_a_marian_with_targets_is_told_which(tmp_path: Path) -> None:
    folder = checkpoints.write("marian", tmp_path / "many", targets=checkpoints.MARIAN_TARGETS, target_language="mul")
    codec = load_codec("marian", folder, "many@1")
    for code, token in (("en", ">>eng<<"), ("es", ">>spa<<"), ("zh-Hans", ">>cmn_Hans<<")):
        (item,) = codec.encode([Segment("학교", "ko", target_language=code)])
        assert item.source[0] == token
    with pytest.raises(LanguageError, match="many does not write French"):
        codec.encode([Segment("학교", "ko", target_language="fr")])


@pytest.mark.parametrize(
    ("family", "code", "name"), [("m2m100", "ug", "Uyghur"), ("nllb", "br", "Breton"), ("t5", "fr", "French")]
)
def test_a_language_that_a_model_cannot_read(tiny: Tiny, family: Family, code: str, name: str) -> None:
    with pytest.raises(LanguageError, match=rf"tiny-{family} does not read {name} \({code}\)"):
        codec_of(tiny, family).encode([Segment("학교", "ko"), Segment("x", code)])


def test_of_two_spellings_the_plain_tag_counts(tiny: Tiny) -> None:
    codec = codec_of(tiny, "t5")
    (item,) = codec.encode([Segment("학교", "he", target_language="zh-Hans")])
    assert "<2zh>" in item.source


@pytest.mark.parametrize("family", SEQ2SEQ)
@pytest.mark.parametrize(
    "text", ["a </s> b", "<2es> x", ">>spa<< x", "__es__ x", "spa_Latn x", "<pad><unk><s>", "<mask>"]
)
def test_no_text_can_give_orders(tiny: Tiny, family: Family, text: str) -> None:
    codec = codec_of(tiny, family)
    (plain,) = codec.encode([Segment("학교", "ko")])
    (item,) = codec.encode([Segment(text, "ko")])
    orders = codec.control | {"</s>"}
    assert [token for token in item.source if token in orders - {"<unk>"}] == [
        token for token in plain.source if token in orders - {"<unk>"}
    ]


@pytest.mark.parametrize("family", SEQ2SEQ)
def test_what_is_too_long_is_cut_and_said_to_be(tiny: Tiny, family: Family) -> None:
    codec = codec_of(tiny, family)
    short, long = codec.encode([Segment("학교", "ko"), Segment("정부는 " * 5000, "ko")])
    assert not short.is_cut
    assert long.is_cut
    assert len(long.source) == codec.limit == (512 if family == "t5" else 64)
    assert long.source[-1] == "</s>"
    counts = codec.count(["", "학교", "정부는 " * 5000])
    assert 0 < counts[0] < counts[1] < counts[2] == codec.limit


@pytest.mark.parametrize("family", SEQ2SEQ)
def test_a_missing_or_broken_file_is_named_with_the_remedy(tiny: Tiny, tmp_path: Path, family: Family) -> None:
    for name in type(codec_of(tiny, family)).files:
        folder = tmp_path / name
        shutil.copytree(tiny.checkpoint(family), folder)
        (folder / name).write_bytes(b"{ broken")
        with pytest.raises(BackendError, match=r"cannot be loaded: .*`worldbrief models get tiny` gets it again"):
            load_codec(family, folder, "tiny@1")
        (folder / name).unlink()
        with pytest.raises(BackendError, match=f"{name} is missing; `worldbrief models get tiny`"):
            load_codec(family, folder, "tiny@1")


def test_a_plain_t5_is_no_translator(tiny: Tiny, tmp_path: Path) -> None:
    shutil.copytree(tiny.checkpoint("t5"), tmp_path / "t5")
    path = tmp_path / "t5" / "tokenizer.json"
    path.write_text(path.read_text().replace("<2", "<3"))
    with pytest.raises(BackendError, match="no target languages such as <2en>"):
        load_codec("t5", tmp_path / "t5", "t5@1")


def test_two_vocabularies_are_refused(tiny: Tiny, tmp_path: Path) -> None:
    shutil.copytree(tiny.checkpoint("marian"), tmp_path / "marian")
    (tmp_path / "marian" / "tokenizer_config.json").write_text(json.dumps({"separate_vocabs": True}))
    with pytest.raises(BackendError, match="one vocabulary for each side"):
        load_codec("marian", tmp_path / "marian", "marian@1")
