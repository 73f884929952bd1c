"""Small slips of spacing in a model's English, put right without changing a word."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(r"\b([A-Z])\. (?=[A-Z]\.)")
_DECIMAL = re.compile(r"(?<=\d)\. (?=\d)")
_OPENING_QUOTE = re.compile(r"(?<![^\s(])([\"“]) (?=\w[^\"”]*[\"”])")
_BEFORE_POINT = re.compile(r" +(?=[,.;:!?](?:\s|$))")
# 范明正（Pham Minh Chinh） comes out as "Pham Minh Chinh (Pham Minh Chinh)".
_TWICE = re.compile(r"\b([A-Z][^()\"“”\n]{2,100})([\"”]?) \(\1\)")
_FULL_WIDTH = str.maketrans("，。！？：；（）％", ",.!?:;()%")


def tidy(english: str, source: str) -> str:
    """`english` with the spacing of numbers, abbreviations, quotation marks and punctuation put right.

    A blank inside a decimal goes only where `source` (as the model read it) has that very decimal: "1. 16 million" may
    also be the end of a list number.
    """
    text = _ABBREVIATION.sub(r"\1.", english.translate(_FULL_WIDTH))
    text = _OPENING_QUOTE.sub(r"\1", text)
    text = _BEFORE_POINT.sub("", text)
    for match in list(_DECIMAL.finditer(text))[::-1]:
        whole = re.search(r"\d+$", text[: match.start()])
        fraction = re.match(r"\d+", text[match.end() :])
        if whole and fraction and f"{whole[0]}.{fraction[0]}" in source:
            text = text[: match.start()] + "." + text[match.end() :]
    return " ".join(text.split())


def without_echo(english: str) -> str:
    """`english` without the brackets that hold just the name before them."""
    return _TWICE.sub(r"\1\2", english)
