"""How names in Japanese kanji are read, from a dictionary (SudachiDict)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(mode=SplitMode.C)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """(surface, parts of speech, katakana reading) of each word of a Japanese text."""
    return tuple(
        (morpheme.surface(), tuple(morpheme.part_of_speech()[:4]), morpheme.reading_form())
        for morpheme in _tokenizer().tokenize(text[:10_000])
    )


def readings(text: str) -> list[str]:
    """Katakana readings of the words with kanji in a text; of neighbours that may be one name, together as well."""
    found: list[str] = []
    before = ""
    for surface, speech, reading in tokens(text):
        if not any("\u3400" <= one <= "\u9fff" or one == "々" for one in surface) or speech[0] != "名詞":
            before = ""
            continue
        found.append(reading)
        if before:
            found.append(before + reading)
        before = reading
    return found
