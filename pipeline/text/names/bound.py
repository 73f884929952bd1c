"""Names that an article itself gives in Latin letters: 范明正（Pham Minh Chinh）, Keith J. Krach（柯拉克）.

The text in brackets is the author's own romanisation: it holds for the whole article, also where the name stands
alone. The difficulty is where a name before a bracket begins. Each kind of script has its own evidence for that, and
where there is none, nothing is bound: a wrong binding would be repeated in every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.language import scripts
from pipeline.language.codes import base, script
from pipeline.language.facts import facts
from pipeline.text.names.kinds import kind_of
from pipeline.text.names.lexicon import lexicon
from pipeline.text.names.romanise import likeness, plain
from pipeline.text.names.sounds import is_named

_HAN_OR_KANA = r"\u3040-\u30ff\u3400-\u9fff々·・"
_HANGUL = r"\uac00-\ud7a3"
_LATIN = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9.,'’&\- ]{2,80}"
# What stands in brackets; a name before it is looked for in so many characters.
_BRACKETS = re.compile(r"[ \u00a0]?[（(]([^（()）\n]{2,90})[)）]")
_BEFORE = 160
_IS_LATIN = re.compile(_LATIN)
_ENDS_LATIN = re.compile(rf"(?<![A-Za-z])({_LATIN})$")
_ENDS_CJK = re.compile(rf"([{_HAN_OR_KANA}]{{2,}}|[{_HANGUL}]{{2,}}(?: [{_HANGUL}]+)?|[」』”》\"])$")
_IS_CJK = re.compile(
    rf"[{_HAN_OR_KANA}]{{2,12}}|(?=[{_HANGUL}]{{2}}|[{_HANGUL}] )[{_HANGUL}]{{1,8}}(?: [{_HANGUL}]{{1,8}}){{0,3}}"
)
_QUOTED = re.compile(r"[「『“《\"]([^「『“《「」『』”》\"]{2,40})[」』”》\"]$")
# ‘세계 청년의 날(World Youth Day)’: the bracket stands within the marks.
_OPENED = re.compile(r"[「『“‘《\"']([^「『“‘《「『」』”’》\"']{2,40})$")
_CLOSING = "」』”’》\"'"
# Beyond this the run before the bracket is a phrase, not a name.
_LONGEST_NAME = 12

# Scripts other than Latin, Chinese, Japanese and Korean whose words are parted by spaces.
_SPACED_SCRIPTS = "\u0370-\u058f\u0590-\u06ff\u0750-\u077f\u0900-\u0dff\u10a0-\u10ff\u1f00-\u1fff"
_WORD = rf"[{_SPACED_SCRIPTS}\u0300-\u036f\-'’]+"
_ENDS_WORDS = re.compile(rf"((?:{_WORD}[ \u00a0]){{0,5}}{_WORD})[»”\"]?$")
_IS_WORDS = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")
_ENDS_THAI = re.compile(r"([\u0e01-\u0e4e]{3,}(?: [\u0e01-\u0e4e]{3,})?)$")
# The words of a name must sound so much like those in the bracket, on the average and each.
_SOUNDS_ALIKE, _LEAST_ALIKE = 0.75, 0.6
# 阮志勇 and "Nguyen Chi Dung" are 0.70 alike, 事件 and "PHEIC" 0.40.
_LETTERS_ALIKE = 0.65

_ENDS_QUOTED = re.compile(r"[“\"]([^“”\"\n]{4,80})[”\"]$")
_IS_ENGLISH = re.compile(r"[A-Z0-9][\w.,'&\- ]+")


# In these a name is what stands before a bracket as a whole; in the others as many words as the bracket has.
_UNBROKEN = frozenset(("Hans", "Hant", "Jpan", "Hang"))


@cache
def _after_address(code: str) -> re.Pattern[str] | None:
    address = facts(code).names.address
    return re.compile("|".join(address)) if address else None


@cache
def _institution(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Its name, of two words at least, and what is between two of them."""
    names = facts(code).names
    heads = f"(?:{'|'.join(names.institution_heads)})"
    return (
        re.compile(rf"(?<!\w)({heads}(?: [\w&]+){{1,13}})$"),
        re.compile(rf" (?:{'|'.join(names.joiners)}) (?={heads} )"),
    )


def bound_names(texts: Sequence[str], language: str) -> tuple[tuple[str, str], ...]:
    """(name in the source, Latin form) pairs that the texts of one article give, in order of appearance.

    Chinese, Japanese and Korean: what is in quotation marks, a person after an office such as 總理, or the longest run
    before the bracket that stands elsewhere in the article too, if it sounds like what is in the bracket: in
    冠状病毒 (SARS-CoV) the 病毒 of the whole article would become that one virus. Scripts with spaces, and Thai: as
    many words as sound like those in the bracket. Vietnamese: institutions and what is in quotation marks. An
    abbreviation binds nothing but a name in quotation marks or in the reverse order. Other languages give ().
    """
    whole = "\n".join(texts)
    found: dict[str, str] = {}
    for match in _BRACKETS.finditer(whole):
        before, inside = whole[max(0, match.start() - _BEFORE) : match.start()], match[1].strip()
        if script(language) in _UNBROKEN:
            pair = _cjk(before, inside, whole, whole[match.end() :][:1], language)
        elif facts(language).names.institution_heads:
            pair = _institution_before(before, inside, base(language))
        else:
            pair = _by_sound(before, inside)
        if pair is not None:
            latin = " ".join(pair[1].strip(" .,-").split())
            if len(latin) > 1 and not re.fullmatch(r"[A-Z0-9]{1,3}", latin):
                found.setdefault(pair[0], latin)
    return tuple(found.items())


