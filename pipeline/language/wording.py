"""What is known of a language's words and sentences: sections of `data/<code>.toml`."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language.section import Regex, Section


class Sentences(Section):
    """Where sentences end."""

    abbreviations: tuple[Regex, ...] = ()
    """Titles and short forms that end in a point and do not end a sentence, where sentencex does not know them,
    without the point."""
    goes_on: Regex | None = None
    """A closing quotation mark that does not end the sentence, with what follows it."""
    before_ordinal: tuple[Regex, ...] = ()
    """Words after which a number with a point is an ordinal, whatever follows: only of languages that write nouns with
    a capital. Case aside."""
    openers: tuple[Regex, ...] = ()
    """Words with a capital that open a sentence even after such a number."""


class Negation(Section):
    """How a sentence says that something is not so. Regular expressions, case aside; those in `..._words` are for whole
    words."""

    clear_words: tuple[Regex, ...] = ()
    clear: tuple[Regex, ...] = ()
    """What negates a statement for sure."""
    idioms_words: tuple[Regex, ...] = ()
    idioms: tuple[Regex, ...] = ()
    """What holds a negation without being one ("not only", "no less than"); a sentence with one is not judged."""
    possible_words: tuple[Regex, ...] = ()
    possible: tuple[Regex, ...] = ()
    """All that may stand for an English negation: prefixes, "without", "refuse", "ban"."""


class Offices(Section):
    """What stands for a high office in a text that means it. Regular expressions, case aside.

    Broad on purpose: an office in the English is doubted only where the source has no word at all for it, so the words
    for lower and neighbouring offices that English may call the same belong here too.
    """

    deputy: tuple[Regex, ...] = ()
    """Vice president, deputy minister, under secretary: whatever is second to an office."""
    president: tuple[Regex, ...] = ()
    """Of a state, and of all else that English gives a president: a club, a court, a university."""
    prime_minister: tuple[Regex, ...] = ()
    minister: tuple[Regex, ...] = ()
    """Also those of a church."""
    mayor: tuple[Regex, ...] = ()
    governor: tuple[Regex, ...] = ()
    """Of a province, and of a central bank."""
    senator: tuple[Regex, ...] = ()
    ambassador: tuple[Regex, ...] = ()
    king: tuple[Regex, ...] = ()


class Institutions(Section):
    """What stands for an institution in a text that means it. Regular expressions, case aside, broad on purpose: with
    what else English calls by the same word (the party where one dances, the bank of a river)."""

    ministry: tuple[Regex, ...] = ()
    party: tuple[Regex, ...] = ()
    parliament: tuple[Regex, ...] = ()
    """Also a congress and an assembly."""
    council: tuple[Regex, ...] = ()
    """Also a commission and a committee."""
    court: tuple[Regex, ...] = ()
    university: tuple[Regex, ...] = ()
    bank: tuple[Regex, ...] = ()
    initials: tuple[Regex, ...] = ()
    """How the language writes Latin initials in letters of its own; they may stand for any institution."""


class Identification(Section):
    """What tells the language from others. When relatives or words change, so does the number in `langid.identity`."""

    confused_with: tuple[str, ...] = ()
    """Codes of languages over which an identifier spreads its probability, to be right by chance: the family as a whole
    is certain, and `words` tell its members apart. Each of them names all the others."""
    standards: tuple[str, ...] = ()
    """Codes of other standards of the same language: the page knows better which one it means to write."""
    seldom_sure: bool = False
    """Whether an identifier seldom is sure of it, or does not know it: enough of `words` then speak for it alone."""
    words: tuple[str, ...] = ()
    """Common words that relatives spell differently or do not have; `-` at the end stands for any ending. A word in two
    lists of a family speaks for both against the third."""
    like_english: bool = False
    """Whether words like "is", "was", "in", "on" are words of it too."""


def either(parts: Iterable[str], words: Iterable[str] = ()) -> str:
    """Regular expression for any of `parts` anywhere and of `words` as whole words; without any it matches nothing."""
    whole = "|".join(words)
    return "|".join((*([rf"\b(?:{whole})\b"] if whole else []), *parts)) or "(?!)"
