"""overlay.toml: read whole, written key by key with tomlkit, so that the editor's comments and order stay."""

from __future__ import annotations

from pathlib import Path

from pipeline.overlay.overlay import Overlay


def read(path: Path) -> Overlay:
    """The overlay in a file; one that does not exist decides nothing.

    Raises:
        ConfigError: it is no TOML (with line and column), or a key or value is wrong (with the key).
    """
    raise NotImplementedError


def edit_article(path: Path, issue_id: str, article_id: str, changes: dict[str, str | bool]) -> None:
    """Set keys of an article's entry; "" and False remove them, and an entry without keys goes."""
    raise NotImplementedError


def edit_issue(path: Path, issue_id: str, changes: dict[str, str | list[str]]) -> None:
    """Set `note`, `order` or `sections` of an issue, likewise."""
    raise NotImplementedError


def put_name(path: Path, language: str, source: str, english: str) -> None:
    """Add a name, or replace its English; "" removes it."""
    raise NotImplementedError


def put_sentence(path: Path, language: str, source: str, english: str) -> None:
    """Add a sentence, or replace its English; "" removes it."""
    raise NotImplementedError
