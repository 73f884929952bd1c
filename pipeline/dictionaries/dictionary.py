"""A dictionary of one language: what stands in its sentences, in English."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from pipeline.dictionaries import compact
from pipeline.dictionaries.book import Book
from pipeline.dictionaries.found import Found
from pipeline.errors import BackendError
from pipeline.language import codes
from pipeline.language.facts import facts

_LONGEST: Final = 5_000
"""Characters of a sentence that are looked at."""


class Dictionary:
    """What is known of the words of one language. `Dictionary.open` makes one."""

    def __init__(self, tables: compact.Tables, language: str) -> None:
        """Args:
        tables: of the language; `read` of `pipeline.dictionaries.compact` makes them.
        language: as `pipeline.language.codes` has it.
        """
        self.language = language
        self.size = len(tables.entries)
        """Entries."""
        digests = tables.digest.encode()
        self.identity = f"{language}@{hashlib.sha256(digests).hexdigest()[:12]}" if digests else language
        """Changes with the files: what was made with a dictionary is another thing with another one."""
        self._find = _finder(Book(tables, language))

    @classmethod
    def open(cls, language: str, *places: Path) -> Dictionary | None:
        """The dictionary of a language; None where no place has a file for it.

        A damaged file counts as none where another is there.

        Args:
            places: folders with `LANGUAGE.dict.xz`, such as `carried()` and those of installed dictionaries, or files.
                Of a word that two have, the first place is believed.

        Raises:
            BackendError: every file for it is damaged.
        """
        code = codes.normalise(language)
        name = _served_by(code)
        paths = [path for place in places for path in _files(place, name, codes.script(code))]
        tables = compact.Tables()
        damaged: list[BackendError] = []
        for path in paths:
            try:
                tables.merge(compact.read(path))
            except BackendError as error:
                damaged.append(error)
        if not tables.entries:
            if damaged:
                raise damaged[0]
            return None
        return cls(tables, code)

    def entries(self, sentence: str) -> tuple[Found, ...]:
        """What stands in a sentence, in order and without overlap: expressions before words, names never as words.

        Never raises, whatever the text.
        """
        return tuple(self._find(sentence[:_LONGEST]))


def carried() -> Path | None:
    """The folder of the dictionaries that come with worldbrief: in the package when installed, else in the checkout."""
    here = Path(__file__).parents[1]
    for path in (here / "models" / "builtin" / "dictionaries", here.parent / "models" / "builtin" / "dictionaries"):
        if path.is_dir():
            return path
    return None


def identity(language: str, *places: Path) -> str | None:
    """Name of what `Dictionary.open` reads, with the beginning of its sha256, for cache keys; None without a file."""
    code = codes.normalise(language)
    name = _served_by(code)
    paths = [path for place in places for path in _files(place, name, codes.script(code))]
    if not paths:
        return None
    digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()
    return f"dictionary-{name}@{digest[:12]}"


def _served_by(code: str) -> str:
    """Whose file serves a language: most often its own."""
    return facts(code).words.dictionary.get(codes.script(code), codes.base(code))


def _files(place: Path, name: str, script: str) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    # The gazetteer has places by script, and those in Han characters by language.
    for stem in (name, f"places-{script}", f"places-{name}"):
        path = place / f"{stem}{compact.SUFFIX}"
        if path.is_file():
            yield path


def _finder(book: Book) -> Callable[[str], Iterator[Found]]:
    # Each imports what only its languages need.
    if book.language == "ja":
        from pipeline.dictionaries.japanese import Japanese

        return Japanese(book)
    if book.language == "ko":
        from pipeline.dictionaries.korean import Korean

        return Korean(book)
    if codes.writes_without_spaces(book.language):
        from pipeline.dictionaries.unspaced import Unspaced

        return Unspaced(book)
    from pipeline.dictionaries.spaced import Spaced

    return Spaced(book)
