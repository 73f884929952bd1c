"""digest.eml as a letter to one reader: its own To, Message-ID and way to unsubscribe; the body is not touched."""

from __future__ import annotations

import hashlib
import re
from email import message_from_bytes, policy
from urllib.parse import quote

from pipeline.errors import ConfigError
from pipeline.issue.mailbox import Mailbox, mailboxes, unsubscribe_links
from pipeline.issue.render.headers import address_header, unsubscribe_headers
from pipeline.publish import Edition

FILE = "digest.eml"
_TOKEN = "{recipient}"
_STAMP = 16
_OWN = {b"to", b"cc", b"bcc", b"message-id", b"resent-to", b"resent-cc", b"resent-bcc"}
_OF_LIST = {b"list-unsubscribe", b"list-unsubscribe-post"}


class Letters:
    """The letters of one edition.

    Args:
        unsubscribe: addresses with white space between them for List-Unsubscribe (RFC 2369, RFC 8058), `{recipient}` in
            them stands for the reader's; "" keeps what the message has.

    Raises:
        ConfigError: there is no digest.eml, it has no sender, or `unsubscribe` is no address.
    """

    def __init__(self, edition: Edition, unsubscribe: str) -> None:
        path = edition.folder / FILE
        if FILE not in edition.files:
            raise ConfigError(f"{path}: is not there; `worldbrief run` writes it")
        data = re.sub(rb"\r\n|\r|\n", b"\r\n", edition.files[FILE])
        head, gap, self._body = data.partition(b"\r\n\r\n")
        try:
            (self.sender,) = mailboxes(str(message_from_bytes(head, policy=policy.default)["From"] or ""))
        except (ConfigError, ValueError):
            raise ConfigError(f"{path}: has no From with one address; set issue.email_from and run again") from None
        if not gap:
            raise ConfigError(f"{path}: is no message, it has no body")
        self._links = unsubscribe_links(unsubscribe, "publish.smtp.unsubscribe")
        left_out = _OWN | _OF_LIST if self._links else _OWN
        headers = re.split(rb"\r\n(?![ \t])", head)
        self._head = [line for line in headers if line.partition(b":")[0].strip().lower() not in left_out]
        self._issue = edition.issue.id
        self._text = hashlib.sha256(edition.files[FILE]).hexdigest()
        self.stamp = self._text[:_STAMP]
        """Which text it is, in the journal. Of digest.eml alone: another look of the page makes no other mail."""

    def message_id(self, recipient: Mailbox) -> str:
        """The same for every try to send this text of the issue to this reader: whoever has it knows the repeat."""
        told = "\n".join((self._text, recipient.address.lower()))
        name = hashlib.sha256(told.encode()).hexdigest()[:32]
        return f"<{self._issue}.{name}@{self.sender.domain}>"

    def to(self, recipient: Mailbox, *, mark: str = "") -> bytes:
        """The whole message, lines ended by CRLF.

        Args:
            mark: ASCII put before the subject.
        """
        own = address_header("To", (recipient,)) + f"Message-ID: {self.message_id(recipient)}\r\n".encode()
        if self._links:
            own += unsubscribe_headers(
                tuple(link.replace(_TOKEN, quote(recipient.address, safe="@")) for link in self._links)
            )
        head = b"\r\n".join(self._head)
        if mark:
            head = re.sub(rb"(?im)^subject: ?", b"Subject: " + mark.encode("ascii") + b" ", head, count=1)
        body = self._body if self._body.endswith(b"\r\n") else self._body + b"\r\n"
        return own + head + b"\r\n\r\n" + body
