"""The words of a sentence in the dictionary: what a model is told of them, and what its English is held against."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from pipeline.dictionaries import Dictionary, Found
from pipeline.language.facts import facts
from pipeline.language.words import Offers

_COMMON_NAME: Final = 5.5
# A longer gloss explains; it is no translation.
_GLOSS_WORDS, _GLOSS_CHARACTERS = 4, 40
# More would be read as a text of their own.
_MOST: Final = 6
_UNLISTED: Final = 3.0

# Sentences whose words are remembered: those of a window of articles.
_REMEMBERED = 20_000


class Lexicon:
    """The installed dictionaries, opened when a sentence of their language comes.

    Args:
        open_dictionary: language code -> its dictionary, or None; asked once a language.
    """

    def __init__(self, open_dictionary: Callable[[str], Dictionary | None] = lambda language: None) -> None:
        self._open_dictionary = open_dictionary
        self._dictionaries: dict[str, Dictionary | None] = {}
        self._found: dict[tuple[str, str], tuple[Found, ...]] = {}

    def entries(self, sentence: str, language: str) -> tuple[Found, ...] | None:
        """What stands in a sentence; None where there is no dictionary of the language."""
        if language not in self._dictionaries:
            self._dictionaries[language] = self._open_dictionary(language)
        dictionary = self._dictionaries[language]
        if dictionary is None:
            return None
        key = (language, sentence)
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = dictionary.entries(sentence)
        return self._found[key]

    def offers(self, sentence: str, language: str, known: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
        """Words and names of a sentence with the English that a model is told, in their order; the rarest if there are
        many. A model may put them in other words.

        Args:
            known: source forms whose English it is told anyway; what stands in one is left out.
        """
        limits = facts(language).offers
        found = [
            entry
            for entry in self.entries(sentence, language) or ()
            if _is_offered(entry, limits) and not any(entry.surface in form for form in known)
        ]
        found.sort(key=lambda entry: _UNLISTED if entry.frequency is None else entry.frequency)
        chosen = sorted(found[:_MOST], key=lambda entry: entry.start)
        return tuple({entry.surface: entry.glosses[0] for entry in chosen}.items())


def _is_offered(entry: Found, limits: Offers) -> bool:
    gloss = entry.glosses[0] if entry.glosses else ""
    if not gloss or len(gloss) > _GLOSS_CHARACTERS or len(gloss.split()) > _GLOSS_WORDS:
        return False
    if gloss.casefold() == entry.surface.casefold():
        return False
    if entry.is_name:
        # A given name has no English, and one letter is no name.
        is_common = entry.frequency is not None and entry.frequency >= _COMMON_NAME
        return entry.kind != "person" and not is_common and len(entry.surface) > 1
    if entry.is_compound or entry.senses > limits.senses:
        return False
    return entry.is_expression if entry.frequency is None else entry.frequency <= limits.frequency
