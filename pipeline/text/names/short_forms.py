"""A surname and an office, for a person whose full name the article gives elsewhere: 卓院長, 이 대통령, 石破氏."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.language.facts import facts
from pipeline.text.names.romanise import likeness
from pipeline.text.names.term_index import Term

# A Japanese surname has two characters far more often than one or three.
_JAPANESE_SURNAMES = (2, 1, 3)


def short_forms(person: Term, text: str, language: str) -> Iterator[tuple[str, str]]:
    """(form, English) of the short forms of a person that the text has."""
    code = language.split("-")[0]
    name, titles = person.source, facts(language).titles
    if code in ("zh", "yue") and len(name) == 3:
        yield from _before(name[0], _surname(name[0], person.english), titles.after_name, text)
    elif code == "ko" and len(name) == 3:
        # 김 alone is also "laver", 이 "this": only an office makes them a name.
        surname = _surname(name[0], person.english)
        yield from _before(f"{name[0]} ", surname, titles.after_name, text)
        yield from _before(name[0], surname, titles.after_name, text)
    elif code == "ja" and 3 <= len(name) <= 6 and not any("\u30a1" <= one <= "\u30ff" for one in name):
        for length in _JAPANESE_SURNAMES:
            head = name[:length]
            # 2 of 3 characters may be a given name's beginning: the text must not have the longer surname.
            if length < len(name):
                yield from _before(head, _japanese_surname(name, person.english), titles.after_name, text)
    elif code == "vi" and len(name.split()) >= 2:
        yield from _by_given_name(person, text, titles.before_name)


def _before(surname: str, english: str, offices: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    for office, title in offices.items():
        if surname + office in text:
            yield surname + office, f"{title} {english}".strip()


def _surname(native: str, english: str) -> str:
    """Cho Jung-tai puts the surname first, John Deng last: the character tells by its sound."""
    return max(english.split(), key=lambda word: likeness(word, native))


def _japanese_surname(name: str, english: str) -> str:
    """The last word for Japanese, the first for Chinese and Koreans, whose characters sound like it."""
    words = english.split()
    return words[0] if likeness(english, name) > likeness(" ".join(reversed(words)), name) else words[-1]


def _by_given_name(person: Term, text: str, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Vietnamese are called by their given name, the last word; so are Chinese with a Vietnamese reading."""
    from anyascii import anyascii

    given = person.source.split()[-1]
    if anyascii(person.source) != person.english:
        # The words of Xi Jinping are not those of Tập Cận Bình: which one is meant cannot be told.
        return
    for title, english in titles.items():
        form = f"{title} {given}"
        if form in text:
            yield form, f"{english} {anyascii(given)}".strip()
