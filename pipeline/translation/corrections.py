"""Sentences whose English a person gave: no model is asked for them, wherever they stand again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

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
        self._by_language: dict[str, dict[str, str]] = defaultdict(dict)
        for language, source, english in sentences:
            self._by_language[language][clean_line(source)] = clean_line(english)

    def occurring(self, texts: Sequence[str], languages: Iterable[str]) -> Corrected:
        """Those that stand in the texts of one article, in one of its languages.

        One that is no sentence there, but a part of one, is among them: it does no harm.
        """
        codes = dict.fromkeys(code for language in languages for code in reversed(with_wider(language)))
        known = {source: english for code in codes for source, english in self._by_language.get(code, {}).items()}
        if not known:
            return ()
        whole = "\n".join(map(clean_line, texts))
        return tuple((source, english) for source, english in sorted(known.items()) if source in whole)
