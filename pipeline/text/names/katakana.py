"""Names that Japanese writes in katakana, and whether the English has anything that sounds like them.

Katakana spells a name by its sound, so no rule gives its letters back, but what the letters of a translation sound like
can be told. A name is certain where its parts are parted by a point (ジョン・スミス) and where 氏 and the like follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.lexicon import entries
from pipeline.text.names.sounds import is_like

_KATAKANA = "[ァ-ヺー]"
_PARTS = re.compile("[・＝=]")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST, _SHORTEST_LOWER = 3, 4  # letters
# Short and at the beginning of many a sentence: a word of two sounds is in every name.
_NO_NAME = re.compile(
    "the|and|but|for|his|her|its|our|she|they|you|who|how|why|not|all|one|two|now|yet|this|that|then", re.I
)


@cache
def _name() -> re.Pattern[str]:
    suffixes = "|".join(facts("ja").names.person_suffixes)
    return re.compile(
        rf"(?<![・＝=ァ-ヺー])(?:{_KATAKANA}+(?:[・＝=]{_KATAKANA}+)+|{_KATAKANA}{{2,}}(?=(?:前|元|副)?(?:{suffixes})))"
    )


def check_katakana(judged: Judged) -> list[Doubt]:
    """A doubt "name-lost" for each name of a Japanese sentence that nothing in its English sounds like.

    In 1,997 human translations (FLORES-200 dev, NTREX-128 1 to 1000) that holds for 2 of 492 such names, "he" for both;
    in 200 of the built-in model's for 17 of 85: "the captain" for ピットマン氏, "Chris Driver" for
    ジョニー・リード. Empty for other languages.
    Terms of the sentence are left to `check_terms`.
    """
    source, language, english = judged.source, judged.language, judged.english
    names = _name().findall(source) if base(language) == "ja" else []
    if not names:
        return []
    told = {part for given in judged.term_sources for part in (given, *_PARTS.split(given))}
    # Names have capitals: the others are tried where these are not it.
    words = sorted(dict.fromkeys(_words(english)), key=str.islower)
    return [
        Doubt("name-lost", f"nothing in the English sounds like “{name}”")
        for name in dict.fromkeys(names)
        if any(part not in told and part not in _known() for part in _PARTS.split(name))
        and not any(is_like(word, name) for word in words)
    ]


def _words(english: str) -> Iterator[str]:
    """Those that may stand for a name, and a name of two as one: デヴリース is De Vries, ファンダイク van Dyke."""
    before = ""
    for word in _WORD.findall(english):
        if _NO_NAME.fullmatch(word):
            before = ""
            continue
        if len(word) >= (_SHORTEST if word[0].isupper() else _SHORTEST_LOWER):
            yield word
        if before and word[0].isupper():
            yield before + word
        before = word


@cache
def _known() -> frozenset[str]:
    """Countries and other names of the lexicon, many of which do not sound like their English: オランダ, イギリス."""
    return frozenset(entry.source for entry in entries("ja"))
