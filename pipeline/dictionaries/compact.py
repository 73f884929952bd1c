"""The one file a language: what is read from it and how it is written.

Lines of UTF-8, xz-compressed; the first says what it is, those with `#` are for people. Then, sorted:

    key TAB frequency TAB part TAB part ...     a word, name or expression
    form TAB =lemma|lemma                       a form and the keys it can be of
    -ending TAB =lemma|lemma                    what other forms with this ending are of, the likeliest first

A part is a code, `:` and senses with `|` between them, synonyms of a sense with `;`; a sense that begins with `=` is a
definition. The frequency is Zipf's times ten (a word in a million is 30), 0 where it is not in the list of the
language, empty where the language has no list. A lemma is written as the letters to cut from the end of the form, and
the letters to add (`2en`), or as `~` and the whole; `^` before it means that the lemma has a capital and the form has
not.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

from pipeline.errors import BackendError

FIRST_LINE: Final = "worldbrief dictionary 1"
SUFFIX: Final = ".dict.xz"
_LARGEST = 200_000_000
"""Bytes that a file may unpack to; more is no dictionary."""

CONTENT, NAMES, FUNCTION = "nvarxw", "NPHO", "f"
"""Codes of parts: noun, verb, adjective, adverb, expression, word of no known class; name, place, person, organisation;
function word."""


@dataclass(frozen=True, slots=True)
class Part:
    """The senses that a word has as one part of speech."""

    code: str
    senses: tuple[tuple[str, ...], ...]
    definitions: tuple[str, ...] = ()


@dataclass(slots=True)
class Tables:
    """A dictionary file, lines unread until they are asked for."""

    entries: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    has_frequencies: bool = False
    digest: str = ""
    """sha256 of the file, in hex; of several that were merged, joined with `+`."""

    def merge(self, other: Tables) -> None:
        """Add what another file has; what is here stays."""
        for mine, others in ((self.entries, other.entries), (self.forms, other.forms), (self.endings, other.endings)):
            for key, value in others.items():
                mine.setdefault(key, value)
        self.has_frequencies |= other.has_frequencies
        self.digest = "+".join(filter(None, (self.digest, other.digest)))


def read(path: Path) -> Tables:
    """Read a file; lines that cannot be read are passed over.

    Raises:
        BackendError: it is no dictionary file, or damaged.
    """
    try:
        packed = path.read_bytes()
        with lzma.open(BytesIO(packed)) as stream:
            data = stream.read(_LARGEST + 1)
        text = data.decode("utf-8")
    except (OSError, lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise BackendError(f"{path.name}: {error}") from error
    first, _, rest = text.partition("\n")
    if first != FIRST_LINE or len(data) > _LARGEST:
        raise BackendError(f"{path.name} is no dictionary of this version of worldbrief")
    tables = Tables(digest=hashlib.sha256(packed).hexdigest())
    entries, forms, endings = tables.entries, tables.forms, tables.endings
    for line in rest.split("\n"):
        key, tab, value = line.partition("\t")
        if not tab or not key or key[0] == "#":
            continue
        if value[:1] != "=":
            entries[key] = value
        elif key[0] == "-":
            endings[key[1:]] = value[1:]
        else:
            forms[key] = value[1:]
    tables.has_frequencies = any(value[:1].isdigit() for value in entries.values())
    return tables


def write(path: Path, tables: Tables, notes: Iterable[str] = ()) -> None:
    """Write a file, the same bytes for the same tables.

    Args:
        notes: sources and licences, for people who open it.
    """
    lines = [FIRST_LINE, *(f"# {note}" for note in notes)]
    lines += [f"{key}\t{value}" for key, value in sorted(tables.entries.items())]
    lines += [f"{key}\t={value}" for key, value in sorted(tables.forms.items())]
    lines += [f"-{key}\t={value}" for key, value in sorted(tables.endings.items())]
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
    path.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), check=lzma.CHECK_CRC32, filters=filters))


def parse(value: str) -> tuple[float | None, tuple[Part, ...]]:
    """Frequency (Zipf) and parts of an entry; parts that cannot be read are passed over."""
    number, *columns = value.split("\t")
    parts = []
    for column in columns:
        code, colon, senses = column.partition(":")
        if not colon or len(code) != 1 or code not in CONTENT + NAMES + FUNCTION:
            continue
        listed = [sense for sense in senses.split("|") if sense]
        short = tuple(tuple(filter(None, sense.split(";"))) for sense in listed if sense[0] != "=")
        parts.append(Part(code, tuple(filter(None, short)), tuple(sense[1:] for sense in listed if sense[0] == "=")))
    return (int(number) / 10 if number.isdecimal() else None), tuple(parts)


def entry(frequency: float | None, parts: Mapping[str, Iterable[str]]) -> str:
    """The value of an entry.

    Args:
        parts: senses by code, as the file writes them.
    """
    number = "" if frequency is None else str(max(0, round(frequency * 10)))
    return "\t".join((number, *(f"{code}:{'|'.join(senses)}" for code, senses in parts.items())))


def rule(form: str, lemma: str) -> str:
    """A lemma as it is written with a form."""
    if form[:1].islower() and lemma[:1].isupper() and len(lemma[0].lower()) == 1:
        return "^" + rule(form, lemma[0].lower() + lemma[1:])
    common = 0
    for one, other in zip(form, lemma, strict=False):
        if one != other:
            break
        common += 1
    # Digits that begin what is added would be read as what is cut.
    if common and not lemma[common : common + 1].isdigit():
        return f"{len(form) - common}{lemma[common:]}"
    return f"~{lemma}"


def apply(rule_: str, form: str) -> str:
    """The lemma that a rule makes of a form; nothing where it does not fit."""
    if rule_[:1] == "^":
        made = apply(rule_[1:], form)
        return made[:1].upper() + made[1:]
    if rule_[:1] == "~":
        return rule_[1:]
    added = rule_.lstrip("0123456789")
    digits = rule_[: len(rule_) - len(added)]
    cut = int(digits) if digits and len(digits) < 3 else 0
    return form[: len(form) - cut] + added if digits and cut < len(form) else ""
