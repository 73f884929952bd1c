"""Whether a name in Latin letters is in a text of another language, by its sound.

`support` compares the words of a name with the stretches of the text that can be a name in its script: whole words
where words are parted by spaces, with any ending; runs of katakana; any stretch of Chinese characters; and the
readings of Japanese names in kanji.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.lexicon import chinese_forms
from pipeline.text.romanise import fold, plain

# Parts of names that say nothing about whose it is, and what stands before or after one.
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        """mr mrs ms miss dr sir lord lady king queen prince princess president minister prime chancellor judge general
        colonel captain major sergeant lieutenant admiral professor pope saint st jr sr ii iii iv the of and de da del
        der den di du el al von van bin ibn abu la le storm hurricane typhoon rep sen gov secretary chairman ceo senator
        mayor governor officer inspector detective reverend father sister brother uncle aunt emperor sheikh ayatollah
        moon sun venus mars jupiter saturn square falls island islands lake fort castle mount river street park
        natives""",
    )
)
# Surnames of Chinese and Koreans as Pinyin, Wade-Giles and newspapers spell them: the given name follows at once.
_EAST_ASIAN_SURNAMES = frozenset(
    re.findall(
        r"\w+",
        """li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han
        tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan dai xia
        zhong tian ren fan fang shi yao tan zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng wan duan
        qian yin yi chang qiao lai gong wen lee chao chou hsu chu kao kuo hsieh tsai tseng hsiao tsao teng chiang hsueh
        yeh chung jen shih tsou hsiung chin chiu ku cho tu tsui kung pai lien chien kim park choi jung jeong yoon yun
        jang lim seo shin kwon hwang ahn jeon hong yoo ko moon son bae baek heo nam shim roh noh kwak sung cha joo woo
        koo min ji lam leung cheung wong chan chow""",
    )
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’\-][A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)*")
_HAN = re.compile(r"[\u3400-\u9fff々·・•]+")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc-\u30ff]+")
_OTHER = re.compile(
    r"[^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff\u3040-\u30ff\u3400-\u9fff]+(?:[\u0300-\u036f\u064b-\u0655\u0900-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[^\W\d_a-zA-Z])*"
)
_LONGEST = 8
# Consonants outlast vowels on the way from one script to another, but not so far that they could stand alone.
_CONSONANTS = 0.4


def words_of(name: str) -> list[str]:
    """The words of a name that tell it from others, without accents and in lower case."""
    found = [plain(match[0]).removesuffix("'s").replace("-", "").replace("'", "") for match in _LATIN.finditer(name)]
    return [word for word in found if word not in _NOT_NAMES and len(word) > 1]


@lru_cache(maxsize=65_536)
def _variants(word: str) -> tuple[str, ...]:
    """The sounds a word in Latin letters may stand for."""
    forms = {word}
    for letters, others in _SPELLINGS:
        forms |= {re.sub(letters, other, form) for form in list(forms) for other in others if re.search(letters, form)}
    return tuple(sorted({fold(form) for form in forms}))[:16]


_SPELLINGS = (
    ("^ch|ch", ("k",)),
    ("g(?=[eiy])", ("j",)),
    ("^j|j", ("h", "i")),
    ("^x", ("s", "h")),
    ("w", ("v",)),
    ("^h", ("",)),
    ("th", ("s",)),
    ("(?<=[aeiou])r(?![aeiou])|er$", ("", "o")),
    ("ough|igh", ("o", "i")),
    ("^wh", ("h",)),
    ("tion", ("shon",)),
    ("mc|mac", ("mak",)),
)


@lru_cache(maxsize=200_000)
def _skeleton(folded: str) -> str:
    return folded[:1] + re.sub("[aio]", "", folded[1:])


@lru_cache(maxsize=400_000)
def _alike(word: str, heard: str) -> float:
    """How alike a word in Latin letters and a folded stretch of text sound, 0 to 1."""
    from rapidfuzz.distance import Indel

    best = 0.0
    for form in _variants(word):
        whole = Indel.normalized_similarity(form, heard)
        if whole > best - 0.5:
            bones = Indel.normalized_similarity(_skeleton(form), _skeleton(heard))
            best = max(best, (1 - _CONSONANTS) * whole + _CONSONANTS * bones)
    return best


def _heard(text: str, language: str) -> Iterator[tuple[str, bool]]:
    """(stretch, whether a name begins with it) of a text."""
    code = language.split("-")[0]
    for match in _LATIN.finditer(text):
        for part in re.split(r"['’\-]", match[0]):
            yield part, True
        if "-" in match[0]:
            yield match[0], True
    for match in _KATAKANA.finditer(text):
        yield match[0], True
    for match in _HAN.finditer(text):
        yield match[0], False
    for match in _OTHER.finditer(text):
        yield match[0].replace("ق", "ك"), True
        if code == "ar":
            bare = re.sub("^[وفبلك]?(?:ال)?", "", match[0]).replace("ق", "ك")
            if len(bare) > 2 and bare != match[0]:
                yield bare, True
    if code == "ja":
        from pipeline.text.readings import readings

        for reading in readings(text):
            yield reading, True


@lru_cache(maxsize=4096)
def _stretches(text: str, language: str) -> frozenset[str]:
    """The folded stretches of a text that may be a name or a part of one."""
    found: set[str] = set()
    for run, begins in _heard(text, language):
        starts = (0,) if begins else range(len(run))
        for start in starts:
            longest = len(run) if begins else min(len(run), start + _LONGEST)
            for end in range(start + 1, longest + 1):
                heard = fold(run[start:end])
                if heard:
                    found.add(heard)
    return frozenset(found)


@lru_cache(maxsize=100_000)
def _word_likeness(word: str, text: str, language: str) -> float:
    """How well the best stretch of a text sounds like a word in Latin letters, 0 to 1."""
    if language.startswith(("zh", "yue")) and any(form in text for form in chinese_forms(word)):
        return 1.0
    least, most = 0.6 * len(fold(word)), 1.7 * len(fold(word)) + 1
    return max(
        (_alike(word, heard) for heard in _stretches(text, language) if least <= len(heard) <= most), default=0.0
    )


@dataclass(frozen=True, slots=True)
class _Limits:
    """Least likeness of a name's words on the average, of its last word alone, and of a name of one word."""

    words: float
    last: float
    single: float
    shortest: int = 0
    """Letters that the last word must have to tell alone."""


