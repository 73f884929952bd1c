"""From mentions of names to entities: one entry for each person, organisation and place, however it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.article import Entity
from pipeline.backends import EntityType

_POSSESSIVE = re.compile(r"(?:['’‘`]s|(?<=s)['’])$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
# Here the article is part of the name.
_KEEPS_ARTICLE = re.compile(r"the (?:hague|guardian|economist|times)\b", re.I)
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|professor|sir|president|prime minister|premier|minister|chairman|secretary|governor"
    r"|mayor|king|queen|prince|princess|pope|general|gen|senator|sen|rep)\.?\s+(?=[A-Z])",
    re.IGNORECASE,
)
# What a recogniser now and then takes for a name.
_JUNK_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december spring summer autumn winter today yesterday tomorrow"
    " mr mrs ms dr sir he she they it the this that president minister government state party photo ai"
)
_JUNK = frozenset(_JUNK_WORDS.split())
_MOST_WORDS = 7


@dataclass(slots=True)
class _Group:
    first: int
    surfaces: Counter[str] = field(default_factory=Counter)
    types: Counter[EntityType] = field(default_factory=Counter)

    @property
    def type(self) -> EntityType:
        return self.types.most_common(1)[0][0]

    @property
    def text(self) -> str:
        return self.surfaces.most_common(1)[0][0]

    def absorb(self, other: _Group) -> None:
        """Count another group's mentions as of this one; its spelling does not become the name."""
        self.surfaces[self.text] += other.surfaces.total()
        self.first = min(self.first, other.first)


def merge_entities(mentions: Sequence[tuple[str, EntityType]], limit: int = 20) -> tuple[Entity, ...]:
    """Entities by number of mentions, those mentioned first first among equals; `limit` at most.

    Spellings are merged over case, dots, a leading article or title and a possessive; the type is the most frequent
    one. A person's family or given name alone, and the last word of an organisation's name, is counted for the full
    name where only one in the article bears it.
    """
    groups: dict[str, _Group] = {}
    for position, (written, kind) in enumerate(mentions):
        name = clean_name(written, kind)
        if name:
            group = groups.setdefault(name.casefold().replace(".", ""), _Group(position))
            group.surfaces[name] += 1
            group.types[kind] += 1
    _merge_short_names(groups)
    ordered = sorted(groups.values(), key=lambda group: (-group.surfaces.total(), group.first))
    return tuple(Entity(text=group.text, type=group.type, count=group.surfaces.total()) for group in ordered[:limit])


def clean_name(written: str, kind: EntityType) -> str:
    """The name without what surrounds it; "" where it is none (a number, a letter, a weekday)."""
    name = " ".join(written.split()).strip("\"'“”‘’.,;:!?()[]-–— ")
    name = _POSSESSIVE.sub("", name).strip()
    if not _KEEPS_ARTICLE.match(name):
        name = _ARTICLE.sub("", name, count=1)
    if kind == "person":
        name = _TITLE.sub("", name)
    letters = [character for character in name if character.isalpha()]
    plain = len(letters) < 2 or name.casefold() in _JUNK or not any(letter.isupper() for letter in letters)
    # Scripts without capitals are names left as they were; "covid" in small letters is not one.
    if plain and not (len(letters) >= 2 and all(not letter.isupper() and not letter.islower() for letter in letters)):
        return ""
    if len(name.split()) > _MOST_WORDS or any(mark in name for mark in ("http", "@", "|", "\\")):
        return ""
    # "Dollars 3 million": more figures than letters.
    return name if sum(character.isdigit() for character in name) <= len(letters) else ""


def _merge_short_names(groups: dict[str, _Group]) -> None:
    full = {key: group for key, group in groups.items() if " " in key and group.type != "place"}
    for key in [key for key in groups if " " not in key]:
        group = groups[key]
        if group.type == "place":
            continue
        # A recogniser often takes a last name alone for an organisation, so that may stand for a person too.
        bearers = [name for name in full if name.rsplit(" ", 1)[1] == key]
        if group.type == "person":
            # Family names come first in Korean and Chinese.
            bearers += [name for name in full if name.split(" ", 1)[0] == key and full[name].type == "person"]
        if len(bearers) == 1:
            full[bearers[0]].absorb(group)
            del groups[key]
