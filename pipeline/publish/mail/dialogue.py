"""The dialogue with a mail server: one connection, one message at a time, and what each end of it means.

RFC 5321, 4.2.4 and 4.5.4: a server that has not seen the end of the data has taken nothing; one that has, and whose
answer does not come, may have. So the body goes first, and the line that ends it only when the journal says so.
"""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

from pipeline.config.publish import Smtp
from pipeline.errors import PublishError
from pipeline.publish import Declined, Uncertain
from pipeline.publish.http import Unreached, blotted, tls_context

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_CLOSING = 421


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server says of one message, once it has said it: taken, not now, or never."""

    kind: Literal["taken", "later", "never"]
    text: str
    """Its code and words, on one line."""


class Lost(PublishError):
    """The connection ended, or the server closed it, before it had the whole message: nothing arrived."""


class Dialogue:
    """A connection that is made when it is needed.

    Args:
        password: None sends without login.

    Raises:
        ConfigError: the file with authorities cannot be used.
    """

    def __init__(self, settings: Smtp, password: SecretStr | None, secrets: Sequence[SecretStr] = ()) -> None:
        self._settings = settings
        self._password = password
        self._secrets = (*secrets, *([password] if password else []))
        self._tls = None if settings.security == "none" else tls_context("publish.smtp.ca_file", settings.ca_file)
        self._port = settings.port or _PORTS[settings.security]
        self._server: smtplib.SMTP | None = None
        self._handed = 0

    def connect(self) -> None:
        """Connect and log in, unless it is connected.

        Raises:
            Unreached: no connection, or no safe one.
            Lost: the server is busy.
            Declined: it refuses us: the name or the password is wrong, or it wants none of us.
        """
        if self._server is not None:
            return
        timeout = float(self._settings.timeout)
        host = self._settings.host
        try:
            if self._settings.security == "tls":
                server: smtplib.SMTP = smtplib.SMTP_SSL(host, self._port, timeout=timeout, context=self._tls)
            else:
                server = smtplib.SMTP(host, self._port, timeout=timeout)
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error.smtp_code, error.smtp_error, "at the beginning") from None
        except (smtplib.SMTPException, OSError) as error:
            raise Unreached(self._said(f"cannot be reached at port {self._port} ({error})")) from None
        try:
            self._greet(server)
        except BaseException:
            server.close()
            raise
        if server.sock is not None:
            # The line that ends a message must not wait until the body is acknowledged.
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._server, self._handed = server, 0

    def _greet(self, server: smtplib.SMTP) -> None:
        try:
            if self._settings.security == "starttls":
                server.starttls(context=self._tls)
            if self._password is not None:
                server.login(self._settings.username, self._password.get_secret_value())
            else:
                server.ehlo_or_helo_if_needed()
        except smtplib.SMTPServerDisconnected as error:
            raise Lost(self._said(f"the connection ended before any message ({error})")) from None
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error.smtp_code, error.smtp_error, "before any message") from None
        except (smtplib.SMTPException, OSError) as error:
            raise Unreached(self._said(f"no safe connection or no login ({error})")) from None

    def hand_over(self, sender: str, recipient: str, message: bytes, commit: Callable[[], None]) -> Reply:
        """Give the server one message; connect first where need be.

        Args:
            message: lines ended by CRLF.
            commit: called when the whole message is there but for the line that ends it: from then on it may arrive.

        Raises:
            Unreached: no connection.
            Lost: the connection ended; `commit` was not called.
            Uncertain: it ended after `commit`; the message may have arrived.
            Declined: the server refuses us or the sender: nobody gets anything.
        """
        self.connect()
        server = self._server
        assert server is not None
        try:
            code, text = server.mail(sender)
            if code != 250:
                raise self._refusal(code, text, f"at the sender {sender}")
            for command, expected in ((f"RCPT TO:<{recipient}>", 2), ("DATA", 3)):
                code, text = server.docmd(command)
                if code // 100 != expected:
                    return self._reply(code, text)
            server.send(re.sub(rb"(?m)^\.", b"..", message))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.drop()
            raise Lost(self._said(f"the connection ended before the message was whole ({error})")) from None
        except BaseException:
            self.drop()
            raise
        try:
            commit()
        except BaseException:
            self.drop()
            raise
        try:
            server.send(b".\r\n")
            code, text = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise Uncertain(self._said(f"no answer after the message ({error}): it may have arrived")) from None
        except BaseException:
            self.drop()
            raise
        if code // 100 not in (2, 4, 5):
            self.drop()
            raise Uncertain(self._said(f"an answer that says nothing ({code}): the message may have arrived"))
        return self._reply(code, text, committed=True)

    def _reply(self, code: int, text: bytes, *, committed: bool = False) -> Reply:
        """What a code means for one message; the dialogue is made ready for the next."""
        said = blotted(f"{code} {text.decode('utf-8', 'replace')}", self._secrets)
        self._handed += 1
        if committed and code // 100 == 2:
            if self._handed >= self._settings.per_connection:
                self.close()
            return Reply("taken", said)
        if code == _CLOSING or code // 100 not in (4, 5):
            self.drop()
        elif self._server is not None:
            try:
                self._server.rset()
            except (smtplib.SMTPException, OSError):
                self.drop()
        return Reply("never" if code // 100 == 5 else "later", said)

    def _refusal(self, code: int, text: bytes | str, where: str) -> PublishError:
        self.drop()
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        said = self._said(f"answers {code} {words} {where}")
        return Declined(said) if code // 100 == 5 else Lost(said)

    def _said(self, text: str) -> str:
        return blotted(f"smtp: {self._settings.host}: {text}", self._secrets)

    def close(self) -> None:
        """Say goodbye, whatever the server says to that."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self.drop()

    def drop(self) -> None:
        """End the connection without a word."""
        if self._server is not None:
            self._server.close()
            self._server = None
