"""digest.md: CommonMark in which nothing of an article is markup."""

from __future__ import annotations

import re

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue
from pipeline.issue.item import Item
from pipeline.issue.wording import (
    LISTED,
    caution,
    colophon,
    dateline,
    disclosure,
    editors_note,
    extent,
    facts,
    notices,
    what_is_new,
    why_listed,
)

# Characters that open or close something anywhere in a line: emphasis, code, links, HTML, entities, and in the common
# dialects tables, strike-through and mathematics.
_INLINE = re.compile(r"[\\`*_\[\]<>&|~$]")
# Addresses that dialects turn into links by themselves.
_AUTOLINK = re.compile(r":(?=//)|(?i:(?<=www))\.")
# What makes a block of a line that begins with it: heading, list, rule, setext underline, quotation.
_BLOCK = re.compile(r"^(?:([#+\-=:])|(\d{1,9})([.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def escape(text: str) -> str:
    """One line of text that a CommonMark renderer shows as it is, at the start of a line or inside one."""
    escaped = _INLINE.sub(r"\\\g<0>", text)
    escaped = _AUTOLINK.sub(r"\\\g<0>", escaped)
    return _BLOCK.sub(lambda match: rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}", escaped)


def isolated(text: str, direction: str) -> str:
    """Right-to-left text between Unicode isolates, so that it does not reorder the line around it."""
    return f"\u2068{text}\u2069" if direction == "rtl" else text


def render(issue: Issue, channels: Channels) -> str:
    """The digest as CommonMark; addresses stand in angle brackets, escaped to end only there."""
    return f"# {_heading(issue.title)}\n\n{body(issue)}"


def body(issue: Issue) -> str:
    """The digest without its title."""
    blocks = [f"{dateline(issue)} · {escape(extent(issue))}"]
    if said := notices(issue):
        blocks.append(escape(" ".join(said)))
    if issue.note:
        blocks.append(escape(editors_note(issue.note)))
    for section in issue.sections:
        level = "###" if section.title else "##"
        if section.title:
            blocks.append(f"## {_heading(section.title)}")
        if not section.told:
            blocks.append(escape(LISTED))
        for item in section.items:
            blocks += _item(item, level) if section.told else _listed(item, level)
    blocks.append("---")
    blocks += [escape(sentence) for sentence in colophon(issue)]
    return "\n\n".join(blocks) + "\n"


def _item(item: Item, level: str) -> list[str]:
    blocks = [f"{level} {_heading(item.headline)}"]
    if item.original_headline:
        blocks.append(isolated(escape(item.original_headline), item.direction))
    blocks += _about(facts(item))
    blocks += [escape(text) for text in (what_is_new(item), item.summary) if text]
    blocks += [f"> {escape(note)}" for note in (caution(item), editors_note(item.note)) if note]
    last = _link(item)
    last += [escape(text) for text in (disclosure(item), "; ".join(topic.label for topic in item.topics)) if text]
    if last:
        blocks.append(" · ".join(last))
    return blocks


def _listed(item: Item, level: str) -> list[str]:
    heading = f"{level} {isolated(_heading(item.headline), item.direction)}"
    about = [*facts(item), *(topic.label for topic in item.topics)]
    note = [f"> {escape(editors_note(item.note))}"] if item.note else []
    news = [escape(said)] if (said := what_is_new(item)) else []
    return [heading, *_about(about), *news, *note, " · ".join([*_link(item), escape(why_listed(item))])]


def _about(facts: list[str]) -> list[str]:
    return [" · ".join(map(escape, facts))] if facts else []


def _link(item: Item) -> list[str]:
    return [f"[Read the original](<{_ENTITY.sub('&amp;', item.url)}>)"] if item.url else []


def _heading(text: str) -> str:
    # A heading may close with a run of hashes, which would be swallowed.
    return re.sub(r"(?<!\\)#(?=#*$)", r"\\#", escape(text))
