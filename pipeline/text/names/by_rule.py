"""Persons found by their surname and office (卓榮泰院長, 김민수 장관, Nguyễn Văn An), their names spelt out by rule.

A name made by rule is Pinyin or Revised Romanisation: perhaps not the spelling its holder uses, but never another
person's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.language.facts import facts
from pipeline.language.scripts import simplified
from pipeline.text.names.lexicon import korean_given_names

# Characters before a name that may say whose country it is about.
_BEFORE = 20
_SYLLABLE = r"[A-ZÀ-ỸĐ][a-zà-ỹđ]{1,6}"


@cache
def _chinese(code: str) -> tuple[re.Pattern[str], ...]:
    """A name behind an office, and one before it."""
    names = facts(code).names
    name = rf"[{''.join(sorted(names.surname_characters))}][\u4e00-\u9fff]{{2}}"
    offices = "|".join(names.offices)
    # What goes on is a longer, foreign name.
    return (
        re.compile(rf"(?:{offices})({name})(?![{names.foreign_goes_on}])"),
        re.compile(rf"({name})副?(?:{offices})"),
    )


@cache
def _elsewhere(code: str) -> re.Pattern[str]:
    return re.compile("|".join(facts(code).names.read_otherwise))


@cache
def _korean(code: str) -> re.Pattern[str]:
    names = facts(code).names
    surnames, offices = "".join(names.surname_spellings), "|".join(names.offices)
    return re.compile(rf"(?<![가-힣])([{surnames}][가-힣]{{2}}) ?(?:{offices})(?![가-힣]*장)")


@cache
def _vietnamese(code: str) -> re.Pattern[str]:
    # Neither an office nor a place may run into the name: Đài Loan Trần Chính Kỳ has been cut after the place before.
    surnames = "|".join(sorted(facts(code).names.surnames))
    return re.compile(rf"(?<![\w-])(?<![A-ZÀ-ỸĐ]\w )((?:{surnames})(?: {_SYLLABLE}){{2,3}})(?! [A-ZÀ-ỸĐ])")


def persons(text: str, language: str) -> Iterator[tuple[str, str]]:
    """(name as written, name in Latin letters) of the persons that the text names.

    For Chinese and Korean those beside an office, for Vietnamese all (places should be cut out before); nothing for
    other languages. Only names of the common form are found: a common surname with two more characters or syllables
    that are known as given names. What might be another word or the name of a foreigner is left alone.
    """
    code = language.split("-")[0]
    if code in ("zh", "yue"):
        elsewhere = _elsewhere(code)
        for pattern in _chinese(code):
            for match in pattern.finditer(text):
                if _is_chinese(match[1]) and not elsewhere.search(text, max(0, match.start() - _BEFORE), match.end()):
                    yield match[1], chinese_name(match[1])
    elif code == "ko":
        for match in _korean(code).finditer(text):
            if match[1][1:] in korean_given_names():
                yield match[1], korean_name(match[1])
    elif code == "vi":
        for match in _vietnamese(code).finditer(text):
            if not match[1].startswith(facts(code).names.places):
                yield match[1], _without_marks(match[1])


def _is_chinese(name: str) -> bool:
    given, names = simplified(name[1:]), facts("zh").names
    return given not in names.not_given and all(character in names.given_characters for character in given)


@cache
def chinese_name(name: str) -> str:
    """Pinyin of a name of surname and given name: 卓榮泰 is Zhuo Rongtai."""
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(list(name))
    names = facts("zh").names
    read[0] = names.surname_spellings.get(name[0], read[0])
    read[1:] = [
        names.given_spellings.get(character, sound) for character, sound in zip(name[1:], read[1:], strict=True)
    ]
    return f"{read[0].capitalize()} {''.join(read[1:]).capitalize()}"


@cache
def korean_name(name: str) -> str:
    """Surname and given name as newspapers spell them, Revised Romanisation where nobody is known: Kim Min-soo."""
    given = korean_given_names().get(name[1:]) or "-".join(map(_revised, name[1:])).capitalize()
    surname = facts("ko").names.surname_spellings.get(name[0]) or _revised(name[0]).capitalize()
    return f"{surname} {given}"


def _revised(syllable: str) -> str:
    from anyascii import anyascii

    # AnyAscii writes consonants at the end of a syllable as at its beginning.
    letters = anyascii(syllable).lower()
    return letters[:-1] + {"g": "k", "d": "t", "b": "p"}[letters[-1]] if re.search("[^n]g$|[db]$", letters) else letters


def _without_marks(name: str) -> str:
    from anyascii import anyascii

    return anyascii(name)
