"""The letters of an issue to a mail server, one reader after the other: who gets it, who waits, when it stops."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.issue.mailbox import Mailbox
from pipeline.publish import Declined, Journal, Status, Uncertain
from pipeline.publish.http import Unreached
from pipeline.publish.mail.dialogue import Dialogue, Lost, Reply
from pipeline.publish.mail.letter import Letters
from pipeline.publish.means import Means

# Who is told "not now" is asked again after these many seconds, and after that by the next `publish`: servers that let
# strangers wait (greylisting) mean minutes.
_ROUNDS_SECONDS = (0, 60, 300)
# Connections lost over one letter.
_MAX_LOST = 5
# Readers refused before any was taken: the server means us, not them.
_MAX_REFUSED = 10
# Letters in a row without an answer: each more would be one more reader of whom nobody knows.
_MAX_UNCERTAIN = 3
_TELL_EVERY = 50


@dataclass(slots=True)
class Progress:
    """What became of whom in this run, by address."""

    taken: int = 0
    later: dict[str, str] = field(default_factory=dict)
    """What the server said."""
    refused: dict[str, str] = field(default_factory=dict)
    uncertain: list[str] = field(default_factory=list)


class Mailing:
    """One run over the readers of an issue; `progress` holds also when it stops with an error.

    Args:
        name: what the journal and messages call it.
        sender: the address that bounces go to.
        per_minute: letters a minute at most; 0 is without limit.
    """

    def __init__(
        self,
        name: str,
        issue: str,
        letters: Letters,
        dialogue: Dialogue,
        journal: Journal,
        means: Means,
        *,
        sender: str,
        per_minute: int,
    ) -> None:
        self._name = name
        self._issue = issue
        self._letters = letters
        self._dialogue = dialogue
        self._journal = journal
        self._means = means
        self._sender = sender
        self._interval = 60 / per_minute if per_minute else 0.0
        self._next = 0.0
        self._given_up = 0
        self._unanswered = 0
        self.progress = Progress()

    def run(self, boxes: Sequence[Mailbox]) -> None:
        """Everybody in turn, then again those who were told "not now".

        Raises:
            PublishError: the server cannot be reached, refuses everybody or does not answer any more.
        """
        waiting = list(boxes)
        for pause in _ROUNDS_SECONDS:
            if not waiting:
                return
            if pause:
                self._dialogue.close()
                self._means.say(f"{self._name}: {len(waiting)} have to wait; they are tried again in {pause} seconds")
                self._means.sleep(pause * random.uniform(1, 1.2))
            self.progress.later.clear()
            for box in waiting:
                self._one(box)
            waiting = [box for box in waiting if key(box) in self.progress.later]

    def _one(self, box: Mailbox) -> None:
        before = self._journal.entry(self._name, self._issue, key(box))

        def commit() -> None:
            again = before.status != ""
            self._journal.begin(self._name, self._issue, key(box), again=again, detail=self._letters.stamp)

        try:
            reply = self._handed_over(box, commit)
        except Uncertain as error:
            self.progress.uncertain.append(key(box))
            self._unanswered += 1
            if self._unanswered == _MAX_UNCERTAIN:
                raise Uncertain(f"{error}, {_MAX_UNCERTAIN} in a row") from None
            return
        except Lost as error:
            # It may be this letter that the server cannot bear; a second one says that it is the server.
            self._given_up += 1
            if self._given_up > 1:
                raise
            self.progress.later[key(box)] = str(error)
            return
        self._unanswered = self._given_up = 0
        if reply.kind == "taken":
            self._end(box, "sent", f"{self._letters.stamp} {reply.text}")
            self.progress.taken += 1
            if self.progress.taken % _TELL_EVERY == 0:
                self._means.say(f"{self._name}: {self.progress.taken} sent")
        elif reply.kind == "never":
            if self._status(box) != "begun":
                commit()
            self._end(box, "refused", reply.text)
            self.progress.refused[key(box)] = reply.text
            if len(self.progress.refused) >= _MAX_REFUSED and not self.progress.taken:
                raise Declined(f"{self._name}: refuses everybody ({reply.text}); mend that, then use `--again`")
        else:
            if self._status(box) != before.status:
                # It was handed over, and the server has not taken it; what was known before still holds.
                self._end(box, before.status, before.detail)
            self.progress.later[key(box)] = reply.text

    def _handed_over(self, box: Mailbox, commit: Callable[[], None]) -> Reply:
        """What the server says of the letter; a connection that is lost before it had the whole is made again."""
        letter = self._letters.to(box)
        lost = 0
        while True:
            self._keep_pace()
            try:
                return self._dialogue.hand_over(self._sender, box.address, letter, commit)
            except (Lost, Unreached):
                lost += 1
                if lost == _MAX_LOST:
                    raise
                self._means.sleep(random.uniform(0.5, 1) * 2**lost)

    def _status(self, box: Mailbox) -> Status:
        return self._journal.status(self._name, self._issue, key(box))

    def _end(self, box: Mailbox, status: Status, detail: str) -> None:
        self._journal.end(self._name, self._issue, key(box), status=status, detail=detail)

    def _keep_pace(self) -> None:
        """Wait until the next message may go."""
        # A clock that was set back must not make anybody wait for an hour.
        wait = min(self._next - self._means.now(), self._interval)
        if wait > 0:
            self._means.sleep(wait)
        self._next = self._means.now() + self._interval


def key(box: Mailbox) -> str:
    """What the journal calls a reader."""
    return box.address.lower()
