"""digest.eml: a message with a plain-text and an HTML part, ready to hand to a mail server."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue
from pipeline.issue.render.headers import address_header, text_header, unsubscribe_headers
from pipeline.issue.render.json import render as as_data
from pipeline.issue.render.selection import Selection, select
from pipeline.issue.render.templating import rendered
from pipeline.issue.render.text import compose
from pipeline.issue.wording import long_date

# Gmail clips a message at 102 KB and hides the end; the margin is for the headers that servers add on the way.
MAX_BYTES = 98_000
# Bytes that quoted-printable leaves alone; another takes three.
_AS_THEY_ARE = bytes({*range(32, 127), ord("\n")} - {ord("=")})


def render(issue: Issue, channels: Channels) -> bytes:
    """The digest as one message of at most `MAX_BYTES`.

    Where the whole issue would be larger, the last articles become a line each; where that is not enough, the message
    says how many more the full digest has. An article is never cut in the middle.

    Date, Message-ID and boundary come from the issue. A Message-ID names one version of a message (RFC 5322, 3.6.4): it
    is the same whenever the same issue is built, in whatever look, so that no server delivers it twice, and another one
    once a word of the issue is edited.
    """
    items = issue.count
    digest = hashlib.sha256(as_data(issue, channels).encode()).hexdigest()

    def message(full: int, brief: int) -> bytes:
        return _message(issue, select(issue, full, brief), channels, digest)

    if _least(issue) <= MAX_BYTES:
        whole = message(items, 0)
        if len(whole) <= MAX_BYTES:
            return whole
        full = _most(items, lambda count: len(message(count, items)) <= MAX_BYTES)
        if full:
            return message(full, items)
    # Not even the headlines of all fit: half of the room for articles, the rest for as many headlines as it holds.
    full = _most(items, lambda count: len(message(count, 0)) <= MAX_BYTES // 2)
    return message(full, _most(items - full, lambda count: len(message(full, count)) <= MAX_BYTES))


def _least(issue: Issue) -> int:
    """Bytes that a line for each article takes at the least: headline and address, in both parts."""
    return 2 * sum(len(item.headline.encode()) + len(item.url) for item in issue.items)


def _most(limit: int, fits: Callable[[int], bool]) -> int:
    """The largest number from 0 to `limit` that fits; 0 is taken to.

    No more than twice that number is tried: what is far too large takes long to make.
    """
    high = 1
    while high < limit and fits(high):
        high *= 2
    low, high = high // 2, min(high, limit)
    return low + bisect_right(range(low + 1, high + 1), 0, key=lambda count: 0 if fits(count) else 1)


def _message(issue: Issue, selection: Selection, channels: Channels, digest: str) -> bytes:
    page = channels.page(issue)
    text = compose(issue, selection, page, channels.unsubscribe)
    html = _inlined(
        rendered(
            "email.html",
            channels.templates,
            issue=issue,
            selection=selection,
            page=page,
            unsubscribe=channels.unsubscribe,
        )
    )
    message = EmailMessage(policy=SMTP)
    message["Date"] = issue.instant
    message["Message-ID"] = f"<{issue.id}.{digest[:16]}@{channels.email_from.domain}>"
    message["Content-Language"] = "en"
    # Nobody wants to be told by a thousand readers that they are on holiday (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte=_shorter(text))
    message.add_alternative(html, subtype="html", cte=_shorter(html))
    message.set_boundary(f"=_{digest[16:40]}")
    head = text_header("Subject", f"{issue.title}, {long_date(issue.date)}")
    head += address_header("From", (channels.email_from,))
    if channels.email_to:
        head += address_header("To", channels.email_to)
    if channels.list_id:
        head += f"List-Id: <{channels.list_id}>\r\n".encode("ascii")
    head += unsubscribe_headers(channels.unsubscribe)
    return head + message.as_bytes()


def _inlined(html: str) -> str:
    """The page with its style rules moved to the elements, as mail programs want; the style that says so stays."""
    import css_inline

    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    return str(inliner.inline(html))


def _shorter(text: str) -> str:
    """The transfer encoding that makes the smaller part: quoted-printable for Latin script, else base64."""
    data = text.encode()
    escaped = len(data.translate(None, delete=_AS_THEY_ARE))
    return "base64" if escaped * 2 > len(data) // 3 else "quoted-printable"
