"""Which entries a word as it stands in a sentence can be a form of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.dictionaries.compact import Tables, apply
from pipeline.dictionaries.normal import upper_first
from pipeline.language.facts import facts

_ENDING_LONGEST: Final = 9
_SHORTEST_GUESS: Final = 3
_SHORTEST_BEGINNING: Final = 4
_COMMON: Final = 55
_OWN: Final = 5
_FREQUENT: Final = 30
"""Zipf's times ten: of a function word that is nothing else; what an entry of its own is more worth than a form; of a
beginning that is taken for the word."""


@dataclass(frozen=True, slots=True)
class Lemmas:
    """Keys of entries, the likeliest first."""

    keys: tuple[str, ...]
    is_guess: bool = False
    """Neither an entry nor in a table nor by the endings that the table shows."""


class Lemmatiser:
    """Looks words up in the tables of one language; remembers what it found."""

    def __init__(self, tables: Tables, language: str) -> None:
        self._tables = tables
        self._language = language
        self._words = facts(language).words
        self._prefixes = sorted(self._words.prefixes, key=len, reverse=True)
        self._suffixes = frozenset(self._words.suffixes)
        self._known: dict[str, Lemmas] = {}

    def __call__(self, word: str) -> Lemmas:
        """Of a word in small letters.

        Names and nouns that the dictionary writes with a capital are among them.
        """
        found = self._known.get(word)
        if found is None:
            if len(self._known) > 200_000:
                self._known.clear()
            found = self._known[word] = self._find(word)
        return found

    def _find(self, word: str) -> Lemmas:
        entries = self._tables.entries
        own = tuple(key for key in dict.fromkeys((word, upper_first(word, self._language))) if key in entries)
        if own and self.zipf(own[0]) >= _COMMON and "\tf:" in entries[own[0]]:
            return Lemmas(own[:1])
        listed = self._tables.forms.get(word)
        if listed is not None:
            made = (apply(rule, word) for rule in listed.split("|"))
            keys = dict.fromkeys((*own, *(key for key in made if key in entries)))
            # A word that is an entry itself is rather that.
            return Lemmas(tuple(sorted(keys, key=lambda key: -self.zipf(key) - _OWN * (key in own))))
        if own:
            return Lemmas(tuple(sorted(own, key=lambda key: -self.zipf(key))))
        if key := self._without_particles(word):
            return Lemmas((key,), is_guess=True)
        if keys_by_ending := self._by_ending(word):
            return Lemmas(keys_by_ending)
        key = self._by_beginning(word)
        return Lemmas((key,) if key else (), is_guess=True)

    def zipf(self, key: str) -> int:
        """Of an entry, times ten; 0 where it is not known."""
        number = self._tables.entries[key].partition("\t")[0]
        return int(number) if number.isdecimal() else 0

    def _either(self, word: str) -> str:
        entries = self._tables.entries
        if word in entries:
            return word
        capital = upper_first(word, self._language)
        return capital if capital in entries else ""

    def _by_ending(self, word: str) -> tuple[str, ...]:
        endings = self._tables.endings
        for length in range(min(_ENDING_LONGEST, len(word) - 2), 0, -1):
            rules = endings.get(word[-length:])
            if not rules:
                continue
            made = dict.fromkeys(apply(rule, word) for rule in rules.split("|"))
            if keys := tuple(key for key in made if len(key) >= _SHORTEST_GUESS and key in self._tables.entries):
                return keys
        return ()

    def _without_particles(self, word: str) -> str:
        if self._words.links is not None or (not self._prefixes and not self._suffixes):
            return ""
        heads = ["", *(prefix for prefix in self._prefixes if word.startswith(prefix))]
        for head in heads:
            rest = word[len(head) :]
            if head and len(rest) >= _SHORTEST_GUESS and (key := self._listed(rest)):
                return key
        for head in heads:
            rest = word[len(head) :]
            for length in range(1, min(5, len(rest) - 2) + 1):
                if (
                    rest[-length:] in self._suffixes
                    and len(rest) - length >= 2
                    and (key := self._listed(rest[:-length]))
                ):
                    return key
        return ""

    def _listed(self, word: str) -> str:
        if key := self._either(word):
            return key
        listed = self._tables.forms.get(word)
        made = apply(listed.split("|")[0], word) if listed else ""
        return made if made in self._tables.entries else ""

    def _by_beginning(self, word: str) -> str:
        if not self._words.agglutinates:
            return ""
        for length in range(len(word) - 1, max(_SHORTEST_BEGINNING, (len(word) + 1) // 2) - 1, -1):
            key = self._either(word[:length])
            if key and (not self._tables.has_frequencies or self.zipf(key) >= _FREQUENT):
                return key
        return ""
