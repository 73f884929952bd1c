"""Numbers of every language but Chinese and Japanese: digits in the language's style, scale words, number words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.language.quantities import Numerals, Scales
from pipeline.text.numbers.compose import Scale, compose, scales_last
from pipeline.text.numbers.digits import DIGIT_RUN, SIDES, Quantity, digit_pattern, read_digits

_GAP = 3


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    value: Decimal | Scale
    alternatives: frozenset[Decimal]
    word: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A Quantity and how it is written: the figure, then the scale words, for the rewriting."""

    quantity: Quantity
    scale_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grammar:
    numerals: Numerals
    own_scales: Scales
    pattern: re.Pattern[str]
    scales: dict[str, int]
    joiner: re.Pattern[str]
    half: re.Pattern[str] | None
    percent: re.Pattern[str]
    percent_before: tuple[str, ...]


@cache
def _grammar(language: str) -> _Grammar:
    known = facts(language)
    numerals, own_scales = known.numerals, known.scales
    # Normalised text holds English scale words; French "billion" keeps its own meaning.
    english = {word.lower(): factor for word, factor in facts("en").scales.factor_of.items()}
    scales = english | {word.lower(): factor for word, factor in own_scales.factor_of.items()}
    # Korean and Thai scales stand between other letters; they count only after a figure, which the scanner checks.
    # English words may touch Chinese or Korean ones: "1.48 million人次".
    before, after = (
        (r"(?<![A-Za-z\u00c0-\u024f])", r"(?![A-Za-z\u00c0-\u024f])")
        if base(language) == "en"
        else (r"(?<![^\W\d_])", r"(?![^\W\d_])")
    )
    own = sorted(own_scales.factor_of, key=len, reverse=True)
    words = sorted({*numerals.value_of, *(set(scales) - set(own))})
    bounded, free = (words, own) if known.writing.no_word_edge else (own + words, [])
    not_before = own_scales.not_before
    choices = [f"(?P<digits>{digit_pattern(language)})"]
    if bounded:
        by_length = sorted(bounded, key=len, reverse=True)
        listed = "|".join(re.escape(word) + after + not_before.get(word, "") for word in by_length)
        choices.append(rf"(?P<word>{before}(?:{listed}))")
    if free:
        choices.append(f"(?P<free>{'|'.join(re.escape(word) + not_before.get(word, '') for word in free)})")
    joiner = "|".join(numerals.joiners)
    half = rf"\s?{numerals.half_after_scale}(?![^\W\d_])" if numerals.half_after_scale else ""
    return _Grammar(
        numerals,
        own_scales,
        re.compile("|".join(choices), re.IGNORECASE),
        scales,
        re.compile(rf"[\s-]{{0,{_GAP}}}(?:,? ?(?:{joiner})\s)?" if joiner else rf"[\s-]{{0,{_GAP}}}"),
        re.compile(half) if half else None,
        re.compile(rf"\s?(?:{'|'.join(('%', *known.percent.words))})", re.IGNORECASE),
        ("%", *known.percent.before),
    )


def _tokens(folded: str, language: str) -> Iterator[_Token]:
    grammar = _grammar(language)
    previous_end = -1
    for match in grammar.pattern.finditer(folded):
        text = match[0]
        if match.lastgroup == "digits":
            read = read_digits(text, language)
            if read is not None:
                yield _Token(match.start(), match.end(), text, read[0], read[1], False)
            else:
                for run in re.finditer(DIGIT_RUN, text):
                    start = match.start() + run.start()
                    yield _Token(start, start + len(run[0]), run[0], Decimal(run[0]), frozenset(), False)
        elif match.lastgroup == "free":
            # "천" in a Korean word is no thousand; only digits or another scale before it make it one
            between = folded[previous_end : match.start()].strip(" " + grammar.own_scales.more)
            if between or previous_end < 0:
                continue
            factor = grammar.own_scales.factor_of[text]
            yield _Token(match.start(), match.end(), text, Scale(Decimal(factor)), frozenset(), True)
        else:
            key = text.lower()
            if key in grammar.numerals.value_of:
                value = Decimal(grammar.numerals.value_of[key])
                yield _Token(match.start(), match.end(), text, value, frozenset(), True)
            elif key in grammar.scales:
                yield _Token(match.start(), match.end(), text, Scale(Decimal(grammar.scales[key])), frozenset(), True)
        previous_end = match.end()


