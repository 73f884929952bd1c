"""The items of an issue in reading order: by topic, and as the editor wants them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.issue.decisions import Decisions
from pipeline.issue.item import Item

# Fewer items than this are read at a glance: no section headings.
_MIN_ITEMS_FOR_SECTIONS = 4
MORE = "More news"
PINNED = "Top stories"
NOT_TOLD = "Not translated well enough to tell"
# The 17 roots of IPTC Media Topics: 01000000 to 17000000.
_TOP_LEVEL = re.compile(r"(0[1-9]|1[0-7])000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items under one heading, newest first but for what the editor put first; `title` is "" in an issue too small for
    headings.

    The items that are only listed have a section of their own, the last.
    """

    title: str
    items: tuple[Item, ...]

    @property
    def told(self) -> bool:
        """Whether its items are told; all of them are, or none."""
        return self.items[0].told


def by_time(item: Item) -> tuple[float, str]:
    """Newest first, those without a date last, then by id."""
    moment = item.instant
    return (-moment.timestamp() if moment else float("inf"), item.id)


def sections_of(items: Sequence[Item], decisions: Decisions) -> tuple[Section, ...]:
    """Those of the items that are told, pinned ones first, and one for those that are only listed."""
    told, listed = [item for item in items if item.told], [item for item in items if not item.told]
    found = _told(told, decisions) if told else []
    decisions.hold_sections(section.title for section in found)
    last = [Section(title=NOT_TOLD, items=_sorted(listed, decisions))] if listed else []
    return (*found, *last)


def _told(items: list[Item], decisions: Decisions) -> list[Section]:
    pinned = [item for item in items if decisions.is_pinned(item.id)]
    is_small = len(items) < _MIN_ITEMS_FOR_SECTIONS
    titles, others = _by_topic([item for item in items if not decisions.is_pinned(item.id)], decisions, is_small)
    if not titles:
        return [Section(title="", items=_sorted(items, decisions))]
    sections = [Section(title=title, items=_sorted(group, decisions)) for title, group in titles]
    if others:
        sections.append(Section(title=MORE, items=_sorted(others, decisions)))
    sections.sort(key=lambda section: decisions.place_of_section(section.title))
    first = [Section(title=PINNED, items=_sorted(pinned, decisions))] if pinned else []
    return [*first, *sections]


def _by_topic(
    items: list[Item], decisions: Decisions, is_small: bool
) -> tuple[list[tuple[str, list[Item]]], list[Item]]:
    """Items by the section the editor put them in or their first top-level topic, the largest group first, then by
    name; and the items of none.

    A topic with a single item joins the items without a topic: a heading for every article would help nobody. Where
    that leaves one section, or in a small issue, there are no headings, unless the editor set some.
    """
    chosen = {item.id: title for item in items if (title := decisions.section_of(item, (MORE, PINNED, NOT_TOLD)))}
    # The editor's spelling of a topic is not another section.
    spelt = {topic.label.casefold(): topic.label for item in items for topic in item.topics}
    by_title: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        topic = next((topic.label for topic in item.topics if _TOP_LEVEL.fullmatch(topic.code)), "")
        title = chosen.get(item.id, topic)
        by_title[spelt.setdefault(title.casefold(), title)].append(item)
    own = {spelt[title.casefold()] for title in chosen.values()} - {MORE}
    headings = {title: title in own or len(group) > 1 for title, group in by_title.items() if title not in ("", MORE)}
    named = {title: by_title[title] for title, is_heading in headings.items() if is_heading}
    rest = [item for title, group in by_title.items() if title not in named for item in group]
    if not own and (is_small or len(named) + bool(rest) < 2):
        return [], items
    return sorted(named.items(), key=lambda entry: (-len(entry[1]), entry[0])), rest


def _sorted(items: Sequence[Item], decisions: Decisions) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (*decisions.place_of(item.id), *by_time(item))))
