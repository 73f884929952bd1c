"""Whether a name in Latin letters is in a text of another language, by its sound.

units       a text as letters, signs and syllables
tables      what each of them sounds like, by script
alignment   the stretch of a text that a name sounds most like
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.codes import script
from pipeline.text.names.lexicon import chinese_forms
from pipeline.text.names.ordinary import is_ordinary
from pipeline.text.names.romanise import plain
from pipeline.text.names.sounds import tables
from pipeline.text.names.sounds.alignment import support
from pipeline.text.names.sounds.units import letters

# Parts of names that say nothing about whose it is, and what stands before or after one.
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        """mr mrs ms miss dr sir lord lady king queen prince princess president minister prime chancellor judge general
        colonel captain major sergeant lieutenant admiral professor pope saint st jr sr ii iii iv the of and de da del
        der den di du el al von van bin ibn abu la le storm hurricane typhoon rep sen gov secretary chairman ceo senator
        mayor governor officer inspector detective reverend father sister brother uncle aunt emperor sheikh
        ayatollah""",
    )
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’\-][A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)*")
_SCRIPTS = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Kana"}

SUPPORTED = 0.25
"""Least support of a name that is in the text. Chosen on NTREX-128 in nine languages: the persons that en_core_web_sm
finds in the English must pass, those of other sentences must not (tests/benchmarks/names.py)."""
# A last name may stand for the whole one, but being shorter it is found by chance more often.
_ALONE = 0.15
_SHORTEST_ALONE = 4
# Three letters alone: nearly every one must be heard.
_SHORT = 0.8
# A syllable of Mandarin, in any of its romanisations. One character sounds like it, and some character of a long
# sentence always does: 走 is no Mr Chou.
_ONE_CHARACTER = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h|ts|tz|hs)?"
    r"(?:[aoeiu]|[ae]i|ao|ou|[ae]ng?|[ou]ng|i?eh|ih|erh?|ia|ie|iao|iu|io|ian|iang|ieng?|ing?|iong|iung|ua|uo|uai|uei|ui"
    r"|u[ae]n|uang|un|ueh?|yu)",
)
# What English names are spelt with and others hear; the tables know names of the whole world.
_SPELLINGS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("(?:au|ou|o)gh", "o"), ("eigh", "ai"), ("igh", "ai"), ("ee|ea(?!u)|ei|ie(?!l)", "i"), ("oo|ou", "u"),
        ("ck|kh", "k"), ("^wh|wh$", "w"), ("ph", "f"), ("ham$", "am"), ("(?<=[^aeiou])e(?=s?$)", ""),
        ("^ja(?=[^aeiou])", "jei"), ("^wr", "r"), ("^kn", "n"), ("ey$|y$", "i"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip


def words_of(name: str) -> list[str]:
    """The words of a name that tell it from others, without accents and in lower case."""
    found = [plain(match[0]).removesuffix("'s").replace("-", "").replace("'", "") for match in _LATIN.finditer(name)]
    return [word for word in found if word not in _NOT_NAMES and len(word) > 1]


def is_judged(language: str) -> bool:
    """Whether `is_named` can tell in texts of the language."""
    code = script(language)
    return code == "Latn" or _SCRIPTS.get(code, code) in tables.SCRIPTS


def is_named(name: str, text: str, language: str) -> bool:
    """Whether something in the text of a language (BCP 47) sounds like a name in Latin letters.

    True where the name has no word that could tell it from others: Mr. King.
    """
    words = words_of(name)
    if not words:
        return True
    is_chinese = script(language) in ("Hans", "Hant")
    if is_chinese and any(form in text for form in chinese_forms(words[-1])):
        return True
    readings = [*_readings(text, language)]
    by_last = not (is_chinese and _ONE_CHARACTER.fullmatch(words[-1]))
    return any(_support(wanted, readings) >= limit for wanted, limit in _wanted(words, by_last=by_last))


def is_heard(word: str, text: str, language: str) -> bool:
    """Whether anything in the text is at all like a word in Latin letters: less than `is_named` asks for."""
    readings = [*_readings(text, language)]
    return any(_support(wanted, readings) >= 0 for wanted in words_of(word))


def is_like(word: str, name: str) -> bool:
    """Whether a name in another script, by itself, is at all like a word in Latin letters, be that a title or not."""
    return _support(re.sub(r"[^a-z]", "", plain(word)), [name]) >= 0


def _support(word: str, readings: list[str]) -> float:
    return max(support(spelling, read) for spelling in _spellings(letters(word)) for read in readings)


def _wanted(words: list[str], *, by_last: bool) -> Iterator[tuple[str, float]]:
    """What may stand for a name, and how well it must be supported: family names come first in much of Asia.

    Args:
        by_last: whether the last word may stand for it alone.
    """
    yield "".join(words), SUPPORTED
    # A recogniser takes "Rapper Kanye West" for the name.
    telling = "".join(word for word in words if not is_ordinary(word))
    if len(telling) >= _SHORTEST_ALONE:
        yield telling, SUPPORTED + _ALONE
    if len(words) > 1:
        yield "".join([words[-1], *words[:-1]]), SUPPORTED
        if not by_last:
            return
        if len(words[-1]) >= _SHORTEST_ALONE:
            yield words[-1], SUPPORTED + _ALONE
        elif len(words[-1]) == _SHORTEST_ALONE - 1:
            yield words[-1], _SHORT


def _spellings(name: str) -> Iterator[str]:
    yield name
    other = name
    for written, sound in _SPELLINGS:
        other = written.sub(sound, other)
    if other != name:
        yield other


def _readings(text: str, language: str) -> Iterator[str]:
    """The text, and in Japanese what its kanji are read as."""
    yield text
    if script(language) == "Jpan":
        from pipeline.text.names.readings import readings

        yield "・".join(readings(text))
