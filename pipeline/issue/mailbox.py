"""Mail addresses from the configuration, strict enough that a header made of them cannot be broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses

from pipeline.errors import ConfigError
from pipeline.issue.plain import line

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_MAX_ADDRESS = 254
# RFC 2919, 2: a dot-atom in the name space of a host that the list's owner has.
_LIST_ID = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?([/?#][!-;=?-~]*)?")
# A line of a header has at most 998 characters (RFC 5322, 2.1.1).
_MAX_LINK = 400


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name of one clean line, or "", and an address in ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def mailboxes(text: str) -> tuple[Mailbox, ...]:
    """The mailboxes of a list such as `Desk <desk@example.org>, b@example.org`; none for an empty text.

    Raises:
        ConfigError: one of them has no address, or one outside ASCII.
    """
    found = []
    for name, address in getaddresses([text]) if text.strip() else []:
        if not (text.isprintable() and _ADDRESS.fullmatch(address) and len(address) <= _MAX_ADDRESS):
            raise ConfigError(f"{text!r} is no list of mail addresses such as 'Desk <desk@example.org>'")
        found.append(Mailbox(line(name, 100), address))
    return tuple(found)


def unsubscribe_links(text: str, setting: str = "issue.unsubscribe") -> tuple[str, ...]:
    """The https and mailto: addresses of a text with spaces between them (RFC 2369, RFC 8058); none for an empty text.

    Args:
        setting: whose text it is, for the message.

    Raises:
        ConfigError: one of them is neither, or has a character that is not safe in a header.
    """
    links = tuple(text.split())
    for link in links:
        address = link.removeprefix("mailto:").partition("?")[0] if link.startswith("mailto:") else ""
        safe = link.isascii() and link.isprintable() and not set(link) & set('<>,"\\') and len(link) <= _MAX_LINK
        if not (safe and (_HTTPS.fullmatch(link) or _ADDRESS.fullmatch(address))):
            raise ConfigError(
                f"{setting}: {link[:80]!r} is no address such as https://example.org/leave or"
                " mailto:leave@example.org?subject=leave"
            )
    return links


def list_id(text: str, title: str, sender: Mailbox) -> str:
    """What names the list (RFC 2919): the text, or one made of the title and the sender's domain.

    Empty where neither names a host: of a sender at `localhost`.

    Raises:
        ConfigError: the text is no such name.
    """
    if text:
        if not (_LIST_ID.fullmatch(text) and len(text) <= _MAX_ADDRESS):
            raise ConfigError(f"issue.list_id: {text[:80]!r} is no name such as brief.example.org")
        return text
    if "." not in sender.domain:
        return ""
    words = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-")
    return f"{words or 'digest'}.{sender.domain}"
