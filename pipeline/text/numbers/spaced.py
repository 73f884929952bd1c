"""Numbers of every language but Chinese and Japanese: digits in the language's style, scale words, number words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.language.codes import base
from pipeline.text.numbers.compose import Scale, compose
from pipeline.text.numbers.digits import DIGIT_RUN, SIDES, Quantity, digit_pattern, read_digits
from pipeline.text.numbers.words import JOINERS, PERCENT, SCALES, SMALL

_NO_WORD_BOUNDARY = frozenset({"th", "ko"})
# What may not follow a scale word, since both make another word: billionaires, proportions, rates, conditions.
_NOT_SCALE = {
    "tỷ": r"(?! ?(?:phú|lệ|giá|số|trọng|suất)\b)",
    "tỉ": r"(?! ?(?:phú|lệ|giá|số|trọng|mỉ)\b)",
    "조": r"(?!건|국)",
}
_GAP = 3
_AND_IN_NUMBERS = frozenset({"fa", "ur", "ar"})
# Twelve is mười hai, on iki.
_TEN_TWO = frozenset({"vi", "tr"})
_VI_HALF = re.compile(r"\s?rưỡi(?![^\W\d_])")


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
    pattern: re.Pattern[str]
    small: dict[str, int]
    scales: dict[str, int]
    joiner: re.Pattern[str]
    percent: re.Pattern[str]


@cache
def _grammar(language: str) -> _Grammar:
    code = base(language)
    scales = {word.lower(): factor for word, factor in SCALES.get(code, {}).items()}
    for word, factor in SCALES["en"].items():
        # normalised text holds English scale words; French "billion" keeps its own meaning
        scales.setdefault(word, factor)
    small = SMALL.get(code, {})
    # Korean and Thai scales stand between other letters; they count only after a figure, which the scanner checks.
    # English words may touch Chinese or Korean ones: "1.48 million人次".
    edge = (
        (r"(?<![A-Za-z\u00c0-\u024f])", r"(?![A-Za-z\u00c0-\u024f])")
        if code == "en"
        else (r"(?<![^\W\d_])", r"(?![^\W\d_])")
    )
    own = sorted(SCALES.get(code, {}), key=len, reverse=True)
    words = sorted({*small, *(set(scales) - set(own))}, key=len, reverse=True)
    bounded = own + words
    free: list[str] = []
    if code in _NO_WORD_BOUNDARY:
        bounded, free = words, own
    choices = [f"(?P<digits>{digit_pattern(language)})"]
    if bounded:
        listed = "|".join(
            re.escape(w) + edge[1] + _NOT_SCALE.get(w, "") for w in sorted(bounded, key=len, reverse=True)
        )
        choices.append(rf"(?P<word>{edge[0]}(?:{listed}))")
    if free:
        choices.append(f"(?P<free>{'|'.join(re.escape(w) + _NOT_SCALE.get(w, '') for w in free)})")
    percent = "|".join(part for part in ("%", PERCENT.get(code, "")) if part)
    joiner = JOINERS.get(code, "")
    return _Grammar(
        re.compile("|".join(choices), re.IGNORECASE),
        small,
        {word.lower(): factor for word, factor in scales.items()},
        re.compile(rf"[\s-]{{0,{_GAP}}}(?:,? ?(?:{joiner})\s)?" if joiner else rf"[\s-]{{0,{_GAP}}}"),
        re.compile(rf"\s?(?:{percent})", re.IGNORECASE),
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
            if folded[previous_end : match.start()].strip(" 여") or previous_end < 0:
                continue
            yield _Token(
                match.start(), match.end(), text, Scale(Decimal(SCALES[base(language)][text])), frozenset(), True
            )
        else:
            key = text.lower()
            if key in grammar.small:
                yield _Token(match.start(), match.end(), text, Decimal(grammar.small[key]), frozenset(), True)
            elif key in grammar.scales:
                yield _Token(match.start(), match.end(), text, Scale(Decimal(grammar.scales[key])), frozenset(), True)
        previous_end = match.end()


def _joins(group: list[_Token], token: _Token, folded: str, language: str) -> bool:
    """Whether `token` goes on with the number in `group`."""
    gap = folded[group[-1].end : token.start]
    last = group[-1].value
    if isinstance(token.value, Scale):
        if not isinstance(last, Scale) and any(isinstance(part.value, Scale) for part in group) and not group[-1].word:
            before = next(part.value for part in reversed(group) if isinstance(part.value, Scale))
            assert isinstance(before, Scale)
            thousands = base(language) == "ko" and before.factor < 10**4 <= token.value.factor  # 1천500만
            if before.factor <= token.value.factor and not thousands:
                return False
        if token.text == "조" and folded[max(0, group[0].start - 1) : group[0].start] == "제":
            return False  # 제3조 is article 3 of a law
        return len(gap) <= 2 and not gap.strip(" \u00a0\u202f-여")
    if not token.word:
        if not isinstance(last, Scale):
            return False
        if base(language) == "ko":
            return not gap.strip() and len(gap) <= (last.factor >= 10**4) and token.value < last.factor
        return False
    if not _grammar(language).joiner.fullmatch(gap):
        return False
    if base(language) == "vi" and token.text == "năm" and not folded.startswith(" mươi", token.end):
        return False  # "ba triệu năm" is three million years
    if isinstance(last, Scale):
        return token.value < last.factor
    floor = 10 if base(language) in _TEN_TWO else 20
    below = 20 if base(language) == "fr" and last in (60, 80) else 10  # soixante-quinze
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
    if base(language) in _AND_IN_NUMBERS and gap == " و ":
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
        return token.text.lower() in {
            "cent",
            "cien",
            "ciento",
            "cem",
            "cento",
            "сто",
            "mil",
            "mille",
            "bin",
            "yüz",
            "hundert",
        }
    return bool(re.search(r"\ban? $", folded[max(0, token.start - 3) : token.start])) and not token.text.endswith("s")


def _close(group: list[_Token], folded: str, language: str) -> Iterator[Found]:
    value = compose([token.value for token in group])
    if value is None:
        for token in group:
            if isinstance(token.value, Decimal):
                yield from _close([token], folded, language)
        return
    start, end = group[0].start, group[-1].end
    factor = Decimal(1)
    scale_words = tuple(token.text for token in group if isinstance(token.value, Scale))
    alternatives = group[0].alternatives
    if alternatives and len(group) > 1:
        factor = value / group[0].value if isinstance(group[0].value, Decimal) and group[0].value else factor
        alternatives = frozenset(reading * factor for reading in alternatives)
    digits = not group[0].word
    half = _VI_HALF.match(folded, end) if scale_words and base(language) == "vi" else None
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
    if _grammar(language).percent.match(folded, end) or folded[max(0, start - 8) : start].endswith(
        ("%", "ร้อยละ ", "yüzde ")
    ):
        quantity = replace(quantity, kind="percent")
    yield Found(quantity, scale_words)


def scale_of(word: str, language: str) -> Decimal:
    """The factor of a scale word, 1 where it is none."""
    return Decimal(_grammar(language).scales.get(word.lower(), 1))
