"""The tables of `worldbrief models list`: what models there are, and which of them serve a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.models.entry import Entry
from pipeline.models.manifest import InstalledModel
from pipeline.models.registry import Registry
from pipeline.models.routing import Candidate

# Columns of a terminal in which a table fits with one line a row.
_WIDE = 110


def is_narrow(console: Console) -> bool:
    """Whether cells had better take two lines."""
    return console.is_terminal and console.width < _WIDE


def models_table(
    registry: Registry, installed: Mapping[str, InstalledModel], problems: Mapping[str, str], *, narrow: bool
) -> Table:
    """A row for each entry of the registry and each installed member of a family, then the models it does not know.

    BLEU is into English.
    """
    table = _wrapping("model", "reads", "here", "BLEU", "sent/s", "licence", "size")
    gap = "\n" if narrow else " "
    own, shown = {entry.name for entry in registry.model}, set()
    for entry in registry.model:
        members = [
            found
            for name in installed
            if name not in own and (found := registry.find(name)) is not None and entry.covers(found)
        ]
        for row in dict.fromkeys([entry.name, *(member.name for member in members)]):
            found = entry if row == entry.name else registry.named(row)
            shown.add(row)
            here = str(len(members)) if entry.is_family and row == entry.name else _here(row, problems)
            speed = f"{found.speed:g}" if found.speed else ""
            licence = _licence(found.licence, found.commercial, gap)
            _add(table, row, _few(found), here, _scores(found, gap), speed, licence, _size(found.size))
    for model in installed.values():
        if model.name not in shown:
            licence = _licence(model.licence, model.commercial, gap)
            _add(
                table,
                model.name,
                " ".join(model.languages),
                "yes",
                "not listed",
                "",
                licence,
                _size(model.size),
            )
    return table


def candidates_table(
    language: str, candidates: Sequence[Candidate], installed: Mapping[str, InstalledModel], *, narrow: bool
) -> Table:
    """The models for one language in the order of routing, and what a run does about each now."""
    gap = "\n" if narrow else " "
    table = _wrapping("model", "BLEU", "sent/s", "licence", "size", "now")
    for candidate in candidates:
        entries = candidate.choice.entries
        score, known = entries[0].score(language) if len(entries) == 1 else (0.0, "assumed")
        bleu = f"{score:.1f}{gap}{known}" if known != "assumed" else "not known"
        speed = min((entry.speed for entry in entries if entry.speed), default=None)
        licences = dict.fromkeys(_licence(entry.licence, entry.commercial, gap) for entry in entries)
        size = _size(sum(installed[e.name].size if e.name in installed else e.size for e in entries))
        name = f" then{gap}".join(candidate.choice.names)
        _add(table, name, bleu, f"{speed:g}" if speed else "", gap.join(licences), size, candidate.remark)
    return table


def _few(entry: Entry) -> str:
    """The languages of an entry in a few letters."""
    if "*" in entry.languages:
        return "any"
    return " ".join(entry.languages) if len(entry.languages) <= 2 else str(len(entry.languages))


def _here(name: str, problems: Mapping[str, str]) -> str:
    return ("yes" if name in problems else "no") if not problems.get(name) else "damaged"


def _licence(licence: str, commercial: bool, gap: str) -> str:
    return licence if commercial else f"{licence}{gap}non-commercial"


def _scores(entry: Entry, gap: str) -> str:
    if entry.task != "translate":
        words = {
            "embed": "sentence vectors",
            "entities": "English names",
            "adequacy": "sentence pairs",
            "dictionary": "words",
        }
        return words[entry.task].replace(" ", gap)
    codes = [code for code in entry.languages if code != "*"] if len(entry.languages) == 1 else []
    known = [entry.score(code) for code in codes or {**entry.published, **entry.measured}]
    known = [(score, how) for score, how in known if how != "assumed"]
    if not known:
        return "not known" if entry.target == "en" else f"into {entry.target}"
    low, high = min(known)[0], max(known)[0]
    figures = f"{low:.1f}" if low == high else f"{low:.1f}-{high:.1f}"
    return f"{figures}{gap}{' or '.join(sorted({how for _, how in known}, reverse=True))}"


def _size(count: int) -> str:
    """In five or six letters."""
    if count < 1e9:
        return f"{count / 1e6:.0f} MB"
    return f"{count / 1e9:.{1 if count < 1e10 else 0}f} GB"


def _wrapping(*columns: str) -> Table:
    """A table whose last column goes on in the next line where the terminal is narrow."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column != "now")
    return table


def _add(table: Table, *cells: str) -> None:
    """Add a row of plain text: a name with brackets in it is no markup."""
    table.add_row(*map(Text, cells))
