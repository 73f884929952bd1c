"""Dictionaries as others publish them, made into the one compact file: CC-CEDICT, JMdict and JMnedict.

Called when a dictionary is installed; what is read is data, nothing of it is run.
"""

from __future__ import annotations

import gzip
import lzma
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.dictionaries import compact
from pipeline.dictionaries.glosses import SENSES, FormOf, gloss, name_kind
from pipeline.dictionaries.normal import plain
from pipeline.errors import BackendError

_LONGEST_KEY: Final = 16
_Parts = dict[str, list[str]]

_CEDICT: Final = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*")
_REMARK: Final = re.compile(
    r"(?:CL:|also pr\.|Taiwan pr\.|see also|see |also written|used in|erhua |abbr\. to |classifier |\(?Kangxi|"
    r"radical |component |particle |.*\bparticle\b|bound form|plural marker)"
)
_CHINESE: Final = re.compile(r"[^\x00-\u02ff\u2000-\u206f]+(?:\|?[^\x00-\u02ff\u2000-\u206f])*(?:\[[^]]*\])?")
_ABBREVIATION: Final = re.compile(r"^abbr\. for [^\x00-\x7f|\[]*(?:\|[^\x00-\x7f\[]*)?(?:\[[^\]]*\])?,? ?")


def convert(files: Path, folder: Path, language: str, frequencies: Path | None = None) -> None:
    """Make `LANGUAGE.dict.xz` in a folder of what an installed source holds.

    Args:
        files: folder with CC-CEDICT (`*.txt.gz`, for `zh`) or the data base of jamdict (`*.db.xz`, for `ja`).
        frequencies: file that `read_frequencies` reads.

    Raises:
        BackendError: it is no such source.
    """
    known = read_frequencies(frequencies) if frequencies else {}
    try:
        if language == "zh":
            (path,) = files.rglob("*.txt.gz")
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                tables = cedict(lines, known)
            notes: tuple[str, ...] = (
                "CC-CEDICT, https://cc-cedict.org, CC BY-SA 4.0, shortened. Frequencies: wordfreq, CC BY-SA 4.0.",
            )
        elif language == "ja":
            (path,) = files.rglob("*.db.xz")
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                base = Path(scratch) / "jamdict.db"
                with lzma.open(path) as packed, base.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, 1 << 20)
                tables = jamdict(base, known)
            notes = (
                "JMdict and JMnedict of the Electronic Dictionary Research and Development Group,",
                "https://www.edrdg.org, CC BY-SA 3.0, shortened. Frequencies: wordfreq, CC BY-SA 4.0.",
            )
        else:
            raise ValueError(f"no source is known for {language}")
    except (OSError, ValueError, EOFError, lzma.LZMAError, sqlite3.Error) as error:
        raise BackendError(f"dictionary of {language}: {error}") from error
    if not tables.entries:
        raise BackendError(f"dictionary of {language}: the source has no entry")
    compact.write(folder / f"{language}{compact.SUFFIX}", tables, notes)


