"""Mail to real servers: one for each reader, each once, whoever dies."""

from __future__ import annotations

import random
import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import trustme

from pipeline.config import Config
from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Declined, Receipt, Uncertain
from pipeline.publish.edition import read_edition
from pipeline.publish.http import Unreached
from pipeline.publish.journal import FILE, SqliteJournal
from pipeline.publish.mail.dialogue import Lost
from pipeline.publish.mail.smtp import target
from tests.issue.samples import ENGLISH
from tests.publish.desk import ISSUE, Clock, edition, settings
from tests.publish.mail.mailserver import MailServer, mail_server

PASSWORD = "correct horse battery"


class Desk:
    """An editor with an issue, a list of readers and a journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.edition = edition(folder / "out")
        self.journal = SqliteJournal(folder / FILE, self.clock.now)
        self.said: list[str] = []

    def readers(self, *addresses: str) -> None:
        (self.folder / "readers.txt").write_text("\n".join(addresses), encoding="utf-8")

    def settings(self, port: int, **more: Any) -> Config:
        smtp = {
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
            "recipients": str(self.folder / "readers.txt"),
            "per_minute": 0,
            "timeout": 10,
        }
        return settings(smtp=smtp | more)

    def publish(self, port: int, *, resend: tuple[str, ...] = (), again: bool = False, **more: Any) -> Receipt:
        means = self.clock.means(resend=resend, again=again, WORLDBRIEF_SMTP_PASSWORD=PASSWORD)
        return target(self.settings(port, **more), means).publish(self.edition, self.journal)

    def preview(self, port: int, **more: Any) -> str:
        means = self.clock.means(WORLDBRIEF_SMTP_PASSWORD=PASSWORD)
        (line,) = target(self.settings(port, **more), means).preview(self.edition, self.journal)
        return line

    def statuses(self) -> dict[str, str]:
        return {address: entry.status for address, entry in self.journal.entries("smtp", ISSUE).items()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.journal.close()


def test_each_reader_has_a_letter_of_their_own(desk: Desk) -> None:
    desk.readers("# our readers", "Ann Ö. <ann@example.org>", "BOB@Example.org  # the other one", "", "ann@EXAMPLE.org")
    with mail_server() as server:
        receipt = desk.publish(server.port, unsubscribe="https://example.org/u?r={recipient} mailto:stop@example.org")
    assert receipt.detail == "2 sent"
    assert receipt.complete
    assert [recipient for recipient, _ in server.mails] == ["ann@example.org", "BOB@Example.org"]
    original = message_from_bytes(desk.edition.files["digest.eml"], policy=policy.default)
    ids = set()
    for recipient, data in server.mails:
        mail = message_from_bytes(data, policy=policy.default)
        assert mail["To"].addresses[0].addr_spec == recipient
        assert [len(mail.get_all(name, [])) for name in ("To", "Message-ID")] == [1, 1]
        assert mail["List-Unsubscribe"] == f"<https://example.org/u?r={recipient}>, <mailto:stop@example.org>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["Subject"] == original["Subject"]
        for part, copied in zip(original.iter_parts(), mail.iter_parts(), strict=True):
            assert part.get_content() == copied.get_content()
        ids.add(mail["Message-ID"])
    assert len(ids) == 2


def test_the_second_time_nobody_is_sent_anything(desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org")
    with mail_server() as server:
        desk.publish(server.port)
        receipt = desk.publish(server.port)
        assert not receipt.new
        assert receipt.detail == "0 sent, 2 had it before"
        assert server.connections == 1
        desk.readers("a@example.org", "b@example.org", "c@example.org")
        assert desk.publish(server.port).detail == "1 sent, 2 had it before"
    assert server.per_recipient == {"a@example.org": 1, "b@example.org": 1, "c@example.org": 1}


def test_who_may_have_it_by_a_journal_that_has_lost_lines_is_asked_for(desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org")
    with mail_server() as server:
        desk.publish(server.port)
        desk.journal.close()
        path = desk.folder / FILE
        path.with_name(f"{FILE}.bak").unlink()
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("DELETE FROM deliveries WHERE recipient = 'b@example.org'")
        desk.journal = SqliteJournal(path, desk.clock.now)
        receipt = desk.publish(server.port)
        assert not receipt.complete
        assert receipt.detail.startswith("0 sent, 1 had it before, 1 of whom a damaged journal no longer knows whether")
        assert server.per_recipient == {"a@example.org": 1, "b@example.org": 1}
        assert desk.publish(server.port, resend=("b@example.org",)).detail == "1 sent, 1 had it before"
    assert desk.statuses() == {"a@example.org": "sent", "b@example.org": "sent"}


def test_a_corrected_text_goes_out_only_when_asked(desk: Desk) -> None:
    desk.readers("a@example.org")
    with mail_server() as server:
        desk.publish(server.port)
        desk.edition = edition(desk.folder / "out", title="Corrected")
        receipt = desk.publish(server.port)
        assert not receipt.new
        assert "1 had an earlier text of it" in receipt.detail
        assert desk.publish(server.port, again=True).detail == "1 sent"
        assert "1 had it before" in desk.publish(server.port, again=True).detail
    assert len(server.mails) == 2
    first, second = (message_from_bytes(data)["Message-ID"] for _, data in server.mails)
    assert first != second


def test_another_look_of_the_page_makes_no_other_mail(desk: Desk) -> None:
    desk.readers("a@example.org")
    with mail_server() as server:
        desk.publish(server.port)
        (desk.folder / "out" / "digest.html").write_text("another look", encoding="utf-8")
        desk.edition = read_edition(desk.folder / "out")
        assert desk.publish(server.port, again=True).detail == "0 sent, 1 had it before"
    assert len(server.mails) == 1


def test_a_line_that_begins_with_a_dot_arrives_as_it_is(desk: Desk) -> None:
    head, _, _ = desk.edition.files["digest.eml"].partition(b"\r\n\r\n")
    plain = head.partition(b"MIME-Version")[0] + b"MIME-Version: 1.0\n\n.\n..two\n. one\nlast"
    (desk.folder / "out" / "digest.eml").write_bytes(plain)
    desk.edition = read_edition(desk.folder / "out")
    desk.readers("a@example.org")
    with mail_server() as server:
        desk.publish(server.port)
    assert server.mails[0][1].endswith(b"\r\n\r\n.\r\n..two\r\n. one\r\nlast\r\n")


def settle(desk: Desk, server: MailServer, receipts: list[Receipt]) -> None:
    """Publish until all is done, as a person would who looks whether an uncertain mail has arrived."""
    for _ in range(100):
        uncertain = {address for address, status in desk.statuses().items() if status == "begun"}
        lost = tuple(address for address in uncertain if address not in server.per_recipient)
        try:
            receipt = desk.publish(server.port, resend=lost)
        except PublishError:
            continue
        receipts.append(receipt)
        open_ones = {address for address, status in desk.statuses().items() if status == "begun"}
        if open_ones <= set(server.per_recipient):
            return
    raise AssertionError("it never ended")


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 20))])
def test_a_server_that_is_killed_twenty_times(seed: int, desk: Desk) -> None:
    chance = random.Random(seed)
    readers = [f"reader{number}@example.org" for number in range(200)]
    desk.readers(*readers)
    desk.edition = edition(desk.folder / "out", ENGLISH)
    dialogue = len(desk.edition.files["digest.eml"]) + 100
    with mail_server() as server:
        # Half of these fall between the first commands of a connection, half anywhere.
        server.faults.at_bytes = [chance.randrange(chance.choice([120, 12 * dialogue])) for _ in range(12)]
        server.faults.after_taking = 4
        server.faults.before_taking = 4
        receipts: list[Receipt] = []
        settle(desk, server, receipts)
        assert server.deaths == 20
        assert server.per_recipient == dict.fromkeys(readers, 1)
        # Nothing is left to do: what is uncertain has arrived, and is never sent again by itself.
        desk.publish(server.port)
        assert server.per_recipient == dict.fromkeys(readers, 1)
    statuses = desk.statuses()
    assert set(statuses) == set(readers)
    assert list(statuses.values()).count("begun") == 4


def test_what_may_have_arrived_waits_for_a_person(desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org")
    with mail_server() as server:
        server.faults.after_taking = 1
        receipt = desk.publish(server.port)
        assert not receipt.complete
        assert "1 of whom nobody knows whether they have it (a@example.org)" in receipt.detail
        assert "--resend-uncertain" in receipt.detail
        for resend in ((), ("b@example.org",)):
            assert desk.publish(server.port, resend=resend).detail.startswith("0 sent, 1 had it before, 1 of whom")
        assert server.per_recipient == {"a@example.org": 1, "b@example.org": 1}
        assert desk.publish(server.port, resend=("all",)).detail == "1 sent, 1 had it before"
    # So that the reader's server knows the repeat.
    assert len({message_from_bytes(data)["Message-ID"] for to, data in server.mails if to == "a@example.org"}) == 1


def test_a_reader_who_is_told_to_wait_is_asked_again(desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org")
    asked: list[str] = []

    def greylist(envelope: Any) -> str | None:
        asked.append(envelope.rcpt_tos[-1])
        return "451 4.7.1 come back later" if asked.count("a@example.org") == len(asked) else None

    with mail_server(at_recipient=greylist) as server:
        receipt = desk.publish(server.port)
    assert receipt.detail == "2 sent"
    assert asked == ["a@example.org", "b@example.org", "a@example.org"]
    assert sum(desk.clock.slept) >= 60
    assert server.per_recipient == {"a@example.org": 1, "b@example.org": 1}


@pytest.mark.parametrize("where", ["at_recipient", "at_message"])
def test_a_reader_who_has_to_wait_for_long_is_left_to_the_next_run(where: str, desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org")
    answering: Any = {where: lambda envelope: "452 full" if "a@" in envelope.rcpt_tos[-1] else None}
    with mail_server(**answering) as server:
        receipt = desk.publish(server.port)
        assert not receipt.complete
        assert "1 told to wait, run it again (a@example.org: 452 full)" in receipt.detail
    assert desk.statuses().get("a@example.org", "") == ""
    with mail_server() as server:
        assert desk.publish(server.port).detail == "1 sent, 1 had it before"


@pytest.mark.parametrize("where", ["at_recipient", "at_message"])
def test_a_reader_who_is_refused_is_not_asked_again(where: str, desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org")
    answering: Any = {where: lambda envelope: "550 no such user" if "a@" in envelope.rcpt_tos[-1] else None}
    with mail_server(**answering) as server:
        receipt = desk.publish(server.port)
        assert receipt.detail == "1 sent, 1 refused for good (a@example.org: 550 no such user)"
        assert not receipt.complete
        assert desk.publish(server.port).detail == "0 sent, 1 had it before, 1 refused before"
        assert server.connections == 1
    with mail_server() as server:
        assert desk.publish(server.port, again=True).detail == "1 sent, 1 had it before"


def test_a_server_that_refuses_everybody_means_us(desk: Desk) -> None:
    desk.readers(*(f"r{number}@example.org" for number in range(50)))
    with (
        mail_server(at_message=lambda envelope: "554 spam") as server,
        pytest.raises(Declined, match=r"refuses everybody .*554 spam.*--again"),
    ):
        desk.publish(server.port)
    assert list(desk.statuses().values()) == ["refused"] * 10


def test_a_server_that_does_not_answer_any_more_is_left(desk: Desk) -> None:
    readers = [f"r{number}@example.org" for number in range(50)]
    desk.readers(*readers)
    with mail_server() as server:
        server.faults.after_taking = 50
        with pytest.raises(Uncertain, match=r"may have arrived, 3 in a row; 0 sent now, 47 to send"):
            desk.publish(server.port)
        assert list(desk.statuses().values()) == ["begun"] * 3
        server.faults.after_taking = 0
        assert desk.publish(server.port).detail.startswith("47 sent, 3 of whom nobody knows")
    assert server.per_recipient == dict.fromkeys(readers, 1)


def test_a_letter_that_the_server_cannot_bear_keeps_nobody_else_waiting(desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org", "c@example.org")
    with mail_server() as server:
        # The first letter never gets beyond its sender.
        server.faults.at_bytes = [60] * 5
        receipt = desk.publish(server.port)
    assert receipt.detail == "3 sent"
    assert [recipient for recipient, _ in server.mails] == ["b@example.org", "c@example.org", "a@example.org"]


def test_a_server_that_dies_with_every_letter_is_left(desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org", "c@example.org")
    with mail_server() as server:
        server.faults.at_bytes = [60] * 50
        with pytest.raises(Lost, match=r"before the message was whole .*0 sent now, 3 to send"):
            desk.publish(server.port)
    assert server.deaths == 10
    assert desk.statuses() == {}


def test_nobody_there(desk: Desk) -> None:
    desk.readers("a@example.org")
    with mail_server() as server:
        pass
    with pytest.raises(Unreached, match=r"cannot be reached at port .*0 sent now, 1 to send"):
        desk.publish(server.port)
    assert desk.statuses() == {}
    assert len(desk.clock.slept) == 4


def test_connections_that_end_before_the_greeting_are_made_again(desk: Desk) -> None:
    desk.readers("a@example.org")
    with mail_server() as server:
        server.faults.refused = 3
        assert desk.publish(server.port).detail == "1 sent"
    assert server.connections == 4


def test_pace_and_connections(desk: Desk) -> None:
    desk.readers(*(f"r{number}@example.org" for number in range(6)))
    with mail_server() as server:
        desk.publish(server.port, per_minute=30, per_connection=2)
    assert server.connections == 3
    assert desk.clock.slept == pytest.approx([2.0] * 5)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_login_over_a_safe_connection(security: str, authority: trustme.CA, desk: Desk) -> None:
    desk.readers("a@example.org")
    authority.cert_pem.write_to_path(desk.folder / "ca.pem")
    safe: dict[str, Any] = {"security": security, "ca_file": str(desk.folder / "ca.pem"), "username": "desk"}
    tls = _tls(authority, "127.0.0.1")
    with mail_server(tls=tls, implicit=security == "tls", login=("desk", PASSWORD)) as server:
        assert desk.publish(server.port, **safe).detail == "1 sent"
        assert server.logins == 1
    with mail_server(tls=tls, implicit=security == "tls", login=("desk", "other")) as server:
        desk.readers("b@example.org")
        with pytest.raises(Declined, match="535") as error:
            desk.publish(server.port, **safe)
    assert PASSWORD not in str(error.value)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_nobody_or_of_another_name_is_refused(
    security: str, authority: trustme.CA, desk: Desk
) -> None:
    desk.readers("a@example.org")
    authority.cert_pem.write_to_path(desk.folder / "ca.pem")
    for name, ca_file in (("127.0.0.1", ""), ("mail.example.org", str(desk.folder / "ca.pem"))):
        with mail_server(tls=_tls(authority, name), implicit=security == "tls") as server:
            with pytest.raises(Unreached, match="certificate verify failed"):
                desk.publish(server.port, security=security, ca_file=ca_file)
            assert server.mails == []


def test_a_server_without_starttls_gets_nothing(desk: Desk) -> None:
    desk.readers("a@example.org")
    with mail_server() as server:
        with pytest.raises(Unreached, match="no safe connection"):
            desk.publish(server.port, security="starttls", username="desk")
        assert server.mails == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"host": ""}, r"publish\.smtp\.host"),
        ({"host": "mail.example.org", "security": "none"}, r"publish\.smtp\.security"),
        ({"host": "mail.example.org", "security": "tls"}, r"set issue\.email_from"),
        ({"recipients": ""}, r"publish\.smtp\.recipients"),
        ({"recipients": "/does/not/exist"}, "cannot be read"),
        ({"ca_file": "/does/not/exist", "security": "tls"}, "no usable certificates"),
        ({"sender": "not an address"}, "no list of mail addresses"),
        ({"unsubscribe": "javascript:alert(1)"}, r"publish\.smtp\.unsubscribe"),
        ({"unsubscribe": "https://example.org/> ,<b"}, r"publish\.smtp\.unsubscribe"),
        ({"unsubscribe": "https://example.org/\r\nBcc:"}, r"publish\.smtp\.unsubscribe"),
        ({"username": "desk", "password_env": "NO_SUCH"}, "NO_SUCH"),
    ],
)
def test_wrong_settings_are_told_before_anything_is_sent(more: dict[str, Any], said: str, desk: Desk) -> None:
    desk.readers("a@example.org")
    with mail_server() as server:
        for act in (desk.preview, desk.publish):
            with pytest.raises(ConfigError, match=said):
                act(server.port, **more)
        assert server.connections == 0


def test_preview(desk: Desk) -> None:
    desk.readers("a@example.org", "b@example.org")
    with mail_server() as server:
        assert desk.preview(server.port).startswith("2 of 2 recipients; from worldbrief@localhost through 127.0.0.1")
        server.faults.after_taking = 1
        desk.publish(server.port)
        connections = server.connections
        assert desk.preview(server.port).startswith("0 of 2 recipients, 1 had it before, 1 uncertain;")
        assert server.connections == connections


def test_a_test_to_one_address(desk: Desk) -> None:
    with mail_server() as server:
        means = desk.clock.means()
        receipt = target(desk.settings(server.port), means).test(desk.edition, "me@example.org")
        with pytest.raises(ConfigError):
            target(desk.settings(server.port), means).test(desk.edition, "me@example.org, b@example.org")
    assert "me@example.org" in receipt.detail
    assert str(server.message("me@example.org")["Subject"]).startswith("[Test] ")
    assert desk.statuses() == {}
