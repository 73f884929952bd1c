"""Mail addresses from the configuration, strict enough that a header made of them cannot be broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses

from pipeline.errors import ConfigError
from pipeline.issue.plain import line

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_MAX_ADDRESS = 254


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