def _cjk(before: str, inside: str, whole: str, after: str, language: str) -> tuple[str, str] | None:
    if _IS_LATIN.fullmatch(inside):
        quoted = _QUOTED.search(before[-50:])
        if quoted is None and after and after in _CLOSING:
            quoted = _OPENED.search(before[-50:])
        name = quoted[1].strip() if quoted else _name_before(before, inside, whole, language)
        return (name, inside) if name else None
    latin = _ENDS_LATIN.search(before)
    # AI（人工智慧） explains a word; it does not name anyone.
    if latin and not latin[1].isupper() and _IS_CJK.fullmatch(inside) and not _is_elsewhere(inside, latin[1], language):
        return inside, latin[1]
    return None


def _name_before(before: str, latin: str, whole: str, language: str) -> str | None:
    ending = _ENDS_CJK.search(before)
    if ending is None:
        return None
    run = ending[1]
    katakana = re.search("(?<![ァ-ヺー・])[ァ-ヺ][ァ-ヺー・]+$", run)
    if katakana:
        return katakana[0] if _sounds_like(katakana[0], latin, language) else None
    run = run[-_LONGEST_NAME:]
    titles = _after_address(base(language))
    after_title = titles.split(run)[-1] if titles else run
    if after_title != run:
        is_person = len(after_title) >= 2 and kind_of(latin) == "person" and " " in latin
        return after_title if is_person or _sounds_like(after_title, latin, language) else None
    counts = {length: whole.count(run[-length:]) for length in range(2, len(run) + 1)}
    repeated = [length for length, count in counts.items() if count >= 2]
    if not repeated:
        return None
    # The name is as long as a run can be without becoming rarer than its shorter ending.
    longest = max(length for length in repeated if counts[length] == counts[min(repeated)])
    name = run[-longest:].strip()
    return name if len(name) >= 2 and _sounds_like(name, latin, language) else None


def _sounds_like(name: str, latin: str, language: str) -> bool:
    # The sounds know Mandarin; Vietnamese and Cantonese names in Chinese characters are like them by the letters.
    return is_named(latin, name, language) or (
        scripts.dominant(name[-1]) == "Hani" and likeness(latin, name) >= _LETTERS_ALIKE
    )


def _is_elsewhere(inside: str, latin: str, language: str) -> bool:
    """Whether a bracket says where something is: Themis Bioscience（奥地利维也纳）."""
    return any(term.kind == "place" and term.english not in latin for term in lexicon(language).find(inside))


def _by_sound(before: str, inside: str) -> tuple[str, str] | None:
    if _IS_LATIN.fullmatch(inside):
        if words := _ENDS_WORDS.search(before):
            name = _words_alike(words[1].split(), inside)
        elif thai := _ENDS_THAI.search(before):
            name = _thai_name(thai[1], inside)
        else:
            name = None
        return (name, inside) if name else None
    latin = _ENDS_LATIN.search(before)
    # A gloss in brackets is a name only where it sounds like what stands before it.
    if latin and _IS_WORDS.fullmatch(inside) and _words_alike(inside.split(), latin[1]) == inside:
        return inside, latin[1]
    return None


def _words_alike(words: list[str], latin: str) -> str | None:
    """The last of the words, as many as the Latin name has, where each sounds like its counterpart."""
    wanted = [word for word in latin.replace("-", " ").split() if len(word.strip(".")) > 1]
    for there in (wanted, latin.split()):
        here = words[-len(there) :]
        if len(here) != len(there):
            continue
        alike = [likeness(one, other) for one, other in zip(there, here, strict=True)]
        if min(alike) >= _LEAST_ALIKE and sum(alike) >= _SOUNDS_ALIKE * len(alike):
            return " ".join(here)
    return None


def _thai_name(run: str, latin: str) -> str | None:
    """The ending of the run that sounds most like the name; Thai marks no beginning of words."""
    starts = [start for start in range(len(run) - 2) if not _combines(run[start])]
    if not starts:
        return None
    best = max(starts, key=lambda start: (_whole_likeness(latin, run[start:]), -start))
    if _whole_likeness(latin, run[best:]) < _SOUNDS_ALIKE:
        return None
    # The letter that carries a vowel has no sound of its own.
    return run[best - 1 :] if latin[:1] in "AEIOU" and run[max(0, best - 1)] == "อ" else run[best:]


def _combines(character: str) -> bool:
    return "\u0e30" <= character <= "\u0e3a" or "\u0e45" <= character <= "\u0e4e" or character == " "


def _whole_likeness(latin: str, native: str) -> float:
    from rapidfuzz.distance import Indel

    from pipeline.text.names.romanise import fold

    return float(Indel.normalized_similarity(fold(latin), fold(native)))


def _institution_before(before: str, inside: str, code: str) -> tuple[str, str] | None:
    if not _IS_ENGLISH.fullmatch(inside) or len(inside.split()) < 3 or not inside.isascii():
        return None
    ending, another = _institution(code)
    if quoted := _ENDS_QUOTED.search(before):
        name = quoted[1]
    elif institution := ending.search(before):
        name = another.split(institution[1])[-1]
    else:
        return None
    # The same words without their marks are no translation.
    return None if plain(name) == inside.lower() else (name, inside)
