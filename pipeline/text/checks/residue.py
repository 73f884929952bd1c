"""Words of the source that were left as they are in an otherwise English sentence, and English that is none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.codes import from_lid176, normalise
from pipeline.language.scripts import other_than_latin
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import blank_links

# With the marks that kana share.
_OTHER_SCRIPT = re.compile(f"[{other_than_latin()}・ー]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Written with their accents in English too.
_ENGLISH_ACCENTS = re.compile(
    "cafés?|clichés?|décor|fiancée?s?|façades?|naïve|protégée?s?|résumés?|soufflés?|déjà|début|purée|sauté|piñatas?"
    "|jalapeños?|communiqués?|émigrés?|crêpes?|crème|blasé|touché|passé|première|négligée|señor|vis-à-vis|über"
)
# In human translations of FLORES-200 dev from 30 languages in Latin script at most 0.5 % have a larger share of words
# in common with their source, cognates such as "hospital" and "animal".
_COMMON = 0.45
# A source may hold an English name: Royal Society for the Prevention of Cruelty to Animals.
_ENGLISH = frozenset({"the", "for", "and", "with", "from"})
_FEWEST_COMMON = 4
# The identifier takes none of the 997 English sentences of FLORES-200 dev for another language, and is as sure of all;
# less sure it is of 2 in 10,000 translations, which are English.
_SURE_ENGLISH = 0.45
_FEWEST_LETTERS = 20


def check_residue(judged: Judged) -> list[Doubt]:
    """Words in another script, words with accents that the source has in lower case too, or too many copied ones."""
    source, english = judged.source, judged.english
    left = _OTHER_SCRIPT.findall(english) or _copied(source, english)
    return [Doubt("untranslated", f"“{'”, “'.join(left[:3])}” was left as it is")] if left else []


def _copied(source: str, english: str) -> list[str]:
    own = {word for word in _WORD.findall(blank_links(source)) if word.islower() and len(word) > 2}
    if not own:
        return []
    words = [word for word in _WORD.findall(blank_links(english)) if word.islower() and len(word) > 2]
    same = [word for word in words if word in own and word not in _ENGLISH]
    accented = [
        word for word in same if not word.isascii() and not _ENGLISH_ACCENTS.fullmatch(word) and "'" not in word
    ]
    if accented:
        return accented
    return same if len(same) >= _FEWEST_COMMON and len(same) > _COMMON * len(words) else []


def without_names(english: str, names: Iterable[str]) -> str:
    """`english` as its language is told from: without addresses, names and what has a capital inside a sentence."""
    text = blank_links(english)
    for name in names:
        text = text.replace(name, " ")
    return " ".join(re.sub(r"(?<=[\w,;] )[A-Z\u00c0-\u00de][\w'’-]+", " ", text).split())


def check_language(judged: Judged) -> list[Doubt]:
    """A doubt where the language of the output, as an identifier tells it, is not English.

    A short text is not judged. A headline is doubted only where it is in the language of its source: it is too short to
    be sure.
    """
    spoken = judged.spoken
    if spoken is None or sum(character.isalpha() for character in spoken.text) < _FEWEST_LETTERS:
        return []
    if spoken.code == "en" and (spoken.probability >= _SURE_ENGLISH or judged.is_title):
        return []
    if judged.is_title and from_lid176(spoken.code).partition("-")[0] != normalise(judged.language).partition("-")[0]:
        return []
    return [Doubt("untranslated", f"this does not read like English: “{spoken.text[:60].strip()}…”")]
