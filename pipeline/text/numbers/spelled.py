"""Every value that the number words of a sentence may state, read loosely.

For holding a number of the English against a source that spells it: "dreiundzwanzig", "две тысячи", "خمسة ملايين".
Where the words allow several readings all are given, so that a doubt is raised only for a number that none supports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.numbers.compose import Scale, scales_last
from pipeline.text.numbers.digits import digit_pattern, read_digits

_LONGEST_PHRASE = 8
_LONGEST_WORD = 40
_LONGEST_ENDING = 5
# \w knows no vowel signs
_LETTER = r"(?:[^\W\d_]|[\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0962\u0963])"
_LARGEST = Decimal(10**18)


@dataclass(frozen=True, slots=True)
class _Part:
    value: Decimal
    scale: bool = False
    half: bool = False
    figure: bool = False


@dataclass(frozen=True, slots=True)
class _Grammar:
    parts: dict[str, _Part]
    stem: re.Pattern[str]
    prefix: re.Pattern[str]
    link: re.Pattern[str]
    token: re.Pattern[str]
    joined: bool
    longest_ending: int


def is_read(language: str) -> bool:
    """Whether the number words of this language are listed."""
    return bool(facts(language).numerals.stems)


@cache
def _grammar(code: str) -> _Grammar:
    numerals = facts(code).numerals
    parts = {
        stem.rstrip("$").lower(): _Part(Decimal(value), value in (100, 1000))
        for value, stems in numerals.stems.items()
        for stem in stems
    }
    halves = [(stem, value) for value, stems in numerals.halves.items() for stem in stems]
    every = (
        *(stem for stems in numerals.stems.values() for stem in stems),
        *numerals.tens,
        *(stem for stem, _ in halves),
    )
    whole = {stem[:-1] for stem in every if stem.endswith("$")}
    for word, factor in facts(code).scales.factor_of.items():
        if factor >= 100:
            parts.setdefault(word.lower(), _Part(Decimal(factor), True))
    for stem in numerals.tens:
        parts[stem.rstrip("$")] = _Part(Decimal(10), True)
    for stem, half in halves:
        parts[stem.rstrip("$")] = _Part(half, half=half < 1)
    links = "|".join(map(re.escape, numerals.links))
    edge = rf"(?:(?![^\W\d_])|(?={links}))" if links and numerals.joined else r"(?![^\W\d_])"
    listed = "|".join(
        re.escape(stem) + (edge if stem in whole else "") for stem in sorted(parts, key=len, reverse=True)
    )
    return _Grammar(
        parts,
        re.compile(listed),
        re.compile(numerals.prefix),
        re.compile(f"(?:{links})" if links else "(?!)"),
        re.compile(rf"(?P<figure>{digit_pattern(code)})|(?P<word>{_LETTER}+(?:['’ʼ\u200c-]{_LETTER}+)*)|[^\s\w]"),
        numerals.joined,
        _LONGEST_WORD if numerals.compounding else _LONGEST_ENDING,
    )


def spelled_values(folded: str, language: str) -> frozenset[Decimal]:
    """Values that the words (and figures before words) of `folded` may state; empty for a language not listed.

    "двести пятьдесят тысяч" gives 250,000 and each of its parts. Never raises.
    """
    code = base(language)
    numerals = facts(code).numerals
    if not numerals.stems:
        return frozenset()
    phrases = _run_together(folded, code) if facts(code).writing.no_word_edge else _phrases(folded, code)
    values: set[Decimal] = set()
    for phrase in phrases:
        if all(part.figure for part in phrase):
            continue
        edges = [at for at in range(len(phrase) + 1) if not _is_inside_a_number(phrase, at, code)]
        for place, start in enumerate(edges[:-1], start=1):
            ends = edges[place : place + _LONGEST_PHRASE]
            values |= {
                _compose(_scales_last(phrase[start:end], code)) for end in ends if end <= start + _LONGEST_PHRASE
            }
            if phrase[start - 1].half and start:
                values.add(phrase[start].value - 1)  # half vier is half past three
    if any(part.half for phrase in phrases for part in phrase):
        values |= {value + Decimal("0.5") for value in values if value <= 100}  # two and a half years
        values |= {Decimal("0.5"), Decimal("1.5"), Decimal(30)}  # an hour and a half, half an hour
    return frozenset(value for value in values if value < _LARGEST)


def _scales_last(parts: list[_Part], code: str) -> list[_Part]:
    if not facts(code).scales.before_number:
        return parts
    return [parts[i] for i in scales_last([Scale(part.value) if part.scale else part.value for part in parts])]


def _is_inside_a_number(phrase: list[_Part], at: int, code: str) -> bool:
    """Whether no number begins or ends there: "dua puluh" is neither two nor ten, "empat belas" not four."""
    if not 0 < at < len(phrase):
        return False
    numerals, before, after = facts(code).numerals, phrase[at - 1], phrase[at]
    scale, counted = (before, after) if facts(code).scales.before_number else (after, before)
    if scale.scale and scale.value < 1000:
        return not counted.scale
    if before.figure or after.figure:
        return False
    if _is_tens(before) and _is_unit(after):
        next_is_tens = at + 1 < len(phrase) and phrase[at + 1].scale and phrase[at + 1].value < 100
        return not numerals.tens_last and not next_is_tens
    return numerals.units_first and _is_unit(before) and _is_tens(after)


def _is_tens(part: _Part) -> bool:
    return 10 <= part.value <= 90 and part.value % 10 == 0


def _is_unit(part: _Part) -> bool:
    return 1 <= part.value <= 9 and part.value % 1 == 0


def _phrases(folded: str, code: str) -> list[list[_Part]]:
    """Runs of neighbouring number words and figures."""
    grammar = _grammar(code)
    phrases: list[list[_Part]] = [[]]
    for match in grammar.token.finditer(folded):
        parts: tuple[_Part, ...] | None = ()
        if match["figure"]:
            read = read_digits(match["figure"], code)
            parts = (_Part(read[0], figure=True),) if read else ()
        elif match["word"] and len(match["word"]) <= _LONGEST_WORD:
            parts = _parts_of(match["word"].lower(), code)
            if parts is None:
                continue
        if parts:
            phrases[-1].extend(parts)
        elif phrases[-1]:
            phrases.append([])
    return phrases


@lru_cache(65_536)
def _parts_of(word: str, code: str) -> tuple[_Part, ...] | None:
    """None for what links the parts of a number."""
    grammar = _grammar(code)
    return None if grammar.link.fullmatch(word) else tuple(_in_word(word, grammar))


def _in_word(word: str, grammar: _Grammar) -> Iterator[_Part]:
    """Parts of a word, which may be joined ("dreiundzwanzig") or hyphenated ("vingt-cinq", "top-ten")."""
    position = 0
    while position >= 0:
        match = grammar.stem.match(word, position)
        prefix = grammar.prefix.match(word, position)
        if match is None and prefix:
            match = grammar.stem.match(word, prefix.end())
        while match:
            position = match.end()
            following = grammar.stem.match(word, position) if grammar.joined else None
            if following is None and grammar.joined:
                link = grammar.link.match(word, position)
                following = grammar.stem.match(word, link.end()) if link else None
            if following is None and len(word[position:].split("-")[0]) > grammar.longest_ending:
                break
            yield grammar.parts[match[0]]
            match = following
        position = word.find("-", position) + 1 or -1


def _run_together(folded: str, code: str) -> list[list[_Part]]:
    """As `_phrases`, where no spaces part words."""
    grammar = _grammar(code)
    phrases: list[list[_Part]] = [[]]
    end = 0
    for match in re.compile(rf"{digit_pattern(code)}|{grammar.stem.pattern}").finditer(folded):
        if folded[end : match.start()].strip() or match.start() - end > 1:
            phrases.append([])
        part = grammar.parts.get(match[0])
        if part is None:
            read = read_digits(match[0], code)
            part = _Part(read[0], figure=True) if read else None
        if part is not None:
            phrases[-1].append(part)
        end = match.end()
    return phrases


def _compose(parts: list[_Part]) -> Decimal:
    """Numbers add up in either order (five and twenty), scales multiply what stands before them."""
    total = current = Decimal(0)
    largest = Decimal(0)  # scale that `total` counts in
    for i, part in enumerate(parts):
        if part.half and i and parts[i - 1].scale:
            total += part.value * parts[i - 1].value  # một triệu rưỡi
        elif not part.scale:
            current += part.value
        elif part.value < 1000:
            below = current % part.value
            current += (below or Decimal(1)) * part.value - below
        else:
            if total and largest < part.value:
                total = (total + current) * part.value
            else:
                total += (current or Decimal(1)) * part.value
            current, largest = Decimal(0), part.value
        if total > _LARGEST or current > _LARGEST:
            return _LARGEST
    return total + current
