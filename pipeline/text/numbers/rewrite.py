"""Writing into a source sentence, as English does, the numbers that small models get wrong.

Small translation models take 116萬 for 116 million and 1,500억 for 1.5 trillion, but copy `1.16 million` and
`150 billion` right when these stand in the source; written as digits (`1,480,000`) large numbers came out wrong again.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.numbers import cjk, spaced
from pipeline.text.numbers.digits import FIGURE, Quantity, decimal_comma, english_scale, plain, read_digits, ready
from pipeline.text.numbers.read import IDENTIFIER, offsets, spread_ranges


def normalise_numbers(text: str, language: str) -> str:
    """`text` with the numbers that small models get wrong written as English writes them, the rest untouched.

    Rewritten: amounts in myriads (148万人 -> 1.48 million人, 2萬 -> 20,000) and in Asian or abbreviated scales
    (3,5 triệu -> 3.5 million, 5 crore -> 50 million, 2 Mrd. -> 2 billion), 3成 and 3割 (30%), and the decimal commas
    and grouping points of languages that use them. Nothing is rounded. Numbers inside names and idioms stay. For
    text as published, once: a point that this wrote reads otherwise in a language that groups by points.
    """
    if base(language) == "en":
        return text
    han = facts(language).numerals.han
    folded = ready(text)
    names = offsets(IDENTIFIER, folded)
    edits = _cjk_edits(folded, language) if han else _spaced_edits(folded, language)
    out: list[str] = []
    end = 0
    for start, stop, new in edits:
        if start < end or start in names:
            continue
        left = " " if start and folded[start - 1].isascii() and folded[start - 1].isalpha() else ""
        if out and start == end:
            left = " "  # 5만3만: 50,000 30,000
        right = " " if new[-1].isalpha() and stop < len(text) and text[stop].isascii() and text[stop].isalnum() else ""
        if not han and new[-1].isalpha() and text[stop : stop + 1].isalpha():
            right = " "
        out += [text[end:start], left, new, right]
        end = stop
    return "".join([*out, text[end:]])


def _cjk_edits(folded: str, language: str) -> list[tuple[int, int, str]]:
    edits = []
    items = list(cjk.find(folded, language))
    for i, item in enumerate(items):
        quantity = item.quantity
        if item.tenths:
            edits.append((quantity.start, quantity.end, plain(quantity.value) + "%"))
        elif item.scaled_by_myriads:
            following = items[i + 1].quantity if i + 1 < len(items) else None
            if following and following.start == quantity.start:
                continue
            previous = items[i - 1].quantity if i else None
            if previous and not previous.scaled and folded[previous.end : quantity.start] == "、":
                continue  # 三、四萬: three or four myriads
            if (
                previous
                and not previous.scaled
                and quantity.scaled
                and re.fullmatch(r"[-~–—至到]", folded[previous.end : quantity.start])
            ):
                # 3~5萬: the lower end takes the scale too
                lower = spread_ranges([previous, quantity], folded, language)[0].alternatives - previous.alternatives
                if len(lower) == 1:
                    edits.append((previous.start, previous.end, english_scale(next(iter(lower)))))
            edits.append((quantity.start, quantity.end, english_scale(quantity.value) + item.vague))
    return edits


def _spaced_edits(folded: str, language: str) -> list[tuple[int, int, str]]:
    if not FIGURE.search(folded):
        return []
    scales = facts(language).scales
    rewritten = {*scales.rewritten, *facts("en").scales.rewritten}
    edits = []
    for item in spaced.find(folded, language):
        quantity = item.quantity
        if quantity.style != "digits" or quantity.alternatives:
            continue  # words are translated well; a figure with two readings is left to the model
        at, literal = _figure(quantity)
        read = read_digits(literal, language)
        if read is None:
            continue
        if item.scale_words and (len(item.scale_words) > 1 or read[0] >= 1000):
            rewrite = True  # "mil millones", "2 400 millions": English does not count so
        else:
            rewrite = bool(item.scale_words) and (scales.all_rewritten or not rewritten.isdisjoint(item.scale_words))
        if rewrite:
            vague = scales.more if scales.more in quantity.text else ""  # 20여만: more than 200,000
            edits.append((quantity.start, quantity.end, english_scale(quantity.value) + vague))
        elif decimal_comma(language) and not literal.isdigit():
            new = _english_digits(literal, read[0])
            if new != literal:
                edits.append((at, at + len(literal), new))
    return edits


def _figure(quantity: Quantity) -> tuple[int, str]:
    """The first digits of a number, separators included, and where they begin in the text."""
    match = re.search(r"\d(?:[\d.,'’ \u00a0\u202f\u2009]*\d)?", quantity.text)
    return (quantity.start + match.start(), match[0]) if match else (quantity.start, quantity.text)


def _english_digits(literal: str, value: Decimal) -> str:
    """The figure in English style, keeping the decimals as written (`2,50` -> `2.50`)."""
    decimals = (
        len(literal) - 1 - max(literal.rfind("."), literal.rfind(","))
        if value != value.to_integral_value() or re.search(r"[.,]\d{1,2}$", literal)
        else 0
    )
    return f"{value:,.{decimals}f}" if decimals else f"{value:,.0f}"
