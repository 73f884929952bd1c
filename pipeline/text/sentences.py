"""Cutting a paragraph into sentences that a translation model can take, and back without losing a character."""

from __future__ import annotations

import re
from functools import cache

from sentencex import segment

from pipeline.language.codes import base, script
from pipeline.language.facts import facts
from pipeline.text.numbers.digits import LINK
from pipeline.text.points import LETTER, runs_on

_IDEOGRAPHIC = frozenset({"Hans", "Hant", "Jpan"})
# Characters that a small translation model still takes in one go, by script.
_LONGEST = {
    **dict.fromkeys(_IDEOGRAPHIC, 400),
    **dict.fromkeys(("Thai", "Laoo", "Khmr", "Mymr"), 300),
}
_LONGEST_OTHERS = 900
# A quotation of up to this length stays whole even if it holds several sentences.
_LONG_QUOTE = 120

_ALSO_ENGLISH = "|".join(("Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "vs"))
_BRACKETS = {"「": "」", "『": "』", "（": "）", "《": "》", "“": "”", "〈": "〉", "【": "】", "(": ")"}
_CLOSING = re.compile("[」』）》”〉】)’\"'\u00bb]+")
_WORD = re.compile(r"\w")
# The U. of "Vietnam-U.S. summit".
_INITIAL = re.compile(r"(?<!\w)[A-ZĐ]\.$")
# No sentence begins with one: what is before it is the "etc." (v.v..., и т. д.) of the same sentence.
_INSIDE = re.compile(r"\s{0,3}[,;:،؛，；：、]")
# Where a sentence that is too long may be cut, best first; never between the figures of a number.
_CUTS_IDEOGRAPHIC = (
    re.compile("[；;][」』”）]*"),
    re.compile("[，,：:](?!\\d{3})[」』”）]*"),
    re.compile("[、\u3000 ]"),
)
_CUTS = (re.compile(r"[;；؛][\"'”»)]?\s"), re.compile(r"[,،，:][\"'”»)]?\s|\s[–—-]\s"), re.compile(r"\s"))


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of a paragraph, without the white space around them; empty for a blank text.

    `language` is a BCP 47 code. No piece is longer than a translation model takes: about 400 characters of Chinese or
    Japanese, 300 of Thai, 900 of other languages; longer ones are cut at semicolons, commas or spaces. Never raises.
    """
    return [sentence for sentence, _ in split_with_separators(text, language) if sentence]


def split_with_separators(text: str, language: str) -> list[tuple[str, str]]:
    """Sentences of `text`, each with the white space that follows it.

    `"".join(sentence + space for sentence, space in parts) == text` always holds; white space before the first
    sentence comes as ("", space). A line break ends a sentence.
    """
    parts: list[tuple[str, str]] = []
    start = 0
    for end in _boundaries(text, base(language)):
        piece = text[start:end]
        body = piece.rstrip()
        if body and not body[0].isspace():
            parts.append((body, piece[len(body) :]))
        elif body:
            stripped = body.lstrip()
            parts += [("", body[: len(body) - len(stripped)]), (stripped, piece[len(body) :])]
        elif piece and parts:
            parts[-1] = (parts[-1][0], parts[-1][1] + piece)
        elif piece:
            parts.append(("", piece))
        start = end
    return parts


def _boundaries(text: str, code: str) -> list[int]:
    """Offsets where a piece ends, the length of the text last."""
    kept: list[int] = []
    offset = 0
    for line in re.split(r"(?<=\n)", text):
        if not line.strip():
            offset += len(line)
            continue
        ends = _repaired(line, _segment(line, code), code)
        starts = [0, *ends[:-1]]
        for start, end in zip(starts, ends, strict=True):
            kept += [offset + cut for cut in _cut_long(line, start, end, code)]
        offset += len(line)
    if text and (not kept or kept[-1] != len(text)):
        kept.append(len(text))
    return kept


def _segment(line: str, code: str) -> list[int]:
    ends: list[int] = []
    position = 0
    for piece in segment(code, line):
        position += len(piece)
        ends.append(position)
    # sentencex gives every character back; a version that does not would cost text, so the line stays whole then
    return ends if position == len(line) else [len(line)]


@cache
def _abbreviation(code: str) -> re.Pattern[str]:
    listed = "|".join((*facts(code).sentences.abbreviations, _ALSO_ENGLISH))
    # an initial as in "J. K. Rowling" too, but not where a sentence ends in "F-16 A."
    return re.compile(rf"(?:^|[\s(\"“'«.])(?:{listed}|[A-ZĐ])\.$")


@cache
def _goes_on(code: str) -> re.Pattern[str] | None:
    pattern = facts(code).sentences.goes_on
    return re.compile(pattern) if pattern else None


def _repaired(line: str, ends: list[int], code: str) -> list[int]:
    """Drops boundaries that fall inside links, numbers, short quotations and after titles."""
    closed = [False] * (len(line) + 1)
    for match in LINK.finditer(line):
        closed[match.start() + 1 : match.end()] = [True] * (match.end() - match.start() - 1)
    ideographic = script(code) in _IDEOGRAPHIC
    if ideographic:
        for start, end in _short_quotes(line):
            closed[start + 1 : end] = [True] * (end - start - 1)
    abbreviation, goes_on = _abbreviation(code), _goes_on(code)
    last_word = next((at for at in reversed(range(len(line))) if _WORD.match(line, at)), -1)
    has_word, looked_up_to = False, 0
    kept: list[int] = []
    for end in ends[:-1]:
        closing = _CLOSING.match(line, end) if line[end - 1 : end].strip() and ideographic else None
        if closing:
            end = closing.end()
        left = line[max(0, end - 24) : end].rstrip()
        last = end - (len(line[max(0, end - 24) : end]) - len(left))
        follows = line[end : end + 1]
        if closed[last] or end > last_word or (kept and end <= kept[-1]) or not follows or _INSIDE.match(line, end):
            continue
        if abbreviation.search(left) or (left.endswith(".") and last == end and follows.isdigit()):
            continue
        if last == end and follows.isalpha() and _INITIAL.search(left):
            continue
        if goes_on and last == end and goes_on.match(line, end - 1):
            continue
        if runs_on(line, last, end, code):
            continue
        # A number with a point is that of a list or an ordinal.
        says = LETTER if left.endswith(".") else _WORD
        has_word = has_word or says.search(line, looked_up_to, end) is not None
        looked_up_to = end
        if not has_word:
            continue  # nothing but punctuation so far
        kept.append(end)
        has_word = False
    return [*kept, len(line)]


def _short_quotes(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    for i, character in enumerate(line):
        if character in _BRACKETS:
            stack.append(i)
        elif stack and character == _BRACKETS[line[stack[-1]]]:
            start = stack.pop()
            if i + 1 - start <= _LONG_QUOTE:
                spans.append((start, i + 1))
    return spans


def _cut_long(line: str, start: int, end: int, code: str) -> list[int]:
    """Ends of the pieces of `line[start:end]`, each short enough for a model."""
    own = script(code)
    limit = _LONGEST.get(own, _LONGEST_OTHERS)
    cuts: list[int] = []
    while end - start > limit:
        start = _best_cut(line, start, start + limit, _CUTS_IDEOGRAPHIC if own in _IDEOGRAPHIC else _CUTS)
        cuts.append(start)
    return [*cuts, end]


def _best_cut(line: str, start: int, stop: int, patterns: tuple[re.Pattern[str], ...]) -> int:
    """The last good place in the second half of the span; its end where there is none."""
    middle = start + (stop - start) // 3
    for pattern in patterns:
        last = 0
        for match in pattern.finditer(line, middle, stop):
            if not (line[match.start() - 1].isdigit() and line[match.end() : match.end() + 1].isdigit()):
                last = match.end()
        if last:
            return last
    return stop
