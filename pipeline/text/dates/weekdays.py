"""Days of the week: a Wednesday must not come out as a Thursday."""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.calendars import DAYS
from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import fold

_EN_DAY = re.compile(rf"\b(?:{'|'.join(DAYS)})(?=s?\b)")
# Days that are names of something else, which no source need call by its weekday.
_NAMED = re.compile(
    r"\b(?:(?:Black|Good|Freaky|Casual) Friday|(?:Palm|Easter|Bloody|Super Bowl) Sunday|Sunday (?:Times"
    r"|Telegraph|Mirror|Mail|Post|Express|Morning)|(?:Ash|Holy) Wednesday"
    r"|(?:Maundy|Holy) Thursday|(?:Cyber|Easter|Black|Whit) Monday|(?:Super|Shrove|Fat) Tuesday"
    r"|(?:Holy|Small Business) Saturday)\b"
)

_NUMERALS = "一二三四五六日天"
_ZH = re.compile(
    "(?:星期|禮拜|礼拜|週|周)([一二三四五六日天末](?:(?:、|至|到|和|及|與|与|或|-|~|—)(?:星期|週|周)?[一二三四五六日天])*)"
)
_JA = re.compile(r"([月火水木金土日])(?:曜|[)）]|・[月火水木金土日]曜)|土日|週末|平日")
_JA_DAYS = "月火水木金土日"
_JA_WHOLE = re.compile(r"(?<![・、月火水木金土日])([月火水木金土日])曜日?(?![・、])")
_REST = re.compile(r"[^\W\d_]*(?:-feira)?")


@cache
def _names(language: str) -> tuple[re.Pattern[str], dict[str, set[int]]] | None:
    """A pattern of every name, longest first (pazartesi before pazar), and the days that each stands for."""
    weekdays = facts(language).weekdays
    if not weekdays.names:
        return None
    days: dict[str, set[int]] = {}
    for day, forms in enumerate(weekdays.names.values()):
        for form in forms:
            days.setdefault(form, set()).add(day)
    listed = "|".join(re.escape(form) for form in sorted(days, key=len, reverse=True))
    edge = "" if weekdays.after_letters else r"(?<![^\W\d_])"
    return re.compile(f"{edge}(?:{listed})", re.IGNORECASE), days


def weekdays_in(text: str, language: str) -> frozenset[int] | None:
    """The weekdays (0 for Monday) that `text` may name; None for a language whose names are not listed."""
    han = facts(language).weekdays.han
    found: set[int] = {DAYS.index(match[0]) for match in _EN_DAY.finditer(text)}
    if han == "chinese":
        for match in _ZH.finditer(text):
            for day in match[1]:
                found |= {5, 6} if day == "末" else {min(_NUMERALS.index(day), 6)} if day in _NUMERALS else set()
        return frozenset(found)
    if han == "japanese":
        for match in _JA.finditer(text):
            found |= {_JA_DAYS.index(c) for c in match[0] if c in _JA_DAYS} or {5, 6}
        return frozenset(found)
    names = _names(language)
    if names is None:
        return frozenset(found) if base(language) == "en" else None
    pattern, days = names
    for match in pattern.finditer(fold(text)):
        found |= days.get(match[0].lower(), set())
    return frozenset(found)


def day_of(text: str, language: str) -> list[tuple[int, int, int]]:
    """Where `text` names one weekday for certain: start, end and the day, 0 for Monday.

    No lists and ranges of days, no form of two days, and none in languages that are not listed.
    """
    weekdays = facts(language).weekdays
    if weekdays.han == "chinese":
        return [
            (match.start(), match.end(), min(_NUMERALS.index(match[1]), 6))
            for match in _ZH.finditer(text)
            if match[1] in _NUMERALS
        ]
    if weekdays.han == "japanese":
        return [(match.start(), match.end(), _JA_DAYS.index(match[1])) for match in _JA_WHOLE.finditer(text)]
    names = _names(language)
    if names is None:
        return []
    pattern, days = names
    found: list[tuple[int, int, int]] = []
    for match in pattern.finditer(text):
        # Inflected languages give beginnings; what is written without spaces has no end of the word.
        rest = _REST.match(text, match.end()) if not weekdays.after_letters else None
        named = days.get(match[0].lower(), set())
        if len(named) == 1 and match[0][0] != "(":
            start = match.start()
            if text.endswith(weekdays.article, 0, start):
                start -= len(weekdays.article)
            found.append((start, rest.end() if rest else match.end(), min(named)))
    return found


def check_weekdays(judged: Judged) -> list[Doubt]:
    """A doubt "date-changed" for each weekday of the English that the source does not name.

    Languages whose weekdays are not listed are not judged. Never raises.
    """
    source, language, english = judged.source, judged.language, judged.english
    named = dict.fromkeys(match[0] for match in _EN_DAY.finditer(_NAMED.sub("", english)))
    known = weekdays_in(source, language) if named else None
    if known is None:
        return []
    return [
        Doubt("date-changed", f"“{day}”: the source does not name this day of the week")
        for day in named
        if DAYS.index(day) not in known
    ]
