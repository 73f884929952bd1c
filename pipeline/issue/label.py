"""What an article and the issue say of who made them and who checked them: nothing that is not so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.issue.item import Item
from pipeline.issue.plain import line
from pipeline.issue.words import BY_EDITOR

if TYPE_CHECKING:
    from pipeline.config import IssueSection

_MADE = "{made}"
_LONGEST = 200


def label_of(item: Item, settings: IssueSection) -> str:
    """Of one article; "" where nothing in it is a machine's, or the settings have no words for it."""
    return _filled(settings.label_edited if is_seen(item) else settings.label, [item])


def label_of_issue(items: Iterable[Item], settings: IssueSection) -> str:
    """Of the issue: of the articles in it that nobody has seen, else of those that an editor has; "" as above."""
    made = [item for item in items if item.told]
    unseen = [item for item in made if not is_seen(item)]
    return _filled(settings.label, unseen) or _filled(settings.label_edited, [item for item in made if is_seen(item)])


def is_seen(item: Item) -> bool:
    """Whether an editor wrote some of what is printed, corrected or confirmed all of it, or decided that it is told.

    One corrected sentence does not do: it may come from another article, and nobody has seen this one.
    """
    return bool(item.edited) or item.saved or 0 < item.printed == item.corrected


def _filled(words: str, items: Iterable[Item]) -> str:
    items = list(items)
    translated = any(item.is_machine_translated for item in items)
    summarised = any(item.summary and item.summary_method not in ("", BY_EDITOR) for item in items)
    made = [what for what, is_so in (("translated", translated), ("summarised", summarised)) if is_so]
    if not made or not words:
        return ""
    said = line(words.replace(_MADE, " and ".join(f"machine-{what}" for what in made)), _LONGEST)
    return said[:1].upper() + said[1:]
