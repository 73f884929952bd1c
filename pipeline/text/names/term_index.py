"""Finding many known words in a text at once, where they stand as words.

An Aho-Corasick automaton finds the candidates of fifty thousand entries in one pass; what stands beside a candidate
decides whether it is the word or a part of another one. How words are parted depends on the script: Chinese, kana
and Thai run on, Korean puts particles after a word, Arabic and Hebrew short words before it, Slavic languages change
its ending.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

Kind = Literal["person", "place", "organisation", "term"]
Origin = Literal["glossary", "article", "memory", "lexicon", "rule"]
"""Who says so, most trusted first: the user, the article in its own brackets, earlier articles, the shipped lexicon,
a rule of romanisation."""


@dataclass(frozen=True, slots=True)
class Term:
    """`source` as the article writes it, `english` as the translation must."""

    source: str
    english: str
    kind: Kind
    origin: Origin = "lexicon"
    hint: bool = True
    """Given to the model; where not, it only serves to check what the model wrote."""
    verbatim: bool = False
    """Must stand in the English letter by letter (`do_not_translate`)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One known word, as a glossary or lexicon has it; `english` is empty where it is not to be translated."""

    source: str
    english: str
    kind: Kind = "term"
    case_sensitive: bool = False
    verbatim: bool = False
    hint: bool = True


_HAN, _HIRAGANA, _KATAKANA, _HANGUL, _ARABIC, _HEBREW, _RUN_ON, _SPACED = range(1, 9)
# Scripts that write words without spaces: Thai, Lao, Tibetan, Burmese, Khmer.
_RUN_ON_BLOCKS = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
# And, so, by, to, like, and the article: they are written together with the word after them.
_ARABIC_PREFIX = re.compile("[وف]?(?:[بلك]|س)?(?:ال)?|[وف]?لل")
_HEBREW_PREFIX = re.compile("[ושכ]{0,2}[הבלמ]?")
# A Korean word this long inside another one is no accident: 한미정상회담.
_LONG_HANGUL = 4


@lru_cache(maxsize=16_384)
def _class(character: str) -> int:
    """What a character does to a word beside it; 0 where it ends it."""
    if "\u3400" <= character <= "\u9fff" or character in "々〇" or "\U00020000" <= character <= "\U0003ffff":
        return _HAN
    if "\u3041" <= character <= "\u309f":
        return _HIRAGANA
    if "\u30a1" <= character <= "\u30ff" and character != "・":
        return _KATAKANA
    if "\uac00" <= character <= "\ud7a3":
        return _HANGUL
    if _RUN_ON_BLOCKS.match(character):
        return _RUN_ON
    if unicodedata.category(character)[0] not in "LNM":
        return 0
    if "\u0600" <= character <= "\u06ff" or "\u0750" <= character <= "\u077f":
        return _ARABIC
    if "\u0590" <= character <= "\u05ff":
        return _HEBREW
    return _SPACED


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a word there, not a part of a longer one."""
    first, last = _class(text[start]), _class(text[end - 1])
    if start:
        before = _class(text[start - 1])
        if first in (_KATAKANA, _SPACED) and before == first:
            return False
        if first == _HANGUL and before == first:
            word = text[start:end].split()[0]
            if len(word) < _LONG_HANGUL:
                return False
        if first in (_ARABIC, _HEBREW) and before == first:
            begin = start
            while begin and _class(text[begin - 1]) == first:
                begin -= 1
            prefix = _ARABIC_PREFIX if first == _ARABIC else _HEBREW_PREFIX
            if not prefix.fullmatch(text, begin, start):
                return False
    if end < len(text):
        if unicodedata.category(text[end])[0] == "M":
            return False
        if last in (_KATAKANA, _SPACED, _ARABIC, _HEBREW) and _class(text[end]) == last:
            return False
    return True


def first_place(word: str, text: str) -> int:
    """Where `word` first stands alone in `text`; -1 where it does not."""
    start = text.find(word)
    while start >= 0 and not stands_alone(text, start, start + len(word)):
        start = text.find(word, start + 1)
    return start


