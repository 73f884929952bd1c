"""The user's glossaries: CSV tables and TBX files (ISO 30042), read and checked before anything runs.

Where two files know a word the later one decides; within a file the line for the narrower language (zh-Hant before zh
before any), then the one that minds the case.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pipeline.errors import ConfigError
from pipeline.language.codes import UNKNOWN, normalise
from pipeline.text.names.kinds import kind_of
from pipeline.text.names.term_index import Entry, Kind, TermIndex, lowered

_COLUMNS = ("source", "english", "language", "kind", "case", "do_not_translate")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_YES, _NO = frozenset(("true", "yes", "1", "x")), frozenset(("", "false", "no", "0"))
# So many broken lines a message lists: the rest is likely the same mistake.
_SHOWN = 5
_LARGEST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One word of one glossary; `language` is "" for any, a bare "zh" for both scripts."""

    entry: Entry
    language: str
    place: str
    """File and line, for messages."""

    def serves(self, language: str) -> bool:
        return self.language in ("", language) or language.startswith(f"{self.language}-")


class Glossaries:
    """The words of all files, in the order in which they decide.

    Args:
        paths: CSV and TBX files.
        given: words that go before those of the files; of two the later decides.

    Raises:
        ConfigError: a file is missing, unreadable or malformed; lines are broken or give one word two senses. The
            message names files and lines.
    """

    def __init__(self, paths: Sequence[Path], given: Sequence[Line] = ()) -> None:
        # Stable: of two for one language the later one stays before the earlier.
        self._lines = list(reversed(given))
        self._lines.sort(key=lambda line: -len(line.language))
        self._indexes: dict[str, TermIndex] = {}
        for path in reversed(paths):
            lines = read(path)
            _refuse_two_senses(lines)
            self._lines += sorted(lines, key=lambda line: (-len(line.language), not line.entry.case_sensitive))

    def __len__(self) -> int:
        return len(self._lines)

    def index(self, language: str) -> TermIndex:
        """The words to look for in texts of a language."""
        if language not in self._indexes:
            entries = (line.entry for line in self._lines if line.serves(language))
            self._indexes[language] = TermIndex(entries, "glossary")
        return self._indexes[language]


def given(names: Iterable[tuple[str, str, str]], place: str) -> list[Line]:
    """Names as (language code, source, English) that stand in no glossary; what they name is told by their English.

    Raises:
        ConfigError: one is no word.
    """
    broken: list[str] = []
    lines = [
        _line(f"{place}: name.{number}", source, english, language, kind_of(english), "", "", broken)
        for number, (language, source, english) in enumerate(names)
    ]
    if broken:
        raise ConfigError("\n".join(broken))
    return [line for line in lines if line is not None]


