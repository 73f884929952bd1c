"""Taking out of a translated date what its source does not say: a model asked for 21日 makes it March 21st, and adds a
year to 11月20日."""

from __future__ import annotations

import re

from pipeline.language.codes import base
from pipeline.text.dates.english import ordinal
from pipeline.text.numbers.digits import fold

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DATE = re.compile(
    rf"\b(?P<month>{_MONTHS})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?P<year>,? (?:19|20)\d\d\b)?"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTHS})\b(?P<year2>,? (?:19|20)\d\d\b)?"
)
# How a language writes a day, with its month where it gives one, and words that may stand for a year.
_FORMS = {
    "zh": (r"(月)?\s?(\d{1,2})[日號号]", r"年|今|去|明|昨"),
    "ja": (r"(月)?\s?(\d{1,2})日", r"年|今|去|昨|翌"),
    "ko": (r"(월)?\s?(\d{1,2})일", r"년|올해|지난해|작년|내년"),
    "vi": (r"(?:ngày|hôm|sáng|chiều|tối)\s\(?(\d{1,2})()(?=[/-]\d{1,2}(?![\d/-])| tháng)", r"\bnăm\b"),
}


def repair_dates(english: str, source: str, language: str) -> str:
    """`english` without the years, and for a day alone without the months, that a Chinese, Japanese, Korean or
    Vietnamese source sentence leaves out.

    Only where the source cannot mean one: a sentence that says a year, or "last year", keeps what the model made of it.
    Never raises.
    """
    code = {"yue": "zh"}.get(base(language), base(language))
    if code not in _FORMS:
        return english
    form, year_words = _FORMS[code]
    text = fold(source)
    days = re.findall(form, text)
    if not days:
        return english
    may_have_year = re.search(rf"{year_words}|(?<!\d)(?:19|20)\d\d(?!\d)", text) is not None
    alone = {int(day) for month, day in days if day and not month} if code != "vi" else set()
    dated = {int(day) for month, day in days if day and month}

    def mended(match: re.Match[str]) -> str:
        day = int(match["day"] or match["day2"])
        year = match["year"] or match["year2"]
        whole = match[0] if not year or may_have_year else match[0].removesuffix(year)
        return f"the {ordinal(day)}" if day in alone - dated else whole

    return _DATE.sub(mended, english)
