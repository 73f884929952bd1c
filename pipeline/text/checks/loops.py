"""Output that is no translation: the model turning in circles, or the source handed back."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import blank_links

_WORD = re.compile(r"\w+", re.UNICODE)
_LONGEST = 20_000
_CHARACTER_RUN = re.compile(r"([^\W\d_])\1{7,}|([^\s\w.…=*_~-])\2{11,}")
_SYLLABLE_RUN = re.compile(r"(?=([^\W\d_]{2,8}?)\1{5})")
_SHORTEST_SYLLABLE_RUN = 2 * 6


def check_blank(judged: Judged) -> list[Doubt]:
    """A doubt "too-short" where there is no translation of something."""
    is_lost = bool(judged.source.strip()) and not judged.english.strip()
    return [Doubt("too-short", "the translation is empty")] if is_lost else []


def check_whole(judged: Judged) -> list[Doubt]:
    """A doubt "loop" or "untranslated" where the output as a whole is no translation."""
    source, english = judged.source, judged.english
    if is_loop(english) and not is_loop(source):
        return [Doubt("loop", f"the translation repeats itself: “{english[:60].strip()}…”")]
    if is_talk(source, english):
        return [Doubt("untranslated", f"the model speaks of its task: “{english[:60].strip()}…”")]
    if is_untranslated(source, english, judged.language):
        return [Doubt("untranslated", f"still in the source language: “{english[:60].strip()}”")]
    return []


def is_loop(text: str) -> bool:
    """Whether `text` repeats itself beyond what any language does.

    Precise rather than complete: refrains, lists with a common frame ("Minister of X, Minister of Y") and ordinary
    emphasis pass. True for a phrase of one to eight words four or more times in a row (five for a single word), for a
    longer text most of whose five-word phrases occur again and again, and for runs of one character or syllable.
    """
    text = text[:_LONGEST]
    if _CHARACTER_RUN.search(text):
        return True
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    if any(len(word) >= _SHORTEST_SYLLABLE_RUN for word in words) and _SYLLABLE_RUN.search(text):
        return True
    for size in range(1, 9):
        needed = 5 if size == 1 else 4 if size < 4 else 3
        run = 0
        for i in range(size, len(words)):
            run = run + 1 if words[i] == words[i - size] else 0
            if run >= size * (needed - 1) and not all(word.isdigit() for word in words[i - size + 1 : i + 1]):
                return True
    if len(words) < 30:
        return False
    grams = Counter(zip(*(words[i:] for i in range(5)), strict=False))
    repeated = sum(count for count in grams.values() if count >= 3)
    return repeated * 2 > sum(grams.values())


# What instruct models say about their task instead of doing it.
_TALK = re.compile(
    r"^(?:sure|certainly|of course)[,!.] here|^here(?: is|['’]s) (?:the|an?|your) (?:\w+ )?translation\b"
    r"|^(?:the )?(?:english )?translation(?: of .{0,80})?(?: is)?:|\btranslat(?:ed|ion|es) (?:in)?to english\b"
    r"|^(?:the|this) (?:[A-Z]\w+ ){1,2}(?:sentence|text|headline|phrase)\b|\bas an ai\b.{0,20}\bmodel\b"
    r"|^i(?:['’]m| am) (?:sorry|unable)\b.{0,60}\b(?:translat|assist|help)",
    re.IGNORECASE,
)
_ABOUT_TRANSLATION = re.compile(
    "[译譯訳]|번역|перев[оё]|übersetz|trad[ui]|dịch|अनुवाद|ترجم|แปล|terjemah|çevir|vertal", re.I
)


def is_talk(source: str, english: str) -> bool:
    """Whether the model talks about translating; a source that itself does so is not judged."""
    return bool(_TALK.search(english[:_LONGEST])) and not _ABOUT_TRANSLATION.search(source[:_LONGEST])


_LATIN = "LATIN"


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0]


def _letters_by_script(text: str) -> Counter[str]:
    if text.isascii():
        return Counter({_LATIN: sum(map(str.isalpha, text))})
    found: Counter[str] = Counter()
    for character, number in Counter(text).items():
        if character.isalpha():
            found[_script(character)] += number
    return found


def _tokens(text: str) -> list[str]:
    return [match[0] for match in _WORD.finditer(blank_links(text)) if match[0][0].isalpha()]


# Words that a Latin-script language shares with English in spelling say nothing; these are English.
_ENGLISH = frozenset(
    (
        *("the", "of", "and", "to", "in", "is", "was", "for", "on", "with"),
        *("by", "that", "from", "said", "has", "at", "as", "are", "were"),
    )
)
_COMMON_WITH_ENGLISH = frozenset(["is", "was", "in", "on", "as", "at", "to", "for", "of", "and"])


def is_untranslated(source: str, english: str, source_language: str) -> bool:
    """Whether `english` is still (mostly) the source.

    For sources in another script: more than a third of its letters are not Latin, and three at least, so that a name
    kept in brackets passes. For sources in Latin script: most of the source's words, at least four of them in lower
    case, stand in the output, which has hardly an English function word. Names, figures and links may be copied.
    """
    if base(source_language) == "en" or not english.strip():
        return False
    scripts = _letters_by_script(blank_links(english))
    total = sum(scripts.values())
    foreign = total - scripts[_LATIN]
    if total and foreign >= 3 and foreign * 3 > total:
        return True
    before, after = _tokens(source), _tokens(english)
    ours = _ENGLISH - _COMMON_WITH_ENGLISH if facts(source_language).identification.like_english else _ENGLISH
    functional = sum(word.lower() in ours and word.lower() not in before for word in after)
    lower = [word for word in before if word.islower() and len(word) > 1]
    if not after or functional * 12 > len(after) or len(lower) < 4:
        return False
    own = _letters_by_script(source)
    if own[_LATIN] * 2 < sum(own.values()):
        return False
    copied = sum((Counter(lower) & Counter(after)).values())
    return copied * 10 >= len(lower) * 7
