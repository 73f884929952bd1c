"""overlay.toml: read whole, written key by key with tomlkit, so that the editor's comments and order stay.

Several may write at once, the command line and the review page: each takes the lock, reads what is there now, changes
its keys and replaces the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.config.toml import checked, toml_values
from pipeline.errors import ConfigError, WorldbriefError
from pipeline.files import write_atomically
from pipeline.overlay.blocks import Blocks, UnwritableError
from pipeline.overlay.overlay import Overlay, is_same

# Who writes holds the lock for as long as it takes to write a small file.
_PATIENCE_S = 10


def read(path: Path) -> Overlay:
    """The overlay in a file; one that does not exist decides nothing.

    Raises:
        ConfigError: it is no TOML (with line and column), or a key or value is wrong (with the key).
    """
    try:
        os.stat(path)
    except FileNotFoundError:
        return Overlay()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    return checked(path, toml_values(path), Overlay)


def edit_article(path: Path, issue_id: str, article_id: str, changes: Mapping[str, str | bool]) -> None:
    """Set keys of an article's entry; "" and False remove them, and an entry that decides nothing goes.

    Raises:
        ConfigError: the file is wrong already, or a key or value would be; it stays as it was.
        WorldbriefError: it cannot be written.
    """
    place = ("issue", issue_id, "article", article_id)
    _check(path, {"issue": {issue_id: {"article": {article_id: dict(changes)}}}})

    def change(blocks: Blocks) -> None:
        blocks.put(place, changes)
        left = blocks.table(place)
        if left is not None and set(left) <= {"revision"}:
            blocks.remove_table(place)

    _change(path, change)


def edit_issue(path: Path, issue_id: str, changes: Mapping[str, str | Sequence[str]]) -> None:
    """Set `note`, `order` or `sections` of an issue, likewise.

    Raises:
        ConfigError, WorldbriefError: as `edit_article`.
    """
    _check(path, {"issue": {issue_id: dict(changes)}})
    place = ("issue", issue_id)

    def change(blocks: Blocks) -> None:
        blocks.put(place, changes)
        if set(blocks.table(place) or ()) <= {"article"}:
            blocks.remove_table(place, below=False)

    _change(path, change)


def put_name(path: Path, language: str, source: str, english: str) -> None:
    """Add a name, or replace its English; "" removes it.

    Raises:
        ConfigError, WorldbriefError: as `edit_article`.
    """
    _put(path, "name", language, source, english)


def put_sentence(path: Path, language: str, source: str, english: str) -> None:
    """Add a sentence, or replace its English; "" removes it. The source is compared without its white space.

    Raises:
        ConfigError, WorldbriefError: as `edit_article`.
    """
    _put(path, "sentence", language, source, english)


def _put(path: Path, kind: str, language: str, source: str, english: str) -> None:
    entry = {"language": language, "source": source, "english": english or "-"}
    wanted = _check(path, {kind: [entry]})
    asked = wanted.name[0] if wanted.name else wanted.sentence[0]

    def change(blocks: Blocks) -> None:
        blocks.put_element(
            kind,
            lambda found: is_same(found, asked),
            {"language": asked.language, "source": asked.source, "english": english},
        )

    _change(path, change)


def _check(path: Path, values: dict[str, Any]) -> Overlay:
    """What is to be written, as it will be read."""
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ConfigError(f"{path}: half a character (a lone surrogate) cannot be written to a file") from None
    return checked(path, values, Overlay)


def _change(path: Path, change: Callable[[Blocks], None]) -> None:
    """Under the lock: what the file says is read, changed, held against its rules and written, or left as it was."""
    # A link stays one: what it leads to is replaced.
    real = Path(os.path.realpath(path))
    with _locked(path, real):
        read(path)
        text = real.read_bytes().decode("utf-8-sig") if real.exists() else ""
        blocks = Blocks(text)
        try:
            change(blocks)
        except UnwritableError as error:
            raise ConfigError(f"{path}: {error}") from None
        changed = blocks.text
        if changed == text:
            return
        checked(path, blocks.values, Overlay)
        try:
            write_atomically(real, [changed.encode()])
        except OSError as error:
            raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error


@contextmanager
def _locked(path: Path, real: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(real.with_name(f".{real.name}.lock"))
        lock.acquire(timeout=_PATIENCE_S)
    except Timeout:
        raise WorldbriefError(f"{path}: another program holds it; try again") from None
    except OSError as error:
        raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()
