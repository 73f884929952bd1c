"""Look-up in languages with spaces between words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.dictionaries.book import Book
from pipeline.dictionaries.compact import CONTENT, NAMES
from pipeline.dictionaries.compounds import Splitter
from pipeline.dictionaries.expressions import Expressions
from pipeline.dictionaries.found import Found
from pipeline.dictionaries.lemmas import Lemmatiser
from pipeline.dictionaries.normal import lower
from pipeline.dictionaries.tokens import Token, tokens
from pipeline.language import codes
from pipeline.language.facts import facts

_CASED = frozenset(("Latn", "Cyrl", "Grek", "Armn"))
_FREQUENT = 45
"""Zipf's times ten."""
_REMEMBERED = 100_000


class Spaced:
    """Finds the entries of one language in its sentences."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._language = book.language
        self._lemmatise = Lemmatiser(book.tables, book.language)
        self._split = Splitter(book.tables, book.language, self._lemmatise)
        self._expressions = Expressions(book.tables.entries, book.language)
        self._is_cased = codes.script(book.language) in _CASED
        self._known: dict[str, tuple[str, ...]] = {}
        self._words = facts(book.language).words

    def __call__(self, sentence: str) -> Iterator[Found]:
        words = tokens(sentence, self._language)
        place = 0
        while place < len(words):
            expression = self._expressions.at(place, words, self._forms)
            if expression:
                key, count = expression
                found = self._book.found(sentence, words[place].start, words[place + count - 1].end, (key,))
                if found:
                    yield found
                    place += count
                    continue
            found = self._word(sentence, words, place)
            if found:
                yield found
            place += 1

    def _forms(self, small: str) -> tuple[str, ...]:
        found = self._known.get(small)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            keys = () if self._words.syllables_apart else self._lemmatise(small).keys
            found = self._known[small] = tuple(dict.fromkeys((small, *(lower(key, self._language) for key in keys))))
        return found

    def _word(self, sentence: str, words: Sequence[Token], place: int) -> Found | None:
        token = words[place]
        if len(token.text) > 1 and token.text.isupper() and self._is_cased:
            keys = (token.text,) if token.text in self._book.tables.entries else ()
            return self._book.found(sentence, token.start, token.end, keys)
        lemmas = self._lemmatise(token.small)
        if not self._is_cased:
            return self._made(sentence, token, lemmas.keys, CONTENT + NAMES, lemmas.is_guess)
        capital = tuple(key for key in lemmas.keys if key[:1].isupper())
        small = tuple(key for key in lemmas.keys if not key[:1].isupper())
        if not token.is_capital:
            if lemmas.keys:
                # Where nouns have capitals, a noun without one is a verb or adjective of the same letters.
                return self._made(sentence, token, small or (), CONTENT, lemmas.is_guess)
            return self._compound(sentence, token)
        if self._words.nouns_have_capitals:
            if self._is_surname(words, place):
                return self._made(sentence, token, capital, NAMES, lemmas.is_guess)
            # A verb or adjective made a noun keeps its gloss; at the start of a sentence it may be anything.
            found = self._made(
                sentence, token, capital, CONTENT + NAMES, lemmas.is_guess or bool(small and token.is_first)
            )
            if found is None and not capital and token.is_first:
                found = self._made(sentence, token, small, CONTENT, True)
            return found or (self._compound(sentence, token) if not lemmas.keys else None)
        if not token.is_first:
            return self._made(sentence, token, capital, NAMES, lemmas.is_guess)
        named = self._book.has(capital, NAMES)
        if named and not small:
            return self._made(sentence, token, capital, NAMES, lemmas.is_guess)
        if small:
            following = words[place + 1] if place + 1 < len(words) else None
            if following and following.follows and following.is_capital and not following.is_first:
                return None  # the first of two names
            # A rare word that begins a sentence may be a name that no list has.
            doubtful = named or self._lemmatise.zipf(small[0]) < _FREQUENT
            return self._made(sentence, token, small, CONTENT, lemmas.is_guess or doubtful)
        return None

    def _is_surname(self, words: Sequence[Token], place: int) -> bool:
        """Whether the word before is a name or unknown, with a capital, in the middle of a sentence."""
        if not place or not words[place].follows:
            return False
        before = words[place - 1]
        if not before.is_capital:
            return False
        keys = self._lemmatise(before.small).keys
        if not keys:
            return not before.is_first and not self._split(before.small)
        return self._book.has(keys[:1], "H")

    def _made(self, sentence: str, token: Token, keys: Sequence[str], codes: str, is_guess: bool) -> Found | None:
        if not keys:
            return None
        return self._book.found(sentence, token.start, token.end, keys, codes, is_guess=is_guess)

    def _compound(self, sentence: str, token: Token) -> Found | None:
        parts = self._split(token.small)
        return self._book.compound(sentence, token.start, token.end, parts) if parts else None