def _scales_last(tokens: list[_Token], folded: str, language: str) -> list[_Token]:
    """The tokens as if each scale of the language followed its number; those that change places share their room."""
    grammar = _grammar(language)
    runs: list[list[_Token]] = []
    for token in tokens:
        last = runs[-1][-1] if runs else None
        if last is None or not _is_one_run(last, token, folded, grammar):
            runs.append([])
        runs[-1].append(token)
    out: list[_Token] = []
    for run in runs:
        turned = [run[i] for i in scales_last([token.value for token in run])]
        # A number begins where its scale stood, and the scale is a point at its end.
        ends = list(itertools.accumulate((token.end for token in turned), max))
        starts = list(itertools.accumulate((token.start for token in reversed(turned)), min))[::-1]
        for token, start, end, before in zip(turned, starts, ends, [0, *ends[:-1]], strict=True):
            out.append(replace(token, start=max(start, before), end=end))
    return out


def _is_one_run(last: _Token, token: _Token, folded: str, grammar: _Grammar) -> bool:
    gap = folded[last.end : token.start]
    if gap in (" ", "\u00a0"):
        english = facts("en").scales.factor_of
        return all(not isinstance(one.value, Scale) or one.text.lower() not in english for one in (last, token))
    if isinstance(last.value, Scale) or isinstance(token.value, Scale):
        return False
    tens = last.word and last.value >= 10 and last.value % 10 == 0
    return tens and token.word and token.value < 10 and grammar.joiner.fullmatch(gap) is not None


def _joins(group: list[_Token], token: _Token, folded: str, language: str) -> bool:
    """Whether `token` goes on with the number in `group`."""
    grammar = _grammar(language)
    numerals, scales = grammar.numerals, grammar.own_scales
    gap = folded[group[-1].end : token.start]
    last = group[-1].value
    if isinstance(token.value, Scale):
        if not isinstance(last, Scale) and any(isinstance(part.value, Scale) for part in group) and not group[-1].word:
            before = next(part.value for part in reversed(group) if isinstance(part.value, Scale))
            assert isinstance(before, Scale)
            thousands = scales.myriads and before.factor < 10**4 <= token.value.factor  # 1천500만
            if before.factor <= token.value.factor and not thousands:
                return False
        not_after = scales.not_after.get(token.text)
        if not_after and folded.endswith(not_after, 0, group[0].start):
            return False
        linked = bool(numerals.linker) and gap == f" {numerals.linker} "
        return linked or (len(gap) <= 2 and not gap.strip(" \u00a0\u202f-" + scales.more))
    if not token.word:
        if not isinstance(last, Scale) or not scales.myriads:
            return False
        return not gap.strip() and len(gap) <= (last.factor >= 10**4) and token.value < last.factor
    if not grammar.joiner.fullmatch(gap):
        return False
    only_before = numerals.only_before.get(token.text)
    if only_before and not folded.startswith(only_before, token.end):
        return False  # "ba triệu năm" is three million years
    if isinstance(last, Scale):
        return token.value < last.factor
    floor = 10 if numerals.ten_two else 20
    below = 20 if numerals.twenties and last in (60, 80) else 10  # soixante-quinze
    return group[-1].word and token.value < below and last >= floor and last % 10 == 0


