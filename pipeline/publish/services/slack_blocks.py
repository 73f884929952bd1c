"""An issue as the blocks of one Slack message.

Limits: 50 blocks in a message, 3,000 characters in a text, 150 in a header, 10 elements in a context block
(docs.slack.dev, Block Kit reference). Of all blocks together Slack documents no limit, but refuses messages of about
13,000 bytes (`msg_blocks_too_long`, github.com/slackapi/bolt-js issues 2509 and 2867).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.issue.issue import Issue
from pipeline.issue.item import Item
from pipeline.issue.plain import line
from pipeline.issue.render.markdown import isolated
from pipeline.issue.wording import caution, colophon, dateline, disclosure, editors_note, extent, facts

Block = dict[str, object]

MAX_BLOCKS = 50
MAX_TEXT = 3000
MAX_HEADER = 150
MAX_BYTES = 10_000
# Room for what comes after the articles: how many more there are, and the colophon.
_BLOCKS_AT_END, _BYTES_AT_END = 3, 2_000
# What an item may take: with a headline of 300 characters, all escaped, these stay below the limit of a text.
_MAX_SUMMARY, _MAX_ADDRESS, _MAX_NOTE, _MAX_SMALL = 1_000, 450, 1_000, 1_200


def blocks(issue: Issue) -> list[Block]:
    """The issue in reading order; articles for which there is no room are counted at the end.

    All text of articles is `mrkdwn` with `&`, `<` and `>` escaped, so that no mention or link of theirs is live, and
    `verbatim`, so that Slack makes none of plain text either.
    """
    made: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": line(issue.title, MAX_HEADER), "emoji": False}},
        *_context(f"{dateline(issue)} · {extent(issue)}"),
    ]
    if issue.note:
        made.append(_section(_fitting(editors_note(issue.note), _MAX_NOTE)))
    shown = 0
    for item in _items(issue):
        if not _fits([*made, *item]):
            break
        made += item
        shown += 1
    if more := issue.count - shown:
        rest = _link(f"{issue.base_url}/digest.html", "the full digest") if issue.base_url else "the full digest"
        made.append(_section(f"And {more} more in {rest}."))
    last = _context(" ".join(colophon(issue)))
    return [*made, {"type": "divider"}, *last] if last else made


def escape(text: str) -> str:
    """Text as Slack shows it: the three characters that open links, mentions and entities (docs.slack.dev)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _items(issue: Issue) -> Iterator[list[Block]]:
    """The blocks of each article; the title of a section comes with its first."""
    for section in issue.sections:
        for place, item in enumerate(section.items):
            title = [_section(f"*{escape(section.title)}*")] if section.title and not place else []
            yield [*title, *(_told(item) if section.told else _listed(item))]


def _fits(made: list[Block]) -> bool:
    return len(made) <= MAX_BLOCKS - _BLOCKS_AT_END and size(made) <= MAX_BYTES - _BYTES_AT_END


def size(made: list[Block]) -> int:
    """Bytes of the blocks as JSON."""
    return len(json.dumps(made, ensure_ascii=False).encode())


def _told(item: Item) -> list[Block]:
    headline = f"*{_headline(item)}*"
    summary = _fitting(item.summary, _MAX_SUMMARY)
    about = " · ".join(filter(None, (*facts(item), disclosure(item), caution(item))))
    return [_section(f"{headline}\n{summary}" if summary else headline), *_context(about, editors_note(item.note))]


def _listed(item: Item) -> list[Block]:
    about = " · ".join(escape(fact) for fact in facts(item))
    headline = isolated(_headline(item), item.direction)
    return [_section(f"{headline}\n{about}" if about else headline), *_context(editors_note(item.note))]


def _headline(item: Item) -> str:
    """With its address, but for one that would leave no room for words."""
    return _link(item.url, item.headline) if 0 < len(escape(item.url)) <= _MAX_ADDRESS else escape(item.headline)


def _fitting(text: str, room: int) -> str:
    """As much of a text as has room when it is escaped, which makes up to five characters of one."""
    length = max(len(text), 1)
    while len(escaped := escape(line(text, length))) > room:
        length = min(length - 1, room, length * 3 // 4)
    return escaped


def _link(url: str, label: str) -> str:
    return f"<{escape(url)}|{escape(label)}>"


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(*texts: str) -> list[Block]:
    """Small print, a line each; none where there is none."""
    said = [_fitting(text, _MAX_SMALL) for text in texts if text]
    elements = [{"type": "mrkdwn", "text": text, "verbatim": True} for text in said]
    return [{"type": "context", "elements": elements}] if elements else []
