"""What of an issue fits: the first items in full, the next as one line each, the number of the others."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.issue.issue import Issue, Section
from pipeline.issue.item import Item


@dataclass(frozen=True, slots=True)
class Selection:
    """Part of an issue, in its reading order."""

    sections: tuple[Section, ...]
    brief: tuple[Item, ...]
    more: int


def select(issue: Issue, full: int, brief: int) -> Selection:
    """The first `full` items with their sections, the next `brief` as one-liners; the rest are only counted."""
    sections = []
    left = full
    for section in issue.sections:
        if left <= 0:
            break
        sections.append(Section(title=section.title, items=section.items[:left]))
        left -= len(section.items)
    items = issue.items
    return Selection(tuple(sections), items[full : full + brief], max(0, len(items) - full - brief))
