"""What of an issue fits: the first items as they are, the next as one line each, the number of the others."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.issue.issue import Issue, Section
from pipeline.issue.item import Item


@dataclass(frozen=True, slots=True)
class Selection:
    """Part of an issue, in its reading order."""

    sections: tuple[Section, ...]
    brief: tuple[Item, ...]
    """Items that are told elsewhere, as one line each."""
    brief_listed: tuple[Item, ...]
    """Those of the items that are only listed for which there is one line each, after `brief`."""
    more: int

    @property
    def onward(self) -> str:
        """What leads to the full digest, before its name; "" where all of it is here."""
        if self.more:
            return f"And {self.more} more in"
        return "Read on in" if self.brief or self.brief_listed else ""


def select(issue: Issue, full: int, brief: int) -> Selection:
    """The first `full` items with their sections, the next `brief` as one-liners; the rest are only counted."""
    sections = []
    left = full
    for section in issue.sections:
        if left <= 0:
            break
        sections.append(Section(title=section.title, items=section.items[:left]))
        left -= len(section.items)
    short = issue.items[full : full + brief]
    return Selection(
        tuple(sections),
        tuple(item for item in short if item.told),
        tuple(item for item in short if not item.told),
        max(0, issue.count - full - brief),
    )
