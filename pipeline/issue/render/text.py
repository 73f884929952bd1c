"""digest.txt: plain text in 72 columns, for terminals, mail programs and printers."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.issue.channels import Channels
from pipeline.issue.issue import NOT_TOLD, Issue
from pipeline.issue.item import Item
from pipeline.issue.render.markdown import isolated
from pipeline.issue.render.selection import Selection, select
from pipeline.issue.render.wrap import wrap
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

WIDTH = 72
_INDENT = "    "
_HANGING = _INDENT + "  "


def render(issue: Issue, channels: Channels) -> str:
    """The whole digest as text; only an address may be longer than a line."""
    return compose(issue, select(issue, issue.count, 0))


def compose(issue: Issue, selection: Selection, page: str = "", unsubscribe: Sequence[str] = ()) -> str:
    """The selected part of the digest as text, as the e-mail needs it.

    Args:
        page: address of the whole, to read on.
        unsubscribe: addresses by which a reader leaves the list.
    """
    head = [wrap(issue.title.upper(), WIDTH), wrap(f"{dateline(issue)} · {extent(issue)}", WIDTH)]
    blocks = ["\n".join(head)]
    if said := notices(issue):
        blocks.append(wrap(" ".join(said), WIDTH))
    if issue.note:
        blocks.append(wrap(editors_note(issue.note), WIDTH))
    for section in selection.sections:
        blocks.append(_heading(section.title) if section.title else "=" * WIDTH)
        if section.told:
            # One blank line more than within an item sets the items apart.
            blocks.append("\n\n\n".join(_item(item) for item in section.items))
        else:
            blocks += [wrap(LISTED, WIDTH), *map(_listed, section.items)]
    if selection.brief:
        blocks.append(_heading("In brief"))
        blocks += map(_brief, selection.brief)
    if selection.brief_listed:
        blocks.append(_heading(NOT_TOLD))
        blocks += map(_brief, selection.brief_listed)
    if onward := selection.onward:
        blocks.append(wrap(f"{onward} the full digest{f': {page}' if page else '.'}", WIDTH))
    blocks.append("=" * WIDTH)
    blocks += [wrap(sentence, WIDTH) for sentence in colophon(issue)]
    if unsubscribe:
        blocks.append(wrap(f"To leave the list: {' or '.join(unsubscribe)}", WIDTH))
    return "\n\n".join(blocks) + "\n"


def _heading(title: str) -> str:
    return f"{'=' * WIDTH}\n{wrap(title.upper(), WIDTH)}"


def _item(item: Item) -> str:
    original = item.original_headline
    about = _lines(
        wrap(item.headline, WIDTH),
        _foreign(original, item.direction) if original else "",
        wrap(" · ".join(facts(item)), WIDTH),
    )
    topics = "; ".join(topic.label for topic in item.topics)
    end = _lines(
        *(_note(note) for note in (caution(item), editors_note(item.note)) if note),
        *(wrap(text, WIDTH, _INDENT) for text in (disclosure(item), topics) if text),
        _INDENT + item.url if item.url else "",
    )
    told = [wrap(text, WIDTH, _INDENT) for text in (what_is_new(item), item.summary) if text]
    return "\n\n".join(part for part in (about, *told, end) if part)


def _listed(item: Item) -> str:
    return _lines(
        _foreign(item.headline, item.direction),
        wrap(" · ".join([*facts(item), *(topic.label for topic in item.topics)]), WIDTH),
        wrap(what_is_new(item), WIDTH, _INDENT) if what_is_new(item) else "",
        wrap(why_listed(item), WIDTH, _INDENT),
        _note(editors_note(item.note)) if item.note else "",
        _INDENT + item.url if item.url else "",
    )


def _note(text: str) -> str:
    return f"{_INDENT}! {wrap(text, WIDTH, _HANGING).lstrip()}"


def _brief(item: Item) -> str:
    return _lines(wrap(item.headline, WIDTH) if item.told else _foreign(item.headline, item.direction), item.url)


def _foreign(text: str, direction: str) -> str:
    return "\n".join(isolated(line, direction) for line in wrap(text, WIDTH).split("\n"))


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
