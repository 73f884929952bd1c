"""Words with a capital: those of an English sentence that must be names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.names.countries import is_country
from pipeline.text.names.ordinary import WORD, is_in_dictionary, is_ordinary, without_genitive
from pipeline.text.numbers.digits import blank_links

SHORTEST = 4
"""Letters of a word that can be told for a name."""
# A word with a capital after one of these begins a sentence or a quotation: its capital says nothing.
_BEFORE_START = ".!?:;\"“”«»„'‘’-–—(["


def is_name(word: str) -> bool:
    """Whether an English word of four letters or more is written like a name and is no ordinary word."""
    core = without_genitive(word)
    return (
        len(core) >= SHORTEST
        and core[0].isupper()
        and not core.isupper()
        and not is_ordinary(word)
        and not is_country(word)
    )


def capitals(text: str) -> Iterator[str]:
    """Words of four letters or more with a capital inside a sentence, in any language."""
    text = blank_links(text)
    for match in WORD.finditer(text):
        before = text[max(0, match.start() - 3) : match.start()].rstrip()
        if match[0][0].isupper() and len(match[0]) >= SHORTEST and before and before[-1] not in _BEFORE_START:
            yield match[0]


_CONTRACTION = re.compile(r"['’](?!s?\Z)")


def names_in(english: str) -> list[str]:
    """Words that must be names: a capital and no other reason for it; none in a headline.

    What begins a sentence has one anyway, and is a name only where no dictionary would have it.
    """
    words = WORD.findall(blank_links(english))
    lower = sum(word.islower() for word in words)
    # A headline has a capital for every word.
    if lower * 3 < len(words):
        return []
    inside = set(capitals(english))
    names = [
        word
        for word in dict.fromkeys(words)
        if is_name(word) and (word in inside or not (is_in_dictionary(word) or _CONTRACTION.search(word)))
    ]
    return sorted(names, key=lambda word: word not in inside)