def _begins_another(group: list[_Token], token: _Token, following: _Token | None, folded: str) -> bool:
    """Whether a figure has the scale before it again after it: 5만3만 are two numbers, 1천500만 is one."""
    last = group[-1].value
    if following is None or not isinstance(last, Scale) or not isinstance(following.value, Scale):
        return False
    if token.word or folded[token.end : following.start]:
        return False
    counts_thousands = last.factor < 10**4 <= following.value.factor
    return following.value.factor >= last.factor and not counts_thousands


def _counts_on(group: list[_Token], token: _Token, following: _Token | None, folded: str, language: str) -> bool:
    """Whether a figure counts on below the scale before it: 5 लाख 20 हजार, 3 หมื่น 5 พัน, ۱۲ هزار و ۵۰۰."""
    last = group[-1].value
    if token.word or not isinstance(token.value, Decimal) or not isinstance(last, Scale) or token.value >= last.factor:
        return False
    gap = folded[group[-1].end : token.start]
    joiner = _grammar(language).numerals.figures_joiner
    if joiner and gap == f" {joiner} ":
        return True
    return (
        base(language) != "en"
        and gap in (" ", "\u00a0")
        and following is not None
        and isinstance(following.value, Scale)
        and following.value.factor * token.value < last.factor
        and not folded[token.end : following.start].strip()
        and len(folded[token.end : following.start]) <= 1
    )


@lru_cache(SIDES)
def find(folded: str, language: str) -> tuple[Found, ...]:
    """Every number of `folded` (see `fold`) in order."""
    return tuple(_find(folded, language))


def _find(folded: str, language: str) -> Iterator[Found]:
    group: list[_Token] = []
    tokens = list(_tokens(folded, language))
    if facts(language).scales.before_number:
        tokens = _scales_last(tokens, folded, language)
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if group and (
            _begins_another(group, token, following, folded)
            or not (_joins(group, token, folded, language) or _counts_on(group, token, following, folded, language))
        ):
            yield from _close(group, folded, language)
            group = []
        if group or not isinstance(token.value, Scale) or _bare_scale(token, folded, language):
            group.append(token)
    if group:
        yield from _close(group, folded, language)


def _bare_scale(token: _Token, folded: str, language: str) -> bool:
    """A scale word that starts a number: "a hundred", French "cent", Russian "сто"; "millions" is none."""
    if base(language) != "en":
        return token.text.lower() in _grammar(language).own_scales.alone
    return bool(re.search(r"\ban? $", folded[max(0, token.start - 3) : token.start])) and not token.text.endswith("s")


def _close(group: list[_Token], folded: str, language: str) -> Iterator[Found]:
    value = compose([token.value for token in group])
    if value is None:
        for token in group:
            if isinstance(token.value, Decimal):
                yield from _close([token], folded, language)
        return
    grammar = _grammar(language)
    start, end = group[0].start, group[-1].end
    factor = Decimal(1)
    scale_words = tuple(token.text for token in group if isinstance(token.value, Scale))
    alternatives = group[0].alternatives
    if alternatives and len(group) > 1:
        factor = value / group[0].value if isinstance(group[0].value, Decimal) and group[0].value else factor
        alternatives = frozenset(reading * factor for reading in alternatives)
    digits = not group[0].word
    half = grammar.half.match(folded, end) if scale_words and grammar.half else None
    if half and isinstance(group[-1].value, Scale):
        value, end = value + group[-1].value.factor / 2, half.end()
    quantity = Quantity(
        value,
        start,
        end,
        folded[start:end],
        alternatives=alternatives,
        style="digits" if digits else "words",
        scaled=bool(scale_words),
        certain=digits,
    )
    if grammar.percent.match(folded, end) or folded.endswith(grammar.percent_before, 0, start):
        quantity = replace(quantity, kind="percent")
    yield Found(quantity, scale_words)


def scale_of(word: str, language: str) -> Decimal:
    """The factor of a scale word, 1 where it is none."""
    return Decimal(_grammar(language).scales.get(word.lower(), 1))