def _has_surname(word: str, text: str) -> bool:
    """Whether a Chinese text has a character that is read as the surname."""
    heard = set(_variants(word))
    return any(form in text for form in chinese_forms(word)) or any(fold(one) in heard for one in text)


# Chosen on FLORES-200 dev: the persons that en_core_web_sm finds in the English of its 997 sentences must pass, those
# of other sentences must not. The share that does wrongly either way stands in the tests beside each language.
_DEFAULT = _Limits(0.82, 0.88, 0.86)
_BY_LANGUAGE = {
    **dict.fromkeys(("zh", "yue"), _Limits(0.82, 0.88, 0.80, 5)),
    "ko": _Limits(0.80, 0.84, 0.78),
    "ja": _Limits(0.78, 0.88, 0.80),
    **dict.fromkeys(("ar",), _Limits(0.78, 0.84, 0.76)),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr"), _Limits(0.82, 0.84, 0.84)),
    **dict.fromkeys(("hi", "mr", "ne"), _Limits(0.78, 0.84, 0.78)),
    "vi": _Limits(0.78, 0.84, 0.88),
}
# Scripts in which the beginning of a name cannot be told, or whose vowels AnyAscii cannot tell.
_NOT_JUDGED = frozenset(("th", "lo", "km", "my", "bo", "dz", "am", "ti"))


# Characters of Chinese that hold the longest of names, and the step from one stretch of that length to the next.
_WINDOW, _STEP = 14, 5


@lru_cache(maxsize=1024)
def _windows(text: str) -> tuple[str, ...]:
    """The stretches of a text in which a whole name may stand."""
    return tuple(text[start : start + _WINDOW] for start in range(0, max(1, len(text) - _WINDOW + _STEP), _STEP))


def is_judged(language: str) -> bool:
    """Whether `is_named` can tell in texts of the language."""
    return language.split("-")[0] not in _NOT_JUDGED


def is_named(name: str, text: str, language: str) -> bool:
    """Whether something in the text of a language (BCP 47) sounds like a name in Latin letters.

    True where the name has no word that could tell it from others.
    """
    words = words_of(name)
    if not words:
        return True
    limits = _BY_LANGUAGE.get(language.split("-")[0], _DEFAULT)
    scores = [_word_likeness(word, text, language) for word in words]
    if len(words) == 1:
        return scores[0] >= limits.single
    joined = _word_likeness("".join(words), text, language)
    if words[0] in _EAST_ASIAN_SURNAMES and language.startswith(("zh", "yue", "ko")):
        return joined >= limits.words
    if words[-1] in _EAST_ASIAN_SURNAMES and language.startswith(("zh", "yue")) and not _has_surname(words[-1], text):
        return False
    long_enough = len(fold(words[-1])) >= limits.shortest
    if (scores[-1] >= limits.last and long_enough) or joined >= limits.words:
        return True
    weights = [max(len(fold(word)), 1) for word in words]
    if language.startswith(("zh", "yue")):
        # Any two syllables stand somewhere in a sentence of Chinese, but not side by side.
        return any(
            sum(_word_likeness(word, window, language) * weight for word, weight in zip(words, weights, strict=True))
            >= limits.words * sum(weights)
            for window in _windows(text)
        )
    return sum(score * weight for score, weight in zip(scores, weights, strict=True)) / sum(weights) >= limits.words
