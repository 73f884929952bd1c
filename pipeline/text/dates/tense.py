"""A year that was past when the article appeared, told as still to come: “in 2025, there will be”, in 2026.

Chinese, Vietnamese, Thai and others mark no tense on the verb; a small model then guesses it.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.facts import facts
from pipeline.text.dates.rewrite import anchor
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

_COMING = (
    r"(?:(?<!\bthe )(?<!\ba )(?<!\bof )(?<!\bown )(?<!\bpolitical )will\b(?! of\b)|won['’]t\b"
    r"|(?:is|are) (?:going|expected|set|due|scheduled) to\b)"
)
_IN_YEAR = r"\b[Ii]n (?:early |late |mid-)?(?P<{0}>(?:19|20)\d\d)\b"
# Only within one statement: “in 2025 it said it will” and “will exceed those in 2025” say nothing wrong.
_TOLD = re.compile(
    r"(?<![\w'’-])(?P<before>(?:[\w'’-]+,? ){0,3})"
    + _IN_YEAR.format("first")
    + rf",? (?P<between>(?:[\w'’-]+,? ){{0,5}}?){_COMING}"
    + rf"|{_COMING}(?P<after>(?: [\w'’%$.,-]*[\w'’%$]){{1,14}}?) "
    + _IN_YEAR.format("last")
)
_OTHER_STATEMENT = re.compile(
    r"\b(?:than|those|that|which|who|whose|where|when|compared|since|from|as|like|before|after|and|but|or|was|were|had"
    r"|has|have|did|said|told|says|saw|came|began|took|seen|made|held|won|taken|given|built|born|found|begun|set|known|written"
    r"|levels?|\w{3,}ed)\b"
)


@cache
def _coming(language: str) -> re.Pattern[str] | None:
    words = facts(language).coming.words
    return re.compile("|".join(words), re.IGNORECASE) if words else None


def check_tense(judged: Judged) -> list[Doubt]:
    """A doubt "date-changed" where the English tells of a year before that of the article as to come.

    Silent without a date, and where the source itself speaks of what was to come. Never raises.
    """
    source, language, english = judged.source, judged.language, judged.english
    today = anchor(judged.published)
    if today is None:
        return []
    coming = _coming(language)
    if coming and coming.search(source):
        return []
    for match in _TOLD.finditer(english):
        year = match["first"] or match["last"]
        before, *beside = (match[name] or "" for name in ("before", "between", "after"))
        if int(year) < today.year and not _OTHER_STATEMENT.search(" ".join((before, *beside))):
            told = match[0].removeprefix(before)
            told = told if len(told) <= 60 else f"{told[:25].strip()} … {told[-25:].strip()}"
            return [Doubt("date-changed", f"“{told.strip()}”: {year} was past when the article appeared")]
    return []
