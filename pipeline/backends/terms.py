"""Terms with models that cannot be told of them: written into the source, or kept out of the model's reach.

A pair with equal sides is a text that must come through as it is: an address, a name that nobody translates.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pipeline.backends import Segment
from pipeline.backends.foreign import is_foreign, writes_latin
from pipeline.language import scripts

# Then A, B, ...: of 19 forms tried for 475 names in 250 sentences of FLORES dev with the Portuguese Firefox model this
# one came through best, 98.3 % exactly once; letters with a number did 94 to 97.5 %, with brackets, # or _ 90 to 95 %.
_PLACEHOLDER: Final = "ZQ"
_DECLINED: Final = ("Cyrl", "Grek")
_LATIN: Final = r"0-9A-Za-z\u00c0-\u024f"
# Of the alphabets that part words by spaces and do not join particles to them: Latin, Greek and Cyrillic.
_LETTERS: Final = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0370-\u052f"


@dataclass(frozen=True, slots=True)
class Marked:
    """A segment as the model gets it, and how to read what it makes of it."""

    segment: Segment
    restore: Callable[[str], str]


def apply_terms(segment: Segment, attempt: int) -> Marked:
    """Attempt 0 writes the targets into the text; a later one puts a placeholder for each, to be restored after.

    Models copy foreign words more or less, and translate smoothly around them; a placeholder is copied nearly always,
    but tells nothing of what it stands for. One that is lost leaves the translation without the term.
    """
    if not segment.terms:
        return Marked(segment, str)
    if attempt == 0:
        return Marked(replace(segment, text=write_in(segment.text, segment.terms)), str)
    text, held = put_placeholders(segment.text, segment.terms)
    return Marked(replace(segment, text=text), lambda answer: restore(answer, held))


def hold_foreign(segment: Segment) -> Marked:
    """A placeholder for each term that is to stay in letters which the model may not write; the others stay terms."""
    held = [term for term in segment.terms if is_foreign(term[1])] if writes_latin(segment.target_language) else []
    if not held:
        return Marked(segment, str)
    text, names = put_placeholders(segment.text, tuple(held))
    terms = tuple(term for term in segment.terms if term not in held)
    return Marked(replace(segment, text=text, terms=terms), lambda answer: restore(answer, names))


def write_in(text: str, terms: tuple[tuple[str, str], ...]) -> str:
    """The text with the target form of each term in the place of the source form."""
    return _replace(text, terms, lambda target: target)


def put_placeholders(text: str, terms: tuple[tuple[str, str], ...]) -> tuple[str, dict[str, str]]:
    """The text with a placeholder for every term in it, and the target that each stands for."""
    names: dict[str, str] = {}
    free = (word for word in _placeholders() if word.casefold() not in text.casefold())

    def name(target: str) -> str:
        if target not in names:
            names[target] = next(free)
        return names[target]

    marked = _replace(text, terms, name)
    return marked, {placeholder: target for target, placeholder in names.items()}


def restore(text: str, held: Mapping[str, str]) -> str:
    """The targets in the place of their placeholders, whatever the case those came back in."""
    if not held:
        return text
    # It may touch a letter of another script, not one of its own.
    pattern = rf"(?<![{_LATIN}])(?:{'|'.join(held)})(?![{_LATIN}])"
    return re.sub(pattern, lambda match: held[match[0].upper()], text, flags=re.IGNORECASE)


def _placeholders() -> Iterator[str]:
    for length in itertools.count(1):
        for letters in itertools.product(string.ascii_uppercase, repeat=length):
            yield _PLACEHOLDER + "".join(letters)


def _replace(text: str, terms: tuple[tuple[str, str], ...], by: Callable[[str], str]) -> str:
    """Every source form replaced, the longest of overlapping ones, in one pass: no target is read as a source."""
    targets = {source: target for source, target in terms if source}
    if not targets:
        return text
    ordered = sorted(targets, key=lambda source: (-len(source), source))
    pattern = "|".join(f"({_pattern(source, targets[source])})" for source in ordered)
    out = ""
    end = 0
    for match in re.finditer(pattern, text):
        out += text[end : match.start()]
        out = _joined(out, by(targets[ordered[(match.lastindex or 1) - 1]]))
        end = match.end()
        # What follows may be a word too, where words are written without spaces.
        if _meet(out, text[end : end + 1]):
            out += " "
    return out + text[end:]


def _pattern(source: str, target: str) -> str:
    """Matches a source form, as a word of its own where its script parts words by spaces; with an ending where it is
    the script of languages that decline names."""
    before = _edge(source[0], "(?<!{})")
    after = _edge(source[-1], "(?!{})")
    # An ending says the source's case; what must stay as it is keeps all its letters.
    if source != target and scripts.dominant(source[-1]) in _DECLINED:
        after = f"[{_LETTERS}]{{0,3}}(?![{_LETTERS}])"
    # 范明正（Pham Minh Chinh） must not come out twice.
    bracket = rf"(?:\s?[（(]\s*{re.escape(target)}\s*[)）])?"
    return f"{before}{re.escape(source)}{after}{bracket}"


def _edge(character: str, form: str) -> str:
    if character.isdigit():
        return form.format("\\d")
    # Letters of other scripts may touch it: NATO在布魯塞爾.
    return form.format(f"[{_LETTERS}]") if scripts.dominant(character) in ("Latn", *_DECLINED) else ""


def _joined(out: str, word: str) -> str:
    return f"{out} {word}" if _meet(out, word) else out + word


def _meet(left: str, right: str) -> bool:
    """Whether two pieces would run together into one word of Latin letters or digits."""
    return bool(left and right) and all(
        character.isdigit() or (character.isalpha() and scripts.dominant(character) == "Latn")
        for character in (left[-1], right[0])
    )
