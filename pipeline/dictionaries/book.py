"""The entries of one dictionary, read when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.dictionaries.compact import CONTENT, NAMES, Part, Tables, parse
from pipeline.dictionaries.found import Found, Kind, PartOfSpeech

_POS: Final[dict[str, PartOfSpeech]] = {
    "n": "noun",
    "v": "verb",
    "a": "adjective",
    "r": "adverb",
    "x": "expression",
    "w": "word",
}
_KINDS: Final[dict[str, Kind]] = {"N": "name", "P": "place", "H": "person", "O": "organisation"}
_MOST: Final = 12
"""Glosses told of one word: one with forty senses says nothing."""
_REMEMBERED: Final = 100_000


class Book:
    """Tables of a language with what was read of them."""

    def __init__(self, tables: Tables, language: str) -> None:
        self.tables = tables
        self.language = language
        self._read: dict[str, tuple[float | None, tuple[Part, ...]]] = {}

    def entry(self, key: str) -> tuple[float | None, tuple[Part, ...]]:
        """Frequency and parts of a key that there is."""
        found = self._read.get(key)
        if found is None:
            if len(self._read) > _REMEMBERED:
                self._read.clear()
            found = self._read[key] = parse(self.tables.entries[key])
        return found

    def has(self, keys: Sequence[str], codes: str) -> bool:
        """Whether one of the entries is of one of these parts of speech, with or without a gloss."""
        return any(part.code in codes for key in keys for part in self.entry(key)[1])

    def found(
        self,
        sentence: str,
        start: int,
        end: int,
        keys: Sequence[str],
        codes: str = CONTENT + NAMES,
        *,
        is_guess: bool = False,
        kind: Kind | None = None,
    ) -> Found | None:
        """What the entries say of a span; None where they have no gloss among these parts of speech.

        Args:
            keys: the likeliest first.
        """
        glosses: list[str] = []
        definition = ""
        first: Part | None = None
        senses, classes, lemma, frequency = 0, 0, "", None
        for key in keys:
            zipf, parts = self.entry(key)
            for part in parts:
                classes += part.code not in NAMES or part.code in codes
                if part.code not in codes or not (part.senses or part.definitions):
                    continue
                if first is None:
                    first, lemma, frequency = part, key, zipf
                senses += len(part.senses) or 1
                definition = definition or next(iter(part.definitions), "")
                glosses += [gloss for sense in part.senses for gloss in sense]
        if first is None:
            return None
        return Found(
            start, end, sentence[start:end], lemma, tuple(dict.fromkeys(glosses))[:_MOST],
            "name" if first.code in NAMES else _POS[first.code],
            kind=kind or _KINDS.get(first.code, "word"),
            frequency=None if " " in lemma else frequency, senses=senses, is_ambiguous=classes > 1 or is_guess,
            definition="" if glosses else definition,
        )  # fmt: skip

    def compound(self, sentence: str, start: int, end: int, parts: Sequence[str]) -> Found | None:
        """A word that is in no dictionary, by its parts."""
        told = [self._first_gloss(key, is_last=key == parts[-1]) for key in parts]
        if not all(told):
            return None
        known = [zipf for key in parts if (zipf := self.entry(key)[0]) is not None]
        return Found(
            start, end, sentence[start:end], "+".join(parts), (" ".join(told),), "noun",
            frequency=0.0 if known else None, is_compound=True,
            is_ambiguous=any(sum(len(part.senses) for part in self.entry(key)[1]) > 1 for key in parts),
        )  # fmt: skip

    def _first_gloss(self, key: str, *, is_last: bool) -> str:
        parts = self.entry(key)[1]
        wanted = "n" if is_last else "nav"
        return next((part.senses[0][0] for part in parts if part.code in wanted and part.senses), "")
