"""How the command line shows what a run would do."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from pipeline.cli.display import add_row, plain_table
from pipeline.executor.origins import Kind
from pipeline.forecast.forecast import Forecast
from pipeline.language.codes import english_name

_WORDS: dict[Kind, str] = {
    "new": "not done before",
    "text": "another text",
    "model": "another model",
    "option": "another setting",
    "version": "another version of the stage",
    "names": "other names or corrections",
    "refused": "was refused the last time",
    "failed": "failed the last time",
    "lost": "is not in the cache any more",
    "forced": "asked for by --force",
}
_FATES = ("hit", "miss", "stale", "follows", "skipped", "refused", "failed")
# Of a name in a list of reasons, so that a row stays a line.
_MOST_NAMES = 4


def stages_table(forecast: Forecast) -> Table:
    """Articles by what becomes of them, a row a stage."""
    table = plain_table("stage", *_FATES)
    for name in forecast.names:
        total = forecast.total(name)
        add_row(table, name, *(str(getattr(total, fate)) for fate in _FATES))
    return table


def languages_table(forecast: Forecast) -> Table:
    """The translation, a row for each language and model: articles, and sentences that are not in the memory."""
    table = plain_table("language", "hit", "miss", "stale", "refused", "failed", "sentences", "model")
    for row in forecast.stages:
        if row.stage != "translate" or row.language in ("", "en"):
            continue
        counts = (row.hit, row.miss, row.stale, row.refused, row.failed)
        models = [part for part in forecast.sentences if part.language == row.language]
        first = (str(models[0].number), _short(models[0].model)) if models else ("0", "")
        add_row(table, english_name(row.language), *map(str, counts), *first)
        for part in models[1:]:
            add_row(table, *[""] * 6, str(part.number), _short(part.model))
    return table


def reasons_table(forecast: Forecast) -> Table:
    """Why articles are worked on, a row for each stage and reason."""
    table = plain_table("stage", "articles", "fate", "why")
    order = forecast.names
    for (stage, fate, reason), number in sorted(
        forecast.why.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1], -pair[1], pair[0][2].kind)
    ):
        named = ", ".join(reason.names[:_MOST_NAMES]) + (", ..." if len(reason.names) > _MOST_NAMES else "")
        add_row(table, stage, str(number), fate, f"{_WORDS[reason.kind]}{f': {named}' if named else ''}")
    return table


def lines(forecast: Forecast) -> Iterator[str]:
    """The rest, a line each."""
    found = forecast.total("ingest")
    yield f"{_counted(forecast.articles, 'article')} found" + "".join(
        f", {number} {what}"
        for number, what in (
            (forecast.known, "in earlier issues"),
            (forecast.left_out, "not asked for"),
            (forecast.older, "too old"),
            (forecast.passed, "for no digest"),
            (forecast.duplicates, "there twice"),
            (found.refused + found.failed, "cannot be read"),
        )
        if number
    )
    if forecast.feeds_not_asked:
        yield f"{_counted(forecast.feeds_not_asked, 'feed')} not asked: what they have new by now comes on top"
    sentences = sum(part.number for part in forecast.sentences)
    # What goes with other work is not worth a word.
    unknown = [
        f"not measured here: sentences by {_short(of)}" if kind == "sentence" else f"not measured here: the {of} stage"
        for kind, _, of in (name.partition("/") for name in forecast.unmeasured)
        if of and kind in ("sentence", "work")
    ]
    took = f"about {_duration(forecast.seconds)}"
    if unknown:
        took = (
            f"{took} and what was never measured here" if forecast.seconds >= 1 else "time unknown: not measured here"
        )
    again = f", {forecast.remembered} to be judged again" if forecast.remembered else ""
    yield f"{_counted(sentences, 'sentence')} to translate{again}; {took}"
    yield from unknown


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _short(identity: str) -> str:
    """A model by its name, without its hash."""
    return "+".join(part.partition("@")[0] for part in identity.split("+"))
