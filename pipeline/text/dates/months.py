"""Names of months in languages that spell them; others number them (8月, 8월, tháng 8)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline.language.facts import facts


def written(language: str, year: int, month: int, day: int) -> str | None:
    """The date in words of `language` ("20 febbraio 2023"), None where we do not know how it is written."""
    form = facts(language).dates.written
    if not form:
        return None
    names = [*facts(language).months.names.values()]
    name = names[month - 1][0] if names else ""
    return form.format(day=day, month=name, number=month, year=year)


@cache
def pattern(language: str) -> re.Pattern[str] | None:
    """Matches a month's name in `language`; the group number is the month."""
    months = facts(language).months
    if not months.names:
        return None
    groups = []
    for listed in months.names.values():
        forms = {*listed, *(unicodedata.normalize(form, each) for each in listed for form in ("NFC", "NFD"))}
        forms |= {each.replace("\u09af\u09bc", "\u09df") for each in forms}  # Bengali y, which NFC takes apart
        groups.append(f"({'|'.join(re.escape(each) for each in sorted(forms, reverse=True))})")
    edge = "" if months.after_letters else r"(?<![^\W\d_])"
    return re.compile(edge + "(?:" + "|".join(groups) + ")", re.IGNORECASE)
