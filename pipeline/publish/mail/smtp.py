"""The issue by mail: one message for each reader, each of them once, whatever dies in between.

Readers are told apart by their address and issues by their id: a corrected text is not sent again to those who have the
first, unless a person asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pydantic import SecretStr

from pipeline.config import Config
from pipeline.errors import ConfigError, PublishError
from pipeline.issue.mailbox import Mailbox, mailboxes
from pipeline.publish import Edition, Entry, Journal, Receipt
from pipeline.publish.http import is_this_machine
from pipeline.publish.mail.dialogue import Dialogue
from pipeline.publish.mail.letter import Letters
from pipeline.publish.mail.mailing import Mailing, Progress, key
from pipeline.publish.mail.recipients import read_recipients
from pipeline.publish.means import Means

_SHOWN = 10
_UNCERTAIN = "uncertain"


class SmtpTarget:
    """`[publish.smtp]`."""

    name = "smtp"

    def __init__(self, config: Config, means: Means) -> None:
        self._settings = config.publish.smtp
        self._means = means

    def preview(self, edition: Edition, journal: Journal) -> list[str]:
        self._dialogue()
        letters, boxes = self._letters(edition), self._recipients()
        due, before = self._due(edition, letters, boxes, journal)
        known = "".join(f", {number} {words}" for words, number in sorted(before.items()))
        size = max(len(letters.to(box)) for box in boxes)
        return [
            f"{len(due)} of {len(boxes)} recipients{known}; from {letters.sender.address} through "
            f"{self._settings.host} ({self._settings.security}), {size} bytes each at most"
        ]

    def publish(self, edition: Edition, journal: Journal) -> Receipt:
        dialogue = self._dialogue()
        letters, boxes = self._letters(edition), self._recipients()
        due, before = self._due(edition, letters, boxes, journal)
        mailing = Mailing(
            self.name,
            edition.issue.id,
            letters,
            dialogue,
            journal,
            self._means,
            sender=self._sender(letters),
            per_minute=self._settings.per_minute,
        )
        progress = mailing.progress
        try:
            mailing.run(due)
        except PublishError as error:
            left = len(due) - progress.taken - len(progress.refused) - len(progress.uncertain)
            raise type(error)(
                f"{error}; {progress.taken} sent now, {left} to send: run it again, nobody is sent it twice"
            ) from None
        finally:
            dialogue.close()
        return self._receipt(progress, due, before, journal.entries(self.name, edition.issue.id))

    def test(self, edition: Edition, address: str) -> Receipt:
        """Send one marked message to one address, and write nothing down.

        Raises:
            ConfigError: a setting or the address is wrong.
            PublishError: the server did not take it.
        """
        boxes = mailboxes(address)
        if len(boxes) != 1:
            raise ConfigError(f"{address!r:.80} is not one mail address")
        dialogue, letters = self._dialogue(), self._letters(edition)
        try:
            message = letters.to(boxes[0], mark="[Test]")
            reply = dialogue.hand_over(self._sender(letters), boxes[0].address, message, lambda: None)
        finally:
            dialogue.close()
        if reply.kind != "taken":
            raise PublishError(f"smtp: {self._settings.host}: {boxes[0].address}: {reply.text}")
        return Receipt(detail=f"a test was sent to {boxes[0].address}: {reply.text}")

    def _letters(self, edition: Edition) -> Letters:
        letters = Letters(edition, self._settings.unsubscribe)
        if letters.sender.domain == "localhost" and not is_this_machine(self._settings.host):
            raise ConfigError(
                f"digest.eml is from {letters.sender.address}, which no reader can answer; "
                "set issue.email_from and run again"
            )
        self._sender(letters)
        return letters

    def _sender(self, letters: Letters) -> str:
        if not self._settings.sender:
            return letters.sender.address
        boxes = mailboxes(self._settings.sender)
        if len(boxes) != 1:
            raise ConfigError("publish.smtp.sender: is not one mail address")
        return boxes[0].address

    def _recipients(self) -> tuple[Mailbox, ...]:
        if not self._settings.recipients:
            raise ConfigError("publish.smtp.recipients: is empty; set the file of recipients")
        return read_recipients(Path(self._settings.recipients), self._settings.column)

    def _dialogue(self) -> Dialogue:
        settings = self._settings
        if not settings.host:
            raise ConfigError("publish.smtp.host: is empty; set the mail server")
        if settings.security == "none" and not is_this_machine(settings.host):
            raise ConfigError('publish.smtp.security: "none" only reaches this machine (127.0.0.1, localhost)')
        password: SecretStr | None = None
        if settings.username:
            password = self._means.secret("publish.smtp.password_env", settings.password_env)
        return Dialogue(settings, password)

    def _due(
        self, edition: Edition, letters: Letters, boxes: Sequence[Mailbox], journal: Journal
    ) -> tuple[list[Mailbox], Counter[str]]:
        """Who is to be sent the issue now, and how many are not, by why."""
        known = journal.entries(self.name, edition.issue.id)
        due: list[Mailbox] = []
        before: Counter[str] = Counter()
        for box in boxes:
            # Of whom a damaged journal has lost the line, the journal knows that it may be so.
            entry = known.get(key(box)) or journal.entry(self.name, edition.issue.id, key(box))
            why = self._why_not(entry, box, letters)
            if why:
                before[why] += 1
            else:
                due.append(box)
        return due, before

    def _why_not(self, entry: Entry, box: Mailbox, letters: Letters) -> str:
        """Why a reader is not sent it now; "" where there is no reason."""
        if entry.status == "sent":
            if entry.detail.startswith(letters.stamp):
                return "had it before"
            return "" if self._means.again else "had an earlier text of it (--again sends this one)"
        if entry.status == "refused" and not self._means.again:
            return "refused before"
        if entry.status == "begun" and not self._means.resend & {"all", key(box)}:
            return _UNCERTAIN
        return ""

    def _receipt(
        self, progress: Progress, due: Sequence[Mailbox], before: Counter[str], known: dict[str, Entry]
    ) -> Receipt:
        parts = [f"{progress.taken} sent"]
        # Those of whom nobody knows are named below.
        parts += [f"{number} {words}" for words, number in sorted(before.items()) if words != _UNCERTAIN]
        for words, who in (("refused for good", progress.refused), ("told to wait, run it again", progress.later)):
            if who:
                shown = "; ".join(f"{address}: {said}" for address, said in list(who.items())[:_SHOWN])
                parts.append(f"{len(who)} {words} ({shown}{_more(len(who))})")
        open_ones = sorted(address for address, entry in known.items() if entry.status == "begun")
        if open_ones:
            shown = ", ".join(open_ones[:_SHOWN])
            parts.append(
                f"{len(open_ones)} of whom nobody knows whether they have it ({shown}{_more(len(open_ones))}): "
                "the server had the message and did not answer; `--resend-uncertain ADDRESS` or `all` sends it again"
            )
        lost = before[_UNCERTAIN] - len(open_ones)
        if lost > 0:
            parts.append(
                f"{lost} of whom a damaged journal no longer knows whether they have it: "
                "`--resend-uncertain ADDRESS` or `all` sends it"
            )
        return Receipt(
            detail=", ".join(parts),
            new=bool(due),
            complete=not (progress.refused or progress.later or open_ones or lost > 0),
        )


def target(config: Config, means: Means) -> SmtpTarget:
    return SmtpTarget(config, means)


def _more(count: int) -> str:
    return f" and {count - _SHOWN} more" if count > _SHOWN else ""