def read(path: Path) -> list[Line]:
    """The lines of one file; `.tbx` and `.xml` are TBX, all else is CSV.

    Raises:
        ConfigError: see `Glossaries`.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ConfigError(f"{path}: is larger than {_LARGEST_BYTES // 1_000_000} MB: no glossary")
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: the glossary cannot be read: {error.strerror}") from None
    broken: list[str] = []
    reader = _tbx if path.suffix.lower() in (".tbx", ".xml") else _csv
    lines = list(reader(data, path, broken))
    if broken:
        more = f"\n… and {len(broken) - _SHOWN} more" if len(broken) > _SHOWN else ""
        raise ConfigError("\n".join(broken[:_SHOWN]) + more)
    return lines


def _refuse_two_senses(lines: Sequence[Line]) -> None:
    first: dict[tuple[str, str], Line] = {}
    clashes: list[str] = []
    for line in lines:
        entry = line.entry
        key = (line.language, entry.source if entry.case_sensitive else f"\0{lowered(entry.source)}")
        other = first.setdefault(key, line)
        if (other.entry.english, other.entry.verbatim) != (entry.english, entry.verbatim):
            clashes.append(
                f"{line.place}: “{entry.source}” is “{entry.english or entry.source}” here and"
                f" “{other.entry.english or other.entry.source}” in {other.place}; keep one, or tell them apart by"
                " language or case"
            )
    if clashes:
        more = f"\n… and {len(clashes) - _SHOWN} more" if len(clashes) > _SHOWN else ""
        raise ConfigError("\n".join(clashes[:_SHOWN]) + more)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _minds_case(source: str) -> bool:
    """A word with a capital after its first letter (NATO, iPhone) or a lone capital letter is meant as it is written.

    One with only its first letter in capitals is not: it may begin a sentence, or be German.
    """
    return any(character.isupper() for character in source[1:]) or (len(source) == 1 and source.isupper())


def _line(
    place: str, source: str, english: str, language: str, kind: str, case: str, keep: str, broken: list[str]
) -> Line | None:
    """The line that the fields make; what is wrong with them goes to `broken`."""
    source, english = _clean(source), _clean(english)
    problem = ""
    code = _language(language)
    if not source:
        problem = "the source is empty"
    elif not any(character.isalnum() for character in source):
        problem = f"“{source}” has no letter or digit"
    elif code is None:
        problem = f"“{language}” is no language code known here"
    elif kind and kind not in _KINDS:
        problem = f"kind is “{kind}”; known: {', '.join(_KINDS)}"
    elif case not in ("", "sensitive", "insensitive"):
        problem = f"case is “{case}”; known: sensitive, insensitive"
    elif keep not in _YES | _NO:
        problem = f"do_not_translate is “{keep}”; known: true, false"
    elif keep not in _YES and not english:
        problem = f"“{source}” has no English"
    elif keep in _YES and english not in ("", source):
        problem = f"“{source}” is not to be translated, but has the English “{english}”"
    if problem or code is None:
        broken.append(f"{place}: {problem}")
        return None
    verbatim = keep in _YES
    sensitive = case == "sensitive" or (not case and _minds_case(source))
    chosen: Kind = next((known for known in _KINDS if known == kind), "term")
    return Line(Entry(source, "" if verbatim else english, chosen, sensitive, verbatim), code, place)


def _language(code: str) -> str | None:
    """The inside form of a BCP 47 code, "" for any; None for what is none."""
    code = code.strip()
    if code in ("", "*", "mul"):
        return ""
    if code.lower() == "zh":
        return "zh"
    known = normalise(code)
    return None if known == UNKNOWN else known


def _csv(data: bytes, path: Path, broken: list[str]) -> Iterator[Line]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{number}: is not UTF-8 text; save the glossary as UTF-8") from None
    if "\0" in text:
        raise ConfigError(f"{path}: is no CSV table: it has zero bytes")
    header_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower().replace(" ", "_").replace("-", "_") for name in next(reader, [])]
        unknown = [name for name in header if name not in _COLUMNS]
        if "source" not in header or unknown or len(set(header)) < len(header):
            wrong = f"has {', '.join(map(repr, unknown))}" if unknown else "is not that"
            raise ConfigError(f"{path}:1: the first line must name the columns ({', '.join(_COLUMNS)}), but {wrong}")
        end = reader.line_num
        for row in reader:
            begin, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            place = f"{path}:{begin}"
            if len(row) != len(header):
                broken.append(
                    f"{place}: has {len(row)} columns, the header {len(header)}; quote cells with {delimiter!r}"
                )
                continue
            cells = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
            line = _line(
                place,
                cells["source"],
                cells.get("english", ""),
                cells.get("language", ""),
                cells.get("kind", "").lower(),
                cells.get("case", "").lower(),
                cells.get("do_not_translate", "").lower(),
                broken,
            )
            if line is not None:
                yield line
    except csv.Error as error:
        raise ConfigError(f"{path}:{reader.line_num}: is no CSV: {error}") from None


# Subject fields and part-of-speech notes say nothing of our kinds, so the kind is the `entityType` some tools write.
_TBX_ENTRY = ("termEntry", "conceptEntry")
_TBX_LANGUAGE = ("langSet", "langSec")
_TBX_GROUP = ("tig", "ntig", "termSec")
_NOT_WANTED = re.compile(r"deprecated|superseded|notRecommended|obsolete|forbidden", re.IGNORECASE)


def _tbx(data: bytes, path: Path, broken: list[str]) -> Iterator[Line]:
    """Terms of each concept in any language with its first English one; the dialects of 2008 (martif) and 2019 (tbx).

    Deprecated terms are still looked for in the source, but are never the English one. A concept without English is
    left out: a termbase is no translation table.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        number = getattr(error, "lineno", None) or 1
        raise ConfigError(f"{path}:{number}: is no well-formed XML: {error}") from None
    if etree.QName(root).localname not in ("martif", "tbx"):
        raise ConfigError(f"{path}: is no TBX file: its root is <{etree.QName(root).localname}>")
    for concept in _named(root, _TBX_ENTRY):
        by_language: list[tuple[str, list[tuple[str, bool, int]]]] = []
        for section in _named(concept, _TBX_LANGUAGE):
            code = section.get("{http://www.w3.org/XML/1998/namespace}lang", "")
            groups = list(_named(section, _TBX_GROUP))
            terms = [term for group in groups for term in [_tbx_term(group)] if term[0]]
            by_language.append((code, terms))
        english = [
            text
            for code, terms in by_language
            if code.lower().split("-")[0] == "en"
            for text, bad, _ in terms
            if not bad
        ]
        if not english:
            continue
        for code, terms in by_language:
            if code.lower().split("-")[0] == "en":
                continue
            for text, _, number in terms:
                line = _line(f"{path}:{number}", text, english[0], code, _tbx_kind(concept), "", "", broken)
                if line is not None:
                    yield line


def _named(node: Any, names: Sequence[str]) -> Iterator[Any]:
    for name in names:
        yield from node.iter(f"{{*}}{name}")


def _tbx_term(group: Any) -> tuple[str, bool, int]:
    """(term, whether it is deprecated, line) of a term section."""
    term = next(iter(_named(group, ("term",))), None)
    if term is None:
        return "", False, 0
    notes = " ".join(
        "".join(note.itertext())
        for note in group.iter()
        if isinstance(note.tag, str)
        and (note.get("type") == "administrativeStatus" or note.tag.rpartition("}")[2] == "administrativeStatus")
    )
    return _clean("".join(term.itertext())), bool(_NOT_WANTED.search(notes)), int(term.sourceline or 0)


def _tbx_kind(concept: Any) -> str:
    for note in concept.iter():
        if isinstance(note.tag, str) and note.get("type") == "entityType" and note.text:
            kind = note.text.strip().lower()
            return kind if kind in _KINDS else ""
    return ""
