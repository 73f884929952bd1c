"""What a dictionary says of a place in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "place", "person", "organisation", "name"]
"""What an entry names; `name` where the dictionary calls it a proper name and does not say of what."""
PartOfSpeech = Literal["noun", "verb", "adjective", "adverb", "expression", "name", "word"]
"""`word` where the dictionary does not say."""


@dataclass(frozen=True, slots=True)
class Found:
    """One word, expression or name of a sentence that the dictionary knows; spans never overlap."""

    start: int
    end: int
    surface: str
    """The slice of the sentence from `start` to `end`, in characters."""
    lemma: str
    """As the dictionary spells it: without vowel marks and stress."""
    glosses: tuple[str, ...]
    """English for it, the likeliest first. Empty only where `definition` is not."""
    pos: PartOfSpeech
    """Of the first gloss."""
    kind: Kind = "word"
    frequency: float | None = None
    """Zipf's, of the lemma with all its forms: 3 is a word in a million, 6 one in a thousand, 0 in no list; None where
    the language has no list or the entry is no single word of it."""
    senses: int = 1
    """How many meanings the dictionary tells apart; synonyms of one meaning count once."""
    is_ambiguous: bool = False
    """It can be of several lemmas or parts of speech, or a name as well as a word, or the lemma is a guess."""
    is_compound: bool = False
    """The word is in no dictionary: the gloss is put together from those of its parts."""
    definition: str = ""
    """Where there is no short gloss."""

    @property
    def is_name(self) -> bool:
        """Whether it is a proper name."""
        return self.kind != "word"

    @property
    def is_expression(self) -> bool:
        """Whether it is several words as the dictionary spells it."""
        return " " in self.lemma
