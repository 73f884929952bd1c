"""Times of day: 下午3點 and 15 Uhr are 3 p.m., not 3 a.m."""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import fold

_EN_TIME = re.compile(r"\b(?P<hour>1?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_HAN = "〇一二三四五六七八九"

_ANY_HOUR = r"(?<![\d.,:])(?P<hour>2[0-4]|[01]?\d)(?!\d)(?:(?:[:.hH]|\s?h\s?)[0-5]\d(?![\d.%]))?"


def _hour(text: str) -> int:
    if text.isdigit():
        return int(text)
    text = text.replace("兩", "二").replace("两", "二")
    return (10 if text[0] == "十" else 0) + (_HAN.index(text[-1]) if text[-1] in _HAN else 0)


@cache
def _words(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The halves of the day ("a", "p") with what they are told by; empty for a language whose words are not known."""
    section = facts(language).day_halves
    listed = (("a", section.before_noon), ("p", section.after_noon))
    return tuple((half, re.compile("|".join(words), re.IGNORECASE)) for half, words in listed if words)


@cache
def _hours(language: str) -> re.Pattern[str]:
    return re.compile(facts(language).day_halves.hour or _ANY_HOUR)


@cache
def _night(language: str) -> re.Pattern[str] | None:
    """The night belongs to both halves: an hour beside it is not judged."""
    words = facts(language).day_halves.night
    return re.compile("|".join(words)) if words else None


def _halves(folded: str, language: str, hour: int) -> set[str]:
    """Halves of the day ("a", "p") that the source gives this hour (1 to 12); empty where it gives none."""
    words = _words(language)
    if not words:
        return set()
    place, night = facts(language).day_halves.place, _night(language)
    halves: set[str] = set()
    for match in _hours(language).finditer(folded):
        value = _hour(match["hour"])
        if value % 12 != hour % 12:
            continue
        if 13 <= value <= 23:
            halves.add("p")
            continue
        around = folded[max(0, match.start() - 6) : match.start()]
        if place == "after":
            around = folded[match.end() : match.end() + 22]
        elif place == "both":
            around = folded[max(0, match.start() - 10) : match.start()] + folded[match.end() : match.end() + 14]
        found = {half for half, listed in words if listed.search(around)}
        if not found or len(found) > 1 or (night and night.search(around)) or value in (0, 12, 24):
            return set()  # said nowhere, or a night that has both
        halves |= found
    return halves


def check_clock(judged: Judged) -> list[Doubt]:
    """A doubt "date-changed" for a time of the English in the other half of the day than the source says.

    Only contradictions: an hour without 上午, "Uhr morgens" or a figure from 13 on is not judged, and an hour that
    stands nowhere in the source belongs to `check_numbers`. Never raises.
    """
    source, language, english = judged.source, judged.language, judged.english
    times = {(match["hour"], match["half"].lower()): match for match in _EN_TIME.finditer(english)}
    if not times:
        return []
    folded = fold(source)
    doubts = []
    for match in times.values():
        halves = _halves(folded, language, int(match["hour"]))
        if halves and match["half"].lower() not in halves:
            half = "before noon" if "a" in halves else "after noon"
            doubts.append(Doubt("date-changed", f"“{match[0].strip()}.”: the source has a time {half}"))
    return doubts