def lowered(text: str) -> str:
    """Lower case with every character in its place; those whose lower case is longer (İ) stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one) == 1 else character for character in text for one in [character.lower()])


# What the cases make of the last letters of a Slavic word, for Russian with the letters of its neighbours; a word in
# capitals (США) and one in -и, -о, -у (Дели, Осло, Баку) stay as they are.
_CASES = (
    (
        "(?:[ыі]й|ий|ая|яя|ое|ее|ые|ие)",
        "(?:[ыиі]й|[ое]го|[ое]му|[ыиі]м|[ое]м|[ая]я|[оеі]й|[ую]ю|[ое]е|[ыиі]е|[ыиі]х|[ыи]ми)",
    ),
    ("[ая]", "(?:[аяыиіїеєуюі]|[оеєі]ю|[оеєё]й)"),
    ("й", "(?:[йяюеєи]|[её]м|єм|ї)"),
    ("ь", "(?:[ьяюеиі]|[её]м|ью|ей)"),
    ("ы", "(?:[ыы]|а[мх]|ами|ов)"),
    ("(?<=[бвгджзклмнпрстфхцчшщ])", "(?:[аяуюеиіыї]|[оеыиё]м|[оеё]в)?"),
)
_CYRILLIC_WORD = re.compile("[\u0400-\u052f]+")
_SHORTEST_STEM = 2


def _stem_and_cases(word: str) -> tuple[str, str]:
    if not word.isupper():
        for ending, cases in _CASES:
            match = re.search(f"{ending}$", word)
            if match and match.start() >= _SHORTEST_STEM:
                return word[: match.start()], cases
    return word, ""


def _inflected(source: str) -> str:
    """A pattern for the word or phrase in any case."""
    parts: list[str] = []
    for part in re.split("([\u0400-\u052f]+)", source):
        stem, cases = _stem_and_cases(part) if _CYRILLIC_WORD.fullmatch(part) else (part, "")
        parts.append(re.escape(stem) + cases)
    return "".join(parts)


@dataclass(slots=True)
class _Pattern:
    entry: Entry
    inflects: bool
    compiled: re.Pattern[str] | None = None

    def end(self, text: str, start: int, stop: int) -> int:
        """Where the word ends that begins at `start`; -1 where it is another one."""
        entry = self.entry
        if not self.inflects:
            return stop if not entry.case_sensitive or text[start:stop] == entry.source else -1
        if self.compiled is None:
            flags = re.NOFLAG if entry.case_sensitive else re.IGNORECASE
            self.compiled = re.compile(_inflected(entry.source) + r"(?!\w)", flags)
        match = self.compiled.match(text, start)
        return match.end() if match else -1


class TermIndex:
    """Entries that texts can be searched for; the automaton is built when the first text comes.

    Of two entries for one word the earlier wins.
    """

    def __init__(self, entries: Iterable[Entry], origin: Origin) -> None:
        self._entries = tuple(entries)
        self._origin = origin

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    @cached_property
    def _built(self) -> tuple[Any, list[list[_Pattern]]]:
        from ahocorasick_rs import AhoCorasick

        patterns: dict[str, list[_Pattern]] = defaultdict(list)
        for entry in self._entries:
            inflects = bool(_CYRILLIC_WORD.match(entry.source))
            word = _CYRILLIC_WORD.match(entry.source)
            key = _stem_and_cases(word[0])[0] if word else entry.source
            patterns[lowered(key)].append(_Pattern(entry, inflects))
            if entry.source.startswith("ال"):
                # The article melts into the preposition "to".
                patterns["لل" + entry.source[2:]].append(_Pattern(entry, False))
        return AhoCorasick(list(patterns)), list(patterns.values())

    def find(self, text: str) -> Iterator[Term]:
        """The entries that occur in the text, each form they have there once, in order of appearance."""
        if not self._entries or not text:
            return
        automaton, patterns = self._built
        seen: set[str] = set()
        found: list[tuple[int, int, Term]] = []
        for index, start, stop in automaton.find_matches_as_indexes(lowered(text), overlapping=True):
            for pattern in patterns[index]:
                end = pattern.end(text, start, stop)
                if end < 0 or not stands_alone(text, start, end):
                    continue
                surface, entry = text[start:end], pattern.entry
                if surface not in seen:
                    seen.add(surface)
                    english = surface if entry.verbatim else entry.english
                    found.append(
                        (start, -end, Term(surface, english, entry.kind, self._origin, entry.hint, entry.verbatim))
                    )
                break
        yield from (term for _, _, term in sorted(found, key=lambda one: one[:2]))
