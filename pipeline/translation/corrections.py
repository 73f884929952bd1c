"""Sentences whose English a person gave: no model is asked for them, wherever they stand again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from pipeline.language.codes import with_wider
from pipeline.text.hygiene import clean_line

Corrected = tuple[tuple[str, str], ...]
"""(source, English) of sentences, as `clean_line` writes them."""


class Corrections:
    """All that are known.

    Args:
        sentences: (language code, source, English); of two for one sentence the narrower language decides, then the
            later one.
    """

    def __init__(self, sentences: Iterable[tuple[str, str, str]] = ()) -> None:
        self._finders: dict[tuple[str, ...], Callable[[str], Corrected]] = {}
        self._by_language: dict[str, dict[str, str]] = defaultdict(dict)
        for language, source, english in sentences:
            self._by_language[language][clean_line(source)] = clean_line(english)

    def occurring(self, texts: Sequence[str], languages: Iterable[str]) -> Corrected:
        """Those that stand in the texts of one article, in one of its languages.

        One that is no sentence there, but a part of one, is among them: it does no harm.
        """
        codes = dict.fromkeys(code for language in languages for code in reversed(with_wider(language)))
        return self._finder(tuple(code for code in codes if code in self._by_language))(
            "\n".join(map(clean_line, texts))
        )

    def _finder(self, codes: tuple[str, ...]) -> Callable[[str], Corrected]:
        """Finds the sentences of these languages in a text; made once, since there may be thousands."""
        if codes not in self._finders:
            known = {source: english for code in codes for source, english in self._by_language[code].items()}
            self._finders[codes] = _finder(sorted(known.items())) if known else lambda text: ()
        return self._finders[codes]


def _finder(sentences: Sequence[tuple[str, str]]) -> Callable[[str], Corrected]:
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick([source for source, _ in sentences])

    def found(text: str) -> Corrected:
        there = {index for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}
        return tuple(sentences[index] for index in sorted(there))

    return found