def read_frequencies(path: Path) -> dict[str, int]:
    """Zipf's times ten by word, from lines `number TAB words with blanks between`; other lines are passed over.

    Raises:
        BackendError: it is damaged.
    """
    found: dict[str, int] = {}
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number, _, words = line.rstrip("\n").partition("\t")
                if number.isdecimal():
                    found.update(dict.fromkeys(words.split(" "), int(number)))
    except (OSError, lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise BackendError(f"{path.name}: {error}") from error
    return found


def cedict(lines: Iterable[str], frequencies: dict[str, int]) -> compact.Tables:
    """CC-CEDICT, by both spellings."""
    entries: dict[str, _Parts] = {}
    for line in lines:
        found = _CEDICT.fullmatch(line)
        if line[:1] == "#" or not found:
            continue
        traditional, simplified, pinyin, senses = found.groups()
        is_name = pinyin[:1].isupper()
        for key in dict.fromkeys((plain(simplified), plain(traditional))):
            if len(key) <= _LONGEST_KEY and any(letter >= "\u3400" for letter in key):
                _add_cedict(entries.setdefault(key, {}), senses.split("/"), is_name=is_name)
    return _finished(entries, frequencies)


def _add_cedict(parts: _Parts, senses: list[str], *, is_name: bool) -> None:
    for sense in senses:
        if _REMARK.match(sense):
            continue
        text = _CHINESE.sub("", _ABBREVIATION.sub("", sense))
        code = "N" if is_name else "v" if text.startswith("to ") else "w"
        if is_name and re.search(r"\b(?:surname|given name)\b", text):
            parts.setdefault("H", [])
            continue
        if is_name and not re.search(r"\b[A-Z]", text):
            code = "w"
        _add(parts, name_kind(text) if code == "N" else code, text)


def _add(parts: _Parts, code: str, text: str) -> None:
    found = gloss(text, is_name=code in compact.NAMES)
    if found is None or isinstance(found, FormOf):
        return
    sense = ("?" if found.is_old else "=" if found.is_definition else "") + ";".join(found.english)
    if found.is_old and found.is_definition:
        return
    if sense not in (senses := parts.setdefault(code, [])):
        senses.append(sense)


def _finished(entries: dict[str, _Parts], frequencies: dict[str, int]) -> compact.Tables:
    tables = compact.Tables()
    for key, parts in entries.items():
        chosen = shortened(dict(sorted(parts.items(), key=lambda found: found[0] in compact.NAMES)))
        if chosen:
            zipf = frequencies.get(key, 0) / 10 if frequencies else None
            tables.entries[key] = compact.entry(zipf, chosen)
    return tables


def shortened(parts: _Parts) -> _Parts | None:
    """Six senses, those in use before the old ones (`?`), a definition (`=`) only where there is nothing else."""
    has_short = any(sense.lstrip("?")[:1] != "=" for senses in parts.values() for sense in senses)
    room, chosen = SENSES, {}
    for code, senses in parts.items():
        current = [sense for sense in senses if sense[0] != "?"] or [sense[1:] for sense in senses[:1]]
        current = [sense for sense in current if not has_short or sense[0] != "="][: max(0, room)]
        if not has_short:
            current = current[:1]
        room -= len(current)
        if current or code in compact.FUNCTION + compact.NAMES:
            chosen[code] = current
    # A name or function word without gloss is worth its line where the word could be taken for another.
    return chosen if any(chosen.values()) or set(chosen) & {"f", "H"} else None


# By how the class begins, in JMdict's words; the first of a sense that is known decides.
_JMDICT_CODES: Final = (
    ("noun, used as a", ""), ("prefix", ""), ("suffix", ""), ("noun", "n"), ("expressions", "x"), ("adverb", "r"),
    ("adjectiv", "a"), ("'taru' adjective", "a"), ("archaic/formal form of na", "a"), ("particle", "f"),
    ("auxiliary", "f"), ("pronoun", "f"), ("conjunction", "f"), ("interjection", "f"), ("copula", "f"),
    ("counter", "f"), ("numeric", "f"), ("pre-noun", "f"),
)  # fmt: skip
_JMDICT_OLD: Final = frozenset(
    ("archaism", "obsolete term", "obscure term", "slang", "vulgar expression or word", "poetical term", "manga slang",
     "Internet slang", "dated term", "rare")
)  # fmt: skip
_SMALL: Final = frozenset(("of", "the", "and", "for", "in"))
_KANA_ALONE: Final = "word usually written using kana alone"
_JMNEDICT_CODES: Final = {
    "place": "P", "station": "P", "organization": "O", "company": "O", "person": "H", "work": "N", "product": "N",
    "service": "N", "event": "N",
}  # fmt: skip
_ROMAJI: Final = re.compile(
    r"(?:(?:[kgsztdnhbpmr]y?|sh|ch|ts|j|f|w|y)?[aiueoāīūēō]|n'?|(?:kk|ss|tt|pp|tch|cch|ssh)y?[aiueoāīūēō])+",
    re.IGNORECASE,
)
_HAN: Final = re.compile("[\u3005\u3040-\u309f\u3400-\u9fff]+")
_KATAKANA: Final = re.compile("[\u30a0-\u30ff]+")
_YEAR: Final = re.compile(r"\((\d{4})")
_MODERN: Final = 1868
"""Persons born before keep the family name first in English."""


def jamdict(path: Path, frequencies: dict[str, int]) -> compact.Tables:
    """JMdict, and of JMnedict places, organisations, works and persons with full name.

    Raises:
        sqlite3.Error: it is no such data base.
    """
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        entries = _jmdict(base)
        _jmnedict(base, entries, frequencies)
    finally:
        base.close()
    return _finished(entries, frequencies)


def _lists(base: sqlite3.Connection, query: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, text in base.execute(query):
        found.setdefault(number, []).append(text)
    return found


def _jmdict(base: sqlite3.Connection) -> dict[str, _Parts]:
    kanji = _lists(base, "SELECT idseq, text FROM Kanji ORDER BY ID")
    kana = _lists(base, "SELECT idseq, text FROM Kana ORDER BY ID")
    classes = _lists(base, "SELECT sid, text FROM pos")
    remarks = _lists(base, "SELECT sid, text FROM misc")
    glosses = _lists(base, "SELECT sid, text FROM SenseGloss WHERE lang = 'eng'")
    entries: dict[str, _Parts] = {}
    for sense, number in base.execute("SELECT ID, idseq FROM Sense ORDER BY ID"):
        said = set(remarks.get(sense, ()))
        written = kanji.get(number, [])
        if not written or _KANA_ALONE in said:
            written = written + kana.get(number, [])
        code = _jmdict_code(classes.get(sense, ()))
        if not code:
            continue
        text = "; ".join(glosses.get(sense, ()))
        if said & _JMDICT_OLD:
            text = f"(archaic) {text}"
        # JMdict marks few names as such: those that it writes with capitals, and kinds of places after one.
        first = re.sub(r"\([^)]*\)", "", text.partition(";")[0])
        words = first.split()
        if code == "n" and words and words[0][0].isupper() and len(words[0]) > 1:
            is_name = all(word[0].isupper() or word in _SMALL for word in words) or name_kind(first) == "P"
            code = name_kind(text).replace("H", "N") if is_name else code
        for key in written:
            if len(key) <= _LONGEST_KEY:
                if code == "f":
                    entries.setdefault(key, {}).setdefault("f", [])
                else:
                    _add(entries.setdefault(key, {}), code, text)
    return {key: parts for key, parts in entries.items() if set(parts) - {"f"}}


def _jmdict_code(classes: Iterable[str]) -> str:
    for word_class in classes:
        code = next((code for begins, code in _JMDICT_CODES if word_class.startswith(begins)), None)
        if code is None and "verb" in word_class:
            code = "v"
        if code is not None:
            return code
    return "n"


def _jmnedict(base: sqlite3.Connection, entries: dict[str, _Parts], frequencies: dict[str, int]) -> None:
    kinds = _lists(base, "SELECT tid, text FROM NETransType")
    glosses = _lists(base, "SELECT tid, text FROM NETransGloss WHERE lang = 'eng'")
    kanji = _lists(base, "SELECT idseq, text FROM NEKanji ORDER BY ID")
    kana = _lists(base, "SELECT idseq, text FROM NEKana ORDER BY ID")
    persons: set[str] = set()
    names: dict[str, _Parts] = {}
    for translation, number in base.execute("SELECT ID, idseq FROM NETranslation ORDER BY ID"):
        kind = kinds.get(translation, [])
        keys = [key for key in kanji.get(number) or kana.get(number, []) if 1 < len(key) <= _LONGEST_KEY]
        code = next((_JMNEDICT_CODES[word] for word in kind if word in _JMNEDICT_CODES), "")
        if {"surname", "given", "masc", "fem"} & {*kind}:
            persons.update(keys)
        for key in keys:
            for text in _told(glosses.get(translation, ()), code, key):
                senses = names.setdefault(key, {}).setdefault(code, [])
                if text not in senses:
                    senses.append(text)
    for key, parts in names.items():
        if key in entries:
            continue
        for code, senses in parts.items():
            # A short name of a place that is read in several ways, or is a family's too, tells nothing.
            is_plain = code == "P" and " " not in senses[0]
            if is_plain and (len(senses) > 1 or len(key) < 3 or key in persons):
                continue
            # Hamlets; their names are read aright by whoever knows the signs.
            if is_plain and frequencies and key not in frequencies and not _KATAKANA.fullmatch(key):
                continue
            entries.setdefault(key, {})[code] = senses[:2]


def _told(texts: Iterable[str], code: str, key: str) -> Iterator[str]:
    if not code:
        return
    for text in texts:
        bare = re.sub(r"\s*\([^)]*\)", "", text).split(";")[0].strip()
        if not bare or len(bare.split()) > 6 or not re.fullmatch(r"[A-Za-z0-9À-ſ .'&/-]+", bare):
            continue
        words = bare.split()
        year = _YEAR.search(text)
        is_modern = year is None or int(year[1]) >= _MODERN
        is_japanese = len(words) == 2 and all(map(_ROMAJI.fullmatch, words)) and _HAN.fullmatch(key)
        if code == "H" and is_japanese and is_modern:
            words.reverse()
        yield " ".join(_hepburn(word) if code in "PH" else word for word in words)


def _hepburn(word: str) -> str:
    """A Japanese word as newspapers spell it: long vowels not marked."""
    if not _ROMAJI.fullmatch(word):
        return word
    return re.sub("ou(?!e)|oo", "o", word.replace("uu", "u").replace("'", ""), flags=re.IGNORECASE)
