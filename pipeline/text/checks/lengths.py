"""Whether a translation is as long as translations from its language are.

The logarithm of English characters over expected ones is close to normal around 0. How many are expected, and how far
single sentences stray, was measured on human translations of FLORES-200 dev and NTREX-128.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from pipeline.language.codes import normalise, script
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import SIDES, without_links

# Code, English characters for one of the source, constant part of the variance and the part that goes with
# 1 / characters: printed by tests/benchmarks/length_ratios.py over FLORES-200 dev and NTREX-128.
_TABLE = """
af 0.94 0.004 0.5; am 1.47 0.012 1.4; ar 1.12 0.012 1.4; az 0.92 0.011 1.6; ba 0.97 0.018 1.9; be 0.93 0.020 0.7;
bem 0.83 0.004 1.9; bg 0.94 0.008 1.1; bn 1.01 0.007 1.3; bo 0.84 0.010 2.2; bs 0.99 0.006 1.2; ca 0.89 0.006 1.0;
ckb 0.98 0.005 1.6; cs 1.04 0.005 1.3; cy 0.93 0.006 0.8; da 0.97 0.005 1.0; de 0.85 0.008 0.7; dv 0.82 0.014 1.6;
dz 0.98 0.032 4.8; ee 1.09 0.027 1.6; el 0.83 0.007 1.3; en 1.00 0.002 0.1; es 0.86 0.007 1.0; et 1.01 0.007 1.3;
eu 0.91 0.011 1.4; fa 1.04 0.009 1.4; fi 0.94 0.007 1.3; fj 0.82 0.010 1.6; fo 0.96 0.007 1.0; fr 0.85 0.006 1.3;
ga 0.85 0.004 1.5; gl 0.92 0.005 1.1; gu 1.03 0.007 1.2; ha 0.88 0.005 1.0; he 1.27 0.005 1.4; hi 0.97 0.009 1.2;
hr 1.00 0.009 1.4; hu 0.92 0.013 1.2; hy 0.93 0.012 1.3; id 0.90 0.005 1.3; ig 1.00 0.008 1.3; is 0.98 0.006 1.4;
it 0.86 0.009 0.8; ja 3.83 0.008 1.6; ka 0.94 0.017 1.0; kk 0.96 0.010 1.9; km 0.89 0.023 0.9; kn 0.94 0.008 1.3;
ko 2.00 0.011 1.6; ku 0.96 0.011 1.7; ky 1.00 0.008 2.0; lb 0.91 0.007 0.9; lo 0.94 0.026 0.7; lt 0.98 0.010 1.3;
lv 0.96 0.014 0.7; mg 0.74 0.012 1.6; mi 0.91 0.004 1.9; mk 0.95 0.006 1.0; ml 0.84 0.013 1.1; mn 0.93 0.020 1.5;
mr 0.97 0.005 1.3; ms 0.90 0.005 1.1; mt 0.91 0.006 0.9; my 0.81 0.015 1.7; nb 0.99 0.007 0.9; ne 1.00 0.006 1.5;
nl 0.88 0.009 1.1; nn 1.00 0.007 1.0; nso 0.85 0.009 1.5; ny 0.89 0.019 1.3; om 0.99 0.024 2.5; pa 1.00 0.006 0.9;
pl 0.92 0.014 1.4; ps 1.00 0.013 1.4; pt 0.92 0.007 0.9; ro 0.88 0.005 1.5; ru 0.91 0.011 1.7; rw 0.83 0.015 1.7;
sd 1.14 0.004 1.7; si 0.97 0.009 1.7; sk 0.99 0.007 1.1; sl 0.99 0.010 1.1; sm 0.89 0.006 1.3; sn 0.84 0.010 1.4;
so 0.87 0.004 1.0; sq 0.87 0.007 0.9; sr 1.00 0.007 1.2; sr-Latn 0.97 0.007 1.5; ss 0.85 0.011 0.8; sv 1.00 0.005 0.8;
sw 0.90 0.008 1.2; ta 0.86 0.015 1.0; te 0.99 0.008 1.7; tg 0.92 0.013 1.4; th 1.05 0.014 1.5; ti 1.50 0.010 1.3;
tk 0.93 0.009 0.8; tl 0.82 0.005 1.1; tn 0.73 0.013 1.6; tr 0.96 0.013 1.0; tt 1.05 0.011 1.2; ug 0.79 0.019 1.1;
uk 0.97 0.008 1.3; ur 1.00 0.006 1.4; uz 0.88 0.010 1.8; vi 0.93 0.008 1.5; wo 1.05 0.008 1.5; xh 0.90 0.011 1.4;
yo 0.67 0.012 1.5; yue 3.21 0.014 1.6; zh-Hans 3.19 0.013 2.1; zh-Hant 3.06 0.014 1.8; zu 0.99 0.014 1.7;
"""
_RATIOS: dict[str, tuple[float, float, float]] = {}
for _entry in _TABLE.replace("\n", " ").split(";"):
    if _entry.strip():
        _code, *_numbers = _entry.split()
        _RATIOS[_code] = (float(_numbers[0]), float(_numbers[1]), float(_numbers[2]))
# Languages without a measurement: the widest of their script's neighbours.
_BY_SCRIPT = {"Hans": "zh-Hans", "Hant": "zh-Hant", "Jpan": "ja", "Hang": "ko", "Thai": "th", "Laoo": "lo"}
_BY_SCRIPT |= {"Khmr": "km", "Mymr": "my", "Tibt": "bo", "Ethi": "am", "Arab": "ar", "Hebr": "he"}
_OTHERS = (0.95, 0.030, 3.0)

# Japanese spells in kana what Chinese writes in fewer characters: 1.68 English ones for a kana, 3.83 for a kanji, by a
# regression on the same translations; katakana alone is 1.71. The deviation of the logarithm is 0.18 where they count
# alike, 0.15 so.
_KANJI = re.compile(r"[\u4e00-\u9fff々]")
_KANA = 0.44
_COPIED = re.compile(r"[A-Za-z0-9]")
# 科查吉欧格鲁 (Kechagioglou): the name twice in the source, once in English.
_GLOSS = re.compile(r"\s?[（(]\s?([A-Z][A-Za-z0-9\u00c0-\u024f .,'’&-]{1,80})[)）]")
# Beyond so many standard deviations. Of the 997 human translations of FLORES-200 dev about 0.7 % are shorter in most
# languages (Spanish 2.2 %) and 0.2 % longer; of the same with 30 to 70 % of their words cut off, 79 % (Chinese,
# Japanese) to 95 % (German, Spanish) are shorter. Counting clauses besides adds nothing.
_SHORT, _LONG = -2.6, 3.0
_SLACK_SHORT, _SLACK_LONG = 12, 40


def measure(source: str, language: str) -> tuple[float, int]:
    """Characters that a translation turns into others, and those that it keeps.

    It keeps figures and Latin letters where the language has another script. The others are reckoned in kanji if the
    language is Japanese.
    """
    if script(language) == "Latn":
        return len(source), 0
    kept = len(_COPIED.findall(source))
    # One character of a transliterated name is about two letters.
    twice = sum(match.end() - match.start() - len(match[1]) + len(match[1]) // 2 for match in _GLOSS.finditer(source))
    own = max(len(source) - kept - twice, 0)
    if script(language) == "Jpan":
        kanji = min(len(_KANJI.findall(source)), own)
        return kanji + _KANA * (own - kanji), kept
    return own, kept


def _variance(language: str, expected: float) -> float:
    """Of the logarithm; short sentences stray further."""
    _, constant, slope = _parameters(language)
    return constant + slope / max(expected, 1.0)


@cache
def _parameters(language: str) -> tuple[float, float, float]:
    code = normalise(language)
    return _RATIOS.get(code) or _RATIOS.get(_BY_SCRIPT.get(script(code), ""), _OTHERS)


@lru_cache(SIDES)
def expected_length(source: str, language: str) -> float:
    """English characters that a translation of `source` usually has; links do not count."""
    own, kept = measure(without_links(source).strip(), language)
    return _parameters(language)[0] * own + kept


@lru_cache(SIDES)
def _length(english: str) -> int:
    return len(without_links(english).strip())


def length_deviation(source: str, language: str, english: str) -> float:
    """How many standard deviations the translation is longer (above 0) or shorter than usual; 0.0 for empty ones."""
    expected, after = expected_length(source, language), _length(english)
    if expected < 1 or after == 0:
        return 0.0
    return math.log(after / expected) / math.sqrt(_variance(language, expected))


def check_length(judged: Judged) -> list[Doubt]:
    """Only a translation that must have lost or made up part of its text."""
    source, language, english = judged.source, judged.language, judged.english
    deviation = length_deviation(source, language, english)
    expected, after = expected_length(source, language), _length(english)
    lengths = f"{after} characters where about {expected:.0f} are usual"
    if deviation < _SHORT and expected - after > _SLACK_SHORT:
        return [Doubt("too-short", f"{lengths}: part of it may be missing")]
    if deviation > _LONG and after - expected > _SLACK_LONG:
        return [Doubt("too-long", f"{lengths}: part of it may be invented")]
    return []
