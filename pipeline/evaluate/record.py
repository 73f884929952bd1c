"""Keeps measured scores: in the registry, whose comments and order stay as they are, and in the README beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.evaluate.measure import Measured
from pipeline.files import write_atomically
from pipeline.language.codes import english_name
from pipeline.models import registry
from pipeline.models.entry import Measurement
from pipeline.models.registry import Registry

if TYPE_CHECKING:
    from tomlkit.items import Table

_BLOCK = re.compile(
    r"(<!-- measured: written by worldbrief evaluate models --write -->\n)(.*?)(<!-- /measured -->)", re.DOTALL
)


def write(found: Sequence[Measured], registry_file: Path, readme: Path) -> None:
    """Put scores into the registry, and all that it now has into the README.

    A speed that was not measured this time stays, if the model is the same.

    Raises:
        ConfigError: a file cannot be read or written, or the README has no place for the table.
    """
    try:
        text = readme.read_text(encoding="utf-8")
        entries = registry_file.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{error.filename}: cannot be read: {error.strerror}; --write needs a checkout") from None
    if _BLOCK.search(text) is None:
        raise ConfigError(f"{readme}: has no place for the measured scores: <!-- measured: … --> … <!-- /measured -->")
    entries = updated(entries, found)
    table = registry_table(registry.parse(entries))
    text = _BLOCK.sub(lambda match: match[1] + table + match[3], text)
    try:
        write_atomically(registry_file, [entries.encode()])
        write_atomically(readme, [text.encode()])
    except OSError as error:
        raise ConfigError(f"{error.filename}: cannot be written: {error.strerror}") from None


def updated(text: str, found: Iterable[Measured]) -> str:
    """The text of a registry with scores put in, everything else unchanged.

    Raises:
        ConfigError: a model is not in it.
    """
    import tomlkit

    known = registry.parse(text)
    document = tomlkit.parse(text)
    for measured in found:
        index = _place(known, measured.name)
        table: Table = document["model"][index]
        _put(table, measured, known.model[index].measured_with)
        known = registry.parse(tomlkit.dumps(document))
    return tomlkit.dumps(document)


def registry_table(known: Registry) -> str:
    """The Markdown table of all scores of which the registry knows how they were measured."""
    rows = ["| from | model | BLEU | chrF | sentences a second | measured on |", "|---|---|---|---|---|---|"]
    for entry in known.model:
        for one in sorted(entry.measured_with, key=lambda one: english_name(one.language)):
            speed = "" if one.speed is None else f"{one.speed:.2f} on {one.cores} cores"
            name = one.model.partition("@")[0]
            sample = f"{one.sentences} sentences of {one.sample}, worldbrief {one.version}"
            cells = (english_name(one.language), f"`{name}`", f"{entry.measured[one.language]:.1f}", f"{one.chrf:.1f}")
            rows.append(f"| {' | '.join((*cells, speed, sample))} |")
    return "\n".join((*rows, ""))


def _place(known: Registry, name: str) -> int:
    """Where a model stands in the registry: its own entry, or that of its family."""
    names = [entry.name for entry in known.model]
    if name in names:
        return names.index(name)
    for index, entry in enumerate(known.model):
        before, placeholder, after = entry.name.partition("{language}")
        if placeholder and name.startswith(before) and name.endswith(after):
            return index
    raise ConfigError(f"registry.toml has no model {name}")


def _put(table: Table, measured: Measured, earlier: Sequence[Measurement]) -> None:
    import tomlkit
    from tomlkit.items import InlineTable

    known_scores = table.get("measured")
    if known_scores is None or isinstance(known_scores, InlineTable):
        # Written anew as a whole: an added key would stand without its blanks.
        scores = {**(known_scores or {}), measured.language: measured.bleu}
        table["measured"] = tomlkit.value(_inline(scores))
    else:
        known_scores[measured.language] = measured.bleu
    before = {one.language: one for one in earlier}
    known = before.get(measured.language)
    speed, cores = measured.speed, measured.cores
    if speed is None and known is not None and known.model == measured.identity:
        speed, cores = known.speed, known.cores
    before[measured.language] = Measurement(
        language=measured.language,
        chrf=measured.chrf,
        speed=speed,
        cores=cores,
        sentences=measured.sentences,
        sample=measured.sample,
        model=measured.identity,
        version=measured.version,
    )
    speeds = [one.speed for one in before.values() if one.speed is not None]
    if speeds:
        table["speed"] = round(median(speeds), 2)
    # A line for each language, as nobody could read a single one.
    lines = [f"  {_inline(before[language].model_dump(exclude_none=True))},\n" for language in sorted(before)]
    table["measured_with"] = tomlkit.value(f"[\n{''.join(lines)}]")


def _inline(values: Mapping[str, object]) -> str:
    """A TOML table on one line."""
    import tomlkit

    return "{ " + ", ".join(f"{key} = {tomlkit.item(value).as_string()}" for key, value in values.items()) + " }"
