"""Names in translations from languages in Latin script, where a name keeps its letters.

Word by word: "Alonso" has a word like it in the Spanish, Polish or Vietnamese sentence, or the translation has put
somebody else in. Words that a language translates (University, Monday, Germany) are told from names by a list.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.codes import script
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.capitals import SHORTEST, capitals, is_name, names_in
from pipeline.text.names.ordinary import WORD, bare
from pipeline.text.names.romanise import fold

# Measured on FLORES-200 dev in German, Spanish and Vietnamese: of the persons that the recogniser finds in the human
# translations 3 in 1,000 have a word less like every word of the source.
_LIKE_PERSON = 0.7
_LIKE_PLACE = 0.6
_LIKE = 0.5
_LIKE_SOURCE = 0.6
_SOUNDS = 0.8
_SHORTEST_SOUND = 5
# More than any sentence; what is longer is a loop or no sentence.
_LONGEST = 4_000


def has_latin_names(language: str) -> bool:
    """Whether names in texts of this language are written as in English, or nearly."""
    return script(language) == "Latn"


def check_latin_names(judged: Judged) -> list[Doubt]:
    """Doubts "name-invented" about names in the English that no word of the source resembles.

    Each word of a person's name is judged; of other words those with a capital inside a sentence that are no ordinary
    word, if a name of the source is missing in turn; names of places more closely than other words. The words of the
    English of terms are right. Empty for other scripts.
    """
    if not has_latin_names(judged.language):
        return []
    source, language, english = judged.source[:_LONGEST], judged.language, judged.english[:_LONGEST]
    persons, places, others = judged.names.persons, judged.names.places, judged.names.others
    given = " ".join(judged.term_english)
    own = Words(f"{source}\n{given}")
    found: dict[str, Doubt] = {}
    for person in dict.fromkeys(persons):
        words = [word for word in WORD.findall(person) if is_name(word)]
        if not all(own.like(word, _LIKE_PERSON) for word in words):
            found[person] = Doubt("name-invented", f"nothing in the source sounds like “{person}”")
    if found:
        return list(found.values())
    placed = {word for place in places for word in WORD.findall(place) if is_name(word)}
    more = {word for name in others for word in WORD.findall(name) if is_name(word)}
    asked = dict.fromkeys([*names_in(english), *sorted(placed | more)])
    strange = [word for word in asked if not own.like(word, _LIKE_PLACE if word in placed else _LIKE)]
    if any(word in more for word in strange):
        return [Doubt("name-invented", f"nothing in the source sounds like “{word}”") for word in strange]
    if strange and _lacks_a_name(source, language, english, all_words=not {*capitals(english)}.issuperset(strange)):
        return [Doubt("name-invented", f"nothing in the source sounds like “{word}”") for word in strange]
    return []


class Words:
    """The different words of a text, to ask for one like another."""

    def __init__(self, text: str) -> None:
        self._spelt = sorted({bare(word) for word in WORD.findall(text)})
        self._sounds = sorted({fold(word) for word in self._spelt})

    def like(self, word: str, least: float) -> bool:
        """Whether some word is spelt like `word`, to this share of its letters, or sounds like it.

        By sound Owieczkin is Ovechkin and Felluce Fallujah.
        """
        sound = fold(word)
        return _any_like(bare(word), self._spelt, least) or (
            len(sound) >= _SHORTEST_SOUND and _any_like(sound, self._sounds, _SOUNDS)
        )


def _any_like(word: str, others: Sequence[str], least: float) -> bool:
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    return process.extractOne(word, others, scorer=Indel.normalized_similarity, score_cutoff=least) is not None


def _lacks_a_name(source: str, language: str, english: str, *, all_words: bool) -> bool:
    """Whether a word with a capital inside a sentence of the source has none like it in the English.

    Args:
        all_words: those that begin a sentence count too.
    """
    if facts(language).words.nouns_have_capitals:
        return True
    theirs = Words(english)
    words = dict.fromkeys(WORD.findall(source) if all_words else capitals(source))
    named = (word for word in words if word[0].isupper() and len(word) >= SHORTEST)
    return not all(theirs.like(word, _LIKE_SOURCE) for word in named)
