"""digest.csv: one row an article, for spreadsheets.

RFC 4180 with a byte-order mark, without which Excel takes UTF-8 for another encoding. A spreadsheet evaluates a cell
that begins like a formula, quoted or not (https://owasp.org/www-community/attacks/CSV_Injection), so such a cell begins
with an apostrophe here. Where the country writes lists with semicolons, a spreadsheet begins a cell at each of those,
so what follows one inside a text is treated alike.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue, Section
from pipeline.issue.item import Item
from pipeline.issue.wording import caution, disclosure, with_news

COLUMNS = (
    "issue", "date", "section", "id", "told", "headline", "original_headline", "language", "outlet", "published", "url",
    "summary", "one_line", "topics", "people", "organisations", "places", "is_update", "caution", "disclosure",
    "reason", "model", "sentences", "doubtful", "edited", "note",
)  # fmt: skip
# The full-width signs count in East Asian versions.
_FORMULA = re.compile(r"(?:^|(?<=;))(?=[\s\"']*[=+\-@＝＋－＠]|[\t\r])")
_FORMULA_IN_ADDRESS = re.compile(r"(?<=;)[=+\-@]")


def render(issue: Issue, channels: Channels) -> str:
    """The issue as a table with the columns `COLUMNS`; several words in one cell stand between semicolons."""
    file = io.StringIO()
    file.write("\ufeff")
    table = csv.DictWriter(file, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writeheader()
    for section in issue.sections:
        table.writerows(_row(issue, section, item) for item in section.items)
    return file.getvalue()


def _row(issue: Issue, section: Section, item: Item) -> dict[str, str | int]:
    texts = {
        "issue": issue.id,
        "date": issue.date,
        "section": section.title,
        "id": item.id,
        "told": _yes(item.told),
        "headline": item.headline,
        "original_headline": item.original_headline,
        "language": item.language,
        "outlet": item.outlet,
        "published": item.published,
        "summary": with_news(item),
        "one_line": item.one_line,
        "topics": _several(topic.label for topic in item.topics),
        "people": _several(name.text for name in item.entities if name.type == "person"),
        "organisations": _several(name.text for name in item.entities if name.type == "organisation"),
        "places": _several(name.text for name in item.entities if name.type == "place"),
        "is_update": _yes(item.is_update),
        "caution": caution(item),
        "disclosure": disclosure(item),
        "reason": item.reason,
        "model": item.model,
        "edited": _several(item.edited),
        "note": item.note,
    }
    return {
        **{column: defused(text) for column, text in texts.items()},
        # An apostrophe would be part of the address; percent-encoding it keeps.
        "url": _FORMULA_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", item.url),
        "sentences": item.sentences,
        "doubtful": item.doubtful,
    }


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet evaluates."""
    return _FORMULA.sub("'", text)


def _several(words: Iterable[str]) -> str:
    return "; ".join(words)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
