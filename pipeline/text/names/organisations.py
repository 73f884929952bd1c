"""Organisations of the lexicon that a sentence and its English name: none may get lost, none be put in.

Only these can be judged where a language names by meaning: nothing in 世卫组织 sounds like the World Health
Organization.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from pipeline.language.codes import base, script
from pipeline.language.scripts import simplified
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.names.capitals import is_name
from pipeline.text.names.latin import Words
from pipeline.text.names.lexicon import Known, organisations
from pipeline.text.names.ordinary import WORD, is_common, is_ordinary
from pipeline.text.names.romanise import plain
from pipeline.text.names.sounds import is_judged, is_named

# Of the words of a name, for the rest of it in other words: the Security Council of the United Nations.
_ENOUGH = 0.5
_STEM = 5
_LIKE = 0.6
_ALSO_A_PLACE = frozenset({"Amazon"})
_OF_UN = "the UN "
_EMPTY = frozenset({"the", "of", "and", "for", "in", "on", "to", "a"})
_GAPS = re.compile(r"[\s\u2010-]+")
# Cyrillic and Latin words lose two letters at most to an ending.
_DECLINED = re.compile(r"[\u0400-\u04ff]{5,}|[a-z\u00df-\u024f]{6,}")
_WORD = re.compile(r"[^\W_]+")
_CAPITALISED = re.compile(r"[^\W\d_][\w'’-]*")
# As a part of another name two letters are too many things.
_SHORTEST_INITIALS = 3


def check_lost_organisations(judged: Judged) -> list[Doubt]:
    """A doubt "name-lost" for each organisation of the lexicon among the terms that the English does not name.

    Its name may be put in other words, by its initials or by the word that tells it from others. On the human
    translations of NTREX-128 in nine languages 10 of 400 are in none of these.
    """
    return [
        Doubt("name-lost", f"“{term.source}” ({term.english}) is missing from the English")
        for term in judged.terms
        if term.kind == "organisation" and term.origin == "lexicon" and not _is_there(term.english, judged.english)
    ]


def check_organisations(judged: Judged) -> list[Doubt]:
    """A doubt "name-invented" for each organisation of the lexicon that an English sentence names and its source not.

    Judged are those whose name in the language is known. The context may have named it before.
    """
    given = " ".join(judged.term_english)
    near = f"{judged.source}\n{judged.context}"
    return [
        Doubt("name-invented", f"nothing in the source names “{written}”")
        for written, known in _named(judged.english)
        if not _has_source(known, written, near, judged.language) and not (written in given or known.english in given)
    ]


def _named(english: str) -> Iterator[tuple[str, Known]]:
    """Organisations in an English text as it writes them, without those inside the name of another one."""
    text = english.replace("U.N.", "UN").replace("E.U.", "EU")
    begins = _patterns()
    found = [
        (match, known)
        for word in dict.fromkeys(_WORD.findall(text))
        for pattern, known in begins.get(word, ())
        if (match := pattern.search(text))
    ]
    for match, known in found:
        if not any(_contains(other, match) for other, _ in found):
            yield match[0], known


def _contains(outer: re.Match[str], inner: re.Match[str]) -> bool:
    return outer.start() <= inner.start() and inner.end() <= outer.end() and outer.span() != inner.span()


@cache
def _patterns() -> dict[str, list[tuple[re.Pattern[str], Known]]]:
    """Names by the word that they begin with."""
    found: dict[str, list[tuple[re.Pattern[str], Known]]] = defaultdict(list)
    for known in organisations():
        for name in _names(known):
            if name not in _ALSO_A_PLACE and (" " in name or not is_common(name)):
                pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
                found[_WORD.findall(name)[0]].append((pattern, known))
    return dict(found)


def _names(known: Known) -> list[str]:
    name = known.english.removeprefix("the ")
    names = [name, *known.also]
    if name.startswith("UN "):
        names.append(f"United Nations {name[3:]}")
    initials = _initials(name)
    return [*names, initials] if len(initials) >= _SHORTEST_INITIALS else names


@cache
def _initials(name: str) -> str:
    words = [word for word in _CAPITALISED.findall(name) if word[0].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _is_there(name: str, english: str) -> bool:
    known = _by_english().get(name)
    also = known.also if known else ()
    if any(re.search(rf"\b{re.escape(word)}", english) for word in also):
        return True
    words = _WORD.findall(plain(english))
    mine = [word for word in _WORD.findall(plain(name)) if word not in _EMPTY]
    if any(word in words for word in mine if not is_ordinary(word)):
        return True
    initials = _initials(name.removeprefix("the "))
    short = re.findall(r"\b[A-Z]{2,}\b", english.replace(".", ""))
    # TECRO is the one in the United States.
    if any(word == initials or (len(word) >= _SHORTEST_INITIALS and initials.startswith(word)) for word in short):
        return True
    stems = {word[:_STEM] for word in words}
    return sum(word[:_STEM] in stems for word in mine) >= _ENOUGH * len(mine)


@cache
def _by_english() -> dict[str, Known]:
    return {known.english: known for known in organisations()}


def _has_source(known: Known, written: str, text: str, language: str) -> bool:
    forms = known.forms(base(language) if script(language) == "Latn" else language)
    if not forms:
        return not _is_strange(known, written, text, language)
    if known.english.startswith(_OF_UN):
        forms += _by_english()["the United Nations"].forms(language)
    short = _initials(known.english.removeprefix("the "))
    for name in (written, known.english.removeprefix("the "), *known.also, *([short] if short else ())):
        if re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", text):
            return True
    squeezed = _squeezed(text)
    return any(
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) if _is_short(form) else re.search(_loosely(form), squeezed)
        for form in forms
    )


def _is_short(form: str) -> bool:
    """Whether a form is initials, or as short: UE is in many a word."""
    return form.isascii() and (form.isupper() or len(form) < _STEM)


def _is_strange(known: Known, written: str, text: str, language: str) -> bool:
    """Whether no word of a text is like one that tells the organisation from others; Chinese may name it by meaning."""
    telling = [word for word in WORD.findall(f"{written} {known.english}") if is_name(word)]
    if script(language) == "Latn":
        own = Words(text)
        return bool(telling) and not any(own.like(word, _LIKE) for word in telling)
    if not is_judged(language) or script(language) in ("Hans", "Hant"):
        return False
    return bool(telling) and not any(word in text or is_named(word, text, language) for word in telling)


def _squeezed(text: str) -> str:
    """Without spaces and hyphens, which languages put as they like, and in simplified characters."""
    return _GAPS.sub("", simplified(text)).casefold().replace("ё", "е")


@cache
def _loosely(form: str) -> str:
    """Matches a form in a squeezed text; in Cyrillic with other endings, in Arabic without its article."""
    words = _GAPS.split(simplified(form).casefold().replace("ё", "е"))
    return "".join(map(_any_ending, words))


def _any_ending(word: str) -> str:
    if _DECLINED.fullmatch(word):
        return re.escape(word[:-2]) + r"\w{0,4}"
    return "(?:ال|ل)?" + re.escape(word.removeprefix("ال")) if re.match(r"[\u0600-\u06ff]", word) else re.escape(word)
