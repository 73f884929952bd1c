"""A real mail server (aiosmtpd) on this machine that can be killed at any byte of the dialogue."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Answering = Callable[[Envelope], str | None]
"""What the server says to a recipient or to a message; None: it takes it."""


@dataclass
class Faults:
    """When the server dies: a connection ends without a word, as when its process is killed."""

    at_bytes: list[int] = field(default_factory=list)
    """After these many bytes more have been read from clients, one after the other."""
    after_taking: int = 0
    """As many messages are taken, and the connection ends before the answer."""
    before_taking: int = 0
    """As many are read to their end and lost."""
    refused: int = 0
    """As many connections end before the greeting."""
    victim: Callable[[], bool] | None = None
    """Who dies in place of the server: its client. False where it is dead already and its last bytes still come in."""


@dataclass
class MailServer:
    port: int
    mails: list[tuple[str, bytes]]
    """Recipient and message, of each message that was taken."""
    faults: Faults
    deaths: int = 0
    connections: int = 0
    logins: int = 0

    @property
    def per_recipient(self) -> Counter[str]:
        return Counter(recipient for recipient, _ in self.mails)

    def message(self, recipient: str) -> Message:
        (found,) = [data for address, data in self.mails if address == recipient]
        return message_from_bytes(found)


@contextmanager
def mail_server(
    *,
    at_recipient: Answering = lambda envelope: None,
    at_message: Answering = lambda envelope: None,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    login: tuple[str, str] | None = None,
    port: int = 0,
) -> Iterator[MailServer]:
    """A server that runs in a thread until the block ends."""
    made = MailServer(0, [], Faults())

    class Handler:
        async def handle_RCPT(  # noqa: N802
            self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
        ) -> str:
            envelope.rcpt_tos.append(address)
            answer = at_recipient(envelope)
            if answer is not None:
                envelope.rcpt_tos.pop()
            return answer or "250 OK"

        async def handle_DATA(self, server: Connection, session: Session, envelope: Envelope) -> str:  # noqa: N802
            assert isinstance(envelope.content, bytes)
            if made.faults.before_taking:
                made.faults.before_taking -= 1
                server.die()
                return "250 lost"
            if (answer := at_message(envelope)) is not None:
                return answer
            (recipient,) = envelope.rcpt_tos
            made.mails.append((recipient, envelope.content))
            if made.faults.after_taking and server.die():
                made.faults.after_taking -= 1
            return f"250 taken as {len(made.mails)}"

    class Connection(SMTP):
        def connection_made(self, transport: Any) -> None:
            made.connections += 1
            if made.faults.refused:
                made.faults.refused -= 1
                transport.abort()
                return
            super().connection_made(transport)

        def data_received(self, data: bytes) -> None:
            if made.faults.at_bytes:
                made.faults.at_bytes[0] -= len(data)
                if made.faults.at_bytes[0] < 0 and made.faults.victim:
                    if self.die():
                        made.faults.at_bytes.pop(0)
                elif made.faults.at_bytes[0] < 0:
                    data = data[: made.faults.at_bytes.pop(0)]
                    if data:
                        super().data_received(data)
                    self.die()
                    return
            super().data_received(data)

        def die(self) -> bool:
            if made.faults.victim:
                died = made.faults.victim()
                made.deaths += died
                return died
            made.deaths += 1
            if isinstance(self.transport, asyncio.Transport):
                self.transport.abort()
            return True

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        made.logins += given == login
        return AuthResult(success=given == login, handled=False)

    def connection() -> Connection:
        return Connection(
            Handler(),
            hostname="mail.test",
            loop=loop,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            authenticator=check if login else None,
            # Without STARTTLS it warns of the first.
            auth_required=login is not None and not implicit,
            auth_require_tls=not implicit,
            timeout=30,
        )

    loop = asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", port))
    made.port = listening.getsockname()[1]
    server = loop.run_until_complete(loop.create_server(connection, sock=listening, ssl=tls if implicit else None))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def end() -> None:
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield made
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
